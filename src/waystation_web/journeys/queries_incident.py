"""Reading incidents: what stands on the page of one, and what only the person on duty sees, on their own screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from waystation.casework.moves import Moved, step, steps_from
from waystation.journeys.company import Companion
from waystation.journeys.status import INCIDENT
from waystation_web.cases import values
from waystation_web.cases.case import case_of
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network import freezes
from waystation_web.network.words import MODES
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from . import words
from .actions_incident import others, waiting_step
from .attending import for_whoever_is_on_duty
from .before import TAKEN, Before, before
from .demands import decided
from .embargo import Lifting, lifting, may_leave
from .escorts import went_along
from .exposure import PARTY
from .incidents import Incident, incident_of
from .known import Known, known
from .offices import first_roles
from .queries import incidents
from .responding import SAID, due, grounds, lines, tasks
from .told import recipients, still_owed
from .tracing import Trace, to_do, traces

SECOND = "This step needs a second signature."
EVERYTHING_SAID = {name: True for names in SAID.values() for name in names}


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the first hours."""

    name: str
    words: str
    due: datetime
    late: bool
    owner: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step from here, what it asks whoever makes it to say, and what is in its way."""

    event: str
    name: str
    missing: str
    two: bool
    waits: bool
    own: bool
    reason: str = field(repr=False)
    asks: tuple[tuple[str, str], ...] = ()
    others: tuple[Colleague, ...] = ()  # of the other office, where two offices sign
    offices: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that somebody of the family is told, and whether they were."""

    id: str
    who: str = field(repr=False)
    teller: str
    says: str = field(repr=False)
    when: str = field(repr=False)
    told_at: datetime | None
    told_by: str


@dataclass(frozen=True, slots=True)
class Page:
    """One incident, whole. `instructions` are what they signed before they left: they come first."""

    incident: Incident
    name: str
    status: str
    province: str
    force: str
    how_known: str = field(repr=False)
    held_how: tuple[str, ...] = field(repr=False)  # how they were taken away, and what held them; empty: nobody knows
    instructions: tuple[Mapping[str, Any], ...] = field(repr=False)
    tasks: tuple[Task, ...]
    proposals: tuple[Mapping[str, Any], ...] = field(repr=False)
    steps: tuple[Step, ...]
    demand: str
    may_demand: bool
    people: tuple[Colleague, ...]
    holders: tuple[Colleague, ...]  # of either office that signs that a demand waits
    log: tuple[tuple[Any, str, str], ...] = field(repr=False)
    may_write: bool
    may_freeze: bool
    frozen: tuple[str, ...]
    family: tuple[Telling, ...] = field(repr=False)
    known: Known = field(repr=False)
    along: tuple[Companion, ...] = field(repr=False)  # who went along, and may be made to tell too
    feared: bool                    # somebody had said that they would rather die than be returned
    before: tuple[Before, ...]      # how it went for others who were taken
    lifting: Lifting | None         # how its embargo ends, if there ever was one
    to_find: tuple[Trace, ...]      # what is to be done next to find them, the earliest first
    asked: int                      # how many steps to find them were written down
    told: int = 0                   # how many outside were told of it
    owed: int = 0                   # how many of them must still hear of a correction or of news


def page(actor: Actor, incident_id: bytes) -> Page:
    """One incident. Raises `NoSuchVault`, `NotPermitted` (`step_up` for a silent one), `Refused`."""
    with writing():
        held = kept.one(actor, incident_id, "incident")
        incident = incident_of(held)
        if incident.open_silently:
            for_whoever_is_on_duty(actor)
        case = kept.maybe(actor, incident.case, "case")
        steps = tuple(_steps(actor, held, incident))
        journey = kept.maybe(actor, incident.journey, "journey")
        earlier = before(incident, incidents(actor)) if incident.kind in TAKEN else ()
    names = {one.id: one.handle for one in kept.colleagues().values()}
    people = tuple(sorted((one for one in kept.colleagues().values() if one.active), key=lambda one: one.handle))
    body = held.body
    return Page(
        incident, _kind(incident.kind), str(words.INCIDENT_STATUS.get(incident.status, incident.status)),
        values.text(body, "province"), values.text(body, "force"), values.text(body, "how_known"),
        _held_how(body),
        _instructions(case_of(case)) if case else (), tuple(_tasks(incident, names)),
        tuple({**one, "through": _way(values.texts(one, "through"))} for one in values.items(body, "proposals")),
        steps, values.text(values.part(body, "demand"), "line"),
        (incident.status, "demand") in INCIDENT and not body.get("demand"), people,
        _of_either(incident, people),
        tuple((one, str(words.INCIDENT_EVENTS.get(one.kind, one.kind)), names.get(one.by, ""))
              for one in reversed(incident.log)), kept.may_write(actor, "incident"), kept.may_make(actor, freezes.TYPE),
        tuple(values.text(one, "code") for one in values.items(body, "proposals") if one.get("state") == "frozen"),
        tuple(_telling(one, names) for one in values.items(body, "family")), known(incident),
        went_along(journey) if journey else (), body.get("feared") is True, earlier,
        lifting(actor, incident, names, may_write=kept.may_write(actor, "incident")), to_do(incident),
        len(traces(incident)), len(recipients(incident)), len(still_owed(incident)))


