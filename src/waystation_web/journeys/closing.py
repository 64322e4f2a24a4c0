"""Until when a party may still go: the windows of the leg that is next, as the route book says them today, and the last
day of its plan. For everybody under way, and for each decision to go on which no journey was opened yet.

What nobody wrote down is not known, and is said: a leg without a window in the book may be shut tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from waystation.access import Kind
from waystation.journeys.status import ON_THE_ROAD
from waystation.network.rows import Window
from waystation.network.windows import ahead, standing, windows_of
from waystation.planning.decision import Chosen
from waystation.units import DAY_STARTS_AT_H
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.network.export import Export, export_of
from waystation_web.network.row import row_of
from waystation_web.plans.decided import ASKED, DECIDED, Decision, decision_of
from waystation_web.records import queries as kept
from waystation_web.records.record import record_of
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused
from waystation_web.vault.queries import open_held

from .journey import Journey

SOON = timedelta(hours=24)
WAITS = frozenset({"approved", "ready", "resting"})  # the next thing they do is to begin a leg
UNDER_WAY = WAITS | frozenset(ON_THE_ROAD)
NOT_LEFT = frozenset({"approved", "ready"})
# stand in the JSON of what is read here, and of nothing else
MARKS = (b'"type":"decision"', b'"sheet":"windows"', b'"export":{')
WINDOW, DAY, PAST, NEVER, SHUT, UNKNOWN = "window", "day", "past", "never", "shut", "unknown"


@dataclass(slots=True)
class Known:
    """What one look at the network found: every go, the windows of the book leg by leg, copies that were asked for."""

    decisions: list[Decision] = field(default_factory=list)
    windows: dict[str, list[Window]] = field(default_factory=dict)
    copies: list[Export] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class End:
    """One line: what closes, is over, is shut, or is not known, and when (UTC).

    kind    window  the leg that is next may start until `at`
            day     the plan's last day ends at `at`; past: it is over
            shut    the leg may not start before `at`; never: within a year it may not
            unknown nobody wrote when the leg may start; `last` is the plan's last day, if it names one
    """

    kind: str
    ref: str
    leg: str
    at: datetime | None
    last: date | None = None
    sure: bool = True               # the clock of the place is known
    signed: bool = True
    journey: bytes = b""
    decision: bytes = b""


@dataclass(frozen=True, slots=True)
class Party:
    """Whose clocks are asked for: where they begin the next leg, which it is, and what the plan says."""

    ref: str
    at: str
    leg: str
    plan: Mapping[str, Any] = field(repr=False)
    waits: bool
    left: bool
    signed: bool = True
    journey: bytes = b""
    decision: bytes = b""


def ends(actor: Actor, found: Iterable[Journey], known: Known, broken: list[bytes]) -> list[End]:
    """What closes within a day or is over, what is shut, what is not known. Runs inside the caller's `writing()`.

    `broken` takes the ids of what does not open.
    """
    journeys, now = list(found), clock.now()
    parties = [*_moving(actor, journeys, now, broken), *_decided(actor, journeys, known.decisions, now, broken)]
    lines = [one for party in parties for one in (*_day(party, now), *_window(party, known.windows, now))]
    return sorted(lines, key=lambda one: (one.at is None, one.at or now, one.ref, one.leg))


def read(actor: Actor, broken: list[bytes]) -> Known:
    """Every go that may still become a journey, the windows of the book, copies of it. One look at the network.

    Runs before the caller's `writing()`, to hold up nobody. The caller records what does not open (`broken`).
    """
    known, cells = Known(), []
    for opened in open_held(actor, Kind.NETWORK, _marked, refused=broken):
        try:
            held = record_of(opened)
            if opened.type == "decision":
                if held.body.get("chosen") == Chosen.GO.value and not held.body.get("superseded_by"):
                    known.decisions.append(decision_of(held))
            elif (copy := export_of(held)) is not None:
                known.copies.append(copy)
            elif (row := row_of(held)) is not None and row.sheet == "windows" and not row.removed:
                cells.append(row.cells)
        except Refused:
            broken.append(opened.id)
    for one in windows_of(cells) if cells else ():
        if one is not None:
            known.windows.setdefault(one.leg, []).append(one)
    return known


def _marked(texts: list[bytes]) -> list[int]:
    return [place for place, text in enumerate(texts) if any(mark in text for mark in MARKS)]


def _moving(actor: Actor, journeys: Iterable[Journey], now: datetime, broken: list[bytes]) -> Iterator[Party]:
    for one in journeys:
        if one.status not in UNDER_WAY or (plan := _plan(actor, one.plan, broken)) is None:
            continue
        leg, stop = one.under_way, one.released(now)
        at = leg.end if leg else one.at
        next_ = stop.leg if stop and not leg else _next_leg(plan, at)
        if at in one.goals or one.status not in {*WAITS, "moving"}:  # there, or planned anew: no leg is next
            next_ = ""
        yield Party(one.case_ref, at, next_, plan, one.status in WAITS, one.status not in NOT_LEFT, journey=one.id)


def _decided(actor: Actor, journeys: Iterable[Journey], decisions: Iterable[Decision], now: datetime,
             broken: list[bytes]) -> Iterator[Party]:
    opened = {one.decision for one in journeys}
    for one in decisions:
        open_ = one.status == DECIDED or (one.status == ASKED and now <= one.until)
        if not open_ or one.id in opened or (plan := _plan(actor, one.plan, broken)) is None:
            continue
        at = values.text(_terms(plan), "start")
        party = Party(one.case_ref, at, _next_leg(plan, at), plan, waits=True, left=False,
                      signed=one.status == DECIDED, decision=one.id)
        if not any(end.kind == PAST for end in _day(party, now)):  # too late: nothing closes any more
            yield party


def _plan(actor: Actor, plan: bytes, broken: list[bytes]) -> Mapping[str, Any] | None:
    try:
        held = kept.maybe(actor, plan, "plan")
    except Refused:
        broken.append(plan)
        return None
    return held.body if held else None


def _terms(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    return values.part(values.part(plan, "facts"), "terms")


def _next_leg(plan: Mapping[str, Any], at: str) -> str:
    legs = [values.text(one, "leg") for one in values.items(plan, "lines")
            if values.text(one, "start") == at and values.text(one, "kind") == "first"]
    return legs[0] if legs else ""


def _ahead(party: Party) -> tuple[timedelta, bool]:
    country = {values.text(one, "code"): values.text(one, "country") for one in values.items(party.plan, "places")}
    return ahead(country.get(party.at, ""))


def _end(party: Party, kind: str, civil: datetime | None, **more: Any) -> End:
    """A line; civil time at the place becomes UTC."""
    forward, sure = _ahead(party)
    at = None if civil is None else (civil - forward).replace(tzinfo=UTC)
    return End(kind, party.ref, party.leg, at, sure=sure, signed=party.signed, journey=party.journey,
               decision=party.decision, **more)


def _day(party: Party, now: datetime) -> Iterator[End]:
    """The plan's last day, to its end."""
    last = values.day(_terms(party.plan), "deadline")
    if last is None:
        return
    line = _end(party, DAY, datetime.combine(last + timedelta(1), time()))
    if line.at is not None and line.at <= now + SOON:
        yield replace(line, kind=PAST) if line.at <= now else line


def _window(party: Party, windows: Mapping[str, list[Window]], now: datetime) -> Iterator[End]:
    if not party.leg:
        return
    last, begins = values.day(_terms(party.plan), "deadline"), values.day(_terms(party.plan), "depart_from")
    if party.leg not in windows:
        if party.waits:
            yield _end(party, UNKNOWN, None, last=last)
        return
    at = (now + _ahead(party)[0]).replace(tzinfo=None)
    if begins and not party.left:
        at = max(at, datetime.combine(begins, time(DAY_STARTS_AT_H)))
    stands = standing(windows[party.leg], at)
    if stands.until is None and not stands.open:
        yield _end(party, NEVER, None)
    elif stands.open and stands.until is not None:
        line = _end(party, WINDOW, stands.until)
        if line.at is not None and line.at <= now + SOON:
            yield line
    elif not stands.open and party.waits:
        yield _end(party, SHUT, stands.until)
