"""A party that arrived in the custody of a transit State is followed: where, who visits, when somebody looks again.

    fits(step, before, today)     why a step cannot be written as it is; None if it can
    follow(steps, today)          where they are, since when, when somebody looks next; None: never taken

An arrival of that kind is an end of the journey and no end of danger: whoever is held may be sent back. So each step
but the last names the day of the next look, and custody ends with a release, a return or a status, and never by itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

TAKEN, MOVED, VISIT, LAWYER, HEARING, UNKNOWN = "taken", "moved", "visit", "lawyer", "hearing", "unknown"
RELEASED, RETURNED, STATUS = "released", "returned", "status"
ENDS = frozenset({RELEASED, RETURNED, STATUS})
KINDS = (TAKEN, MOVED, VISIT, LAWYER, HEARING, UNKNOWN, RELEASED, RETURNED, STATUS)
LOOK_AGAIN_DAYS = 31
_PLACED = frozenset({TAKEN, MOVED})
_POSITION = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Step:
    """One step, as it was told. `state`: two letters; `place`: a province, never nearer; `who`: without a name."""

    kind: str
    day: date
    state: str = ""
    place: str = ""
    who: str = field(default="", repr=False)
    next_on: date | None = None


class Fault(StrEnum):
    """Why a step cannot be written."""

    FIRST = "first"
    DAY = "day"
    HELD = "held"
    STATE = "state"
    PLACE = "place"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Followed:
    """How it stands. `end`: how it ended, empty while they are held; `known` False: nobody knows where they are."""

    state: str
    place: str
    since: date
    visited: date | None
    lawyer: date | None
    next_on: date | None
    late: bool
    end: str
    ended: date | None
    known: bool

    @property
    def held(self) -> bool:
        """Whether somebody still has to look."""
        return not self.end


def fits(step: Step, before: Sequence[Step], today: date) -> Fault | None:
    """Why a step cannot be written as it is; None if it can.

    >>> told = Step("taken", date(2030, 5, 1), "TH", "Chiang Rai", next_on=date(2030, 5, 8))
    >>> fits(told, [], date(2030, 5, 1)), fits(Step("visit", date(2030, 5, 1)), [], date(2030, 5, 1))
    (None, <Fault.FIRST: 'first'>)
    """
    last = before[-1] if before else None
    if step.kind not in KINDS or step.day > today:
        return Fault.DAY
    if (last is None or last.kind in ENDS) and step.kind != TAKEN:
        return Fault.FIRST
    if last is not None and last.kind not in ENDS and (step.kind == TAKEN or step.day < _taken(before).day):
        return Fault.HELD
    if step.kind in _PLACED and not step.state:
        return Fault.STATE
    if _POSITION.search(step.place):
        return Fault.PLACE
    return None if step.kind in ENDS or _soon(step.next_on, today) else Fault.LOOK


def follow(steps: Sequence[Step], today: date) -> Followed | None:
    """How custody stands after some steps, in the order in which they were written; of the last time they were taken.

    >>> steps = [Step("taken", date(2030, 5, 1), "TH", "Chiang Rai", next_on=date(2030, 5, 8))]
    >>> found = follow(steps, date(2030, 5, 9))
    >>> found.place, found.late, follow([*steps, Step("released", date(2030, 5, 9))], date(2030, 5, 9)).held
    ('Chiang Rai', True, False)
    """
    if not any(one.kind == TAKEN for one in steps):
        return None
    first = max(number for number, one in enumerate(steps) if one.kind == TAKEN)
    these = steps[first:]
    placed = [one for one in these if one.kind in _PLACED][-1]
    last = these[-1]
    end = last if last.kind in ENDS else None
    gone = [number for number, one in enumerate(these) if one.kind == UNKNOWN]
    found = [number for number, one in enumerate(these) if one.kind in {*_PLACED, VISIT, LAWYER, HEARING}]
    next_on = None if end else last.next_on
    return Followed(placed.state, placed.place, these[0].day, _newest(these, VISIT), _newest(these, LAWYER), next_on,
                    end is None and (next_on is None or next_on < today), end.kind if end else "",
                    end.day if end else None, not gone or max(found) > gone[-1])


def _soon(day: date | None, today: date) -> bool:
    return day is not None and 0 < (day - today).days <= LOOK_AGAIN_DAYS


def _taken(steps: Sequence[Step]) -> Step:
    return [one for one in steps if one.kind == TAKEN][-1]


def _newest(steps: Iterable[Step], kind: str) -> date | None:
    return max((one.day for one in steps if one.kind == kind), default=None)
