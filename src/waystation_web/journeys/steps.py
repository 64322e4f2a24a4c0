"""What every step writes, whichever it is: the record, its log, the watch, the line in the case, and who is told."""

from __future__ import annotations

from datetime import datetime

from waystation_web.cases import actions as cases
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor

from . import live, watches
from .journey import journey_of
from .stages import After


def moved(actor: Actor, held: Record, done: After, to: str, *, kind: str, reason: str) -> Record:
    """Write what a step changes, inside the caller's `writing()`."""
    log = [*held.body.get("log", ()), line(actor, kind, reason)]
    held = records.change(actor, held, {**done.fields, "status": to, "step": None, "log": log}, what=kind, kept=False)
    journey = journey_of(held)
    watches.follow(held.id, journey.due)
    cases.tell(actor, journey.case, "journey", to, journey=held.key)
    live.row(held.id)      # at once; what the book says of the way from here follows with the list
    live.changed(held.id)
    return held


def line(actor: Actor, kind: str, text: str, at: datetime | None = None) -> dict[str, str]:
    """A line of a journey's log."""
    return {"by": actor.id.hex(), "at": said(at or clock.now()), "kind": kind, "text": text}
