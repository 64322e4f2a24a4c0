"""Acts on how somebody is reached: kept by two, opened for a reason, used, forgotten, and shared by two signatures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.casework.retention import due
from waystation_web.audit import reckoning
from waystation_web.audit.actions import record, record_read
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .reach import Number, is_due


def keep_handle(actor: Actor, contact: bytes, typed: Mapping[str, Any], *, deputy: bytes = b"") -> bytes:
    """How to reach somebody: sealed apart, for whoever writes it and a deputy, who is another liaison.

    Raises `NotPermitted` for a deputy of another role, `NoSuchVault`.
    """
    with writing():
        kept.one(actor, contact, "contact", looked=False)
        body = {"contact": contact.hex(), "channel": typed["channel"], "value": typed["value"],
                "safe_hours": typed["safe_hours"], "last_used": clock.today().isoformat()}
        return records.make(actor, "handle", body, holders=[deputy] if deputy else [],
                            retain_until=due("handle", clock.today())).id


def open_handle(actor: Actor, contact: bytes, handle: bytes, *, reason: str) -> Number:
    """The number itself: its reading is a line of the record with its reason. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held = _of(actor, contact, handle)
        if is_due(held) or "value" not in held.body:
            raise NoSuchVault
        record_read(actor, held.opened, reason=reason)
        return Number(str(held.body["channel"]), str(held.body["value"]), str(held.body["safe_hours"]))


def used(actor: Actor, contact: bytes, handle: bytes) -> None:
    """It was used today, so that it is kept for ninety days more. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held = _of(actor, contact, handle)
        held = records.change(actor, held, {"last_used": clock.today().isoformat()}, what="used", kept=False)
        records.keep_until(actor, held, due("handle", clock.today()), reason="used")


def forget(actor: Actor) -> int:
    """Wipe the numbers one keeps that nobody used for ninety days. Returns how many. Whoever reads only wipes none.

    Nor is any wiped on a day that is in doubt; it is not shown either.
    """
    if not kept.may_write(actor, "handle") or reckoning.doubt() is not None:
        return 0
    count = 0
    with writing():
        for held in kept.every(actor, "handle", refused=[], looked=False):
            if "value" in held.body and is_due(held):
                records.change(actor, held, {"value": None, "safe_hours": ""}, what="forgotten", kept=False)
                count += 1
    return count


def ask_to_share(actor: Actor, contact: bytes, handle: bytes, *, account: bytes, reason: str, until: date) -> None:
    """The first of two signatures under letting a colleague reach a contact. Raises `NotPermitted` (step-up)."""
    with writing():
        held = _of(actor, contact, handle)
        asked = {"share": {"to": account.hex(), "reason": reason, "until": until.isoformat()}}
        block = approvals.ask(actor, handle, asked)
        records.change(actor, held, {"asked": asked["share"], "approval": block}, what="asked", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=handle, account=account)


def share_handle(actor: Actor, contact: bytes, handle: bytes) -> None:
    """The second signature, by another holder: the colleague can reach the contact until the day that was asked for."""
    with writing():
        held = _of(actor, contact, handle)
        asked = held.body.get("asked")
        if not asked:
            raise NoSuchVault
        manifest = {"share": asked}
        block = approvals.use(handle, approvals.approve(actor, handle, held.body["approval"], manifest), manifest)
        first = bytes.fromhex(block["asked_by"])
        records.change(actor, held, {"approval": block}, what="shared", kept=False)
        record(actor, Event.SIGNED_SECOND, vault=handle, account=first)
        records.share(actor, handle, "handle", bytes.fromhex(asked["to"]), reason=asked["reason"],
                      until=date.fromisoformat(asked["until"]), second=first)


def _of(actor: Actor, contact: bytes, handle: bytes) -> Record:
    """A number of this contact. Raises `NoSuchVault` also for one of another contact."""
    held = kept.one(actor, handle, "handle", looked=False)
    if held.body.get("contact") != contact.hex():
        raise NoSuchVault
    return held
