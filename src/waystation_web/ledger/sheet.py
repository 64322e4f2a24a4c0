"""The ledger as a table that leaves the house: code names alone, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from waystation.texts import starts_formula

from .entry import Line

COLUMNS = ("ref", "kind", "amount", "currency", "date", "direction", "payer", "contact", "case", "method", "due",
           "paid", "state", "approved_by_count", "legal_flag", "takes_back")


def sheet(lines: Iterable[Line]) -> str:
    """Lines as CSV, the oldest first. `ref` is the beginning of the record's id: it leads nowhere outside."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for line in sorted(lines, key=lambda one: (one.entry.day, one.key)):
        one = line.entry
        rows.writerow([
            line.key[:8], one.kind.value, f"{one.amount.amount:f}", one.amount.currency, one.day.isoformat(),
            one.direction.value, one.payer.value, neutral(one.contact), neutral(one.case), one.method.value,
            one.due or "", one.paid or "", line.state.value, int(bool(line.first)) + int(bool(line.second)),
            one.legal.value, one.corrects[:8]])
    return out.getvalue()


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> neutral("heron-9"), neutral("=1+1"), neutral(" -2")
    ('heron-9', "'=1+1", "' -2")
    """
    return f"'{text}" if starts_formula(text.lstrip()) or text[:1] in {"\t", "\r", "\n"} else text
