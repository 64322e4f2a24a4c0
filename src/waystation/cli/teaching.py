"""What one journey taught, for a parent that keeps nothing: one more question through the pipe of `answering`.

    {"taught": {"book": {...}, "now": "...", "legs": [{"leg", "started", "condition", "ended", "ended_at", "last_heard",
                                                       "party_size"}]}}        ended: empty where it says nothing
    -> {"taught": [{"leg", "ended", "stands", "before", "now", "moved", "by_one"}]}
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from waystation.network.files import read_book
from waystation.network.rows import Ended, Outcome
from waystation.planning.taught import Begun, taught
from waystation.units import instant


def lessons(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as JSON-ready values. Raises `InvalidBook`, `KeyError`, `ValueError`."""
    book = read_book(json.dumps(asked["book"]).encode(), name="the route book")
    found = taught(book, [_begun(row) for row in asked["legs"]], now=instant(asked["now"]))
    return {"taught": [asdict(one) for one in found]}


def _begun(row: Mapping[str, Any]) -> Begun:
    leg = str(row["leg"])
    if not row["ended"]:
        return Begun(leg, None)
    return Begun(leg, Outcome(leg, date.fromisoformat(row["started"]), str(row["condition"]), "", Ended(row["ended"]),
                              _day(row["ended_at"]), _day(row["last_heard"]), int(row["party_size"])))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
