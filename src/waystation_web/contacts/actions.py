"""Acts on contacts: keep one, change it, grade it, vet it, keep how to reach it, let a colleague reach it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.trust.vetting import Helper, fits, may_be_contact
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

FIELDS = ("code_name", "aliases", "roles", "helper", "motive", "languages", "armed", "brought_by_others", "countries",
          "legs", "places", "introduced_by", "knows", "exploitation", "holds", "welfare")


class Unfit(Exception):
    """A grade or a decision that cannot be kept as it is; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def keep(actor: Actor, typed: Mapping[str, Any], *, contact: bytes = b"", revision: int | None = None) -> bytes:
    """A new contact, or one written anew. Raises `NotPermitted` for somebody who sells people, `Changed`."""
    refused = may_be_contact(Helper(typed["helper"])) if typed.get("helper") else None
    if refused is not None:
        raise NotPermitted(refused.rule, "Somebody who sells people is no contact. Keep what you know as evidence.")
    fields = {name: typed[name] for name in FIELDS if name in typed}
    with writing():
        if not contact:
            return records.make(actor, "contact", {"standing": "new", **fields}).id
        held = kept.one(actor, contact, "contact", looked=False)
        return records.change(actor, held, fields, what="contact", revision=revision).id


def grade(actor: Actor, contact: bytes, *, grade: str, reason: str, ends: date) -> None:
    """Judge somebody's reliability, with a reason and an end. Raises `Unfit`, `NotPermitted`, `NoSuchVault`."""
    today = clock.today()
    if fault := fits(grade, reason, today, ends):
        raise Unfit(fault)
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        records.add(actor, held, "grades", {"grade": grade, "reason": reason, "reviewer": actor.handle,
                                            "given": today.isoformat(), "ends": ends.isoformat()})


def vet(actor: Actor, contact: bytes, typed: Mapping[str, Any]) -> None:
    """Decide how far somebody may be relied on, for and against; by another person than whoever keeps the contact.

    Raises `NotPermitted` for whoever made the record, `Unfit` for an end that is none, `NoSuchVault`.
    """
    today = clock.today()
    if not today < typed["ends"]:
        raise Unfit("A decision ends after the day on which it is made.")
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        if held.made.by == actor.id:
            raise NotPermitted("own", "You keep this contact yourself. Somebody else must vet it.", vault=contact)
        line = {"for": typed["speaks_for"], "against": typed["against"], "result": typed["result"],
                "cleared_for": typed["cleared_for"], "reviewer": actor.handle, "on": today.isoformat(),
                "ends": typed["ends"].isoformat()}
        records.add(actor, held, "vettings", line, standing=typed["result"])


def keep_handle(actor: Actor, contact: bytes, typed: Mapping[str, Any]) -> bytes:
    """How to reach somebody: sealed apart, for whoever writes it. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        kept.one(actor, contact, "contact", looked=False)
        return records.make(actor, "handle", {"contact": contact.hex(), "channel": typed["channel"],
                                              "value": typed["value"], "safe_hours": typed["safe_hours"],
                                              "last_used": clock.today().isoformat()}).id


def ask_to_share(actor: Actor, handle: bytes, *, account: bytes, reason: str, until: date) -> None:
    """The first of two signatures under letting a colleague reach a contact. Raises `NotPermitted` (step-up)."""
    with writing():
        held = kept.one(actor, handle, "handle", looked=False)
        asked = {"share": {"to": account.hex(), "reason": reason, "until": until.isoformat()}}
        block = approvals.ask(actor, handle, asked)
        records.change(actor, held, {"asked": asked["share"], "approval": block}, what="asked", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=handle, account=account)


def share_handle(actor: Actor, handle: bytes) -> None:
    """The second signature, by another holder: the colleague can reach the contact until the day that was asked for."""
    with writing():
        held = kept.one(actor, handle, "handle", looked=False)
        asked = held.body.get("asked")
        if not asked:
            raise NoSuchVault
        manifest = {"share": asked}
        block = approvals.use(handle, approvals.approve(actor, handle, held.body["approval"], manifest), manifest)
        first = bytes.fromhex(block["asked_by"])
        records.change(actor, held, {"approval": block}, what="shared", kept=False)
        record(actor, Event.SIGNED_SECOND, vault=handle, account=first)
        records.share(actor, handle, "handle", bytes.fromhex(asked["to"]), reason=asked["reason"],
                      until=date.fromisoformat(asked["until"]), second=first)


def held_contact(actor: Actor, contact: bytes) -> Record:
    """A contact's record, read for an act. Raises `NoSuchVault`."""
    return kept.one(actor, contact, "contact", looked=False)
