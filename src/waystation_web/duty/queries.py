"""What the house has set: limits that others ask for. Runs inside the caller's `writing()`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from waystation.access import Kind
from waystation.units import Money
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.queries import lacks

SECOND = Money(Decimal(1000), "USD")


NAMES = ("exposure_limit", "safety_floor", "cool_off_hours", "ransom_hold_hours", "review_days", "most_hours",
         "time_zone")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of this office; each default holds until somebody sets another one."""

    second_signature_above: Money = SECOND
    exposure_limit: int | None = None  # helpers, houses and parties that one capture may give away
    safety_floor: int | None = None  # of 100 like parties, how many must arrive even at the low end of the range
    cool_off_hours: int = 72  # after a loss, before a second signature counts
    ransom_hold_hours: int = 24
    review_days: int = 7
    most_hours: int = 12  # on duty in one go; beyond it somebody takes over
    time_zone: str = "UTC"  # of the office's own clock, beside UTC


def limits(actor: Actor) -> Limits:
    """The limits set last (a record of type setting, sort "limits"); the defaults where nobody set any."""
    held = _held(actor)
    if not held:
        return Limits()
    body = max(held, key=lambda one: (one.made.at, one.id)).body
    try:
        given = {name: body[name] for name in NAMES if body.get(name) is not None}
        if "second_signature_above" in body:
            given["second_signature_above"] = Money.parse(body["second_signature_above"])
        return Limits(**given)
    except (InvalidOperation, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def binding(actor: Actor) -> Limits:
    """The limits, for an act that they bind.

    Raises `NotPermitted` for somebody who holds no limits and not all of what everybody reads: who came later would be
    bound by the defaults, whatever the house has set.
    """
    if not _held(actor) and lacks(actor, Kind.HOUSE):
        raise NotPermitted("house", "You cannot read yet what this house has set for everybody. Ask a colleague to let "
                           "you, on the page Duty.")
    return limits(actor)


def _held(actor: Actor) -> list[Record]:
    return [one for one in kept.every(actor, "setting", looked=False) if one.body.get("sort") == "limits"]


def clock_of(zone: str) -> ZoneInfo | None:
    """A time zone by its name, or None where this computer knows none of that name."""
    try:
        return ZoneInfo(zone)
    except (KeyError, OSError, ValueError):  # unknown, not readable, not a name at all
        return None


def amount(typed: str) -> Money | None:
    """An amount with its currency, or None for anything else."""
    try:
        return Money.parse(typed.strip())
    except (InvalidOperation, TypeError, ValueError):
        return None
