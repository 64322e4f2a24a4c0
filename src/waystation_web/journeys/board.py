"""What the road asks of whoever is at the desk now: one ordered list, the clocks first. No totals, no charts.

The order is fixed: incidents, then silence (the longest first), custody, what closes within a day, steps that wait for
a second signature, windows that are shut or not known. A silent incident stands nowhere in it: the list is the same
with it and without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.access import Kind
from waystation.journeys.silence import Level
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network.drawing import Picture
from waystation_web.network.export import Export
from waystation_web.records import queries as kept
from waystation_web.records.look import Look, look
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor

from . import closing, words
from .closing import DAY, NEVER, PAST, SHUT, SOON, UNKNOWN, WINDOW, End
from .drawing import red_lines
from .incidents import Incident
from .journey import Journey
from .queries import journeys, readable, shown

DAYS_FROM_H = 72  # nobody counts more hours than that
OF_NETWORK, OF_PEOPLE = ("journey",), ("incident",)
BAD, LATE, NOT_KNOWN = "bad", "late", "unknown"


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
    next_ref: str = ""
    waits: tuple[Row, ...] = ()     # windows that are shut, or of which nobody knows: nothing is due by them

    @property
    def nothing(self) -> bool:
        """Whether nothing of the road waits."""
        return not (self.clocks or self.custody or self.closing or self.sign or self.broken)


def board(actor: Actor, *, network: Look | None = None, people: Look | None = None) -> Board:
    """The list for this person. `network`, `people`: what the page has opened already, and told the record about.

    Everything is opened before `writing()` begins: while a hundred boards are drawn, nobody's word may have to wait.
    """
    told = network is not None
    network = network or look(actor, Kind.NETWORK, OF_NETWORK, marks=closing.MARKS)
    people = people or look(actor, Kind.PEOPLE, OF_PEOPLE)
    broken = [*network.broken, *people.broken]
    before = set(broken) if told else set[bytes]()
    held = network.of("journey")
    found = readable(held, broken)
    met = [one for one in shown(people.of("incident")) if not one.over]
    known = closing.read(network, {one.decision for one in found}, broken)
    closes = closing.ends(actor, found, known, broken)
    with writing():
        record(actor, Event.LIST_READ, count=len(held))
        kept.tell_refused(actor, sorted(set(broken) - before))
    names, now = {one.id: one.handle for one in kept.colleagues().values()}, clock.now()
    silent = sorted((one for one in found if one.level(now)), key=lambda one: (-one.level(now), one.due[0], one.name))
    quiet = sorted((one for one in found if one.due and not one.level(now)),
                   key=lambda one: (one.due[0], one.name))
    handed = sorted((one for one in found if one.status == "handed over"), key=_handed)
    soon = [row for one in found if (row := _closing(one, now)) is not None]
    soon += [_ending(one, now) for one in closes if one.kind not in {SHUT, UNKNOWN}]
    return Board(
        (*(_incident(one, now) for one in sorted(met, key=lambda one: one.began)),
         *(_silence(one, names, now) for one in silent)),
        tuple(_custody(one) for one in handed if one.proof == "custody"),
        tuple(sorted(soon, key=lambda row: row.at or now)),
        (*(row for one in found if (row := _sign(one, actor, now)) is not None),
         *(row for copy in known.copies if (row := _copy(copy, actor, now)) is not None)),
        tuple(_moving(one) for one in quiet), len(set(broken)), quiet[0].due[0] if quiet else None,
        quiet[0].name if quiet else "",
        tuple(_ending(one, now) for one in closes if one.kind in {SHUT, UNKNOWN}))


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
    return Row(journey.name, str(words.LEVELS[level]), words.LOOKS[level], f"{what} · {_for(since, now)}", since,
               _page(journey), "" if journey.held_by else reverse("journey-hold", kwargs={"journey": journey.id}),
               names.get(journey.held_by, ""))


def _moving(journey: Journey) -> Row:
    return Row(journey.name, str(words.LEVELS[Level.ON_TIME]), "",
               str(words.STATUS.get(journey.status, journey.status)), journey.due[0], _page(journey))


def _custody(journey: Journey) -> Row:
    return Row(journey.name, gettext("in custody"), LATE, gettext("since"), _handed(journey), _page(journey))


def _handed(journey: Journey) -> datetime:
    said = journey.record.body.get("handed_at")
    return moment(said) if said else journey.record.made.at


def _closing(journey: Journey, now: datetime) -> Row | None:
    stop = journey.released(now) if journey.status in {"ready", "resting"} else None
    if stop is None or stop.until > now + SOON:
        return None
    what = gettext("the next stop is released")
    return Row(journey.name, gettext("closes"), LATE, f"{what} · {_in(stop.until, now)}", stop.until,
               _page(journey))


def _ending(end: End, now: datetime) -> Row:
    """A window, or the plan's last day: what it is, how long it still is, and what nobody knows of it."""
    what = {
        WINDOW: gettext("the window of %(leg)s"), DAY: gettext("the last day of the plan"),
        PAST: gettext("the last day of the plan"), NEVER: gettext("no window of %(leg)s opens within a year"),
        SHUT: gettext("the window of %(leg)s opens"), UNKNOWN: gettext("no window is written for %(leg)s"),
    }[end.kind] % {"leg": end.leg}
    said = [what]
    if end.at is not None:
        said.append(_for(end.at, now) if end.kind == PAST else _in(end.at, now))
    if end.kind == UNKNOWN:
        said.append(gettext("the last day of the plan is %(day)s") % {"day": end.last.isoformat()} if end.last
                    else gettext("the plan names no last day"))
    if end.at is not None and not end.sure:
        said.append(gettext("at the earliest: the clock of that place is not known"))
    if not end.signed:
        said.append(gettext("not signed by two yet"))
    state, look = _ENDS[end.kind]
    where = _at("journey", "journey", end.journey) if end.journey else _at("decision", "decision", end.decision)
    return Row(end.ref, str(state), look, " · ".join(said), end.at, where)


