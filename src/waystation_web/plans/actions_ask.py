"""Asking for a plan: load, let a child decide, save. Nothing that was opened outlives the request that asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import OperationalError

from waystation.access import Facts, Permission
from waystation.casework.people import NotKnown
from waystation.network.problems import InvalidBook
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

from . import asking, child
from .sheets import packed

__all__ = ["Ended", "InvalidBook", "NotKnown", "NotSaved", "ask", "keep", "load"]


class NotSaved(Exception):
    """There was an answer that could not be kept: the case was taken from this person, or the disk is full."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: a plan, a what-if, a refusal with its reasons, or faults of what was asked."""

    plan: bytes = b""
    what_if: bytes = b""           # a comparison with a changed world, which is no plan
    refused: tuple[str, ...] = field(default=(), repr=False)
    faults: tuple[str, ...] = field(default=(), repr=False)


def load(actor: Actor, case_id: bytes, terms: asking.Terms) -> asking.Asked:
    """Open what the plan is made from. Raises `NotKnown`, `InvalidBook`, `NoSuchVault`, `NotPermitted`, `Refused`."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))
    with writing():
        asked = asking.load(actor, case_id, terms)
        digest = sha256(json.dumps(asked.question["book"], sort_keys=True).encode()).hexdigest()[:32]
        record(actor, Event.PLAN_ASKED, vault=case_id, count=asked.count, book=digest)
    return asked


def ask(actor: Actor, asked: asking.Asked) -> Iterator[str | Ended]:
    """Words of work while the child computes, then how it ended. Raises `child.NoAnswer`: nothing was saved."""
    for line in child.answered(asked.question):
        if "tell" in line:
            yield str(line["tell"])
        elif "answer" in line:
            yield Ended(plan=keep(actor, asked, line["answer"]))
        elif "refused" in line:
            yield Ended(refused=tuple(line["refused"]))
        else:
            yield Ended(faults=tuple(line.get("fault", ())))


def keep(actor: Actor, asked: asking.Asked, answer: dict[str, Any]) -> bytes:
    """The id of the plan that an answer to this question becomes. Raises `NotSaved`."""
    facts, terms = answer["facts"], asked.terms
    who = f"{terms.label or asked.case.ref} × {facts['party']['size']}"
    body = {
        "people": list(asked.people), "journey": terms.journey,
        "case": asked.case.key, "case_ref": asked.case.ref, "made_at": said(clock.now()), "title": facts["title"],
        "question": f"{who}, {terms.start} → {', '.join(terms.goals) or '*'}, ≤ {terms.deadline}, ≤ {terms.money}",
        "headline": facts["answer"], "state": facts["state"], "first": facts["first"],
        "digest": facts["made"]["inputs_digest"], "facts": facts, "sheets": packed(answer["sheets"]),
        "fictional": answer["fictional"], "aloud": answer["aloud"], "before": answer["before"],
        "exposed": answer["exposed"], "exposed_beyond_limit": answer["exposed_beyond_limit"],
        "limit": asked.question["limit"], "places": answer["places"], "lines": answer["lines"],
        "waits": answer["waits"],
        "uses": sorted({row["leg"] for row in answer["exposed"] if row["leg"]}
                       | {row["place"] for row in answer["exposed"]}),
        "expert": terms.show_expert,
    }
    try:
        with writing():
            made = records.make(actor, "plan", body)
            cases.tell(actor, asked.case.id, "plan", f"made:{facts['state']}", plan=made.key)
    except (NoSuchVault, NotPermitted, Refused, Changed, OperationalError, ValueError) as reason:
        raise NotSaved from reason
    return made.id
