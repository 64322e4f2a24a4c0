"""Reading journeys: the list, one page, and what a step from here asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from waystation.casework.moves import Moved, step, steps_from
from waystation.journeys.silence import Level
from waystation.journeys.status import JOURNEY, ON_THE_ROAD, Road
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network.drawing import Picture
from waystation_web.plans.decided import decision_of
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from . import words
from .actions import waiting_step
from .custody import in_custody
from .drawing import red_lines
from .ground import case_held, journey_go, road, unpaid
from .incidents import Incident, incident_of
from .journey import OVER, Journey, journey_of
from .lengths import Lengths, lengths
from .parted import Party, division_of, of_journey, parts_of, party
from .stops import Stop, stops
from .waiting import AT_REST_H

ALL_SAID = {"paid": True, "rested": True, "welfare": "-", "word": "-", "asked_again": True, "proof": "voice",
            "proof_text": "-", "status_case": "-"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step from here. `missing`: what is in the way whatever whoever makes it says; empty for nothing."""

    event: str
    name: str
    missing: str
    two: bool
    waits: bool                     # one has signed
    own: bool                       # and it was this person
    reason: str = field(default="", repr=False)
    parts: tuple[str, ...] = ()     # the division that one has signed: codes of each part
    alone: str = ""                 # and who manages without another adult, as they say
    why_apart: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A journey in a list."""

    journey: Journey
    status: str
    level: Level
    state: str
    look: str
    held: str

    @property
    def next_due(self) -> datetime | None:
        """When the next level begins."""
        later = [one for one in self.journey.due if one > clock.now()]
        return min(later, default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """One journey, whole."""

    line: Line
    steps: tuple[Step, ...]
    stops: tuple[Stop, ...] = field(repr=False)
    release: Any = field(repr=False)
    heard: tuple[tuple[Any, str, str, str], ...] = field(repr=False)  # check-in, how they are, word, who took it down
    log: tuple[tuple[Any, str, str], ...] = field(repr=False)
    legs: tuple[tuple[Any, str], ...] = field(repr=False)
    incidents: tuple[Incident, ...]
    basis: str
    unpaid: int
    instructions: tuple[Mapping[str, Any], ...] = field(repr=False)
    picture: Picture = field(repr=False)
    lengths: Lengths
    fictional: bool
    released_by: str
    party: Party = field(repr=False)
    parts: tuple[tuple[Line, str], ...] = field(repr=False)  # of a whole: each as it stands, and who is in it
    unread: bool                    # a part that this person may not read, or that does not open
    codes: str                      # who is on this journey, by code
    may_plan: bool                  # this person may plan them anew from where they are


def journeys(actor: Actor, *, refused: list[bytes] | None = None) -> list[Journey]:
    """Every journey this person holds, inside the caller's `writing()`."""
    broken = [] if refused is None else refused
    return readable(kept.every(actor, "journey", refused=broken), broken)


def readable(held_: Iterable[Record], broken: list[bytes]) -> list[Journey]:
    """The journeys in some records; `broken` gets the ids of those that make no sense."""
    found = []
    for held in held_:
        try:
            found.append(journey_of(held))
        except Refused:
            broken.append(held.id)
    return found


def incidents(actor: Actor) -> list[Incident]:
    """Every incident this person holds that a shared screen may show, inside the caller's `writing()`."""
    return shown(kept.every(actor, "incident", looked=False))


def shown(held: Iterable[Record]) -> list[Incident]:
    """Those of some incidents that a shared screen may show. All of them are read: with a silent one as without."""
    found = [incident_of(one) for one in held]
    return [one for one in found if not one.silent]


def listing(actor: Actor) -> tuple[list[Line], list[Line], int]:
    """Journeys on the way, those that are over, and how many do not open."""
    broken: list[bytes] = []
    with writing():
        found = journeys(actor, refused=broken)
    names = _names()
    lines = sorted((line_of(one, names) for one in found), key=_order)
    return ([one for one in lines if one.journey.status not in OVER],
            [one for one in lines if one.journey.status in OVER], len(broken))


