"""About which cases nothing leaves the office now: told to everybody who may take something out, and nameable by none.

    body = {"sort": "embargo", "of": id of the incident, "salt": hex, "marks": [a keyed digest of each name, hex]}

As what is frozen (`stopped`): who takes a list or the ledger out may hold no incident, so each embargo is written down
here too, by marks. No day stands here: what is past its review holds on. Who cannot read all of it takes nothing out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext_noop

from waystation.access import Kind
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.queries import lacks

from .stopped import marks

T = TypeVar("T")
TYPE, SORT = "duty", "embargo"
HELD_BACK = gettext_noop("Nothing about this may leave the office now. Ask a coordinator or the security officer.")
NOT_WHOLE = gettext_noop("Something of this may not leave the office now. Ask a coordinator or the security officer, "
                         "or take the rest and say that it is not whole.")
CANNOT_KNOW = gettext_noop("You cannot read yet what this house has set for everybody. Ask a colleague to let you, "
                           "on the page Duty.")


@dataclass(frozen=True, slots=True)
class Embargoes:
    """Everything that is held back now. `unknown`: this person cannot read all that is told here."""

    lists: tuple[tuple[bytes, frozenset[str]], ...] = field(repr=False)
    unknown: bool

    def on(self, *names: str) -> bool:
        """Whether nothing leaves about whoever has one of these names; yes for whoever cannot know."""
        asked = [one for one in names if one]
        return bool(asked) and (self.unknown or any(
            not held.isdisjoint(marks(asked, salt)) for salt, held in self.lists))


def hold_back(actor: Actor, names: Iterable[str], *, of: bytes) -> None:
    """Hold back what is about somebody, inside the caller's `writing()`. Raises `NotPermitted`."""
    salt = os.urandom(32)
    records.make(actor, TYPE, {"sort": SORT, "of": of.hex(), "salt": salt.hex(), "marks": marks(names, salt)})


def let_go(actor: Actor, *, of: bytes) -> None:
    """What one incident held back may leave, unless another one holds it. Raises `NotPermitted` as `known`."""
    mine = [one for one in _told(actor) if one.body["of"] == of.hex()]
    if not mine:
        raise NotPermitted("house", CANNOT_KNOW)
    for one in mine:
        records.change(actor, one, {"marks": []}, what="let go")


def standing(actor: Actor) -> Embargoes:
    """What is held back now, inside the caller's `writing()`. Raises `Refused` if a record does not open."""
    try:
        found = tuple((bytes.fromhex(one.body["salt"]), frozenset(one.body["marks"])) for one in _told(actor))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    return Embargoes(found, lacks(actor, Kind.HOUSE))


def let_out(actor: Actor, things: Iterable[T], names: Callable[[T], Iterable[str]], *, without: bool) -> list[T]:
    """What of some things may leave, inside the caller's `writing()`; `without`: its taker knows that it is not whole.

    Raises `NotPermitted` where something is held back and nobody knows, and for whoever cannot read what is.
    """
    held, whole = standing(actor), list(things)
    if held.unknown:
        raise NotPermitted("house", CANNOT_KNOW)
    free = [one for one in whole if not held.on(*names(one))]
    if len(free) < len(whole) and not without:
        raise NotPermitted("embargo", NOT_WHOLE)
    return free


def _told(actor: Actor) -> list[Record]:
    return [one for one in kept.every(actor, TYPE, looked=False) if one.body.get("sort") == SORT]
