"""People write down what became known of an incident; what was wrong is corrected by a new line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.actor import Actor

from .actions_incident import logged, to_act_on


def handed(actor: Actor, incident_id: bytes, typed: Mapping[str, Any]) -> None:
    """One State or force gave them to another. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        incident = to_act_on(actor, incident_id)
        day = typed["day"].isoformat() if typed.get("day") else None
        records.add(actor, incident, "handed", {"from": typed["from_"], "to": typed["to"], "day": day,
                                                "how_known": typed["how_known"]},
                    log=logged(actor, incident, "handed", f"{typed['from_'] or '?'} → {typed['to'] or '?'}"))


def purpose(actor: Actor, incident_id: bytes, typed: Mapping[str, Any]) -> None:
    """For what somebody was sold or taken, and what made it possible. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        incident = to_act_on(actor, incident_id)
        records.change(actor, incident, {
            "purposes": list(typed["purposes"]), "causes": typed["causes"],
            "log": logged(actor, incident, "purpose", ", ".join(typed["purposes"]))}, what="purpose")
