"""Reading for the pages of decisions. Each view of a page is one line of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from waystation.access import WRITERS, Role
from waystation.planning.decision import Bias, Chosen, Missing, may_sign, warnings
from waystation_web.duty.fit import Fitness
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.look import Look
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .actions_decide import Typed
from .decided import ASKED, Decision, decision_of
from .facts import before, facts_of
from .saying import headline
from .words import BIASES, KNOWLEDGE, STATUS, chosen, sentence
from .world import plan_of


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that is missing, as a page says it."""

    rule: str
    sentence: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision in a list."""

    id: bytes
    name: str
    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deciding:
    """The page of the first signer."""

    plan: bytes
    case_ref: str
    headline: str = field(repr=False)
    missing: tuple[Shown, ...]
    warnings: tuple[tuple[str, str], ...]
    fitness: Fitness
    earlier: tuple[Earlier, ...]
    colleagues: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that stand beside a decision."""

    who: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One decision with the names of people, and what the reader may do with it."""

    decision: Decision
    name: str
    status: str
    first: str
    second: str
    state: str                     # how much was known, in words
    warnings: tuple[str, ...]
    biases: tuple[tuple[str, bool], ...]
    dissent: tuple[Spoken, ...]
    may_sign: bool
    may_write: bool
    waits: Shown | None


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The sheet of a plan in each language."""

    plan: bytes
    sheets: tuple[Mapping[str, Any], ...] = field(repr=False)
    given: bool
    may_give: bool


def shown(missing: Iterable[Missing]) -> list[Shown]:
    """What is missing, for a page in the reader's language."""
    return [Shown(one.rule, sentence(one), one.until) for one in missing]


def typed(said: Mapping[str, Any], biases: Mapping[str, bool]) -> Typed:
    """What the first signer wrote, out of a form."""
    return Typed(Chosen(said["chosen"]), said["reasons"], said["change_of_mind"],
                 {Bias(name): answer for name, answer in biases.items()}, said["alternatives"], said["abort_rule"],
                 said["stake"], said["dissent"], said["look_again"])


def deciding(actor: Actor, plan_id: bytes) -> Deciding:
    """The page on which the first signer decides. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        seen = before(actor, plan_id, looked=True)
        decided = [decision_of(one) for one in _decisions(actor, seen.case)]
    go = {"chosen": Chosen.GO.value, "reasons": "-", "change_of_mind": "-", "abort_rule": "-", "biases": {"-": True},
          "digest_seen": seen.digest}
    earlier = tuple(Earlier(one.id, chosen(one.chosen.value), str(STATUS[one.status]), one.asked_at)
                    for one in sorted(decided, key=lambda one: one.asked_at, reverse=True))
    return Deciding(plan_id, str(seen.plan.body["case_ref"]), headline(seen.plan.body),
                    tuple(shown(may_sign(facts_of(seen, go), second=True))),
                    tuple((rule, gettext(said)) for rule, said in warnings(seen.seen)), seen.fitness, earlier,
                    _second_signers(actor))


def decision(actor: Actor, decision_id: bytes) -> DecisionPage:
    """One decision. Raises `NoSuchVault`, `NotPermitted`, `Refused` if a signature does not hold."""
    with writing():
        held = kept.one(actor, decision_id, "decision")
        found = decision_of(held)
        asked = found.status == ASKED and found.asked_by != actor.id and kept.may_write(actor, "decision")
        waits = may_sign(facts_of(before(actor, found.plan, looked=True), held.body), second=True) if asked else ()
        names = {one.id: one.handle for one in kept.colleagues().values()}
    told = next((one for one in shown(waits) if one.until is not None), None)
    return DecisionPage(
        found, chosen(found.chosen.value), str(STATUS[found.status]), names.get(found.asked_by, ""),
        names.get(found.signed_by, "") if found.signed_by else "",
        str(KNOWLEDGE.get(str(found.knew.get("state")), "")),
        tuple(gettext(said) for _rule, said in found.knew.get("warnings", ())),
        tuple((str(dict(BIASES)[name]), said) for name, said in found.biases if name in dict(BIASES)),
        tuple(Spoken(names.get(one.by, ""), one.at, one.text) for one in found.dissent), asked,
        kept.may_write(actor, "decision"), told)


def sheet(actor: Actor, plan_id: bytes) -> SheetPage:
    """The sheet that is read aloud. Raises `NoSuchVault`, `Refused` for a plan that has none."""
    with writing():
        plan = plan_of(actor, plan_id)
        case = kept.maybe(actor, bytes.fromhex(plan.body["case"]), "case") if "case" in plan.body else None
    if "aloud" not in plan.body:
        raise Refused("payload")
    given = case is not None and any(one["plan"] == plan.key for one in case.body.get("sheets", ()))
    return SheetPage(plan_id, tuple(plan.body["aloud"]), given, case is not None and kept.may_write(actor, "case"))


def waiting(actor: Actor, *, seen: Look | None = None) -> list[Earlier]:
    """Decisions that wait for this person's second signature. Runs inside the caller's `writing()`.

    `seen`: what the page has opened already. Signatures are checked where one waits: what two signed waits for nobody.
    """
    if not kept.may_write(actor, "decision"):
        return []
    held = kept.every(actor, "decision", looked=False) if seen is None else seen.of("decision")
    found = [decision_of(one) for one in held if "approved_by" not in one.body.get("approval", {})]
    return [Earlier(one.id, f"{chosen(one.chosen.value)} · {one.case_ref}", str(STATUS[one.status]), one.asked_at)
            for one in found if one.status == ASKED and one.asked_by != actor.id and clock.now() <= one.until]


def _decisions(actor: Actor, case: bytes) -> list[Any]:
    return [one for one in kept.every(actor, "decision", looked=False) if one.body.get("case") == case.hex()]


def _second_signers(actor: Actor) -> list[tuple[str, str]]:
    """Who may be asked: everybody else who writes decisions."""
    return [(one.id.hex(), f"{one.handle} · {', '.join(sorted(gettext(Role(role).words) for role in one.roles))}")
            for one in sorted(kept.colleagues().values(), key=lambda one: one.handle)
            if one.active and one.id != actor.id and {Role(role) for role in one.roles} & WRITERS["decision"]]
