"""What each step changes in a journey's record: legs begun and ended, where they are, when word is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from waystation.journeys.outcomes import CODES, ENDS, OWN_CHOICE
from waystation.network.rows import Ended
from waystation_web.gateways import clock
from waystation_web.plans.decided import decision_of
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import ahead, danger, waiting
from .ground import anew
from .journey import Journey


@dataclass(frozen=True, slots=True)
class After:
    """Fields to write."""

    fields: dict[str, Any] = field(default_factory=dict)


def after(actor: Actor, journey: Journey, event: str, typed: Mapping[str, Any]) -> After:
    """What an allowed step writes beside the status. Raises `NotPermitted` where something it needs is not there."""
    what = _WRITES.get(event)
    return After() if what is None else After(what(actor, journey, typed))


def _prepare(_actor: Actor, _journey: Journey, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The two words that the party and the guide learn by heart before they leave."""
    well, other = (plain(str(typed.get(name) or "")) for name in ("well", "other"))
    if not well or not other or well == other:
        raise NotPermitted("words", "Agree on two different words first: one says that all is well, one that it is "
                                    "not.")
    return {"words": {"well": well, "other": other}}


def _set_out(actor: Actor, journey: Journey, _typed: Mapping[str, Any]) -> dict[str, Any]:
    """Begin the leg that was released: from here on, silence counts."""
    now, stop = clock.now(), journey.released(clock.now())
    if stop is None:  # the table has asked for it already
        raise NotPermitted("next_stop", "Release the next stop first: to somebody named, and for a time.")
    plan = kept.one(actor, journey.plan, "plan", looked=False)
    wait = waiting.on_leg(plan.body, stop.leg, now)
    if wait is None:
        raise NotPermitted("waits", "The plan does not say how long silence may last on this leg. Compute it again.")
    leg = {"leg": stop.leg, "start": stop.start, "end": stop.end, "guide": stop.to, "started": said(now),
           "due": [said(one) for one in wait.due], "arrived": wait.arrived, "itself": wait.itself, "condition": "",
           "code": "", "ended": None, "heard": said(now), "size": journey.size,
           "chance": danger.of_leg(plan.body, stop.leg)}
    return {"legs": [*journey.record.body.get("legs", ()), leg], "held": None, "rest_due": None}


def _reach(_actor: Actor, journey: Journey, typed: Mapping[str, Any]) -> dict[str, Any]:
    leg = journey.under_way
    ended = leg.end if leg else journey.at
    return _ended(journey, str(typed.get("code") or "passed")) | _rests() | {"at": ended}


def _replan(_actor: Actor, journey: Journey, typed: Mapping[str, Any]) -> dict[str, Any]:
    """They stop where they are: at the beginning of the leg if they turned back, else at its end."""
    leg = journey.under_way
    if leg is None:
        return _rests()
    code = str(typed.get("code") or "turned_back")
    return _ended(journey, code) | _rests() | {"at": leg.end if ENDS.get(code) is Ended.ARRIVED else leg.start}


def _resume(actor: Actor, journey: Journey, _typed: Mapping[str, Any]) -> dict[str, Any]:
    """From here on the new plan holds, and the new decision."""
    found = anew(actor, journey)
    if found is None:  # the table has asked for it already
        raise NotPermitted("H-28", "Two people decide first, on a new plan for exactly these people.")
    decision = decision_of(kept.one(actor, found.id, "decision", looked=False))
    plan = kept.one(actor, decision.plan, "plan", looked=False)
    goals = plan.body.get("facts", {}).get("terms", {}).get("goals", ())
    return _rests() | {"plan": plan.key, "decision": decision.id.hex(), "goals": list(goals) or list(journey.goals),
                       "ahead": ahead.written(plan.key, plan.body)}


def _hand_over(_actor: Actor, journey: Journey, typed: Mapping[str, Any]) -> dict[str, Any]:
    leg = journey.under_way
    there = {"at": leg.end} if leg else {}
    return _ended(journey, str(typed.get("code") or "passed")) | there | {
        "proof": str(typed["proof"]), "proof_text": str(typed["proof_text"]), "handed_at": said(clock.now()),
        "held": None, "rest_due": None}


def _stop(_actor: Actor, journey: Journey, _typed: Mapping[str, Any]) -> dict[str, Any]:
    return _ended(journey, OWN_CHOICE) | {"held": None, "rest_due": None}


def _suspend(_actor: Actor, journey: Journey, typed: Mapping[str, Any]) -> dict[str, Any]:
    return _ended(journey, str(typed.get("code") or "captured")) | {"held": None, "rest_due": None}


def _free(_actor: Actor, _journey: Journey, _typed: Mapping[str, Any]) -> dict[str, Any]:
    return _rests()


def _complete(_actor: Actor, _journey: Journey, typed: Mapping[str, Any]) -> dict[str, Any]:
    return {"status_case": str(typed["status_case"])}


def _rests() -> dict[str, Any]:
    return {"rest_due": [said(one) for one in waiting.at_rest(clock.now())], "held": None}


def _ended(journey: Journey, code: str) -> dict[str, Any]:
    """The leg they were on, ended by a code; nothing where they were on none."""
    if code not in CODES:
        raise NotPermitted("outcome", "Choose how the leg ended.")
    legs, now = list(journey.record.body.get("legs", ())), said(clock.now())
    if not legs or legs[-1].get("code"):
        return {}
    return {"legs": [*legs[:-1], {**legs[-1], "code": code, "ended": now, "heard": now}]}


def plain(word: str) -> str:
    """A word as it is compared: case and spaces do not count.

    >>> plain("  Blue  HERON ")
    'blue heron'
    """
    return " ".join(word.casefold().split())


_WRITES: Mapping[str, Callable[[Actor, Journey, Mapping[str, Any]], dict[str, Any]]] = MappingProxyType({
    "prepare": _prepare, "depart": _set_out, "go_on": _set_out, "reach": _reach, "replan": _replan, "resume": _resume,
    "hand_over": _hand_over, "stop": _stop, "suspend": _suspend, "free": _free, "complete": _complete,
})
