"""Acts on breaches: write one down, find out how far it goes, tick what was done, close it by two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.audit.tracing import Traced, trace
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow, held_ids

from . import breach
from .breach import Breach, too_early
from .queries_breach import held, kinds_of

FIRST = gettext_noop("First those on the way and in the field: tick that they were warned, or say why nobody is there. "
                     "Then tell an office.")
TICKED = gettext_noop("This step is ticked already.")
CLOSED = gettext_noop("This breach is closed. Write down a new one.")
OPEN = gettext_noop("Some steps are still open. Tick each, or say why it need not be done, before this is closed.")
NO_SCOPE = gettext_noop("Nobody has found out yet how far it goes. Let the record of acts say it first.")
TIMES = gettext_noop("It cannot begin after it ended, nor become known before it began or in time to come.")


def report(actor: Actor, *, what: str, sort: str, account: bytes, since: datetime, until: datetime,
           known: datetime) -> bytes:
    """Write a breach down, as soon as anybody thinks of one: its id. Raises `NotPermitted`."""
    if since > until or known < since or known > clock.now() or until > clock.now():
        raise NotPermitted("times", TIMES)
    with writing():
        return records.make(actor, breach.TYPE, {
            "what": what, "sort": sort, "account": account.hex(), "since": said(since), "until": said(until),
            "known": said(known)}).id


def find_scope(actor: Actor, breach_id: bytes, *, until: datetime | None = None) -> None:
    """How far it goes, from the record of acts; found again later, it is found anew.

    Raises `NotPermitted` for whoever does not read the record of acts, `NoSuchVault`, `Refused`.
    """
    with writing():
        found = _open(actor, breach_id)
        end = found.until if until is None else until
        if end < found.since or end > clock.now():
            raise NotPermitted("times", TIMES)
        traced = trace(actor, found.account, found.since, end)
        records.change(actor, found.record, {"scope": _scope(found, traced), "until": said(end), "approval": None},
                       what="scope")


def tick(actor: Actor, breach_id: bytes, step: str, *, done: bool, why: str) -> None:
    """Say that a step was done, or why it need not be. Raises `NotPermitted` for an office before the field."""
    with writing():
        found = _open(actor, breach_id)
        if step not in found.open_steps:
            raise NotPermitted("ticked", TICKED, vault=found.id)
        if too_early(step, [one.step for one in found.steps]):
            raise NotPermitted("H-43", FIRST, vault=found.id)
        records.add(actor, found.record, "steps", {"step": step, "done": done, "why": why}, approval=None)


def close(actor: Actor, breach_id: bytes, *, closing: str = "") -> str:
    """Sign that nothing is left to do, first (with what was learnt) or second: "asked" or "closed".

    Raises `NotPermitted` while a step is open or nobody knows how far it went, `NoSuchVault`, `Refused`.
    """
    with writing():
        found = _open(actor, breach_id)
        allow(actor, Permission.WRITE_VAULT, Facts(type=breach.TYPE, holds=True), vault=found.id)
        if found.open_steps:
            raise NotPermitted("steps", OPEN, vault=found.id)
        if found.scope is None:
            raise NotPermitted("scope", NO_SCOPE, vault=found.id)
        block = found.record.body.get("approval")
        if not block or clock.now().isoformat() > block["until"] or closing:
            return _ask(actor, found, closing or found.closing)
        this = breach.manifest(found.record.body)
        both = approvals.use(found.id, approvals.approve(actor, found.id, block, this), this)
        records.change(actor, found.record, {"approval": both}, what="closed", kept=False)
        record(actor, Event.SIGNED_SECOND, vault=found.id, reason="close breach")
        return "closed"


def _ask(actor: Actor, found: Breach, closing: str) -> str:
    block = approvals.ask(actor, found.id, breach.manifest(found.record.body | {"closing": closing}))
    records.change(actor, found.record, {"closing": closing, "approval": block}, what="signed", kept=False)
    record(actor, Event.ASKED_FOR_SECOND, vault=found.id, reason="close breach")
    return "asked"


def _open(actor: Actor, breach_id: bytes) -> Breach:
    found = held(actor, breach_id, looked=False)
    if found.closed:
        raise NotPermitted("closed", CLOSED, vault=found.id)
    return found


def _scope(found: Breach, traced: Traced) -> dict[str, Any]:
    """What the record says, as it is kept: ids and acts, never a name."""
    touched = traced.exports if found.sort == "export" else traced.touched
    kinds = kinds_of([*(one.vault for one in touched), *traced.given])
    could: Mapping[bytes, str] = kinds_of(held_ids(found.account)) if found.account else {}
    return {
        "records": [{"id": one.vault.hex(), "kind": kinds.get(one.vault, ""), "acts": list(one.acts),
                     "first": said(one.first), "last": said(one.last)} for one in touched],
        "given": [vault.hex() for vault in traced.given], "lists": traced.lists, "rows": traced.rows,
        "files": traced.files, "could": len(could), "closed": traced.closed, "from": traced.first, "to": traced.last,
        "at": said(clock.now())}
