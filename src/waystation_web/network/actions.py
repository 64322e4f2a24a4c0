"""Acts on the route book: each is one transaction, checked against the whole book before anything is written.

Two who write at once come one after the other: `writing()` lets one writer in at a time, so that what was checked is
what stands. A row keeps all that it ever said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as records_queries
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from . import notice, noting
from .chain import Chain
from .changes import Change, check, write
from .faults import cleaned
from .knowledge import moment_of
from .reading import row_held, rows_held
from .row import TYPE_OF, TYPES, by_sheet


def add_rows(actor: Actor, typed: Sequence[tuple[str, Mapping[str, Any]]]) -> list[bytes]:
    """New rows that need each other, such as a goal and the leg to it, as typed: sheet and columns; their ids.

    Raises `Unsound`, `NotPermitted`, `KeyError` for a sheet that is none.
    """
    for sheet, _ in typed:
        allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE_OF[sheet]))
    changes = [Change(sheet, cleaned(sheet, with_format(sheet, columns))) for sheet, columns in typed]
    with writing():
        check(rows_held(actor), changes)
        return write(actor, changes, what="row")


def change_row(actor: Actor, row_id: bytes, typed: Mapping[str, Any], *, revision: int) -> None:
    """Write a row anew. Raises `Unsound`, `Changed` if somebody wrote after `revision`, `NoSuchVault`."""
    with writing():
        row = row_held(actor, row_id, looked=False)
        cells = cleaned(row.sheet, with_format(row.sheet, typed))
        _change(actor, Change(row.sheet, cells, row, removed=row.removed), what="row", revision=revision)


def remove_row(actor: Actor, row_id: bytes, *, revision: int) -> None:
    """Take a row out of the book; it stays in its history. Raises `Unsound` if something needs it, `Changed`."""
    with writing():
        row = row_held(actor, row_id, looked=False)
        _change(actor, Change(row.sheet, row.cells, row, removed=True), what="removed", revision=revision)


def restore_row(actor: Actor, row_id: bytes, *, revision: int) -> None:
    """Put a removed row back. Raises `Unsound` if another one says the same now, `Changed`."""
    with writing():
        row = row_held(actor, row_id, looked=False)
        _change(actor, Change(row.sheet, row.cells, row), what="put_back", revision=revision)


def write_chain(actor: Actor, chain: Chain) -> None:
    """Write how conditions change in one area or country: all shares at once, because each row adds up to 1.

    Raises `Unsound`, `NotPermitted`, `Changed` if somebody wrote one of its rows after `chain.revisions`.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE_OF["chains"]))
    with writing():
        rows = rows_held(actor)
        changes = chain.changes(rows)
        check(rows, changes)
        write(actor, changes, what="row")


def report(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """Write down what was just heard; the desk heard of it now. Raises `Unsound`, `NotPermitted`.

    In an invented book that says when it speaks, "now" is that moment.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE_OF["reports"]))
    with writing():
        rows = rows_held(actor)
        heard = moment_of(rows, clock.now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
        changes = [Change("reports", cleaned("reports", {**typed, "received_at": heard}))]
        check(rows, changes)
        return write(actor, changes, what="row")[0]


def note(actor: Actor, kind: str, typed: Mapping[str, str]) -> bytes:
    """Write down a notice. An event may bring a day that changed the world into the book: `keep` of `scope`.

    Raises `NotSaid` for what is typed wrongly, `Unsound`, `NotPermitted`, `KeyError` for a kind that is none.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=notice.TYPE))
    with writing():
        rows = rows_held(actor)
        today = moment_of(rows, clock.now()).date()
        codes = noting.codes_of(by_sheet(rows))
        body = {"kind": kind, **noting.read_head(typed, today), "fields": noting.read(kind, typed, codes)}
        if kind == "event" and typed.get("keep", "").strip():
            changes = [Change("breaks", cleaned("breaks", {
                "date": typed["date"], "scope": typed.get("scope", "").strip() or "all", "keep": typed["keep"],
                "reason": typed.get("note", "").strip() or typed["event"]}))]
            check(rows, changes)
            write(actor, changes, what="row")
        return records.make(actor, notice.TYPE, {"notice": body}).id


def withdraw_note(actor: Actor, notice_id: bytes, *, reason: str) -> None:
    """Say that a notice was wrong; it stays, struck out, with the reason. Raises `NoSuchVault`, `NotSaid`."""
    with writing():
        held = records_queries.one(actor, notice_id, notice.TYPE, looked=False)
        if notice.notice_of(held) is None:
            raise NoSuchVault
        records.change(actor, held, {"withdrawn": noting.reason_read(reason)}, what="withdrawn")


def admit(actor: Actor, account: bytes, *, reason: str) -> int:
    """Give the whole book to a coordinator who came after its rows were made. Returns how many records.

    Raises `NotPermitted` for somebody whose role does not hold the book, on either side; `Refused` if nobody certified
    them.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE_OF["legs"]))
    with writing():
        count = records.admit(actor, sorted(TYPES), account, reason=reason)
        record(actor, Event.LIST_READ, count=count)
    return count


def _change(actor: Actor, change: Change, *, what: str, revision: int) -> None:
    """One change, if the whole book stays sound; inside the caller's transaction, recorded by it."""
    check(rows_held(actor), [change])
    write(actor, [change], what=what, revision=revision)


def with_format(sheet: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The format number is the office's own: nobody types it."""
    return {"format": 1, **typed} if sheet == "book" else dict(typed)
