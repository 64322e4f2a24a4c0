"""Reading contacts. Every list and page is a line of the record; reading many in an hour is a notice of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from waystation.access import Holding, Role, holding
from waystation.trust.flags import Lift
from waystation.trust.vetting import STANDING, UNUSABLE, exploits
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .contact import Contact, contact_of
from .flags import Noted
from .gathering import Looks, gathered, opened, unread
from .joining import graph_of
from .queries_reach import of_contact
from .reach import Handle
from .weighing import Weighed, weigh
from .words import HELPERS

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """A contact in the list."""

    contact: Contact
    grade: str
    sentence: str
    ends: date | None
    soon: bool
    standing: str
    warnings: tuple[str, ...]

    @property
    def words(self) -> str:
        """How they stand, in words."""
        return STANDING.get(self.standing, self.standing)

    @property
    def exploits(self) -> bool:
        """Whether they are known for exploiting people."""
        return exploits(self.contact.helper)

    @property
    def stopped(self) -> bool:
        """Whether they must not be used at all."""
        return self.standing in UNUSABLE


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can read a contact, and what they do here, in words."""

    handle: str
    does: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A flag, under what it rests if it does, and whether this person may let it rest."""

    flag: Noted
    rests: Lift | None
    may_lift: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One contact, whole. `exposed`: whom they can give away, by code name, as far as anybody wrote it down."""

    contact: Contact
    line: Line
    handles: tuple[Handle, ...]
    introduced: str
    brought: tuple[str, ...]
    exposed: tuple[str, ...]
    alternatives: tuple[Line, ...]
    holders: tuple[Reader, ...]
    colleagues: list[Colleague]  # whom one may let read this page
    reachers: list[Colleague]  # whom two may let see a number
    liaisons: list[tuple[str, str]]
    may_write: bool
    may_reach: bool
    may_vet: bool
    flags: tuple[Shown, ...]
    weighed: Weighed = field(repr=False)

    @property
    def earns(self) -> Any:
        """How they earn, in the reader's words; empty if nobody knows."""
        return dict(HELPERS).get(self.contact.helper, "")


def contacts(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = False) -> list[Contact]:
    """Every contact this person holds, by code name. Runs inside the caller's `writing()`."""
    found = [contact_of(one) for one in kept.every(actor, "contact", refused=refused, looked=looked)]
    return sorted(found, key=lambda one: one.code_name.casefold())


def listing(actor: Actor, refused: list[bytes]) -> tuple[list[Line], bool]:
    """The list, and whether this person may add to it."""
    with writing():
        found = contacts(actor, refused=refused, looked=True)
    return [line_of(one) for one in found], kept.may_make(actor, "contact")


def line_of(one: Contact) -> Line:
    """A contact as the list shows it."""
    today = clock.today()
    now = one.reliability(today)
    ends = now.current.ends if now.current else None
    return Line(one, now.grade, now.sentence, ends, ends is not None and ends - today <= SOON, one.standing(today),
                one.warnings(today))


def page(actor: Actor, contact: bytes) -> Page:
    """One contact. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    looks = opened(actor)
    with writing():
        one = contact_of(kept.one(actor, contact, "contact"))
        kept.tell_refused(actor, sorted({*looks.network.broken, *looks.people.broken}))
        others = [other for other in readable(looks) if other.id != one.id]
        handles = of_contact(actor, one.id, {other.id.hex(): other.code_name for other in others},
                             looks.network.of("handle"))
        found = gathered(actor, one, looks)
        holders = kept.held_by(kept.holders(actor, contact))
    by_id = {other.id.hex(): other.code_name for other in others}
    introduced = by_id.get(one.introduced_by, one.introduced_by)
    brought = tuple(other.code_name for other in others if other.introduced_by in {one.id.hex(), one.code_name})
    same = tuple(line for line in (line_of(other) for other in others
                                   if set(other.legs + other.places) & set(one.legs + one.places)) if not line.stopped)
    exposed = _exposed(one, introduced, brought, by_id)
    case = weigh(one, others, graph_of(one, [*others, one], looks.network.of("handle"))[0], found,
                 exposed=len(exposed) or None, unread=unread(actor, looks))
    writes = kept.may_write(actor, "contact")
    here = [other for other in kept.colleagues().values() if other.active and other.id != actor.id]
    return Page(one, line_of(one), handles, introduced, brought, exposed, same,
                tuple(_reader(other) for other in holders),
                [other for other in here if other not in holders and _ever(other, "contact")],
                [other for other in here if _ever(other, "handle")], liaisons(actor), writes,
                kept.may_make(actor, "handle"), writes and one.record.made.by != actor.id, shown(actor, one), case)


def readable(looks: Looks) -> list[Contact]:
    """The contacts among what was opened, by code name; one that makes no sense is told with what did not open."""
    found = []
    for held in looks.network.of("contact"):
        try:
            found.append(contact_of(held))
        except Refused:
            looks.network.broken.append(held.id)
    return sorted(found, key=lambda one: one.code_name.casefold())


def shown(actor: Actor, one: Contact) -> tuple[Shown, ...]:
    """The flags of a contact, the newest first."""
    today, writes = clock.today(), kept.may_write(actor, "contact")
    found = ((flag, flag.lift(today)) for flag in reversed(one.flags))
    return tuple(Shown(flag, rests, writes and rests is None and flag.by != actor.id) for flag, rests in found)


def may_reach(actor: Actor) -> bool:
    """Whether this person keeps numbers."""
    return kept.may_make(actor, "handle")


def liaisons(actor: Actor) -> list[tuple[str, str]]:
    """Other field liaisons: who may be somebody's deputy."""
    return sorted(((other.id.hex(), other.handle) for other in kept.colleagues().values()
                   if other.active and other.id != actor.id and Role.FIELD_LIAISON in other.roles),
                  key=lambda one: one[1])


def _reader(colleague: Colleague) -> Reader:
    return Reader(colleague.handle, tuple(sorted(Role(role).words for role in colleague.roles)))


def _ever(colleague: Colleague, type_: str) -> bool:
    return holding(type_, {Role(role) for role in colleague.roles}) is not Holding.NEVER


def _exposed(one: Contact, introduced: str, brought: tuple[str, ...], by_id: dict[str, str]) -> tuple[str, ...]:
    known = {by_id.get(other, other) for other in one.knows}
    return tuple(sorted({*known, introduced, *brought} - {""}, key=str.casefold))
