"""Acts on lines of the ledger: write, write anew, keep a receipt, take back. Each is one transaction, recorded in it.

Nothing is edited once it was signed or paid: a mistake is taken back by a counter-entry, which stays beside it. Signing
and paying stand in `actions_sign`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from waystation.ledger.entries import Entry, InvalidEntry, check, counter
from waystation.ledger.signatures import needs_two
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .entry import State, body_of, line_of
from .flagging import flags_on
from .reading import binding, case_of, ledger, readers, tell, who_reads

__all__ = ["InvalidEntry", "Typed", "attach", "edit", "new", "take_back"]


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as somebody wrote it."""

    entry: Entry = field(repr=False)
    case_id: bytes | None
    purpose: str = field(repr=False)
    repay: str
    second: bytes | None
    proof_asked: bool
    flags: tuple[str, ...]


def new(actor: Actor, typed: Typed) -> bytes:
    """A new line; its id. For finance, its author, the case's workers, and whoever shall sign second.

    Raises `InvalidEntry`, `NoSuchVault` for a case that is not this person's, `NotPermitted`, `Refused`.
    """
    with writing():
        body = _body(actor, typed)
        made = records.make(actor, "money", body, holders=who_reads(actor, typed.case_id, typed.second))
        tell(actor, body, "written", entry=made.key)
    return made.id


def edit(actor: Actor, entry_id: bytes, typed: Typed, *, revision: int) -> None:
    """Write a line anew while nobody has signed and nothing was paid; a ransom's waiting time begins again.

    Finance does so too for a line of a case that it cannot read: the code stands in the line.

    Raises `Changed`, `InvalidEntry`, `NotPermitted`, `NoSuchVault`, `Refused`.
    """
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        if not line_of(held).editable:
            raise NotPermitted("signed", "This was signed or paid. Take it back, and write it anew.", vault=entry_id)
        body = _body(actor, typed, held) | {"refused": None, "choice": None, "reason": None}
        records.change(actor, held, body, what="line", revision=revision)
        there = kept.holders(actor, entry_id)
        mine = typed.case_id and kept.maybe(actor, typed.case_id, "case")  # its workers: for its readers alone
        for account in who_reads(actor, mine.id if mine else None, typed.second):
            if account not in there:
                records.share(actor, entry_id, "money", account, reason="signs second or works on the case")


def attach(actor: Actor, entry_id: bytes, upload: Any) -> None:
    """Keep a receipt with a line, whatever its state: it adds a file and changes no field. Raises `NotPermitted`."""
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        line_of(held)
        attached(actor, held, upload)


def attached(actor: Actor, held: Record, upload: Any) -> Record:
    """A record with one more file, inside the caller's `writing()`."""
    mime = upload.content_type or "application/octet-stream"
    done = vaults.attach(actor, held.opened, upload, name=upload.name, mime=mime)
    record(actor, Event.FILE_ADDED, vault=held.id, version=done.version, digest=done.digest)
    return kept.one(actor, held.id, "money", looked=False)


def take_back(actor: Actor, entry_id: bytes, *, reason: str) -> bytes:
    """Take a line back by a counter-entry, which is kept beside it; the counter-entry's id. Raises `NotPermitted`."""
    if not reason.strip():
        raise ValueError("reason")
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        line = line_of(held)
        if line.state in {State.TAKEN_BACK, State.COUNTER}:
            raise NotPermitted("state", "This was taken back already.", vault=entry_id)
        back = check(replace(counter(line.entry, ref="", day=max(clock.today(), line.entry.day)), corrects=held.key))
        body = body_of(back) | {
            "case_id": held.body.get("case_id"), "purpose": reason, "repay": held.body.get("repay"),
            "since": said(clock.now()), "flags": [], "proof_asked": False}
        made = records.make(actor, "money", body, holders=readers(actor, held.id))
        records.change(actor, held, {"corrected_by": made.key}, what="taken back")
        tell(actor, body, "taken back", entry=held.key)
    return made.id


def _body(actor: Actor, typed: Typed, held: Record | None = None) -> dict[str, Any]:
    """The checked body of a line; the case's code is read from the case itself, or from the line that had it."""
    if typed.second == actor.id:
        raise NotPermitted("same_person", "You cannot sign twice. Name a colleague as the second.")
    entry = check(replace(typed.entry, case=_code(actor, typed.case_id, held)) if typed.case_id else typed.entry)
    book = ledger(actor)
    why = needs_two(entry, limit=binding(actor).second_signature_above, rates=book.figures.rates,
                    others=book.to_the_same(entry, held.key if held else ""),
                    flagged=bool(flags_on(actor, entry, typed.flags)))
    return body_of(entry) | {
        "case_id": typed.case_id.hex() if typed.case_id else None, "purpose": typed.purpose, "repay": typed.repay,
        "second": typed.second.hex() if typed.second else None, "proof_asked": typed.proof_asked,
        "flags": sorted(typed.flags), "why": why.value if why else None, "since": said(clock.now())}


def _code(actor: Actor, case_id: bytes, held: Record | None) -> str:
    """The code of a case. Raises `NoSuchVault` for one that is neither this person's nor the line's own."""
    if held is not None and held.body.get("case_id") == case_id.hex():
        return str(held.body.get("case") or "")
    return case_of(actor, case_id)
