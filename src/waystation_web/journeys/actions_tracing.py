"""People write down whom they asked, what they heard, and what became of somebody. Nothing is sent by any of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.access import Facts, Permission
from waystation.journeys.tracing import FATES, Refused
from waystation_web.audit.actions import record_refusal
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from . import live
from .actions_incident import logged, to_act_on
from .embargo import may_leave
from .incidents import Incident, incident_of
from .looked_for import looked_for
from .queries import incidents
from .tracing import held


def asked(actor: Actor, incident_id: bytes, typed: Mapping[str, Any]) -> Refused | None:
    """Somebody was asked, or is to be: why it must not be, which is recorded, or None when it was written down.

    Raises `NoSuchVault` for a person or a colleague who is none, `NotPermitted`.
    """
    with writing():
        record = _to_write(actor, incident_id)
        incident = incident_of(record)
        _known(actor, incident, typed)
        why = _held(actor, incident, typed)
        if why is not None:
            record_refusal(actor, why.rule, vault=incident_id)
            return why
        records.add(actor, record, "traces", {
            "who": typed.get("who", ""), "body": typed["body"], "which": typed["which"], "state": typed["state"],
            "asked_by": typed["asked_by"], "asked_on": _said(typed.get("asked_on")), "asks": typed["asks"],
            "answer": "", "answered_on": None, "next": typed["next"], "due": _said(typed.get("due"))},
            log=logged(actor, record, "trace", str(typed["which"])))
        live.changed(incident_id)
    return None


def answered(actor: Actor, incident_id: bytes, item: str, typed: Mapping[str, Any]) -> Refused | None:
    """What was heard, what comes next and by when; the day it was asked, if that is only known now.

    What must not be asked by now is not written down as asked either. Raises `NoSuchVault`, `NotPermitted`.
    """
    with writing():
        record = _to_write(actor, incident_id)
        step = next((one for one in values.items(record.body, "traces") if one.get("id") == item), None)
        if step is None:
            raise NoSuchVault
        if not step.get("asked_on") and typed.get("asked_on"):
            why = _held(actor, incident_of(record), step)
            if why is not None:
                record_refusal(actor, why.rule, vault=incident_id)
                return why
        record = records.replace_item(actor, record, "traces", item, {
            "asked_on": step.get("asked_on") or _said(typed.get("asked_on")), "answer": typed["answer"],
            "answered_on": _said(typed.get("answered_on")), "next": typed["next"], "due": _said(typed.get("due"))},
            what="traces")
        records.change(actor, record, {"log": logged(actor, record, "traced", str(step.get("which") or ""))},
                       what="log", kept=False)
        live.changed(incident_id)
    return None


def found(actor: Actor, incident_id: bytes, typed: Mapping[str, Any]) -> None:
    """What became of somebody, as far as it is known; the newest word counts. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        record = _to_write(actor, incident_id)
        _known(actor, incident_of(record), typed)
        if typed["fate"] not in FATES:
            raise NoSuchVault
        records.add(actor, record, "fates", {"who": typed.get("who", ""), "fate": typed["fate"],
                                             "how_known": typed["how_known"]},
                    log=logged(actor, record, "found", ""))
        live.changed(incident_id)


def _to_write(actor: Actor, incident_id: bytes) -> Record:
    """Whoever only reads it is told that first, and not why something must not be asked."""
    record = to_act_on(actor, incident_id)
    allow(actor, Permission.WRITE_VAULT, Facts(type="incident", holds=True), vault=incident_id)
    return record


def _held(actor: Actor, incident: Incident, typed: Mapping[str, Any]) -> Refused | None:
    case = looked_for(actor, incident)
    return held(incident, typed, case, incidents(actor), embargo=not may_leave(actor, incident))


def _known(actor: Actor, incident: Incident, typed: Mapping[str, Any]) -> None:
    """Whom it is about, and who asked, are people of this case and of this house."""
    case = looked_for(actor, incident)
    people = {one.id for one in case.people} if case else set[str]()
    if typed.get("who") and typed["who"] not in people:
        raise NoSuchVault
    if "asked_by" in typed and values.account(typed, "asked_by") not in kept.colleagues():
        raise NoSuchVault


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


__all__ = ["Refused", "answered", "asked", "found"]
