"""When the way of a party may be forgotten: closing its journey starts the clock of whatever says where they went.

What the next party needs stands in the route book by then. Somebody who was caught has not arrived, and of whom an
incident is open may be looked for: nothing is let go.
"""

from __future__ import annotations

from datetime import date

from waystation.casework.retention import due
from waystation_web.cases import values
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

from .journey import Journey, journey_of

CLOSED = "learnt"
CAUGHT = "suspended"   # from here it is closed for its lessons alone: whoever was caught is looked for, for years
NOTHING_WAITS = frozenset({"closed", "false alarm"})  # of an incident
WHY = "on the day they arrived or stopped"


def let_go(actor: Actor, held: Record, *, was: str) -> None:
    """Start the clocks when a journey was closed, inside the caller's `writing()`; `was` is how it stood before.

    Its plan and its decision go with the last journey that rests on them; so do older ones of its case that no journey
    rests on any more. Whoever closes it holds them all.
    """
    journey = journey_of(held)
    if was == CAUGHT or _looked_for(actor, held):
        return
    arrived = arrival(journey)
    records.keep_until(actor, held, due("road", arrived), reason=WHY)
    others = [one for one in kept.every(actor, "journey", refused=[], looked=False)
              if one.body.get("case") == journey.case.hex() and one.id != held.id]
    needed = {str(one.body.get(name)) for one in others if not _goes(one) for name in ("plan", "decision")}
    for type_ in ("plan", "decision"):
        for one in kept.every(actor, type_, refused=[], looked=False):
            mine = one.key == held.body.get(type_)
            older = one.body.get("case") == journey.case.hex() and one.made.at.date() <= arrived
            if (mine or older) and one.key not in needed and one.opened.retain_until is None:
                records.keep_until(actor, one, due("road", arrived), reason=WHY)


def _looked_for(actor: Actor, held: Record) -> bool:
    """Whether something happened on this way that is not closed: where they went may find them."""
    return any(one.body.get("journey") == held.key and one.body.get("status") not in NOTHING_WAITS
               for one in kept.every(actor, "incident", refused=[], looked=False))


def arrival(journey: Journey) -> date:
    """The day they were handed over; where they were not, the day on which the last leg ended, or it was closed."""
    ends = [one.ended for one in journey.legs if one.ended is not None]
    at = values.at(journey.record.body, "handed_at") or max(ends, default=None) or journey.log[-1].at
    return at.date()


def _goes(other: Record) -> bool:
    """Whether another journey of the case has its day already."""
    return other.body.get("status") == CLOSED and other.opened.retain_until is not None
