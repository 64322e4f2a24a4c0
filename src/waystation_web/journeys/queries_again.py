"""What stands in the form when a party is planned anew from where it is: loaded here, and passed on in no address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from waystation.journeys.status import ON_THE_ROAD
from waystation_web.gateways.database import writing
from waystation_web.ledger.reading import ledger
from waystation_web.plans import queries_list as plans
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .again import Known, goals, last_day, money_left, start
from .ground import case_held
from .journey import Journey, journey_of
from .parted import of_journey


@dataclass(frozen=True, slots=True)
class Again:
    """The question from here: what the form offers, and what is known of each answer."""

    journey: Journey
    offer: plans.CasePlans
    people: tuple[str, ...]            # by their ids in the case
    known: Mapping[str, Known] = field(repr=False)

    @property
    def first(self) -> dict[str, Any]:
        """What stands in each field; nothing where nobody knows."""
        return {name: one.value for name, one in self.known.items() if one.value is not None}

    @property
    def whence(self) -> dict[str, str]:
        """Where each comes from, in words."""
        return {name: one.why for name, one in self.known.items()}


def again(actor: Actor, journey_id: bytes) -> Again:
    """A party under way. Raises `NoSuchVault`, `NotPermitted` for one that is not, `Refused`."""
    broken: list[bytes] = []
    with writing():
        journey = journey_of(kept.one(actor, journey_id, "journey"))
        if journey.status not in ON_THE_ROAD:
            raise NotPermitted("again", "Only whoever is on the way is planned anew from where they are.",
                               vault=journey_id)
        case = of_journey(case_held(actor, journey.case), journey)
        plan = kept.one(actor, journey.plan, "plan", looked=False).body
        offer, money = plans.offered(actor, case, broken), ledger(actor)
    codes = ", ".join(one.code for one in case.people)
    known = {
        "start": start(journey, {code for code, _near in offer.places}),
        "goals": goals(journey, {code for code, _near in offer.goals}),
        "depart_from": Known(offer.first, gettext(
            "The first morning from now on, or after the day of an invented route book.")),
        "deadline": last_day(plan, offer.first),
        "money": money_left(journey, plan, money.lines, whole=not money.broken),
        "part": Known(0, gettext("Those of this journey: %(codes)s.") % {"codes": codes}),
    }
    return Again(journey, offer, tuple(one.id for one in case.people), known)
