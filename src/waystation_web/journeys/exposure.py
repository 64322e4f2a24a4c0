"""What somebody who was taken may be made to tell: the walk of the core, over what this office has written down.

Known to the party is what it met: legs, places, who led them, who went along and who serves those places.
Known to a helper is whom they know, where they serve; known to a house is who serves it. Other parties are named where
they use the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from waystation.journeys.company import met as went_along
from waystation.journeys.stoploss import Told, knew
from waystation_web.contacts import queries as people
from waystation_web.contacts.contact import Contact
from waystation_web.vault.actor import Actor

from .escorts import begun, company
from .journey import Journey
from .queries import journeys

PARTY = "party"


def proposals(actor: Actor, journey: Journey) -> list[dict[str, Any]]:
    """What is proposed to be frozen, the nearest first: before all, what is paid for the party itself.

    Inside the caller's `writing()`.
    """
    found = known(people.contacts(actor), journey, [one for one in journeys(actor) if one.id != journey.id])
    own = Told(journey.case_ref, 0, ())
    return [{"code": one.code, "distance": one.distance, "through": list(one.through), "state": "proposed", "by": ""}
            for one in (own, *told(found)) if one is own or one.code != own.code]


def told(found: Mapping[str, frozenset[str]]) -> tuple[Told, ...]:
    """The walk from the party."""
    return knew(found, {PARTY})


def known(contacts: Iterable[Contact], journey: Journey, others: Iterable[Journey]) -> dict[str, frozenset[str]]:
    """Who or what knows what, by code."""
    met = {code for leg in journey.legs for code in (leg.leg, leg.start, leg.end)} | {journey.at}
    met |= {leg.guide for leg in journey.legs if leg.guide != PARTY}
    met |= went_along(company(journey), begun(journey))
    found: dict[str, set[str]] = defaultdict(set)
    found[PARTY] |= met - {""}
    names = {one.id.hex(): one.code_name for one in contacts}
    for one in contacts:
        found[one.code_name] |= {*one.legs, *one.places}
        for code in (*one.legs, *one.places):
            found[code].add(one.code_name)
        for other in (one.introduced_by, *one.knows):
            if name := names.get(other, other):
                found[one.code_name].add(name)
                found[name].add(one.code_name)
    for along in company(journey):
        if along.goes:
            found[along.who] |= {along.leg, along.start, along.end}
    for other in others:
        if not other.over:
            for leg in other.legs:
                for code in (leg.leg, leg.start, leg.end, leg.guide):
                    found[code].add(other.case_ref)
            for who in went_along(company(other), begun(other)):
                found[who].add(other.case_ref)
    return {who: frozenset(what) for who, what in found.items()}
