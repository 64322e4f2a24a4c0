"""What stands before somebody who decides: the plan, the travellers' answers, losses, and what nobody knows.

Read once for a page or an act; everything here is asked again at each signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.planning.decision import Adult, Chosen, Facts, Seen, warnings
from waystation.planning.results import Knowledge
from waystation_web.cases import travellers as asked
from waystation_web.cases.case import case_of
from waystation_web.duty import fit
from waystation_web.duty import queries as duty
from waystation_web.gateways import clock
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused

from .decided import people_of
from .world import plan_of


@dataclass(frozen=True, slots=True)
class Before:
    """A plan and what a decision on it must know. `travellers` is None for whoever may not open the case."""

    plan: Record
    case: bytes
    travellers: asked.Travellers | None = field(repr=False)
    fitness: fit.Fitness
    limits: duty.Limits
    last_loss: datetime | None

    @property
    def digest(self) -> str:
        """Of the plan's inputs."""
        return str(self.plan.body["digest"])

    @property
    def seen(self) -> Seen:
        """What must be shown before anybody signs."""
        said = self.plan.body["before"]
        return Seen(state=Knowledge(self.plan.body["state"]), n=said["n"], stale=said["stale"],
                    one_source=said["one_source"], pregnancy_weeks=said["pregnancy_weeks"], infants=said["infants"],
                    oldest_y=said["oldest_y"], winter_river=said["winter_river"],
                    losses_90_days=said["losses_90_days"], below_floor=said.get("below_floor") is True)

    def knew(self) -> dict[str, Any]:
        """What is kept with the decision: headline, age of inputs, warnings, travellers' answers, limits."""
        body, said = self.plan.body, self.plan.body["before"]
        return {
            "headline": body["headline"], "state": body["state"], "n": said["n"], "newest_age_d": said["newest_age_d"],
            "warnings": [[rule, sentence] for rule, sentence in warnings(self.seen)],
            "exposed": list(body.get("exposed", [])), "last_loss": self.last_loss and self.last_loss.isoformat(),
            "cool_off_h": self.limits.cool_off_hours,
            "travellers": None if self.travellers is None else self.travellers.as_said(),
            "hours_on": self.fitness.hours_on, "decisions_today": self.fitness.decisions_today,
        }


def before(actor: Actor, plan_id: bytes, *, looked: bool = False) -> Before:
    """Everything about one plan, to look at (`looked`) or to act on.

    Raises `NoSuchVault`, `NotPermitted` for a plan of no case or an act under limits that this person cannot read,
    `Refused`.
    """
    plan = plan_of(actor, plan_id, looked=looked)
    if "case" not in plan.body:
        raise NotPermitted("no_case", "This plan belongs to no case. Ask for one on the page of a case.", vault=plan_id)
    try:
        case = bytes.fromhex(plan.body["case"])
        last = plan.body["before"]["last_loss"]
        loss = moment(last) if last else None
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    held = kept.maybe(actor, case, "case")
    who = None if held is None else asked.travellers(
        asked.among(case_of(held), people_of(plan.body)), plan.key, clock.today())
    limits = duty.limits(actor) if looked else duty.binding(actor)
    return Before(plan, case, who, fit.fitness(actor, clock.now()), limits, loss)


def facts_of(seen: Before, body: Mapping[str, Any]) -> Facts:
    """The facts for the table of guards: what was written, and what is there now."""
    who = seen.travellers
    if who is None:  # a second signer from another room: what the first one saw stands in the decision
        who = asked.as_known(body.get("knew", {}).get("travellers"))
    return Facts(
        chosen=Chosen(body["chosen"]) if body.get("chosen") else None, reasons=body.get("reasons", ""),
        change_of_mind=body.get("change_of_mind", ""), abort_rule=body.get("abort_rule", ""),
        look_again=date.fromisoformat(body["look_again"]) if body.get("look_again") else None,
        today=clock.today(), now=clock.now(), biases_asked=bool(body.get("biases")),
        digest_seen=body.get("digest_seen", ""), digest_now=seen.digest,
        forbidden_leg=bool(seen.plan.body["before"]["forbidden_leg"]),
        adults=tuple(Adult(one.code, one.answer) for one in who.adults),
        interpreter_is_broker=who.interpreter_is_broker,
        standing_signed=who.standing_signed, children=who.children, guardian_recorded=who.guardian_recorded,
        best_interest_by_two=who.best_interest_by_two,
        exposed_beyond_limit=tuple(seen.plan.body.get("exposed_beyond_limit", ())), last_loss=seen.last_loss,
        cool_off_h=seen.limits.cool_off_hours, signatures=2 if "approved_by" in body.get("approval", {}) else 1,
        superseded=body.get("superseded_by") is not None)
