"""Who a note can be shared with, and who can read it already, as people know each other: by handle and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waystation.access import Role
from waystation_web.vault import people
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.labels import labels
from waystation_web.vault.models import Account
from waystation_web.vault.principals import RECOVERY_PRINCIPAL
from waystation_web.vault.queries import Holder


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody whose keys an officer certified. `words` are the fingerprint to compare by voice."""

    id: bytes
    handle: str
    name: str
    roles: frozenset[Role]
    words: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can open a note, until a day or without an end."""

    id: bytes
    handle: str
    name: str
    until: date | None
    own: bool
    recovery: bool = False


def colleagues(*, without: Iterable[bytes]) -> list[Colleague]:
    """Everybody active and certified, by handle, but for some."""
    left_out = set(without)
    return sorted((Colleague(account.id, label.handle, label.name, label.roles, people.fingerprint(account))
                   for account, label in labels()
                   if account.state == Account.State.ACTIVE and account.id not in left_out
                   and people.certified(account)), key=lambda one: one.handle)


def colleague(account_id: bytes) -> Colleague:
    """One of them. Raises `NoSuchVault` for an id that is nobody's, as for a note that is not one's own."""
    for one in colleagues(without=()):
        if one.id == account_id:
            return one
    raise NoSuchVault


def readers(actor_id: bytes, holders: Iterable[Holder]) -> list[Reader]:
    """The holders of a note by name; the organisation's recovery key is one of them and is shown as such."""
    names = {account.id: label for account, label in labels()}
    shown = []
    for holder in holders:
        label = names.get(holder.id)
        shown.append(Reader(holder.id, label.handle if label else "", label.name if label else "", holder.until,
                            holder.id == actor_id, holder.id == RECOVERY_PRINCIPAL))
    return sorted(shown, key=lambda one: (one.recovery, not one.own, one.handle))
