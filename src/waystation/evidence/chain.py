"""A record in which nothing can be changed, cut out or put in without breaking every later link.

    hash = SHA-256(ctx("entry", previous hash, seq u64, hour u32, key id, body));  the first has 32 zero bytes before it

A chain alone does not show that its end was cut off: for that, people sign and remember its head.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from waystation.contexts import ctx, u32, u64

GENESIS = bytes(32)
LAST_HOUR = 1 << 32


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is stored; `hour` since 1970, `key` the id of what seals the body."""

    seq: int
    hour: int
    key: bytes
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not fit, and why."""

    seq: int
    why: str


def entry_hash(previous: bytes, *, seq: int, hour: int, key: bytes, body: bytes) -> bytes:
    """The hash of an entry after `previous`.

    >>> entry_hash(GENESIS, seq=1, hour=0, key=bytes(16), body=b"").hex()[:16]
    '64dbdae607f8472e'
    """
    return sha256(ctx("entry", previous, u64(seq), u32(hour), key, body)).digest()


def first_break(entries: Iterable[Link], *, previous: bytes = GENESIS, seq: int = 1) -> Break | None:
    """Walk entries in the order of their numbers from `seq` on; None if every link holds."""
    hour = 0
    for link in entries:
        if link.seq != seq:
            return Break(seq, f"entry {seq} is missing; after {seq - 1} comes {link.seq}")
        if link.hour < hour:
            return Break(seq, f"entry {seq} says an earlier hour than the one before it")
        if link.hour >= LAST_HOUR:
            return Break(seq, f"entry {seq} says an hour that is none")
        expected = entry_hash(previous, seq=seq, hour=link.hour, key=link.key, body=link.body)
        if not hmac.compare_digest(expected, link.hash):
            return Break(seq, f"entry {seq} was changed, or what came before it was")
        previous, hour, seq = link.hash, link.hour, seq + 1
    return None
