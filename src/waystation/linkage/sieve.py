"""Which of ten thousand records may hold the words: a quick look at their bytes that never says no wrongly.

For each kind of hit the sieve knows which pairs of bytes may stand at its first eight places. One look-up per byte of a
whole batch leaves the few places worth a second look, and the few records that are worth being parsed. The look-ups are
made by the compiled scan where it was built, else by NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from .beginnings import MOST, PLACES, Kind, bytes_of, kinds, odd
from .finding import Query

_scan: ModuleType | None
try:
    _scan = import_module("waystation.linkage._scan")
except ImportError:  # built without a compiler: NumPy gives the same answer in twice the time
    _scan = None

ODD = np.uint32(1 << (MOST - 1))
MANY = 12  # places in one record: it is parsed rather than looked at place by place


class Sieve:
    """Made once for a query; asked for every batch of records.

    >>> sieve = Sieve(Query("river"))
    >>> sieve.may_hold([b'{"text":"a bridge"}', b'{"text":"two Rivers"}'])
    [1]
    """

    def __init__(self, query: Query) -> None:
        found = kinds(query)
        always = _odd_tables(signs=not all(map(str.isalnum, query.parts)))
        self._tables = np.stack([_table(found, place) | always[place] for place in range(PLACES - 1)])
        self._starts = self._tables[0] != 0
        self._query = query
        self._window = 64 + 12 * len(query.folded)  # bytes that a hit may be long, gaps and escapes included

    def may_hold(self, records: Sequence[bytes]) -> list[int]:
        """Places in the batch of those that may hold the words, in order. Records are UTF-8; 2 MB at once are best."""
        if self._query.exact is None or not records:
            return []
        batch = b"\n".join([*records, bytes(PLACES + 2)])
        ends = np.cumsum([len(record) + 1 for record in records])
        looked = np.frombuffer(batch, np.uint8), int(ends[-1])
        places, kinds_ = self._places(*looked) if _scan is None else _scan.places(*looked, self._tables)
        whose = np.searchsorted(ends, places, side="right")
        found = set(whose[kinds_ & ODD != 0].tolist())
        maybe: dict[int, list[int]] = {}
        for record, place in zip(whose.tolist(), places.tolist(), strict=True):
            if record not in found:
                maybe.setdefault(record, []).append(place)
        for record, some in maybe.items():
            if len(some) > MANY or any(self._stands(batch, place) for place in some):
                found.add(record)
        return sorted(found)

    def _stands(self, batch: bytes, place: int) -> bool:
        """Whether the words stand at a place, as far as the bytes around it say."""
        around = batch[max(0, place - 6):place + self._window].decode(errors="ignore")
        plain = around.replace("\\n", "\n").replace('\\"', '"')
        return "\\" in plain or self._query.stands_in(plain.casefold())

    def _places(self, batch: NDArray[np.uint8], size: int) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
        """Where in the first `size` bytes of a batch a hit may begin, in no order, and bits of the kinds it may be."""
        even, uneven = (batch[start:start + (size + 1) // 2 * 2].view("<u2") for start in (0, 1))
        places = np.concatenate([np.flatnonzero(self._starts[even]) * 2, np.flatnonzero(self._starts[uneven]) * 2 + 1])
        kinds_ = np.full(len(places), 0xFFFFFFFF, np.uint32)
        for shift, table in enumerate(self._tables):
            low, high = batch[places + shift], batch[places + (shift + 1)]
            kinds_ &= table[low | high.astype(np.uint16) << 8]
            stays = np.flatnonzero(kinds_)
            places, kinds_ = places[stays], kinds_[stays]
        inside = places < size
        return places[inside], kinds_[inside]


def _table(found: Sequence[Kind], place: int) -> NDArray[np.uint32]:
    """Bits of the kinds of hit, by pairs of bytes (the second times 256, plus the first) at two neighbouring places."""
    table = np.zeros((256, 256), np.uint32)
    for bit, kind in enumerate(found):
        few: list[tuple[int, int]] = []
        for left, right in kind.pairs[place]:
            lefts, rights = bytes_of(left), bytes_of(right)
            if len(lefts) * len(rights) < 8:
                few += [(high, low) for high in rights for low in lefts]
            else:
                table[np.ix_(rights, lefts)] |= np.uint32(1 << bit)
        if few:
            high, low = np.array(few).T
            table[high, low] |= np.uint32(1 << bit)
    return table.reshape(-1)


@lru_cache(maxsize=2)
def _odd_tables(*, signs: bool) -> list[NDArray[np.uint32]]:
    """The last bit, for records that must be looked at whole; the same for every query."""
    kind = odd(signs=signs)
    return [_table([kind], place) << np.uint32(MOST - 1) for place in range(PLACES - 1)]
