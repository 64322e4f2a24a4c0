"""What an import would do: rows new, changed, the same, and absent from the file; and how it is taken back.

Rows are compared as the core reads them, so that a comma of a spreadsheet program is no change. A batch is known by its
rows: those that bear its id, or bore it before somebody changed them.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from waystation_web.records.record import ABSENT

from .changes import Change
from .row import Book, Row, key_of

WORD = "import"    # in the history of a row: changed by an import
UNDONE = "undone"  # and put back as it was before it


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands between the book and a file."""

    new: tuple[Change, ...] = field(default=(), repr=False)
    changed: tuple[Change, ...] = field(default=(), repr=False)
    same: int = 0
    absent: tuple[Row, ...] = field(default=(), repr=False)

    def changes(self, *, take_out: bool) -> list[Change]:
        """What is to be written; rows that are not in the file are taken out only if somebody says so."""
        gone = [Change(row.sheet, row.cells, row, removed=True) for row in self.absent] if take_out else []
        return [*self.new, *self.changed, *gone]

    @property
    def digest(self) -> str:
        """What somebody saw before saying yes: another file, or another book meanwhile, has another one."""
        said = [[change.sheet, change.cells, change.row and [change.row.id.hex(), change.row.written.revision]]
                for change in (*self.new, *self.changed)]
        gone = [[row.id.hex(), row.written.revision] for row in self.absent]
        return sha256(json.dumps([said, gone], sort_keys=True).encode()).hexdigest()


def difference(rows: Iterable[Row], incoming: Book) -> Difference:
    """Compare the book with another one. A row that was removed and comes back takes up its own history."""
    there: dict[tuple[str, str], deque[Row]] = defaultdict(deque)
    for one in sorted(rows, key=lambda row: row.removed):     # those that stand before those that were removed
        there[one.sheet, one.key].append(one)
    new, changed, same = [], [], 0
    for sheet, table in incoming.items():
        for cells in table:
            found = there[sheet, key_of(sheet, cells)]
            row = found.popleft() if found else None
            if row is None or row.removed:
                new.append(Change(sheet, cells, row))
            elif row.cells != cells:
                changed.append(Change(sheet, cells, row))
            else:
                same += 1
    absent = [one for left in there.values() for one in left if not one.removed]
    return Difference(tuple(new), tuple(changed), same, tuple(sorted(absent, key=lambda row: row.place)))


def of_batch(rows: Iterable[Row], batch: str) -> tuple[list[Row], list[Row]]:
    """Rows of an import: those that stand as it left them, and those that somebody changed since."""
    untouched, touched = [], []
    for row in rows:
        lines = _lasting(row)
        if row.batch == batch and (not lines or lines[-1]["what"] == WORD):
            untouched.append(row)
        elif row.batch == batch or any(_was(line).get("batch") == batch for line in lines):
            touched.append(row)
    return untouched, touched


def taken_back(rows: Sequence[Row]) -> list[tuple[Change, str]]:
    """How rows are put back as they were before the import that wrote them last, and which import brought them then."""
    back = []
    for row in rows:
        lines = _lasting(row)
        if not lines:      # the import made it
            back.append((Change(row.sheet, row.cells, row, removed=True), ""))
            continue
        was = _was(lines[-1])
        back.append((Change(row.sheet, was.get("row", row.cells), row, removed=was.get("removed", row.removed)),
                     str(was.get("batch", row.batch))))
    return back


def _lasting(row: Row) -> list[Mapping[str, Any]]:
    """The history of a row without imports that were taken back: what they did is as if it had not been."""
    lines: list[Mapping[str, Any]] = []
    for line in row.written.history:
        if line["what"] == UNDONE:
            del lines[-1:]
        else:
            lines.append(line)
    return lines


def _was(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.get("was", {}).items() if value != ABSENT}
