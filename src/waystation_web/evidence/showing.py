"""Hard pictures are opened by a press and counted: whoever looks at many of them in a week is told, and so are
colleagues.

    duty record   {"sort": "shown", "who", "week", "count"}     everybody who works here reads it; it names no item
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from waystation.evidence.batch import week_of
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

SORT, MANY, FOR = "shown", 10, timedelta(days=56)
HARD = frozenset({"distressing", "graphic"})


@dataclass(frozen=True, slots=True)
class Shown:
    """How many hard pictures somebody opened this week."""

    handle: str
    count: int
    own: bool

    @property
    def many(self) -> bool:
        """Whether somebody else should take the next one."""
        return self.count >= MANY


def count_one(actor: Actor, exposure: str) -> None:
    """Somebody opens a picture, inside the caller's `writing()`; only hard ones are counted."""
    if exposure not in HARD:
        return
    held = next((one for one in _of_this_week(actor) if one.body["who"] == actor.id.hex()), None)
    if held is None:
        records.make(actor, "duty", {"sort": SORT, "who": actor.id.hex(), "week": _week(), "count": 1},
                     retain_until=clock.today() + FOR)
    else:
        records.change(actor, held, {"count": held.body["count"] + 1}, what="shown", kept=False)


def _this_week(actor: Actor) -> list[Shown]:
    """Who opened how many, the most first."""
    people = kept.colleagues()
    found = [Shown(people[who].handle, int(one.body["count"]), who == actor.id) for one in _of_this_week(actor)
             if (who := bytes.fromhex(one.body["who"])) in people]
    return sorted(found, key=lambda one: (-one.count, one.handle))


def seen_by(actor: Actor) -> list[Shown]:
    """As a page shows it."""
    with writing():
        return _this_week(actor)


def _of_this_week(actor: Actor) -> list[Record]:
    return [one for one in kept.every(actor, "duty", looked=False, refused=[])
            if one.body.get("sort") == SORT and one.body.get("week") == _week()]


def _week() -> str:
    return week_of(clock.today())
