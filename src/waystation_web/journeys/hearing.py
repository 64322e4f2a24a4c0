"""What the desk heard: how they are, how many, and whether the word was the right one.

The words were agreed before they left. The right one says that all is well; the other one says that somebody listens
who must not: it is taken down exactly as the right one is, and a silent incident begins. A wrong word is no word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor

from . import waiting, watches
from .incidents import begin_silent
from .journey import Journey, journey_of
from .stages import plain

RIGHT, WRONG, NONE = "right", "wrong", "none"
SOURCES = ("guide", "host", "party", "relative", "mission")
CONDITIONS = ("well", "tired", "sick", "injured", "afraid", "separated")


@dataclass(frozen=True, slots=True)
class Heard:
    """A check-in as it is kept, and what is kept of it elsewhere."""

    item: dict[str, Any] = field(repr=False)
    duress: bool = field(repr=False)

    @property
    def counts(self) -> bool:
        """Whether silence ends with it."""
        return self.item["word"] != WRONG


def heard(actor: Actor, journey: Journey, typed: Mapping[str, Any]) -> Heard:
    """Weigh what was typed against the words of this journey."""
    words, spoken = values.part(journey.record.body, "words"), plain(str(typed.get("word") or ""))
    duress = bool(spoken) and spoken == values.text(words, "other")
    right = duress or (bool(spoken) and spoken == values.text(words, "well"))
    leg = journey.under_way
    item = {"id": token_hex(8), "by": actor.id.hex(), "at": said(clock.now()), "source": str(typed.get("source") or ""),
            "present": typed.get("present"), "condition": str(typed.get("condition") or ""),
            "word": RIGHT if right else WRONG if spoken else NONE,
            "text": str(typed.get("no_word") or typed.get("text") or ""), "leg": leg.leg if leg else "",
            "channel": str(typed.get("channel") or "")}
    return Heard(item, duress)


def take_down(actor: Actor, held: Record, journey: Journey, word: Heard) -> Record:
    """Write a check-in, inside the caller's `writing()`; what is only for the duty person goes into its incident."""
    fields: dict[str, Any] = {"checkins": [*held.body.get("checkins", ()), word.item]}
    if word.counts:
        fields |= {"held": None} | _due(held, journey)
    held = records.change(actor, held, fields, what="+checkins", kept=False)
    if word.counts:
        watches.follow(held.id, journey_of(held).due)
    if word.duress:
        watches.alarm(begin_silent(actor, journey), clock.now())
    return held


def _due(held: Record, journey: Journey) -> dict[str, Any]:
    """When silence begins to count again."""
    now, leg = clock.now(), journey.under_way
    if leg is None:
        return {"rest_due": [said(one) for one in waiting.at_rest(now)]}
    due = waiting.after_word(leg.due, leg.started, now)
    legs = list(held.body["legs"])
    return {"legs": [*legs[:-1], {**legs[-1], "heard": said(now), "due": [said(one) for one in due]}]}
