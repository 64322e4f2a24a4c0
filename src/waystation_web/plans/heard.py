"""How long word of earlier parties took, leg by leg: what silence of the next one is weighed against."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from waystation.journeys.outcomes import ENDS
from waystation.network.rows import Ended
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor

HOUR = 3600
ARRIVED = frozenset(code for code, ended in ENDS.items() if ended is Ended.ARRIVED)


def of_legs(actor: Actor, now: datetime) -> dict[str, list[list[Any]]]:
    """Leg to [hours, whether word of the arrival came] of every party of this office. Inside the caller's `writing()`.

    A leg that ended in another way than by an arrival says nothing of how long word takes, and is left out. So is
    one on which a party was divided, in each part and while the whole waits for them: it was begun once.
    """
    found: dict[str, list[list[Any]]] = {}
    for journey in kept.every(actor, "journey", looked=False):
        for leg in journey.body.get("legs", ()):
            if leg.get("carried") or (journey.body.get("status") == "split" and not leg.get("code")):
                continue
            began, ended, code = moment(leg["started"]), leg.get("ended"), leg.get("code")
            if code in ARRIVED and ended:
                found.setdefault(str(leg["leg"]), []).append([_hours(began, moment(ended)), True])
            elif not code:
                found.setdefault(str(leg["leg"]), []).append([_hours(began, now), False])
    return found


def _hours(began: datetime, until: datetime) -> float:
    return round((until - began).total_seconds() / HOUR, 2)
