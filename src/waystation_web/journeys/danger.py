"""The danger of a leg as the plan said it when a party set out: kept with the leg, for it is what was known that day.

A plan computed later knows how it ended; whoever judges a guide by that danger judges them by hindsight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation_web.cases import values


def of_leg(plan: Mapping[str, Any], leg: str) -> float | None:
    """Of parties that begin this leg, the share that is lost on it; None where the plan may not or does not say.

    A step says of all journeys how many take it and how many are lost there: the one is divided by the other.
    """
    facts = values.part(plan, "facts")
    steps = [*values.items(facts, "steps"),
             *(step for one in values.items(facts, "contingencies") for step in values.items(one, "steps"))]
    told = [(_number(one, "share"), _number(one, "loss")) for one in steps if one.get("leg") == leg]
    numbers = [(share, loss) for share, loss in told if share is not None and loss is not None]
    begun = sum(share for share, _ in numbers)
    return min(1.0, sum(loss for _, loss in numbers) / begun) if begun > 0 else None


def _number(step: Mapping[str, Any], name: str) -> float | None:
    found = step.get(name)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) and found >= 0 else None
