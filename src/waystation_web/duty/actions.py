"""Acts of the house: duty, leave with a stand-in, handing over, guidance cards, limits, letting a newcomer read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from waystation.access import Facts, Permission
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.queries import allow

from .queries import binding
from .shifts import hand_over, shift, too_long

HOUSE = ("duty", "card", "setting", "directory", "publication")  # what everybody who works here reads


def go_on(actor: Actor, *, who: bytes, start: datetime, end: datetime) -> None:
    """Somebody's time on duty. Raises `NotPermitted` beyond the longest time, or while the person is away."""
    with writing():
        held = kept.every(actor, "duty", looked=False)
        shifts = [shift(one) for one in held if one.body.get("sort") == "shift"]
        if too_long(shifts, who, start, end, most_hours=binding(actor).most_hours):
            raise NotPermitted("H-49", "That is longer than anybody stays on. Hand over to somebody else in between.")
        if _away(held, who, start.date(), end.date()):
            raise NotPermitted("away", "This colleague is away then. Ask the stand-in.")
        records.make(actor, "duty", {"sort": "shift", "who": who.hex(), "start": said(start), "end": said(end)})


def away(actor: Actor, *, who: bytes, first: date, last: date, stand_in: bytes) -> None:
    """Somebody is away; nobody asks why. Raises `NotPermitted` for a stand-in who is away too, or the same person."""
    with writing():
        if who == stand_in or _away(kept.every(actor, "duty", looked=False), stand_in, first, last):
            raise NotPermitted("stand_in", "Name a stand-in who is here on these days, and another person.")
        records.make(actor, "duty", {"sort": "leave", "who": who.hex(), "first": first.isoformat(),
                                     "last": last.isoformat(), "stand_in": stand_in.hex()})


def hand(actor: Actor, *, to: bytes, typed: Mapping[str, str]) -> None:
    """What this shift leaves to the next, and the end of one's own running shift. Raises `NotPermitted` to oneself."""
    if to == actor.id:
        raise NotPermitted("same_person", "Hand over to somebody else.")
    now = clock.now()
    with writing():
        records.make(actor, "duty", {"sort": "hand_over", "to": to.hex(), "open": typed["open"],
                                     "promised": typed["promised"], "deferred": typed["deferred"]})
        for held in kept.every(actor, "duty", looked=False):
            if held.body.get("sort") == "shift" and shift(held).who == actor.id and shift(held).on(now):
                records.change(actor, held, {"end": said(now)}, what="handed over")


def take(actor: Actor, record_id: bytes) -> None:
    """Whoever takes over has read it and says so. Raises `NotPermitted` for anybody else, `NoSuchVault`."""
    with writing():
        held = kept.one(actor, record_id, "duty", looked=False)
        if held.body.get("sort") != "hand_over":
            raise NoSuchVault
        if hand_over(held).to != actor.id:
            raise NotPermitted("role", "This was handed over to somebody else.")
        records.change(actor, held, {"read_by": actor.id.hex(), "read_at": said(clock.now())}, what="read")


def write_card(actor: Actor, *, title: str, text: str, card: bytes = b"", revision: int | None = None) -> bytes:
    """A guidance card of the organisation's own. Raises `NotPermitted`, `Changed`, `NoSuchVault`."""
    with writing():
        if not card:
            return records.make(actor, "card", {"title": title, "text": text}).id
        held = kept.one(actor, card, "card", looked=False)
        return records.change(actor, held, {"title": title, "text": text}, what="card", revision=revision).id


def set_limits(actor: Actor, fields: Mapping[str, Any]) -> None:
    """The limits of the house; earlier ones stay in its history. Raises `NotPermitted`."""
    with writing():
        before = [one for one in kept.every(actor, "setting", looked=False) if one.body.get("sort") == "limits"]
        if before:
            records.change(actor, max(before, key=lambda one: (one.made.at, one.id)), fields, what="limits")
        else:
            records.make(actor, "setting", {"sort": "limits", **fields})


def name_deputies(actor: Actor, deputies: Mapping[str, str]) -> None:
    """Who follows in each role if whoever does it now is gone: role -> account (hex), empty for nobody.

    Naming somebody gives no role and opens nothing: that takes an invitation or a change of roles by an officer.
    Raises `NotPermitted`.
    """
    with writing():
        before = [one for one in kept.every(actor, "setting", looked=False) if one.body.get("sort") == "succession"]
        named = {role: account for role, account in deputies.items() if account}
        if before:
            records.change(actor, max(before, key=lambda one: (one.made.at, one.id)), {"deputies": named},
                           what="succession")
        else:
            records.make(actor, "setting", {"sort": "succession", "deputies": named})


def be_named(actor: Actor, *, named: bool) -> None:
    """Whether somebody who works here agrees to be named outside: said by nobody but themself; absent means no."""
    with writing():
        own = [one for one in kept.every(actor, "duty", looked=False)
               if one.body.get("sort") == "naming" and one.made.by == actor.id]
        if own:
            records.change(actor, max(own, key=lambda one: (one.made.at, one.id)), {"named": named}, what="naming")
        else:
            records.make(actor, "duty", {"sort": "naming", "named": named})


def admit(actor: Actor, account: bytes) -> int:
    """Let somebody who came later read what everybody reads. Returns how many records. Raises `NotPermitted`."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="duty"))
    with writing():
        return records.admit(actor, HOUSE, account, reason="works here")


def _away(held: list[Any], who: bytes, first: date, last: date) -> bool:
    return any(one.body.get("sort") == "leave" and one.body.get("who") == who.hex()
               and str(one.body.get("first")) <= last.isoformat() and str(one.body.get("last")) >= first.isoformat()
               for one in held)
