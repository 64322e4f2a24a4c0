"""A petition and its sheets, as their sealed records say them.

    {"sort": "petition", "title", "language", "text", "demands": [text], "addressee", "addressed", "plan",
     "apart": [key], "closed": {"at", "by", "count", "digest"},
     "delivered": {"on", "where", "by_whom", "to_whom", "how", "count"}}
    {"sort": "sheet", "petition", "sheet", "how", "rows": [{"id", "name", "country", "struck"}]}

Who signed lies in the sheets, which go by themselves half a year after the petition was given. The number stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from waystation.figures.disclosure import LEAST, CannotShow, Dimension, disclosed
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

from .signatures import Row

TYPE = "petition"
HOWS = ("handed", "post", "mail", "refused")


@dataclass(frozen=True, slots=True)
class Petition(OfRecord):
    """One petition: what is public of it, and how far it is."""

    title: str
    language: str
    text: str = field(repr=False)
    demands: tuple[str, ...] = field(repr=False)
    addressee: str
    addressed: str
    plan: date | None
    apart: tuple[str, ...]
    closed: Mapping[str, Any]
    delivered: Mapping[str, Any] = field(repr=False)

    @property
    def state(self) -> str:
        """Collecting, closed, or given."""
        return "given" if self.delivered else "closed" if self.closed else "collecting"


@dataclass(frozen=True, slots=True)
class Sheet(OfRecord):
    """Signatures of one sheet of paper, or of one file."""

    petition: str
    sheet: str
    how: str
    rows: tuple[Row, ...] = field(repr=False)


def petition_of(held: Record) -> Petition:
    """The petition in a record. Raises `Refused("payload")`."""
    body = held.body
    try:
        if body["sort"] != "petition":
            raise Refused("payload")
        return Petition(held, str(body["title"]), str(body["language"]), str(body["text"]),
                        tuple(map(str, body["demands"])), str(body["addressee"]), str(body["addressed"]),
                        date.fromisoformat(body["plan"]) if body.get("plan") else None,
                        tuple(map(str, body.get("apart", ()))), dict(body.get("closed", {})),
                        dict(body.get("delivered", {})))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def sheet_of(held: Record) -> Sheet:
    """The sheet in a record. Raises `Refused("payload")`."""
    body = held.body
    try:
        if body["sort"] != "sheet":
            raise Refused("payload")
        rows = tuple(Row(str(body["sheet"]), str(one["name"]), str(one["country"]), str(one["id"]),
                         str(one.get("struck", ""))) for one in body["rows"])
        return Sheet(held, str(body["petition"]), str(body["sheet"]), str(body["how"]), rows)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


@dataclass(frozen=True, slots=True)
class Numbers:
    """What may be said outside: how many in all, and from where as far as nobody can be reckoned from it."""

    total: int
    by_country: tuple[tuple[str, int], ...]
    why_not: str = ""


def numbers(sheets: Sequence[Sheet]) -> Numbers:
    """Numbers of signatures that count.

    >>> numbers(()).total
    0
    """
    counts: dict[tuple[str, ...], int] = {}
    for row in (row for sheet in sheets for row in sheet.rows if not row.struck):
        counts[row.country,] = counts.get((row.country,), 0) + 1
    total = sum(counts.values())
    try:
        shown = disclosed(counts, [Dimension("country", tuple(sorted(one for one, in counts)))], rounded=1)
    except CannotShow:
        return Numbers(total, (), f"Fewer than {LEAST} signatures: countries are not shown.")
    return Numbers(total, tuple(sorted(((name, count) for (name,), count in shown.cells.items() if count is not None),
                                       key=lambda one: (-one[1], one[0]))))


def digest(petition: Petition, sheets: Sequence[Sheet]) -> str:
    """SHA-256 over what was signed and by whom: shows later that the number stands for these signatures."""
    said = [petition.title, petition.text, list(petition.demands),
            sorted([row.sheet, row.name, row.country] for sheet in sheets for row in sheet.rows if not row.struck)]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
