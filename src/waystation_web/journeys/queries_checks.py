"""Were our plans right? Parties that set out, what the plan they left with had said, and what became of them.

Counted are those whose journey, case and plan the reader may open, once the journey is over or the last day of its
plan is past: were only the closed ones counted, those of whom nobody heard again would be left out, and the plans
would look better than they were. Each party is one, also if it was divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.journeys.checks import ENOUGH, Check, End, Seen, Share, Verdict, checks, end_of, worst
from waystation.units import of_100
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases import values
from waystation_web.cases.case import Case
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from . import ahead
from .ahead import Ahead
from .journey import Journey, journey_of
from .words_checks import SAID_ALL, SAID_NOTHING, SAID_TENTHS, VERDICTS

ARRIVED, DIVIDED, AGAIN, ANEW, TOGETHER = "hand_over", "split", "rejoin", "resume", "joined"


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share as a page says it, of 100; None where nothing may be said. `look` is of the state that the words have."""

    happened: int
    said: int | None
    low: int | None
    high: int | None
    verdict: str
    look: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A row of the page."""

    name: str
    n: int
    ends: Mapping[str, int]
    arriving: ShareLine
    losing: ShareLine
    all: bool                      # these together, or those without a number: not a group by what was said


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """All of it, and what is not counted: why, and how many."""

    rows: tuple[CheckLine, ...] = field(repr=False)
    counted: int
    enough: int
    under_way: int
    never_left: int
    unread: int                    # of these journeys the case or the plan is not the reader's
    broken: int

    @property
    def none(self) -> bool:
        """Whether nothing is counted."""
        return not self.counted


def page(actor: Actor) -> ChecksPage:
    """What plans had said and what came of it, of all cases that this person may read."""
    broken: list[bytes] = []
    held = kept.read(actor, "journey", refused=broken)
    read = {one.id: one for one in cases.shown(actor, refused=broken)}
    known = _journeys(held, broken)
    with writing():
        record(actor, Event.LIST_READ, count=len(held))
        kept.tell_refused(actor, broken)
        parties = [one for one in known.values() if not one.whole]
        begun = [one for one in parties if one.legs]
        seen, under_way, unread = list[Seen](), 0, 0
        for one in begun:
            plan = _first_plan(actor, one, read.get(one.case), broken)
            if plan is None or plan.said is None:
                unread += 1
            elif (end := _end(one, known, plan.last, clock.now())) is None:
                under_way += 1
            else:
                seen.append(Seen(plan.said.get("arrive"), plan.said.get("lost"), end))
    return ChecksPage(tuple(_line(one) for one in checks(seen)), len(seen), ENOUGH, under_way,
                      len(parties) - len(begun), unread, len(set(broken)))


def _journeys(held: Iterable[Any], broken: list[bytes]) -> dict[bytes, Journey]:
    found = {}
    for one in held:
        try:
            found[one.id] = journey_of(one)
        except Refused:
            broken.append(one.id)
    return found


def _first_plan(actor: Actor, journey: Journey, case: Case | None, broken: list[bytes]) -> Ahead | None:
    """What the plan had said with which they left: a later one knew how far they had come. None if it is not here."""
    if case is None:
        return None
    id_, told = journey.plan, ahead.of_journey(journey.record.body)
    if any(one.kind == ANEW for one in journey.log):
        id_, told = _decided_before(case, journey), None
    if told is not None and told.said is not None:
        return told
    try:
        plan = kept.maybe(actor, id_, "plan") if id_ else None
    except Refused:
        broken.append(id_)
        return None
    return None if plan is None else ahead.read(ahead.written(plan.key, plan.body))


def _decided_before(case: Case, journey: Journey) -> bytes:
    """The plan of the decision on which the journey was opened, as the case's timeline names it; empty for none."""
    opened = journey.log[0].at
    named = [values.account(one.refs, "plan") for one in case.timeline
             if one.kind == "decision" and one.text.startswith("decided:") and one.at is not None and one.at <= opened]
    return named[-1] if named else b""


def _end(journey: Journey, known: Mapping[bytes, Journey], last: date | None, now: datetime) -> End | None:
    """What became of a party; None while it may still arrive in time."""
    past = last is not None and now.date() > last
    if not journey.over and not past:
        return None
    return worst(_ends(journey, known, last))


def _ends(journey: Journey, known: Mapping[bytes, Journey], last: date | None) -> list[End]:
    """Of a party, or of each part of it that ended by itself. A part that is not here is unknown."""
    kinds = [one.kind for one in journey.log]
    codes = [one.code for one in journey.legs]
    arrived = ARRIVED in kinds
    found = []
    for id_ in journey.parts:
        part = known.get(id_)
        if part is None:
            found.append(End.UNKNOWN)
        elif part.status != TOGETHER:
            found += _ends(part, known, last)
    if found and AGAIN not in _since_divided(kinds):
        return found
    there = values.at(journey.record.body, "handed_at") if arrived else None
    in_time = journey.over if there is None or last is None else there.date() <= last
    return [*found, end_of(codes, arrived=arrived, in_time=in_time)]


def _since_divided(kinds: list[str]) -> list[str]:
    """What was done after the party was divided last."""
    return kinds[len(kinds) - kinds[::-1].index(DIVIDED):] if DIVIDED in kinds else kinds


def _line(row: Check) -> CheckLine:
    if row.tenths is not None:
        name = str(SAID_TENTHS) % {"n": row.tenths}
    else:
        name = str(SAID_NOTHING if row.arriving.verdict is Verdict.SILENT else SAID_ALL)
    return CheckLine(name, row.n, {end.value: count for end, count in row.ends.items()}, _share(row.arriving),
                     _share(row.losing), row.tenths is None)


def _share(share: Share) -> ShareLine:
    said, low, high = (None if one is None else of_100(one) for one in (share.said, share.low, share.high))
    word, look = VERDICTS[share.verdict]
    return ShareLine(share.happened, said, low, high, str(word), look)
