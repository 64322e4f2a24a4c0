"""The words of the command line, and their help for a coordinator who sees them for the first time."""

import argparse
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from waystation import __version__
from waystation.cli import comparing, ensembles, proposing, verbs
from waystation.party import PENALTIES
from waystation.units import Money, instant

ABOUT = """Waystation answers one question from a route book: what is the safest thing this party can do now, how safe
is it, how sure are we, what do more time or money buy, where is the danger, and what should we find out first.
It advises. A named person decides. Nothing is sent anywhere."""
EXITS = ("Exit codes: 0 done, 1 refused or UNKNOWN, 2 bad input (nothing written), 3 the simulation disagrees, "
         "4 a goal was missed.")
BOOK = "a route book (.xlsx or .json, also sealed with age), - for standard input, or a shipped world: long-way, river"

RECOVER = "the recovery key of an office, on a machine without any network: make it, check two sheets, answer a request"

FEWEST_DRAWS, MOST_DRAWS = 50, 100_000

Verb = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """The parser of `waystation`."""
    top = argparse.ArgumentParser(prog="waystation", description=ABOUT, epilog=EXITS,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--version", action="version", version=f"waystation {__version__}")
    verb = top.add_subparsers(title="what to do", metavar="VERB", required=True)
    _check(_verb(verb, "check", verbs.check, "check a route book: every mistake with its sheet, row and column"))
    _template(_verb(verb, "template", verbs.template, "write an empty route book that explains itself"))
    _import(_verb(verb, "import", verbs.import_, "turn a displacement network (a folder of CSV) into a route book"))
    _plan(_verb(verb, "plan", verbs.plan, "the safest thing to do now, and how much is known about it"))
    _assess(_verb(verb, "assess", verbs.assess, "judge a saved plan again: interval, ground, what to find out"))
    _simulate(_verb(verb, "simulate", verbs.simulate, "run a saved plan many times through an independent simulator"))
    _portfolio(_verb(verb, "portfolio", proposing.portfolio,
                     "which of a month's missions fit together: a proposal with its bound; people decide"))
    _what_if(_verb(verb, "what-if", comparing.what_if,
                   "what a place to apply, a price, a queue or a patrol would change for a party"))
    _ensemble(_verb(verb, "ensemble", ensembles.ensemble,
                    "many what-ifs on all cores, as Parquet; goes on where it was stopped or killed"))
    _bench(_verb(verb, "bench", verbs.bench, "measure the solver beside its peers and the physical limit"))
    _recover(verb.add_parser("recover", help=RECOVER, description=RECOVER[0].upper() + RECOVER[1:] + ".", epilog=EXITS))
    return top


def _verb(verb: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Verb,
          about: str) -> argparse.ArgumentParser:
    made = verb.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".", epilog=EXITS)
    made.set_defaults(run=run)
    made.add_argument("--json", action="store_true", help="answer as JSON, for programs")
    return made


def _book(made: argparse.ArgumentParser) -> None:
    made.add_argument("book", metavar="BOOK", help=BOOK)
    made.add_argument("--identity", type=Path, metavar="FILE", help="age identity that opens a sealed book or plan")


def _now(made: argparse.ArgumentParser) -> None:
    made.add_argument("--now", type=_instant, metavar="DATE",
                      help="the day (or ISO time) for which to decide; only a fictional book has a default, its as_of")


def _written(made: argparse.ArgumentParser, what: str) -> None:
    made.add_argument("--out", type=Path, metavar="FILE", help=f"write {what} to FILE (mode 600)")
    made.add_argument("--recipient", action="append", default=[], metavar="AGE1...",
                      help="seal what is written to this age recipient; needed for a book that is not fictional")
    made.add_argument("--yes", action="store_true", help="do not ask before writing")


def _check(made: argparse.ArgumentParser) -> None:
    made.add_argument("book", metavar="BOOK", nargs="?", help=BOOK)
    made.add_argument("--identity", type=Path, metavar="FILE", help="age identity that opens a sealed book")
    made.add_argument("--self", action="store_true", dest="self_check", help="test the solver of this installation")


def _template(made: argparse.ArgumentParser) -> None:
    made.add_argument("--out", type=Path, metavar="FILE", help="where to write: .xlsx for a workbook, .json for JSON")
    made.add_argument("--world", metavar="NAME", help="write a shipped world instead of the empty template")
    made.add_argument("--yes", action="store_true", help="do not ask before writing")


