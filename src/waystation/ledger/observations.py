"""Rewards and prices that somebody reported: in the money they were told in, with unit, province, day and grade.

The price of a person who was sold is evidence of a crime. It has a class of its own that nothing reckons with: no
series, no jump, no cost. Nothing that plans may import this package at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from statistics import median

from waystation.units import Money

from .coins import coins

PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")  # a country or a province (ISO 3166-2); nothing nearer than that
GRADE = re.compile(r"[A-F][1-6]")
JUMP = Fraction(3, 2)  # W-06: half as much again as the middle of those before
ENOUGH = 3  # earlier ones that a jump is measured against


class Sort(StrEnum):
    """What was reported."""

    REWARD = "reward"  # offered for reporting or handing somebody over
    HELPING_FINE = "helping_fine"  # asked of somebody who helped
    FEE_QUOTED = "fee_quoted"  # asked by a broker or guide


class Unit(StrEnum):
    """What one amount is for."""

    PERSON = "person"
    FAMILY = "family"
    PARTY = "party"
    CASE = "case"  # per report, whoever it is about
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One amount as it was reported. `grade` is source and content: "B3"; "F6" says that neither can be judged."""

    sort: Sort
    amount: Money
    unit: Unit
    place: str
    day: date
    grade: str
    source: str = ""

    def __post_init__(self) -> None:
        _check(self.place, self.grade, self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSold:
    """What was said to be paid for a person: evidence, and nothing else. It has no `amount` that could be summed."""

    told: str  # "12,000 CNY", as it was said; only ever shown
    unit: Unit
    place: str
    day: date
    grade: str
    source: str = ""

    def __post_init__(self) -> None:
        _check(self.place, self.grade)


@dataclass(frozen=True, slots=True)
class Jump:
    """The newest amount against the middle of those before it (W-06)."""

    newest: Observation
    middle: Fraction  # in smallest coins
    before: int


def series(observations: Iterable[Observation], *, sort: Sort, place: str, unit: Unit,
           currency: str) -> list[Observation]:
    """Observations that can be compared: one sort, place, unit and currency; the oldest first."""
    found = [one for one in observations if one.sort is sort and one.place == place and one.unit is unit
             and one.amount.currency == currency]
    return sorted(found, key=lambda one: (one.day, coins(one.amount)))


def jump(compared: list[Observation]) -> Jump | None:
    """Whether the newest of a series is half as much again as the middle of those before; None with fewer than three.

    >>> told = [Observation(sort=Sort.REWARD, amount=Money.parse(f"{n} CNY"), unit=Unit.FAMILY, place="CN-22",
    ...                     day=date(2030, 1, day), grade="C3") for day, n in ((1, 100), (2, 110), (3, 90), (4, 150))]
    >>> jump(told).middle, jump(told[:3])
    (Fraction(10000, 1), None)
    """
    before = [coins(one.amount) for one in compared[:-1]]
    if len(before) < ENOUGH:
        return None
    middle = Fraction(median(Fraction(count) for count in before))
    newest = compared[-1]
    return Jump(newest, middle, len(before)) if coins(newest.amount) >= JUMP * middle else None


def _check(place: str, grade: str, amount: Money | None = None) -> None:
    if not PLACE.fullmatch(place):
        raise ValueError("a place is a country or a province, for example CN-22")
    if not GRADE.fullmatch(grade):
        raise ValueError("a grade is a letter A-F and a digit 1-6")
    if amount is not None and coins(amount) <= 0:
        raise ValueError("an amount is above nothing")
