"""Imports of cases: a place for a file, what it would do, all of it or nothing, and back again while nobody changed it.

The file lies sealed with a record of its own; each case that came of it bears the id of that record and its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted
from waystation_web.vault.queries import allow

from . import queries, values
from .actions import begun
from .case import Case
from .columns import COLUMNS
from .queries import BATCH, UNDONE
from .sheet import MOST_BYTES, Sheet, read_sheet

BEGUN, APPLIED, TAKEN_BACK = "begun", "applied", "undone"
FROM = "imported"      # of a case: {"batch", "row"}


@dataclass(frozen=True, slots=True)
class Batch(OfRecord):
    """One import. `file` is the one that was brought last, as the record names it."""

    state: str
    count: int
    file: dict[str, Any] | None = field(repr=False)

    @property
    def sha256(self) -> str:
        """Of the file as it was brought."""
        return str(self.file["sha256"]) if self.file else ""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in the list."""

    id: bytes
    state: str
    count: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One import: what is wrong with its file, or what it would do, or the cases that came of it."""

    batch: Batch
    size: int = 0
    sheet: Sheet | None = None
    cases: tuple[Case, ...] = ()
    touched: tuple[Case, ...] = ()     # of these, what somebody changed since
    twice: bool = False                # this very file was taken in before
    columns: tuple[Any, ...] = ()      # headings that are known


def begin(actor: Actor) -> bytes:
    """A place for a file to come to; one that this person began and left empty is used again. Raises `NotPermitted`."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="case"))
    with writing():
        for one in _batches(actor):
            if one.state == BEGUN and one.file is None and one.record.made.by == actor.id:
                return one.id
        return records.make(actor, "case", {BATCH: {"state": BEGUN}}).id


def bring(actor: Actor, batch_id: bytes, upload: Any) -> None:
    """Keep a file that was sealed while it arrived. Raises `NoSuchVault`, `NotPermitted` once it was taken in."""
    with writing():
        batch = _begun(actor, batch_id)
        done = vaults.attach(actor, batch.record.opened, upload, name="cases",
                             mime=upload.content_type or "application/octet-stream")
        record(actor, Event.FILE_ADDED, vault=batch.id, version=done.version, digest=done.digest)


def apply(actor: Actor, batch_id: bytes, *, seen: str) -> int:
    """Take every row of the file in as a case, or none. `seen` is the SHA-256 of the file that was shown.

    Returns how many. Raises `Changed` if it is another file by now, `NotPermitted` for a file that was taken in before
    or has faults, `NoSuchVault`, `Refused`.
    """
    with writing():
        batch = _begun(actor, batch_id)
        if batch.sha256 != seen:
            raise Changed
        if _twice(actor, batch):
            raise NotPermitted("twice", "This very file is in the office already. Take that import back first.",
                               vault=batch.id)
        sheet = read_sheet(_content(actor, batch))
        if not sheet.sound:
            raise NotPermitted("faults", "This file has faults. Mend all of them, then bring it again.", vault=batch.id)
        taken = {one.ref for one in queries.cases(actor, refused=[])}
        for row in sheet.rows:
            fields = {**row.own, "request": row.request, FROM: {"batch": batch.id.hex(), "row": row.number}}
            begun(actor, fields | ({"unmapped": row.unmapped} if row.unmapped else {}), taken=taken)
        _conclude(actor, batch, APPLIED, len(sheet.rows))
        record(actor, Event.IMPORTED, vault=batch.id, count=len(sheet.rows))
    return len(sheet.rows)


