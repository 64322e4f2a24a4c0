"""On whom a flag is raised, told to everybody who may pay, and nameable by none.

    body = {"sort": "flagged", "flag": id of the flag in its record, "rule", "salt": hex, "marks": [a keyed digest of
            each name, hex], "at": when it was raised, "rests_until": a day, or ""}

As what is frozen (`stopped`): who pays opens no contact, so a flag is written down here too, by its rule and by marks.
A freeze pays nobody; a flag asks for two people. One that rests stands here still, and is raised again after its day.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from waystation.access import Kind
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.queries import lacks

from .stopped import marks

TYPE, SORT = "duty", "flagged"


@dataclass(frozen=True, slots=True)
class Raised:
    """Rules that are raised on a name now, and since when. `unknown`: this person cannot read all that is told here."""

    rules: tuple[str, ...] = ()
    since: datetime | None = None
    unknown: bool = False

    def __bool__(self) -> bool:
        """Whether two people look before anything is paid."""
        return bool(self.rules) or self.unknown


def raise_flag(actor: Actor, codes: Iterable[str], *, flag: str, rule: str) -> None:
    """Tell those who pay of a flag, inside the caller's `writing()`. Raises `NotPermitted`."""
    salt = os.urandom(32)
    records.make(actor, TYPE, {"sort": SORT, "flag": flag, "rule": rule, "salt": salt.hex(),
                               "marks": marks(codes, salt), "at": said(clock.now()), "rests_until": ""})


def rest(actor: Actor, flag: str, until: date) -> None:
    """Let a flag rest until a day. Raises `NotPermitted` for whoever cannot read it."""
    records.change(actor, _one(actor, flag), {"rests_until": until.isoformat()}, what="rests")


def also_called(actor: Actor, flag: str, codes: Iterable[str]) -> None:
    """Whoever is flagged has other names now; those they had count on. Raises `NotPermitted` as `rest`."""
    held = _one(actor, flag)
    found = {*held.body["marks"], *marks(codes, bytes.fromhex(held.body["salt"]))}
    records.change(actor, held, {"marks": sorted(found)}, what="names", kept=False)


def raised(actor: Actor, code: str) -> Raised:
    """What is raised on a code name now, inside the caller's `writing()`. Raises `Refused` for what does not open."""
    if not code:
        return Raised()
    today = clock.today()
    held = [one for one in _flagged(actor) if marks([code], bytes.fromhex(one.body["salt"]))[0] in one.body["marks"]]
    try:
        up = [(str(one.body["rule"]), _since(one)) for one in held if not _rests(one, today)]
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    return Raised(tuple(sorted({rule for rule, _ in up})), max((at for _, at in up), default=None),
                  lacks(actor, Kind.HOUSE))


def _one(actor: Actor, flag: str) -> Record:
    for one in _flagged(actor):
        if one.body["flag"] == flag:
            return one
    raise NotPermitted("house", "You cannot read yet what this house has set for everybody. Ask a colleague to let "
                       "you, on the page Duty.")


def _flagged(actor: Actor) -> list[Record]:
    return [one for one in kept.every(actor, TYPE, looked=False) if one.body.get("sort") == SORT]


def _rests(held: Record, today: date) -> bool:
    until = held.body["rests_until"]
    return bool(until) and today <= date.fromisoformat(until)


def _since(held: Record) -> datetime:
    """When it was raised, or raised again by itself."""
    until, at = held.body["rests_until"], moment(held.body["at"])
    if not until:
        return at
    return max(at, datetime.combine(date.fromisoformat(until) + timedelta(days=1), time(), UTC))
