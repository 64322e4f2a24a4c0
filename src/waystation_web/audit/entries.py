"""One entry of the record: what stands in its sealed body, and how it is chained to the one before.

A body is JSON of few short fields, padded to 512 bytes before it is sealed, so that all entries look alike. It is bound
to its number, hour, day's key and the hash before it: it opens at no other place and in no other record.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from waystation.evidence.chain import GENESIS, Link, entry_hash
from waystation.vault.envelope import audit_body_context, pad, seal, unpad, unseal
from waystation.vault.refused import Refused
from waystation_web.gateways import clock

from .days import Day
from .models import Entry

BODY = 512             # bytes of a body before it is sealed
ROOM = BODY - 4        # for the JSON
REASON_BYTES = 160     # UTF-8: about 50 Korean syllables or 160 Latin letters


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number and hash. Number 0 is the record before its first entry."""

    seq: int
    hash: bytes


def head() -> Head:
    """The last entry of the record."""
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return Head(*last) if last else Head(0, GENESIS)


def size(body: dict[str, Any]) -> int:
    """Bytes of a body before it is padded."""
    return len(_json(body))


def reason_fits(reason: str) -> bool:
    """Whether a reason is short enough for the record."""
    return len(json.dumps(reason, ensure_ascii=False).encode()) - 2 <= REASON_BYTES


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def append(day: Day, body: dict[str, Any]) -> Head:
    """Seal a body as the next entry. Raises `ValueError` if it does not fit; `RuntimeError` outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an entry is written in the transaction of its act, or not at all")
    last = Entry.objects.order_by("-seq").first()
    previous, seq = (last.hash, last.seq + 1) if last else (GENESIS, 1)
    hour = max(clock.hour(clock.now()), last.hour if last else 0)  # a clock set back must not look like a forgery
    sealed = seal(day.dek, pad(_json(body), BODY), audit_body_context(seq, hour, day.vault, previous))
    fresh = entry_hash(previous, seq=seq, hour=hour, key=day.vault, body=sealed)
    Entry.objects.create(seq=seq, hour=hour, key=day.vault, body=sealed, hash=fresh)
    return Head(seq, fresh)


def open_body(dek: bytes, entry: Entry, previous: bytes) -> dict[str, Any]:
    """The body of an entry after `previous`. Raises `Refused`."""
    context = audit_body_context(entry.seq, entry.hour, entry.key, previous)
    try:
        body = json.loads(unpad(unseal(dek, entry.body, context), BODY))
    except ValueError as reason:
        raise Refused("payload") from reason
    if not isinstance(body, dict) or not {"at", "do"} <= body.keys():
        raise Refused("payload")
    return body


def link(entry: Entry) -> Link:
    """An entry as the chain sees it."""
    return Link(entry.seq, entry.hour, entry.key, entry.body, entry.hash)
