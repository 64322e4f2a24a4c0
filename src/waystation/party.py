"""Who travels, what they cannot do, and the terms of the journey.

A `Party` holds what a decision needs and no identity. `all_agree` and `guardian_ok` have no default on purpose:
somebody must have asked.
"""

from dataclasses import dataclass
from datetime import date

from waystation.units import Money

PENALTIES = (0.0, 0.25, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """People who move together; every limit is that of the weakest member, but for the load, which they share.

    `guardian_ok` answers: does every unaccompanied child have a guardian and a best-interest record (yes also when
    there is no unaccompanied child)? `all_agree` answers: did every adult say yes?
    """

    size: int
    youngest_y: int  # years
    oldest_y: int
    all_agree: bool
    guardian_ok: bool
    pace: float = 1.0  # durations are multiplied by this; 1.5 = half as slow again
    exertion_max: int = 5  # 1..5
    walk_km_day: float = 30.0
    swim: bool = False  # every member can
    cold: bool = True  # every member can bear cold
    carry_kg: int | None = None  # all of them together, beside children in their arms; None = nobody said
    uncooled_h: int | None = None  # hours that their medicine keeps without cold; None = none must be kept cold
    pregnancy_weeks: int | None = None  # today
    infants: int = 0
    stay_together: bool = True
    subgroups: tuple["Party", ...] = ()  # only where they may split
    label: str = ""  # how the page speaks of them; no name


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """From where to where, by when, with what."""

    start: str  # place code
    goals: tuple[str, ...]  # place codes; empty = every goal of the book
    depart_from: date
    deadline: date
    budget: Money
    penalty: float = 0.25  # a loss counts against an arrival this many times
    floor: float | None = None  # the organisation's minimum of the lower interval end
