"""The answer as plain text, 80 columns wide, for a terminal or a message; and the doors to words and JSON.

`headline` is one sentence, `text` the whole answer, `facts` the same as JSON-ready values; `refusal_text` and
`refusal_facts` say why there is no plan. All of them keep the print rule of `phrases`.
"""

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from waystation.planning.results import Answer, Knowledge, Refused, Step
from waystation.report import gathering
from waystation.report.amounts import about, counted, day, days_between, moment, money, parties
from waystation.report.bars import MOST_ROWS
from waystation.report.charts import money_rows
from waystation.report.facts import facts, refusal_facts
from waystation.report.phrases import (
    ADVICE,
    FICTIONAL_LINE,
    LIMITS,
    LOST,
    REFUSAL,
    act_now,
    basis,
    coverage,
    danger_place,
    deed,
    destination,
    detail,
    headline,
    kinds,
    lasts,
    onward,
    rounding,
)
from waystation.report.silence import checked

__all__ = ["facts", "headline", "refusal_facts", "refusal_text", "text"]
COLUMNS = 80
_NUMBERED = re.compile(r"\d+\. ")


def text(answer: Answer) -> str:
    """The whole answer for a terminal. Raises `SaidTooMuch` if it holds a number that its state forbids."""
    checked(answer)
    sections = (
        ("", _opening(answer)),
        ("WHAT TO DO NOW", [act_now(answer)]),
        ("WHY SO LITTLE IS SAID" if _quiet(answer) else "HOW SURE", _sure(answer)),
        ("STEPS", _steps(answer)),
        ("IF THINGS CHANGE", _contingencies(answer)),
        ("WHAT MONEY AND TIME BUY", _money(answer)),
        ("WHERE THE DANGER IS", _dangers(answer)),
        ("WHAT TO FIND OUT FIRST", (row.sentence for row in answer.worth)),
        ("WHAT WOULD CHANGE THIS ADVICE", (row.sentence for row in answer.changes)),
        ("TAKEN OUT BEFORE PLANNING", _vetoes(answer)),
        ("WARNINGS", gathering.warnings(answer)),
        ("WHAT CHANGED SINCE", answer.learnt),
        ("LIMITS", LIMITS),
    )
    out: list[str] = []
    for title, lines in sections:
        body = [row for line in lines for row in _wrapped(line, bullet=bool(title))]
        if body:
            out += [*([title] if title else []), *body, ""]
    return "\n".join([*out, *_wrapped(_foot(answer), bullet=False), ADVICE, ""])


def refusal_text(refused: Refused) -> str:
    """A refusal for a terminal.

    >>> print(refusal_text(Refused(("A child has no guardian record.",))))
    NO PLAN
      - A child has no guardian record.
    <BLANKLINE>
    A refusal is a result, not an error. A named person decides what happens next.
    <BLANKLINE>
    """
    rows = [row for reason in refused.reasons for row in _wrapped(reason, bullet=True)]
    return "\n".join(["NO PLAN", *rows, "", REFUSAL, ""])


def _quiet(answer: Answer) -> bool:
    return answer.assessment.state in (Knowledge.UNKNOWN, Knowledge.PRIOR_ONLY)


def _wrapped(line: str, *, bullet: bool) -> list[str]:
    mark = "" if not bullet else " " * (4 - found.end()) if (found := _NUMBERED.match(line)) else "  - "
    return wrap(line, COLUMNS, initial_indent=mark, subsequent_indent="    " if bullet else "", break_long_words=False,
                break_on_hyphens=False) or [""]


def _opening(answer: Answer) -> Iterator[str]:
    if answer.fictional:
        yield FICTIONAL_LINE
    who = answer.party.label or f"a party of {answer.party.size}"
    yield (f"{answer.title}: {who}; {answer.terms.start} to {destination(answer)} by "
           f"{day(answer.terms.deadline, year=True)} with {answer.terms.budget}.")
    yield headline(answer)


def _sure(answer: Answer) -> Iterator[str]:
    told = answer.assessment
    yield from told.reasons
    if told.pessimistic is not None:
        yield f"If every party not heard of was {LOST}: {about(told.pessimistic)} of 100 arrive."
    if sentence := basis(told):
        yield sentence
    for row in told.sensitivity:
        if row.mean is not None:
            yield f"{row.label[:1].upper()}{row.label[1:]}: {about(row.mean)} of 100 arrive."
    for said in gathering.judgements(told):
        covers = "; ".join(matter if share is None else f"{matter} ({about(share)} of 100 parts of the danger)"
                           for matter, share in said.covers)
        yield f"Judgement of {said.author}, {day(said.stated, year=True)}, on {covers}: {said.basis}"


def _steps(answer: Answer) -> Iterator[str]:
    for k, step in enumerate(answer.tree.main, 1):
        yield f"{k}. {step_line(answer, step)}"
    if covers := coverage(answer):
        yield covers


def step_line(answer: Answer, step: Step) -> str:
    """A step in one line: what, when, how long, and for how much."""
    said = [deed(step), detail(step)]
    if answer.assessment.state is not Knowledge.UNKNOWN:
        said += [days_between(step.earliest, step.latest), lasts(step),
                 money(step.cost) if step.cost else ""]
    return "; ".join(part for part in said if part) + "."


def _contingencies(answer: Answer) -> Iterator[str]:
    for branch in answer.tree.contingencies:
        rare = "" if branch.share is None else f" (of 100 journeys {parties(branch.share)})"
        what = " ".join(step_line(answer, step) for step in branch.steps)
        yield f"{branch.letter} at {branch.place}, {branch.when}{rare}: {what} {onward(answer, branch)}".strip()
    yield answer.tree.otherwise


def _money(answer: Answer) -> Iterator[str]:
    rows = money_rows(answer)
    if rows:
        yield f"Of 100 parties like this arrive, with {answer.terms.budget}:"
    yield from (f"by {deadline}: {now}; with the most money shown: {most}" for deadline, now, most in rows)
    if sentence := rounding(answer):
        yield sentence


def _dangers(answer: Answer) -> Iterator[str]:
    for row in answer.dangers[:MOST_ROWS]:
        if row.loss is None:
            yield f"{danger_place(row)}."
        else:
            yield f"{danger_place(row)}: of 100 parties {parties(row.loss)} ({kinds(row) or LOST})."
    if (more := len(answer.dangers) - MOST_ROWS) > 0:
        yield f"And {counted(more, 'more leg or stop', 'more legs and stops')} with less danger each."
    if answer.after_first_crossing is not None:
        yield f"Of every 100 parts of this danger, {about(answer.after_first_crossing)} lie beyond the first border."


def _vetoes(answer: Answer) -> Iterable[str]:
    return (f"{reason[:1].upper()}{reason[1:]}: {legs}." for reason, legs in gathering.taken_out(answer))


def _foot(answer: Answer) -> str:
    return (f"As of {moment(answer.now)}. Waystation {answer.version}, engine {answer.backend}, seed {answer.seed}, "
            f"{answer.draws:,} draws, inputs {answer.inputs_digest}.")
