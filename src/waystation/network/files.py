"""Route books as files: read a workbook or JSON by what it holds, write either, without loss.

    bytes -> cells (workbook | jsonbook) -> rows (tables) -> references, checks -> RouteBook

A book that would not be read back the same is not written: writing goes through the reader's rules first. So a text
that begins like a formula cannot be smuggled into a spreadsheet program, in either direction; it is refused and not
changed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from waystation.network.checks import check_row, checked
from waystation.network.columns import BY_NAME
from waystation.network.jsonbook import json_of, read_cells, read_json
from waystation.network.problems import RULES, InvalidBook
from waystation.network.rows import RouteBook
from waystation.network.tables import cells_of_row, read_rows
from waystation.network.workbook import read_workbook, workbook_of
from waystation.problems import Findings

MOST_BYTES = 5_000_000
STANDARD_INPUT = "standard input"


def read_book(source: Path | str | bytes, *, name: str = "") -> RouteBook:
    """Read a route book from a path, or from the bytes themselves (standard input).

    Raises `InvalidBook` with every problem of the file, and nothing else, whatever the file holds. `name` is what
    problems call the file.

    >>> from waystation.network.example import example_book
    >>> read_book(write_json(example_book())) == example_book()
    True
    """
    if isinstance(source, bytes):
        return _read(source, name or STANDARD_INPUT)
    path = Path(source)
    file = name or path.name
    try:
        too_large = path.stat().st_size > MOST_BYTES
        data = b"" if too_large else path.read_bytes()
    except (OSError, ValueError):  # ValueError: a name that no system allows
        raise _refused("RB101", file) from None
    if too_large:
        raise _refused("RB801", file)
    return _read(data, file)


def _read(data: bytes, file: str) -> RouteBook:
    if len(data) > MOST_BYTES:
        raise _refused("RB801", file)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused("RB104", file)
    read: Any = read_workbook if data.startswith(b"PK") else read_json
    raw, findings = read(data, file=file)
    return checked(read_rows(raw, findings), findings)


def book_of_cells(cells: Mapping[str, Sequence[Mapping[str, object]]], *, name: str = "the rows") -> RouteBook:
    """The route book of rows that lie in no file, sheet by sheet, through every check of a file.

    `cells` is what `tables.cells_of` gives: rows are columns and plain JSON values, empty cells left out. Raises
    `InvalidBook`; in its problems, `row` counts the rows of a sheet as they were given, from 2.

    >>> from waystation.network.example import example_book
    >>> from waystation.network.tables import cells_of
    >>> book_of_cells(cells_of(example_book())) == example_book()
    True
    """
    raw, findings = read_cells(cells, file=name)
    return checked(read_rows(raw, findings), findings)


def clean_row(sheet: str, cells: Mapping[str, object]) -> dict[str, Any]:
    """One row alone, typed by hand: its cells as a book would hold them. Raises `InvalidBook`, `KeyError`.

    What it refers to is not looked up; `book_of_cells` does that.

    >>> clean_row("areas", {"code": " WEST ", "country": "TH", "river": "yes"})
    {'code': 'WEST', 'country': 'TH', 'river': True}
    >>> clean_row("areas", {"code": "WEST", "country": "XX"})
    Traceback (most recent call last):
    waystation.network.problems.InvalidBook: the row: /areas/0/country RB220 ...
    """
    raw, findings = read_cells({sheet: [cells]}, file="the row")
    findings.problems = [problem for problem in findings.problems if problem.sheet == sheet]  # other sheets lack rows
    (read,) = read_rows(raw, findings)[sheet]
    check_row(BY_NAME[sheet], read, findings)
    if findings.problems:
        raise InvalidBook(findings.sorted())
    return cells_of_row(BY_NAME[sheet], read.row)


def _refused(code: str, file: str) -> InvalidBook:
    findings = Findings(RULES, file=file)
    findings.add(code)
    return InvalidBook(findings.problems)


def write_json(book: RouteBook) -> bytes:
    """The book as JSON. Raises `InvalidBook` if it would not be read back the same."""
    data = json_of(book)
    _prove(book, data)
    return data


def write_workbook(book: RouteBook) -> bytes:
    """The book as an .xlsx workbook. Raises `InvalidBook` if it would not be read back the same."""
    _prove(book, json_of(book))
    return workbook_of(book)


def _prove(book: RouteBook, data: bytes) -> None:
    if read_book(data, name="the book to be written") != book:
        raise _refused("RB124", "the book to be written")
