"""A journey is opened, and goes from step to step. Each act is one transaction; nothing is sent to anybody by it.

A step that two must make is signed by one and then by another; what they sign is the step, its reason, what was typed
with it, and how many legs and check-ins there were: word that came between the two signatures voids the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.casework.moves import Moved, step
from waystation.journeys.status import JOURNEY, Road
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import actions as cases
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.plans.decided import decision_of
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import actions_part, ahead, live
from .ground import a_part, journey_go, road
from .hearing import heard, take_down
from .journey import Journey, journey_of
from .stages import after
from .steps import line, moved

MOVED, ASKED = "moved", "asked"


def open_(actor: Actor, decision_id: bytes, *, reason: str) -> bytes:
    """A journey on a decision to go that two signed; its id. Raises `NotPermitted`, `NoSuchVault`, `Refused`."""
    with writing():
        found = decision_of(kept.one(actor, decision_id, "decision", looked=False))
        moved = step(JOURNEY, "", "open", actor.roles, Road(reason=reason, go=journey_go(actor, found)))
        if not isinstance(moved, Moved):
            raise NotPermitted(moved.rule, moved.sentence, vault=decision_id)
        plan = kept.one(actor, found.plan, "plan", looked=False)
        terms, party = plan.body.get("facts", {}).get("terms", {}), plan.body.get("facts", {}).get("party", {})
        made = records.make(actor, "journey", {
            "case": found.case.hex(), "case_ref": found.case_ref, "plan": plan.key, "decision": decision_id.hex(),
            "size": int(party.get("size", 1)), "goals": list(terms.get("goals", ())), "status": moved.to,
            "at": str(terms.get("start", "")), "log": [line(actor, "open", reason)], "people": a_part(actor, found),
            "ahead": ahead.written(plan.key, plan.body)})
        cases.tell(actor, found.case, "journey", moved.to, journey=made.key)
        live.changed(made.id, decision_id)
    return made.id


def make_step(actor: Actor, journey_id: bytes, event: str, typed: Mapping[str, Any]) -> str:
    """Make a step, or sign it first where two must: "moved" or "asked".

    Raises `NotPermitted` with the sentence of the guard that is in the way (`step_up` where it is signed).
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        asked = waiting_step(held, journey, event)
        reason = values.text(asked, "reason") if asked else str(typed.get("reason") or "")
        said_ = values.part(asked, "typed") if asked else {name: one for name, one in typed.items() if name != "reason"}
        found = step(JOURNEY, journey.status, event, actor.roles,
                     road(actor, journey, said_, reason=reason, second=True))
        if not isinstance(found, Moved):
            raise NotPermitted(found.rule, found.sentence, vault=journey_id)
        if JOURNEY[journey.status, event].two:
            this = _manifest(journey, event, reason, said_)
            if not asked:
                block = approvals.ask(actor, journey_id, this)
                records.change(actor, held, {"step": {"event": event, "from": journey.status, "reason": reason,
                                                      "typed": dict(said_), "approval": block}}, what="step",
                               kept=False)
                record(actor, Event.ASKED_FOR_SECOND, vault=journey_id)
                live.changed(journey_id)
                return ASKED
            signed = approvals.approve(actor, journey_id, asked["approval"], this)
            approvals.use(journey_id, signed, this)
            record(actor, Event.SIGNED_SECOND, vault=journey_id)
        if event == "reach":
            held = _heard(actor, held, journey, said_)
            journey = journey_of(held)
        if event in actions_part.WRITES:
            done = actions_part.WRITES[event](actor, journey, said_, reason)
        else:
            done = after(actor, journey, event, said_)
        moved(actor, held, done, found.to, kind=event, reason=reason)
    return MOVED


def _heard(actor: Actor, held: Record, journey: Journey, typed: Mapping[str, Any]) -> Record:
    """Word of an arrival is word like any other; a wrong one is none."""
    word = heard(actor, journey, typed)
    if not word.counts:
        raise NotPermitted("challenge", "That was not the word. Silence goes on: ask again, and open an incident if "
                                        "you doubt.", vault=journey.id)
    return take_down(actor, held, journey, word)


def waiting_step(held: Record, journey: Journey, event: str) -> Mapping[str, Any]:
    """A step that one has signed and another still may; empty if there is none."""
    asked = values.part(held.body, "step")
    until = values.at(values.part(asked, "approval"), "until")
    there = (asked.get("event"), asked.get("from")) == (event, journey.status)
    return asked if there and until is not None and clock.now() <= until else {}


def _manifest(journey: Journey, event: str, reason: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    return {"act": "journey", "event": event, "from": journey.status, "reason": reason, "at": journey.at,
            "legs": len(journey.legs), "heard": len(journey.checkins), "typed": dict(typed)}
