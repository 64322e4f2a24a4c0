"""Where two offices sign: who may sign after somebody, and that whoever is asked can read what they sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.access import Role
from waystation.casework.moves import of_both
from waystation_web.cases import values
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

Offices = tuple[frozenset[Role], frozenset[Role]]


def first_roles(asked: Mapping[str, Any]) -> frozenset[Role] | None:
    """What whoever signed first is here today; None while nobody did, nothing for who is not here any more."""
    if not asked:
        return None
    first = kept.colleagues().get(values.account(values.part(asked, "approval"), "asked_by"))
    return frozenset(map(Role, first.roles)) if first is not None and first.active else frozenset()


def of_the_other(actor: Actor, offices: Offices | None) -> list[Colleague]:
    """Who may sign after this person; nobody in particular where any two may."""
    return [] if offices is None else sorted(
        (one for one in kept.colleagues().values() if one.active and one.id != actor.id
         and of_both(offices, actor.roles, frozenset(map(Role, one.roles)))), key=lambda one: one.handle)


def ask_office(actor: Actor, held: Record, offices: Offices, other: bytes) -> None:
    """Whoever is asked of the other office can read the incident from now on. Raises `NotPermitted` for others."""
    if other not in {one.id for one in of_the_other(actor, offices)}:
        raise NotPermitted("office", "Two offices sign this together. Choose who signs for the other one.",
                           vault=held.id)
    records.let_sign(actor, held.id, "incident", other)
