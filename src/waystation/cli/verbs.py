"""The verbs: each loads, lets the core decide, and says or saves the answer."""

from argparse import Namespace
from dataclasses import asdict, replace
from typing import Any

from waystation.cli.inputs import Question, book_of, bytes_of, question, saved_question
from waystation.cli.outputs import NotWritten, as_json, may_write, note, progress, say, say_json, write
from waystation.network.build import network_of
from waystation.network.files import read_book, write_json, write_workbook
from waystation.planning.answer import Asked, answer, answer_parts
from waystation.planning.plan import Plan
from waystation.planning.plan import plan as plan_of
from waystation.planning.results import Answer, Knowledge, Refused
from waystation.planning.setting import InvalidTerms
from waystation.report.words import facts, refusal_facts, refusal_text, text

DONE, NOT_KNOWN, DISAGREES, GOAL_MISSED = 0, 1, 3, 4
SPENT_ONCE = ("This part was planned with all of the party's money. It can be spent once: plan each part alone with "
              "its share before anything is promised.")
DUTY = ("This book is not fictional. Keep it off shared machines, seal what you save, and burn what you print when the "
        "journey is over.")


def check(given: Namespace) -> int:
    """List every mistake of a book; `--self` tests the solver."""
    found: dict[str, Any] = {}
    if not given.book and not given.self_check:
        raise InvalidTerms("Say what to check: a route book, or --self for the solver of this installation.")
    if given.self_check:
        from waystation.planning.engine.kernels import self_check

        found["self"] = asdict(self_check())
    if given.book:
        book = book_of(given.book, identity=given.identity)
        net = network_of(book)
        found["book"] = {"title": book.book.title, "fictional": book.book.fictional, "problems": [],
                         "places": len(net.places), "legs": len(net.legs), "outcomes": len(book.outcomes),
                         "reports": len(book.reports), "priors": len(book.priors), "fingerprint": net.fingerprint()}
    if given.json:
        say_json(found)
        return DONE
    if "self" in found:
        say(found["self"]["sentence"])
    if "book" in found:
        row = found["book"]
        say(f"{row['title']}: no mistakes found. {row['places']} places, {row['legs']} legs, "
            f"{row['outcomes']} outcomes, {row['reports']} reports, {row['priors']} expert judgements.")
    return DONE


def template(given: Namespace) -> int:
    """Write an empty route book that explains itself, or a shipped world to look at."""
    from waystation.network.template import template_json, template_workbook

    if given.out is not None and given.out.suffix.lower() not in {".xlsx", ".json"}:
        raise InvalidTerms(f"{given.out}: a route book is written as .xlsx or .json; name the file so.")
    as_workbook = given.out is not None and given.out.suffix.lower() == ".xlsx"
    if given.world:
        book = read_book(bytes_of(given.world), name=given.world)
        data = write_workbook(book) if as_workbook else write_json(book)
    else:
        data = template_workbook() if as_workbook else template_json()
    if given.out is None:
        say(data.decode())
    else:
        write(given.out, data, fictional=True, recipients=[], yes=given.yes)
        note(f"Written: {given.out}")
    return DONE


def import_(given: Namespace) -> int:
    """Turn a displacement network into a route book; every trap in the data is warned about."""
    from waystation.network.displacement import import_network

    if given.out is not None:
        may_write(given.out, fictional=False, recipients=given.recipient)
    book, warnings = import_network(given.folder, now=given.now.date())
    for warning in warnings:
        note(f"warning: {warning.file} {warning}")
    as_workbook = given.out is not None and given.out.suffix.lower() == ".xlsx"
    data = write_workbook(book) if as_workbook else write_json(book)
    if given.out is None:
        say(data.decode())
    else:
        write(given.out, data, fictional=False, recipients=given.recipient, yes=given.yes)
        note(f"Written, sealed: {given.out}")
    return DONE


def plan(given: Namespace) -> int:
    """The main job."""
    asked = question(given)
    fictional = asked.net.book.book.fictional
    for path in (given.out, given.report):
        if path is not None:
            may_write(path, fictional=fictional, recipients=given.recipient)
    if not fictional:
        note(DUTY)
    against = None
    if given.against:
        against = network_of(book_of(given.against, identity=given.identity, priors=given.priors))
    how = Asked(draws=given.draws, seed=given.seed, show_expert=given.show_expert,
                full=not given.brief)
    told = [answer(asked.net, party, asked.terms, now=asked.now, asked=how, against=against, progress=progress)
            for party in (asked.party.subgroups or (asked.party,))]
    if asked.party.subgroups:
        told = [_shares_the_money(one) for one in told]
    progress("")
    facts_ = [facts(one) if isinstance(one, Answer) else refusal_facts(one) for one in told]
    whole = facts_[0] if len(facts_) == 1 else {"waystation_answers": facts_}
    if given.report is not None:
        _save_page(given, told, asked)
    if given.out is not None:
        write(given.out, as_json(whole).encode(), fictional=fictional, recipients=given.recipient, yes=given.yes)
        note(f"Written: {given.out}")
    if given.json:
        say_json(whole)
    else:
        say("\n\n".join(text(one) if isinstance(one, Answer) else refusal_text(one) for one in told))
    return NOT_KNOWN if any(_not_known(one) for one in told) else DONE


