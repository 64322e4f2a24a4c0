"""An import as it lies sealed: the file that was brought, what it did, and whether it was taken back.

    body = {"import": {"state": "begun" | "applied" | "undone", "counts": {...}, "by", "at"}}

The file itself lies sealed beside it, like a file of any record; its SHA-256 stands in the payload. It is never on
the disk in clear, and is read in memory alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from waystation.access import Kind
from waystation.network.files import MOST_BYTES, read_book
from waystation.network.problems import InvalidBook
from waystation.network.tables import cells_of
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.records.record import OfRecord, Record, record_of
from waystation_web.vault import actions as vault_files
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, Refused

from .faults import Unsound, of_file
from .row import Book

TYPE = "place"
STATES = ("begun", "applied", "undone")


@dataclass(frozen=True, slots=True)
class Batch(OfRecord):
    """One import."""

    state: str
    counts: dict[str, int] = field(repr=False)
    file: dict[str, Any] | None = field(default=None, repr=False)   # the last that was brought


def batch_of(held: Record) -> Batch | None:
    """The import in a record; None if the record is something else. Raises `Refused("payload")`."""
    said = held.body.get("import")
    if said is None:
        return None
    if not isinstance(said, dict) or said.get("state") not in STATES:
        raise Refused("payload")
    files = held.opened.payload.get("files", [])
    return Batch(held, said["state"], dict(said.get("counts", {})), files[-1] if files else None)


def batch_held(actor: Actor, batch_id: bytes) -> Batch:
    """One import. Raises `NoSuchVault` also for a record that is none, `NotPermitted`, `Refused`."""
    opened = vaults.open_vault(actor, batch_id, kind=Kind.NETWORK, type=TYPE)
    found = batch_of(record_of(opened))
    if found is None:
        raise NoSuchVault
    return found


def content(actor: Actor, batch: Batch) -> Book:
    """The rows of the file that was brought, read in memory; recorded as read, inside the caller's transaction.

    Raises `Unsound` with everything wrong in it, cell by cell; `NoSuchVault` if nothing was brought yet; `Refused`.
    """
    if batch.file is None:
        raise NoSuchVault
    opener = vault_files.open_file(actor, batch.record.opened, bytes.fromhex(batch.file["id"]))
    try:
        record(actor, Event.FILE_READ, vault=batch.id, version=batch.record.opened.version)
        many = opener.size > MOST_BYTES
        data = b"" if many else b"".join(opener.read(0, opener.size))
    finally:
        opener.close()
    try:
        return cells_of(read_book(b" " * (MOST_BYTES + 1) if many else data, name="the file"))
    except InvalidBook as why:
        raise of_file(why) from None


__all__ = ["Batch", "Unsound", "batch_held", "batch_of", "content"]
