"""What the pages of appeals show: to whom one may write of an incident; one letter, with all that must be weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from waystation.access import Facts, Permission, Role
from waystation.appeals import parts
from waystation.appeals.acts import BINDS_ALL, MATTER, binds
from waystation.appeals.addressees import ADDRESSEES
from waystation.appeals.after import Line
from waystation.appeals.changes import Changes, changes
from waystation.appeals.draft import missing
from waystation.appeals.people import Naming
from waystation.appeals.wording import wording
from waystation.casework.consent import ORIGIN, RETURNING
from waystation.papers.text import Block, blocks
from waystation.rights.library import library
from waystation.rights.openings import Matter, openings
from waystation_web.cases import values
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys import told
from waystation_web.journeys.actions_incident import to_act_on
from waystation_web.journeys.incidents import Incident, incident_of
from waystation_web.journeys.known import known
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from . import listed, words
from .actions_out import others, waiting
from .gathering import Gathered, facts_of, gathered
from .letter import TYPE, Letter, letter_of


@dataclass(frozen=True, slots=True)
class Door:
    """One addressee: open, shut or not known, with every reason, and who learns a name that is written there."""

    code: str
    name: str
    open: bool | None
    why: tuple[str, ...]
    tells: str


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody outside who must still hear of a correction, or of news."""

    what: str = field(repr=False)
    to: str


