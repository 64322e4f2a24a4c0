"""Two plans for the invented family, for two sums of money: one read aloud and answered, with a go that waits.

And what a nearer place to apply would change for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from waystation import worlds
from waystation.planning.decision import Bias, Chosen
from waystation.units import Money
from waystation_web.cases import actions_asked
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.plans import actions_ask, actions_change, actions_decide, actions_sheet, asking, child
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

ADULTS, CHILDREN = range(3), range(3, 5)
LESS = "4500 USD"  # what the family has if the relative cannot pay: laid beside the plan they were read
FEW = 100  # possible worlds: the page says how many, and whoever opens the demonstration waits for it
NEARER = {"waystation_change": 1, "title": "people may apply at IVY, and no longer have to reach HARBOR",
          "apply": [{"place": "IVY", "open": True}, {"place": "HARBOR", "open": False}]}


class NoPlan(Exception):
    """The invented family was refused a plan: the invented world or the engine has changed."""


def fill(who: Mapping[str, Actor], family: bytes) -> bytes:
    """The decision's id. The days are those of the invented world, which stands still. Raises `NoPlan`."""
    made(who["sena"], family, terms(Money.parse(LESS)))
    plan = made(who["sena"], family, terms())
    nearer(who["sena"], family)
    actions_sheet.give(who["sena"], plan)
    for k in ADULTS:
        asked(who["dol"], family, f"{k:032x}", plan)
    for k in CHILDREN:
        actions_asked.for_child(who["dol"], family, {
            "person": f"{k:032x}", "text": "Stays with the mother. (Invented.)", "guardian": "B, mother"})
    with writing():
        items = [one["id"] for one in kept.one(who["sena"], family, "case", looked=False).body["best_interest"]]
    for item in items:
        actions_asked.second_for_child(who["sena"], family, item)
    return actions_decide.ask(who["sena"], plan, actions_decide.Typed(
        Chosen.GO, "Three calm days, and two reports that the river has fallen. (Invented.)",
        "A raid at HEARTH, or a no of anybody.", dict.fromkeys(Bias, False),
        alternatives="To wait for the ice, which the grandmother cannot cross.",
        abort_rule="If the guide is an hour late, they go back."), second=who["haru"].id)


def terms(money: Money | None = None) -> asking.Terms:
    """The way and the days of the invented world; its money, or another sum."""
    told = json.loads(worlds.party("long-way", "family"))["terms"]
    return asking.Terms(told["from"], tuple(told["goals"]), date.fromisoformat(told["depart_from"]),
                        date.fromisoformat(told["by"]), money or Money.parse(told["money"]))


def made(coordinator: Actor, case: bytes, terms: asking.Terms) -> bytes:
    """The id of a plan for these terms. Raises `NoPlan`."""
    *_, ended = actions_ask.ask(coordinator, actions_ask.load(coordinator, case, terms))
    if not isinstance(ended, actions_ask.Ended) or not ended.plan:
        raise NoPlan(str(ended))
    return ended.plan


@dataclass(slots=True)
class Alike:
    """Parties that nothing but their name tells apart: what they ask is answered once, by a party without a name.

    The name is taken out of the question, so that the digest of a plan's inputs is that of what was asked.
    """

    answers: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)

    def made(self, coordinator: Actor, case: bytes, terms: asking.Terms) -> bytes:
        """The id of a plan for these terms. Raises `NoPlan`."""
        asked = actions_ask.load(coordinator, case, terms)
        asked = replace(asked, question=asked.question | {"party": asked.question["party"] | {"label": ""}})
        question = json.dumps(asked.question, sort_keys=True)
        if question not in self.answers:
            *_, last = child.answered(asked.question)
            if "answer" not in last:
                raise NoPlan(str(last))
            self.answers[question] = last["answer"]
        return actions_ask.keep(coordinator, asked, self.answers[question])


def nearer(coordinator: Actor, family: bytes) -> bytes:
    """The id of the comparison with a world in which a place to apply is nearer. Raises `NoPlan`."""
    *_, ended = actions_change.ask(coordinator, actions_change.load(coordinator, family, terms(), NEARER, draws=FEW))
    if not isinstance(ended, actions_change.Ended) or not ended.what_if:
        raise NoPlan(str(ended))
    return ended.what_if


def asked(worker: Actor, family: bytes, person: str, plan: bytes) -> None:
    """What an adult said to the plan, and what is to happen if they are caught."""
    actions_asked.answer(worker, family, {
        "person": person, "plan": plan.hex(), "answer": "yes", "said": "Together, or not at all. (Invented.)",
        "language": "kor", "interpreter": "Thrush", "interpreter_is_broker": False, "present": ""})
    actions_asked.instruct(worker, family, {
        "person": person, "tell": "the daughter abroad", "tell_not": "the press", "name": "no", "public": "no",
        "proxy": "", "guardian": "B", "signed_on": clock.today().isoformat(), "explained_by": "dol", "language": "kor"})
