"""People of a case as its payload says them: codes and what a plan must know; no names, which lie in a record apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.casework.people import Traveller, birth_of, is_child, weeks_on

from . import values


@dataclass(frozen=True, slots=True)
class Fitness:
    """What somebody can do; None is "not known" and stays so. Never how quiet a child is, or can be made."""

    exertion: int | None = None       # 1 (short level walks) to 5 (mountains at night)
    walk_km_day: int | None = None
    carry_kg: int | None = None       # beside a child in their arms
    swim: bool | None = None
    cold: bool | None = None          # can bear it
    slower_percent: int | None = None  # 150 = half as slow again as others
    medicine: str = field(default="", repr=False)  # what must be there every day
    keep_cold: bool | None = None     # that medicine
    uncooled_h: int | None = None     # hours for which it keeps without cold


@dataclass(frozen=True, slots=True)
class Someone:
    """One person of a case. `birth` is a date as vague as it was told; `age` what was said of it in years."""

    id: str
    code: str
    birth: str = ""
    age: int | None = None
    age_on: date | None = None    # the day on which it was told
    korean_age: bool = False      # `age` was told the Korean way: one at birth, one more each new year
    lunar: bool = False           # `birth` was told in the lunar calendar
    adult: bool | None = None
    sex: str = "0"                # ISO 5218: 0 not known, 1 male, 2 female, 9 not applicable
    position: str = ""
    needs: tuple[str, ...] = ()
    fitness: Fitness = Fitness()
    pregnant_weeks: int | None = None
    pregnant_on: date | None = None  # the day for which the weeks were told
    documents_with: str = ""      # who holds the papers
    situation: str = ""
    languages: str = ""

    def traveller(self, **more: Any) -> Traveller:
        """What a plan knows of them; `more` are answers that are kept elsewhere."""
        able = self.fitness
        return Traveller(
            code=self.code, birth=self.birth, age=self.age, age_said_on=self.age_on, korean_age=self.korean_age,
            lunar=self.lunar, adult=self.adult, exertion=able.exertion, walk_km_day=able.walk_km_day, swim=able.swim,
            cold=able.cold, carry_kg=able.carry_kg, medicine=bool(able.medicine.strip()), keep_cold=able.keep_cold,
            uncooled_h=able.uncooled_h, slower_percent=able.slower_percent or 100, pregnant_weeks=self.pregnant_weeks,
            pregnant_on=self.pregnant_on, **more)

    def child_on(self, day: date) -> bool | None:
        """Whether they may be a child on a day; None is not known."""
        try:
            return is_child(self.traveller(), day)
        except ValueError:  # a date that nobody can read; a form refuses it, an import may have brought it
            return None if self.adult is None else not self.adult

    def ages_on(self, day: date) -> tuple[int, int] | None:
        """The youngest and the oldest that they may be on a day, in years; None is not known."""
        try:
            told = birth_of(self.traveller())
        except ValueError:
            return None
        return None if told is None else told.ages(day)

    def weeks_on(self, day: date) -> int | None:
        """Weeks of a pregnancy on a day; None for none, or for one that must be over."""
        return weeks_on(self.traveller(), day)


@dataclass(frozen=True, slots=True)
class Household:
    """A lasting unit of kin or care, whether it may be split, and who may never be parted."""

    id: str
    name: str = field(repr=False)
    members: tuple[str, ...] = ()
    stay_together: str = ""       # must, prefer, may; empty = nobody asked, which a plan reads as must
    never_parted: tuple[tuple[str, ...], ...] = ()
    kin: bool | None = None       # people who travel together need not be family
    head: str = ""
    record: bytes = b""           # the sealed record with their names


@dataclass(frozen=True, slots=True)
class Relation:
    """One person is something to another: directed, typed, with how sure we are."""

    id: str
    from_: str
    to: str
    type: str
    certainty: str = ""
    kind: str = ""                # biological, guardian


def someone(said: Mapping[str, Any]) -> Someone:
    """A person in a payload."""
    able = values.part(said, "fitness")
    fitness = Fitness(values.whole(able, "exertion"), values.whole(able, "walk_km_day"), values.whole(able, "carry_kg"),
                      values.answer(able, "swim"), values.answer(able, "cold"), values.whole(able, "slower_percent"),
                      values.text(able, "medicine"), values.answer(able, "keep_cold"), values.whole(able, "uncooled_h"))
    return Someone(
        values.text(said, "id"), values.text(said, "code"), values.text(said, "birth"), values.whole(said, "age"),
        values.day(said, "age_on") or values.day(said, "at"), said.get("korean_age") is True, said.get("lunar") is True,
        values.answer(said, "adult"),
        values.text(said, "sex") or "0", values.text(said, "position"), values.texts(said, "needs"), fitness,
        values.whole(said, "pregnant_weeks"), values.day(said, "pregnant_on"), values.text(said, "documents_with"),
        values.text(said, "situation"), values.text(said, "languages"))


def household(said: Mapping[str, Any]) -> Household:
    """A household in a payload."""
    parted = said.get("never_parted")
    never = tuple(tuple(str(one) for one in group) for group in parted if isinstance(group, list)) \
        if isinstance(parted, list) else ()
    return Household(values.text(said, "id"), values.text(said, "name"), values.texts(said, "members"),
                     values.text(said, "stay_together"), never, values.answer(said, "kin"), values.text(said, "head"),
                     values.account(said, "record"))


def relation(said: Mapping[str, Any]) -> Relation:
    """A relation in a payload."""
    return Relation(*(values.text(said, name) for name in ("id", "from", "to", "type", "certainty", "kind")))
