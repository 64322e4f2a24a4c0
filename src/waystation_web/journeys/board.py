"""What the road asks of whoever is at the desk now: one ordered list, the clocks first. No totals, no charts.

The order is fixed: incidents, then silence (the longest first), custody, what closes within a day, steps that wait for
a second signature. A silent incident stands nowhere in it: the list is the same with it and without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from waystation.journeys.silence import Level
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network.drawing import Picture
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor

from . import words
from .drawing import red_lines
from .incidents import Incident
from .journey import Journey
from .queries import incidents, journeys

CLOSING = timedelta(hours=24)
BAD, LATE = "bad", "late"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: whom it is about, in what state, since or until when, where it is read, who has it."""

    ref: str
    state: str
    look: str
    what: str
    at: datetime | None
    address: str
    hold: str = ""                  # where "I have this one" is sent; empty where nobody is asked
    held: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The list in its parts, and what waits quietly behind it."""

    clocks: tuple[Row, ...] = ()    # incidents and silence
    custody: tuple[Row, ...] = ()
    closing: tuple[Row, ...] = ()
    sign: tuple[Row, ...] = ()
    moving: tuple[Row, ...] = ()    # on the way and on time: the next due first
    broken: int = 0
    next_due: datetime | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing of the road waits."""
        return not (self.clocks or self.custody or self.closing or self.sign or self.broken)


def board(actor: Actor) -> Board:
    """The list for this person."""
    broken: list[bytes] = []
    with writing():
        found = journeys(actor, refused=broken)
        met = [one for one in incidents(actor) if not one.over]
    names, now = {one.id: one.handle for one in kept.colleagues().values()}, clock.now()
    silent = sorted((one for one in found if one.level(now)), key=lambda one: (-one.level(now), one.due[0]))
    quiet = sorted((one for one in found if one.due and not one.level(now)), key=lambda one: one.due[0])
    handed = sorted((one for one in found if one.status == "handed over"), key=_handed)
    return Board(
        (*(_incident(one, now) for one in sorted(met, key=lambda one: one.began)),
         *(_silence(one, names, now) for one in silent)),
        tuple(_custody(one) for one in handed if one.proof == "custody"),
        tuple(row for one in found if (row := _closing(one, now)) is not None),
        tuple(row for one in found if (row := _sign(one, actor, now)) is not None),
        tuple(_moving(one) for one in quiet), len(broken),
        min((one.due[0] for one in quiet), default=None))


def picture(actor: Actor) -> Picture:
    """The red line of everybody who is on the way."""
    with writing():
        found = [one for one in journeys(actor, refused=[]) if one.due]
        plans = [(one, plan.body) for one in found if (plan := kept.maybe(actor, one.plan, "plan")) is not None]
    return red_lines(plans)


def _silence(journey: Journey, names: dict[bytes, str], now: datetime) -> Row:
    level = journey.level(now)
    since = journey.due[level - 1]
    where = journey.under_way
    what = f"{where.start} → {where.end}" if where else journey.at
    return Row(journey.case_ref, str(words.LEVELS[level]), words.LOOKS[level], f"{what} · {_for(since, now)}", since,
               _page(journey), "" if journey.held_by else reverse("journey-hold", kwargs={"journey": journey.id}),
               names.get(journey.held_by, ""))


def _moving(journey: Journey) -> Row:
    return Row(journey.case_ref, str(words.LEVELS[Level.ON_TIME]), "",
               str(words.STATUS.get(journey.status, journey.status)), journey.due[0], _page(journey))


def _custody(journey: Journey) -> Row:
    return Row(journey.case_ref, gettext("in custody"), LATE, gettext("since"), _handed(journey), _page(journey))


def _handed(journey: Journey) -> datetime:
    said = journey.record.body.get("handed_at")
    return moment(said) if said else journey.record.made.at


def _closing(journey: Journey, now: datetime) -> Row | None:
    stop = journey.released(now) if journey.status in {"ready", "resting"} else None
    if stop is None or stop.until > now + CLOSING:
        return None
    return Row(journey.case_ref, gettext("closes"), LATE, gettext("the next stop is released until"), stop.until,
               _page(journey))


def _sign(journey: Journey, actor: Actor, now: datetime) -> Row | None:
    asked = values.part(journey.record.body, "step")
    block = values.part(asked, "approval")
    until = values.at(block, "until")
    if until is None or until < now or block.get("asked_by") == actor.id.hex():
        return None
    event = values.text(asked, "event")
    return Row(journey.case_ref, gettext("sign"), LATE, str(words.EVENTS.get(event, event)), until,
               reverse("journey-step", kwargs={"journey": journey.id, "event": event}))


def _incident(incident: Incident, now: datetime) -> Row:
    return Row(incident.case_ref, str(dict(words.INCIDENTS).get(incident.kind, incident.kind)), BAD,
               _for(incident.began, now), incident.began, reverse("incident", kwargs={"incident": incident.id}))


def _for(since: datetime, now: datetime) -> str:
    minutes = int((now - since).total_seconds() // 60)
    return gettext("for %(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}


def _page(journey: Journey) -> str:
    return reverse("journey", kwargs={"journey": journey.id})
