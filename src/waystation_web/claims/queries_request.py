"""Pages of requests about an own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from .pack import Pack
from .packing import pack_of
from .request import TYPE, Request, request_of


@dataclass(frozen=True, slots=True)
class Page:
    """One request. `pack` is None for whoever does not hold the case."""

    request: Request
    today: date
    pack: Pack | None = field(repr=False)
    may_write: bool
    names: Mapping[str, str] = field(repr=False)


def listing(actor: Actor, *, refused: list[bytes]) -> list[Request]:
    """Requests that this person holds, the next due first. Raises `NotPermitted` for other roles."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = [request_of(one) for one in kept.every(actor, TYPE, refused=refused)]
    return sorted(found, key=lambda one: (one.over, one.due, one.key))


def people(actor: Actor) -> list[tuple[str, str]]:
    """Whose file it may be: people of the cases that this person holds, as "case:person"."""
    with writing():
        held = cases.cases(actor, refused=[])
    return [(f"{case.key}:{one.id}", f"{case.ref} · {one.code}") for case in held for one in case.people]


def page(actor: Actor, request_id: bytes) -> Page:
    """One request, with its pack for whoever holds the case. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        request = request_of(kept.one(actor, request_id, TYPE))
        try:
            pack = pack_of(actor, request)
        except NoSuchVault:
            pack = None
    names = {one.id.hex(): one.handle for one in kept.colleagues().values()}
    return Page(request, clock.today(), pack, kept.may_write(actor, TYPE), names)


def pack(actor: Actor, request_id: bytes) -> tuple[Request, Pack]:
    """The pack, to be read aloud or put on paper; that is recorded. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        request = request_of(kept.one(actor, request_id, TYPE))
        found = pack_of(actor, request)
        record(actor, Event.VAULT_READ, vault=request.case)
    return request, found