def _sign(journey: Journey, actor: Actor, now: datetime) -> Row | None:
    asked = values.part(journey.record.body, "step")
    block = values.part(asked, "approval")
    until = values.at(block, "until")
    if until is None or until < now or block.get("asked_by") == actor.id.hex():
        return None
    event = values.text(asked, "event")
    return Row(journey.name, gettext("sign"), LATE, str(words.EVENTS.get(event, event)), until,
               reverse("journey-step", kwargs={"journey": journey.id, "event": event}))


def _copy(copy: Export, actor: Actor, now: datetime) -> Row | None:
    """A copy of the book that somebody else signed for; for whom and why is said on its own page."""
    block = copy.approval
    until = values.at(block, "until")
    if until is None or until < now or block.get("approved_by") or block.get("asked_by") == actor.id.hex():
        return None
    return Row(gettext("Route book"), gettext("sign"), LATE, gettext("a copy for somebody outside"), until,
               _at("book-export-one", "export", copy.id))


def _incident(incident: Incident, now: datetime) -> Row:
    return Row(incident.name, str(dict(words.INCIDENTS).get(incident.kind, incident.kind)), BAD,
               _for(incident.began, now), incident.began, reverse("incident", kwargs={"incident": incident.id}))


def _for(since: datetime, now: datetime) -> str:
    minutes = int((now - since).total_seconds() // 60)
    return gettext("for %(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}


def _in(until: datetime, now: datetime) -> str:
    minutes = int((until - now).total_seconds() // 60)
    if minutes >= DAYS_FROM_H * 60:
        return gettext("in %(n)s days") % {"n": minutes // (24 * 60)}
    return gettext("in %(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}


def _page(journey: Journey) -> str:
    return _at("journey", "journey", journey.id)


def _at(name: str, of: str, id_: bytes) -> str:
    return reverse(name, kwargs={of: id_})


_ENDS = {WINDOW: (_("closes"), LATE), DAY: (_("closes"), LATE), PAST: (_("is over"), LATE), NEVER: (_("shut"), LATE),
         SHUT: (_("shut"), ""), UNKNOWN: (_("not known"), NOT_KNOWN)}
