"""A step of custody is written down: where they are held, who visited, the lawyer, the next day, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.journeys.held import ENDS, TAKEN, Fault, fits
from waystation_web.cases import actions as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import live
from .custody import FIELD, FROM, step_of, steps
from .journey import journey_of


class Unfit(Exception):
    """A step that cannot be written as it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def note(actor: Actor, journey_id: bytes, typed: Mapping[str, Any]) -> None:
    """Write a step down, with how it is known. Nobody is told by it but the case, that there is one.

    Raises `Unfit`, `NotPermitted` before they arrived and without a word of how it is known, `NoSuchVault`.
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        if journey.status not in FROM:
            raise NotPermitted("status", "They have not arrived. Whoever is taken on the way is an incident.",
                               vault=journey_id)
        if not str(typed.get("how_known") or "").strip():
            raise NotPermitted("reason", "Write down how it is known.", vault=journey_id)
        said = {name: str(typed.get(name) or "").strip() for name in ("kind", "place", "who", "how_known")}
        said |= {"state": str(typed.get("state") or "").upper()}
        said |= {name: typed[name].isoformat() for name in ("day", "next_on") if typed.get(name)}
        step = step_of(said)
        if fault := fits(step, steps(journey), clock.today()):
            raise Unfit(fault)
        records.add(actor, held, FIELD, said)
        if step.kind == TAKEN or step.kind in ENDS:
            cases.tell(actor, journey.case, "journey", "in custody" if step.kind == TAKEN else "custody ended",
                       journey=journey.key)
        live.changed(journey_id)
