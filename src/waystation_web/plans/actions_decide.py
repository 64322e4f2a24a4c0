"""Deciding on a plan: one person writes it down and signs, another reads and signs, or does not.

Nothing here moves anybody. A decision to go opens a journey only when somebody opens it, and then everything is asked
again (`waystation.planning.decision.may_open`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.journeys.status import OVER
from waystation.planning.decision import Bias, Chosen, Missing, may_sign
from waystation_web.audit.actions import record, record_refusal
from waystation_web.audit.events import Event
from waystation_web.cases import actions as cases
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .decided import ASKED, Decision, decision_of, manifest, people_of
from .facts import Before, before, facts_of

NOBODY = OVER | {"split"}  # in these nobody goes on by what was decided: the whole of a divided party is its parts


@dataclass(frozen=True, slots=True)
class Typed:
    """What the first signer wrote."""

    chosen: Chosen
    reasons: str = field(repr=False)
    change_of_mind: str = field(repr=False)
    biases: Mapping[Bias, bool | None]
    alternatives: str = field(default="", repr=False)
    abort_rule: str = field(default="", repr=False)
    stake: str = field(default="", repr=False)
    dissent: str = field(default="", repr=False)
    look_again: date | None = None


class Incomplete(Exception):
    """What is missing before a signature counts; nothing was saved."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(len(missing))
        self.missing = missing


def ask(actor: Actor, plan_id: bytes, typed: Typed, *, second: bytes) -> bytes:
    """The first signature; the decision's id. `second` is the colleague who is asked to read and sign it.

    Raises `Incomplete`, `NotPermitted` (`step_up`), `NoSuchVault`, `Refused`.
    """
    with writing():
        seen = before(actor, plan_id)
        body = _body(seen, typed)
        if missing := may_sign(facts_of(seen, body)):
            raise Incomplete(missing)
        if second == actor.id:
            raise NotPermitted("same_person", "You asked for this yourself. Somebody else must sign it.")
        older = [one for one in _of_case(actor, seen.case) if one.body.get("superseded_by") is None
                 and instead_of(actor, one, set(people_of(seen.plan.body)))]
        made = records.make(actor, "decision", body)
        made = records.change(actor, made, {"approval": approvals.ask(actor, made.id, manifest(body))}, what="signed")
        record(actor, Event.ASKED_FOR_SECOND, vault=made.id, account=second)
        if typed.dissent.strip():
            records.add(actor, made, "dissent", {"text": typed.dissent})
        for one in older:
            records.change(actor, one, {"superseded_by": made.key}, what="superseded")
        for type_, vault in (("plan", plan_id), ("decision", made.id)):
            records.let_sign(actor, vault, type_, second)
        cases.tell(actor, seen.case, "decision", f"asked:{typed.chosen.value}", plan=seen.plan.key, decision=made.key)
    return made.id


def unconfirmed(actor: Actor, plan_id: bytes) -> None:
    """That somebody tried to sign without having confirmed who they are: what they typed stays on their page."""
    with writing():
        record_refusal(actor, "step_up", vault=plan_id)


def sign(actor: Actor, decision_id: bytes) -> None:
    """The second signature: the decision is made. Raises `Incomplete`, `NotPermitted` (`step_up`), `NoSuchVault`."""
    with writing():
        held = kept.one(actor, decision_id, "decision", looked=False)
        found = decision_of(held)
        _still_asked(found)
        seen = before(actor, found.plan)
        if missing := may_sign(facts_of(seen, held.body), second=True):
            raise Incomplete(missing)
        block = approvals.approve(actor, held.id, held.body["approval"], manifest(held.body))
        block = approvals.use(held.id, block, manifest(held.body))
        held = records.change(actor, held, {"approval": block}, what="signed")
        record(actor, Event.SIGNED_SECOND, vault=held.id, account=found.asked_by)
        record(actor, Event.DECIDED, vault=held.id, second=found.asked_by)
        if kept.maybe(actor, found.case, "case") is not None:
            cases.tell(actor, found.case, "decision", f"decided:{found.chosen.value}", plan=found.plan.hex(),
                       decision=held.key)


def decline(actor: Actor, decision_id: bytes, *, text: str) -> None:
    """The second person does not sign, and says why: the decision ends here. Raises `NotPermitted`, `ValueError`."""
    if not text.strip():
        raise ValueError("text")
    with writing():
        held = kept.one(actor, decision_id, "decision", looked=False)
        found = decision_of(held)
        _still_asked(found)
        if found.asked_by == actor.id:
            raise NotPermitted("same_person", "You asked for this yourself. Somebody else must sign it.")
        held = records.add(actor, held, "dissent", {"text": text})
        records.change(actor, held, {"declined_by": actor.id.hex()}, what="declined")
        record(actor, Event.DECIDED, vault=held.id, result="refused")


def dissent(actor: Actor, decision_id: bytes, *, text: str) -> None:
    """Somebody sees it otherwise; it stands beside the decision for good. Raises `ValueError` for no words."""
    if not text.strip():
        raise ValueError("text")
    with writing():
        records.add(actor, kept.one(actor, decision_id, "decision", looked=False), "dissent", {"text": text})


def _still_asked(found: Decision) -> None:
    if found.status != ASKED:
        raise NotPermitted("decided", "This decision is closed. A new one can be asked for.", vault=found.id)


def _of_case(actor: Actor, case: bytes) -> list[Any]:
    return [one for one in kept.every(actor, "decision", looked=False) if one.body.get("case") == case.hex()]


def instead_of(actor: Actor, older: Record, people: set[str]) -> bool:
    """Whether a new decision for these people (none: everybody of the case) takes the place of an older one.

    Only if it is about one of them; and not while others of that party follow the older one on their way, as the parts
    of a divided party do.
    """
    before = set(people_of(older.body))
    if people and before and not people & before:
        return False
    if not people:
        return True
    return all((set(people_of(one.body)) or before) <= people for one in kept.every(actor, "journey", looked=False)
               if one.body.get("decision") == older.key and one.body.get("status") not in NOBODY)


def _body(seen: Before, typed: Typed) -> dict[str, Any]:
    asked = {bias.value: typed.biases.get(bias) for bias in Bias}
    return {
        "people": list(people_of(seen.plan.body)),
        "plan": seen.plan.key, "case": seen.case.hex(), "case_ref": seen.plan.body["case_ref"],
        "question": seen.plan.body["question"], "chosen": typed.chosen.value, "reasons": typed.reasons,
        "change_of_mind": typed.change_of_mind, "alternatives": typed.alternatives, "abort_rule": typed.abort_rule,
        "look_again": typed.look_again.isoformat() if typed.look_again else "",
        "biases": {} if None in asked.values() else asked, "stake": typed.stake, "knew": seen.knew(),
        "digest_seen": seen.digest,
    }
