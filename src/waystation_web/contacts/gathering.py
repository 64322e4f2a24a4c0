"""What the office holds about a contact in other apps, laid on one table by them, for one page.

Contacts lie below journeys, the ledger and the route book: nothing here knows them. Each of those says, when the office
starts, what it can lay on the table (`SOURCES`), and lays what whoever looks may read, and nothing else.

    SOURCES["journeys"] = Source(network=("journey",), people=("incident",), lay=lay)

Both kinds are opened once, before the page's `writing()`; nothing of it outlives the request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from waystation.access import Holding, Kind, Role, holding
from waystation.trust.flags import Fact
from waystation.trust.incentive import Figure
from waystation.trust.sources import Source as Learnt
from waystation.trust.suggested import Ask, Begun, Calm, Taken
from waystation_web.records.look import Look, look
from waystation_web.vault.actor import Actor

from .contact import Contact


@dataclass(slots=True)
class Found:
    """What lies on the table. `reports`: how many of the book are theirs; `learnt`: what was learnt of them."""

    begun: list[Begun] = field(default_factory=list)
    calm: list[Calm] = field(default_factory=list)
    area_of: dict[str, str] = field(default_factory=dict)
    asked: list[Ask] = field(default_factory=list)
    marked: list[tuple[str, Fact]] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    rewards: list[Figure] = field(default_factory=list)
    owed: list[Figure] = field(default_factory=list)
    fines: list[Figure] = field(default_factory=list)
    reports: int = 0
    learnt: Learnt | None = None
    broken: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything of two kinds that whoever looks may read, of the types that are asked for."""

    network: Look
    people: Look

    def of(self, type_: str) -> bool:
        """Whether there is anything of a type."""
        return bool(self.network.of(type_) or self.people.of(type_))


@dataclass(frozen=True, slots=True)
class Source:
    """What an app needs opened, and how it lays on the table what that says of a contact."""

    lay: Callable[[Actor, Contact, Looks, Found], None]
    network: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    marks: tuple[bytes, ...] = ()


SOURCES: dict[str, Source] = {}


def opened(actor: Actor) -> Looks:
    """Everything that is laid on the table of any contact, before the caller's `writing()`."""
    network = {"contact", "handle", *(type_ for one in SOURCES.values() for type_ in one.network)}
    people = {type_ for one in SOURCES.values() for type_ in one.people}
    marks = [mark for one in SOURCES.values() for mark in one.marks]
    return Looks(look(actor, Kind.NETWORK, sorted(network), marks=marks), look(actor, Kind.PEOPLE, sorted(people)))


def gathered(actor: Actor, contact: Contact, looks: Looks) -> Found:
    """What lies on the table of a contact, inside the caller's `writing()`."""
    found = Found(broken=[*looks.network.broken, *looks.people.broken])
    for name in sorted(SOURCES):
        SOURCES[name].lay(actor, contact, looks, found)
    return found


def unread(actor: Actor, looks: Looks) -> tuple[str, ...]:
    """Types of records that this person is not given and holds none of: what lies there is not in the answer."""
    types = sorted({type_ for one in SOURCES.values() for type_ in (*one.network, *one.people)})
    roles = {Role(role) for role in actor.roles}
    return tuple(one for one in types if holding(one, roles) < Holding.ASSIGNED and not looks.of(one))
