"""Reading plans for lists: those of a case, all that somebody holds, two or three beside each other.

One plan that does not open closes no list: it is counted, and the page says that the list is not whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext

from waystation.casework.people import NotKnown
from waystation.network.problems import InvalidBook
from waystation.network.rows import RouteBook
from waystation.units import DAY_STARTS_AT_H, of_100
from waystation_web.audit.actions import record, record_refusal
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases import travellers
from waystation_web.cases.case import Case
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network import queries as network
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .decided import Decision, decision_of
from .saying import first_step, headline, in_thousands
from .words import GAPS, STATUS, chosen, knowledge
from .world import is_changed, plan_of

CHILD = "NK-CH"  # child of a Chinese father, left or with
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

    @property
    def asked(self) -> tuple[str, ...]:
        """What was asked, part by part: none of them breaks in a line."""
        return tuple(self.question.split(", "))


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
    faults: int                    # of the route book: with any there is no plan
    sealed: bool                   # a record does not open: it may be a row of the book
    places: list[tuple[str, str]] = field(repr=False)
    goals: list[tuple[str, str]] = field(repr=False)
    parts: list[tuple[int, str]]
    first: date
    last: date
    may_ask: bool
    broken: int
    legs: list[tuple[str, str]] = field(default_factory=list, repr=False)
    areas: list[str] = field(default_factory=list, repr=False)
    mothers: tuple[str, ...] = ()  # whose child has a Chinese father, or may stay behind: they are asked first

    @property
    def key(self) -> str:
        """The case's id, as the tabs of a case name it."""
        return self.case.hex()


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
        mine = _named(actor, case, broken)
        rows = rows_of(mine, decided(actor, broken), broken)
        offer = offered(actor, case, broken)
    return replace(offer, plans=rows, broken=len(set(broken)))


def offered(actor: Actor, case: Case, broken: list[bytes]) -> CasePlans:
    """What the form to ask for a plan offers, without a list of plans: for a case, or for those of it who are on a
    journey. Runs inside the caller's `writing()`.
    """
    book, faults, sealed = _book(actor, broken)
    today = clock.today()
    gaps, parts = _who(case, today)
    places = [(one.code, f"{one.code} · {one.near}" if one.near else one.code) for one in book.places] if book else []
    goals = [(one.code, f"{one.code} · {one.near}" if one.near else one.code) for one in book.places
             if one.goal] if book else []
    now = book.book.as_of if book and book.book.fictional and book.book.as_of else clock.now()
    first = max(first_morning(now), today)
    return CasePlans(case.id, case.ref, (), gaps, faults, sealed, places, goals, parts, first,
                     first + timedelta(days=USUAL_DAYS), kept.may_make(actor, "plan"), len(set(broken)),
                     [(one.code, f"{one.code} · {one.start} → {one.end}") for one in book.legs
                      if one.status != "forbidden"] if book else [], [one.code for one in book.areas] if book else [],
                     tuple(one.code for one in case.people if CHILD in one.needs))


def first_morning(now: datetime) -> date:
    """The first day on which a plan may still begin: it begins in the morning.

    >>> from datetime import UTC
    >>> first_morning(datetime(2030, 5, 1, 6, 0, tzinfo=UTC)), first_morning(datetime(2030, 5, 1, 6, 1, tzinfo=UTC))
    (datetime.date(2030, 5, 1), datetime.date(2030, 5, 2))
    """
    return now.date() + timedelta(days=now.time() > time(DAY_STARTS_AT_H))


def mine(actor: Actor, broken: list[bytes]) -> tuple[Row, ...]:
    """Every plan of a case that this person holds, newest first. `broken` takes the ids of what does not open."""
    with writing():
        held = [one for one in kept.every(actor, "plan", refused=broken) if "case" in one.body and not is_changed(one)]
        return rows_of(held, decided(actor, broken), broken)


def compared(actor: Actor, ids: list[bytes]) -> Compared:
    """Two or three plans beside each other. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = [plan_of(actor, one) for one in ids]
    columns = [_facts_of(one) for one in held]
    rows = tuple((name, tuple(column[name] for column in columns), len({column[name] for column in columns}) == 1)
                 for name in columns[0])
    return Compared(tuple(row(one, None) for one in held), rows)


def decided(actor: Actor, broken: list[bytes]) -> dict[str, Decision]:
    """The newest decision on each plan, by the plan's id in hex; of those whose signatures hold."""
    found: dict[str, Decision] = {}
    for held in sorted(kept.every(actor, "decision", refused=broken, looked=False), key=lambda one: one.made.at):
        try:
            found[str(held.body.get("plan"))] = decision_of(held)
        except Refused:
            record_refusal(actor, "list", vault=held.id)
            broken.append(held.id)
    return found


