"""From people of a case to a `Party`: what the planner may know of them, and what nobody has asked yet.

The party is as slow as its slowest, as young as its youngest and as old as its oldest member may be. Nothing is filled
in for what nobody asked: it is listed, so that somebody asks. There is no field for how quiet a child is or can be
made, and no form, rule or figure may have one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from waystation.casework.dates import Span, born, span
from waystation.party import Party

ADULT_FROM_Y = 18
INFANT_BELOW_Y = 2
TERM_WEEKS = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One person, by code. None is "not known". `agreed` is an adult's own answer to leaving; None = nobody asked."""

    code: str
    birth: str = ""  # vague, as in `dates`
    age: int | None = None
    age_said_on: date | None = None
    korean_age: bool = False
    lunar: bool = False
    adult: bool | None = None  # where somebody decided it
    agreed: bool | None = None
    exertion: int | None = None  # 1..5
    walk_km_day: float | None = None
    swim: bool | None = None
    cold: bool | None = None
    carry_kg: int | None = None  # beside a child in their arms
    medicine: bool = False  # there is some that they must have every day
    keep_cold: bool | None = None  # that medicine
    uncooled_h: int | None = None  # hours for which it keeps without cold
    slower_percent: int = 100  # 150 = half as slow again
    pregnant_weeks: int | None = None
    pregnant_on: date | None = None  # the day for which the weeks were told
    guardian: bool = False  # of an unaccompanied child: recorded, with papers or a reason why there are none
    best_interest_by_two: bool = False
    accompanied: bool = True  # a child with a parent or lasting caregiver in the party


class Household(NamedTuple):
    """Who belongs together: codes, the rule (must, prefer, may, or empty for not asked), groups never to be parted."""

    members: tuple[str, ...]
    stay_together: str = ""
    never_parted: tuple[tuple[str, ...], ...] = ()


