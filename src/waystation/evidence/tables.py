"""Tables of a package: CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""A table as UTF-8 (RFC 4180); what begins like a formula gets an apostrophe.

    >>> csv_of(["a"], [["=1+1"], ["b"]])
    b"a\r\n'=1+1\r\nb\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    return out.getvalue().encode()
