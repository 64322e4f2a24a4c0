"""Acts of an export: one asks, another signs, it is built once, each copy is fetched once. Security 18.

What is signed is made anew at each step from the rows as they stand, so that a row changed since is noticed by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from waystation.access import Facts, Permission
from waystation.network.files import book_of_cells
from waystation.network.problems import InvalidBook
from waystation.network.rows import RouteBook
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

from .export import GONE, TYPE, Export, build, export_held, export_in, fetched, manifest_of, recipients_of, too_late
from .faults import of_file
from .reading import rows_held
from .row import Row, book_of
from .withheld import may_go, parted


def ask(actor: Actor, *, purpose: str, recipients: Iterable[tuple[str, str]]) -> bytes:
    """The first signature under a copy for these recipients (code, age key); the export's id.

    Raises `NotPermitted` with `step_up`, without a recipient or for a key that is none; `Unsound` for an unsound book.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))
    to = recipients_of(recipients)
    with writing():
        held = records.make(actor, TYPE, {"export": {"purpose": purpose, "recipients": to}})
        block = approvals.ask(actor, held.id, _manifest(actor, export_in(held))[0])
        records.change(actor, held, {"approval": block}, what="asked", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id, reason="export")
    return held.id


def sign(actor: Actor, export_id: bytes) -> None:
    """The second signature, by another coordinator who holds the same rows. Raises `NotPermitted`, `Refused`."""
    with writing():
        export = export_held(actor, export_id)
        block = approvals.approve(actor, export.id, export.approval, _manifest(actor, export)[0])
        records.change(actor, export.record, {"approval": block}, what="signed", kept=False)
        record(actor, Event.SIGNED_SECOND, vault=export.id, reason="export")


def make_copies(actor: Actor, export_id: bytes) -> None:
    """Build the sealed copies, once. By whoever asked. Raises `NotPermitted` also if a row was changed since."""
    with writing():
        export = _own(actor, export_held(actor, export_id))
        manifest, book, held = _manifest(actor, export)
        block = approvals.use(export.id, export.approval, manifest)
        build(export, book, whole=not held)
        fields: dict[str, Any] = {"approval": block, "copies": dict.fromkeys(_marks(export), "built"),
                                  "left_out": sorted(row.id.hex() for row in held)}
        records.change(actor, export.record, fields, what="built", kept=False)
        record(actor, Event.EXPORTED, vault=export.id, count=len(export.recipients),
               second=bytes.fromhex(block["approved_by"]))


def fetch(actor: Actor, export_id: bytes, mark: str) -> bytes:
    """One recipient's sealed copy, once, within a day. By whoever asked. Raises `NotPermitted`."""
    with writing():
        export = _own(actor, export_held(actor, export_id))
        if export.copies.get(mark) != "built":
            raise NotPermitted("copy_gone", GONE, vault=export.id)
        built = datetime.fromisoformat(export.approval["used_at"])
        if too_late(built):
            raise NotPermitted("too_late", "This copy is older than a day. Ask for it again.", vault=export.id)
        may_go(actor, rows_held(actor, looked=False), built, export.left_out)
        records.change(actor, export.record, {"copies": {**export.copies, mark: said(clock.now())}}, what="fetched",
                       kept=False)
        record(actor, Event.FILE_READ, vault=export.id, reason="export")
        return fetched(export, mark)


def _manifest(actor: Actor, export: Export) -> tuple[dict[str, Any], RouteBook, list[Row]]:
    """What is to be signed, what would leave, and what stays, from the rows as they stand for this person."""
    rows, held = parted(actor, rows_held(actor))
    try:
        book = book_of_cells(book_of(rows), name="the route book")
    except InvalidBook as why:
        raise of_file(why) from None
    return manifest_of(export, rows, book, whole=not held), book, held


def _own(actor: Actor, export: Export) -> Export:
    if bytes.fromhex(export.approval["asked_by"]) != actor.id:
        raise NotPermitted("asker", "Whoever asked for this copy fetches it.", vault=export.id)
    return export


def _marks(export: Export) -> list[str]:
    return [one.mark for one in export.recipients]
