"""Reading cases. `case` and `cases` run inside the caller's `writing()`; pages have queries of their own."""

from __future__ import annotations

from waystation.units import Money
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import queries as records
from waystation_web.vault.actor import Actor

from .case import Case, case_of
from .refs import reads_as


def case(actor: Actor, case_id: bytes, *, looked: bool = False) -> Case:
    """One case. `looked`: somebody reads it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return case_of(records.one(actor, case_id, "case", looked=looked))


def cases(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = False,
          event: Event = Event.LIST_READ) -> list[Case]:
    """Every case this person holds, in the order of ids. `refused` as in `records.queries.every`. Raises `Refused`."""
    return [case_of(held) for held in records.every(actor, "case", refused=refused, looked=looked, event=event)]


def case_called(actor: Actor, typed: str) -> bytes:
    """The id of the one case of a reference among those this person holds; empty for none. Opens its own `writing()`.

    A reference that two cases bear, which an import can bring about, is nobody's: open it from the list.
    """
    with writing():
        found = [one.id for one in cases(actor, refused=[]) if one.ref == reads_as(typed)]
    return found[0] if len(found) == 1 else b""


def as_money(typed: str) -> str | None:
    """An amount as the office writes it, such as "1200 USD"; None if it is none.

    >>> as_money("1,200 usd"), as_money("many"), as_money("-5 USD")
    ('1200 USD', None, None)
    """
    try:
        money = Money.parse(typed.replace(",", "").upper())
    except ValueError:
        return None
    return f"{money.amount} {money.currency}" if money.amount >= 0 else None
