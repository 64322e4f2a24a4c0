"""Who goes along on a leg, as it lies in the journey's record, and who of them is in the way of leaving.

    body["escorts"] = [{"id", "by", "at", "who": code name, "leg", "start", "end", "mode", "risk", "said", "tell",
                        "how", "said_on"}]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waystation.journeys.company import Companion, Lack, Said, lacking
from waystation.trust.vetting import UNUSABLE
from waystation_web.cases import values
from waystation_web.contacts import queries as people
from waystation_web.contacts.contact import Contact
from waystation_web.duty import exploiters
from waystation_web.gateways import clock
from waystation_web.network import freezes
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

from .journey import Journey, journey_of

FIELD, YES = "escorts", Said.YES.value
TURNED = "turned_back"  # a leg from which they came back is ahead of them still


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of the plan that was not begun."""

    leg: str
    start: str
    end: str
    mode: str


def company(journey: Journey) -> tuple[Companion, ...]:
    """Everybody who was asked to go along, in the order in which they were asked."""
    return tuple(_one(one) for one in values.items(journey.record.body, FIELD))


def stopped(actor: Actor, contacts: Iterable[Contact]) -> frozenset[str]:
    """Code names that nobody may use now. Inside the caller's `writing()`."""
    today = clock.today()
    return freezes.codes(actor) | {one.code_name for one in contacts if one.standing(today) in UNUSABLE}


def in_the_way(actor: Actor, journey: Journey) -> tuple[tuple[str, Lack], ...]:
    """Whoever leads them or goes along on the leg that is released, and lacks what they need before anybody leaves.

    Inside the caller's `writing()`.
    """
    release = journey.released(clock.now())
    if release is None:
        return ()
    along = company(journey)
    shut = stopped(actor, people.contacts(actor)) | exploiters.listed(actor, (release.to, *(one.who for one in along)))
    leads = ((release.to, Lack.STOPPED),) if release.to in shut else ()
    return (*leads, *lacking(along, release.leg, shut))


def of_leg(journey: Journey, leg: str) -> tuple[str, ...]:
    """Code names of those who go along on a leg, by their own yes: they may be told where it ends."""
    return tuple(one.who for one in company(journey) if one.leg == leg and one.goes)


def begun(journey: Journey) -> frozenset[str]:
    """Legs that they set out on and did not come back from."""
    return frozenset(one.leg for one in journey.legs if one.code != TURNED)


def gone(journey: Journey) -> list[Mapping[str, Any]]:
    """Who went along on legs that were begun, as it is written: a part of the party brings it with it."""
    there = begun(journey)
    return [one for one in values.items(journey.record.body, FIELD) if values.text(one, "leg") in there]


def went_along(held: Record) -> tuple[Companion, ...]:
    """Who went along on legs that were begun, of a journey's record: whoever takes the party may have taken them."""
    journey = journey_of(held)
    there = begun(journey)
    return tuple(one for one in company(journey) if one.goes and one.leg in there)


def legs_ahead(actor: Actor, journey: Journey) -> list[Leg]:
    """Legs of the plan that are not closed, not frozen and not begun. Inside the caller's `writing()`."""
    plan = kept.maybe(actor, journey.plan, "plan")
    shut = freezes.codes(actor) | begun(journey)
    legs = (Leg(*(values.text(one, name) for name in ("leg", "start", "end", "mode")))
            for one in values.items(plan.body if plan else {}, "lines") if values.text(one, "kind") != "closed")
    return [one for one in legs if not {one.leg, one.end} & shut]


def _one(said: Mapping[str, Any]) -> Companion:
    answer = values.text(said, "said")
    return Companion(values.text(said, "id"), values.text(said, "who"), values.text(said, "leg"),
                     values.text(said, "start"), values.text(said, "end"), values.text(said, "mode"),
                     values.text(said, "risk"), Said(answer) if answer in set(Said) else Said.NOTHING,
                     values.text(said, "tell"))
