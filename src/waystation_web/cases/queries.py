"""Reading cases. `case` and `cases` run inside the caller's `writing()`; pages have queries of their own."""

from __future__ import annotations

from datetime import date

from waystation.casework.dates import span
from waystation.party import Party
from waystation.texts import found_in
from waystation.units import Money
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import queries as records
from waystation_web.records.look import Look
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .case import Case, case_of
from .refs import reads_as
from .travellers import party as party_of_case

BATCH, UNDONE = "case_import", "import_undone"   # in a record of this type that is no case: an import; what one left


def case(actor: Actor, case_id: bytes, *, looked: bool = False) -> Case:
    """One case. `looked`: somebody reads it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return case_of(held_case(actor, case_id, looked=looked))


def held_case(actor: Actor, case_id: bytes, *, looked: bool = False) -> Record:
    """The record of a case, for an act on it. Raises as `case`: what is no case, or none any more, is not there."""
    held = records.one(actor, case_id, "case", looked=looked)
    if _is_none(held):
        raise NoSuchVault
    return held


def cases(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = False,
          event: Event = Event.LIST_READ) -> list[Case]:
    """Every case this person holds, in the order of ids. `refused` as in `records.queries.every`. Raises `Refused`."""
    held = records.every(actor, "case", refused=refused, looked=looked, event=event)
    return [case_of(one) for one in held if not _is_none(one)]


def shown(actor: Actor, *, refused: list[bytes] | None = None, seen: Look | None = None) -> list[Case]:
    """As `cases` for somebody who looks at them, in a `writing()` of its own: hundreds are opened before it begins.

    `seen`: what the page has opened already.
    """
    held = records.read(actor, "case", refused=refused) if seen is None else seen.of("case")
    with writing():
        record(actor, Event.LIST_READ, count=len(held))
        records.tell_refused(actor, refused or [])
    return [case_of(one) for one in held if not _is_none(one)]


def _is_none(held: Record) -> bool:
    return BATCH in held.body or UNDONE in held.body


def party(actor: Actor, case_id: bytes, day: date) -> Party:
    """The party that the people of a case make on a day, inside the caller's `writing()`.

    Raises `waystation.casework.people.NotKnown` with everything that must be asked first, and as `case`.
    """
    return party_of_case(case(actor, case_id), day)


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


def gives_away(typed: str) -> bool:
    """Whether a text holds what belongs into the sealed record of names: a number, an address, an exact position.

    >>> gives_away("by the shop"), gives_away("010-1234-5678 (invented)"), gives_away("12.3456, 98.7654")
    (False, True, True)
    """
    return bool(found_in(typed))


def is_vague_date(typed: str) -> bool:
    """Whether a text is a date that the office can read, however vague.

    >>> is_vague_date("2013-05~"), is_vague_date("199X"), is_vague_date("last spring"), is_vague_date("2013-13")
    (True, True, False, False)
    """
    try:
        span(typed)
    except ValueError:
        return False
    return True
