"""Who may handle a complaint: whoever it is not about. Nothing is given by role, and nobody is chosen by the office."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from waystation.access import Role
from waystation_web.records.queries import Colleague

HANDLES = (Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD)


@dataclass(frozen=True, slots=True)
class Route:
    """Who may be named as a handler, and in which offices there is nobody else than whom it is about, or nobody."""

    handlers: tuple[Colleague, ...]
    only_accused: tuple[Role, ...]
    empty: tuple[Role, ...]


def route(people: Iterable[Colleague], about: Collection[bytes]) -> Route:
    """Whoever holds one of three offices and is not complained of; where nobody does, any colleague who is not.

    >>> def somebody(name, *roles): return Colleague(name.encode(), name, name, frozenset(roles), True)
    >>> head, rights = somebody("h", "organisation_head"), somebody("r", "rights_officer")
    >>> found = route([head, rights], {b"h"})
    >>> [one.handle for one in found.handlers], [role.value for role in found.only_accused]
    (['r'], ['organisation_head'])
    """
    here = [one for one in people if one.active and Role.AUDITOR.value not in one.roles]
    free = [one for one in here if one.id not in about]
    fit = [one for one in free if any(role.value in one.roles for role in HANDLES)]
    held = {role: [one for one in here if role.value in one.roles] for role in HANDLES}
    only = tuple(role for role in HANDLES if held[role] and all(one.id in about for one in held[role]))
    return Route(tuple(sorted(fit or free, key=lambda one: one.handle)), only,
                 tuple(role for role in HANDLES if not held[role]))
