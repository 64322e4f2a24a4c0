"""Calls of a journey: booked with whoever brings two people together, or such as came; as they lie in its record.

    body["calls"] = [{"id", "by", "at", "kind": "booked" | "came", "when", "direction", "with", "broker", "who", "fee",
                      "text", "result", "word", "told", "done_by", "done_at"}]

A call is what was said, as whoever heard it wrote it down: no sound is kept, and there is no field for one.
What was paid stands in the ledger alone; here stands which line. A check-in that came as a call is in the list too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation_web.cases import values

from .journey import Journey

FIELD, BOOKED, CAME, CALL = "calls", "booked", "came", "call"
IN, OUT, ARRANGED = "in", "out", "arranged"
RESULTS = ("spoke", "cut", "nobody", "other_voice", "put_off")
SPOKE = frozenset({"spoke", "cut"})  # somebody was there: they are asked for the word


@dataclass(frozen=True, slots=True)
class Call:
    """One call, booked or made. `word`: right, wrong, none, or empty while nobody spoke."""

    id: str
    kind: str
    when: datetime | None
    direction: str
    source: str
    broker: str = field(repr=False)
    who: str = field(repr=False)
    fee: str                           # the id of a line of the ledger; empty for none
    text: str = field(repr=False)
    result: str
    word: str
    told: str = field(repr=False)
    by: bytes

    @property
    def open(self) -> bool:
        """Whether nobody has written yet how a booked call went."""
        return self.kind == BOOKED and not self.result


def calls(journey: Journey) -> tuple[Call, ...]:
    """All calls, the newest first: those of the list, and check-ins that came as one."""
    body = journey.record.body
    found = [*(_call(one) for one in values.items(body, FIELD)),
             *(_word(one) for one in values.items(body, "checkins")
               if one.get("channel") == CALL and not one.get("call"))]
    return tuple(sorted(found, key=lambda one: one.when.isoformat() if one.when else "", reverse=True))


def _call(said: Mapping[str, Any]) -> Call:
    return Call(values.text(said, "id"), values.text(said, "kind"), values.at(said, "when"),
                values.text(said, "direction"), values.text(said, "with"), values.text(said, "broker"),
                values.text(said, "who"), values.text(said, "fee"), values.text(said, "text"),
                values.text(said, "result"), values.text(said, "word"), values.text(said, "told"),
                values.account(said, "done_by") or values.account(said, "by"))


def _word(said: Mapping[str, Any]) -> Call:
    return Call(values.text(said, "id"), CAME, values.at(said, "at"), IN, values.text(said, "source"), "", "", "",
                values.text(said, "text"), "", values.text(said, "word"), "", values.account(said, "by"))
