"""Reading plans for their pages: those of a case, one whole, two or three beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from waystation.casework.people import NotKnown
from waystation.network.problems import InvalidBook
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases import travellers
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network import queries as network
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .decided import decision_of
from .drawing import geometry, twin
from .sheets import Drawn, unpacked
from .words import GAPS, STATUS, chosen

USUAL_DAYS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A plan in a list."""

    id: bytes
    case_ref: str
    made: datetime
    question: str = field(repr=False)
    headline: str = field(repr=False)
    state: str
    decided: str = ""
    decision: bytes = b""


@dataclass(frozen=True, slots=True)
class Gap:
    """What nobody asked of somebody."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class CasePlans:
    """The plans of a case, and what the form to ask for another one offers."""

    case: bytes
    ref: str
    plans: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    faults: tuple[str, ...] = field(repr=False)
    places: list[tuple[str, str]] = field(repr=False)
    goals: list[tuple[str, str]] = field(repr=False)
    parts: list[tuple[int, str]]
    first: date
    last: date
    may_ask: bool
    broken: int

    @property
    def key(self) -> str:
        """The case's id, as the tabs of a case name it."""
        return self.case.hex()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, whole: what stands on its page."""

    id: bytes
    case: bytes | None
    case_ref: str
    made: datetime
    headline: str = field(repr=False)
    state: str
    facts: Mapping[str, Any] = field(repr=False)
    sheets: Drawn = field(repr=False)
    twin: Drawn = field(repr=False)
    fictional: bool
    exposed: tuple[Mapping[str, Any], ...] = field(repr=False)
    beyond: tuple[str, ...]
    limit: int | None
    digest: str
    decisions: tuple[Row, ...]
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Plans beside each other: a row of facts each; `same` says in which rows nothing differs."""

    plans: tuple[Row, ...]
    rows: tuple[tuple[str, tuple[str, ...], bool], ...]


def of_case(actor: Actor, case_id: bytes) -> CasePlans:
    """The plans of a case. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    broken: list[bytes] = []
    with writing():
        case = cases.case(actor, case_id, looked=True)
        mine = [one for one in kept.every(actor, "plan", refused=broken) if one.body.get("case") == case.key]
        decided = _decided(actor)
        try:
            book = network.book(actor) if kept.may_make(actor, "plan") else None
            faults: tuple[str, ...] = ()
        except InvalidBook as reason:
            book, faults = None, tuple(str(problem) for problem in reason.problems[:20])
    today = clock.today()
    gaps, parts = _who(case, today)
    rows = tuple(sorted((_row(one, decided) for one in mine), key=lambda one: one.made, reverse=True))
    places = [(one.code, f"{one.code} · {one.near}" if one.near else one.code) for one in book.places] if book else []
    goals = [(one.code, f"{one.code} · {one.near}" if one.near else one.code) for one in book.places
             if one.goal] if book else []
    as_of = book.book.as_of.date() if book and book.book.fictional and book.book.as_of else today
    return CasePlans(case.id, case.ref, rows, gaps, faults, places, goals, parts, max(as_of, today),
                     max(as_of, today) + timedelta(days=USUAL_DAYS), kept.may_make(actor, "plan"), len(broken))


def plan(actor: Actor, plan_id: bytes) -> Plan:
    """One plan. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, plan_id, "plan", looked=False)
        record(actor, Event.PLAN_READ, vault=held.id, version=held.opened.version)
        decided = [one for one in kept.every(actor, "decision", looked=False) if one.body.get("plan") == held.key]
    return _whole(actor, held, decided)


def map_of(actor: Actor, plan_id: bytes) -> dict[str, Any]:
    """A plan for the map that moves, as GeoJSON. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, plan_id, "plan")
    body = held.body
    return geometry(body.get("places", ()), body.get("lines", ()), fictional=body.get("fictional") is True)


def compared(actor: Actor, ids: list[bytes]) -> Compared:
    """Two or three plans beside each other. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = [kept.one(actor, one, "plan") for one in ids]
    columns = [_facts_of(one) for one in held]
    rows = tuple((name, tuple(column[name] for column in columns), len({column[name] for column in columns}) == 1)
                 for name in columns[0])
    return Compared(tuple(_row(one, {}) for one in held), rows)


