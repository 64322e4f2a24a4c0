"""Custody after an arrival, as it lies in the journey's record.

    body["custody"] = [{"id", "by", "at", "kind", "day", "state", "place", "who", "next_on", "how_known"}]

It goes on after the journey was closed: who arrived in the custody of a transit State is followed until they are
released, returned, or have a status.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.journeys.held import Followed, Step, follow
from waystation_web.cases import values
from waystation_web.gateways import clock

from .journey import Journey

FIELD, PROOF = "custody", "custody"
FROM = frozenset({"handed over", "complete", "learnt"})  # before, whoever is taken is an incident


def steps(journey: Journey) -> tuple[Step, ...]:
    """Every step, in the order in which they were written."""
    return tuple(step_of(one) for one in values.items(journey.record.body, FIELD))


def step_of(said: Mapping[str, Any]) -> Step:
    """One step as it is written; a day that cannot be read counts as long past, so that somebody looks."""
    return Step(values.text(said, "kind"), values.day(said, "day") or date.min, values.text(said, "state"),
                values.text(said, "place"), values.text(said, "who"), values.day(said, "next_on"))


def followed(journey: Journey) -> Followed | None:
    """How custody stands today; None where nobody wrote that they were taken."""
    return follow(steps(journey), clock.today())


def unwritten(journey: Journey) -> bool:
    """Whether the arrival is known by a record of custody, and nobody wrote down where they are held."""
    return journey.status in FROM and journey.proof == PROOF and not steps(journey)


def in_custody(journey: Journey) -> bool:
    """Whether somebody must still look after them there."""
    found = followed(journey)
    return unwritten(journey) or (found is not None and found.held)
