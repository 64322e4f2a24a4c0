"""Somebody is asked to go along on one leg, and answers; a leg that was begun is not written anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.access import Facts, Permission
from waystation.journeys.company import Said
from waystation_web.cases import values
from waystation_web.contacts import queries as people
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.queries import allow

from . import live
from .escorts import FIELD, begun, company, legs_ahead, stopped
from .journey import journey_of

ANSWERS = (Said.YES, Said.NO, Said.OFF)


def may(actor: Actor, journey_id: bytes) -> None:
    """Refuse whoever writes no journeys before a form of theirs is read. Raises `NotPermitted`."""
    with writing():
        allow(actor, Permission.WRITE_VAULT, Facts(type="journey", holds=True), vault=journey_id)


def ask(actor: Actor, journey_id: bytes, *, leg: str, who: str, risk: str) -> None:
    """Write down that somebody was asked to go along on a leg, and what it may cost them as they were told.

    Raises `NotPermitted` for a leg that is not ahead, for whoever must not be used, for who was asked already, and
    without a word of the risk; `NoSuchVault`.
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        there = next((one for one in legs_ahead(actor, journey) if one.leg == leg), None)
        if there is None:
            raise NotPermitted("leg", "Choose a leg that is still ahead of them.", vault=journey_id)
        known = people.contacts(actor)
        if who not in {one.code_name for one in known} or who in stopped(actor, known):
            raise NotPermitted("contact", "Only a contact who may be used now is asked to go along.", vault=journey_id)
        if not risk.strip():
            raise NotPermitted("risk", "Tell them first what it may cost them, and write down what you told.",
                               vault=journey_id)
        if any((one.leg, one.who) == (leg, who) and one.counts for one in company(journey)):
            raise NotPermitted("twice", "They were asked for this leg already.", vault=journey_id)
        records.add(actor, held, FIELD, {"who": who, "leg": leg, "start": there.start, "end": there.end,
                                         "mode": there.mode, "risk": risk, "said": Said.NOTHING.value})
        live.changed(journey_id)


def answer(actor: Actor, journey_id: bytes, item: str, typed: Mapping[str, Any]) -> None:
    """What they said, how, and what they tell if they are caught. A no holds for this leg; they may be asked anew.

    Raises `NotPermitted` once the leg was begun and for a yes to nothing settled, `NoSuchVault`.
    """
    said = str(typed.get("said") or "")
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        one = next((one for one in company(journey) if one.id == item), None)
        if one is None or said not in ANSWERS:
            raise NoSuchVault
        if one.leg in begun(journey):
            raise NotPermitted("begun", "This leg was begun: who went along is not written anew.", vault=journey_id)
        if not one.counts:
            raise NotPermitted("answered", "They said no, or were taken off. Ask them anew.", vault=journey_id)
        if not values.text(dict(typed), "how").strip():
            raise NotPermitted("how", "Write down how and when they said so.", vault=journey_id)
        records.replace_item(actor, held, FIELD, item, {
            "said": said, "how": str(typed["how"]), "tell": str(typed.get("tell") or ""),
            "said_on": clock.today().isoformat()}, what="escort")
        live.changed(journey_id)
