"""What the pages about people show: everybody with what is known, households, relations, records of names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .actions_people import names_of
from .case import Case
from .folk import Someone
from .pages import CasePage, case_page


@dataclass(frozen=True, slots=True)
class NamesPage:
    """A record of names, opened and recorded as read."""

    page: CasePage
    id: bytes
    household: str
    body: dict[str, Any] = field(repr=False)
    revision: int
    holders: tuple[Colleague, ...]
    others: tuple[tuple[str, str], ...]
    may_write: bool

    @property
    def case(self) -> Case:
        """Its case."""
        return self.page.case


def person(page: CasePage, key: bytes) -> Someone:
    """One person of a case. Raises `NoSuchVault` for nobody of it."""
    for one in page.case.people:
        if one.id == key.hex():
            return one
    raise NoSuchVault


def codes(case: Case) -> dict[str, str]:
    """Codes of people by their ids."""
    return {one.id: one.code for one in case.people}


def names_page(actor: Actor, case_id: bytes, record_id: bytes) -> NamesPage:
    """Names of people of a case. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    page = case_page(actor, case_id)
    with writing():
        held = names_of(actor, case_id, record_id, looked=True)
        there = kept.holders(actor, record_id)
    able = {"case_worker", "coordinator", "rights_officer", "security_officer"}
    people = sorted(kept.colleagues().values(), key=lambda one: one.handle)
    others = tuple((one.id.hex(), f"{one.handle} · {one.name}") for one in people
                   if one.active and one.id not in there and able & set(one.roles))
    return NamesPage(page, held.id, str(held.body.get("household", "")), held.body, held.revision,
                     tuple(kept.held_by(there)), others, kept.may_write(actor, "person"))
