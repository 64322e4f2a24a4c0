"""What everybody who works here is told of a takeout: a record of the house, shown on the first page for a month.

    body = {"sort": "takeout", "order", "asked_by", "signed_by", "released_at", "to": [countries], "made_at"}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from waystation_web.gateways import clock
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

SORT = "takeout"
FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """One takeout, as everybody sees it."""

    released_at: datetime
    by: str
    second: str
    to: str
    made_at: datetime | None


def told(actor: Actor) -> list[Told]:
    """Takeouts of the last month, the newest first."""
    held = [one for one in kept.read(actor, "setting", refused=[]) if one.body.get("sort") == SORT]
    if not held:
        return []
    people = kept.colleagues()
    try:
        found = [_told(one.body, people) for one in held]
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    return sorted((one for one in found if clock.now() < one.released_at + FOR), key=lambda one: one.released_at,
                  reverse=True)


def _told(body: dict[str, Any], people: dict[bytes, kept.Colleague]) -> Told:
    first, second = (people[bytes.fromhex(body[who])].handle for who in ("asked_by", "signed_by"))
    made = moment(body["made_at"]) if "made_at" in body else None
    return Told(moment(body["released_at"]), first, second, ", ".join(map(str, body["to"])), made)
