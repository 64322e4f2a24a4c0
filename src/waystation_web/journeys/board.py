"""What the road asks of whoever is at the desk now: one ordered list, the clocks first. No totals, no charts.

The order is fixed: incidents, then silence (the longest first), custody, what closes within a day, steps that wait for
a second signature, windows that are shut or not known. A silent incident stands nowhere in it: the list is the same
with it and without.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.access import Kind, Role
from waystation.journeys.silence import Level
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network.drawing import Picture
from waystation_web.network.export import Export
from waystation_web.records import queries as kept
from waystation_web.records.look import Look, look, several
from waystation_web.records.record import moment, said
from waystation_web.vault.actor import Actor

from . import closing, words
from .closing import DAY, NEVER, PAST, SHUT, SOON, UNKNOWN, WINDOW, End
from .drawing import red_lines
from .embargo import embargo_said
from .incidents import Incident
from .journey import Journey
from .queries import journeys, readable, shown
from .tracing import due_said

WORST = max(Level)
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
    key: str = ""                   # rows of one part stand in the order of their keys
    of: str = ""                    # the journey that it says all about; empty: more than a journey is needed to say it
    until: datetime | None = None   # when time alone changes it


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
    met = [one for one in shown(people.of("incident")) if one.waits]
    known = closing.read(network, {one.decision for one in found}, broken)
    closes = closing.ends(actor, found, known, broken)
    with writing():
        record(actor, Event.LIST_READ, count=len(held))
        kept.tell_refused(actor, sorted(set(broken) - before))
    now = clock.now()
    rows = _of_journeys(found, actor, now)
    incidents = [_incident(one, now) for one in met]
    soon = [_ending(one, now) for one in closes if one.kind not in {SHUT, UNKNOWN}]
    copies = [row for copy in known.copies if (row := _copy(copy, actor, now)) is not None]
    next_ = rows.moving[0] if rows.moving else None
    return replace(rows, clocks=_ordered(incidents, rows.clocks), closing=_ordered(rows.closing, soon),
                   sign=_ordered(rows.sign, copies), broken=len(set(broken)), next_due=next_.at if next_ else None,
                   next_ref=next_.ref if next_ else "",
                   waits=tuple(_ending(one, now) for one in closes if one.kind in {SHUT, UNKNOWN}))


def rows_of(actor: Actor, ids: Iterable[bytes]) -> Board:
    """Of the list of this person only what some journeys say by themselves: the same rows, made in the same way.

    A journey that this person does not hold has none. `broken`: that one does not open.
    """
    if Role.COORDINATOR not in actor.roles:
        return Board()
    broken = list[bytes]()
    held = several(actor, ids, "journey", refused=broken).values()
    found = readable((one for one in held if one.type == "journey"), broken)
    with writing():
        record(actor, Event.LIST_READ, count=len(held))
        kept.tell_refused(actor, sorted(set(broken)))
    return replace(_of_journeys(found, actor, clock.now()), broken=len(set(broken)))


def _of_journeys(found: Iterable[Journey], actor: Actor, now: datetime) -> Board:
    """The rows that stand on the list of journeys alone."""
    clocks, custody, closing_, sign, moving = (list[Row]() for _ in range(5))
    names = {one.id: one.handle for one in kept.colleagues().values()}
    for one in found:
        if one.level(now):
            clocks.append(_silence(one, names, now))
        elif one.due:
            moving.append(_moving(one))
        if one.status == "handed over" and one.proof == "custody":
            custody.append(_custody(one))
        for part, row in ((closing_, _closing(one, now)), (sign, _sign(one, actor, now))):
            if row is not None:
                part.append(row)
    return Board(*map(_ordered, (clocks, custody, closing_, sign, moving)))


def _ordered(*rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(chain(*rows), key=lambda row: row.key))


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
               names.get(journey.held_by, ""), f"1 {WORST - level} {said(journey.due[0])} {journey.name}", journey.key,
               journey.due[level] if level < len(journey.due) else None)


def _moving(journey: Journey) -> Row:
    due = journey.due[0]
    return Row(journey.name, str(words.LEVELS[Level.ON_TIME]), "",
               str(words.STATUS.get(journey.status, journey.status)), due, _page(journey),
               key=f"{said(due)} {journey.name}", of=journey.key, until=due)


def _custody(journey: Journey) -> Row:
    handed = journey.record.body.get("handed_at")
    at = moment(handed) if handed else journey.record.made.at
    return Row(journey.name, gettext("in custody"), LATE, gettext("since"), at, _page(journey), key=said(at),
               of=journey.key)


def _closing(journey: Journey, now: datetime) -> Row | None:
    stop = journey.released(now) if journey.status in {"ready", "resting"} else None
    if stop is None or stop.until > now + SOON:
        return None
    what = gettext("the next stop is released")
    return Row(journey.name, gettext("closes"), LATE, f"{what} · {_in(stop.until, now)}", stop.until,
               _page(journey), key=f"{said(stop.until)} 0", of=journey.key, until=stop.until)


def _ending(end: End, now: datetime) -> Row:
    """A window, or the plan's last day: what it is, how long it still is, and what nobody knows of it."""
    what = {
        WINDOW: gettext("the window of %(leg)s"), DAY: gettext("the last day of the plan"),
        PAST: gettext("the last day of the plan"), NEVER: gettext("no window of %(leg)s opens within a year"),
        SHUT: gettext("the window of %(leg)s opens"), UNKNOWN: gettext("no window is written for %(leg)s"),
    }[end.kind] % {"leg": end.leg}
    parts = [what]
    if end.at is not None:
        parts.append(_for(end.at, now) if end.kind == PAST else _in(end.at, now))
    if end.kind == UNKNOWN:
        parts.append(gettext("the last day of the plan is %(day)s") % {"day": end.last.isoformat()} if end.last
                    else gettext("the plan names no last day"))
    if end.at is not None and not end.sure:
        parts.append(gettext("at the earliest: the clock of that place is not known"))
    if not end.signed:
        parts.append(gettext("not signed by two yet"))
    state, look = _ENDS[end.kind]
    where = _at("journey", "journey", end.journey) if end.journey else _at("decision", "decision", end.decision)
    return Row(end.ref, str(state), look, " · ".join(parts), end.at, where, key=f"{said(end.at or now)} 1")


