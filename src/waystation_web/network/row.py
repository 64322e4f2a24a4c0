r"""A row of the route book as it lies sealed: which sheet, its cells as a JSON book has them, which import brought it.

    body = {"sheet": "legs", "key": "[\"L1\"]", "row": {"code": "L1", ...}, "removed": false, "batch": "", "about": ""}

A row that was removed stays: what the book said last winter is what a decision of last winter rested on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.network.columns import BY_NAME, SHEETS
from waystation_web.records.record import Record
from waystation_web.vault.errors import Refused

ORDER = {sheet.name: number for number, sheet in enumerate(SHEETS)}
TYPE_OF = {
    **dict.fromkeys(("book", "areas", "places", "names"), "place"),
    **dict.fromkeys(("profiles", "legs", "windows", "rates", "guides"), "leg"),
    "reports": "report",
    **dict.fromkeys(("chains", "outcomes", "priors", "breaks", "silence", "waiting_loss"), "hazard"),
}
TYPES = frozenset(TYPE_OF.values())   # of records in which rows of the book lie
Cells = dict[str, Any]                # one row, column by column, as plain JSON values; empty cells left out
Book = dict[str, list[Cells]]         # a whole book, sheet by sheet


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the book, opened. `key` says which row it is within its sheet, whatever else it says."""

    id: bytes
    sheet: str
    key: str = field(repr=False)
    cells: Cells = field(repr=False)
    removed: bool = False
    batch: str = ""
    about: str = ""                      # the case on whose journey it happened, by its id; in no file and on no page
    record: Record | None = field(default=None, repr=False)   # None: not written yet

    @property
    def written(self) -> Record:
        """The record it lies in. Raises `ValueError` for a row that is only being tried out."""
        if self.record is None:
            raise ValueError("this row is not written yet")
        return self.record

    @property
    def code(self) -> str:
        """What people call the row: its code, or the columns that make it one of a kind."""
        columns = BY_NAME[self.sheet].unique
        return str(self.cells.get(columns[0], "")) if columns else ""

    @property
    def place(self) -> tuple[int, str, bytes]:
        """Where it stands in the book: the same order here and in every file made of it."""
        return ORDER[self.sheet], self.key, self.id


def key_of(sheet: str, cells: Mapping[str, Any]) -> str:
    """Which row of a sheet this is: the columns that stand once, or all of them where rows may repeat.

    >>> key_of("legs", {"code": "L1", "mode": "bus"}), key_of("book", {"title": "x"})
    ('["L1"]', '[]')
    """
    if sheet == "book":
        return "[]"
    columns = BY_NAME[sheet].unique or [column.name for column in BY_NAME[sheet].columns]
    return json.dumps([cells.get(column) for column in columns], ensure_ascii=False)


def row_of(held: Record) -> Row | None:
    """The row in a record; None if the record is something else that the office keeps beside the book.

    Raises `Refused("payload")` for a row that was not written here.
    """
    body = held.body
    if body.get("sheet") not in ORDER:
        return None
    try:
        row = Row(held.id, body["sheet"], str(body["key"]), dict(body["row"]), bool(body["removed"]),
                  str(body.get("batch", "")), str(body.get("about") or ""), held)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    if TYPE_OF[row.sheet] != held.type:   # a report is no leg, whoever wrote it
        raise Refused("payload")
    return row


def body_of(sheet: str, cells: Mapping[str, Any], *, batch: str = "", about: str = "") -> dict[str, Any]:
    """A row as a payload's body."""
    of = {"about": about} if about else {}
    return {"sheet": sheet, "key": key_of(sheet, cells), "row": dict(cells), "removed": False, "batch": batch, **of}


def unwritten(sheet: str, cells: Cells) -> Row:
    """A row that is not in the book yet, for seeing what the book would be with it."""
    return Row(b"", sheet, key_of(sheet, cells), cells)


def book_of(rows: Iterable[Row]) -> Book:
    """The cells of every row that stands, sheet by sheet, in the order of the book."""
    return {sheet: [row.cells for row in standing] for sheet, standing in by_sheet(rows).items()}


def by_sheet(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows that stand, sheet by sheet, in the order of the book: what `row` of a problem counts, from 2."""
    found: dict[str, list[Row]] = {}
    for row in sorted((row for row in rows if not row.removed), key=lambda row: row.place):
        found.setdefault(row.sheet, []).append(row)
    return found
