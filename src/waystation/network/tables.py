"""From the cells of a file to rows, and from rows to cells: the same road for a workbook and for JSON.

A reader of a file gives `RawBook`: what stands in each cell, untouched. `read_rows` reads every cell by its column and
notes all that is wrong. `cells_of` is the way back; it writes nothing where a field says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.network.cells import Cell, CellError, is_empty
from waystation.network.columns import FORMAT, SHEETS, Column, Sheet
from waystation.network.rows import RouteBook
from waystation.problems import Findings
from waystation.units import Money, MoneyUnit

JOINED = {"cost": Money, "wait_cost": Money, "fee": Money, "unit": MoneyUnit}  # fields made from several columns
SPECIAL_EMPTY = {("book", "fictional"): "RB703", ("breaks", "reason"): "RB708"}


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a file: its number as in a workbook (2 is the first), and its cells that are not empty."""

    number: int
    cells: Mapping[str, object]  # a `CellError` stands for a cell that must not be read at all


@dataclass(slots=True)
class RawBook:
    """What a file holds, sheet by sheet.

    `absent` names columns that the file does not have, `noted` sheets that cannot be read; both were reported already.
    """

    rows: dict[str, list[RawRow]] = field(default_factory=dict)
    absent: dict[str, set[str]] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that was read: the cells that could be read, and the row itself if all of them could."""

    number: int
    values: Mapping[str, Any]
    row: Any  # None if a cell could not be read


Tables = dict[str, list[ReadRow]]


def read_rows(raw: RawBook, findings: Findings) -> Tables:
    """Read all cells of all sheets, noting every one that breaks a rule of its column."""
    return {
        sheet.name: [_read_row(sheet, row, raw.absent.get(sheet.name, set()), findings) for row in raw.rows[sheet.name]]
        for sheet in SHEETS if sheet.name in raw.rows
    }


def _read_row(sheet: Sheet, raw: RawRow, absent: set[str], findings: Findings) -> ReadRow:
    values: dict[str, Any] = {}
    for column in sheet.columns:
        cell = raw.cells.get(column.name)
        try:
            if column.name in absent and column.required:
                continue
            values[column.name] = _read_cell(sheet, column, cell)
        except CellError as error:
            findings.add(error.code, sheet.name, raw.number, column.name, **error.hints)
    whole = len(values) == len(sheet.columns) and _paired(sheet, raw.number, values, findings)
    return ReadRow(raw.number, values, row_of(sheet, values) if whole else None)


def _read_cell(sheet: Sheet, column: Column, cell: object) -> Any:
    if isinstance(cell, CellError):
        raise cell
    if not is_empty(cell):
        return column.kind.read(cell)
    if column.required:
        raise CellError(SPECIAL_EMPTY.get((sheet.name, column.name), "RB201"), meaning=column.meaning)
    return column.empty


def _paired(sheet: Sheet, number: int, values: Mapping[str, Any], findings: Findings) -> bool:
    """Whether amounts and currencies, and the two halves of a map position, come together."""
    whole = True
    for first, second, code in (("wait_cost", "currency", "RB213"), ("map_lat", "map_lon", "RB221")):
        if first in values and (values[first] is None) != (values[second] is None):
            findings.add(code, sheet.name, number, first if values[first] is None else second)
            whole = False
    return whole


def row_of(sheet: Sheet, values: Mapping[str, Any]) -> Any:
    """The row that the read cells of one sheet make."""
    fields: dict[str, Any] = {}
    parts: dict[str, list[Any]] = {}
    for column in sheet.columns:
        head, tail = column.path
        if tail:
            parts.setdefault(head, []).append(values[column.name])
        elif head != "-":
            fields[head] = values[column.name]
    for head, items in parts.items():
        if items[0] is not None:
            fields[head] = JOINED[head](*items) if head in JOINED else tuple(items)
        else:
            fields[head] = None
    return tuple(fields.values()) if sheet.row is tuple else sheet.row(**fields)


def book_of(tables: Tables) -> RouteBook:
    """The route book of tables without a mistake."""
    rows: dict[str, Any] = {name: tuple(read.row for read in table) for name, table in tables.items()}
    return RouteBook(**{**rows, "book": rows["book"][0]})


def cells_of(book: RouteBook) -> dict[str, list[dict[str, Cell]]]:
    """The cells of every sheet that has rows, as plain JSON values in the order of the columns."""
    filled: dict[str, list[dict[str, Cell]]] = {}
    for sheet in SHEETS:
        rows = (book.book,) if sheet.name == "book" else getattr(book, sheet.name)
        if rows or sheet.required:
            filled[sheet.name] = [cells_of_row(sheet, row) for row in rows]
    return filled


def cells_of_row(sheet: Sheet, row: Any) -> dict[str, Cell]:
    """The cells of one row that say anything, in the order of the columns."""
    if sheet.row is tuple:
        return {column.name: column.kind.plain(value) for column, value in zip(sheet.columns, row, strict=True)}
    cells: dict[str, Cell] = {}
    for column in sheet.columns:
        value = _value_of(row, column)
        if value is not None and value not in ("", frozenset()):
            cells[column.name] = column.kind.plain(value)
    return cells


def _value_of(row: Any, column: Column) -> Any:
    head, tail = column.path
    if head == "-":
        return FORMAT
    value = getattr(row, head)
    if not tail or value is None:
        return value
    return value[int(tail)] if tail.isdigit() else getattr(value, tail)