def _held_how(body: Mapping[str, Any]) -> tuple[str, ...]:
    by, said = MODES.get(values.text(body, "moved_by")), values.texts(body, "restraint")
    return (*([str(by)] if by else []), *(str(words_) for code, words_ in words.RESTRAINTS if code in said))


def attending(actor: Actor) -> list[Incident]:
    """Incidents that no shared screen shows. Raises `NotPermitted` (`step_up`), and for whoever is not on duty."""
    with writing():
        for_whoever_is_on_duty(actor)
        found = [incident_of(one) for one in kept.every(actor, "incident")]
    return sorted((one for one in found if one.open_silently), key=lambda one: one.began)


def frozen(actor: Actor) -> list[tuple[Incident, tuple[str, ...]]]:
    """What is frozen now, by the incident that holds it: where it is let go. A silent one is not named here.

    A record that does not open is recorded and left out: the planner refuses to work over it, this is a way to a page.
    """
    held: dict[bytes, set[str]] = {}
    found = []
    with writing():
        for one in freezes.standing(actor, refused=[]):
            held.setdefault(freezes.incident_in(one), set()).update(freezes.still(one))
        for key, codes in held.items():
            try:
                there = kept.maybe(actor, key, "incident")
                incident = incident_of(there) if there else None
            except Refused:
                continue
            if incident and not incident.open_silently:
                found.append((incident, tuple(sorted(codes))))
    return sorted(found, key=lambda one: one[0].began)


def _instructions(case: Any) -> tuple[Mapping[str, Any], ...]:
    codes = {one.id: one.code for one in case.people}
    newest = {values.text(one, "person"): one for one in values.items(case.record.body, "standing")}
    return tuple({**one, "code": codes.get(person, "?")} for person, one in newest.items())


def _of_either(incident: Incident, people: Iterable[Colleague]) -> tuple[Colleague, ...]:
    """Who may be asked; checked when it is signed. Who may not sign at all is told so, not that a box is empty."""
    move = INCIDENT.get((incident.status, "demand"))
    if move is None or move.offices is None:
        return ()
    here, there = move.offices
    return tuple(one for one in people if one.roles & (here | there))


def _tasks(incident: Incident, names: Mapping[bytes, str]) -> list[Task]:
    written, now, found = lines(incident), clock.now(), []
    for name, said in sorted(tasks(incident), key=lambda one: due(incident.began, one[0])):
        one, by = written[name], due(incident.began, name)
        done = values.at(one, "done_at")
        found.append(Task(name, str(said), by, done is None and now > by, names.get(values.account(one, "owner"), ""),
                          done, names.get(values.account(one, "done_by"), "")))
    return found


def _way(through: Iterable[str]) -> str:
    """By way of whom, in codes; the party itself has none."""
    return " → ".join(gettext("party") if one == PARTY else one for one in through)


def _telling(one: Mapping[str, Any], names: Mapping[bytes, str]) -> Telling:
    return Telling(values.text(one, "id"), values.text(one, "who"), names.get(values.account(one, "teller"), ""),
                   values.text(one, "says"), values.text(one, "when"), values.at(one, "told_at"),
                   names.get(values.account(one, "told_by"), ""))


def _steps(actor: Actor, held: Any, incident: Incident) -> list[Step]:
    found, leaves = [], may_leave(actor, incident)
    for event, move in steps_from(INCIDENT, incident.status):
        asked = waiting_step(held, incident, event)
        if event == "demand" and not asked:
            continue  # it comes with an amount, on a form of its own; signed second it is here
        said_ = {**EVERYTHING_SAID, "decided": decided(actor, incident, event, asked), "may_leave": leaves}
        facts = grounds(incident, said_, event=event, reason="-", second=True)
        told = step(INCIDENT, incident.status, event, actor.roles, facts, first=first_roles(asked))
        missing = "" if isinstance(told, Moved) else told.sentence
        if not missing and not asked and not kept.may_write(actor, "incident"):
            missing = SECOND  # a security officer signs what somebody else began, and begins nothing alone
        first = values.text(values.part(asked, "approval"), "asked_by")
        asks = tuple((name, str(words.INCIDENT_SAID[name])) for name in SAID.get(event, ()))
        found.append(Step(event, str(words.INCIDENT_EVENTS[event]), missing and gettext(missing), move.two, bool(asked),
                          first == actor.id.hex(), values.text(asked, "reason"), asks,
                          tuple(others(incident, event, actor)), move.offices is not None))
    return found


def _kind(kind: str) -> str:
    return str(dict(words.ALL_INCIDENTS).get(kind, kind))
