"""Pages of applications: their list, one with its days and chances, the memo against return, how long ways take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from waystation.access import Facts, Permission
from waystation.casework.application import APPLICATION, steps_from
from waystation.papers.paper import Paper
from waystation.rights.chain import Link, Responsible, responsible
from waystation.rights.durations import Seen, Span, span
from waystation.rights.facts import Step
from waystation.rights.findings import PROFILES, Decided, findings
from waystation.rights.library import first_protection, library
from waystation.rights.memo import ASSERTED, Matter, memo
from waystation.rights.steps import Clock
from waystation_web.cases import queries as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys.incidents import incident_of
from waystation_web.journeys.known import known
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from .application import TYPE, Application, Ground, Walked, application_of
from .due import Due, of_one, step_clock
from .waits import own


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the way: what is reported, what the office saw, when they were there."""

    step: Step
    seen: Seen | None
    walked: Walked | None
    clock: Clock | None   # of the step at which they stand


@dataclass(frozen=True, slots=True)
class Page:
    """One application."""

    one: Application
    today: date
    lines: tuple[Line, ...]
    decided: tuple[Decided, ...]         # what was counted in that State; nothing: the chance is not known
    due: tuple[Due, ...]
    chain: tuple[Responsible, ...] = field(repr=False)
    events: tuple[str, ...]
    may_write: bool
    holds_case: bool
    protects: int                        # the step from which on protection is possible; 0 for none
    names: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a status: as reported, with some steps faster, and what the office saw of each."""

    code: str
    title: str
    reported: Span
    faster: Span | None
    steps: tuple[tuple[Step, Seen | None], ...]
    first: Step | None


def listing(actor: Actor, *, refused: list[bytes]) -> list[tuple[Application, tuple[Due, ...]]]:
    """Applications that this person holds, those in an emergency first. Raises `NotPermitted` for other roles."""
    found, today = _every(actor, refused=refused), clock.today()
    waits = own(found, today)
    lines = [(one, tuple(of_one(one, waits, today))) for one in found]
    return sorted(lines, key=lambda line: (not line[0].emergency, line[0].over, not line[1], line[0].ref, line[0].key))


def people(actor: Actor) -> list[tuple[str, str]]:
    """Who may apply: people of the cases that this person holds, as "case:person"."""
    with writing():
        held = cases.cases(actor, refused=[])
    return [(f"{case.key}:{one.id}", f"{case.ref} · {one.code}") for case in held if not case.over
            for one in case.people]


def page(actor: Actor, application_id: bytes) -> Page:
    """One application. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        one = application_of(kept.one(actor, application_id, TYPE))
        everybody = [application_of(each) for each in kept.every(actor, TYPE, looked=False, refused=[])]
        chain = responsible(handed(actor, one))
        holds = kept.maybe(actor, one.case, "case") is not None
    today = clock.today()
    waits, first = own(everybody, today), first_protection(one.steps)
    now = step_clock(one, waits, today)
    walked = {each.order: each for each in one.walked}
    lines = tuple(Line(step, waits.get((one.pathway, step.order)), walked.get(step.order),
                       now if one.now is not None and one.now.order == step.order else None) for step in one.steps)
    events = tuple(event for event, made in steps_from(APPLICATION, one.status) if actor.roles & made.who)
    names = {each.id.hex(): each.handle for each in kept.colleagues().values()}
    return Page(one, today, lines, findings().decided_in(one.state), tuple(of_one(one, waits, today)), chain, events,
                kept.may_write(actor, TYPE), holds, first.order if first else 0, names)


def handed(actor: Actor, one: Application) -> tuple[Link, ...]:
    """States that handed somebody of this case on, as the incidents say that this person holds; no silent one."""
    found: list[Link] = []
    for held in kept.every(actor, "incident", looked=False, refused=[]):
        if held.body.get("case") != one.case.hex() or (incident := incident_of(held)).open_silently:
            continue
        found += [Link(each.from_, each.to, each.day, each.how_known) for each in known(incident).links
                  if each.known and each.from_ and each.to]
    return tuple(sorted(found, key=lambda each: each.day or date.max))


def memo_of(actor: Actor, application_id: bytes) -> tuple[Application, tuple[Paper, ...]]:
    """The memo against return, one for each person; that somebody read it is recorded. Raises as `page`."""
    with writing():
        one = application_of(kept.one(actor, application_id, TYPE))
        chain = handed(actor, one)
    return one, tuple(_memo(one, person, code, chain) for person, code in zip(one.persons, one.codes, strict=True))


def _memo(one: Application, person: str, code: str, chain: tuple[Link, ...]) -> Paper:
    said = one.grounds.get(person, Ground())
    return memo(Matter(code=code, state=one.state, profiles=frozenset(said.profile) & set(PROFILES),
                       nationality=said.nationality if said.nationality in ASSERTED else "", fear=said.fear,
                       since_leaving=said.since_leaving, chain=chain), clock.today())


def ways(actor: Actor, faster: Mapping[str, Mapping[int, int]]) -> tuple[Way, ...]:
    """Every way beside the others; `faster`: steps of a way that would last at most so many days.

    What the office saw is of the applications that this person holds. Raises `NotPermitted` for other roles.
    """
    waits, found = own(_every(actor, refused=[]), clock.today()), []
    for code, steps in library().pathways().items():
        instead = faster.get(code, {})
        found.append(Way(code, steps[0].title, span(steps), span(steps, instead) if instead else None,
                         tuple((one, waits.get((code, one.order))) for one in steps), first_protection(steps)))
    return tuple(found)


def _every(actor: Actor, *, refused: list[bytes]) -> list[Application]:
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        return [application_of(one) for one in kept.every(actor, TYPE, refused=refused)]
