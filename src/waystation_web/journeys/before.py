"""How it went before: of everybody who was taken, as this office wrote it down, how many were sent back, how soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from waystation.journeys.fates import DIED, FREE, HELD, RETURNED, Fate, Returned, by_then
from waystation.units import of_100

from .incidents import Incident
from .known import known
from .tracing import fates

TAKEN = frozenset({"capture", "forced_return", "trafficking", "official_deception"})
DAYS = (1, 3, 30)
ENDS = {"return": RETURNED, "free": FREE, "die": DIED}  # of the steps of an incident
WORD = frozenset({"move", "handed", "demand"})  # that they were still held then


@dataclass(frozen=True, slots=True)
class After:
    """What is known so many days after; bounds of 100, or None where too few were seen."""

    days: int
    found: Returned
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """Of one State (empty: of all that were seen) what is known after each of `DAYS`."""

    state: str
    after: tuple[After, ...]


def before(incident: Incident, others: Iterable[Incident]) -> tuple[Before, ...]:
    """What was seen of others: in the State that took these first, if it is known, and in all."""
    seen = [fate_of(one) for one in others if one.id != incident.id and one.kind in TAKEN
            and one.status != "false alarm"]
    state = first_state(incident)
    there = [one for one in seen if state and one.state == state]
    return tuple(Before(where, tuple(_after(those, days) for days in DAYS))
                 for where, those in ((state, there), ("", seen)) if those)


def _after(those: list[Fate], days: int) -> After:
    found = by_then(those, 24.0 * days)
    low, high = (None if one is None else of_100(one) for one in (found.low, found.high))
    return After(days, found, low, high)


def fate_of(incident: Incident) -> Fate:
    """What became of them, as far as it is written down: the first of what ended it, else until when word of them came.

    An incident that nobody closed says nothing: without word they are not known to be held.
    """
    state = first_state(incident)
    if incident.kind == "forced_return":  # it was reported as one: by then they were sent back
        return Fate(state, RETURNED, 0.0)
    ended = [(line.at, ENDS[line.kind]) for line in incident.log if line.kind in ENDS]
    traced = fates(incident).get("")
    if traced is not None and traced.at is not None and traced.fate != HELD:  # of all of them, before anybody stepped
        ended.append((traced.at, traced.fate))
    if ended:
        at, end = min(ended)
        return Fate(state, end, _hours(incident, at))
    words = [line.at for line in incident.log if line.kind in WORD]
    if traced is not None and traced.at is not None:
        words.append(traced.at)
    return Fate(state, HELD, max((_hours(incident, at) for at in words), default=0.0))


def _hours(incident: Incident, at: datetime) -> float:
    return (at - incident.began).total_seconds() / 3600


def first_state(incident: Incident) -> str:
    """The State in whose hands they were first; empty for nobody knows."""
    links = known(incident).links
    return (links[0].from_ or links[0].to) if links else ""
