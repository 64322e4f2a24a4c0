"""What the pages of one case show: everything opened once, as plain values for a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor

from . import queries
from .case import Case

FEWEST_HOLDERS = 2


def may_begin(actor: Actor) -> bool:
    """Whether to show the form for a call."""
    return kept.may_make(actor, "case")


def may_seal_names(actor: Actor) -> bool:
    """Whether this person keeps names and numbers of people."""
    return kept.may_make(actor, "person")


def today() -> date:
    """The day, for what is late."""
    return clock.today()


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with everybody who works on it, and what this person may do."""

    case: Case
    worker: Colleague | None
    deputy: Colleague | None
    holders: tuple[Colleague, ...]
    handles: dict[bytes, str] = field(repr=False)
    may_write: bool
    may_seal: bool
    readable_names: frozenset[bytes]

    @property
    def alone(self) -> bool:
        """Fewer than two people can open it: if one is taken, the file is gone with them."""
        return len([one for one in self.holders if one.active]) < FEWEST_HOLDERS


def case_page(actor: Actor, case_id: bytes) -> CasePage:
    """One case, read and recorded. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        case = queries.case(actor, case_id, looked=True)
        holders = kept.held_by(kept.holders(actor, case_id))
        people = kept.colleagues()
        readable = frozenset(one for one in case.household_records if kept.maybe(actor, one, "person") is not None)
    return CasePage(case, people.get(case.worker), people.get(case.deputy), tuple(holders),
                    {one.id: one.handle for one in people.values()}, kept.may_write(actor, "case"),
                    may_seal_names(actor), readable)


def said_by(page: CasePage, items: Any) -> list[tuple[Any, str]]:
    """Items with the handle of whoever wrote them."""
    return [(one, page.handles.get(one.by, "")) for one in items]