def _import(made: argparse.ArgumentParser) -> None:
    made.add_argument("folder", type=Path, metavar="FOLDER", help="the folder that holds locations.csv and routes.csv")
    made.add_argument("--now", type=_instant, required=True, metavar="DATE", help="the day as of which to read it")
    _written(made, "the route book (.xlsx or .json)")


def _plan(made: argparse.ArgumentParser) -> None:
    _book(made)
    _question(made)
    _priors(made)
    made.add_argument("--against", metavar="BOOK", help="an earlier state of the book: tell what was learnt")
    _expert(made)
    made.add_argument("--brief", action="store_true", help="the first answer only: no curves, no comparisons")
    made.add_argument("--report", type=Path, metavar="FILE.html", help="write the whole answer as one page")
    _now(made)
    _drawn(made)
    _written(made, "the answer as JSON")


def _what_if(made: argparse.ArgumentParser) -> None:
    _book(made)
    made.add_argument("--change", type=Path, required=True, metavar="FILE",
                      help="what would be otherwise, as JSON (docs/how-to/what-if.md)")
    _question(made)
    _priors(made)
    _expert(made)
    _now(made)
    _drawn(made)
    _written(made, "the comparison as JSON")


def _ensemble(made: argparse.ArgumentParser) -> None:
    _book(made)
    made.add_argument("--change", type=Path, action="append", required=True, metavar="FILE",
                      help="what would be otherwise, as JSON; several: each beside the world as it is")
    made.add_argument("--party", action="append", required=True, metavar="FILE",
                      help="a party with its terms as JSON, or the name of a shipped world's party; several: each")
    made.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where pieces and result are kept")
    made.add_argument("--worlds", type=_draws, default=1000, metavar="N", help="possible worlds (1000)")
    made.add_argument("--seed", type=_seed, default=7, metavar="N", help="the same seed gives the same worlds (7)")
    made.add_argument("--workers", type=_positive, default=os.cpu_count() or 1, metavar="N",
                      help="processes; all cores unless given. The result does not depend on it")
    _priors(made)
    _now(made)
    made.set_defaults(**dict.fromkeys(("start", "goals", "depart", "deadline", "money", "penalty", "floor")))


def _question(made: argparse.ArgumentParser) -> None:
    made.add_argument("--from", dest="start", metavar="PLACE", help="code of the place where the party is")
    made.add_argument("--to", dest="goals", action="append", metavar="PLACE", help="code of a goal; default: all goals")
    made.add_argument("--depart", type=_day, metavar="DATE", help="first day to leave on; default: the next morning")
    made.add_argument("--by", dest="deadline", type=_day, metavar="DATE", help="the day by which to have arrived")
    made.add_argument("--money", type=_money, metavar="'3000 USD'", help="what may be spent in all")
    made.add_argument("--party", metavar="FILE", help="the party as JSON, or the name of a shipped world's party")
    made.add_argument("--penalty", type=float, metavar="X",
                      help=f"weigh a loss X times an arrival; default {0.25} of {PENALTIES}")
    made.add_argument("--floor", type=float, metavar="P", help="the organisation's minimum chance, 0 to 1")


def _priors(made: argparse.ArgumentParser) -> None:
    made.add_argument("--priors", type=Path, metavar="FILE", help="JSON with dated expert judgements to add")


def _expert(made: argparse.ArgumentParser) -> None:
    made.add_argument("--show-expert", action="store_true",
                      help="show the interval even when only expert judgement is known")


def _drawn(made: argparse.ArgumentParser) -> None:
    made.add_argument("--draws", type=_draws, default=1000, metavar="N", help="joint draws for the interval (1000)")
    made.add_argument("--seed", type=_seed, default=7, metavar="N", help="the same seed gives the same answer (7)")


def _assess(made: argparse.ArgumentParser) -> None:
    _book(made)
    made.add_argument("--plan", type=Path, required=True, metavar="FILE", help="what `waystation plan --json` gave")
    made.add_argument("--against", type=Path, metavar="FILE", help="another saved plan to compare it with")
    _priors(made)
    _expert(made)
    _drawn(made)


