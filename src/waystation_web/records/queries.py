"""Reading records. Runs inside the caller's `writing()`: every list and every page view is a line of the record.

What somebody holds no grant of does not exist for them: `NoSuchVault`, exactly as for an id that was never given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waystation.access import TYPES, Allowed, Facts, Permission, may
from waystation_web.audit.actions import record, record_read, record_refusal
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, Refused
from waystation_web.vault.labels import labels

from .record import Record, record_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, as a page names them."""

    id: bytes
    handle: str
    name: str
    roles: frozenset[str]
    active: bool


def one(actor: Actor, record_id: bytes, type: str, *, looked: bool = True) -> Record:  # noqa: A002
    """One record. `looked`: somebody reads it, which is recorded; without, an act on it follows and records itself.

    Raises `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    opened = vaults.open_vault(actor, record_id, kind=TYPES[type], type=type)
    if looked:
        record_read(actor, opened)
    return record_of(opened)


def maybe(actor: Actor, record_id: bytes, type: str) -> Record | None:  # noqa: A002
    """As `one` without a reading recorded, or None if it does not exist for this person."""
    try:
        return one(actor, record_id, type, looked=False)
    except NoSuchVault:
        return None


def every(actor: Actor, type: str, *, refused: list[bytes] | None = None, looked: bool = True,  # noqa: A002
          event: Event = Event.LIST_READ) -> list[Record]:
    """Every record of a type that this person holds, in the order of ids.

    One that does not open raises `Refused`, unless the caller gives a list for the ids of such and says on the page
    that the list is not whole.
    """
    found = read(actor, type, refused=refused)
    if looked:
        record(actor, event, count=len(found))
    tell_refused(actor, refused or [])
    return found


def read(actor: Actor, type: str, *, refused: list[bytes] | None = None) -> list[Record]:  # noqa: A002
    """As `every`, and nothing is recorded: for a page that opens hundreds before its `writing()`, to hold up nobody.

    The page records the look, and with `tell_refused` what did not open, before it shows anything.
    """
    found: list[Record] = []
    for opened in vaults.open_all(actor, TYPES[type], type=type, refused=refused):
        try:
            found.append(record_of(opened))
        except Refused as why:
            if refused is None:
                why.vault = opened.id  # type: ignore[attr-defined]
                raise
            refused.append(opened.id)
    return found


def tell_refused(actor: Actor, broken: Iterable[bytes]) -> None:
    """Record which records did not open for a list."""
    for vault in broken:
        record_refusal(actor, "list", vault=vault)


def may_make(actor: Actor, type: str) -> bool:  # noqa: A002
    """Whether to show a form for a new record of this type."""
    return may(actor.member(clock.now()), Permission.CREATE_VAULT, Facts(type=type)) == Allowed()


def may_write(actor: Actor, type: str) -> bool:  # noqa: A002
    """Whether to show forms that change a record of this type which this person holds."""
    return may(actor.member(clock.now()), Permission.WRITE_VAULT, Facts(type=type, holds=True)) == Allowed()


def colleagues() -> dict[bytes, Colleague]:
    """Everybody who works or worked here, by account id."""
    return {account.id: Colleague(account.id, label.handle, label.name, frozenset(label.roles),
                                  account.state == account.State.ACTIVE) for account, label in labels()}


def holders(actor: Actor, record_id: bytes) -> list[bytes]:
    """Accounts that can open a record, without the recovery key. Raises `NoSuchVault`."""
    return [holder.id for holder in vaults.holders(actor, record_id) if any(holder.id)]


def held_by(ids: Iterable[bytes]) -> list[Colleague]:
    """Colleagues by their ids, in the order of handles; unknown ids are left out."""
    known = colleagues()
    return sorted((known[one] for one in set(ids) if one in known), key=lambda one: one.handle)
