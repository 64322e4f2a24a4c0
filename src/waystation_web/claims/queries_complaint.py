"""Reading complaints. Whom one is about holds no key to it; and if they did, it would not exist for them either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waystation.access import Facts, Permission
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from .complaint import TYPE, Complaint, complaint_of
from .routing import Route, route
from .standard import Standard, standard


@dataclass(frozen=True, slots=True)
class Listing:
    """Complaints that this person handles or took down, and what the house promises."""

    rows: tuple[Complaint, ...]
    standard: Standard
    may_make: bool
    may_set: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One complaint with those who read it."""

    complaint: Complaint
    today: date
    about: tuple[Colleague, ...]
    handlers: tuple[Colleague, ...]
    readers: tuple[Colleague, ...]
    route: Route
    handles: bool
    names: dict[str, str]

    @property
    def others(self) -> tuple[Colleague, ...]:
        """Who could be let handle it too."""
        there = {one.id for one in self.readers}
        return tuple(one for one in self.route.handlers if one.id not in there)


def readable(actor: Actor, held: Iterable[Record]) -> list[Complaint]:
    """Those of some records that are not about this person."""
    return [one for one in map(complaint_of, held) if actor.id not in one.about]


def one(actor: Actor, complaint_id: bytes, *, looked: bool = False) -> Complaint:
    """One complaint, inside the caller's `writing()`. For whom it is about there is none: `NoSuchVault`."""
    found = complaint_of(kept.one(actor, complaint_id, TYPE, looked=looked))
    if actor.id in found.about:
        raise NoSuchVault
    return found


def listing(actor: Actor, *, refused: list[bytes]) -> Listing:
    """What this person handles or took down, the next due first. Raises `NotPermitted` for an auditor."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = readable(actor, kept.every(actor, TYPE, refused=refused))
        house = standard(actor)
    rows = sorted(found, key=lambda one: (one.over, one.due[0][1] if one.due else date.max, one.received, one.key))
    return Listing(tuple(rows), house, kept.may_make(actor, TYPE), kept.may_write(actor, "setting"))


def page(actor: Actor, complaint_id: bytes) -> Page:
    """One complaint. Raises `NoSuchVault`, also for whom it is about; `NotPermitted`, `Refused`."""
    with writing():
        found = one(actor, complaint_id, looked=True)
        readers = kept.held_by(kept.holders(actor, complaint_id))
    people = kept.colleagues()
    return Page(found, clock.today(), tuple(kept.held_by(found.about)), tuple(kept.held_by(found.handlers)),
                tuple(readers), route(people.values(), found.about), actor.id in found.handlers,
                {each.id.hex(): each.handle for each in people.values()})


def named() -> tuple[list[Colleague], Route]:
    """Everybody who can be complained of, and who may be asked to handle it while nobody is named."""
    people = kept.colleagues()
    here = sorted((one for one in people.values() if one.active), key=lambda one: one.handle)
    return here, route(people.values(), ())
