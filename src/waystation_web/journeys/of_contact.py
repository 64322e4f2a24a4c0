"""What journeys lay on the table of a contact: every leg that was begun, with the danger that was known that day and
what became of it, and whose party was taken when.
"""

from __future__ import annotations

from waystation.journeys.outcomes import ENDS
from waystation.network.rows import Ended
from waystation.trust.suggested import Begun, Taken
from waystation_web.contacts.contact import Contact
from waystation_web.contacts.gathering import Found, Looks, Source
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .before import TAKEN
from .journey import Journey, Went
from .queries import readable, shown

LOST = frozenset({Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING})


def lay(_actor: Actor, _contact: Contact, looks: Looks, found: Found) -> None:
    """All of them, whoever led: how many guides and houses there are counts too. A silent incident is in nothing."""
    journeys = readable(looks.network.of("journey"), found.broken)
    found.begun += [_begun(one, leg) for one in journeys for leg in one.legs if not leg.carried]
    try:
        met = shown(looks.people.of("incident"))
    except Refused:
        found.broken += [one.id for one in looks.people.of("incident")]
        met = []
    found.taken += [Taken(one.case_ref, one.began.date()) for one in met
                    if one.kind in TAKEN and one.status != "false alarm"]


def _begun(journey: Journey, leg: Went) -> Begun:
    return Begun(journey.name, leg.started.date(), leg.start, leg.end, leg.guide, leg.chance, _betrayed(leg.code),
                 leg.size)


def _betrayed(code: str) -> bool | None:
    """Whether a party was lost there; None while nobody knows, and where they stopped by their own choice."""
    return ENDS[code] in LOST if code in ENDS else None


SOURCE = Source(lay, network=("journey",), people=("incident",))
