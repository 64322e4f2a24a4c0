"""What a desk does with a journey between its steps: take down word, say "I have this one", release the next stop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from waystation.journeys.status import ON_THE_ROAD
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import moment, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import live, watches
from .hearing import NONE, RIGHT, WRONG, heard, take_down
from .journey import journey_of
from .stops import Stop, stops

MOST_HOURS = 72  # that a next stop stays released
RELEASED_FROM = ("ready", "resting")


def check_in(actor: Actor, journey_id: bytes, typed: Mapping[str, Any]) -> str:
    """Take down word. Returns how the word was: "right", "wrong" (silence goes on) or "none".

    Raises `NotPermitted` where nobody waits for word, or where no word was asked and nobody wrote down why.
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        if journey.status not in ON_THE_ROAD:
            raise NotPermitted("status", "Nobody waits for word of this journey now.", vault=journey_id)
        word = heard(actor, journey, typed)
        if word.item["word"] == NONE and not word.item["text"].strip():
            raise NotPermitted("challenge", "Ask for the word, or write down why it cannot be asked.",
                               vault=journey_id)
        take_down(actor, held, journey, word)
        live.row(journey_id)
    return RIGHT if word.duress else str(word.item["word"])


def hold(actor: Actor, journey_id: bytes) -> None:
    """"I have this one": it stays where it stands on the board until word comes. Raises `NotPermitted`."""
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        level = journey.level(clock.now())
        if not level:
            raise NotPermitted("status", "Nothing is late here.", vault=journey_id)
        mine = {"by": actor.id.hex(), "at": said(clock.now()), "level": int(level)}
        records.change(actor, held, {"held": mine}, what="held", kept=True)
        watches.hold(held.id, clock.now())
        live.row(journey_id)


def release(actor: Actor, journey_id: bytes, *, leg: str, to: str, channel: str, hours: int, why: str = "") -> None:
    """Release the next stop to somebody named, for a time: the only stop that anybody is told.

    An earlier release that still counts gives way to it. Raises `NotPermitted`: for a stop that is not the next one,
    for whoever does not serve it or must not be used, and off the plan without a reason.
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        if journey.status not in RELEASED_FROM:
            raise NotPermitted("status", "The next stop is released while they wait, not before and not on the way.",
                               vault=journey_id)
        stop = next((one for one in stops(actor, journey) if one.leg == leg), None)
        _may_release(stop, to, hours, why, journey_id)
        assert stop is not None
        until = clock.now() + timedelta(hours=hours)
        item = {"leg": leg, "start": stop.start, "end": stop.end, "to": to, "channel": channel, "until": said(until),
                "text": stop.text(until)}
        others = [{**one, "until": said(min(clock.now(), _until(one)))} if _until(one) > clock.now() else one
                  for one in held.body.get("releases", ())]
        log = list(held.body.get("log", ()))
        if not stop.planned:
            log.append({"by": actor.id.hex(), "at": said(clock.now()), "kind": "off_plan", "text": f"{leg}: {why}"})
        held = records.change(actor, held, {"releases": others, "log": log}, what="log", kept=False)
        records.add(actor, held, "releases", item)
        live.changed(journey_id)


def _may_release(stop: Stop | None, to: str, hours: int, why: str, vault: bytes) -> None:
    if stop is None:
        raise NotPermitted("next_stop", "This is not the next stop from where they are, or its way is closed.",
                           vault=vault)
    if to not in stop.recipients:
        raise NotPermitted("need_to_know", "Tell only somebody who serves this leg or waits at its end.", vault=vault)
    if not 1 <= hours <= MOST_HOURS:
        raise NotPermitted("until", "A next stop is released for three days at most.", vault=vault)
    if not stop.planned and not why.strip():
        raise NotPermitted("off_plan", "This leaves the plan. Write down why.", vault=vault)


def _until(item: Mapping[str, Any]) -> datetime:
    return moment(item["until"])


__all__ = ["MOST_HOURS", "RIGHT", "WRONG", "check_in", "hold", "release"]
