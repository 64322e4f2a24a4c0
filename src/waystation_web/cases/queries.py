"""Reading cases. `case` and `cases` run inside the caller's `writing()`; pages have queries of their own."""

from __future__ import annotations

from waystation_web.audit.events import Event
from waystation_web.records import queries as records
from waystation_web.vault.actor import Actor

from .case import Case, case_of


def case(actor: Actor, case_id: bytes, *, looked: bool = False) -> Case:
    """One case. `looked`: somebody reads it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return case_of(records.one(actor, case_id, "case", looked=looked))


def cases(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = False,
          event: Event = Event.LIST_READ) -> list[Case]:
    """Every case this person holds, in the order of ids. `refused` as in `records.queries.every`. Raises `Refused`."""
    return [case_of(held) for held in records.every(actor, "case", refused=refused, looked=looked, event=event)]
