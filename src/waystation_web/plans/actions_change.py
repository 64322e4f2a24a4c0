"""Asking what a change of the world would do: load, let a child compare, keep the comparison. Nobody decides on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.db import OperationalError

from waystation.access import Facts, Permission
from waystation.network.files import read_book
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import actions as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted, Refused
from waystation_web.vault.queries import allow

from . import asking, change, child
from .actions_ask import Ended, NotSaved

DRAWS = 400  # possible worlds: enough for nine of ten, and ten seconds of a small machine; a thousand at a terminal


class NoChange(Exception):
    """The change does not fit the route book; `faults` says where."""

    def __init__(self, faults: tuple[change.Fault, ...]) -> None:
        super().__init__("the change does not fit the route book")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and a change, ready for the child."""

    of: asking.Asked = field(repr=False)
    change: Mapping[str, Any] = field(repr=False)


def load(actor: Actor, case_id: bytes, terms: asking.Terms, wanted: Mapping[str, Any], *,
         draws: int | None = None) -> Asked:
    """Open what both sides are made from; `wanted` is a change in JSON, `draws` how many possible worlds (400).

    Raises `NoChange`, `NotKnown`, `InvalidBook`, `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))
    with writing():
        asked = asking.load(actor, case_id, terms)
        worlds = {"draws": DRAWS if draws is None else draws}
        question = asked.question | {"change": wanted, "asked": asked.question["asked"] | worlds}
        digest = sha256(json.dumps(question["book"], sort_keys=True).encode()).hexdigest()[:32]
        record(actor, Event.PLAN_ASKED, vault=case_id, count=asked.count, book=digest)
    if faults := change.faults(wanted, read_book(json.dumps(question["book"]).encode(), name="the route book")):
        raise NoChange(faults)
    return Asked(replace(asked, question=question), wanted)


def ask(actor: Actor, asked: Asked) -> Iterator[str | Ended]:
    """Words of work while the child compares, then how it ended. Raises `child.NoAnswer`: nothing was saved."""
    for line in child.answered(asked.of.question):
        if "tell" in line:
            yield str(line["tell"])
        elif "answer" in line:
            yield Ended(what_if=_save(actor, asked, line["answer"]))
        elif "refused" in line:
            yield Ended(refused=tuple(line["refused"]))
        else:
            yield Ended(faults=tuple(line.get("fault", ())))


def _save(actor: Actor, asked: Asked, answer: Mapping[str, Any]) -> bytes:
    """Sealed like a plan, for those who hold plans, and marked so that it can never be taken for one."""
    of, terms = asked.of, asked.of.terms
    digest = sha256(json.dumps(of.question, sort_keys=True).encode()).hexdigest()[:32]
    body = {
        "case": of.case.key, "case_ref": of.case.ref, "made_at": said(clock.now()), "people": list(of.people),
        "question": f"{of.case.ref} × {answer['size']}, {terms.start} → {', '.join(terms.goals) or '*'}, "
                    f"≤ {terms.deadline}, ≤ {terms.money}",
        "state": answer["facts"]["known"], "digest": digest, "fictional": answer["fictional"],
        "expert": terms.show_expert, "limit": of.question["limit"],
        "what_if": {"change": dict(asked.change), **{name: answer[name] for name in (
            "facts", "verdict", "more_in", "goals", "goals_after")}},
    }
    try:
        with writing():
            made = records.make(actor, "plan", body)
            cases.tell(actor, of.case.id, "what_if", "made", plan=made.key)
    except (NoSuchVault, NotPermitted, Refused, Changed, OperationalError, ValueError) as reason:
        raise NotSaved from reason
    return made.id
