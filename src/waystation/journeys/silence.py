"""When silence becomes an alarm: late, overdue, silent, presumed incident, for one leg and one party.

While nothing is heard, two stories remain: they are slow, or they are lost. Waiting one more hour costs those who are
lost an hour, and spares a false alarm if word of an arrival comes within it. With q the danger of the leg and f(t) the
chance per hour that word of an arrival comes t hours after the departure, an alarm is due as soon as, for good,

    q  >=  w (1 - q) f(t)        w  hours of delay for the lost that one false alarm is worth

Of all rules with as many false alarms this one finds the lost soonest on average: it makes the sum of all delays, plus
w for each false alarm, as small as it can be, leg by leg. So a dangerous leg alarms earlier than a safe one, a long leg
whose parties come at any hour earlier than a fixed share of all arrivals would say, and a leg whose parties are late,
later. Nothing here is sent to the field: an alarm asks people at the desk to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from .arrivals import ENOUGH, Arrivals

STEP = timedelta(minutes=5)  # due times are rounded up to it: an exact time would say which journey it is
STILL_LATE = 0.2             # of all who arrive are still silent when a party begins to be late
HALF = 0.5                   # nobody is overdue before half of all who arrive are heard of
BEYOND = 500.0               # times the usual hours: nobody is waited for longer
GRAIN = 1.05                 # hours are looked at in steps of a twentieth, then halved
LEAST_DANGER = 0.005         # nobody is believed to be safer than this: a leg without a record would never alarm


class Level(IntEnum):
    """How long a party has been silent, in the words of the desk."""

    ON_TIME = 0
    LATE = 1
    OVERDUE = 2
    SILENT = 3
    PRESUMED = 4


@dataclass(frozen=True, slots=True)
class Patience:
    """Hours of delay for the lost that one false alarm is worth, at each level. The organisation may state others."""

    overdue: float = 30.0
    silent: float = 100.0
    presumed: float = 400.0

    def __post_init__(self) -> None:
        if not 0 < self.overdue < self.silent < self.presumed:
            raise ValueError("patience rises: overdue, silent, presumed, in hours")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Hours after the departure at which each level begins, and what they rest on."""

    late_h: float
    overdue_h: float
    silent_h: float
    presumed_h: float
    arrived: int
    speaks_for_itself: bool

    def level(self, hours: float) -> Level:
        """The level after so many hours of silence."""
        begins = (self.late_h, self.overdue_h, self.silent_h, self.presumed_h)
        return Level(sum(hours >= one for one in begins))

    @property
    def sentence(self) -> str:
        """What the desk is told about where these hours come from."""
        if self.speaks_for_itself:
            return f"From {self.arrived} arrivals on this leg."
        return f"From the leg's profile, corrected by {self.arrived} arrivals; {ENOUGH} would speak for themselves."


def deadlines(arrivals: Arrivals, danger: float, patience: Patience | None = None) -> Deadlines:
    """When silence on a leg of this danger (chance of a loss, 0 to 1) reaches each level.

    Raises `ValueError` for a danger outside 0 to 1.
    """
    if not 0 <= danger <= 1:
        raise ValueError("a danger lies between 0 and 1")
    said, q = patience or Patience(), min(max(danger, LEAST_DANGER), 1 - LEAST_DANGER)
    first = arrivals.hours_until(HALF)
    overdue, silent, presumed = (max(first, _last_above(arrivals, first, q / ((1 - q) * worth)))
                                 for worth in (said.overdue, said.silent, said.presumed))
    late = min(arrivals.hours_until(STILL_LATE), overdue)
    return Deadlines(late, overdue, silent, presumed, arrivals.arrived, arrivals.speaks_for_itself)


def _last_above(arrivals: Arrivals, first: float, rate: float) -> float:
    """The last hour at or after `first` at which word still comes at more than `rate` per hour; 0 if there is none."""
    found, hours = 0.0, first
    while hours < BEYOND * first:
        found = hours if arrivals.word_per_hour(hours) > rate else found
        hours *= GRAIN
    low, high = found, found * GRAIN
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if arrivals.word_per_hour(middle) > rate else (low, middle)
    return high


def lost(arrivals: Arrivals, danger: float, hours: float) -> float:
    """The chance that a party is lost of which nothing was heard for so many hours."""
    return danger / (danger + (1 - danger) * arrivals.silence(hours)) if danger > 0 else 0.0


def due(departed: datetime, hours: float) -> datetime:
    """A due time: rounded up to five minutes, never early.

    >>> from datetime import UTC
    >>> due(datetime(2030, 1, 1, 20, 1, tzinfo=UTC), 1.0).isoformat()
    '2030-01-01T21:05:00+00:00'
    """
    moment = departed + timedelta(hours=hours)
    over = (moment - datetime(2000, 1, 1, tzinfo=moment.tzinfo)) % STEP
    return moment + (STEP - over if over else timedelta(0))
