"""Closing a journey: an outcome for each leg that was begun goes into the route book, and the next plan believes it.

It also starts the clock after which the way itself is forgotten (`letting_go`).
"""

from __future__ import annotations

from waystation.casework.moves import Moved, step
from waystation.journeys.outcomes import Begun, outcomes
from waystation.journeys.status import JOURNEY
from waystation_web.gateways.database import writing
from waystation_web.network.changes import Change, check, write
from waystation_web.network.faults import cleaned
from waystation_web.network.reading import rows_held
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .ground import road
from .journey import Journey, Went, journey_of
from .letting_go import let_go
from .parted import parts_of, settled
from .stages import After
from .steps import moved

SHEET = "outcomes"


def learn(actor: Actor, journey_id: bytes, *, reason: str) -> int:
    """Close a journey; how many outcomes were written. Raises `NotPermitted` while a leg's end is not known."""
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        found = step(JOURNEY, journey.status, "learn", actor.roles, road(actor, journey, {}, reason=reason))
        if not isinstance(found, Moved):
            raise NotPermitted(found.rule, found.sentence, vault=journey_id)
        done = After(settled(journey, parts_of(actor, journey)))
        held = moved(actor, held, done, found.to, kind="learn", reason=reason)
        written = _write(actor, held)
        let_go(actor, held, was=journey.status)
    return written


def begun(journey: Journey) -> tuple[Went, ...]:
    """The legs whose outcomes are this journey's. What a part brought with it is not its own: the whole writes it."""
    return tuple(one for one in journey.legs if not one.carried)


def begun_of(one: Went, journey: Journey) -> Begun:
    """A leg as its outcome is made from it."""
    return Begun(one.leg, one.started, journey.size if one.size is None else one.size, one.condition, one.code,
                 one.ended, one.heard)


def _write(actor: Actor, held: Record) -> int:
    """The rows, checked against the whole book: parties are counted, never people."""
    rows = [begun_of(leg, journey_of(held)) for leg in begun(journey_of(held))]
    changes = [Change(SHEET, cleaned(SHEET, {
        "leg": one.leg, "started": one.started.isoformat(), "condition": one.condition, "ended": one.ended.value,
        "ended_at": one.ended_at.isoformat() if one.ended_at else "",
        "last_heard": one.last_heard.isoformat() if one.last_heard else "", "party_size": str(one.party_size)}))
        for one in outcomes(rows)]
    check(rows_held(actor, looked=False), changes)
    return len(write(actor, changes, what="row", about=journey_of(held).case.hex()))
