"""What researchers see too: coded events by their codes, registers, facilities. Nothing here looks into a statement.

There is no search over words: events are chosen by type, country and facility, which are codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waystation.access import Facts, Permission
from waystation.testimony.acts import MANY, ONE, alleged, articles, restricted
from waystation.testimony.pictures import Level, chain
from waystation.testimony.terms import Facility
from waystation.testimony.terms import facilities as gazetteer
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from .coded import DENIAL, EVENT, OBSERVATION, PERPETRATOR, TYPE, Event, event_of, observation_of, of_sort
from .queries import unit_of


@dataclass(frozen=True, slots=True)
class Events:
    """Coded events, as far as they are chosen by codes."""

    rows: tuple[Event, ...]
    types: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event: its codes by list, its articles, its label, whom the register has for it, what States say of it."""

    event: Event
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    articles: tuple[str, ...]
    restricted: bool
    alleged: bool
    perpetrator: str
    denials: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """One register."""

    sort: str
    rows: tuple[Record, ...]
    may_make: bool
    events: tuple[tuple[str, Event], ...]
    names: Mapping[str, str]
    me: str


@dataclass(frozen=True, slots=True)
class Known:
    """A facility, with what was seen from above and what States say of it, beside each other."""

    facility: Facility
    seen: tuple[tuple[Record, tuple[Level, ...]], ...]
    denials: tuple[Record, ...]
    events: int


def events(actor: Actor, *, type: str, country: str, refused: list[bytes]) -> Events:  # noqa: A002
    """Coded events of a type and a country; empty is every one. Raises `NotPermitted` for roles that never read any."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = [event_of(one) for one in of_sort(kept.every(actor, TYPE, refused=refused), EVENT)]
    rows = [one for one in found if type in {"", one.act.type} and country in {"", one.act.country}]
    return Events(tuple(rows), tuple(sorted({one.act.type for one in found})),
                  tuple(sorted({one.act.country for one in found})))


def event(actor: Actor, coded_id: bytes) -> EventPage:
    """One event. Raises `NoSuchVault`, also for a line of a register; `NotPermitted`."""
    with writing():
        held = kept.one(actor, coded_id, TYPE)
        if held.body.get("sort") != EVENT:
            raise NoSuchVault
        others = kept.every(actor, TYPE, looked=False)
    found, act = event_of(held), event_of(held).act
    codes = [(list_, (getattr(act, name),)) for name, list_ in ONE.items() if getattr(act, name)]
    codes += [(list_, getattr(act, name)) for name, list_ in MANY.items() if getattr(act, name)]
    units = {one.key: unit_of(one.body) for one in of_sort(others, PERPETRATOR)}
    denials = [one for one in of_sort(others, DENIAL) if values.text(one.body, "event") == found.key
               or (act.facility and values.text(one.body, "facility") == act.facility)]
    return EventPage(found, tuple(codes), articles(act), restricted(act), alleged(act),
                     units.get(found.perpetrator_of, ""), tuple(denials))


def register(actor: Actor, sort: str, *, refused: list[bytes]) -> Register:
    """One register, the newest line first. Raises `NotPermitted`."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = kept.every(actor, TYPE, refused=refused)
    there = tuple((one.key, event_of(one)) for one in of_sort(found, EVENT))
    names = {one.id.hex(): one.handle for one in kept.colleagues().values()}
    return Register(sort, tuple(of_sort(found, sort)), kept.may_make(actor, TYPE), there, names, actor.id.hex())


def facilities(actor: Actor, *, refused: list[bytes]) -> list[Known]:
    """Every public facility, and what stands here about it. Raises `NotPermitted`."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = kept.every(actor, TYPE, refused=refused)
    seen, denials = of_sort(found, OBSERVATION), of_sort(found, DENIAL)
    there = [event_of(one) for one in of_sort(found, EVENT)]
    return [Known(one, tuple((each, chain(observation_of(each.body))) for each in _at(seen, code)),
                  tuple(_at(denials, code)), sum(1 for each in there if each.act.facility == code))
            for code, one in gazetteer().items()]


def _at(held: list[Record], code: str) -> list[Record]:
    return [one for one in held if one.body.get("facility") == code]
