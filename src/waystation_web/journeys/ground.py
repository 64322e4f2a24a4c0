"""What the guards of a step ask: the plan's answers, the case's consents, the ledger, and what whoever steps says.

Everything is asked again at each step: a yes that was taken back on the road stops the next leg.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from waystation.journeys.status import Road
from waystation.ledger.entries import Direction
from waystation.planning.decision import Chosen, may_open
from waystation_web.cases import consents, travellers
from waystation_web.cases.case import Case, case_of
from waystation_web.gateways import clock
from waystation_web.ledger.reading import ledger
from waystation_web.plans.decided import DECIDED, Decision, decision_of
from waystation_web.plans.facts import before, facts_of
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from . import escorts
from .journey import Journey
from .parted import of_journey, parts_of, party, settled

PROOFS = ("voice", "mission", "custody")


def journey_go(actor: Actor, found: Decision) -> bool:
    """Whether a decision opens a journey: a go by two that still stands, and that opened none before."""
    if any(one.body.get("decision") == found.id.hex() for one in kept.every(actor, "journey", looked=False)):
        return False
    return found.status == DECIDED and not may_open(facts_of(before(actor, found.plan), found.record.body))


def a_part(actor: Actor, found: Decision) -> list[str]:
    """Those of its case whom a decision takes, by their ids; empty: everybody of it."""
    held = kept.maybe(actor, found.case, "case")
    everybody = {one.id for one in case_of(held).people} if held else set[str]()
    return [] if set(found.people) == everybody else list(found.people)


def road(actor: Actor, journey: Journey, typed: Mapping[str, Any], *, reason: str, second: bool = False) -> Road:
    """The facts for one step. What is said is in `typed`; what can be looked up is looked up."""
    parts = parts_of(actor, journey)
    case = of_journey(case_held(actor, journey.case), journey, parts.away if journey.status == "split" else ())
    who = travellers.travellers(case, journey.plan.hex(), clock.today())
    case_says = consents.facts_of(case, 0, clock.today())
    return Road(
        reason=reason, second=second, standing=who.standing_signed, consent=case_says.consent,
        everybody_said_yes=case_says.everybody_said_yes and all(one.answer for one in who.adults),
        children_cared=case_says.children_cared,
        paid=bool(typed.get("paid")) and not unpaid(actor, journey.case_ref), rested=bool(typed.get("rested")),
        welfare=bool(str(typed.get("welfare") or "").strip()),
        released=journey.released(clock.now()) is not None, company=not escorts.in_the_way(actor, journey),
        challenged=bool(typed.get("word") or str(typed.get("no_word") or "").strip()),
        decided_anew=anew(actor, journey) is not None, asked_again=bool(typed.get("asked_again")),
        proof=typed.get("proof") in PROOFS and bool(str(typed.get("proof_text") or "").strip()),
        status_case=bool(str(typed.get("status_case") or "").strip()),
        split_kept=party(case, clock.today()).kept(typed), together=parts.together, parts_over=parts.over,
        outcomes=bool(journey.legs) and all(
            leg["code"] for leg in settled(journey, parts).get("legs") or journey.record.body["legs"]))


def case_held(actor: Actor, case_id: bytes) -> Case:
    """The case of a journey: whoever may not open it cannot know whether anybody said no. Raises `NoSuchVault`."""
    held = kept.maybe(actor, case_id, "case")
    if held is None:
        raise NoSuchVault
    return case_of(held)


def unpaid(actor: Actor, case_ref: str) -> int:
    """Lines of the ledger for this case that are due and not paid, as far as this person holds them."""
    today = clock.today()
    return sum(line.waits and line.entry.case == case_ref and line.entry.direction is Direction.OUT
               and (line.entry.due or line.entry.day) <= today for line in ledger(actor).lines)


def anew(actor: Actor, journey: Journey) -> Decision | None:
    """A go by two on another plan for exactly these people, made since the journey opened; the newest.

    One that another journey follows is that one's: each part of a divided party is decided on by itself, on a plan of
    its own. A plan that does not say for whom it is was made for everybody of the case.
    """
    return max(_others(actor, journey), key=lambda one: one.asked_at, default=None)


def _others(actor: Actor, journey: Journey) -> Iterable[Decision]:
    taken = {one.body.get("decision") for one in kept.every(actor, "journey", looked=False) if one.id != journey.id}
    whole = case_held(actor, journey.case)
    these = {one.id for one in of_journey(whole, journey).people}
    for held in kept.every(actor, "decision", looked=False):
        if held.id.hex() in taken:
            continue
        if held.body.get("case") == journey.case.hex() and held.body.get("plan") != journey.plan.hex():
            found = decision_of(held)
            theirs = set(found.people) or {one.id for one in whole.people}
            if found.status == DECIDED and found.chosen is Chosen.GO and found.asked_at > journey.record.made.at \
                    and theirs == these:
                yield found
