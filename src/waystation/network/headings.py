"""What to say of sheets and columns: unknown ones, missing ones, empty ones. The same for a workbook and for JSON."""

from collections.abc import Iterable
from difflib import get_close_matches

from waystation.network.columns import BY_NAME, SHEETS, Sheet
from waystation.network.tables import RawBook
from waystation.problems import Findings

# Words in a heading that announce people, ways to reach them, or exact positions.
_WORDS = """
    name names surname person people phone phones telephone tel mobile cell sim imei email mail e_mail address street
    contact contacts whatsapp wechat kakao telegram signal line handle account passport id_number birth birthday born
    lat lon lng latitude longitude gps coordinates coords position location plus_code
"""
SECRET_WORDS = frozenset(_WORDS.split())


def plain(heading: str) -> str:
    """A heading without differences that mean nothing: outer blanks, capitals, blanks or hyphens inside.

    >>> plain(" Wait-Cost ")
    'wait_cost'
    """
    return heading.strip().casefold().replace("-", "_").replace(" ", "_")


def note_unknown_column(sheet: Sheet, heading: str, findings: Findings, *, cell: str) -> None:
    """Say that a column is not known, and which one may be meant; columns that endanger people are told apart."""
    word = plain(heading)
    if word in SECRET_WORDS or any(part in SECRET_WORDS for part in word.split("_")):
        findings.add("RB707", sheet.name, 1, "", cell=cell)
    else:
        findings.add("RB113", sheet.name, 1, "", cell=cell, nearest=_nearest(word, [c.name for c in sheet.columns]))


def note_unknown_sheet(title: str, findings: Findings, *, cell: str) -> None:
    """Say that a sheet is not known, and which one may be meant."""
    findings.add("RB110", cell=cell, nearest=_nearest(plain(title), list(BY_NAME)))


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f"if `{close[0]}` is meant, write that; else " if close else ""


def note_sheets(raw: RawBook, findings: Findings) -> None:
    """Note required sheets that are missing or empty, and a sheet `book` of several rows."""
    for sheet in SHEETS:
        rows = raw.rows.get(sheet.name)
        if sheet.name in raw.noted:
            continue
        if sheet.required and rows is None:
            findings.add("RB111", sheet.name)
        elif sheet.required and not rows:
            findings.add("RB112", sheet.name, remedy="add at least one row under its headings")
    for row in raw.rows.get("book", [])[1:]:
        findings.add("RB119", "book", row.number)