def _simulate(made: argparse.ArgumentParser) -> None:
    _book(made)
    made.add_argument("--plan", type=Path, required=True, metavar="FILE", help="what `waystation plan --json` gave")
    _priors(made)
    made.add_argument("--runs", type=_positive, default=400_000, metavar="N", help="journeys to run (400000)")
    made.add_argument("--seed", type=_seed, default=7, metavar="N", help="the same seed gives the same journeys (7)")


def _portfolio(made: argparse.ArgumentParser) -> None:
    made.add_argument("missions", metavar="MISSIONS",
                      help=f"the month's missions as JSON (also sealed with age), or the shipped {proposing.SHIPPED}")
    made.add_argument("--caps", required=True, metavar="CAPS",
                      help=f"what there is: money, guides, beds, floors, as JSON; or {proposing.SHIPPED}")
    made.add_argument("--identity", type=Path, metavar="FILE", help="age identity that opens sealed files")
    made.add_argument("--alternatives", type=_few, default=2, metavar="N", help="how many other sets to show (2)")
    made.add_argument("--scenarios", type=_draws, default=200, metavar="N", help="joint scenarios of crackdowns (200)")
    made.add_argument("--seed", type=_seed, default=7, metavar="N", help="the same seed gives the same scenarios (7)")
    made.add_argument("--gap", type=_percent, default=0.0, metavar="PERCENT",
                      help="stop when no set can be better by more than this; 0 is exact (0)")
    made.add_argument("--seconds", type=_positive, default=30, metavar="N", help="time for each single search (30)")
    _written(made, "the proposal as JSON")


def _bench(made: argparse.ArgumentParser) -> None:
    made.add_argument("sizes", nargs="*", type=_size, metavar="S|M|L",
                      help="which instances; default all, and a month of missions")
    made.add_argument("--full", action="store_true", help="also the long runs of the peers")
    made.add_argument("--trust", type=_positive, metavar="N", help=(
        "instead: beliefs from reports, ours beside the peers', on N of the ten worlds of each setting (ten: over an "
        "hour), and what an attacker can take"))
    made.add_argument("--hazards", action="store_true", help=(
        "instead: how well dangers are learnt: calibration, coverage and log loss on invented trees and lines (half an "
        "hour)"))
    made.add_argument("--worth", action="store_true", help=(
        "instead: arrivals of 100 in 500 invented worlds, ours beside simple rules and who knows all (a few minutes)"))
    made.add_argument("--asking", action="store_true", help=(
        "instead: the same where somebody is asked about up to twelve single legs, chosen by the plan (a quarter of an "
        "hour)"))
    made.add_argument("--changes", action="store_true", help=(
        "instead: how often the ranges of `what-if` hold the truth: 300 changes in invented worlds (a few minutes)"))
    made.add_argument("--strict", action="store_true", help="exit 4 when a goal is missed")


def _recover(made: argparse.ArgumentParser) -> None:
    made.add_argument("step", nargs=argparse.REMAINDER, metavar="new|check|open",
                      help="new: print three sheets of words, write the public file (--out FOLDER); check: type two "
                           "sheets, see whether they open and which key; open REQUEST: with two sheets, give a person "
                           "back what the office asks for")
    made.set_defaults(run=verbs.recover, json=False)


# --- kinds of argument ----------------------------------------------------------------------------------------------


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD, for example 2030-05-02") from error


def _instant(text: str) -> object:
    try:
        return instant(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD, a time 2030-05-02T18:00Z") from error


def _money(text: str) -> Money:
    try:
        return Money.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _size(text: str) -> str:
    if text not in {"S", "M", "L"}:
        raise argparse.ArgumentTypeError("an instance is S, M or L")
    return text


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a whole number, 0 or above, is wanted")
    return int(text)


def _draws(text: str) -> int:
    # Fewer have no 5 % and 95 % points: the range would look narrow, and the state of knowledge better than it is.
    if not text.isdecimal() or not FEWEST_DRAWS <= int(text) <= MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"a whole number from {FEWEST_DRAWS} to {MOST_DRAWS} is wanted")
    return int(text)


def _few(text: str) -> int:
    if not text.isdecimal() or int(text) > 10:
        raise argparse.ArgumentTypeError("a whole number from 0 to 10 is wanted")
    return int(text)


def _percent(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 50:
        raise argparse.ArgumentTypeError("a number from 0 to 50 is wanted")
    return found


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number above 0 is wanted")
    return int(text)
