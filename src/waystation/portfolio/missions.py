"""A month's missions and what the house has for them, as plain values.

A mission is a party that waits to be moved; a variant is one way to do it, from a plan: when, with which guides,
through which houses and areas, at what cost, how safe. Of the people it is known how many they are, how great their
need is (1 to 5, as the screening found) and how many belong to a class with a floor. Nothing else is asked: no origin,
no belief, no story, no money of theirs. What is not here cannot weigh (tests/core/test_portfolio_inputs.py).

Chances are whole thousandths, money whole units of one currency, weeks count from 1.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

CLASSES = ("children", "pregnant", "older", "ill", "held")  # held: by a captor
GREAT_NEED = 4  # and above
ALPHA = 0.9  # the bad case is the mean of the worst tenth of all scenarios


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do a mission. `arrives` and `low` are None where the plan says "we do not know"."""

    code: str
    leaves: int  # its first week
    weeks: int  # how many weeks it is on the way
    cost: int
    arrives: int | None  # of 1000 such parties, the mean
    low: int | None  # the low end of the interval
    lost: int  # of 1000 such parties in calm areas
    lost_if: Mapping[str, int]  # of 1000 more, where that area is in crackdown
    guides: Mapping[str, tuple[int, ...]]  # in which weeks
    houses: Mapping[str, tuple[int, ...]]
    areas: Mapping[str, tuple[int, ...]]
    purse: str = ""  # of a donor who pays for this alone

    @property
    def moving(self) -> range:
        """The weeks in which it is on the way."""
        return range(self.leaves, self.leaves + self.weeks)


@dataclass(frozen=True, slots=True)
class Mission:
    """A party that waits. `stay` is the chance of safety without a journey, 0 unless a person stated it."""

    code: str
    size: int
    need: int
    variants: tuple[Variant, ...]
    people_of: Mapping[str, int]
    stay: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """An area that may be in crackdown, by itself or because its whole country is."""

    code: str
    country: str
    crackdown: int


@dataclass(frozen=True, slots=True)
class Month:
    """All that is asked for. Missions, variants and areas are in the order of their codes."""

    title: str
    fictional: bool
    first_week: date
    weeks: int
    currency: str
    missions: tuple[Mission, ...]
    areas: tuple[Area, ...] = ()
    national: Mapping[str, int] | None = None  # chance of a crackdown in a whole country


@dataclass(frozen=True, slots=True)
class Caps:
    """All that there is, by a person's word. Guides, houses and desk have one number a week."""

    budget: int
    guides: Mapping[str, tuple[int, ...]]  # parties at once
    houses: Mapping[str, tuple[int, ...]]  # beds; 0 in a week of rest
    purses: Mapping[str, int]
    exposure: Mapping[str, int]  # people who pass an area in any two weeks
    floors: Mapping[str, int]  # of 100 people of a class, at least so many
    moving: tuple[int, ...] | None = None  # parties on the way at once
    sharing: int | None = None  # missions that share one guide or one house
    bad_case: int | None = None  # people lost in the bad case, thousandths
    safety_floor: int = 0  # no variant whose low end lies below it
    let_in: frozenset[tuple[str, str]] = frozenset()  # below the floor, let in by a second person
    take: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()


def digest(month: Month, caps: Caps) -> str:
    """BLAKE2b-128 of everything that was given, whatever the order it stood in."""
    given = {"month": asdict(month), "caps": {name: sorted(value) if isinstance(value, frozenset) else value
                                               for name, value in asdict(caps).items()}}
    text = json.dumps(given, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
