"""Do the rows speak of things that exist, and of each thing once?

References are checked on the cells as read, also in rows that are broken elsewhere, so that one reading of a file shows
all that is wrong. Where a whole sheet is missing, nothing that refers to it is reported: the missing sheet is the news.
The remedy names the cell with the nearest spelling, not the spelling itself.
"""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any

from waystation.network.columns import SHEETS, Column, Sheet
from waystation.network.rows import MODES
from waystation.network.tables import Tables
from waystation.problems import Findings

RULE_OF = {"areas": "RB301", "places": "RB302", "profiles": "RB303", "legs": "RB304", "conditions": "RB305",
           "seasons": "RB306", "currencies": "RB307", "countries": "RB309"}
NEAREST_LOOKED_FOR = 50  # unknown codes of one file for which the nearest spelling is looked up


class Known:
    """What the rows of one file may refer to, by the words that columns use (`refers`)."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.lists: dict[str, set[str] | None] = {
            name: self._cells(name, "code") for name in ("areas", "places", "profiles", "legs")}
        book = tables["book"][0].values if tables.get("book") else {}
        self.lists["conditions"] = set(book["conditions"]) if "conditions" in book else None
        self.lists["seasons"] = {season.name for season in book["seasons"]} if "seasons" in book else None
        rates = self._cells("rates", "currency") or set()
        self.lists["currencies"] = {book["money_currency"]} | rates if "money_currency" in book else None
        self.lists["countries"] = self._cells("areas", "country")
        self.lists["modes"] = {*MODES, "all"}

    def _cells(self, sheet: str, column: str) -> set[str] | None:
        """The values of one column; None if there is no such sheet or nothing in it."""
        return {read.values[column] for read in self.tables.get(sheet, []) if column in read.values} or None

    def of(self, refers: str) -> set[str] | None:
        """All that `refers` allows; None if that is not known, so that nothing can be said."""
        found: set[str] = set()
        for name in refers.split(" or "):
            known = self.lists[name]
            if known is None:
                return None
            found |= known
        return found


def check_references(tables: Tables, findings: Findings) -> None:
    """Note every code, condition, season, currency and country that the book does not have."""
    known = Known(tables)
    looked = 0
    for sheet in SHEETS:
        for column in sheet.columns:
            allowed = known.of(column.refers) if column.refers else None
            if allowed is None:
                continue
            for number, value in _values(tables, sheet, column):
                if value in allowed:
                    continue
                looked += 1
                nearest = _nearest(value, column.refers, tables, findings) if looked <= NEAREST_LOOKED_FOR else ""
                code = RULE_OF.get(column.refers, "RB310" if sheet.name == "names" else "RB308")
                findings.add(code, sheet.name, number, column.name, nearest=nearest,
                             kinds=f"the {column.refers}" + (", nor `all`," if "modes" in column.refers else ""))


def _values(tables: Tables, sheet: Sheet, column: Column) -> Iterator[tuple[int, str]]:
    for read in tables.get(sheet.name, []):
        value: str | Collection[str] | None = read.values.get(column.name)
        for item in [value] if isinstance(value, str) else value or ():
            if item:
                yield read.number, item


def _nearest(value: str, refers: str, tables: Tables, findings: Findings) -> str:
    """The cell of the code that is spelt most like this one, as a beginning of the remedy."""
    if refers not in {"areas", "places", "profiles", "legs"}:
        return ""
    codes = {read.values["code"]: read.number for read in tables[refers] if "code" in read.values}
    close = get_close_matches(value, codes, n=1)
    if not close or not findings.address:
        return ""
    return f"the nearest spelling stands in {findings.address(refers, codes[close[0]], 'code')}; "


def check_once(tables: Tables, findings: Findings) -> None:
    """Note every row that says again what an earlier row of its sheet has said."""
    for sheet in SHEETS:
        seen: set[tuple[Any, ...]] = set()
        for read in tables.get(sheet.name, []):
            key = tuple(read.values.get(name, ("unread", read.number)) for name in sheet.unique)
            if key and key in seen:
                findings.add("RB604", sheet.name, read.number, sheet.unique[0])
            seen.add(key)
