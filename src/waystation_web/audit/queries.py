"""Reading the record: its head, whether it still leads on from what somebody saw last, and pages for auditors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from waystation.access import Facts, Permission
from waystation.evidence.chain import GENESIS, Break, first_break
from waystation.vault.refused import Refused
from waystation_web.vault.actor import Actor
from waystation_web.vault.labels import labels
from waystation_web.vault.queries import allow

from . import days
from .entries import Head, head, link, open_body
from .events import Event
from .models import Entry

__all__ = ["Break", "Head", "Line", "check_from", "head", "hour_of", "pages", "read"]

PAGE = 50
FIELDS = frozenset({"at", "by", "do", "vault", "version", "digest", "account", "why", "second", "result", "count"})


@dataclass(frozen=True, slots=True)
class Line:
    """One entry for a reader. Without the key of its day there is only its number and hour."""

    seq: int
    hour: int
    readable: bool = False
    refused: str = ""                 # the check that failed, if it was tampered with
    at: datetime | None = None
    by: bytes | None = None
    who: str = ""                     # handle
    event: Event | None = None
    vault: bytes | None = None
    version: int | None = None
    account: bytes | None = None
    whom: str = ""                    # handle of `account`
    why: str = ""
    second: bytes | None = None
    result: str = "done"
    count: int | None = None
    more: dict[str, Any] = field(default_factory=dict)


def check_from(pin: Head) -> Break | None:
    """Whether the record still leads from a pinned entry to its head; else the first entry that does not fit."""
    if pin.seq == 0:
        return first_break(link(entry) for entry in Entry.objects.order_by("seq"))
    later = Entry.objects.filter(seq__gte=pin.seq).order_by("seq")
    first = later.first()
    if first is None or first.seq != pin.seq:
        return Break(pin.seq, f"entry {pin.seq} is missing: the record was cut off before it")
    if first.hash != pin.hash:
        return Break(pin.seq, f"entry {pin.seq} is not the one that was pinned: the record was written anew")
    before = Entry.objects.filter(seq=pin.seq - 1).values_list("hash", flat=True).first()
    return first_break((link(entry) for entry in later), previous=before or GENESIS, seq=pin.seq)


def hour_of(seq: int) -> int:
    """The hour (since 1970) of an entry; 0 if there is no such entry."""
    return Entry.objects.filter(pk=seq).values_list("hour", flat=True).first() or 0


def pages() -> int:
    """How many pages of the record there are, at least 1."""
    return max(1, -(-head().seq // PAGE))


def read(actor: Actor, *, page: int = 1) -> list[Line]:
    """One page of the record, the newest first. Raises `NotPermitted`, `Refused` for a day's key that does not open."""
    allow(actor, Permission.READ_AUDIT, Facts())
    start = (page - 1) * PAGE
    found = list(Entry.objects.order_by("-seq")[start:start + PAGE + 1])
    names = {account.id: label.handle for account, label in labels()}
    keys = days.keys_held(actor, {entry.key for entry in found})
    before = {later.seq: earlier.hash for later, earlier in pairwise(found)}
    return [_line(entry, keys.get(entry.key), before.get(entry.seq, GENESIS), names) for entry in found[:PAGE]]


def _line(entry: Entry, dek: bytes | None, previous: bytes, names: dict[bytes, str]) -> Line:
    if dek is None:
        return Line(entry.seq, entry.hour)
    try:
        return line_of(entry, open_body(dek, entry, previous), names)
    except Refused as why:
        return Line(entry.seq, entry.hour, refused=why.kind)


def line_of(entry: Entry, body: dict[str, Any], names: dict[bytes, str]) -> Line:
    """An opened body as a line. Raises `Refused("payload")` if it is none."""
    try:
        by, account = _id(body, "by"), _id(body, "account")
        return Line(entry.seq, entry.hour, readable=True, at=datetime.fromtimestamp(body["at"] / 1000, UTC), by=by,
                    who=names.get(by or b"", ""), event=Event(body["do"]), vault=_id(body, "vault"),
                    version=body.get("version"), account=account, whom=names.get(account or b"", ""),
                    why=body.get("why", ""), second=_id(body, "second"), result=body.get("result", "done"),
                    count=body.get("count"), more={key: body[key] for key in body.keys() - FIELDS})
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _id(body: dict[str, Any], name: str) -> bytes | None:
    return bytes.fromhex(body[name]) if name in body else None
