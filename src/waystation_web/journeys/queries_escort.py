"""Reading who goes along: by leg, what each was told and said, and who may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.journeys.company import Companion, brief, lacking
from waystation_web.cases import values
from waystation_web.contacts import queries as people
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import words
from .escorts import FIELD, Leg, begun, company, legs_ahead, stopped
from .journey import Journey, journey_of


@dataclass(frozen=True, slots=True)
class Line:
    """One person on one leg. `law`: what the law could do to them for helping, as their contact says it."""

    one: Companion
    brief: str
    answer: str
    how: str = field(repr=False)
    said_on: date | None
    lacks: tuple[str, ...]
    law: str = field(repr=False)
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everybody who was asked, the legs ahead, and who may be asked."""

    journey: Journey
    lines: tuple[Line, ...] = field(repr=False)
    legs: tuple[Leg, ...] = field(repr=False)
    people: tuple[str, ...] = field(repr=False)
    may_write: bool


def page(actor: Actor, journey_id: bytes) -> Page:
    """Of one journey. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        journey = journey_of(kept.one(actor, journey_id, "journey"))
        known = people.contacts(actor)
        shut, legs = stopped(actor, known), tuple(legs_ahead(actor, journey))
    law = {one.code_name: one.law_risk for one in known}
    written = {values.text(one, "id"): one for one in values.items(journey.record.body, FIELD)}
    there, writes = begun(journey), kept.may_write(actor, "journey")
    lines = tuple(_line(one, written[one.id], law.get(one.who, ""), shut if one.leg not in there else frozenset(),
                        writes and one.counts and one.leg not in there) for one in company(journey))
    return Page(journey, lines, legs, tuple(one.code_name for one in known if one.code_name not in shut), writes)


def _line(one: Companion, said: Mapping[str, Any], law: str, shut: frozenset[str], may_answer: bool) -> Line:
    answers = dict(words.ALONG)
    return Line(one, brief(one), str(answers.get(one.said.value, "")), values.text(said, "how"),
                values.day(said, "said_on"), tuple(str(words.LACKS[lack]) for _who, lack in
                lacking([one], one.leg, shut)), law, may_answer)
