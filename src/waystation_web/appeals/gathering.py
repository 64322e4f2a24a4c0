"""From an incident and its case to what a letter may know: coarse facts, and of people what their yes covers.

What somebody wrote down about how it is known is never taken over: it may name who told us. Where they were is a
province or a public town, as the incident has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.appeals.addressees import Addressee
from waystation.appeals.describe import counted, described
from waystation.appeals.facts import Asked, Facts, Handed, Mention
from waystation.appeals.people import Naming, Person, naming_of
from waystation.appeals.wording import wording
from waystation.evidence.roster import Roster
from waystation_web.cases import values
from waystation_web.cases.asked import by_two, newest
from waystation_web.cases.case import Case
from waystation_web.cases.consents import rows_of
from waystation_web.cases.folk import Someone
from waystation_web.gateways import clock
from waystation_web.journeys.incidents import Incident
from waystation_web.journeys.known import known
from waystation_web.journeys.looked_for import looked_for
from waystation_web.journeys.tracing import fates, traces
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .letter import denial_of

LETTERS = ("legal", "used")  # kinds of names that a letter may say: as in papers, as they are called
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Whom it happened to. `read`: their case is open to this person; without it, nobody is known."""

    people: tuple[Person, ...] = field(default=(), repr=False)
    codes: Mapping[str, str] = field(default_factory=dict)  # of people, by their ids
    names: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # every name that is open: words, person
    read: bool = False
    relatives: bool | None = None  # somebody of theirs is inside; None: nobody wrote it down, or it is not open

    def unnamed(self, named: frozenset[str]) -> Roster:
        """What no letter may say that names only these."""
        return Roster.of(names=[(words, of) for words, of in self.names if of not in named])


def gathered(actor: Actor, incident: Incident) -> Gathered:
    """Everybody to whom it happened, as far as this person may know. Inside the caller's `writing()`."""
    case = looked_for(actor, incident)
    if case is None:
        return Gathered()
    names, inside = _names(actor, case)
    return Gathered(tuple(_person(case, one, names) for one in case.people), {one.id: one.code for one in case.people},
                    tuple((words, of) for of, all_ in names.items() for words, _kind, _script in all_), True,
                    inside or (True if any("NK-RK" in one.needs for one in case.people) else None))


def facts_of(incident: Incident, found: Gathered, to: Addressee, typed: Mapping[str, Any]) -> tuple[
        Facts, tuple[Naming, ...]]:
    """The facts for one letter, and what was decided about each name in it."""
    words, today = wording(str(typed["language"])), clock.today()
    state, body, there = str(typed["state"]), incident.record.body, known(incident)
    told = tuple(naming_of(one, to, state, today) for one in found.people)
    mentions = tuple(
        Mention(one.name, True, say.state.yes, say.public.yes) if say.named else Mention(described(one, words), False)
        for one, say in zip(found.people, told, strict=True))
    return Facts(
        kind=incident.kind, day=incident.began.date(), place=values.text(body, "province"), state=state,
        holder=there.holder, force=values.text(body, "force"), mode=values.text(body, "moved_by"),
        restraint=values.texts(body, "restraint"),
        handed=tuple(Handed(one.from_, one.to, one.day, one.known) for one in there.links),
        asked=tuple(Asked(one.body, one.asked_on, bool(one.answer)) for one in traces(incident) if one.asked_on),
        fates=tuple(one.fate for one in fates(incident).values()),
        confirmed=any(one.kind == "confirm" for one in incident.log), people=counted(found.people, words),
        mentions=mentions, own=values.text(typed, "own"), denial=denial_of(typed),
        profiles=frozenset(values.texts(typed, "profiles")), demands=values.texts(typed, "demands")), told


Names = dict[str, list[tuple[str, str, str]]]  # by person: words, kind, script


def _person(case: Case, one: Someone, names: Names) -> Person:
    body, today = case.record.body, clock.today()
    told = newest(body, "standing", one.id)
    said, public = values.text(told, "name"), values.text(told, "public")
    signed = False if said == NO else True if said == YES and values.text(told, "signed_on") else None
    return Person(
        id=one.id, sex=one.sex, ages=one.ages_on(today), child=one.child_on(today),
        best_by_two=by_two(case.id, newest(body, "best_interest", one.id)), rows=tuple(rows_of(body)), signed=signed,
        public=False if public == NO else None, name=_said(names.get(one.id, [])))


def _said(names: list[tuple[str, str, str]]) -> str:
    """A name as a letter says it: the first in each script, the first of all outside the brackets."""
    first: dict[str, str] = {}
    for words, kind, script in names:
        if kind in LETTERS or not kind:
            first.setdefault(script, words)
    main, *more = first.values() or ("",)
    return f"{main} ({', '.join(more)})" if more else main


def _names(actor: Actor, case: Case) -> tuple[Names, bool]:
    """Every name of its people that is open to this person, and whether somebody of theirs is inside."""
    found: Names = {}
    inside = False
    for key in case.household_records:
        held = kept.maybe(actor, key, "person")
        if held is None:
            continue
        inside = inside or any(values.part(held.body, "relatives_inside").values())
        for one in values.items(held.body, "names"):
            found.setdefault(values.text(one, "person"), []).append(
                (values.text(one, "text"), values.text(one, "kind"), values.text(one, "script")))
    return found, inside
