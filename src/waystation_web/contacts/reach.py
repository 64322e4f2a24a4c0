"""How somebody is reached: what is shown without opening it, the number itself, and when it is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from waystation_web.gateways import clock
from waystation_web.records.record import Record

FORGOTTEN = timedelta(days=90)  # a number is wiped so long after it was last used (refusal H-37)


@dataclass(frozen=True, slots=True)
class Number:
    """How to reach somebody, opened for one reading."""

    channel: str
    value: str = field(repr=False)
    safe_hours: str


@dataclass(frozen=True, slots=True)
class Handle:
    """How to reach somebody, without the number; `also` names other contacts with the same one, among those one holds.

    `asked_for` is why a colleague asks that another one may see it; `holders` are the handles of those who can open it.
    """

    id: bytes
    channel: str
    safe_hours: str
    last_used: date
    forget_on: date
    forgotten: bool
    also: tuple[str, ...]
    holders: tuple[str, ...]
    asked_for: str = field(repr=False)
    asked_to: str
    waits: bool
    may_sign: bool


def is_due(held: Record) -> bool:
    """Whether nobody used a number for ninety days."""
    return clock.today() >= date.fromisoformat(held.body["last_used"]) + FORGOTTEN