def _shares_the_money(told: Answer | Refused) -> Answer | Refused:
    """Parts of a party stand side by side and are never multiplied; the money, too, is there once only."""
    if isinstance(told, Refused):
        return told
    return replace(told, warnings=(SPENT_ONCE, *told.warnings))


def _not_known(told: Answer | Refused) -> bool:
    return isinstance(told, Refused) or told.assessment.state is Knowledge.UNKNOWN


def _save_page(given: Namespace, told: list[Answer | Refused], asked: Question) -> None:
    from waystation.report.page import page, refusal_page

    book, fictional = asked.net.book.book, asked.net.book.book.fictional
    for number, one in enumerate(told):
        path = given.report if number == 0 else given.report.with_stem(f"{given.report.stem}-{number + 1}")
        shown = (page(one) if isinstance(one, Answer) else
                 refusal_page(one, title=book.title, fictional=fictional, now=asked.now.isoformat()))
        write(path, shown.encode(), fictional=fictional, recipients=given.recipient, yes=given.yes)
        note(f"The page: {path}")


def _made_again(asked: Question) -> Plan | Refused:
    progress("solving ...")
    posterior, believed = answer_parts(asked.net, now=asked.now)
    return plan_of(asked.net, posterior, believed, asked.party, asked.terms, now=asked.now)


def assess(given: Namespace) -> int:
    """Judge a saved plan again, on this book; `--against` compares it with another saved plan on the same draws."""
    from waystation.planning.knowledge import compare

    asked, saved = saved_question(given, given.plan)
    how = Asked(draws=given.draws, seed=given.seed, show_expert=given.show_expert)
    told = answer(asked.net, asked.party, asked.terms, now=asked.now, asked=how, progress=progress)
    progress("")
    if isinstance(told, Refused):
        say_json(refusal_facts(told)) if given.json else say(refusal_text(told))
        return NOT_KNOWN
    found = facts(told)
    lines = []
    if saved.get("made", {}).get("inputs_digest") != told.inputs_digest:
        lines.append("The book has changed since this plan was made, or it was made by another version.")
    if given.against is not None:
        other, _ = saved_question(given, given.against)
        judged = answer(other.net, other.party, other.terms, now=other.now, asked=replace(how, full=False))
        ours, theirs = _made_again(asked), _made_again(other)
        if isinstance(ours, Plan) and isinstance(theirs, Plan) and isinstance(judged, Answer):
            # a comparison is a number about both plans: the less known of the two decides what may be said
            state = min(told.assessment.state, judged.assessment.state, key=list(Knowledge).index)
            if (asked.now, asked.terms.depart_from) == (other.now, other.terms.depart_from):
                lines.append(compare(ours, theirs, draws=given.draws, seed=given.seed, state=state))
            else:
                lines.append("Plans made for different days are not compared: plan both for the same days.")
        else:
            lines.append("There is no plan to compare with.")
    if given.json:
        say_json({"answer": found, "notes": lines})
    else:
        say("\n".join([text(told), *lines]))
    return NOT_KNOWN if told.assessment.state is Knowledge.UNKNOWN else DONE


def simulate(given: Namespace) -> int:
    """Let the independent simulator judge a saved plan."""
    from waystation.planning.simulate import END_NAMES
    from waystation.planning.simulate import simulate as run

    asked, _ = saved_question(given, given.plan)
    made = _made_again(asked)
    if isinstance(made, Refused):
        say_json(refusal_facts(made)) if given.json else say(refusal_text(made))
        return NOT_KNOWN
    done = run(made, runs=given.runs, seed=given.seed, progress=lambda n: progress(f"{n:,} of {given.runs:,} journeys"))
    progress("")
    verdict = "disagrees with the plan" if done.disagrees else "agrees with the plan"
    if given.json:
        say_json({"runs": done.runs, "agrees": not done.disagrees, "deviation_in_standard_errors":
                  dict(zip(END_NAMES, done.deviations, strict=True)), "warnings": list(done.warnings)})
    else:
        rows = [f"  {name:12s} {deviation:+6.2f} standard errors from the plan"
                for name, deviation in zip(END_NAMES, done.deviations, strict=True)]
        say("\n".join([f"{done.runs:,} simulated journeys: the simulation {verdict}.", *rows, *done.warnings]))
    return DISAGREES if done.disagrees else DONE


