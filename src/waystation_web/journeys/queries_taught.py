"""What a closed journey taught, leg by leg: what was believed before, what happened, what is believed now.

The page shows what happened; whoever plans may have both beliefs worked out, by the child that works out plans. They
are of this moment and of the book as it stands, and nothing of them is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from waystation.access import Facts, Permission
from waystation.journeys.outcomes import OWN_CHOICE, outcomes
from waystation.network.files import write_json
from waystation.network.problems import InvalidBook
from waystation.units import of_100
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network import queries as network
from waystation_web.plans import child
from waystation_web.plans.child import NoAnswer
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from . import words
from .actions_close import begun, begun_of
from .journey import Journey, Went, journey_of

__all__ = ["InvalidBook", "NoAnswer", "happened", "lessons", "page"]

CLOSED = "learnt"


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A leg. `before`, `now` and `moved` are empty until they were asked for, and where the leg teaches nothing."""

    where: str = field(repr=False)
    leg: str
    happened: str
    known: bool                    # how it ended
    before: str = ""
    now: str = ""
    moved: str = ""
    why: str = ""
    speaks: bool = False           # whether numbers may be said


@dataclass(frozen=True, slots=True)
class TaughtPage:
    """A closed journey and its legs."""

    journey: Journey
    rows: tuple[LessonLine, ...] = field(repr=False)
    asked: bool
    may_ask: bool


def page(actor: Actor, journey_id: bytes) -> TaughtPage:
    """What happened. Raises `NoSuchVault` also while the journey is not closed, `NotPermitted`, `Refused`."""
    with writing():
        journey = _closed(actor, journey_id, looked=True)
    return TaughtPage(journey, tuple(happened(leg) for leg in begun(journey)), False, kept.may_make(actor, "plan"))


def lessons(actor: Actor, journey_id: bytes) -> TaughtPage:
    """The same with what was believed before and is now. It takes some seconds, and is for whoever makes plans.

    Raises `InvalidBook`, `NoAnswer`, and as `page`.
    """
    with writing():
        journey = _closed(actor, journey_id, looked=True)
        allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))
        book = network.book(actor)
    legs = begun(journey)
    now = max(book.book.as_of, clock.now()) if book.book.as_of is not None else clock.now()
    asked = {"taught": {"book": json.loads(write_json(book)), "now": now.isoformat(),
                        "legs": [_row(leg, journey) for leg in legs]}}
    *_, last = child.answered(asked)
    told = last.get("taught")
    if not isinstance(told, list) or len(told) != len(legs):
        raise NoAnswer
    rows = tuple(_lesson(happened(leg), one) for leg, one in zip(legs, told, strict=True))
    return TaughtPage(journey, rows, True, True)


def _closed(actor: Actor, journey_id: bytes, *, looked: bool) -> Journey:
    journey = journey_of(kept.one(actor, journey_id, "journey", looked=looked))
    if journey.status != CLOSED:
        raise NoSuchVault
    return journey


def _row(leg: Went, journey: Journey) -> dict[str, Any]:
    """The outcome that closing wrote into the book, made anew from the leg; without an end where it wrote none."""
    found = outcomes([begun_of(leg, journey)])
    if not found:
        return {"leg": leg.leg, "ended": ""}
    one = found[0]
    return {"leg": one.leg, "started": one.started.isoformat(), "condition": one.condition, "ended": one.ended.value,
            "ended_at": _day(one.ended_at), "last_heard": _day(one.last_heard), "party_size": one.party_size}


def _day(day: date | datetime | None) -> str:
    return day.isoformat() if day else ""


def happened(leg: Went) -> LessonLine:
    """A leg with how it ended, in words."""
    if not leg.code:
        said = gettext("Nobody knows how it ended. It counts as silence, and not as an arrival.")
    elif leg.code == OWN_CHOICE:
        said = gettext("They stopped by their own choice, which says nothing of the danger.")
    else:
        said = str(dict(words.CODES).get(leg.code, leg.code))
    return LessonLine(f"{leg.start} → {leg.end}", leg.leg, said, bool(leg.code))


def _lesson(row: LessonLine, told: Mapping[str, Any]) -> LessonLine:
    before, now = told["before"], told["now"]
    if before is None or now is None:
        if told["ended"] is None:
            return replace(row, moved=gettext("It teaches nothing of this leg's danger."))
        return replace(row, moved=gettext("This leg is no part of the route book any more."))
    if not told["stands"]:
        return replace(row, now=_believed(now), moved=gettext(
            "Its outcome was changed or taken out of the book since. What is believed now does not rest on it."),
            speaks=now["low"] is not None)
    why = gettext("One outcome, beside a belief that weighs as much as %(weighs)d.") % before if (
        before["weighs"]) else ""
    return replace(row, before=_believed(before), now=_believed(now), moved=_moved(told["moved"], told["by_one"]),
                   why=why, speaks=now["low"] is not None)


def _believed(said: Mapping[str, Any]) -> str:
    """A range of 100, or that nobody knows; always with how many ends of the same kind are known."""
    if said["low"] is None:
        return gettext("We do not know. Known ends of the same kind in 12 months: %(n)d.") % said
    return gettext("Of 100 parties between %(low)d and %(high)d are lost. Known ends of the same kind in 12 months: "
                   "%(n)d.") % {"low": of_100(said["low"]), "high": of_100(said["high"]), "n": said["n"]}


def _moved(way: int, by_one: bool) -> str:
    if not way:
        return gettext("The danger that is believed did not move.")
    if way < 0:
        return gettext("The danger that is believed fell.") if by_one else gettext(
            "The danger that is believed fell, by less than one party of 100.")
    return gettext("The danger that is believed rose.") if by_one else gettext(
        "The danger that is believed rose, by less than one party of 100.")
