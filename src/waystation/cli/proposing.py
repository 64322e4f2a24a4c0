"""`waystation portfolio`: which of a month's missions fit together. It proposes; people decide."""

from argparse import Namespace

from waystation import worlds
from waystation.cli.inputs import bytes_of
from waystation.cli.outputs import NotWritten, as_json, may_write, note, progress, say, say_json, write
from waystation.portfolio.missions_file import read_missions
from waystation.portfolio.select import select
from waystation.portfolio.solver import SolverMissing
from waystation.report.portfolio import proposal_facts, proposal_text

DONE, NOTHING = 0, 1
SHIPPED = "river-month"
DUTY = ("This month is not fictional. Keep it off shared machines, seal what you save, and burn what you print when it "
        "is decided.")


def portfolio(given: Namespace) -> int:
    """Read both files, propose, say it. 1 where nothing can be proposed."""
    month, caps = read_missions(_bytes(given, given.missions, "missions"), _bytes(given, given.caps, "caps"),
                                names=(given.missions, given.caps))
    if given.out is not None:
        may_write(given.out, fictional=month.fictional, recipients=given.recipient)
    if not month.fictional:
        note(DUTY)
    progress("looking for what fits together ...")
    try:
        told = select(month, caps, scenarios=given.scenarios, seed=given.seed, gap=given.gap / 100,
                      seconds=given.seconds, alternatives=given.alternatives)
    except SolverMissing as missing:
        raise NotWritten(str(missing)) from missing
    finally:
        progress("")
    facts = proposal_facts(month, told)
    if given.out is not None:
        write(given.out, as_json(facts).encode(), fictional=month.fictional, recipients=given.recipient, yes=given.yes)
        note(f"Written: {given.out}")
    if given.json:
        say_json(facts)
    else:
        say(proposal_text(month, told))
    return NOTHING if told.chosen is None else DONE


def _bytes(given: Namespace, name: str, which: str) -> bytes:
    return worlds.month("river", which) if name == SHIPPED else bytes_of(name, identity=given.identity)
