"""A complaint as its sealed record says it. It is read by its handlers, and never by whom it is about.

    body = {"sort", "from", "how", "received", "said", "wish", "answer_to", "protect", "about": [accounts, hex],
            "about_others", "handlers": [accounts], "ack_due", "answer_due", "refer_due", "acknowledged": {"at", "by"},
            "steps": [{"kind", "text"}], "outcome": {"what", "text", "at", "by"}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "complaint"
SORTS = ("service", "conduct", "psea", "money", "discrimination", "safety", "praise")
FROM = ("helped", "family", "contact", "colleague", "anonymous", "other")
HOW = ("form", "paper", "phone", "in_person", "other")
OUTCOMES = ("upheld", "in_part", "not_upheld", "no_finding", "withdrawn")
STEPS = ("note", "acknowledged", "looked_into", "protection", "referral", "answered")
PSEA = "psea"


@dataclass(frozen=True, slots=True)
class Complaint(OfRecord):
    """One complaint, opened for one request."""

    sort: str
    from_: str
    how: str
    received: date
    said: str = field(repr=False)
    wish: str = field(repr=False)
    answer_to: str = field(repr=False)
    protect: str = field(repr=False)
    about: frozenset[bytes] = field(repr=False)
    about_others: str = field(repr=False)
    handlers: tuple[bytes, ...]
    ack_due: date | None
    answer_due: date | None
    refer_due: date | None
    steps: tuple[Mapping[str, Any], ...] = field(repr=False)
    outcome: Mapping[str, Any] = field(repr=False)

    @property
    def ref(self) -> str:
        """What its handlers call it: says nothing."""
        return self.record.key[:4].upper()

    @property
    def over(self) -> bool:
        """Whether it has an outcome."""
        return bool(self.outcome)

    def was(self, kind: str) -> bool:
        """Whether a step of this kind was made."""
        return any(one.get("kind") == kind for one in self.steps)

    @property
    def due(self) -> tuple[tuple[str, date], ...]:
        """What is still to be done, each with its day, the nearest first."""
        if self.over:
            return ()
        asked = (("refer", self.refer_due, "referral"), ("acknowledge", self.ack_due, "acknowledged"),
                 ("answer", self.answer_due, "answered"))
        found = [(name, day) for name, day, step in asked if day is not None and not self.was(step)]
        return tuple(sorted(found, key=lambda one: one[1]))


def complaint_of(held: Record) -> Complaint:
    """The complaint in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        return Complaint(
            held, str(body["sort"]), str(body["from"]), str(body["how"]), date.fromisoformat(body["received"]),
            str(body["said"]), values.text(body, "wish"), values.text(body, "answer_to"), values.text(body, "protect"),
            frozenset(map(bytes.fromhex, values.texts(body, "about"))), values.text(body, "about_others"),
            tuple(map(bytes.fromhex, values.texts(body, "handlers"))), values.day(body, "ack_due"),
            values.day(body, "answer_due"), values.day(body, "refer_due"), tuple(values.items(body, "steps")),
            values.part(body, "outcome"))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
