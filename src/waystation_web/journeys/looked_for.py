"""Who is looked for after an incident: those of its case who were on that journey, for whoever may read the case."""

from __future__ import annotations

from waystation_web.cases.case import Case, case_of
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .incidents import Incident
from .journey import Journey, journey_of
from .parted import of_journey


def looked_for(actor: Actor, incident: Incident) -> Case | None:
    """The case with those alone to whom it happened; None for whoever may not read it. Inside `writing()`.

    Who may not read the journey sees everybody of the case: nobody is left out of what is asked.
    """
    held, way = kept.maybe(actor, incident.case, "case"), _journey(actor, incident)
    if held is None:
        return None
    return case_of(held) if way is None else of_journey(case_of(held), way)


def _journey(actor: Actor, incident: Incident) -> Journey | None:
    try:
        held = kept.maybe(actor, incident.journey, "journey")
        return journey_of(held) if held is not None else None
    except Refused:
        return None
