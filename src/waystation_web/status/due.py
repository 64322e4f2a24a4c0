"""What is due in applications, for the first page of the day: a removal first; custody, appeals, steps too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from waystation.access import Kind
from waystation.casework.application import CUSTODY, REFUSED
from waystation.rights.durations import Seen
from waystation.rights.steps import Clock, clock
from waystation_web.gateways import clock as watch
from waystation_web.records.look import Look, look
from waystation_web.vault.actor import Actor

from .application import TYPE, Application, application_of
from .waits import own

AHEAD = timedelta(days=7)  # an appeal is prepared before its day


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: in which application, what, by when. `urgent`: before everything else."""

    day: date
    key: str
    ref: str
    what: str
    late: bool
    urgent: bool = False


def due(actor: Actor, *, seen: Look | None = None) -> tuple[Due, ...]:
    """What is due for this person, the urgent and the overdue first. Runs before the caller's `writing()`."""
    found, today = seen or look(actor, Kind.PEOPLE, (TYPE,)), watch.today()
    applications = [application_of(one) for one in found.of(TYPE)]
    waits = own(applications, today)
    lines = [line for one in applications for line in of_one(one, waits, today)]
    return tuple(sorted(lines, key=lambda one: (not one.urgent, one.day, one.key)))


def of_one(one: Application, waits: Mapping[tuple[str, int], Seen], today: date) -> Iterator[Due]:
    """What is due in one application."""
    if one.over:
        return
    if one.emergency:
        yield Due(today, one.key, one.ref, gettext("they may be removed: interim measures, memo, counsel"), late=True,
                  urgent=True)
    if one.status == CUSTODY and (one.held is None or one.held.look is None or one.held.look <= today):
        day = one.held.look if one.held and one.held.look else today
        yield Due(day, one.key, one.ref, gettext("look after them in custody"), late=day < today)
    if one.status == REFUSED and one.appeal_by is not None and one.appeal_by <= today + AHEAD:
        yield Due(one.appeal_by, one.key, one.ref, gettext("the appeal must be filed") if one.appeal_by >= today else
                  gettext("the day of the appeal is past: ask counsel"), late=one.appeal_by < today)
    found = step_clock(one, waits, today)
    if found is not None and found.alarm <= today:
        yield Due(found.alarm, one.key, one.ref, gettext("this step takes longer than it should"), late=found.late)


def step_clock(one: Application, waits: Mapping[tuple[str, int], Seen], today: date) -> Clock | None:
    """The days of the step at which they stand; None at none."""
    now = one.now
    step = next((each for each in one.steps if now is not None and each.order == now.order), None)
    if now is None or step is None:
        return None
    return clock(step, now.began, today, waits.get((one.pathway, step.order)))
