"""Whether the date is believed here, and what would go if somebody said that it is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waystation_web.audit import reckoning
from waystation_web.gateways import clock
from waystation_web.vault import retention as rows
from waystation_web.vault.actor import Actor

from .actions_clock import SAY
from .words import DOUBTS


@dataclass(frozen=True, slots=True)
class Date:
    """What this computer says, what was believed last, why it is in doubt (nothing: it is not)."""

    now: datetime
    believed: datetime | None
    doubt: str
    past: int          # records past their day, if this is the day
    may_say: bool


def date(actor: Actor) -> Date:
    """The page of the date. Counts rows: no record is opened."""
    why, now = reckoning.doubt(), clock.now()
    return Date(now, reckoning.believed(), str(DOUBTS[why]) if why else "", len(rows.due(now.date())),
                bool(actor.roles & SAY))


def in_doubt(_actor: Actor) -> str:
    """Why nothing is destroyed by time just now, in a sentence; nothing where the date is believed."""
    why = reckoning.doubt()
    return str(DOUBTS[why]) if why else ""
