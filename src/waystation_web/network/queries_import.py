"""Reading imports: those that were, and what the one at hand would do to the book as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation_web.audit.actions import record_read
from waystation_web.gateways.database import writing
from waystation_web.records.queries import colleagues, may_make
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .batch import TYPE, Batch, batch_held, batch_of, content
from .changes import Change, check
from .faults import Fault, Unsound, columns_of
from .reading import held_records, rows_in
from .row import Row
from .taking import Difference, difference, of_batch

SHOWN = 200   # rows of a preview: whoever brings more reads how many more there are


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in the list."""

    id: bytes
    state: str
    counts: dict[str, int]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Differing:
    """One row that an import would change: its sheet, what people call it, and column by column before and after."""

    sheet: str
    code: str
    cells: tuple[tuple[str, Any, Any], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One import: either what is wrong with the file, all of it, or what it would do."""

    id: bytes
    state: str
    counts: dict[str, int] = field(default_factory=dict)
    sha256: str = ""
    size: int = 0
    faults: tuple[Fault, ...] = ()
    more: int = 0
    new: tuple[Differing, ...] = ()
    changed: tuple[Differing, ...] = ()
    absent: tuple[Differing, ...] = ()
    totals: tuple[int, int, int, int] = (0, 0, 0, 0)   # new, changed, same, absent
    seen: str = ""
    clash: tuple[Fault, ...] = ()                      # what would be wrong if absent rows stayed
    clash_out: tuple[Fault, ...] = ()                  # and if they were taken out
    touched: tuple[Differing, ...] = ()                # rows that somebody changed since
    may_write: bool = False


def imports(actor: Actor) -> list[BatchLine]:
    """Every import this person can read, the newest first. Raises `NoSuchVault` for somebody who makes none."""
    if not may_make(actor, TYPE):
        raise NoSuchVault
    people = colleagues()
    with writing():
        found = [batch for held in held_records(actor, frozenset({TYPE}), refused=[]) if (batch := batch_of(held))]
    lines = [BatchLine(one.id, one.state, one.counts, people[one.record.made.by].handle
                       if one.record.made.by in people else "?", one.record.made.at)
             for one in found if one.file is not None or one.state != "begun"]
    return sorted(lines, key=lambda line: (line.at, line.id), reverse=True)


def one_import(actor: Actor, batch_id: bytes) -> BatchPage:
    """One import with everything that is wrong with its file, or everything it would do. Raises `NoSuchVault`."""
    with writing():
        batch = batch_held(actor, batch_id)
        record_read(actor, batch.record.opened)
        rows = rows_in(held_records(actor))
        if batch.state == "begun" and batch.file is not None:
            return _preview(actor, batch, rows)
    touched = of_batch(rows, batch.key)[1] if batch.state == "applied" else []
    return BatchPage(batch.id, batch.state, batch.counts, *_file(batch),
                     touched=tuple(_standing(row) for row in touched), may_write=may_make(actor, TYPE))


def _preview(actor: Actor, batch: Batch, rows: Sequence[Row]) -> BatchPage:
    try:
        found = difference(rows, content(actor, batch))
    except Unsound as why:
        return BatchPage(batch.id, batch.state, {}, *_file(batch), faults=why.faults, more=why.more,
                         may_write=may_make(actor, TYPE))
    return BatchPage(
        batch.id, batch.state, {}, *_file(batch),
        new=tuple(_change(one) for one in found.new[:SHOWN]),
        changed=tuple(_change(one) for one in found.changed[:SHOWN]),
        absent=tuple(_standing(row) for row in found.absent[:SHOWN]),
        totals=(len(found.new), len(found.changed), found.same, len(found.absent)), seen=found.digest,
        clash=_clash(rows, found, take_out=False), clash_out=_clash(rows, found, take_out=True),
        may_write=may_make(actor, TYPE))


def _clash(rows: Sequence[Row], found: Difference, *, take_out: bool) -> tuple[Fault, ...]:
    try:
        check(rows, found.changes(take_out=take_out))
    except Unsound as why:
        return why.faults
    return ()


def _file(batch: Batch) -> tuple[str, int]:
    return (str(batch.file["sha256"]), int(batch.file["size"])) if batch.file else ("", 0)


def _change(change: Change) -> Differing:
    before = change.row.cells if change.row is not None and not change.row.removed else {}
    cells = tuple((name, before.get(name), change.cells.get(name)) for name in columns_of(change.sheet)
                  if before.get(name) != change.cells.get(name))
    return Differing(change.sheet, change.after.code, cells)


def _standing(row: Row) -> Differing:
    return Differing(row.sheet, row.code, ())
