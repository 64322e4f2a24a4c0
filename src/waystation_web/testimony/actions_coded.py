"""The registers: perpetrators without names, pictures from above, what a State says, partners who watch too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.testimony.pictures import faults
from waystation.testimony.taking_in import cleaned
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .actions import refuse
from .coded import DENIAL, OBSERVATION, PARTNER, PERPETRATOR, TYPE, observation_of, place_of

FIELDS: Mapping[str, tuple[str, ...]] = {
    PERPETRATOR: ("kind", "unit", "rank", "facility", "country", "found_by"),
    OBSERVATION: ("facility", "image_date", "baseline", "sensor", "feature", "observed", "change", "interpreted",
                  "inferred", "confidence", "partner"),
    DENIAL: ("country", "who", "said_on", "words", "citation", "facility", "event"),
    PARTNER: ("name", "work", "country", "agreement", "citation"),
}
TAKEN_IN = ("words", "citation", "work")  # text of others: addresses and numbers in it are nobody's business


def write_down(actor: Actor, sort: str, typed: Mapping[str, Any]) -> bytes:
    """A new line of a register; its id. Raises `NoSuchVault` for a register that is none, `NotPermitted`."""
    if sort not in FIELDS:
        raise NoSuchVault
    body: dict[str, Any] = {"sort": sort}
    for name in FIELDS[sort]:
        value = typed[name]
        body[name] = value.isoformat() if isinstance(value, date) else cleaned(value) if name in TAKEN_IN else value
    if body.get("facility"):
        body["facility"] = place_of(body["facility"])
    if sort == OBSERVATION:
        refuse(next(iter(faults(observation_of(body))), None))
    with writing():
        return records.make(actor, TYPE, body).id


def review(actor: Actor, record_id: bytes) -> None:
    """Another person read a picture over, and agrees with what was observed. Raises `NotPermitted` for its author."""
    with writing():
        held = kept.one(actor, record_id, TYPE, looked=False)
        if held.body.get("sort") != OBSERVATION:
            raise NoSuchVault
        approvals.another(actor, held.made.by, vault=record_id)
        if held.body.get("reviewed_by"):
            raise NotPermitted("signed", "Somebody read it over already.", vault=record_id)
        records.change(actor, held, {"reviewed_by": actor.id.hex(), "reviewed_on": clock.today().isoformat()},
                       what="reviewed")


__all__ = ["review", "write_down"]
