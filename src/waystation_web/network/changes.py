"""Changes of the book as a set: what several rows would say together, checked as a whole and written as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from waystation_web.records import actions as records
from waystation_web.vault.actor import Actor

from .faults import refuse_new
from .row import TYPE_OF, Cells, Row, body_of, key_of, unwritten


@dataclass(frozen=True, slots=True)
class Change:
    """One row as it shall be. `row` is what stands now, None for a new row."""

    sheet: str
    cells: Cells = field(repr=False)
    row: Row | None = None
    removed: bool = False

    @property
    def standing(self) -> Row:
        """What stands now. Raises `ValueError` for a new row."""
        if self.row is None:
            raise ValueError("nothing stands there yet")
        return self.row

    @property
    def after(self) -> Row:
        """The row after the change."""
        if self.row is None:
            return unwritten(self.sheet, self.cells)
        return replace(self.row, key=key_of(self.sheet, self.cells), cells=self.cells, removed=self.removed)


def check(rows: Iterable[Row], changes: Sequence[Change], *, back: bool = False) -> None:
    """Raise `Unsound` if the book would have a fault after these changes that it does not have now.

    `back`: they only undo what was done, so that what was not finished before may be unfinished again.
    """
    rows = list(rows)
    touched = {change.row.id for change in changes if change.row}
    kept = [row for row in rows if row.id not in touched]
    refuse_new(rows, [*kept, *(change.after for change in changes)], back=back)


def write(actor: Actor, changes: Iterable[Change], *, what: str, batch: str = "", about: str = "",
          revision: int | None = None) -> list[bytes]:
    """Write changes that were checked in this transaction; the ids of their rows. Raises `Changed`, `NotPermitted`.

    `batch` is the import that brings them; rows changed by hand keep the one that brought them. `about` is the case on
    whose journey new rows happened.
    """
    done = []
    for change in changes:
        after = change.after
        if change.row is None:
            body = body_of(change.sheet, after.cells, batch=batch, about=about)
            done.append(records.make(actor, TYPE_OF[change.sheet], body).id)
            continue
        fields = {"key": after.key, "row": after.cells, "removed": after.removed}
        fields |= {"batch": batch} if batch else {}
        done.append(records.change(actor, change.row.written, fields, what=what, revision=revision).id)
    return done
