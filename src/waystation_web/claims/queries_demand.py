"""What the pages of legal demands show: what is due, who decides, and exactly what could be produced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.access import TYPES, Facts, Kind, Permission, Role
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.holdings import DAY, files_of, keys_of
from waystation_web.vault.queries import allow, held_ids

from .actions_demand import open_block
from .demand import OFFICES, TYPE, Demand, demand_of
from .production import Count, digest_of, together


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who answers the demand: how many records their keys open now, and whether they have counted which."""

    who: Colleague
    keys: int
    counted: datetime | None
    stale: bool
    broken: int = 0
    reads: bool = True           # whether they may read the demand, and so count


@dataclass(frozen=True, slots=True)
class Production:
    """What can technically be produced. `whole`: everybody of the team has counted what is true now."""

    members: tuple[Member, ...]
    kinds: tuple[tuple[Kind, int], ...]     # from the rows, exact at this moment
    types: tuple[tuple[str, int], ...]      # from what each counted
    keys: int
    files: int

    @property
    def whole(self) -> bool:
        """Whether the numbers by type are exact now."""
        return bool(self.members) and all(one.counted is not None and not one.stale and not one.broken
                                          for one in self.members)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A signature that is awaited: what one signed, and whether it is this person who must."""

    said: Mapping[str, Any] = field(repr=False)
    mine: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One demand with everything around it."""

    demand: Demand
    today: date
    rights: str
    head: str
    production: Production
    deciding: Waiting | None
    handing: Waiting | None
    freezing: Waiting | None
    decides: bool                    # this person is one of the two
    counts: bool                     # this person is of the team
    may_write: bool
    names: Mapping[str, str] = field(repr=False)   # handles by account, hex

    @property
    def bound(self) -> bool:
        """Whether an order not to tell stands today."""
        return self.demand.bound(self.today)


def listing(actor: Actor, *, refused: list[bytes]) -> list[Demand]:
    """Demands that this person holds, undecided ones by their deadline first. Raises `NotPermitted` for other roles."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = [demand_of(one) for one in kept.every(actor, TYPE, refused=refused)]
    return sorted(found, key=lambda one: (bool(one.decided), one.deadline or date.max, one.received, one.key))


def page(actor: Actor, demand_id: bytes) -> Page:
    """One demand. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        demand = demand_of(kept.one(actor, demand_id, TYPE))
    people = kept.colleagues()
    names = {one.id.hex(): one.handle for one in people.values()}
    decides = actor.id in demand.deciders
    return Page(demand, clock.today(), names.get(demand.rights.hex(), "?"), names.get(demand.head.hex(), "?"),
                production_of(demand, people), _waiting(actor, demand.deciding, decides=decides),
                _waiting(actor, demand.handing, decides=decides), _waiting(actor, demand.freezing, decides=decides),
                decides, actor.id in demand.team,
                bool(actor.roles & OFFICES), names)


def production_of(demand: Demand, people: Mapping[bytes, Colleague]) -> Production:
    """What the team could open now, and what each of them counted."""
    counts = {one.by: one for one in demand.counts}
    there = [one for one in demand.team if one in people]
    held = keys_of(there)
    members = tuple(_member(demand, people[one], counts.get(one)) for one in there)
    by_kind = Counter(held.values())
    by_type = together(counts[one] for one in there if one in counts)
    order = [*TYPES]
    return Production(members, tuple((kind, by_kind[kind]) for kind in Kind if by_kind[kind]),
                      tuple(sorted(by_type.items(), key=lambda one: order.index(one[0]))), len(held), files_of(held))


def _member(demand: Demand, who: Colleague, counted: Count | None) -> Member:
    own = keys_of([who.id])
    reads = demand.record.id in held_ids(who.id)
    if counted is None:
        return Member(who, len(own), None, stale=False, reads=reads)
    return Member(who, len(own), counted.at, counted.of != digest_of(own), counted.broken, reads)


def may_make(actor: Actor) -> bool:
    """Whether to show the form for a new demand."""
    return bool(actor.roles & OFFICES)


def deciders(role: Role) -> list[tuple[str, str]]:
    """Colleagues of a role, for a form."""
    return [(one.id.hex(), one.handle) for one in _here() if role in one.roles]


def everybody() -> list[tuple[str, str]]:
    """Colleagues who are here, for a form."""
    return [(one.id.hex(), one.handle) for one in _here()]


def _here() -> list[Colleague]:
    return sorted((one for one in kept.colleagues().values() if one.active), key=lambda one: one.handle)


def _waiting(actor: Actor, said: Mapping[str, Any], *, decides: bool) -> Waiting | None:
    asked = open_block(said)
    if not asked:
        return None
    first = values.account(values.part(asked, "approval"), "asked_by")
    return Waiting(asked, decides and first != actor.id)


__all__ = ["DAY", "Page", "deciders", "everybody", "listing", "page", "production_of"]
