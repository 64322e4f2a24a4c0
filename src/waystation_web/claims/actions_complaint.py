"""What people do about a complaint. Its lines in the record of acts are those of any record: they tell nothing of it.

Whoever reads the record of acts may be whom it is about. So nothing here has an event, a reason or a rule of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .complaint import PSEA, TYPE, Complaint
from .deadlines import in_days
from .queries_complaint import one
from .routing import route
from .standard import standard

RULE = "no_such_move"  # what the record of acts says of a refusal here: what it says of many others
WRITTEN = ("sort", "from", "how", "said", "wish", "answer_to", "protect", "about_others")


def take_down(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A complaint, for the handlers that are named and for whoever takes it down; its id.

    Raises `NotPermitted` if it is about whoever takes it down, or if a handler is one whom it is about.
    """
    about, handlers = frozenset(typed["about"]), list(dict.fromkeys(typed["handlers"]))
    if actor.id in about:
        raise NotPermitted(RULE, "This is about you. Let somebody else take it down: give them the phone or "
                           "the paper.")
    _may_handle(about, handlers)
    with writing():
        house, first = standard(actor), typed["received"]
        body = {name: typed[name] for name in WRITTEN} | {
            "received": first.isoformat(), "about": sorted(one.hex() for one in about),
            "handlers": [one.hex() for one in handlers], "steps": [],
            "ack_due": in_days(first, house.ack_days).isoformat(),
            "answer_due": in_days(first, house.answer_days).isoformat(),
            "refer_due": in_days(first, house.refer_days).isoformat() if typed["sort"] == PSEA else ""}
        return records.make(actor, TYPE, body, holders=[one for one in handlers if one != actor.id]).id


def step(actor: Actor, complaint_id: bytes, *, kind: str, text: str) -> None:
    """What was done: looked into, acknowledged, protected, referred, answered. Raises `NoSuchVault`."""
    with writing():
        found = one(actor, complaint_id)
        records.add(actor, found.record, "steps", {"kind": kind, "text": text})


def close(actor: Actor, complaint_id: bytes, *, what: str, text: str) -> None:
    """Its outcome, by a handler, once whoever complained was answered. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        found = _handled(actor, complaint_id)
        if not found.was("answered"):
            raise NotPermitted(RULE, "Whoever complained was not answered yet. Answer them first, and write down "
                               "how.", vault=complaint_id)
        if found.refer_due is not None and not found.was("referral"):
            raise NotPermitted(RULE, "Nobody was told yet who protects people from sexual exploitation and abuse. "
                               "Do that first, and write down whom.", vault=complaint_id)
        new = {"what": what, "text": text, "by": actor.id.hex(), "at": said(clock.now())}
        records.change(actor, found.record, {"outcome": new}, what="outcome")


def let_handle(actor: Actor, complaint_id: bytes, account: bytes) -> None:
    """Another handler. Raises `NoSuchVault`, `NotPermitted` for whom it is about."""
    with writing():
        found = _handled(actor, complaint_id)
        _may_handle(found.about, [account])
        records.share(actor, complaint_id, TYPE, account, reason="works here")
        held = one(actor, complaint_id).record
        records.change(actor, held, {"handlers": [*held.body["handlers"], account.hex()]}, what="handlers", kept=False)


def name_about(actor: Actor, complaint_id: bytes, account: bytes) -> None:
    """It turns out to be about a colleague too: from this moment they read nothing of it. Raises `NotPermitted`."""
    with writing():
        found = _handled(actor, complaint_id)
        if account == actor.id:
            raise NotPermitted(RULE, "This is about you. Name another handler, then stop reading it.",
                               vault=complaint_id)
        left = [one.hex() for one in found.handlers if one != account]
        about = sorted({*(one.hex() for one in found.about), account.hex()})
        records.change(actor, found.record, {"about": about, "handlers": left}, what="about", kept=False)
        if account in kept.holders(actor, complaint_id):
            records.end_share(actor, complaint_id, account)


def stop_reading(actor: Actor, complaint_id: bytes) -> None:
    """Whoever took it down, or a handler, reads it no more. Raises `NotPermitted` for the last handler."""
    with writing():
        found = one(actor, complaint_id)
        left = [each for each in found.handlers if each != actor.id]
        if not left:
            raise NotPermitted(RULE, "Nobody would be left who handles it. Name another handler first.",
                               vault=complaint_id)
        if len(left) < len(found.handlers):
            records.change(actor, found.record, {"handlers": [each.hex() for each in left]}, what="handlers",
                           kept=False)
        records.end_share(actor, complaint_id, actor.id)


def _handled(actor: Actor, complaint_id: bytes) -> Complaint:
    found = one(actor, complaint_id)
    if actor.id not in found.handlers:
        raise NotPermitted(RULE, "Only its handlers do this. You may write down what you know.",
                           vault=complaint_id)
    return found


def _may_handle(about: Collection[bytes], handlers: Collection[bytes]) -> None:
    """Whether these may handle what is about those. Raises `NotPermitted`."""
    found = route(kept.colleagues().values(), about)
    if not found.handlers:
        raise NotPermitted(RULE, "Nobody here could handle this but whom it is about. Nothing was kept. "
                           "Go to somebody outside: the page says whom the house has named.")
    if not handlers or not {one.id for one in found.handlers} >= set(handlers):
        raise NotPermitted(RULE, "Choose handlers whom it is not about, of those who are offered.")
