"""What is frozen: places, legs and guides that somebody who was taken may have told of. Plans and payments obey.

    body = {"freeze": {"codes": [...], "incident": id}, "lifted": [{"codes", "by", "at", "reason"}]}

A freeze is confirmed by a person and lifted by a person; it changes no row of the book, so nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from waystation.access import Facts, Permission
from waystation_web.duty import stopped as payments
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

TYPE = "hazard"


def codes(actor: Actor) -> frozenset[str]:
    """Every code that is frozen now, inside the caller's `writing()`. Raises `Refused` if a record does not open."""
    return frozenset[str]().union(*(still(one) for one in standing(actor)))


def standing(actor: Actor, *, refused: list[bytes] | None = None) -> list[Record]:
    """The freezes of which something is not lifted, inside the caller's `writing()`.

    `refused` takes the ids of records that do not open; without it one such raises `Refused`.
    """
    return [one for one in kept.every(actor, TYPE, refused=refused, looked=False)
            if "freeze" in one.body and still(one)]


def still(held: Record) -> frozenset[str]:
    """What this freeze holds now."""
    lifted = {code for one in held.body.get("lifted") or () for code in one["codes"]}
    return frozenset(held.body["freeze"]["codes"]) - lifted


def incident_in(held: Record) -> bytes:
    """For which incident something is frozen."""
    return bytes.fromhex(held.body["freeze"]["incident"])


def freeze(actor: Actor, stopped: Iterable[str], *, incident: bytes) -> Record:
    """Freeze some codes, inside the caller's `writing()`. Raises `NotPermitted`."""
    codes_ = sorted(set(stopped))
    made = records.make(actor, TYPE, {"freeze": {"codes": codes_, "incident": incident.hex()}})
    payments.stop(actor, codes_, of=made.id)
    return made


def lift(actor: Actor, freed: Iterable[str], *, incident: bytes, reason: str) -> None:
    """Let codes go that were frozen for this incident, inside the caller's `writing()`; what another one froze stays.

    Raises `NotPermitted` without a reason, for what this incident does not hold, and for whoever writes no book.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE), vault=incident)
    wanted = frozenset(freed)
    mine = [one for one in standing(actor) if incident_in(one) == incident]
    if not reason.strip():
        raise NotPermitted("reason", "Write down why, in your own words.", vault=incident)
    if not wanted or not wanted <= frozenset[str]().union(*(still(one) for one in mine)):
        raise NotPermitted("frozen", "Choose among what is frozen.", vault=incident)
    for one in mine:
        if here := still(one) & wanted:
            line = {"codes": sorted(here), "by": actor.id.hex(), "at": said(clock.now()), "reason": reason}
            fields = {"lifted": [*(one.body.get("lifted") or ()), line]}
            payments.keep(actor, still(records.change(actor, one, fields, what="lifted", kept=False)), of=one.id)
