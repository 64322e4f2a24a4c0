"""A legal demand as its sealed record says it.

    body = {"who", "sort", "country", "received", "how", "deadline", "asks", "counsel", "rights", "head": accounts,
            "team": [accounts, hex], "salt": hex, "counts": [{"by", "at", "of", "types": {type: marks}, "broken"}],
            "deciding": {"what", "reason", "approval"}, "decision": {"what", "reason", "by": [two], "at"},
            "gag": {"until", "text", "at", "by"}, "notices": [{"whom", "due", "told_at", "told_by", "how"}],
            "freezes": [{"hold", "until", "what", "count"}], "freezing": {..., "approval"},
            "handing": {..., "approval"}, "handed": [...], "log": [...]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.access import Role
from waystation.casework.consent import ORIGIN, RETURNING
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

from .production import Count, apart

TYPE = "demand"
SORTS = ("order", "warrant", "subpoena", "informal", "other")
HOW = ("letter", "served", "visit", "call", "mail", "other")
ANSWERS = ("refuse", "contest", "part")
PART = "part"
OFFICES = frozenset({Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD})  # others count, and no more


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who must be told that they were asked about, and by when; `told_at` once they were."""

    id: str
    whom: str = field(repr=False)
    due: date | None
    told_at: datetime | None
    how: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gag:
    """An order not to tell, until a day."""

    until: date
    text: str = field(repr=False)

    def binds(self, today: date) -> bool:
        """Whether nobody may be told yet: its last day is the one that it names."""
        return today <= self.until


@dataclass(frozen=True, slots=True)
class Demand(OfRecord):
    """One demand, opened for one request."""

    who: str = field(repr=False)
    sort: str
    country: str
    received: date
    how: str
    deadline: date | None
    asks: str = field(repr=False)
    counsel: str = field(repr=False)
    rights: bytes
    head: bytes
    team: tuple[bytes, ...]
    counts: tuple[Count, ...]
    deciding: Mapping[str, Any] = field(repr=False)
    decision: Mapping[str, Any] = field(repr=False)
    gag: Gag | None
    notices: tuple[Notice, ...]
    freezing: Mapping[str, Any] = field(repr=False)
    freezes: tuple[Mapping[str, Any], ...] = field(repr=False)
    handing: Mapping[str, Any] = field(repr=False)
    handed: tuple[Mapping[str, Any], ...] = field(repr=False)
    log: tuple[Mapping[str, Any], ...] = field(repr=False)

    @property
    def ref(self) -> str:
        """What people call it: says nothing."""
        return self.record.key[:4].upper()

    @property
    def walled(self) -> bool:
        """It comes from the State they fled, or from one that sends people back: nothing is given there."""
        return self.country in ORIGIN | RETURNING

    @property
    def decided(self) -> str:
        """What two signed, or nothing yet."""
        return values.text(self.decision, "what")

    @property
    def deciders(self) -> frozenset[bytes]:
        """The two who decide."""
        return frozenset({self.rights, self.head})

    def bound(self, today: date) -> bool:
        """Whether an order not to tell stands."""
        return self.gag is not None and self.gag.binds(today)


def demand_of(held: Record) -> Demand:
    """The demand in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        gag = values.part(body, "gag")
        counts = tuple(Count(bytes.fromhex(one["by"]), _at(one), str(one["of"]),
                             {name: apart(marks) for name, marks in one["types"].items()}, int(one.get("broken", 0)))
                       for one in values.items(body, "counts"))
        return Demand(
            held, str(body["who"]), str(body["sort"]), str(body["country"]), date.fromisoformat(body["received"]),
            str(body["how"]), values.day(body, "deadline"), str(body["asks"]), values.text(body, "counsel"),
            bytes.fromhex(body["rights"]), bytes.fromhex(body["head"]),
            tuple(map(bytes.fromhex, values.texts(body, "team"))), counts, values.part(body, "deciding"),
            values.part(body, "decision"),
            Gag(date.fromisoformat(gag["until"]), values.text(gag, "text")) if gag else None,
            tuple(_notice(one) for one in values.items(body, "notices")), values.part(body, "freezing"),
            tuple(values.items(body, "freezes")),
            values.part(body, "handing"), tuple(values.items(body, "handed")), tuple(values.items(body, "log")))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _at(of: Mapping[str, Any]) -> datetime:
    found = values.at(of, "at")
    if found is None:
        raise ValueError("at")
    return found


def _notice(said: Mapping[str, Any]) -> Notice:
    return Notice(values.text(said, "id"), values.text(said, "whom"), values.day(said, "due"),
                  values.at(said, "told_at"), values.text(said, "how"))
