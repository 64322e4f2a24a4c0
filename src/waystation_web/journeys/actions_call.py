"""A call is booked with somebody who brings two people together, and it is written down how it went; others are listed.

Who speaks is asked for the word that was agreed with the party: whoever says the other one is answered as whoever says
the right one, and a silent incident begins. While a party is on its way, such a call is word of it like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from waystation.journeys.status import ON_THE_ROAD
from waystation.ledger.entries import Direction
from waystation_web.cases import values
from waystation_web.contacts import queries as people
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.ledger.entry import Line
from waystation_web.ledger.reading import ledger
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import live, watches
from .calls import ARRANGED, BOOKED, CALL, CAME, FIELD, IN, OUT, RESULTS, SPOKE, calls
from .escorts import stopped
from .hearing import NONE, RIGHT, WRONG, heard, take_down
from .incidents import begin_silent
from .journey import Journey, journey_of

LATEST = timedelta(minutes=5)  # that a clock beside the telephone may be ahead of the office's


def book(actor: Actor, journey_id: bytes, *, when: datetime, broker: str, who: str, fee: str, text: str = "") -> None:
    """Book a call that somebody arranges. Nobody is rung by it, and nothing is paid by it.

    Raises `NotPermitted` for a time that is past, for whoever must not be used, and for a fee that is no line of the
    ledger for this case; `NoSuchVault`.
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey, known = journey_of(held), people.contacts(actor)
        if when <= clock.now():
            raise NotPermitted("past", "A call is booked for a time to come.", vault=journey_id)
        if broker not in {one.code_name for one in known} - stopped(actor, known):
            raise NotPermitted("contact", "Only a contact who may be used now arranges a call.", vault=journey_id)
        if fee and fee not in {one.key for one in fees(actor, journey)}:
            raise NotPermitted("fee", "Choose a line of the ledger for this case. A fee is written down there first.",
                               vault=journey_id)
        records.add(actor, held, FIELD, {"kind": BOOKED, "when": said(when), "direction": ARRANGED, "broker": broker,
                                         "who": who, "fee": fee, "text": text})
        live.changed(journey_id)


def outcome(actor: Actor, journey_id: bytes, item: str, typed: Mapping[str, Any]) -> str:
    """How a booked call went, once. Returns how the word was: right, wrong, none, or empty where nobody spoke.

    Raises `NotPermitted` for a call that was written down before, and where nobody asked for the word and nobody says
    how it was known who spoke; `NoSuchVault`.
    """
    result = str(typed.get("result") or "")
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        one = next((one for one in calls(journey) if one.id == item and one.kind == BOOKED), None)
        if one is None or result not in RESULTS:
            raise NoSuchVault
        if not one.open:
            raise NotPermitted("call", "It is written down already how this call went.", vault=journey_id)
        held, word = _identified(actor, journey, item, typed) if result in SPOKE else (held, "")
        records.replace_item(actor, held, FIELD, item, {
            "result": result, "word": word, "told": str(typed.get("text") or ""), "done_by": actor.id.hex(),
            "done_at": said(clock.now())}, what="call")
        live.changed(journey_id)
    return word


def came(actor: Actor, journey_id: bytes, *, direction: str, source: str, when: datetime, text: str) -> None:
    """A call that was no word of the party: when, who rang, what was said. Raises `NotPermitted`, `NoSuchVault`."""
    if direction not in {IN, OUT}:
        raise NoSuchVault
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        if when > clock.now() + LATEST:
            raise NotPermitted("future", "This call has not been yet. Book it.", vault=journey_id)
        if not text.strip():
            raise NotPermitted("text", "Write down what was said.", vault=journey_id)
        records.add(actor, held, FIELD, {"kind": CAME, "when": said(when), "direction": direction, "with": source,
                                         "text": text})


def fees(actor: Actor, journey: Journey) -> list[Line]:
    """Lines of the ledger for this case that this person holds: one of them may be what a call cost."""
    return [one for one in ledger(actor).lines
            if one.entry.case == journey.case_ref and one.entry.direction is Direction.OUT]


def _identified(actor: Actor, journey: Journey, item: str, typed: Mapping[str, Any]) -> tuple[Any, str]:
    """The word they said, weighed as any other; on the road it is word of the party."""
    agreed = bool(values.part(journey.record.body, "words"))
    word = heard(actor, journey, typed if agreed else {**typed, "word": ""})
    if word.item["word"] == NONE and not str(typed.get("text") or "").strip():
        raise NotPermitted("challenge", "Ask for the word, or write down why it cannot be asked.", vault=journey.id)
    word.item.update({"call": item, "channel": CALL, "source": "relative"})
    held = journey.record
    if journey.status in ON_THE_ROAD:
        held = take_down(actor, held, journey, word)
    elif word.duress:
        watches.alarm(begin_silent(actor, journey), clock.now())
    return held, RIGHT if word.duress else str(word.item["word"])


__all__ = ["WRONG", "book", "came", "fees", "outcome"]
