"""Until when a party may still go: the windows of the leg that is next, as the route book says them today, and the last
day of its plan. For everybody under way, and for each decision to go on which no journey was opened yet.

What nobody wrote down is not known, and is said: a leg without a window in the book may be shut tomorrow.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from waystation.journeys.status import ON_THE_ROAD
from waystation.network.rows import Window
from waystation.network.windows import ahead, standing, windows_of
from waystation.planning.decision import Chosen
from waystation.units import DAY_STARTS_AT_H
from waystation_web.gateways import clock
from waystation_web.network.export import Export, export_of
from waystation_web.network.row import row_of
from waystation_web.plans.decided import ASKED, DECIDED, Decision, decision_of
from waystation_web.records.look import Look, several
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from . import ahead as ahead_
from .ahead import Ahead
from .journey import Journey

Plans = Mapping[bytes, Ahead]
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
    plan: Ahead = field(repr=False)
    waits: bool
    left: bool
    signed: bool = True
    journey: bytes = b""
    decision: bytes = b""


def ends(actor: Actor, found: Iterable[Journey], known: Known, broken: list[bytes]) -> list[End]:
    """What closes within a day or is over, what is shut, what is not known.

    Plans that are not at hand are opened together, before the caller's `writing()`. `broken` takes the ids of what does
    not open.
    """
    now = clock.now()
    journeys = [one for one in found if one.status in UNDER_WAY]
    goes = [one for one in known.decisions if one.status == DECIDED or (one.status == ASKED and now <= one.until)]
    plans = {one.plan: known_ for one in journeys if (known_ := ahead_.of_journey(one.record.body)) is not None}
    missing = {one.plan for one in (*journeys, *goes)} - set(plans)
    plans |= {id_: ahead_.read(ahead_.written(held.key, held.body))
              for id_, held in several(actor, missing, "plan", refused=broken).items()}
    parties = [*_moving(journeys, plans, now), *_decided(goes, plans, now)]
    lines = [one for party in parties for one in (*_day(party, now), *_window(party, known.windows, now))]
    return sorted(lines, key=lambda one: (one.at is None, one.at or now, one.ref, one.leg))


def read(network: Look, opened: Container[bytes], broken: list[bytes]) -> Known:
    """Every go that may still become a journey, the windows of the book, copies of it: of a look with `MARKS`.

    `opened`: decisions on which a journey stands. Their signatures were checked when it was opened, and nothing here
    rests on them. The caller records what does not open (`broken`).
    """
    known, cells = Known(), []
    for held in (one for type_, mine in network.found.items() if type_ != "journey" for one in mine):
        try:
            if held.type == "decision":
                if held.id not in opened and held.body.get("chosen") == Chosen.GO.value \
                        and not held.body.get("superseded_by"):
                    known.decisions.append(decision_of(held))
            elif (copy := export_of(held)) is not None:
                known.copies.append(copy)
            elif (row := row_of(held)) is not None and row.sheet == "windows" and not row.removed:
                cells.append(row.cells)
        except Refused:
            broken.append(held.id)
    for one in windows_of(cells) if cells else ():
        if one is not None:
            known.windows.setdefault(one.leg, []).append(one)
    return known


def _moving(journeys: Iterable[Journey], plans: Plans, now: datetime) -> Iterator[Party]:
    for one in journeys:
        if (plan := plans.get(one.plan)) is None:
            continue
        leg, stop = one.under_way, one.released(now)
        at = leg.end if leg else one.at
        next_ = stop.leg if stop and not leg else plan.legs.get(at, "")
        if at in one.goals or one.status not in {*WAITS, "moving"}:  # there, or planned anew: no leg is next
            next_ = ""
        yield Party(one.name, at, next_, plan, one.status in WAITS, one.status not in NOT_LEFT, journey=one.id)


def _decided(decisions: Iterable[Decision], plans: Plans, now: datetime) -> Iterator[Party]:
    for one in decisions:
        if (plan := plans.get(one.plan)) is None:
            continue
        at = plan.start
        party = Party(one.case_ref, at, plan.legs.get(at, ""), plan, waits=True, left=False,
                      signed=one.status == DECIDED, decision=one.id)
        if not any(end.kind == PAST for end in _day(party, now)):  # too late: nothing closes any more
            yield party


def _ahead(party: Party) -> tuple[timedelta, bool]:
    return ahead(party.plan.countries.get(party.at, ""))


def _end(party: Party, kind: str, civil: datetime | None, **more: Any) -> End:
    """A line; civil time at the place becomes UTC."""
    forward, sure = _ahead(party)
    at = None if civil is None else (civil - forward).replace(tzinfo=UTC)
    return End(kind, party.ref, party.leg, at, sure=sure, signed=party.signed, journey=party.journey,
               decision=party.decision, **more)


def _day(party: Party, now: datetime) -> Iterator[End]:
    """The plan's last day, to its end."""
    last = party.plan.last
    if last is None:
        return
    line = _end(party, DAY, datetime.combine(last + timedelta(1), time()))
    if line.at is not None and line.at <= now + SOON:
        yield replace(line, kind=PAST) if line.at <= now else line


def _window(party: Party, windows: Mapping[str, list[Window]], now: datetime) -> Iterator[End]:
    if not party.leg:
        return
    last, begins = party.plan.last, party.plan.begins
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