def bench(given: Namespace) -> int:
    """Measure; the tables say what was missed. Without sizes also a month of missions, if its solver is installed."""
    from waystation.planning.engine.bench import bench as measure
    from waystation.planning.engine.measured import as_json as measured_json
    from waystation.planning.engine.measured import missed, table
    from waystation.portfolio import bench as months
    from waystation.portfolio.solver import SolverMissing

    if given.trust:
        return _bench_trust(given)
    if given.hazards:
        return _bench_hazards(given)
    if given.worth:
        return _bench_worth(given)
    if given.asking:
        return _bench_asking(given)
    if given.changes:
        return _bench_changes(given)
    found = measure(tuple(given.sizes) or ("S", "M", "L"), full=given.full, progress=progress)
    proposed: tuple[months.Searched, ...] = ()
    without = ""
    if not given.sizes:
        try:
            proposed = months.bench(progress=progress)
        except SolverMissing as missing:
            without = f"Not measured: {missing}"
    progress("")
    if given.json:
        say_json(measured_json(found) | {"portfolio": months.as_json(proposed) if proposed else None})
    else:
        say("\n\n".join(filter(None, (table(found), months.table(proposed) if proposed else without))))
    failed = missed(found) or (proposed and not all(goal.met for goal in months.goals(proposed)))
    return GOAL_MISSED if given.strict and failed else DONE


def _bench_trust(given: Namespace) -> int:
    """Beliefs from reports beside their peers, and the worst case."""
    from waystation.planning import attack
    from waystation.trust import bench as beliefs
    from waystation.trust import peers
    from waystation.trust.instances import SEEDS

    found = beliefs.bench(seeds=SEEDS[: given.trust], progress=progress)
    taken = attack.bench(progress=progress)
    progress("")
    if given.json:
        say_json({"beliefs": beliefs.as_json(found), "attack": attack.as_json(taken)})
    else:
        without = "" if peers.installed() else "Not measured: Dawid-Skene, GLAD, MACE: install crowd-kit (make bench)."
        say("\n\n".join(filter(None, (beliefs.table(found), without, attack.table(taken)))))
    failed = not all(met for _, _, met in [*beliefs.goals(found), *attack.goals(taken)])
    return GOAL_MISSED if given.strict and failed else DONE


def _bench_hazards(given: Namespace) -> int:
    """How well dangers are learnt."""
    from waystation.hazards import bench as dangers
    from waystation.hazards import measured

    ranked, learnt = dangers.on_trees(progress=progress), dangers.on_lines(progress=progress)
    progress("")
    if given.json:
        say_json(measured.as_json(ranked, learnt))
    else:
        say(measured.table(ranked, learnt))
    failed = not all(met for _, _, met in measured.goals(ranked, learnt))
    return GOAL_MISSED if given.strict and failed else DONE


def _bench_worth(given: Namespace) -> int:
    """What deciding this way is worth."""
    from waystation.planning import worth
    from waystation.planning.worth_table import as_json, goals, table

    found = worth.bench(progress=progress)
    progress("")
    if given.json:
        say_json(as_json(found))
    else:
        say(table(found))
    return GOAL_MISSED if given.strict and not all(met for _, _, met in goals(found)) else DONE


def _bench_asking(given: Namespace) -> int:
    """What asking about single legs is worth."""
    from waystation.planning import worth_of_asking
    from waystation.planning.asking_table import as_json, goals, table

    found = worth_of_asking.bench(progress=progress)
    progress("")
    if given.json:
        say_json(as_json(found))
    else:
        say(table(found))
    return GOAL_MISSED if given.strict and not all(met for _, _, met in goals(found)) else DONE


def _bench_changes(given: Namespace) -> int:
    """Whether ranges of what a change would do hold the truth."""
    from waystation.planning.what_if_judged import bench as judge
    from waystation.planning.what_if_judged import goals, table

    found = judge(progress=progress)
    progress("")
    if given.json:
        say_json({"changes": [asdict(one) | {"holds": one.holds} for one in found],
                  "goals": [{"name": name, "measured": number, "met": met} for name, number, met in goals(found)]})
    else:
        say(table(found))
    return GOAL_MISSED if given.strict and not all(met for _, _, met in goals(found)) else DONE


def recover(given: Namespace) -> int:
    """Make or check a recovery key. It needs the packages of the office, which planning does without."""
    try:
        from waystation.cli import recovery
    except ModuleNotFoundError as missing:
        raise NotWritten("The recovery key needs the packages of the office: install waystation[office].") from missing
    return recovery.main(given.step, program="waystation recover")