class NotKnown(ValueError):
    """What must be asked before a plan can be made: pairs of code and what is not known of that person."""

    def __init__(self, gaps: Iterable[tuple[str, str]]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(f"{len(self.gaps)} things are not known")


def birth_of(one: Traveller) -> Span | None:
    """When somebody may have been born, or None if nothing was told."""
    if one.birth:
        return span(one.birth, lunar=one.lunar)
    if one.age is not None and one.age_said_on is not None:
        return born(one.age, one.age_said_on, korean=one.korean_age)
    return None


def is_child(one: Traveller, day: date) -> bool | None:
    """Whether somebody may be a child on a day: if they may be, they are protected as one. None = nothing is known.

    >>> is_child(Traveller(code="a", birth="2013"), date(2030, 6, 1))
    True
    >>> is_child(Traveller(code="a", birth="2011"), date(2030, 6, 1))
    False
    """
    if one.adult is not None:
        return not one.adult
    told = birth_of(one)
    return None if told is None else told.ages(day)[0] < ADULT_FROM_Y


def party_of(travellers: Sequence[Traveller], day: date, *, households: Sequence[Household] = (),
             label: str = "") -> Party:
    """The party these people make on a day. Raises `NotKnown` with everything that must be asked first.

    >>> two = [Traveller(code="a", birth="1990", agreed=True, exertion=4, walk_km_day=20, swim=False, cold=True),
    ...        Traveller(code="b", birth="2022", exertion=2, walk_km_day=6, swim=False, cold=False)]
    >>> party = party_of(two, date(2030, 6, 1))
    >>> party.size, party.youngest_y, party.oldest_y, party.exertion_max, party.walk_km_day, party.all_agree
    (2, 7, 40, 2, 6, True)
    """
    if gaps := [*_gaps(travellers, day)]:
        raise NotKnown(gaps)
    whole = _party(travellers, day, label)
    parts = groups(travellers, day, households=households)
    if not parts:
        return whole
    each = tuple(_party([one for one in travellers if one.code in part], day, label) for part in parts)
    return replace(whole, stay_together=False, subgroups=each)


def groups(travellers: Sequence[Traveller], day: date, *,
           households: Sequence[Household] = ()) -> tuple[frozenset[str], ...]:
    """Who goes in each of the groups that may be parted, by code, in the order of the party's `subgroups`.

    Empty where they go together.

    >>> two = [Traveller(code="a", birth="1990"), Traveller(code="b", birth="1991")]
    >>> [sorted(group) for group in groups(two, date(2030, 6, 1), households=[Household(("a", "b"), "may")])]
    [['a'], ['b']]
    >>> groups(two, date(2030, 6, 1))
    ()
    """
    units = _units(travellers, households, day)
    return tuple(units) if len(units) > 1 else ()


def weeks_on(one: Traveller, day: date) -> int | None:
    """Weeks of pregnancy on a day, counted on from the day for which they were told; None after the longest term."""
    if one.pregnant_weeks is None:
        return None
    weeks = one.pregnant_weeks + ((day - one.pregnant_on).days // 7 if one.pregnant_on else 0)
    return weeks if weeks <= TERM_WEEKS else None


def _gaps(travellers: Sequence[Traveller], day: date) -> Iterable[tuple[str, str]]:
    if not travellers:
        yield "", "people"
    for one in travellers:
        if birth_of(one) is None:
            yield one.code, "age"
        if one.exertion is None:
            yield one.code, "exertion"
        if one.walk_km_day is None:
            yield one.code, "walk"
        if one.medicine and one.keep_cold is None:
            yield one.code, "medicine"
        if one.pregnant_weeks is not None and weeks_on(one, day) is None:
            yield one.code, "birth"


def _party(some: Sequence[Traveller], day: date, label: str) -> Party:
    ages = [told.ages(day) for one in some if (told := birth_of(one)) is not None]
    weeks = [week for one in some if (week := weeks_on(one, day)) is not None]
    children = [one for one in some if is_child(one, day)]
    loads = [one.carry_kg for one in some if one.carry_kg is not None]  # of whom nobody said it carries nothing
    keeps = [one.uncooled_h or 0 for one in some if one.keep_cold]  # of which nobody said how long keeps not an hour
    return Party(
        size=len(some), youngest_y=min(low for low, _ in ages), oldest_y=max(high for _, high in ages),
        all_agree=all(one.agreed is True for one in some if not is_child(one, day)),
        guardian_ok=all(one.accompanied or (one.guardian and one.best_interest_by_two) for one in children),
        pace=max(1.0, *(one.slower_percent / 100 for one in some)),
        exertion_max=min(one.exertion for one in some if one.exertion is not None),
        walk_km_day=min(one.walk_km_day for one in some if one.walk_km_day is not None),
        swim=all(one.swim is True for one in some), cold=all(one.cold is True for one in some),
        carry_kg=sum(loads) if loads else None, uncooled_h=min(keeps, default=None),
        pregnancy_weeks=max(weeks, default=None), label=label,
        infants=sum(1 for low, _ in ages if low < INFANT_BELOW_Y),
    )


def _units(travellers: Sequence[Traveller], households: Sequence[Household], day: date) -> list[frozenset[str]]:
    """The smallest found that may be parted from each other; a child is never in a group without an adult."""
    found = [{one.code} for one in travellers]
    everybody = {one.code for one in travellers}
    ties = [set(group) for house in households for group in _ties(house)]
    for tie in ties if households else [everybody]:
        found = _joined(found, tie)
    for one in travellers:
        if is_child(one, day):
            found = _joined(found, {one.code, *_an_adult_for(one.code, found, households, travellers, day)})
    return [frozenset(group) for group in found]


def _joined(groups: list[set[str]], tie: set[str]) -> list[set[str]]:
    touched = [group for group in groups if group & tie]
    return [group for group in groups if not group & tie] + ([set().union(*touched)] if touched else [])


def _ties(house: Household) -> tuple[tuple[str, ...], ...]:
    return house.never_parted if house.stay_together == "may" else (house.members,)


def _an_adult_for(child: str, groups: list[set[str]], households: Sequence[Household],
                  travellers: Sequence[Traveller], day: date) -> list[str]:
    """The adult whom a child goes with: none if its group has one, else one of its household, else any."""
    adults = [one.code for one in travellers if is_child(one, day) is False]
    if any(child in group and group & set(adults) for group in groups):
        return []
    own = next((house.members for house in households if child in house.members), ())
    return ([code for code in adults if code in own] or adults)[:1]
