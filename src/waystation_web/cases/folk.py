"""People of a case as its payload says them: codes and what a plan must know; no names, which lie in a record apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import values

ADULT_FROM = 18


@dataclass(frozen=True, slots=True)
class Fitness:
    """What somebody can do; None is "not known" and stays so. Never how quiet a child is, or can be made."""

    exertion: int | None = None       # 1 (short level walks) to 5 (mountains at night)
    walk_km_day: int | None = None
    carry_kg: int | None = None
    swim: bool | None = None
    cold: bool | None = None          # can bear it
    slower_percent: int | None = None  # 150 = half as slow again as others
    medicine: str = field(default="", repr=False)  # what must be there every day


@dataclass(frozen=True, slots=True)
class Someone:
    """One person of a case. `birth` is a date as vague as it was told; `age` what was said of it in years."""

    id: str
    code: str
    birth: str = ""
    age: int | None = None
    korean_age: bool = False      # `age` was told the Korean way: one at birth, one more each new year
    lunar: bool = False           # `birth` was told in the lunar calendar
    adult: bool | None = None
    sex: str = "0"                # ISO 5218: 0 not known, 1 male, 2 female, 9 not applicable
    position: str = ""
    needs: tuple[str, ...] = ()
    fitness: Fitness = Fitness()
    pregnant_weeks: int | None = None
    pregnant_on: str = ""         # the day for which the weeks were told
    documents_with: str = ""      # who holds the papers
    situation: str = ""
    languages: str = ""

    @property
    def minor(self) -> bool | None:
        """Whether a child: as somebody decided, else by the age told; None is not known."""
        if self.adult is not None:
            return not self.adult
        return None if self.age is None else self.age - self.korean_age < ADULT_FROM


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
                      values.text(able, "medicine"))
    return Someone(
        values.text(said, "id"), values.text(said, "code"), values.text(said, "birth"), values.whole(said, "age"),
        said.get("korean_age") is True, said.get("lunar") is True, values.answer(said, "adult"),
        values.text(said, "sex") or "0", values.text(said, "position"), values.texts(said, "needs"), fitness,
        values.whole(said, "pregnant_weeks"), values.text(said, "pregnant_on"), values.text(said, "documents_with"),
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
