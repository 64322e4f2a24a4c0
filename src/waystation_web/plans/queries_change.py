"""Reading what was asked of changed worlds: those of a case, and one whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, Refused

from . import queries_list, saying_change
from .drawing import compared_picture
from .sheets import Drawn
from .world import is_changed


@dataclass(frozen=True, slots=True)
class Earlier:
    """One that was asked before."""

    id: bytes
    title: str = field(repr=False)
    question: str = field(repr=False)
    verdict: str = field(repr=False)
    known: bool
    made: datetime


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """The form's offer, and what was asked of this case before."""

    of: queries_list.CasePlans = field(repr=False)
    earlier: tuple[Earlier, ...]
    broken: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One comparison, whole."""

    id: bytes
    case: bytes
    case_ref: str
    made: datetime
    title: str = field(repr=False)
    question: str = field(repr=False)
    changes: tuple[str, ...] = field(repr=False)
    state: str
    verdict: str = field(repr=False)
    lines: tuple[saying_change.Line, ...] = field(repr=False)
    nobody: tuple[tuple[str, tuple[str, ...]], ...]    # on which side nobody goes, and why, in English
    reasons: tuple[str, ...]                           # for that state of knowledge, in English
    picture: Drawn = field(repr=False)
    money: str
    draws: int
    seed: int
    digest: str
    fictional: bool


def page(actor: Actor, case_id: bytes) -> WhatIfPage:
    """What the page of a case's what-ifs needs. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    broken: list[bytes] = []
    with writing():
        case = cases.case(actor, case_id, looked=True)
        named = [line.refs["plan"] for line in case.timeline if line.kind == "what_if" and "plan" in line.refs]
        found = []
        for key in dict.fromkeys(named):
            try:
                held = kept.maybe(actor, bytes.fromhex(key), "plan")
                found += [_earlier(held)] if held is not None else []
            except Refused as reason:
                broken.append(getattr(reason, "vault", b""))
        record(actor, Event.LIST_READ, count=len(found))
        kept.tell_refused(actor, broken)
        offer = queries_list.offered(actor, case, broken)
    return WhatIfPage(offer, tuple(sorted(found, key=lambda one: one.made, reverse=True)), len(set(broken)))


def what_if(actor: Actor, id_: bytes) -> WhatIf:
    """One comparison. Raises `NoSuchVault` also for a plan, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, id_, "plan", looked=False)
        if not is_changed(held):
            raise NoSuchVault
        record(actor, Event.PLAN_READ, vault=held.id, version=held.opened.version)
    return _whole(held)


def _earlier(held: Record) -> Earlier:
    body = held.body
    try:
        told = body["what_if"]
        return Earlier(held.id, str(told["facts"]["title"]), str(body["question"]), saying_change.verdict(told),
                       told["verdict"] != "unknown", moment(body["made_at"]))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _whole(held: Record) -> WhatIf:
    body: Mapping[str, Any] = held.body
    try:
        told = body["what_if"]
        facts = told["facts"]
        verdict = saying_change.verdict(told)
        nobody = tuple((side, tuple(facts[side])) for side in ("before", "after") if facts[side])
        return WhatIf(
            held.id, bytes.fromhex(body["case"]), str(body["case_ref"]), moment(body["made_at"]), str(facts["title"]),
            str(body["question"]), saying_change.changes(told), str(body["state"]), verdict,
            saying_change.lines(facts), nobody, tuple(facts["reasons"]), compared_picture(facts, verdict),
            str(facts["money"]), int(facts["draws"]), int(facts["seed"]), str(body["digest"]),
            body["fictional"] is True)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
