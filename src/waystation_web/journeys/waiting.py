"""When silence begins to count: on a leg by the hours that came with the plan, at rest by hours of the house.

A plan is computed with what was learnt of each leg (`waystation.cli.waits`); how long a house may be silent nobody has
learnt yet, so those hours are fixed, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waystation.journeys.silence import due

AT_REST_H = (24.0, 30.0, 48.0, 72.0)


@dataclass(frozen=True, slots=True)
class Wait:
    """When silence on a leg reaches each level, and what that rests on."""

    due: tuple[datetime, ...]
    arrived: int
    itself: bool
    hours: tuple[float, ...]


def on_leg(plan: Mapping[str, Any], leg: str, departed: datetime) -> Wait | None:
    """For a leg of a plan; None where the plan says no hours for it, and then nobody departs."""
    said = plan.get("waits", {}).get(leg)
    if not said:
        return None
    hours = tuple(float(one) for one in said["hours"])
    return Wait(tuple(due(departed, one) for one in hours), int(said["arrived"]), said["itself"] is True, hours)


def at_rest(since: datetime) -> tuple[datetime, ...]:
    """Where they rest: from the last word on."""
    return tuple(due(since, one) for one in AT_REST_H)


def after_word(due_: tuple[datetime, ...], started: datetime, now: datetime) -> tuple[datetime, ...]:
    """After word on the way: while nobody was late yet nothing changes; afterwards the same hours begin anew.

    Word on the way says that they live, not that they are nearly there: it never makes the first alarm later.
    """
    if now < due_[0]:
        return due_
    return tuple(due(now, (one - started).total_seconds() / 3600) for one in due_)