def _sign(journey: Journey, actor: Actor, now: datetime) -> Row | None:
    asked = values.part(journey.record.body, "step")
    block = values.part(asked, "approval")
    until = values.at(block, "until")
    if until is None or until < now or block.get("asked_by") == actor.id.hex():
        return None
    event = values.text(asked, "event")
    return Row(journey.name, gettext("sign"), LATE, str(words.EVENTS.get(event, event)), until,
               reverse("journey-step", kwargs={"journey": journey.id, "event": event}), key=f"0 {journey.key}",
               of=journey.key, until=until)


def _copy(copy: Export, actor: Actor, now: datetime) -> Row | None:
    """A copy of the book that somebody else signed for; for whom and why is said on its own page."""
    block = copy.approval
    until = values.at(block, "until")
    if until is None or until < now or block.get("approved_by") or block.get("asked_by") == actor.id.hex():
        return None
    return Row(gettext("Route book"), gettext("sign"), LATE, gettext("a copy for somebody outside"), until,
               _at("book-export-one", "export", copy.id), key=f"1 {copy.id.hex()}")


def _incident(incident: Incident, now: datetime) -> Row:
    return Row(incident.name, str(dict(words.INCIDENTS).get(incident.kind, incident.kind)), BAD,
               " · ".join(filter(None, (_for(incident.began, now), embargo_said(incident), due_said(incident)))),
               incident.began,
               reverse("incident", kwargs={"incident": incident.id}),
               key=f"0 {said(incident.began)}")


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
