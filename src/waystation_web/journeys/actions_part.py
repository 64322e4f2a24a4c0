"""A party is divided on its way, and put together again. One transaction writes the whole, each part, and each watch.

Nobody is without a watch at any moment: a part's begins with the hours that were running before the whole's ends, and
whoever holds the whole holds each part, until the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from waystation.casework.moves import Moved, step
from waystation.journeys.status import JOURNEY, Road
from waystation_web.cases import actions as cases
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import moment, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import escorts, live, watches
from .journey import Journey, journey_of
from .parted import division_of, parts_of, settled
from .stages import After
from .steps import line, moved

ALIKE = ("case", "case_ref", "plan", "decision", "goals", "status", "at", "rest_due", "words", "ahead")


def divide(actor: Actor, journey: Journey, typed: Mapping[str, Any], reason: str) -> After:
    """A journey for each part, watched on with the clocks that run; what the whole then says."""
    parts = [_part(actor, journey, f"{journey.part}.{number}".lstrip("."), people, reason)
             for number, people in enumerate(division_of(typed), 1)]
    return After({"parts": parts, "held": None, "rest_due": None, "releases": _ended(journey)})


def _part(actor: Actor, journey: Journey, part: str, people: list[str], reason: str) -> str:
    whole = journey.record.body
    made = records.beside(actor, journey.record, {
        **{name: whole[name] for name in ALIKE if whole.get(name) is not None},
        "legs": [{**one, "carried": True} for one in whole.get("legs", ())], "size": len(people), "people": people,
        escorts.FIELD: escorts.gone(journey),
        "whole": journey.key, "part": part, "log": [line(actor, "split", reason)]}, reason=reason,
        second=values.account(values.part(values.part(whole, "step"), "approval"), "asked_by"))
    watches.follow(made.id, journey_of(made).due)
    cases.tell(actor, journey.case, "journey", journey.status, journey=made.key)
    live.changed(made.id)
    return made.key


def rejoin(actor: Actor, journey: Journey, _typed: Mapping[str, Any], reason: str) -> After:
    """The parts that met end in the whole, which rests where they are; its clock is the one that rings first."""
    parts = parts_of(actor, journey)
    for one in parts.there:
        found = step(JOURNEY, one.status, "join", actor.roles, Road(reason=reason, put_together=True))
        if not isinstance(found, Moved):
            raise NotPermitted(found.rule, found.sentence, vault=one.id)
        moved(actor, one.record, After({"held": None, "rest_due": None}), found.to, kind="join", reason=reason)
    here = [who for one in parts.there for who in one.people]
    legs = settled(journey, parts).get("legs", journey.record.body.get("legs", ()))
    brought = [{**leg, "carried": True} for one in parts.there for leg in one.record.body.get("legs", ())
               if not leg.get("carried")]
    return After({
        "legs": [*legs, *sorted(brought, key=lambda leg: str(leg["started"]))], "at": parts.there[0].at,
        "people": here if parts.away else list(journey.people), "size": journey.size - len(parts.away), "held": None,
        "rest_due": [said(one) for one in min(one.rest_due for one in parts.there)], "releases": _ended(journey)})


def _ended(journey: Journey) -> list[dict[str, Any]]:
    """What was released to the whole counts for nobody any more."""
    now = clock.now()
    return [{**one, "until": said(min(now, moment(one["until"])))} for one in journey.record.body.get("releases", ())]


WRITES: Mapping[str, Callable[[Actor, Journey, Mapping[str, Any], str], After]] = MappingProxyType({
    "split": divide, "rejoin": rejoin})
