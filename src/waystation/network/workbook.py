"""A route book as an Excel workbook: one sheet for each table, headings in row 1. The only file that knows openpyxl.

Reading takes values only: a formula, an error value or a link is a problem, wherever it stands. Writing gives the same
bytes for the same book: an .xlsx file carries times of writing, which are set to a fixed day.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from waystation.network.archive import looked_through
from waystation.network.cells import SECRETS, Cell, CellError
from waystation.network.columns import BY_NAME, READ_ME, SHEETS, Column, Sheet
from waystation.network.days import DAY
from waystation.network.headings import note_sheets, note_unknown_column, note_unknown_sheet, plain
from waystation.network.problems import RULES, InvalidBook
from waystation.network.rows import RouteBook
from waystation.network.tables import RawBook, RawRow, cells_of
from waystation.problems import Findings
from waystation.texts import found_in, is_error_value

WIDEST, LONGEST = 100, 100_000  # columns and rows beyond which nothing belongs to a table
MOST_AREA = 1_000_000  # cells of the rectangle that holds a table
ROOM = 500  # rows for which drop-down lists are laid out
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


class _Letters:
    """Where the columns of each sheet stand, for addresses such as ``legs!F17``."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], str] = {}

    def __call__(self, sheet: str, row: int, column: str) -> str:
        letter = self.of.get((sheet, column), "")
        return f"{sheet}!{letter}{row}" if row and letter else f"{sheet}!{row}" if row else sheet


def read_workbook(data: bytes, *, file: str) -> tuple[RawBook, Findings]:
    """The cells of a workbook and what is wrong with its shape. Raises `InvalidBook` if it must not be parsed."""
    letters = _Letters()
    findings = Findings(RULES, file=file, address=letters, sheets=BY_NAME)
    if not looked_through(data, findings):
        raise InvalidBook(findings.problems)
    raw = RawBook()
    pages = _pages(data, findings)
    for number, page in enumerate(pages, start=1):
        title = page.title.strip().casefold()
        if title == READ_ME:
            continue
        if title not in BY_NAME or not hasattr(page, "iter_rows") or title in raw.rows:
            note_unknown_sheet(page.title, findings, cell=f"sheet {number}")
        else:
            _read_page(BY_NAME[title], page, raw, letters, findings)
    note_sheets(raw, findings)
    return raw, findings


def _pages(data: bytes, findings: Findings) -> list[Any]:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep: only cells are read
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
            return [book[name] for name in book.sheetnames]
    except Exception:  # noqa: BLE001 - openpyxl raises what its parts raise; whatever it is, the file is damaged
        findings.add("RB103")
    raise InvalidBook(findings.problems)


def _read_page(sheet: Sheet, page: Any, raw: RawBook, letters: _Letters, findings: Findings) -> None:
    raw.rows[sheet.name] = []
    width, length = page.max_column, page.max_row
    if width > WIDEST or length > LONGEST or width * length > MOST_AREA:
        raw.noted.add(sheet.name)
        findings.add("RB810", sheet.name)
        return
    lines: Iterator[tuple[Any, ...]] = page.iter_rows()
    heads = next(lines, ())
    columns = _columns(sheet, heads, raw, letters, findings)
    if columns is None:
        return
    _note_comments(sheet, heads, findings)
    for line in lines:
        cells = {}
        _note_comments(sheet, line, findings)
        for cell in line:
            if cell.value is None:
                continue
            if cell.column not in columns:
                findings.add("RB116", sheet.name, cell.row, cell=f"{sheet.name}!{cell.coordinate}")
            elif columns[cell.column]:
                cells[columns[cell.column]] = _raw(cell)
        if any(not isinstance(value, str) or value.strip() for value in cells.values()):
            raw.rows[sheet.name].append(RawRow(line[0].row, cells))


def _note_comments(sheet: Sheet, line: tuple[Any, ...], findings: Findings) -> None:
    """A comment is never kept, but whoever holds the file reads it."""
    for cell in line:
        if cell.comment is not None and (secret := found_in(cell.comment.text)):
            findings.add(SECRETS[secret], sheet.name, cell.row, cell=f"{sheet.name}!{cell.coordinate}")