def mine(actor: Actor, broken: list[bytes]) -> list[Row]:
    """Every plan of a case that this person holds, newest first."""
    with writing():
        held = [one for one in kept.every(actor, "plan", refused=broken) if "case" in one.body]
        decided = _decided(actor)
    return sorted((_row(one, decided) for one in held), key=lambda one: one.made, reverse=True)


def _who(case: Any, today: date) -> tuple[tuple[Gap, ...], list[tuple[int, str]]]:
    try:
        party = travellers.party(case, today)
    except NotKnown as reason:
        return tuple(Gap(code, str(GAPS[what])) for code, what in reason.gaps), [(0, gettext("all together"))]
    parts = [(0, gettext("all together"))]
    parts += [(number, gettext("a part of %(size)d") % {"size": one.size})
              for number, one in enumerate(party.subgroups, 1)]
    return (), parts


def _decided(actor: Actor) -> dict[str, Record]:
    """The newest decision on each plan, by the plan's id."""
    return {str(one.body.get("plan")): one for one in
            sorted(kept.every(actor, "decision", looked=False), key=lambda one: one.made.at)}


def _row(held: Record, decided: Mapping[str, Record]) -> Row:
    body = held.body
    try:
        found = decided.get(held.key)
        decision = decision_of(found) if found is not None else None
        return Row(held.id, str(body["case_ref"]), moment(body["made_at"]), str(body["question"]),
                   str(body["headline"]), str(body["state"]),
                   f"{chosen(decision.chosen.value)}: {STATUS[decision.status]}" if decision else "",
                   decision.id if decision else b"")
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _whole(actor: Actor, held: Record, decided: list[Record]) -> Plan:
    body = held.body
    try:
        drawn = twin(body.get("places", ()), body.get("lines", ()), fictional=body["fictional"] is True)
        return Plan(
            held.id, bytes.fromhex(body["case"]) if "case" in body else None, str(body.get("case_ref", "")),
            moment(body.get("made_at") or body["made"]), str(body.get("headline", "")), str(body["state"]),
            dict(body.get("facts", {})), unpacked(body["sheets"]), drawn, body["fictional"] is True,
            tuple(body.get("exposed", ())), tuple(body.get("exposed_beyond_limit", ())), body.get("limit"),
            str(body.get("digest", "")), tuple(_row(held, {held.key: one}) for one in decided),
            "case" in body and kept.may_make(actor, "decision"))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _facts_of(held: Record) -> dict[str, str]:
    """What is laid beside each other, in the words of each plan; nothing is worked out anew."""
    facts = held.body["facts"]
    safe = facts["p_safe"]
    known = safe is not None and safe.get("low") is not None
    arrive = f"{round(safe['low'] * 100)}–{round(safe['high'] * 100)}" if known else "?"
    most = max((row["count"] for row in held.body["exposed"]), default=0)
    lost = facts["ends"] and sum(facts["ends"][name] for name in ("intercepted", "harmed", "missing"))
    terms = facts["terms"]
    return {
        gettext("Asked"): str(held.body["question"]), gettext("Knowledge"): str(held.body["state"]),
        gettext("Arrive, of 100"): arrive, gettext("Lost, of 100"): "?" if lost is None else str(round(lost * 100)),
        gettext("First"): str(facts["first"]), gettext("Money"): str(terms["budget"]),
        gettext("Latest day"): str(terms["deadline"]), gettext("Steps"): str(len(facts["steps"])),
        gettext("Most that one capture gives away"): str(most),
        gettext("Inputs"): str(held.body["digest"]),
    }
