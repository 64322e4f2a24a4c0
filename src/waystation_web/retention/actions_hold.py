"""Holds, step by step: asked by one with a reason and a last day, signed by another office; renewed, ended so too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Role
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import holds
from .about import about_case

SIGN = frozenset({Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD})
PLACE, RENEW, END = "place", "renew", "end"
UNSIGNED = gettext_noop("Nothing is held yet: somebody must sign it first.")
OFFICE = gettext_noop("A rights officer, a security officer or the head signs this.")


def ask(actor: Actor, case_id: bytes, *, reason: str, end: date) -> bytes:
    """The first signature under a hold of a case and everything about it; the hold's id.

    Raises `NotPermitted` (`step_up`; a last day that is past or beyond a year), `NoSuchVault`, `Refused`.
    """
    holds.bounded(end)
    with writing():
        case = cases.held_case(actor, case_id)
    found = about_case(actor, case)
    with writing():
        body = {"vaults": {one.hex(): type_ for one, type_ in found.types.items()}, "name": str(case.body["ref"]),
                "reason": reason, "about": case.key, "end": end.isoformat(), "rows": {}, "log": []}
        made = records.make(actor, holds.TYPE, body)
        return _asked(actor, made, {"act": PLACE, "end": end.isoformat(), "reason": reason}).id


def ask_to_move(actor: Actor, hold_id: bytes, act: str, *, reason: str, end: date | None) -> None:
    """The first signature under a new last day, or under ending a hold. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        held = of(actor, hold_id)
        if not held.body["rows"]:
            raise NotPermitted("hold_asked", UNSIGNED, vault=hold_id)
        last = clock.today() if act == END or end is None else end
        if act == RENEW:
            holds.bounded(last)
        _asked(actor, held, {"act": act, "end": last.isoformat(), "reason": reason})


def sign(actor: Actor, hold_id: bytes) -> str:
    """The second signature, by one of three offices: what was asked counts at once. Returns which act it was.

    Raises `NotPermitted` (`step_up`), `NoSuchVault`, `Refused`.
    """
    with writing():
        held = of(actor, hold_id)
        asked = held.body.get("asked")
        if not asked:
            raise NoSuchVault
        if not actor.roles & SIGN:
            raise NotPermitted("hold_office", OFFICE,
                               vault=hold_id)
        this = manifest(held, asked)
        block = approvals.use(hold_id, approvals.approve(actor, hold_id, held.body["approval"], this), this)
        first, end = bytes.fromhex(block["asked_by"]), date.fromisoformat(asked["end"])
        record(actor, Event.SIGNED_SECOND, vault=hold_id, account=first)
        told: dict[str, Any] = {"end": end, "second": first, "reason": str(asked["reason"]), "asked": None,
                                "approval": block}
        if asked["act"] == PLACE:
            holds.bounded(end)
            holds.put_on(actor, held, **told)
        else:
            holds.move_end(actor, held, str(asked["act"]), **told)
    return str(asked["act"])


def of(actor: Actor, hold_id: bytes) -> Record:
    """A hold, inside the caller's `writing()`. Raises `NoSuchVault` also for a certificate."""
    held = kept.one(actor, hold_id, holds.TYPE, looked=False)
    if "vaults" not in held.body:
        raise NoSuchVault
    return held


def manifest(held: Record, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What both sign: the act, its reason and last day, and exactly which records."""
    return {"act": asked["act"], "end": asked["end"], "reason": asked["reason"], "vaults": sorted(held.body["vaults"]),
            "times": len(held.body["log"])}


def _asked(actor: Actor, held: Record, asked: Mapping[str, Any]) -> Record:
    block = approvals.ask(actor, held.id, manifest(held, asked))
    held = records.change(actor, held, {"asked": dict(asked), "approval": block}, what="asked", kept=False)
    record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
    return held