def _raw(cell: Any) -> object:
    """The value of a cell, or the rule that it breaks by what it is."""
    if cell.data_type == "f":
        return CellError("RB107")
    if cell.data_type == "e" or (isinstance(cell.value, str) and is_error_value(cell.value)):
        return CellError("RB108")
    if cell.hyperlink is not None:
        return CellError("RB106")
    value: object = cell.value
    return value


def _columns(sheet: Sheet, heads: tuple[Any, ...], raw: RawBook, letters: _Letters,
             findings: Findings) -> dict[int, str] | None:
    """Column numbers with the column that each is; an unknown one is an empty text. None if there are no headings."""
    found: dict[int, str] = {}
    known = {column.name for column in sheet.columns}
    for head in heads:
        if head.value is None:
            continue
        word = plain(str(head.value))
        cell = f"{sheet.name}!{head.coordinate}"
        if word not in known:
            note_unknown_column(sheet, word, findings, cell=cell)
            word = ""
        elif word in found.values():
            findings.add("RB115", sheet.name, 1, word, cell=cell)
            word = ""
        else:
            letters.of[sheet.name, word] = head.column_letter
        found[head.column] = word
    if not found:
        raw.noted.add(sheet.name)
        findings.add("RB112", sheet.name, remedy="write its headings into row 1, or remove it if it is not needed")
        return None
    for column in sheet.columns:
        if column.name not in found.values():
            raw.absent.setdefault(sheet.name, set()).add(column.name)
            if column.required:
                findings.add("RB114", sheet.name, 1, column.name, missing=column.name)
    return found


# --- writing ---------------------------------------------------------------------------------------------------------


def workbook_of(book: RouteBook, *, notes: tuple[str, ...] = (), every_sheet: bool = False) -> bytes:
    """The book as an .xlsx file, the same bytes for the same book.

    `notes` become a first sheet `read me`; with `every_sheet` also sheets without rows are laid out.
    """
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    made.properties.creator = "Waystation"
    if notes:
        page = made.create_sheet(READ_ME)
        page.column_dimensions["A"].width = 110
        for note in notes:
            page.append([note])
    filled = cells_of(book)
    for sheet in SHEETS:
        if sheet.name in filled or (every_sheet and sheet.name != "names"):
            _write_page(sheet, made.create_sheet(sheet.name), filled.get(sheet.name, []))
    out = io.BytesIO()
    made.save(out)
    return _without_times(out.getvalue())


def _write_page(sheet: Sheet, page: Any, rows: list[dict[str, Cell]]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    page.append([column.name for column in sheet.columns])
    page.freeze_panes = "A2"
    for column, head in zip(sheet.columns, page[1], strict=True):
        head.font = Font(bold=True)
        head.comment = Comment(_explained(column), "Waystation", width=320, height=140)
        page.column_dimensions[head.column_letter].width = max(12, len(column.name) + 3)
        _offer(column, page, head.column_letter)
    for row in rows:
        page.append([_in_workbook(column, row.get(column.name)) for column in sheet.columns])
    for line in page.iter_rows(min_row=2, max_row=len(rows) + 1):
        for column, cell in zip(sheet.columns, line, strict=True):
            if column.kind is DAY:
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(cell.value, float):
                cell.value = repr(cell.value)  # openpyxl would write 16 digits, and 17 may be needed
                cell.data_type = "n"


def _explained(column: Column) -> str:
    needed = "must be filled in" if column.required else "may be empty"
    unit = f" [{column.unit}]" if column.unit else ""
    return f"{column.meaning}{unit}\n{column.kind.words}; {needed}\ne.g. {column.example}"


def _offer(column: Column, page: Any, letter: str) -> None:
    """A drop-down list of the words that are allowed, where one cell holds one of a few."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.kind.choices and not column.kind.words.startswith("list"):
        offer = DataValidation(type="list", formula1='"' + ",".join(column.kind.choices) + '"', allow_blank=True)
        page.add_data_validation(offer)
        offer.add(f"{letter}2:{letter}{ROOM}")


def _in_workbook(column: Column, value: Cell | None) -> str | int | float | date | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(str, value))
    if column.kind is DAY and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _without_times(data: bytes) -> bytes:
    """The same archive with every time in it set to 1 January 2000."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
