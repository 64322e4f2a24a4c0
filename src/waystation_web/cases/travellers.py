"""Who would travel, as a plan and a decision must know them: their limits, and what each adult said to this very plan.

Only codes leave a case here. What nobody asked is not known, and counts as not answered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from waystation.casework.people import Household as Together
from waystation.casework.people import NotKnown, Traveller, groups, party_of
from waystation.party import Party

from . import asked, values
from .case import Case
from .folk import Someone

YES, NO = "yes", "no"
OVER_A_CHILD = frozenset({"parent", "guardian", "grandparent"})
UNDER_AN_ADULT = frozenset({"child", "ward", "grandchild"})


@dataclass(frozen=True, slots=True)
class Answered:
    """What one adult said; None while nobody asked, or while they had not made up their mind."""

    code: str
    answer: bool | None


@dataclass(frozen=True, slots=True)
class Travellers:
    """What a decision must know of those who would travel."""

    adults: tuple[Answered, ...] = ()
    interpreter_is_broker: bool = True
    standing_signed: bool = False
    children: int = 0
    guardian_recorded: bool = False
    best_interest_by_two: bool = False

    def as_said(self) -> dict[str, Any]:
        """For the record of a decision."""
        return asdict(self)


def as_known(said: Mapping[str, Any] | None) -> Travellers:
    """What a decision keeps of them; whatever is not there leads to a refusal."""
    if not said:
        return Travellers()
    adults = tuple(Answered(values.text(one, "code"), values.answer(one, "answer"))
                   for one in values.items(said, "adults"))
    return Travellers(adults, said.get("interpreter_is_broker") is not False, said.get("standing_signed") is True,
                      values.whole(said, "children") or 0, said.get("guardian_recorded") is True,
                      said.get("best_interest_by_two") is True)


def travellers(case: Case, plan: str, day: date) -> Travellers:
    """Those of a case, and their answers to one plan (its id in hex). Of whom nobody knows the age, both is asked."""
    body = case.record.body
    adults = [one for one in case.people if one.child_on(day) is not True]
    children = [one for one in case.people if one.child_on(day) is not False]
    said = {one.id: asked.answer_to(body, one.id, plan) for one in adults}
    heard = [one for one in said.values() if one]
    standing = {values.text(one, "person") for one in values.items(body, "standing") if values.text(one, "signed_on")}
    cared = [one for one in (asked.newest(body, "best_interest", child.id) for child in children) if one]
    return Travellers(
        tuple(Answered(one.code, _yes(said[one.id])) for one in adults),
        not heard or any(one.get("interpreter_is_broker") is not False for one in heard),
        bool(adults) and {one.id for one in adults} <= standing, len(children),
        len(cared) == len(children) and all(values.text(one, "guardian") for one in cared),
        len(cared) == len(children) and all(asked.by_two(case.id, one) for one in cared))


def among(case: Case, people: Collection[str]) -> Case:
    """The case with those alone, by their ids: nobody is asked about somebody else's plan. Empty: everybody of it."""
    return replace(case, people=tuple(one for one in case.people if one.id in people)) if people else case


def party(case: Case, day: date, *, plan: str = "", label: str = "") -> Party:
    """The party that the people of a case make on a day. Raises `NotKnown` with what must be asked first.

    Before a plan there is no answer to it: whoever said no to leaving at all counts, nobody else.
    """
    return party_of(_all(case, plan), day, households=_households(case), label=label)


def parts(case: Case, day: date) -> tuple[tuple[str, ...], ...]:
    """Who is in each part of that party, by their ids in the case; empty where they stay together."""
    return tuple(tuple(one.id for one in case.people if one.code in group)
                 for group in groups(_all(case, ""), day, households=_households(case)))


def _all(case: Case, plan: str) -> list[Traveller]:
    return [_traveller(one, case, plan) for one in case.people]


def _households(case: Case) -> list[Together]:
    return [Together(tuple(_code(case, member) for member in house.members), house.stay_together,
                     tuple(tuple(_code(case, member) for member in group) for group in house.never_parted))
            for house in case.households]


def _traveller(one: Someone, case: Case, plan: str) -> Traveller:
    body = case.record.body
    kept = asked.newest(body, "best_interest", one.id)
    return one.traveller(
        agreed=_willing(body, one.id, plan), guardian=bool(kept and values.text(kept, "guardian")),
        best_interest_by_two=asked.by_two(case.id, kept),
        accompanied=_accompanied(body, one.id, {other.id for other in case.people}))


def _willing(body: Mapping[str, Any], person: str, plan: str) -> bool | None:
    """To a plan: the answer itself. Before one: no stays no, and everybody else is asked when there is a plan."""
    if plan:
        return _yes(asked.answer_to(body, person, plan))
    answers = [one for one in values.items(body, "choices") if values.text(one, "person") == person]
    return _yes(answers[-1]) is not False if answers else True


def _accompanied(body: Mapping[str, Any], person: str, there: Collection[str]) -> bool:
    """A child with a parent, spouse of a parent or guardian among those who travel, not somewhere else."""
    ties = values.items(body, "relations")
    over = any(values.text(one, "to") == person and values.text(one, "from") in there
               and values.text(one, "type") in OVER_A_CHILD for one in ties)
    under = any(values.text(one, "from") == person and values.text(one, "to") in there
                and values.text(one, "type") in UNDER_AN_ADULT for one in ties)
    return over or under


def _yes(said: Mapping[str, Any]) -> bool | None:
    return {YES: True, NO: False}.get(values.text(said, "answer"))


def _code(case: Case, person: str) -> str:
    return next((one.code for one in case.people if one.id == person), person)


__all__ = ["Answered", "NotKnown", "Travellers", "among", "as_known", "parts", "party", "travellers"]


def latest(case: Case, person: str) -> str:
    """The last word of somebody about leaving, to whatever plan: yes, no, not_yet, or empty for not asked."""
    said = [one for one in values.items(case.record.body, "choices") if values.text(one, "person") == person]
    return values.text(said[-1], "answer") if said else ""
