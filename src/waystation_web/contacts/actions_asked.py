"""Acts on what a contact asked for, and on what the record suggests of them: write down, mark as paid, let be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.trust.flags import RULES
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted


def note(actor: Actor, contact: bytes, typed: Mapping[str, Any]) -> None:
    """Write down what they asked for. Nothing is promised or paid by it.

    Raises `ValueError` for a day to come or an amount that is none, `NotPermitted`, `NoSuchVault`.
    """
    on, paid = typed["on"], typed.get("paid")
    if on > clock.today() or typed["amount"] <= 0 or (paid is not None and not on <= paid <= clock.today()):
        raise ValueError("asked")
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        hours = typed.get("within_h")
        records.add(actor, held, "asked", {
            "on": on.isoformat(), "amount": str(typed["amount"]), "currency": typed["currency"],
            "release": typed.get("release") is True, "of": typed.get("of", ""), "case": typed.get("case", ""),
            "within_h": None if hours is None else float(hours), "proof": typed.get("proof"),
            "paid": paid.isoformat() if paid else ""})


def paid(actor: Actor, contact: bytes, item: str, on: date) -> None:
    """What they asked for was paid on a day, by whomever. Raises `ValueError` for a day to come or one before the
    demand, `NotPermitted` for what is paid already, `NoSuchVault`.
    """
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        line = next((one for one in held.body.get("asked", ()) if one.get("id") == item), None)
        if line is None:
            raise NoSuchVault
        if line.get("paid"):
            raise NotPermitted("paid", "It is written down already that this was paid.", vault=contact)
        if not date.fromisoformat(line["on"]) <= on <= clock.today():
            raise ValueError("day")
        records.replace_item(actor, held, "asked", item, {"paid": on.isoformat()}, what="paid")


def let_be(actor: Actor, contact: bytes, *, rule: str, facts: str, reason: str) -> None:
    """Not raise what the record suggests, for a reason. It holds for these facts: a new one is suggested anew.

    Raises `ValueError` for a rule that is none or no words, `NotPermitted`, `NoSuchVault`.
    """
    if rule not in RULES or not facts or not reason.strip():
        raise ValueError("let be")
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        records.add(actor, held, "let_be", {"rule": rule, "facts": facts, "reason": reason, "who": actor.handle,
                                            "on": clock.today().isoformat()})
