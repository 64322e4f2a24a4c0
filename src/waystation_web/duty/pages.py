"""Reading for the pages of the house. Each view of a page is a line of the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from waystation.access import Kind, Role
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.look import Look
from waystation_web.records.queries import Colleague
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.models import Vault
from waystation_web.vault.queries import held_ids

from .fit import Fitness, fitness
from .queries import Limits, clock_of, limits
from .shifts import HandOver, Leave, Shift, hand_over, leave, shift

AHEAD = timedelta(days=14)
Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Named(Generic[Of]):
    """Something with the handles of whom it concerns."""

    of: Of
    who: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A guidance card."""

    id: bytes
    title: str = field(repr=False)
    text: str = field(repr=False)
    revision: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Roster:
    """The page of duty: who is on, who comes, who is away, what was handed over, who cannot read it yet."""

    now: tuple[Named[Shift], ...]
    coming: tuple[Named[Shift], ...]
    leaves: tuple[Named[Leave], ...]
    handed: tuple[Named[HandOver], ...]
    strangers: tuple[Colleague, ...]
    people: list[tuple[str, str]]
    mine: Fitness
    zone: ZoneInfo | None   # the office's own clock, if it is not UTC
    most_hours: int


def roster(actor: Actor, *, seen: Look | None = None) -> Roster:
    """Everything on the page of duty. `seen`: what of the network the page has opened already."""
    now = clock.now()
    with writing():
        held = kept.every(actor, "duty")
        mine, set_ = fitness(actor, now, seen=seen), limits(actor)
    names = kept.colleagues()

    def name(account: bytes) -> str:
        return names[account].handle if account in names else "?"

    shifts = sorted((shift(one) for one in held if one.body.get("sort") == "shift"), key=lambda one: one.start)
    leaves = [leave(one) for one in held if one.body.get("sort") == "leave"]
    handed = sorted((hand_over(one) for one in held if one.body.get("sort") == "hand_over"), key=lambda one: one.at,
                    reverse=True)
    return Roster(
        tuple(Named(one, name(one.who)) for one in shifts if one.on(now)),
        tuple(Named(one, name(one.who)) for one in shifts if now < one.start <= now + AHEAD),
        tuple(Named(one, name(one.who), name(one.stand_in)) for one in leaves if one.last >= now.date()),
        tuple(Named(one, name(one.by), name(one.to)) for one in handed[:20]),
        tuple(_strangers(actor)), _people(actor), mine,
        None if set_.time_zone == "UTC" else clock_of(set_.time_zone), set_.most_hours)


def fit(actor: Actor) -> Fitness:
    """What the office can say of whether this person is fit to decide."""
    with writing():
        return fitness(actor, clock.now())


def limits_page(actor: Actor) -> tuple[Limits, bool]:
    """The limits, and whether this person may set them."""
    with writing():
        return limits(actor), kept.may_make(actor, "setting")


@dataclass(frozen=True, slots=True)
class Post:
    """A role of the office: who does it, who follows, and whether the office would stand still without one person."""

    role: str
    words: str
    who: tuple[str, ...]
    deputy: bytes
    follows: str

    @property
    def alone(self) -> bool:
        """One person does it, and nobody is named who follows."""
        return len(self.who) == 1 and not self.follows


def posts(actor: Actor) -> tuple[list[Post], list[tuple[str, str]], bool]:
    """Every role, the people to choose from, and whether this person may name who follows."""
    with writing():
        held = [one for one in kept.every(actor, "setting", looked=False) if one.body.get("sort") == "succession"]
    said = max(held, key=lambda one: (one.made.at, one.id)).body.get("deputies", {}) if held else {}
    active = {one.id: one for one in kept.colleagues().values() if one.active}
    found = []
    for role in Role:
        deputy = bytes.fromhex(said.get(role.value, ""))
        who = tuple(sorted(one.handle for one in active.values() if role in one.roles))
        found.append(Post(role.value, role.words, who, deputy, active[deputy].handle if deputy in active else ""))
    people = sorted(((one.id.hex(), one.handle) for one in active.values()), key=lambda one: one[1])
    return found, people, kept.may_make(actor, "setting")


def cards(actor: Actor) -> list[Card]:
    """Every guidance card, by title."""
    with writing():
        held = kept.every(actor, "card")
    names = kept.colleagues()
    found = [Card(one.id, str(one.body.get("title", "")), str(one.body.get("text", "")), one.revision,
                  names[one.made.by].handle if one.made.by in names else "?", one.made.at) for one in held]
    return sorted(found, key=lambda one: one.title)


def may_write_cards(actor: Actor) -> bool:
    """Whether to show the form of a card."""
    return kept.may_make(actor, "card")


@dataclass(frozen=True, slots=True)
class Mine:
    """What the house keeps of one person who works here, for that person."""

    name: str
    roles: tuple[str, ...]
    shifts: tuple[Shift, ...]
    leaves: tuple[Leave, ...]
    named: bool             # outside this office; absent means no
    written: int            # lines of this person's own in hand-overs
    fitness: Fitness


def mine(actor: Actor) -> Mine:
    """What is kept about the reader: staff have the same right to see it as anybody."""
    with writing():
        held = kept.every(actor, "duty")
        said = fitness(actor, clock.now())
    own = [one for one in held if one.body.get("who") == actor.id.hex()]
    return Mine(actor.name, tuple(sorted(role.words for role in actor.roles)),
                tuple(shift(one) for one in own if one.body.get("sort") == "shift"),
                tuple(leave(one) for one in own if one.body.get("sort") == "leave"), may_be_named(actor.id, held),
                sum(one.body.get("sort") == "hand_over" and one.made.by == actor.id for one in held), said)


def may_be_named(account: bytes, held: list[Record]) -> bool:
    """Whether somebody who works here agreed to be named outside: their own newest word; absent means no."""
    own = [one for one in held if one.body.get("sort") == "naming" and one.made.by == account]
    return bool(own) and max(own, key=lambda one: (one.made.at, one.id)).body.get("named") is True


def _people(actor: Actor) -> list[tuple[str, str]]:
    return [(one.id.hex(), one.handle) for one in sorted(kept.colleagues().values(), key=lambda one: one.handle)
            if (one.active and "auditor" not in one.roles) or one.id == actor.id]


def _strangers(actor: Actor) -> list[Colleague]:
    """Colleagues who joined after what everybody reads was written, and were not let in yet."""
    wanted = held_ids(actor.id, Vault.objects.filter(kind=Kind.HOUSE).values_list("id", flat=True))
    return [one for one in kept.colleagues().values()
            if one.active and one.id != actor.id and set(one.roles) - {"auditor"}
            and wanted - held_ids(one.id, wanted)]
