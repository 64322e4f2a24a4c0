"""The stops that may be released from where a party is: one leg ahead, and who must know of it. Never the course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.network.rows import by
from waystation.trust.vetting import UNUSABLE
from waystation_web.contacts import queries as people
from waystation_web.contacts.contact import Contact
from waystation_web.gateways import clock
from waystation_web.network import freezes
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import escorts
from .journey import Journey

PARTY = "party"  # where nobody leads them: told to the party itself, by whoever is with them now


@dataclass(frozen=True, slots=True)
class Stop:
    """One leg ahead. `recipients` are code names of those who serve the leg or its end and may be used."""

    leg: str
    start: str
    end: str
    mode: str
    planned: bool
    recipients: tuple[str, ...] = field(repr=False)

    def text(self, until: datetime) -> str:
        """All that is told: where to, how, until when. Read aloud by a person; nothing is sent by itself."""
        return f"{self.end}. {by(self.mode)}. {until:%d %b %H:%M} UTC."


def stops(actor: Actor, journey: Journey) -> list[Stop]:
    """The legs out of where they are that the plan draws and nothing closes, the planned one first.

    Runs inside the caller's `writing()`.
    """
    plan = kept.one(actor, journey.plan, "plan", looked=False)
    shut = freezes.codes(actor)
    contacts = [one for one in people.contacts(actor) if one.standing(clock.today()) not in UNUSABLE
                and one.code_name not in shut]
    found = [Stop(line["leg"], line["start"], line["end"], line["mode"], line["kind"] == "first",
                  _told(contacts, line, escorts.of_leg(journey, line["leg"])))
             for line in plan.body.get("lines", ())
             if line["start"] == journey.at and line["kind"] != "closed" and not {line["leg"], line["end"]} & shut]
    return sorted(found, key=lambda one: (not one.planned, one.leg))


def _told(contacts: Iterable[Contact], line: Mapping[str, Any], along: Iterable[str]) -> tuple[str, ...]:
    """Whoever serves it, whoever goes along on this very leg, and the party itself."""
    may = {one.code_name for one in contacts}
    served = _serving(contacts, (line["leg"], line["end"]))
    return tuple(dict.fromkeys((*served, *(one for one in along if one in may), PARTY)))


def _serving(contacts: Iterable[Contact], codes: tuple[str, str]) -> list[str]:
    return sorted(one.code_name for one in contacts if set(codes) & {*one.legs, *one.places})
