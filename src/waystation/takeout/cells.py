"""Cells of a table that is safe in a spreadsheet, and that a program reads back without loss.

A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does a text that begins with an
apostrophe: whoever reads a table takes one apostrophe away wherever a cell begins with one. Numbers stay numbers.

>>> cell("=HYPERLINK(1)"), cell("'quoted"), cell(-5), cell("-5"), cell(None), cell(True), cell(["a"])
("'=HYPERLINK(1)", "''quoted", '-5', "'-5", '', 'true', '["a"]')
>>> plain(cell("=HYPERLINK(1)"))
'=HYPERLINK(1)'
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")  # and their wide forms, which Excel folds
MARK = "'"


def cell(value: Any) -> str:
    """A value as the text of one cell: words as they are, numbers as numbers, what has parts as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return MARK + value if value[:1] == MARK or value[:1] in FORMULA or value.lstrip()[:1] in FORMULA else value
    return json_of(value)


def plain(text: str) -> str:
    """The words of a cell again."""
    return text[1:] if text[:1] == MARK else text


def json_of(value: Any) -> str:
    """JSON on one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


class Sheet:
    r"""One table, kept as text while it grows.

    >>> sheet = Sheet(("id", "name"))
    >>> sheet.add(("1", "+82 2 000"))
    >>> sheet.rows, sheet.data
    (1, b"id,name\r\n1,'+82 2 000\r\n")
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.rows = 0
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(self.columns)

    def add(self, values: Iterable[Any]) -> None:
        """One row. Raises `ValueError` for one cell too many or too few."""
        row = [cell(value) for value in values]
        if len(row) != len(self.columns):
            raise ValueError(f"{len(row)} cells for {len(self.columns)} columns")
        self._writer.writerow(row)
        self.rows += 1

    @property
    def data(self) -> bytes:
        """The table as it is written: UTF-8, a head, lines as RFC 4180 has them."""
        return self._text.getvalue().encode()