def page(actor: Actor, journey_id: bytes) -> Page:
    """One journey. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, journey_id, "journey")
        journey = journey_of(held)
        case = of_journey(case_held(actor, journey.case), journey)
        plan, who = kept.one(actor, journey.plan, "plan", looked=False).body, party(case, clock.today())
        offered = tuple(_steps(actor, held, journey, who))
        ahead = tuple(stops(actor, journey)) if journey.status in {"ready", "resting"} else ()
        met = tuple(one for one in incidents(actor) if one.journey == journey.id and not one.over)
        owed = unpaid(actor, journey.case_ref)
        codes = {one.id: one.code for one in case.people}
        parts = parts_of(actor, journey)
    names, now = _names(), clock.now()
    leg, release = journey.under_way, journey.released(now)
    newest = {values.text(one, "person"): one for one in values.items(case.record.body, "standing")}
    return Page(
        line_of(journey, names), offered, ahead, release,
        tuple((one, _word(words.CONDITIONS, one.condition), str(words.WORDS.get(one.word, "")), names.get(one.by, ""))
              for one in reversed(journey.checkins)),
        tuple((one, str(words.EVENTS.get(one.kind, one.kind)), names.get(one.by, "")) for one in reversed(journey.log)),
        tuple((one, _word(words.CODES, one.code)) for one in journey.legs), met,
        _basis(leg.arrived, itself=leg.itself) if leg else gettext(
            "Fixed hours of this office for a house: %(hours)s. Nobody has learnt yet how long one may be silent.")
        % {"hours": " · ".join(f"{one:.0f}" for one in AT_REST_H)},
        owed, tuple({**one, "code": codes[person]} for person, one in newest.items() if person in codes),
        red_lines([(journey, plan)]), lengths(journey, plan), plan.get("fictional") is True,
        names.get(release.by, "") if release else "", who,
        tuple((line_of(one, names), who.codes(one.people)) for one in parts.found), not parts.all_read,
        ", ".join(one.code for one in case.people), journey.status in ON_THE_ROAD and kept.may_make(actor, "plan"))


@dataclass(frozen=True, slots=True)
class Opening:
    """A decision on which a journey may be opened, and what is in the way (empty: nothing but a reason)."""

    decision: bytes
    case_ref: str
    missing: str


def opening(actor: Actor, decision_id: bytes) -> Opening:
    """The page on which a journey is opened. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        found = decision_of(kept.one(actor, decision_id, "decision"))
        told = step(JOURNEY, "", "open", actor.roles, Road(reason="-", go=journey_go(actor, found)))
    return Opening(decision_id, found.case_ref, "" if isinstance(told, Moved) else gettext(told.sentence))


def next_stops(actor: Actor, journey_id: bytes) -> tuple[Stop, ...]:
    """The stops that may be released now. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        return tuple(stops(actor, journey_of(kept.one(actor, journey_id, "journey", looked=False))))


def line_of(journey: Journey, names: Mapping[bytes, str]) -> Line:
    """A journey with its words."""
    level = journey.level(clock.now())
    status = gettext("in custody of a transit State") if in_custody(journey) else \
        str(words.STATUS.get(journey.status, journey.status))
    return Line(journey, status, level, str(words.LEVELS[level]),
                words.LOOKS[level], names.get(journey.held_by, ""))


def _order(line: Line) -> tuple[int, str, str]:
    due = line.next_due
    return -int(line.level), due.isoformat() if due else "~", line.journey.name


def _steps(actor: Actor, held: Any, journey: Journey, who: Party) -> list[Step]:
    """Every step of the table from here, with what is in its way; what whoever steps will say is taken as said."""
    facts = replace(road(actor, journey, ALL_SAID, reason="-", second=True), split_kept=len(who.people) > 1)
    found = []
    for event, move in steps_from(JOURNEY, journey.status):
        if event in words.BY_THE_WHOLE:
            continue
        told = step(JOURNEY, journey.status, event, actor.roles, facts)
        asked = waiting_step(held, journey, event)
        first, typed = values.text(values.part(asked, "approval"), "asked_by"), values.part(asked, "typed")
        found.append(Step(event, str(words.EVENTS[event]), "" if isinstance(told, Moved) else gettext(told.sentence),
                          move.two, bool(asked), first == actor.id.hex(), values.text(asked, "reason"),
                          tuple(who.codes(part) for part in division_of(typed)),
                          who.codes(values.texts(typed, "alone")), values.text(typed, "why_apart")))
    return found


def _basis(arrived: int, *, itself: bool) -> str:
    if itself:
        return gettext("From %(n)s arrivals on this leg.") % {"n": arrived}
    return gettext("From the leg's profile, corrected by %(n)s arrivals; too few to speak for themselves.") % {
        "n": arrived}


def _word(pairs: Any, code: str) -> str:
    return str(dict(pairs).get(code, code))


def _names() -> dict[bytes, str]:
    return {one.id: one.handle for one in kept.colleagues().values()}


__all__ = ["Line", "Page", "Step", "incidents", "journeys", "line_of", "listing", "page"]
