"""A pack that one named reader outside may read: where it stands, and what is due of it. Pure, of plain dates.

After its last day no copy is made. What lies with its reader does not vanish by itself: they must destroy it and say
so, and it stays due until somebody has written down that they did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

LONGEST = timedelta(days=180)    # how long a reader may keep a pack, whatever their terms say
ANSWER = timedelta(days=7)       # after it was handed over, for word that it came to its reader


class Word(StrEnum):
    """What is written in the log of a pack."""

    MADE = "made"
    HANDED = "handed"
    CAME = "came"
    READ = "read"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    TOLD = "told"


ENDS = frozenset({Word.RETURNED, Word.DESTROYED})
BY_HAND = tuple(one for one in Word if one is not Word.MADE)


class Line(NamedTuple):
    """One line of the log: what, and when."""

    word: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What decides how a pack stands."""

    until: date
    log: tuple[Line, ...] = ()
    stopped: date | None = None      # nobody may read it any more: taken back, or its story was


def out(one: Reading) -> bool:
    """Whether a copy lies with its reader, as far as anybody said.

    >>> end = date(2030, 6, 1)
    >>> out(Reading(until=end)), out(Reading(until=end, log=(Line("made", date(2030, 5, 1)),)))
    (False, True)
    """
    return any(line.word == Word.MADE for line in one.log) and not any(line.word in ENDS for line in one.log)


def over(one: Reading, today: date) -> bool:
    """Whether nobody may read it any more. The last day counts."""
    return today > one.until or one.stopped is not None or any(line.word in ENDS for line in one.log)


def due(one: Reading, today: date) -> Iterator[tuple[str, date]]:
    """What is due of a pack: a code and its day.

    >>> made = (Line("made", date(2030, 5, 1)), Line("handed", date(2030, 5, 1)))
    >>> list(due(Reading(until=date(2030, 6, 1), log=made), date(2030, 5, 9)))
    [('came', datetime.date(2030, 5, 8))]
    >>> list(due(Reading(until=date(2030, 6, 1), log=made), date(2030, 6, 2)))[0]
    ('destroyed', datetime.date(2030, 6, 2))
    """
    if not out(one):
        return
    words = {line.word for line in one.log}
    if one.stopped is not None:
        told = any(line.word == Word.TOLD and line.day >= one.stopped for line in one.log)
        yield ("destroyed" if told else "told"), one.stopped
    elif today > one.until:
        yield "destroyed", one.until + timedelta(days=1)
    elif not words & {Word.CAME, Word.READ}:
        handed = [line.day for line in one.log if line.word in {Word.HANDED, Word.MADE}]
        if today >= max(handed) + ANSWER:
            yield "came", max(handed) + ANSWER
