"""A file of cases, read cell by cell: Excel or CSV. Nothing in it is run, nothing is guessed, and every fault is told.

The first row holds the headings. Columns that the office does not know are kept with each case, sealed, as they are.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waystation.network.archive import looked_through
from waystation.network.problems import RULES
from waystation.problems import Findings

from .columns import Column, Wrong, column_of, read_cell

MOST_BYTES, MOST_ROWS, WIDEST, MOST_FAULTS, LONGEST_CELL = 5_000_000, 2000, 100, 200, 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: sheet, row (1 is the heading, 0 the whole file), column, what to do about it."""

    sheet: str = field(repr=False)
    row: int
    column: str = field(repr=False)
    sentence: str | Promise


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is sound: what goes into the request, what into the case, and what nobody knows."""

    number: int
    request: dict[str, Any] = field(repr=False)
    own: dict[str, Any] = field(repr=False)
    unmapped: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read. With any fault, nothing of it may be taken in."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...] = field(repr=False)   # headings that are kept as they are
    wrong: int = 0                                 # how many faults there are, also those that were left off
    wrong_rows: int = 0                            # in how many rows; the heading is one

    @property
    def told(self) -> list[int]:
        """Rows of the faults that are told, each once, in their order."""
        return list(dict.fromkeys(fault.row for fault in self.faults if fault.row))

    @property
    def sound(self) -> bool:
        """Whether it can be taken in."""
        return bool(self.rows) and not self.faults


class _Formula:
    """A cell that holds a formula."""


Line = tuple[int, list[Any]]


def read_sheet(data: bytes) -> Sheet:
    """Read a file. Never raises for what stands in it: faults say all of it."""
    if len(data) > MOST_BYTES:
        return _whole(_("The file is larger than 5 MB. Split it."))
    try:
        title, lines = _workbook(data) if data[:2] == b"PK" else ("csv", _csv(data))
    except _Unreadable as why:
        return _whole(why.sentence)
    return _rows(title, lines)


class _Unreadable(Exception):
    def __init__(self, sentence: str | Promise) -> None:
        super().__init__("unreadable")
        self.sentence = sentence


def _whole(sentence: str | Promise) -> Sheet:
    return Sheet((), (Fault("", 0, "", sentence),), (), 1)


def _csv(data: bytes) -> list[Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable(_("Save the file as .xlsx, or as CSV in UTF-8.")) from None
    if "\0" in text:
        raise _Unreadable(_("Save the file as .xlsx, or as CSV in UTF-8."))
    first = text.splitlines()[0] if text.strip() else ""
    mark = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        return [(number, list(cells)) for number, cells in enumerate(reader, start=1)]
    except csv.Error:
        raise _Unreadable(_("A cell of this CSV file does not end. Save it anew from your spreadsheet.")) from None


def _workbook(data: bytes) -> tuple[str, list[Line]]:
    """The first sheet of a workbook. It is looked through before any parser is let near it."""
    import openpyxl

    if not looked_through(data, Findings(RULES, file="")):
        raise _Unreadable(_("This workbook is damaged or locked, or holds macros, links or too much. Save it anew as "
                            ".xlsx without them, or as CSV."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
            page = next(one for one in book.worksheets if one.title.strip().casefold() != "read me")
            lines = page.iter_rows(max_row=min(page.max_row, MOST_ROWS + 2),  # one more than may be, so that it is told
                                   max_col=min(page.max_column, WIDEST + 1))
            return page.title, [(line[0].row, [_value(cell) for cell in line]) for line in lines]
    except Exception:  # noqa: BLE001 - openpyxl raises what its parts raise; whatever it is, the file is damaged
        raise _Unreadable(_("This workbook is damaged. Save it anew as .xlsx, or as CSV.")) from None


def _value(cell: Any) -> Any:
    return _Formula if cell.data_type == "f" else cell.value


def _rows(title: str, lines: list[Line]) -> Sheet:
    filled = [(number, cells) for number, cells in lines if any(_said(cell) for cell in cells)]
    if not filled:
        return _whole(_("The file is empty. Write headings into the first row, and one case into each row below."))
    (_head, heads), body = filled[0], filled[1:]
    if len(body) > MOST_ROWS or len(heads) > WIDEST:
        return _whole(_("There are more than 2,000 rows or 100 columns. Split the file."))
    names = [_said(head) for head in heads]
    columns = [column_of(name) for name in names]
    faults = list(_head_faults(title, names, columns))
    rows = []
    for number, cells in body:
        row, wrong = _row(title, number, cells, names, columns)
        rows.append(row)
        faults += wrong
    if not body:
        faults.append(Fault(title, 1, "", _("There are headings but no rows. Write one case into each row below.")))
    unknown = tuple(name for name, column in zip(names, columns, strict=True) if name and column is None)
    return Sheet(tuple(rows), tuple(faults[:MOST_FAULTS]), unknown, len(faults), len({fault.row for fault in faults}))


def _head_faults(title: str, names: list[str], columns: list[Column | None]) -> Iterator[Fault]:
    known = [column.name for column in columns if column]
    if not known:
        yield Fault(title, 1, "", _("None of these headings is known. Write them as the form of a call names its "
                                    "fields."))
    for place, (name, column) in enumerate(zip(names, columns, strict=True)):
        if (column and known.count(column.name) > 1) or (name and column is None and names.count(name) > 1):
            yield Fault(title, 1, letter(place), _("Two columns have this heading. Keep one of them."))


def _row(title: str, number: int, cells: list[Any], names: list[str],
         columns: list[Column | None]) -> tuple[Row, list[Fault]]:
    row, faults = Row(number, {}, {}, {}), []
    for place, cell in enumerate(cells):
        said = _said(cell)
        name = names[place] if place < len(names) else ""
        column = columns[place] if place < len(columns) else None
        where = f"{letter(place)} · {name}" if name else letter(place)
        if cell is _Formula:
            faults.append(Fault(title, number, where, _("The cell holds a formula. Replace it by its value.")))
        elif said and not name:
            faults.append(Fault(title, number, where, _("This column has no heading. Write one, or empty the cell.")))
        elif said and column is None:
            row.unmapped[name] = said[:LONGEST_CELL]
        elif said and column:
            try:
                (row.own if column.own else row.request)[column.name] = read_cell(column, said)
            except Wrong as why:
                faults.append(Fault(title, number, where, why.sentence))
    return row, faults


def _said(cell: Any) -> str:
    """A cell as a person reads it."""
    if cell is None or cell is _Formula:
        return "=" if cell is _Formula else ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def letter(place: int) -> str:
    """The letter of a column.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
