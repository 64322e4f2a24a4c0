"""Acts on contacts: keep one, change it, grade it, vet it, stop it, let a colleague work with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.trust.vetting import UNUSABLE, Helper, fits, may_be_contact
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import barred
from .flags import renamed

FIELDS = ("code_name", "aliases", "roles", "helper", "motive", "languages", "armed", "brought_by_others", "countries",
          "legs", "places", "introduced_by", "knows", "exploitation", "holds", "welfare", "law_risk")


class Unfit(Exception):
    """A grade or a decision that cannot be kept as it is; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def keep(actor: Actor, typed: Mapping[str, Any], *, contact: bytes = b"", revision: int | None = None,
         deputy: bytes = b"") -> bytes:
    """A new contact, or one written anew; `deputy` is the second liaison who works with a new one.

    Whoever exploits is blocked by it. Raises `NotPermitted` for somebody who sells people and for a name
    that is on the list of those who exploit, `Changed`.
    """
    refused = may_be_contact(Helper(typed["helper"])) if typed.get("helper") else None
    if refused is not None:
        raise NotPermitted(refused.rule, "Somebody who sells people is no contact. Keep what you know as evidence.")
    fields = {name: typed[name] for name in FIELDS if name in typed}
    with writing():
        if not contact:
            barred.unknown(actor, {}, fields)
            made = records.make(actor, "contact", {"standing": "new", **fields}, holders=[deputy] if deputy else [])
            return barred.follow(actor, {}, made).id
        held = kept.one(actor, contact, "contact", looked=False)
        barred.unknown(actor, held.body, fields)
        after = records.change(actor, held, fields, what="contact", revision=revision)
        renamed(actor, held, after)
        after = barred.follow(actor, held.body, after)
    return after.id


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

    Raises `NotPermitted` for whoever made the record or their newcomer, `Unfit` for an end that is none, `NoSuchVault`.
    """
    today = clock.today()
    if not today < typed["ends"]:
        raise Unfit("A decision ends after the day on which it is made.")
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        if held.made.by == actor.id:
            raise NotPermitted("own", "You keep this contact yourself. Somebody else must vet it.", vault=contact)
        approvals.another(actor, held.made.by, vault=contact)
        line = {"for": typed["speaks_for"], "against": typed["against"], "result": typed["result"],
                "steps": typed.get("steps", ""), "cleared_for": typed["cleared_for"], "reviewer": actor.handle,
                "on": today.isoformat(), "ends": typed["ends"].isoformat()}
        also = barred.decided(actor, held, typed["result"])
        records.add(actor, held, "vettings", line, standing=typed["result"], **also)


def stop(actor: Actor, contact: bytes, *, result: str, against: str) -> None:
    """Suspend, burn or block somebody at once: one's own contact too, because a stop harms nobody who travels.

    Only another person's decision lifts it. Raises `Unfit` for anything but a stop, `NotPermitted`, `NoSuchVault`.
    """
    if result not in UNUSABLE:
        raise Unfit("Only a stop can be decided alone.")
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        line = {"for": "", "against": against, "steps": "", "result": result, "cleared_for": "",
                "reviewer": actor.handle, "on": clock.today().isoformat(), "ends": ""}
        records.add(actor, held, "vettings", line, standing=result)


def note_task(actor: Actor, contact: bytes, *, task: str, went: str) -> None:
    """What somebody was asked to do and how it went. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        records.add(actor, held, "tasks", {"task": task, "went": went, "on": clock.today().isoformat()})


def give(actor: Actor, contact: bytes, *, account: bytes, reason: str, until: date | None) -> None:
    """Let a colleague work with a contact: a liaison for good, others until a day. Numbers stay where they are.

    Raises `NotPermitted` (a role that never reads contacts, or that would unite what is kept apart), `NoSuchVault`.
    """
    with writing():
        records.share(actor, contact, "contact", account, reason=reason, until=until)
