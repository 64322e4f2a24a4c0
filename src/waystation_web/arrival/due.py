"""What is due after arrivals, for the first page of the day: signs of wanting to die first, then late talks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from waystation.access import Kind
from waystation_web.gateways import clock
from waystation_web.records.look import Look, look
from waystation_web.vault.actor import Actor

from .followup import TYPE, FollowUp, followup_of


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: of whom, what, by when. `urgent`: before everything else."""

    day: date
    key: str
    ref: str
    what: str
    late: bool
    urgent: bool = False


def due(actor: Actor, *, seen: Look | None = None) -> tuple[Due, ...]:
    """What is due for this person, the urgent and the overdue first. Runs before the caller's `writing()`."""
    found, today = seen or look(actor, Kind.PEOPLE, (TYPE,)), clock.today()
    lines = [line for held in found.of(TYPE) for line in of_one(followup_of(held), today)]
    return tuple(sorted(lines, key=lambda one: (not one.urgent, one.day, one.key)))


def of_one(one: FollowUp, today: date) -> Iterator[Due]:
    """What is due of one person; nothing of whoever wants no contact."""
    screen = one.screen_due(today)
    if screen is not None and screen <= today:
        signs = one.life().screen == "signs"
        yield Due(screen, one.key, one.ref, gettext("signs of wanting to die, and no plan to keep safe yet") if signs
                  else gettext("ask them about thoughts of dying"), late=screen < today, urgent=signs)
    waits = [each for each in one.milestones(today) if each.state in {"late", "due"}]
    if waits:  # who was missed for years is asked once, not seven times
        yield Due(waits[-1].due, one.key, one.ref, gettext("ask them how they are"), late=waits[-1].state == "late")
