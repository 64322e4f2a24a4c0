"""A route book as JSON: one object with the format number and one table for each sheet, one row on each line.

    {"waystation_route_book": 1,
     "book": {"title": ..., ...},
     "areas": [{"code": ..., ...}, ...], ...}

The keys of a row are the columns of its sheet, in their order; empty cells are left out. A key `read_me` may hold notes
and is never read.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from waystation.network.cells import Cell
from waystation.network.columns import BY_NAME, FORMAT, Sheet
from waystation.network.headings import note_sheets, note_unknown_column, note_unknown_sheet, plain
from waystation.network.problems import RULES, InvalidBook
from waystation.network.rows import RouteBook
from waystation.network.tables import RawBook, RawRow, cells_of
from waystation.problems import Findings

MARK = "waystation_route_book"
NOTES = "read_me"
MOST_CELLS = 200_000


class _Twice(dict[str, Any]):
    """A JSON object in which a key stood twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Twice(made)


def _address(sheet: str, row: int, column: str) -> str:
    if sheet == "book":
        return f"/{MARK}" if column == "format" else "/book" + (f"/{column}" if column else "")
    return f"/{sheet}" + (f"/{row - 2}" if row >= 2 else "") + (f"/{column}" if column and row >= 2 else "")


def read_json(data: bytes, *, file: str) -> tuple[RawBook, Findings]:
    """The cells of a JSON file, and what is wrong with its shape. Raises `InvalidBook` if there are none to be read."""
    findings = _findings(file)
    document = _document(data, findings)
    raw = RawBook()
    if isinstance(document, _Twice):
        findings.add("RB118", cell="/")
    for number, (key, table) in enumerate(document.items(), start=1):
        if key in {MARK, NOTES}:
            continue
        if key not in BY_NAME:
            note_unknown_sheet(key, findings, cell=f"/ key {number}")
            continue
        _read_table(BY_NAME[key], table, raw, findings)
    if MARK in document and "book" in raw.rows:
        raw.rows["book"] = [RawRow(row.number, {"format": document[MARK], **row.cells}) for row in raw.rows["book"]]
    return _noted(raw, findings), findings


def read_cells(cells: Mapping[str, Sequence[Mapping[str, object]]], *, file: str) -> tuple[RawBook, Findings]:
    """The same from rows that lie in no file, as `cells_of` gives them; the format stands on the sheet `book`.

    Problems are addressed as in JSON: `/legs/3/cost` is the fourth row given for `legs`, whose `row` is 5.
    """
    findings, raw = _findings(file), RawBook()
    for number, (name, rows) in enumerate(cells.items(), start=1):
        if name in BY_NAME:
            _read_rows(BY_NAME[name], list(rows), raw, findings)
        else:
            note_unknown_sheet(name, findings, cell=f"/ key {number}")
    return _noted(raw, findings), findings


def _findings(file: str) -> Findings:
    return Findings(RULES, file=file, address=_address, sheets=BY_NAME)


def _noted(raw: RawBook, findings: Findings) -> RawBook:
    if sum(len(row.cells) for rows in raw.rows.values() for row in rows) > MOST_CELLS:
        findings.add("RB802")
        raise InvalidBook(findings.problems)
    note_sheets(raw, findings)
    return raw


def _document(data: bytes, findings: Findings) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_object)
    except RecursionError:
        findings.add("RB811")
    except ValueError:  # not UTF-8, not JSON, or a number of thousands of digits
        findings.add("RB103" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else "RB102")
    else:
        if isinstance(document, dict):
            return document
        findings.add("RB117", shape="one object with a table for each sheet")
    raise InvalidBook(findings.problems)


def _read_table(sheet: Sheet, table: object, raw: RawBook, findings: Findings) -> None:
    raw.rows[sheet.name] = []
    if sheet.name == "book":
        table = [table]
    if not isinstance(table, list):
        raw.noted.add(sheet.name)
        findings.add("RB117", sheet.name, shape="a list of rows")
        return
    _read_rows(sheet, table, raw, findings)


def _read_rows(sheet: Sheet, table: list[Any], raw: RawBook, findings: Findings) -> None:
    raw.rows[sheet.name] = []
    known = {column.name for column in sheet.columns}
    unknown: set[str] = set()
    for number, row in enumerate(table, start=2):
        if not isinstance(row, dict):
            raw.noted.add(sheet.name)
            findings.add("RB117", sheet.name, number, shape="an object with the columns as keys")
            continue
        if isinstance(row, _Twice):
            findings.add("RB118", sheet.name, number)
        for position, key in enumerate(row, start=1):
            if key not in known and key not in unknown:
                unknown.add(key)  # said once a sheet, at the first row that has it
                cell = f"{_address(sheet.name, number, '')} key {position}"
                note_unknown_column(sheet, plain(key), findings, cell=cell)
        raw.rows[sheet.name].append(RawRow(number, {key: row[key] for key in row if key in known}))


def json_of(book: RouteBook, *, notes: tuple[str, ...] = ()) -> bytes:
    """The book as JSON in UTF-8, one row on each line, the same bytes for the same book."""
    lines = [f'"{MARK}": {FORMAT}']
    if notes:
        lines.append(f'"{NOTES}": [\n' + ",\n".join("  " + _text(note) for note in notes) + "\n]")
    for name, rows in cells_of(book).items():
        if name == "book":
            lines.append('"book": ' + _row(rows[0], skip="format"))
        else:
            lines.append(f'"{name}": [\n' + ",\n".join("  " + _row(row) for row in rows) + "\n]")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _row(cells: Mapping[str, Cell], *, skip: str = "") -> str:
    return _text({key: value for key, value in cells.items() if key != skip})


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
