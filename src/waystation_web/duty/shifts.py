"""Who is on duty, who is away and who stands in, what was handed over: as the records of the house say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from waystation_web.records.record import Record, moment
from waystation_web.vault.errors import Refused


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's time on duty."""

    id: bytes
    who: bytes
    start: datetime
    end: datetime

    def on(self, now: datetime) -> bool:
        """Whether it is running."""
        return self.start <= now < self.end


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away; nobody asks why. `stand_in` does what cannot wait."""

    id: bytes
    who: bytes
    first: date
    last: date
    stand_in: bytes


@dataclass(frozen=True, slots=True)
class HandOver:
    """What one shift leaves to the next: what is open, promised, put off. Read and signed by the next."""

    id: bytes
    by: bytes
    at: datetime
    to: bytes
    open: str = field(repr=False)
    promised: str = field(repr=False)
    deferred: str = field(repr=False)
    read_by: bytes
    read_at: datetime | None


def shift(held: Record) -> Shift:
    """A shift in a record. Raises `Refused("payload")`."""
    try:
        body = held.body
        return Shift(held.id, bytes.fromhex(body["who"]), moment(body["start"]), moment(body["end"]))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def leave(held: Record) -> Leave:
    """A leave in a record. Raises `Refused("payload")`."""
    try:
        body = held.body
        return Leave(held.id, bytes.fromhex(body["who"]), date.fromisoformat(body["first"]),
                     date.fromisoformat(body["last"]), bytes.fromhex(body["stand_in"]))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def hand_over(held: Record) -> HandOver:
    """A hand-over in a record. Raises `Refused("payload")`."""
    try:
        body = held.body
        read = body.get("read_at", "")
        return HandOver(held.id, held.made.by, held.made.at, bytes.fromhex(body["to"]), str(body["open"]),
                        str(body["promised"]), str(body["deferred"]), bytes.fromhex(body.get("read_by", "")),
                        moment(read) if read else None)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def too_long(shifts: list[Shift], who: bytes, start: datetime, end: datetime, *, most_hours: int) -> bool:
    """Whether a shift would keep somebody on for longer than allowed, counted with shifts that touch it."""
    first, last = start, end
    for one in sorted((one for one in shifts if one.who == who), key=lambda one: one.start):
        if one.start <= last and one.end >= first:
            first, last = min(first, one.start), max(last, one.end)
    return last - first > timedelta(hours=most_hours)
