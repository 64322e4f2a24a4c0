"""Opening the book's rows: all of them at once, in one transaction of the caller's, recorded as one list."""

from __future__ import annotations

from waystation.access import Kind
from waystation_web.audit.actions import record, record_read, record_refusal
from waystation_web.audit.events import Event
from waystation_web.records.record import Record, record_of
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, Refused

from .row import TYPES, Row, row_of


def held_records(actor: Actor, types: frozenset[str] = TYPES, *, refused: list[bytes] | None = None,
                 looked: bool = True) -> list[Record]:
    """Every record of some types of the network that this person holds, opened in one go, in the order of ids.

    One that does not open raises `Refused`, unless the caller gives a list for the ids of such and says so on the page.
    """
    found: list[Record] = []
    broken: list[bytes] = [] if refused is None else refused
    for opened in vaults.open_all(actor, Kind.NETWORK, refused=None if refused is None else broken):
        if opened.type not in types:
            continue
        try:
            found.append(record_of(opened))
        except Refused as why:
            if refused is None:
                why.vault = opened.id  # type: ignore[attr-defined]
                raise
            broken.append(opened.id)
    if looked:
        record(actor, Event.LIST_READ, count=len(found))
    for vault in broken:
        record_refusal(actor, "list", vault=vault)
    return found


def rows_held(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = True) -> list[Row]:
    """Every row of the book that this person holds, removed ones too, in the order of the book."""
    return rows_in(held_records(actor, refused=refused, looked=looked))


def rows_in(records: list[Record]) -> list[Row]:
    """The rows among some records, in the order of the book."""
    return sorted((row for one in records if (row := row_of(one)) is not None), key=lambda row: row.place)


def row_held(actor: Actor, row_id: bytes, *, looked: bool = True) -> Row:
    """One row of the book. Raises `NoSuchVault` also for a record that is no row, `NotPermitted`, `Refused`."""
    opened = vaults.open_vault(actor, row_id, kind=Kind.NETWORK)
    row = row_of(record_of(opened)) if opened.type in TYPES else None
    if row is None:
        raise NoSuchVault
    if looked:
        record_read(actor, opened)
    return row
