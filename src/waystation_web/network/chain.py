"""How conditions change from one step to the next, in one area or country and season: one thing, several rows.

Each row of shares adds up to 1, so one share can never be changed alone. The page shows the whole table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from waystation_web.vault.errors import Changed

from .changes import Change
from .faults import cleaned
from .row import Cells, Row

SHEET = "chains"


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain as typed. `shares` by (from, to); empty or 0 is no row. `strength` by the condition it leads from.

    `revisions` says which editions of its rows were on the page, by id: empty for a chain that was not there.
    """

    scope: str
    season: str
    shares: Mapping[tuple[str, str], str] = field(repr=False)
    strength: Mapping[str, str] = field(repr=False)
    revisions: Mapping[bytes, int] = field(default_factory=dict)

    def changes(self, rows: Iterable[Row]) -> list[Change]:
        """What is to be written. Raises `Unsound` for a cell that cannot be read, `Changed`."""
        standing = rows_of(rows, self.scope, self.season)
        if {row.id: row.written.revision for row in standing.values()} != dict(self.revisions):
            raise Changed
        wanted = {pair: self._cells(*pair, share) for pair, share in self.shares.items()
                  if share.strip() not in {"", "0"}}
        made = [Change(SHEET, cells, standing.get(pair)) for pair, cells in wanted.items()]
        gone = [Change(SHEET, row.cells, row, removed=True) for pair, row in standing.items() if pair not in wanted]
        return [change for change in (*made, *gone) if change.row is None or change.after != change.row]

    def _cells(self, one: str, other: str, share: str) -> Cells:
        return cleaned(SHEET, {"scope": self.scope, "from_condition": one, "to_condition": other, "share": share,
                               "strength": self.strength.get(one, ""), "season": self.season})


def rows_of(rows: Iterable[Row], scope: str, season: str) -> dict[tuple[str, str], Row]:
    """The rows of one chain that stand, by (from, to)."""
    return {(row.cells["from_condition"], row.cells["to_condition"]): row for row in rows
            if row.sheet == SHEET and not row.removed and row.cells["scope"] == scope
            and row.cells.get("season", "") == season}
