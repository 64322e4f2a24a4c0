"""A breach: records came, or may have come, to somebody who should not have them.

    body = {"what": text, "sort": "account" | "device" | "export" | "other", "account": hex or "", "since": time,
            "until": time, "known": time, "scope": {...}, "steps": [{"step", "done", "why", "by", "at", "id"}],
            "approval": {...}, "closing": text}

People on the way and those who help them are warned before any office is told: a letter to an authority can wait hours,
a house that is known cannot. The clock of the law runs meanwhile, and is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from waystation_web.records.record import OfRecord, Record, moment
from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused

TYPE = "breach"
SORTS = ("account", "device", "export", "other")
LAW = timedelta(hours=72)
STEPS = ("stop", "road", "field", "concerned", "inside", "authority", "outside", "again")
FIELD_FIRST = ("stop", "road", "field")          # each of these before anything in `OFFICES`
OFFICES = frozenset({"authority", "outside"})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, or that need not be, with who said so and when."""

    step: str
    done: bool
    why: str = field(repr=False)
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Breach(OfRecord):
    """One breach, as its readers see it."""

    revision: int
    what: str = field(repr=False)
    sort: str
    account: bytes
    since: datetime
    until: datetime
    known: datetime
    scope: dict[str, Any] | None = field(repr=False)
    steps: tuple[Step, ...]
    closing: str = field(repr=False)
    asked_by: bytes
    signed_by: bytes

    @property
    def closed(self) -> bool:
        """Whether two have signed that nothing is left to do."""
        return bool(self.signed_by)

    @property
    def open_steps(self) -> tuple[str, ...]:
        """Steps that nobody has ticked, in their order."""
        return open_steps(one.step for one in self.steps)


def breach_of(held: Record) -> Breach:
    """The breach in a record, its signatures checked. Raises `Refused`."""
    body = held.body
    try:
        block, second = body.get("approval", {}), b""
        if "used_at" in block:
            second = approvals.checked(held.id, block, manifest(body)).approved_by
        steps = tuple(Step(str(one["step"]), bool(one["done"]), str(one["why"]), bytes.fromhex(one["by"]),
                           moment(one["at"])) for one in body.get("steps", ()))
        return Breach(held, held.revision, str(body["what"]), str(body["sort"]), bytes.fromhex(body["account"]),
                      moment(body["since"]), moment(body["until"]), moment(body["known"]), body.get("scope"), steps,
                      str(body.get("closing", "")), bytes.fromhex(block.get("asked_by", "")), second)
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    except NotPermitted as reason:
        raise Refused("approval") from reason


def manifest(body: Mapping[str, Any]) -> dict[str, Any]:
    """What two people sign when it is over: what happened, how far it went, each step, and what was learnt."""
    return {"what": "close breach", "said": {name: body.get(name) for name in
                                             ("what", "sort", "account", "since", "until", "known", "scope", "steps",
                                              "closing")}}


def open_steps(ticked: Iterable[str]) -> tuple[str, ...]:
    """Steps that are still to be ticked, in their order.

    >>> open_steps(["stop", "road", "field", "authority"])
    ('concerned', 'inside', 'outside', 'again')
    """
    there = set(ticked)
    return tuple(step for step in STEPS if step not in there)


def too_early(step: str, ticked: Iterable[str]) -> bool:
    """Whether an office would be told before everybody on the way and in the field was.

    >>> too_early("authority", ["stop", "road"]), too_early("authority", FIELD_FIRST), too_early("inside", [])
    (True, False, False)
    """
    return step in OFFICES and bool(set(FIELD_FIRST) - set(ticked))


def hours_left(known: datetime, now: datetime) -> int:
    """Whole hours until the 72 after it became known are over; negative: so many begun since.

    >>> from datetime import UTC
    >>> start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    >>> [hours_left(start, start + timedelta(minutes=more)) for more in (0, 1, 60, 72 * 60, 72 * 60 + 1)]
    [72, 71, 71, 0, -1]
    """
    return (known + LAW - now) // timedelta(hours=1)
