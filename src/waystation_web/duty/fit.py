"""Am I fit to decide? What the office can say of it: hours on, decisions today, the last rest. Nothing is held against
anybody; what nobody wrote down is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from waystation_web.records import queries as kept
from waystation_web.records.look import Look
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor

REST = timedelta(hours=8)  # a pause as long as this counts as rest


@dataclass(frozen=True, slots=True)
class Fitness:
    """Of one person, now. None is "not known"."""

    hours_on: int | None
    decisions_today: int
    last_rest: datetime | None
    stakes: tuple[str, ...] = ()


def fitness(actor: Actor, now: datetime, *, seen: Look | None = None) -> Fitness:
    """What the roster and the decisions of today say. Runs inside the caller's `writing()`.

    `seen`: what of the network the page has opened already.
    """
    shifts = sorted(_shifts(actor, now))
    on = next((start for start, end in shifts if start <= now < end), None)
    rests = [start for (_, end), (start, _) in pairwise(shifts) if start - end >= REST]
    return Fitness(None if on is None else int((now - on).total_seconds() // 3600), _decisions(actor, now, seen),
                   max((start for start in rests if start <= now), default=None))


def _shifts(actor: Actor, now: datetime) -> list[tuple[datetime, datetime]]:
    found = []
    for held in kept.every(actor, "duty", looked=False):
        if held.body.get("sort") == "shift" and held.body.get("who") == actor.id.hex():
            span = _span(held.body)
            if span is not None and span[0] <= now:
                found.append(span)
    return found


def _span(body: dict[str, Any]) -> tuple[datetime, datetime] | None:
    try:
        return moment(str(body["start"])), moment(str(body["end"]))
    except (KeyError, ValueError):
        return None


def _decisions(actor: Actor, now: datetime, seen: Look | None) -> int:
    """Decisions that this person signed today, first or second."""
    today, count = now.astimezone(UTC).date().isoformat(), 0
    for held in kept.every(actor, "decision", looked=False) if seen is None else seen.of("decision"):
        block = held.body.get("approval", {})
        mine = {str(block.get("asked_at", "")) if block.get("asked_by") == actor.id.hex() else "",
                str(block.get("approved_at", "")) if block.get("approved_by") == actor.id.hex() else ""}
        count += any(at.startswith(today) for at in mine)
    return count
