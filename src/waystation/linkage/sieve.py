"""Which of ten thousand records may hold the words: a quick look at their bytes that never says no wrongly.

For each kind of hit the sieve knows which pairs of bytes may stand at its first eight places. One look-up per byte of a
whole batch leaves the few places worth a second look, and the few records that are worth being parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .beginnings import MOST, PLACES, Kind, bytes_of, kinds, odd
from .finding import Query


class Sieve:
    """Made once for a query; asked for every batch of records.

    >>> sieve = Sieve(Query("river"))
    >>> sieve.may_hold([b'{"text":"a bridge"}', b'{"text":"two Rivers"}'])
    [1]
    """

    def __init__(self, query: Query) -> None:
        found = kinds(query)
        always = _odd_tables(signs=not all(map(str.isalnum, query.parts)))
        self._tables = [_table(found, place) | always[place] for place in range(PLACES - 1)]
        self._starts = self._tables[0] != 0
        self._nothing = query.exact is None

    def may_hold(self, records: Sequence[bytes]) -> list[int]:
        """Places in the batch of those that may hold the words, in order. Records are UTF-8; 2 MB at once are best."""
        if self._nothing or not records:
            return []
        batch = np.frombuffer(b"\n".join([*records, bytes(PLACES + 2)]), np.uint8)
        ends = np.cumsum([len(record) + 1 for record in records])
        places = self._places(batch, int(ends[-1]))
        found: list[int] = np.unique(np.searchsorted(ends, places, side="right")).tolist()
        return found

    def _places(self, batch: NDArray[np.uint8], size: int) -> NDArray[np.intp]:
        """Where in the first `size` bytes of a batch a hit may begin, in no order."""
        even, uneven = (batch[start:start + (size + 1) // 2 * 2].view("<u2") for start in (0, 1))
        places = np.concatenate([np.flatnonzero(self._starts[even]) * 2, np.flatnonzero(self._starts[uneven]) * 2 + 1])
        kinds = np.full(len(places), 0xFFFF, np.uint16)
        for shift, table in enumerate(self._tables):
            low, high = batch[places + shift], batch[places + (shift + 1)]
            kinds &= table[low | high.astype(np.uint16) << 8]
            stays = np.flatnonzero(kinds)
            places, kinds = places[stays], kinds[stays]
        return places[places < size]


def _table(found: Sequence[Kind], place: int) -> NDArray[np.uint16]:
    """Bits of the kinds of hit, by pairs of bytes (the second times 256, plus the first) at two neighbouring places."""
    table = np.zeros((256, 256), np.uint16)
    for bit, kind in enumerate(found):
        few: list[tuple[int, int]] = []
        for left, right in kind.pairs[place]:
            lefts, rights = bytes_of(left), bytes_of(right)
            if len(lefts) * len(rights) < 8:
                few += [(high, low) for high in rights for low in lefts]
            else:
                table[np.ix_(rights, lefts)] |= np.uint16(1 << bit)
        if few:
            high, low = np.array(few).T
            table[high, low] |= np.uint16(1 << bit)
    return table.reshape(-1)


@lru_cache(maxsize=2)
def _odd_tables(*, signs: bool) -> list[NDArray[np.uint16]]:
    """The last bit, for records that must be looked at whole; the same for every query."""
    kind = odd(signs=signs)
    return [_table([kind], place) << np.uint16(MOST - 1) for place in range(PLACES - 1)]
