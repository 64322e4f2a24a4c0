"""Acts of an import: begin, bring a file, take it into the book as one, take it back as one.

Nothing of a file reaches the book before all of it is sound; then everything is written in one transaction, or nothing.
"""

from __future__ import annotations

from typing import Any

from waystation.access import Facts, Permission
from waystation.network.rows import RouteBook
from waystation.network.tables import cells_of
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed, NotPermitted
from waystation_web.vault.queries import allow

from .batch import TYPE, Batch, batch_held, batch_of, content
from .changes import check, write
from .reading import held_records, rows_held
from .row import Book
from .taking import UNDONE, WORD, Difference, difference, of_batch, taken_back


def begin(actor: Actor) -> bytes:
    """A place for a file to come to; one that this person began and left empty is used again."""
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))
    with writing():
        for held in held_records(actor, frozenset({TYPE})):
            found = batch_of(held)
            if found and found.state == "begun" and found.file is None and held.made.by == actor.id:
                return held.id
        return records.make(actor, TYPE, {"import": {"state": "begun"}}).id


def bring(actor: Actor, batch_id: bytes, upload: Any) -> None:
    """Keep a file that was sealed while it arrived. Raises `NoSuchVault`, `NotPermitted` once it was taken in."""
    with writing():
        batch = batch_held(actor, batch_id)
        if batch.state != "begun":
            raise NotPermitted("applied", "This import is done. Begin another one.", vault=batch.id)
        done = vaults.attach(actor, batch.record.opened, upload, name="book",
                             mime=upload.content_type or "application/octet-stream")
        record(actor, Event.FILE_ADDED, vault=batch.id, version=done.version, digest=done.digest)


def apply(actor: Actor, batch_id: bytes, *, seen: str, take_out: bool) -> None:
    """Take the file into the book, all of it or nothing. `seen` is the digest of the difference that was shown.

    Raises `Unsound`, `Changed` if the book or the file is another one by now, `NotPermitted` the second time.
    """
    with writing():
        batch = batch_held(actor, batch_id)
        if batch.state != "begun":
            raise NotPermitted("applied", "This import is done. Begin another one.", vault=batch.id)
        rows = rows_held(actor)
        found = difference(rows, content(actor, batch))
        if found.digest != seen:
            raise Changed
        changes = found.changes(take_out=take_out)
        check(rows, changes)
        write(actor, changes, what=WORD, batch=batch.key)
        _conclude(actor, batch, "applied", _counts(found, take_out=take_out))
        record(actor, Event.IMPORTED, vault=batch.id, count=len(changes))


def undo(actor: Actor, batch_id: bytes) -> None:
    """Put every row of an import back as it was. Raises `Unsound`, `NotPermitted` if any was changed since."""
    with writing():
        batch = batch_held(actor, batch_id)
        if batch.state != "applied":
            raise NotPermitted("not_applied", "This import is not in the book.", vault=batch.id)
        rows = rows_held(actor)
        untouched, touched = of_batch(rows, batch.key)
        if touched:
            raise NotPermitted("changed_since", "Rows of this import were changed since. Change them back first.",
                               vault=batch.id)
        back = taken_back(untouched)
        check(rows, [change for change, _ in back], back=True)
        for change, before in back:
            after = change.after
            fields = {"key": after.key, "row": after.cells, "removed": after.removed, "batch": before}
            records.change(actor, change.standing.written, fields, what=UNDONE)
        _conclude(actor, batch, "undone", batch.counts)
        record(actor, Event.IMPORT_UNDONE, vault=batch.id, count=len(back))


def take_in(actor: Actor, book: RouteBook) -> bytes:
    """Take a whole book into the office as one import without a file: a demonstration's world. Returns the import's id.

    Raises `Unsound`, `NotPermitted`.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))
    incoming: Book = cells_of(book)
    with writing():
        rows = rows_held(actor)
        made = records.make(actor, TYPE, {"import": {"state": "begun"}})
        batch = Batch(made, "begun", {})
        found = difference(rows, incoming)
        changes = found.changes(take_out=False)
        check(rows, changes)
        write(actor, changes, what=WORD, batch=batch.key)
        _conclude(actor, batch, "applied", _counts(found, take_out=False))
        record(actor, Event.IMPORTED, vault=batch.id, count=len(changes))
    return batch.id


def _conclude(actor: Actor, batch: Batch, state: str, counts: dict[str, int]) -> None:
    records.change(actor, batch.record, {"import": {"state": state, "counts": counts}}, what=state)


def _counts(found: Difference, *, take_out: bool) -> dict[str, int]:
    return {"new": len(found.new), "changed": len(found.changed), "same": found.same,
            "removed": len(found.absent) if take_out else 0}
