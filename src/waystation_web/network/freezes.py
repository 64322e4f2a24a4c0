"""What is frozen: places, legs and guides that somebody who was taken may have told of. The planner obeys at once.

    body = {"freeze": {"codes": [...], "incident": id}, "lifted": {"by", "at", "reason"}}

A freeze is confirmed by a person and lifted by a person; it changes no row of the book, so nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor

TYPE = "hazard"


def codes(actor: Actor) -> frozenset[str]:
    """Every code that is frozen now, inside the caller's `writing()`. Raises `Refused` if a record does not open."""
    return frozenset(code for one in standing(actor) for code in one.body["freeze"]["codes"])


def standing(actor: Actor) -> list[Record]:
    """The freezes that nobody has lifted, inside the caller's `writing()`."""
    return [one for one in kept.every(actor, TYPE, looked=False)
            if "freeze" in one.body and not one.body.get("lifted")]


def freeze(actor: Actor, stopped: Iterable[str], *, incident: bytes) -> Record:
    """Freeze some codes, inside the caller's `writing()`. Raises `NotPermitted`."""
    return records.make(actor, TYPE, {"freeze": {"codes": sorted(set(stopped)), "incident": incident.hex()}})


def lift(actor: Actor, held: Record, *, reason: str) -> None:
    """Let a freeze go, inside the caller's `writing()`. Raises `NotPermitted`, `ValueError` without a reason."""
    if not reason.strip():
        raise ValueError("reason")
    records.change(actor, held, {"lifted": {"by": actor.id.hex(), "at": said(clock.now()), "reason": reason}},
                   what="lifted")
