"""What is wrong with a book, or would be after a change, told row by row with the remedy.

A book that is whole stays whole: a change that would break it is refused. One that is still being written may lack
sheets and ways on, but no row in it may be wrong in itself or speak of something that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from waystation.network.columns import BY_NAME
from waystation.network.files import book_of_cells, clean_row
from waystation.network.problems import RULES, InvalidBook
from waystation.problems import InvalidInput

from .row import Cells, Row, book_of, by_sheet
from .words import column_word

MISSING = frozenset({"RB111", "RB112"})                          # a sheet that has no rows yet
BEGINNING = MISSING | {"RB601", "RB602", "RB603", "RB407"}       # what a book lacks while it is being written


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which row (counted as in a workbook, from 2; 0 is the whole sheet), and what to do."""

    sheet: str
    row: int
    column: str
    code: str
    sentence: str
    cell: str = ""
    key: str = ""      # of the row, or empty for a whole sheet
    about: str = ""    # what people call the row
    id: bytes = b""    # of the row's record, where it has one

    @property
    def worded(self) -> str:
        """The sentence in the reader's language; hints of the rule (limits, allowed words) stay as they are.

        What a column means stands in English alone: elsewhere it is called as on the page.
        """
        rule = RULES.get(self.code)
        english = f"{rule.wrong}: {rule.remedy}" if rule else ""
        hints = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(english)), self.sentence)
        if not rule or not hints:
            return self.sentence
        filled = hints.groupdict()
        if "meaning" in filled and self.column and not (get_language() or "en").startswith("en"):
            filled["meaning"] = column_word(self.column, self.sheet)
        return gettext(english).format_map(filled)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """The same fault before and after a change has the same one, wherever its row stands."""
        return self.sheet, self.key, self.column, self.code


class Unsound(Exception):
    """A book that cannot be, or become, what it is asked to. `faults` says all of it; `more` were left off."""

    def __init__(self, faults: Iterable[Fault], more: int = 0) -> None:
        super().__init__("the route book would not be sound")
        self.faults, self.more = tuple(faults), more


def faults_of(rows: Iterable[Row]) -> list[Fault]:
    """Everything wrong with the book that these rows make, at most 200, in the order of the book."""
    standing = by_sheet(rows)
    try:
        book_of_cells(book_of(row for some in standing.values() for row in some))
    except InvalidBook as why:
        return [_fault(standing, *one) for one in told(why)]
    return []


def told(why: InvalidInput) -> list[tuple[str, int, str, str, str, str]]:
    """The problems of a file: sheet, row, column, code, sentence, cell."""
    return [(one.sheet, one.row, one.column, one.code, one.sentence, one.cell) for one in why.problems]


def _fault(standing: Mapping[str, list[Row]], sheet: str, row: int, column: str, code: str, sentence: str,
           cell: str) -> Fault:
    rows = standing.get(sheet, [])
    which = rows[row - 2] if 2 <= row < len(rows) + 2 else None
    if which is None:
        return Fault(sheet, row, column, code, sentence, cell)
    return Fault(sheet, row, column, code, sentence, cell, which.key, which.code, which.id)


def of_file(why: InvalidInput) -> Unsound:
    """What is wrong with a file, cell by cell, as a page shows it."""
    return Unsound((Fault(*one) for one in told(why)), why.more)


def cleaned(sheet: str, typed: Mapping[str, Any]) -> Cells:
    """A row as typed, in the words a book has for it. Raises `Unsound` for cells that break a rule of their own."""
    try:
        return clean_row(sheet, {name: value for name, value in typed.items() if value not in ("", None)})
    except InvalidBook as why:
        raise of_file(why) from None


def refuse_new(before: Iterable[Row], after: Iterable[Row], *, back: bool = False) -> None:
    """Raise `Unsound` if the book after a change has a fault that it did not have before.

    While whole sheets are still missing, what only says that the book is not finished is let through; so it is for a
    step `back` to a book that was not finished either.
    """
    now = faults_of(after)
    if not now:
        return
    were = faults_of(before)
    let_through = BEGINNING if back or any(one.code in MISSING for one in were) else frozenset()
    known = {one.identity for one in were}
    if new := [one for one in now if one.identity not in known and one.code not in let_through]:
        raise Unsound(new)


def columns_of(sheet: str) -> tuple[str, ...]:
    """The columns of a sheet, in the order of a workbook; the format number is the office's own."""
    return tuple(column.name for column in BY_NAME[sheet].columns if column.field != "-")
