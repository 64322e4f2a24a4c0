"""A party that is divided: who may be parted from whom, what became of each part, and who is together again.

Nothing is written here. A part that whoever asks may not read, or that does not open, counts as on its way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from waystation.casework.codes import NEVER_ALONE
from waystation.casework.people import Household
from waystation.journeys import parts as rule
from waystation.journeys.outcomes import of_parts
from waystation.journeys.parts import OWN, Doubt, Fault, Part, Person
from waystation_web.cases import values
from waystation_web.cases.case import Case
from waystation_web.cases.folk import Someone
from waystation_web.cases.travellers import OVER_A_CHILD, UNDER_AN_ADULT
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .journey import Journey, journey_of

Division = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Party:
    """Those of a journey whom a division must name, and what binds them, by their ids in the case."""

    people: tuple[Someone, ...]
    households: tuple[Household, ...]
    guardians: Mapping[str, frozenset[str]]
    day: date

    def wrong(self, division: Division, alone: Sequence[str]) -> tuple[Fault, ...]:
        """What refuses a division. `alone`: of whom somebody says that they manage without another adult."""
        return rule.wrong(self._persons(alone), self.households, division)

    def warned(self, division: Division) -> tuple[Doubt, ...]:
        """What asks for a reason of its own."""
        return rule.warned(self._persons(()), self.households, division)

    def kept(self, said: Mapping[str, Any]) -> bool:
        """Whether what was typed divides them as they may be divided."""
        alone, why = values.texts(said, "alone"), values.text(said, "why_apart")
        return rule.kept(self._persons(alone), self.households, division_of(said), why_apart=why)

    def codes(self, ids: Sequence[str]) -> str:
        """What pages call them."""
        known = {one.id: one.code for one in self.people}
        return ", ".join(known.get(one, "?") for one in ids)

    def _persons(self, alone: Sequence[str]) -> list[Person]:
        return [Person(id=one.id, child=one.child_on(self.day), guardians=self.guardians.get(one.id, frozenset()),
                       needs_somebody=one.id not in alone or bool(NEVER_ALONE & set(one.needs)))
                for one in self.people]


def party(case: Case, day: date) -> Party:
    """The people of a case that was narrowed to a journey. Whose household nobody wrote down stay together."""
    households = tuple(Household(one.members, one.stay_together, one.never_parted) for one in case.households)
    everybody = (Household(tuple(one.id for one in case.people)),)
    found: dict[str, set[str]] = {}
    for one in case.relations:
        if one.type in OVER_A_CHILD:
            found.setdefault(one.to, set()).add(one.from_)
        if one.type in UNDER_AN_ADULT:
            found.setdefault(one.from_, set()).add(one.to)
    return Party(case.people, households or everybody, {who: frozenset(theirs) for who, theirs in found.items()}, day)


def of_journey(case: Case, journey: Journey, away: Collection[str] = ()) -> Case:
    """The case with those alone who are on this journey, and not `away`: nobody is asked about somebody else's."""
    return replace(case, people=tuple(one for one in case.people if one.id not in away
                                      and (not journey.people or one.id in journey.people)))


def division_of(said: Mapping[str, Any]) -> list[list[str]]:
    """The parts that were typed, each by the ids of its people."""
    typed = said.get("division")
    return [[str(one) for one in part] for part in typed if isinstance(part, list)] if isinstance(typed, list) else []


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a whole that could be read, and whether all of them could."""

    found: tuple[Journey, ...] = field(default=(), repr=False)
    all_read: bool = True

    @property
    def there(self) -> tuple[Journey, ...]:
        """Those that may come together: not who was taken, left or arrived."""
        return tuple(one for one in self.found if one.status not in OWN)

    @property
    def away(self) -> frozenset[str]:
        """Who was taken, left or arrived in a part of their own: nobody is asked for them when the others meet."""
        return frozenset(who for one in self.found if one not in self.there for who in one.people)

    @property
    def together(self) -> bool:
        """Whether those still on the way rest at one place."""
        return self.all_read and bool(rule.joined(Part(one.status, one.at, one.people) for one in self.found))

    @property
    def over(self) -> bool:
        """Whether nobody is on the way any more."""
        return self.all_read and not self.there


def parts_of(actor: Actor, journey: Journey) -> Parts:
    """What a journey was divided into last, inside the caller's `writing()`."""
    found, all_read = [], True
    for one in journey.parts:
        held = kept.maybe(actor, one, "journey")
        try:
            found.append(journey_of(held)) if held is not None else None
        except Refused:
            held = None
        all_read = all_read and held is not None
    return Parts(tuple(found), all_read)


def settled(journey: Journey, parts: Parts) -> dict[str, Any]:
    """The legs of a whole with the end of the one on which it was divided: the worst that became of a part."""
    written = list(journey.record.body.get("legs", ()))
    if not journey.parts or not written or written[-1].get("code"):
        return {}
    of_each = [one.legs[len(written) - 1] for one in parts.found if len(one.legs) >= len(written)]
    code = of_parts([one.code for one in of_each]) if len(of_each) == len(journey.parts) else ""
    ended = [one.ended for one in of_each if one.code == code and one.ended]
    heard = [one.heard for one in of_each if one.heard]
    times = {"ended": said(max(ended)) if code and ended else None} | ({"heard": said(max(heard))} if heard else {})
    return {"legs": [*written[:-1], written[-1] | {"code": code} | times]}