@dataclass(frozen=True, slots=True)
class OfIncident:
    """An incident, and what may be written of it."""

    incident: Incident
    clock: tuple[Line, ...]
    letters: tuple[Letter, ...]
    doors: tuple[Door, ...]
    owed: tuple[Owed, ...]
    recipients: int
    state: str            # the State that has them, as far as anybody knows
    read: bool            # their case is open to this person
    held_back: bool
    may_write: bool
    possible: bool
    listed: list[tuple[str, str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Right:
    """A right that is concerned, where it stands, and whether that bound the State then."""

    right: str
    article: str
    bound: str
    look: str


@dataclass(frozen=True, slots=True)
class Page:
    """One letter. `names`: what each person's yes covers, for this addressee, its State and the public."""

    letter: Letter
    blocks: tuple[Block, ...] = field(repr=False)
    names: tuple[tuple[str, Naming], ...] = field(repr=False)
    read: bool
    rights: tuple[Right, ...]
    changes: Changes = field(repr=False)
    harm: tuple[str, ...]
    missing: tuple[str, ...]
    held_back: bool
    asked: Mapping[str, Any] = field(repr=False)
    mine: bool                        # this person signed it first
    others: tuple[Colleague, ...]
    handles: Mapping[bytes, str] = field(repr=False)
    may_write: bool
    may_begin: bool
    listed: listed.Listed | None


def listing(actor: Actor, *, refused: list[bytes]) -> list[Letter]:
    """Letters that this person holds, what is to be looked at first. Raises `NotPermitted` for other roles."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = [letter_of(one) for one in kept.every(actor, TYPE, refused=refused)]
    order = ("draft", "signed", "given", "ended")
    return sorted(found, key=lambda one: (not one.late, order.index(one.stage), one.due or one.now.at, one.ref))


def of_incident(actor: Actor, incident_id: bytes) -> OfIncident:
    """What may be written of an incident. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        kept.one(actor, incident_id, "incident")
        incident = incident_of(to_act_on(actor, incident_id))
        found = gathered(actor, incident)
        letters = [letter_of(one) for one in kept.every(actor, TYPE, looked=False, refused=[])]
        held_back = embargoed.standing(actor).on(incident.case_ref, incident.case.hex())
        offices = listed.choices(actor)
    mine = tuple(sorted((one for one in letters if one.incident == incident_id), key=lambda one: one.record.made.at))
    state = known(incident).holder
    return OfIncident(incident, told.appeal_clock(incident), mine, _doors(incident, found, state), _owed(incident),
                      len(told.recipients(incident)), state, found.read, held_back, kept.may_write(actor, TYPE),
                      incident.kind in MATTER, offices)


def page(actor: Actor, letter_id: bytes) -> Page:
    """One letter. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, letter_id, TYPE)
        letter = letter_of(held)
        there = kept.maybe(actor, letter.incident, "incident")
        incident = incident_of(there) if there else None
        found = gathered(actor, incident) if incident else Gathered()
        held_back = embargoed.standing(actor).on(letter.case_ref, letter.case.hex())
        asked, office = waiting(held), listed.shown(actor, letter)
    facts, names = facts_of(incident, found, letter.to, held.body) if incident else (None, ())
    begins = Role.RIGHTS_OFFICER in actor.roles
    return Page(
        letter, blocks(letter.now.paper), tuple((found.codes.get(one.person, "?"), one) for one in names), found.read,
        _rights(facts) if facts else (), changes(letter.before, letter.now.paper),
        _harm(letter, incident, found, frozenset(letter.now.named)),
        missing(facts, letter.to) if facts and not letter.corrects else (), held_back, asked,
        values.account(values.part(asked, "approval"), "asked_by") == actor.id, tuple(others(actor)) if begins else (),
        {one.id: one.handle for one in kept.colleagues().values()}, kept.may_write(actor, TYPE), begins, office)


def _doors(incident: Incident, found: Gathered, state: str) -> tuple[Door, ...]:
    """Every addressee. Whether the family agrees is not known here: a door that asks for it says so."""
    if incident.kind not in MATTER:
        return ()
    signed = True if any(one.signed for one in found.people) else None
    matter = Matter(kind=MATTER[incident.kind], state=state, began=min(incident.began.date(), clock.today()),
                    ongoing=not incident.over, person=signed, nationality="KP")
    by_code = {one.mechanism.code: one for one in openings(matter, clock.today())}
    rows = []
    for one in ADDRESSEES.values():
        door = by_code.get(one.mechanism)
        rows.append(Door(one.code, words.addressee(one.code), door.open if door else True,
                         tuple(map(gettext, door.why)) if door else (), str(words.TELLS[one.tells])))
    return tuple(sorted(rows, key=lambda row: {True: 0, None: 1, False: 2}[row.open]))


def _owed(incident: Incident) -> tuple[Owed, ...]:
    says = {values.text(one, "id"): values.text(one, "says")
            for one in values.items(incident.record.body, "corrected")}
    return tuple(Owed(says.get(what) or str(words.NEWS.get(what, what)), _recipient(to))
                 for what, to in told.still_owed(incident))


def _recipient(key: str) -> str:
    code, state, which = key.split("|", 2)
    return " · ".join(part for part in (words.addressee(code), state, which) if part)


def _rights(facts: Any) -> tuple[Right, ...]:
    said, found = wording("en"), []
    for one in parts.broken_in(facts):
        bound = binds(one, facts.state, facts.day)
        look = {True: "", False: "off", None: "unknown"}[bound]
        words_ = gettext("binds every State") if one.instrument in BINDS_ALL else str(words.BOUND[bound])
        found.append(Right(said.say(f"rights.{one.right}"), parts.article(one, said), words_, look))
    return tuple(found)


def _harm(letter: Letter, incident: Incident | None, found: Gathered, named: frozenset[str]) -> tuple[str, ...]:
    """Who could be harmed, as far as it is written down: what whoever signs weighs first."""
    frozen = incident is None or all(one.get("state") != "proposed"
                                     for one in values.items(incident.record.body, "proposals"))
    there = {"unnamed": not found.read or any(one.id not in named for one in found.people),
             "children": any(one.child is not False for one in found.people),
             "relatives": found.relatives is True, "relatives_unknown": found.relatives is None,
             "helpers": not frozen, "walled": letter.state in ORIGIN | RETURNING}
    return tuple(str(words.HARM[name]) for name, harmed in there.items() if harmed)


def states() -> list[tuple[str, str]]:
    """States of which something is written down, and a few words for each."""
    said = wording("en")
    return sorted(((code, said.state(code)) for code in library().countries()), key=lambda one: one[1])
