"""What a person asks about their own file, as its sealed record says it.

    body = {"case", "case_ref", "person", "code", "kinds", "received", "language", "due", "words",
            "extended": {"until", "why", "at", "by"}, "known_by": {"how", "text", "at", "by"},
            "texts": {key: {"of", "text" | "left", "at", "by"}}, "entries": [{"kind", "what", "was", "now", "answer"}],
            "given": {"how", "digest", "at", "by"}, "outcome": {"text", "at", "by"}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "request"
KINDS = ("access", "correction", "objection", "withdrawal", "deletion")
KNOWN_BY = ("question", "voice", "in_person", "other")
GIVEN = ("voice", "paper")
MONTHS = 1


@dataclass(frozen=True, slots=True)
class Request(OfRecord):
    """One request, opened for one page."""

    case: bytes
    case_ref: str
    person: str
    code: str
    kinds: tuple[str, ...]
    received: date
    language: str
    words: str = field(repr=False)
    first_due: date
    extended: Mapping[str, Any] = field(repr=False)
    known_by: Mapping[str, Any] = field(repr=False)
    texts: Mapping[str, Any] = field(repr=False)
    entries: tuple[Mapping[str, Any], ...] = field(repr=False)
    given: Mapping[str, Any] = field(repr=False)
    outcome: Mapping[str, Any] = field(repr=False)

    @property
    def due(self) -> date:
        """The day by which it is answered."""
        return values.day(self.extended, "until") or self.first_due

    @property
    def over(self) -> bool:
        """Whether it was answered."""
        return bool(self.outcome)

    @property
    def known(self) -> bool:
        """Whether it was made sure, by the safe way of their case, that it is they who ask."""
        return bool(self.known_by)


def request_of(held: Record) -> Request:
    """The request in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        return Request(
            held, bytes.fromhex(body["case"]), str(body["case_ref"]), str(body["person"]), str(body["code"]),
            values.texts(body, "kinds"), date.fromisoformat(body["received"]), str(body["language"]),
            values.text(body, "words"), date.fromisoformat(body["due"]), values.part(body, "extended"),
            values.part(body, "known_by"), values.part(body, "texts"), tuple(values.items(body, "entries")),
            values.part(body, "given"), values.part(body, "outcome"))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
