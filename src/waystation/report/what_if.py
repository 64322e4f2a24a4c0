"""What a change would do, for a terminal and as plain values: both sides, the difference, how sure it is."""

from collections.abc import Iterator
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from waystation.network.rows import RouteBook
from waystation.party import Terms
from waystation.planning.results import Knowledge
from waystation.planning.what_if import Compared, Range, WhatIf
from waystation.report.amounts import day, money
from waystation.report.phrases import ADVICE, DO_NOT_KNOW, FICTIONAL_LINE
from waystation.units import Money

COLUMNS, NAME, CELL = 80, 18, 20
SURE = 0.8  # of the possible worlds: below it the difference is not told from chance
NAMES = {"arrive": "arrive, of 100", "lost": "lost, of 100", "days": "days on the way", "spent": "money spent"}
LIMITS = (
    ("People are taken to know of the change and to plan anew. Dangers stay as they were learnt but for those that the "
     "change names: nobody has answered it yet, neither those who guard nor those who queue."),
    ("Days and money are those of who arrives; what they spent they owe, where it was not theirs. Losses of those who "
     "stay are not counted."),
    "A place where people may apply is taken as the end of the way. What happens after it is not in here.",
)


def what_if_facts(told: WhatIf) -> dict[str, Any]:
    """Plain values for JSON; None where nothing may be said."""
    return {"waystation_what_if": 1, **asdict(told), "known": told.known.value}


def what_if_text(told: WhatIf, book: RouteBook, terms: Terms) -> str:
    """The whole answer for a terminal, 80 columns wide."""
    lines = [part for line in _lines(told, book, terms) for part in (wrap(line, COLUMNS) if line else [""])]
    return "\n".join(lines)


def _lines(told: WhatIf, book: RouteBook, terms: Terms) -> Iterator[str]:
    if book.book.fictional:
        yield FICTIONAL_LINE
    yield f"{book.book.title}. What if: {told.title or 'as the file says'}"
    goals = " or ".join(terms.goals) or "wherever people may apply"
    yield f"From {terms.start}, as it is to {goals}; by {day(terms.deadline, year=True)} with {money(terms.budget)}."
    yield ""
    for side, why in (("As it is", told.before), ("As it would be", told.after)):
        if why:
            yield f"{side}, nobody goes: {' '.join(why)}"
    yield from _numbers(told, book)
    yield ""
    yield from LIMITS
    yield f"{told.draws} possible worlds, each lived through twice (seed {told.seed}). {ADVICE}"


def _numbers(told: WhatIf, book: RouteBook) -> Iterator[str]:
    if all(row.difference is None and row.after is None for row in told.rows):
        yield DO_NOT_KNOW
        yield from told.reasons
        return
    if told.known is Knowledge.PRIOR_ONLY:
        yield "Expert judgement, no record of our own: ranges alone."
    yield f"{'':{NAME}}{'as it is':>{CELL}}{'as it would be':>{CELL}}{'difference':>{CELL}}"
    for row in told.rows:
        cells = [_cell(one, row.measure, book, signed=number == 2)
                 for number, one in enumerate((row.before, row.after, row.difference))]
        name = NAMES[row.measure] + (f", {book.book.unit.currency}" if row.measure == "spent" else "")
        yield f"{name:{NAME}}" + "".join(f"{cell:>{CELL}}" for cell in cells)
    yield ""
    if told.known is not Knowledge.PRIOR_ONLY:
        yield _verdict(told.rows[0])


def _cell(one: Range | None, measure: str, book: RouteBook, *, signed: bool) -> str:
    """Mean and range in whole parties, days or money: "82 (71-89)".

    >>> from waystation import worlds
    >>> from waystation.network.files import read_book
    >>> _cell(Range(0.42, -0.2, 3.0), "arrive", read_book(worlds.world("river")), signed=True)
    '0 (0 to +3)'
    """
    if one is None:
        return "-"
    said = [_whole(x, measure, book, signed) for x in (one.low, one.high)]
    span = said[0] if said[0] == said[1] else f"{said[0]} to {said[1]}" if signed else f"{said[0]}-{said[1]}"
    return span if one.mean is None else f"{_whole(one.mean, measure, book, signed)} ({span})"


def _whole(number: float, measure: str, book: RouteBook, signed: bool) -> str:
    if measure == "spent":
        number = float(Money(book.book.unit.value, book.book.unit.currency).amount) * number
    return whole_of(number, signed=signed)


def whole_of(number: float, *, signed: bool = False) -> str:
    """A number as whole parties, days or money; a difference with its sign, and no difference without one.

    >>> whole_of(1234.6), whole_of(2.4, signed=True), whole_of(-0.3, signed=True)
    ('1,235', '+2', '0')
    """
    text = f"{round(number):+,}" if signed else f"{round(number):,}"
    return "0" if text in ("+0", "-0") else text


def verdict(row: Compared) -> tuple[str, int]:
    """What the difference in arrivals is worth, as a code, and in how many of 100 possible worlds more arrive.

    >>> verdict(Compared("arrive", None, None, Range(1.0, -2.0, 4.0), 0.7))
    ('not_told', 70)
    """
    if row.difference is None or row.better is None:
        return "unknown", 0
    share = round(100 * row.better)
    if row.difference.low == row.difference.high == 0:
        return "none", share
    if max(row.better, 1 - row.better) < SURE:
        return "not_told", share
    return ("more" if row.better >= SURE else "fewer"), share


def _verdict(row: Compared) -> str:
    """One sentence on arrivals: what the difference is worth.

    >>> wide = Compared("arrive", None, None, Range(1.0, -2.0, 4.0), 0.7)
    >>> _verdict(wide)
    'What we know cannot tell the two apart: more arrive in 70 of 100 possible worlds, fewer in the others.'
    """
    code, share = verdict(row)
    return {
        "unknown": DO_NOT_KNOW, "none": "The change makes no difference to who arrives.",
        "not_told": (f"What we know cannot tell the two apart: more arrive in {share} of 100 possible worlds, fewer in "
                     "the others."),
        "more": f"More arrive after the change in {share} of 100 possible worlds.",
        "fewer": f"Fewer arrive after the change in {100 - share} of 100 possible worlds.",
    }[code]
