"""One look at everything of a kind that somebody holds, for a page that makes several lists of it.

A type is known only once a payload is unsealed: a page that asks for cases, then for money, then for incidents would
unseal everything three times. Nothing of a look outlives the request that asked for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from waystation.access import Kind
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .record import Record, record_of


@dataclass(slots=True)
class Look:
    """Records by type, in the order of ids, and the ids of what did not open. Not recorded yet: the page does that."""

    found: dict[str, list[Record]] = field(default_factory=dict, repr=False)
    broken: list[bytes] = field(default_factory=list)

    def of(self, type: str) -> list[Record]:  # noqa: A002
        """Those of one type."""
        return self.found.get(type, [])


def look(actor: Actor, kind: Kind, types: Iterable[str], *, marks: Iterable[bytes] = ()) -> Look:
    """Everything of these types that this person may read, and whatever of the kind has one of these marks in its JSON.

    Runs before the caller's `writing()`, to hold up nobody while it unseals.
    """
    seen = Look()
    wanted = [*(json.dumps({"type": one}, separators=(",", ":"))[1:-1].encode() for one in types), *marks]

    def worth(texts: list[bytes]) -> list[int]:
        return [place for place, text in enumerate(texts) if any(mark in text for mark in wanted)]

    for opened in vaults.open_held(actor, kind, worth, refused=seen.broken):
        try:
            seen.found.setdefault(opened.type, []).append(record_of(opened))
        except Refused:
            seen.broken.append(opened.id)
    return seen


def several(actor: Actor, ids: Iterable[bytes], type: str, *, refused: list[bytes]) -> dict[bytes, Record]:  # noqa: A002
    """Records of a type by id, as `queries.maybe` gives each: what does not exist for this person is left out."""
    found = dict[bytes, Record]()
    for opened in vaults.open_several(actor, ids, type=type, refused=refused):
        try:
            found[opened.id] = record_of(opened)
        except Refused:
            refused.append(opened.id)
    return found