def undo(actor: Actor, batch_id: bytes) -> None:
    """Empty every case of an import. Raises `NotPermitted` if anybody changed one of them since, `NoSuchVault`."""
    with writing():
        batch = _held(actor, batch_id)
        if batch.state != APPLIED:
            raise NotPermitted("not_applied", "This import is not in the office.", vault=batch.id)
        ours = _cases_of(actor, batch)
        if any(_touched(one) for one in ours) or len(ours) != batch.count:
            raise NotPermitted("changed_since", "Somebody changed or took a case of this import since. Close those one "
                               "by one.", vault=batch.id)
        for one in ours:
            nothing = dict.fromkeys(one.record.body)
            records.change(actor, one.record, {**nothing, UNDONE: batch.id.hex()}, what="undone", kept=False)
        _conclude(actor, batch, TAKEN_BACK, batch.count)
        record(actor, Event.IMPORT_UNDONE, vault=batch.id, count=len(ours))


def imports(actor: Actor) -> list[BatchLine]:
    """Every import this person can read, the newest first. Raises `NoSuchVault` for somebody who makes none."""
    if not kept.may_make(actor, "case"):
        raise NoSuchVault
    people = kept.colleagues()
    with writing():
        found = _batches(actor)
    lines = [BatchLine(one.id, one.state, one.count, people[one.record.made.by].handle
                       if one.record.made.by in people else "", one.record.made.at) for one in found]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def batch_page(actor: Actor, batch_id: bytes) -> BatchPage:
    """One import. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        batch = _held(actor, batch_id)
        size = int(batch.file["size"]) if batch.file else 0
        if batch.state == APPLIED:
            ours = _cases_of(actor, batch)
            return BatchPage(batch, size, cases=ours, touched=tuple(one for one in ours if _touched(one)))
        if batch.state == BEGUN and batch.file:
            return BatchPage(batch, size, sheet=read_sheet(_content(actor, batch)), twice=_twice(actor, batch))
        return BatchPage(batch, size, columns=tuple(column.label for column in COLUMNS))


def _batch(held: Record) -> Batch:
    said = values.part(held.body, BATCH)
    files = held.opened.payload.get("files", [])
    return Batch(held, values.text(said, "state") or BEGUN, values.whole(said, "count") or 0,
                 files[-1] if files else None)


def _batches(actor: Actor) -> list[Batch]:
    return [_batch(held) for held in kept.every(actor, "case", refused=[], looked=False) if BATCH in held.body]


def _held(actor: Actor, batch_id: bytes) -> Batch:
    held = kept.one(actor, batch_id, "case", looked=False)
    if BATCH not in held.body:
        raise NoSuchVault
    return _batch(held)


def _begun(actor: Actor, batch_id: bytes) -> Batch:
    batch = _held(actor, batch_id)
    if batch.state != BEGUN:
        raise NotPermitted("applied", "This import is done. Begin another one.", vault=batch.id)
    return batch


def _content(actor: Actor, batch: Batch) -> bytes:
    """The file that was brought, in memory; recorded as read."""
    if batch.file is None:
        raise NoSuchVault
    opener = vaults.open_file(actor, batch.record.opened, bytes.fromhex(batch.file["id"]))
    try:
        record(actor, Event.FILE_READ, vault=batch.id, version=batch.record.opened.version)
        return b"".join(opener.read(0, min(opener.size, MOST_BYTES + 1)))
    finally:
        opener.close()


def _twice(actor: Actor, batch: Batch) -> bool:
    return any(one.state == APPLIED and one.sha256 == batch.sha256 for one in _batches(actor) if one.id != batch.id)


def _cases_of(actor: Actor, batch: Batch) -> tuple[Case, ...]:
    ours = [one for one in queries.cases(actor, refused=[])
            if values.text(values.part(one.record.body, FROM), "batch") == batch.id.hex()]
    return tuple(sorted(ours, key=lambda one: values.whole(values.part(one.record.body, FROM), "row") or 0))


def _touched(case: Case) -> bool:
    return case.record.revision != 1


def _conclude(actor: Actor, batch: Batch, state: str, count: int) -> None:
    records.change(actor, batch.record, {BATCH: {"state": state, "count": count, "sha256": batch.sha256}}, what=state)