def rows_of(held: Iterable[Record], by_plan: Mapping[str, Decision], broken: list[bytes]) -> tuple[Row, ...]:
    """Plans as lists show them, newest first; what was not written here is counted as broken."""
    rows = []
    for one in held:
        try:
            rows.append(row(one, by_plan.get(one.key)))
        except Refused:
            broken.append(one.id)
    return tuple(sorted(rows, key=lambda one: one.made, reverse=True))


def row(held: Record, decision: Decision | None) -> Row:
    """One plan in a list. Raises `Refused`."""
    body = held.body
    try:
        return Row(held.id, str(body["case_ref"]), moment(body["made_at"]), str(body["question"]),
                   headline(body), str(body["state"]),
                   f"{chosen(decision.chosen.value)}: {STATUS[decision.status]}" if decision else "",
                   decision.id if decision else b"")
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _book(actor: Actor, broken: list[bytes]) -> tuple[RouteBook | None, int, bool]:
    """The route book for the form, how many faults it has, and whether a record, perhaps a row of it, does not open."""
    if not kept.may_make(actor, "plan"):
        return None, 0, False
    try:
        return network.book(actor), 0, False
    except InvalidBook as reason:
        return None, len(reason.problems), False
    except Refused as reason:
        vault = getattr(reason, "vault", b"")
        record_refusal(actor, "list", vault=vault or None)
        broken.append(vault)
        return None, 0, True


def _named(actor: Actor, case: Case, broken: list[bytes]) -> list[Record]:
    """The plans that the timeline of a case names: nobody opens all plans of the house to find three."""
    named = dict.fromkeys(line.refs["plan"] for line in case.timeline if line.kind == "plan" and "plan" in line.refs)
    found = []
    for key in named:
        try:
            held = kept.maybe(actor, bytes.fromhex(key), "plan")
        except (Refused, ValueError) as reason:
            record_refusal(actor, "list", vault=getattr(reason, "vault", None))
            broken.append(getattr(reason, "vault", b""))
            continue
        if held is not None:
            found.append(held)
    record(actor, Event.LIST_READ, count=len(found))
    return found


def _who(case: Case, today: date) -> tuple[tuple[Gap, ...], list[tuple[int, str]]]:
    try:
        party = travellers.party(case, today)
    except NotKnown as reason:
        return tuple(Gap(code, str(GAPS[what])) for code, what in reason.gaps), [(0, gettext("all together"))]
    parts = [(0, gettext("all together"))]
    parts += [(number, gettext("a part of %(size)d") % {"size": one.size})
              for number, one in enumerate(party.subgroups, 1)]
    return (), parts


def _facts_of(held: Record) -> dict[str, str]:
    """What is laid beside each other, in the words of each plan; nothing is worked out anew. Raises `Refused`."""
    try:
        facts, exposed = held.body["facts"], held.body["exposed"]
        first: Mapping[str, Any] = next((one for one in facts["choices"] if one["chosen"]), {})
        terms, rests = facts["terms"], facts["rests_on"]
        lost = facts["ends"] and sum(facts["ends"][name] for name in ("intercepted", "harmed", "missing"))
        return {
            gettext("What was asked"): str(held.body["question"]), gettext("Knowledge"): knowledge(held.body["state"]),
            gettext("Arrive, of 100"): _range(facts["p_safe"]),
            gettext("Lost, of 100"): "?" if lost is None else str(of_100(lost)),
            gettext("Similar legs in 12 months"): "?" if rests["n"] is None else str(rests["n"]),
            gettext("First"): first_step(held.body),
            gettext("Days, usually"): "?" if first.get("days") is None else str(round(first["days"])),
            gettext("Spent, on average"): in_thousands(first.get("money")) or "?",
            gettext("Money"): in_thousands(terms["budget"]), gettext("Latest day"): str(terms["deadline"]),
            gettext("Number of steps"): str(len(facts["steps"])),
            gettext("Most that one capture gives away"): str(max((one.get("most", one["count"]) for one in exposed),
                                                                 default=0)),
            gettext("Fingerprint of what was asked"): str(held.body["digest"]),
        }
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _range(safe: Mapping[str, float] | None) -> str:
    """The range alone: the middle of it never stands by itself."""
    if safe is None or safe.get("low") is None or safe.get("high") is None:
        return "?"
    return f"{of_100(safe['low'])}–{of_100(safe['high'])}"
