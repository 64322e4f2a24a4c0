"""A copy of the book that leaves the house: what two people sign, and the sealed copies, one for each recipient.

    body = {"export": {"purpose", "recipients": [{"code", "key", "mark"}]},
            "approval": {...}, "copies": {mark: "built" or the time of its download},
            "left_out": [ids of rows that could not leave when it was built]}

The book is what leaves, and nothing else of the network: no contact, no handle, no exact spot is a row of it, and its
positions have one decimal because the core refuses finer ones. A mark says whose copy it is: it deters, and proves
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

from waystation.access import Kind
from waystation.cli.outputs import NotWritten, sealed
from waystation.network.jsonbook import json_of
from waystation.network.rows import RouteBook
from waystation_web.gateways import clock
from waystation_web.gateways.runtime import folder, write_whole
from waystation_web.records.record import OfRecord, Record, record_of
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

from .row import Row

TYPE = "place"
WITHIN = timedelta(hours=24)
GONE = gettext_noop("This copy is gone: it is fetched once, and kept for a day. Ask for it again.")
NOT_WHOLE = "Not every outcome of a journey stands in this copy: a leg may be worse than it looks."
NO_KEY = gettext_noop("This is no age key of a recipient. It starts with age1. Ask for it by voice again.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who is to have a copy: a code, their age key, and the mark of their copy."""

    code: str
    key: str = field(repr=False)
    mark: str


@dataclass(frozen=True, slots=True)
class Export(OfRecord):
    """One copy that was asked for."""

    purpose: str = field(repr=False)
    recipients: tuple[Recipient, ...] = field(repr=False)
    approval: dict[str, Any] = field(repr=False)
    copies: dict[str, str] = field(repr=False)
    left_out: tuple[str, ...] = field(repr=False)


def export_of(held: Record) -> Export | None:
    """The export in a record; None if the record is something else. Raises `Refused("payload")`."""
    said = held.body.get("export")
    if said is None:
        return None
    try:
        to = tuple(Recipient(str(one["code"]), str(one["key"]), str(one["mark"])) for one in said["recipients"])
        return Export(held, str(said["purpose"]), to, dict(held.body.get("approval", {})),
                      dict(held.body.get("copies", {})), tuple(map(str, held.body.get("left_out", ()))))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def export_held(actor: Actor, export_id: bytes) -> Export:
    """One export. Raises `NoSuchVault` also for a record that is none, `NotPermitted`, `Refused`."""
    opened = vaults.open_vault(actor, export_id, kind=Kind.NETWORK, type=TYPE)
    return export_in(record_of(opened))


def export_in(held: Record) -> Export:
    """The export in a record. Raises `NoSuchVault` if it is something else, `Refused`."""
    found = export_of(held)
    if found is None:
        raise NoSuchVault
    return found


def recipients_of(asked: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Recipients as a payload has them, each with a mark of their own.

    Raises `NotPermitted` if there is none, one stands twice, or a key is no age key: nothing leaves unsealed.
    """
    asked = list(asked)
    if not asked:
        raise NotPermitted("no_recipient", "Name at least one recipient with their age key. Nothing leaves unsealed.")
    if len({key for _, key in asked}) < len(asked) or len({code for code, _ in asked}) < len(asked):
        raise NotPermitted("recipient_twice", "A recipient stands twice. Name each once.")
    for _, key in asked:
        try:
            sealed(b"", [key])
        except NotWritten:
            raise NotPermitted("recipient_key", NO_KEY) from None
    return [{"code": code, "key": key, "mark": token_hex(6)} for code, key in asked]


def manifest_of(export: Export, rows: Sequence[Row], book: RouteBook, *, whole: bool = True) -> dict[str, Any]:
    """What both sign: each row by its id and edition, the book's bytes, to whom, and what for. Made anew each time.

    `whole`: no outcome was left out because it may not leave now.
    """
    editions = sorted(f"{row.id.hex()}:{row.written.revision}" for row in rows if not row.removed)
    return {"what": "route book", "rows": len(editions), "editions": sha256("\n".join(editions).encode()).hexdigest(),
            "book": sha256(json_of(book)).hexdigest(), "purpose": export.purpose, "for_no_state": True, "whole": whole,
            "recipients": [[one.code, one.key, one.mark] for one in export.recipients]}


def build(export: Export, book: RouteBook, *, whole: bool = True) -> None:
    """Write one sealed copy for each recipient into the runtime folder, which a closed office does not have.

    Where an outcome was left out the copy says so: a leg may be worse than it looks there.
    """
    sweep()
    for one in export.recipients:
        notes = (f"Copy {one.mark} for {one.code}. For this purpose alone: {export.purpose}",
                 "Whoever passes it on endangers people. Positions are those of provinces or public towns.",
                 *(() if whole else (NOT_WHOLE,)))
        write_whole(_place(export.id, one.mark), sealed(json_of(book, notes=notes), [one.key]))


def fetched(export: Export, mark: str) -> bytes:
    """One sealed copy, gone from here afterwards. Raises `NotPermitted` if it is gone or too old."""
    place = _place(export.id, mark)
    sweep()
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        raise NotPermitted("copy_gone", GONE, vault=export.id) from None
    place.unlink()
    return data


def sweep() -> None:
    """Take away copies that nobody fetched within a day."""
    late = (clock.now() - WITHIN).timestamp()
    for place in folder(settings.INSTALLATION, "export").iterdir():
        if place.stat().st_mtime < late:
            place.unlink(missing_ok=True)


def too_late(built: datetime) -> bool:
    """Whether a copy built at this time is not given out any more."""
    return clock.now() > built + WITHIN


def _place(export: bytes, mark: str) -> Path:
    return folder(settings.INSTALLATION, "export") / f"{export.hex()}-{mark}"
