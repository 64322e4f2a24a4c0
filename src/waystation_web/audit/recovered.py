"""The whole record of acts, for whoever holds the keys of all its days: a takeout, at the custodians'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.evidence.chain import GENESIS
from waystation.vault.refused import Refused

from .entries import open_body
from .models import Entry

NO_KEY = "the key of its day did not open"


@dataclass(frozen=True, slots=True)
class Act:
    """One entry: its body, or why it does not open."""

    seq: int
    hour: int
    body: dict[str, Any] | None = field(default=None, repr=False)
    why: str = ""


def acts(keys: Mapping[bytes, bytes]) -> Iterator[Act]:
    """Every entry in its order; `keys` are those of the days, by their vaults."""
    previous = GENESIS
    for entry in Entry.objects.order_by("seq").iterator(256):
        yield _act(entry, keys.get(entry.key), previous)
        previous = entry.hash


def _act(entry: Entry, key: bytes | None, previous: bytes) -> Act:
    if key is None:
        return Act(entry.seq, entry.hour, why=NO_KEY)
    try:
        return Act(entry.seq, entry.hour, open_body(key, entry, previous))
    except Refused as why:
        return Act(entry.seq, entry.hour, why=why.kind)
