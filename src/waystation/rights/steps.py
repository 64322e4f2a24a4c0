"""A step of a way with its days: when it may be over, when somebody must look, and by whose count.

    clock(step, began, today, own)    the day of the alarm is never later than anybody's count says
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from waystation.rights.durations import Seen
from waystation.rights.facts import Step
from waystation.rights.library import first_protection, library

LOOK_AGAIN_DAYS = 30  # where nobody knows how long it takes, somebody looks all the same
REPORTED, OWN, NOBODY = "reported", "own", "nobody"


@dataclass(frozen=True, slots=True)
class Clock:
    """The days of one step. `by`: whose count set the alarm; nobody's where nobody knows how long it lasts."""

    began: date
    first: date | None
    last: date | None
    alarm: date
    by: str
    late: bool


@dataclass(frozen=True, slots=True)
class Begins:
    """Where on a course protection is possible first: at which of its States, by which way, from which step."""

    place: int
    country: str
    step: Step


def clock(step: Step, began: date, today: date, own: Seen | None = None) -> Clock:
    """How a step stands. What this office saw counts where it has seen enough: four of five were through by then.

    >>> from waystation.rights.library import library
    >>> court = library().pathways()["P1"][1]
    >>> found = clock(court, date(2030, 5, 1), date(2030, 5, 7))
    >>> found.first.day, found.last.day, found.alarm.day, found.by, found.late
    (3, 31, 6, 'reported', True)
    >>> clock(court, date(2030, 5, 1), date(2030, 5, 5), Seen(20, 20, 2, 3)).by
    'own'
    """
    counts = [(days, REPORTED) for days in (step.alarm_days, step.days_most) if days is not None]
    if own is not None and own.known and own.most is not None:
        counts.append((own.most, OWN))
    days, by = min(counts, key=lambda one: one[0], default=(LOOK_AGAIN_DAYS, NOBODY))
    alarm = began + timedelta(days=days)
    return Clock(began, _after(began, step.days_least), _after(began, step.days_most), alarm, by, today > alarm)


def begins(countries: Iterable[str]) -> Begins | None:
    """The first State of a course at which a way to a status begins that protects somewhere; None for none.

    >>> found = begins(["KP", "CN", "LA", "TH"])
    >>> found.country, found.place, found.step.pathway
    ('CN', 1, 'P6')
    >>> begins(["KP", "MM"]) is None
    True
    """
    ways = [(steps[0].country, first) for steps in library().pathways().values()
            if (first := first_protection(steps)) is not None]
    for place, country in enumerate(countries):
        step = next((first for state, first in ways if state == country), None)
        if step is not None:
            return Begins(place, country, step)
    return None


def _after(began: date, days: int | None) -> date | None:
    return None if days is None else began + timedelta(days=days)
