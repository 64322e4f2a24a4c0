"""The list of a week: what is stamped by authorities of time, and says nothing of what it stands for.

    waystation-batch 1 2026-W47
    prev <SHA-256 of the list before it>
    <64 hex>        64, 256, 1,024 or 4,096 lines, sorted

A line is SHA-256(salt | bytes) or chance; who has no salt cannot tell which, nor how much came in that week. Where the
salt is destroyed, its line means nothing any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

SIZES = (64, 256, 1024, 4096)
SALT = 32
_HEAD = re.compile(r"waystation-batch 1 (\d{4}-W\d\d)", re.ASCII)
_PREV = re.compile(r"prev ([0-9a-f]{64})", re.ASCII)
_LINE = re.compile(r"[0-9a-f]{64}", re.ASCII)
FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Batch:
    """A list as it was read."""

    week: str
    prev: str
    lines: frozenset[str]


class NotAList(Exception):
    """A text that is no list of a week."""


def commitment(salt: bytes, pieces: Iterable[bytes]) -> bytes:
    """SHA-256 over a salt and then the bytes: what may be shown of a file that must not be known.

    >>> commitment(bytes(32), [b"ri", b"ver"]) == commitment(bytes(32), [b"river"])
    True
    """
    if len(salt) != SALT:
        raise ValueError("a salt has 32 bytes")
    digest = sha256(salt)
    for piece in pieces:
        digest.update(piece)
    return digest.digest()


def week_of(day: date) -> str:
    """The ISO week of a day.

    >>> week_of(date(2026, 11, 22)), week_of(date(2027, 1, 1))
    ('2026-W47', '2026-W53')
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def padded(count: int) -> int:
    """How many lines a list of this many commitments has; more than the largest size fill it several times.

    >>> [padded(count) for count in (0, 64, 65, 4096, 4097)]
    [64, 64, 256, 4096, 8192]
    """
    for size in SIZES:
        if count <= size:
            return size
    return -(-count // SIZES[-1]) * SIZES[-1]


def list_of(week: str, prev: str, commitments: Iterable[bytes], chance: Callable[[int], bytes]) -> bytes:
    """The list of a week, padded. `chance(n)` gives n random bytes. Raises `ValueError` for what is no commitment."""
    real = {one.hex() for one in commitments}
    if any(len(one) != 64 for one in real) or not _PREV.fullmatch(f"prev {prev}"):
        raise ValueError("a commitment has 32 bytes")
    lines = set(real)
    while len(lines) < padded(len(real)):
        lines.add(chance(32).hex())
    return "\n".join([f"waystation-batch 1 {week}", f"prev {prev}", *sorted(lines), ""]).encode("ascii")


def read(data: bytes) -> Batch:
    """A list from its text. Raises `NotAList`."""
    try:
        head, prev, *lines, last = data.decode("ascii").split("\n")
    except ValueError as why:
        raise NotAList("this is no list of a week") from why
    first, second = _HEAD.fullmatch(head), _PREV.fullmatch(prev)
    if not first or not second or last or not all(map(_LINE.fullmatch, lines)):
        raise NotAList("this is no list of a week")
    if lines != sorted(set(lines)) or len(lines) != padded(len(lines)):
        raise NotAList("the lines of a list are sorted, each once, and filled up")
    return Batch(first[1], second[1], frozenset(lines))


def digest_of(data: bytes) -> str:
    """What the next list holds as `prev`."""
    return sha256(data).hexdigest()
