"""Acts on cases: begin one, write its fields, tell its timeline. Each is one transaction, recorded in it."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from waystation_web.duty import in_use
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor

from . import queries, refs


def tell(actor: Actor, case_id: bytes, kind: str, text: str, **about: str) -> bool:
    """Append a coarse line to the timeline of a case, inside the caller's `writing()`: no names, no places.

    `kind` and `text` are codes ("decision", "decided:go"), `about` ids. False, and nothing is
    written, for whoever may not write in cases. Raises `NoSuchVault`, `Changed`, `Refused`.
    """
    if not kept.may_write(actor, "case"):
        return False
    held = queries.held_case(actor, case_id)
    records.add(actor, held, "timeline", {"kind": kind, "text": text, **about})
    return True


def begin(actor: Actor, fields: Mapping[str, Any]) -> bytes:
    """A new case from a call: its id. Nothing is asked for; the office gives the reference.

    `fields` is what was written down (`request`, `wish`, …) as the payload keeps it. Raises `NotPermitted`, `Refused`.
    """
    with writing():
        return begun(actor, fields, taken={one.ref for one in queries.cases(actor, refused=[])}).id


def take_call(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A new case from what was written down during a call; its id. A number to call back is sealed apart from it.

    `typed` holds what was filled in, and nothing else. Raises `NotPermitted`, `Refused`.
    """
    from .actions_people import sealed_names

    told = dict(typed)
    sealed = {name: told.pop(name) for name in ("number", "safe_times") if name in told}
    fields: dict[str, Any] = {"wish": told.pop("wish", "")} if "wish" in told else {}
    if "promised" in told:
        item = {"id": token_hex(8), "by": actor.id.hex(), "at": said(clock.now()), "text": told["promised"], "due": ""}
        fields["promises"] = [item]
    with writing():
        taken = {one.ref for one in queries.cases(actor, refused=[])}
        held = begun(actor, {**fields, "request": told}, taken=taken)
        if sealed:
            sealed_names(actor, held, "", {"call_back": sealed})
    return held.id


def begun(actor: Actor, fields: Mapping[str, Any], *, taken: set[str]) -> Record:
    """As `begin`, inside the caller's `writing()`; `taken` are references in use, the new one is added to them.

    Raises `NotPermitted` (H-44) where nobody new is taken in: without an assessment, or after a year without a drill.
    """
    in_use.may_take_in(actor)
    now = said(clock.now())
    request = {"received_at": now, **fields.get("request", {})}
    ref = refs.fresh(taken)
    taken.add(ref)
    worker = {"worker": actor.id.hex()} if _works_with_people(actor) else {}
    body = {"request_status": "new", "status": "", **worker, **fields, "ref": ref, "request": request,
            "timeline": [{"id": "0" * 16, "by": actor.id.hex(), "at": now, "kind": "request", "text": "received"}]}
    return records.make(actor, "case", body)


def _works_with_people(actor: Actor) -> bool:
    return any(role.value == "case_worker" for role in actor.roles)


def write(actor: Actor, case_id: bytes, fields: Mapping[str, Any], *, what: str, revision: int) -> None:
    """Write some fields of a case anew.

    Raises `Changed` if somebody wrote after `revision`, `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    with writing():
        held = queries.held_case(actor, case_id)
        records.change(actor, held, fields, what=what, revision=revision)
