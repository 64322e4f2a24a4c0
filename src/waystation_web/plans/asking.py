"""Loading what a plan is made from: the book, the party, who serves what, the terms. Opened for one question.

Runs inside the caller's `writing()`; what it returns is plain values for the child, and nothing of it is kept.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from waystation.journeys.stoploss import frozen
from waystation.network.files import write_json
from waystation.network.standstill import standing_still
from waystation.units import Money
from waystation_web.cases import queries as cases
from waystation_web.cases import travellers
from waystation_web.cases.case import Case
from waystation_web.contacts import barred
from waystation_web.contacts import queries as people
from waystation_web.contacts.contact import Contact
from waystation_web.duty import exploiters
from waystation_web.duty import queries as duty
from waystation_web.gateways import clock
from waystation_web.network import freezes
from waystation_web.network import queries as network
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import heard
from .decided import DECIDED, decision_of

GO = "go"


@dataclass(frozen=True, slots=True)
class Terms:
    """From where to where, by when, with what; everything a form asks."""

    start: str
    goals: tuple[str, ...]
    depart_from: date
    deadline: date
    money: Money
    penalty: float = 0.25
    floor: float | None = None
    show_expert: bool = False
    part: int = 0                  # of a party that may be split: 0 = all together, else its parts from 1
    people: tuple[str, ...] = ()   # those of a journey, by their ids in the case; empty: everybody of it
    journey: str = ""              # planned anew from where it is
    label: str = ""                # what the party is called, if not by the case alone


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, ready for the child, and what is kept of it."""

    case: Case = field(repr=False)
    question: dict[str, Any] = field(repr=False)
    terms: Terms
    count: int                     # records that were opened for it
    people: tuple[str, ...]        # for whom it is, by their ids in the case


def load(actor: Actor, case_id: bytes, terms: Terms) -> Asked:
    """Everything that a plan for this case is made from.

    Raises `NotKnown` with what nobody asked of the people, `InvalidBook`, `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    case, limits = cases.case(actor, case_id), duty.binding(actor)
    those, day = travellers.among(case, terms.people), terms.depart_from
    whole, parts = travellers.party(those, day, label=case.ref), travellers.parts(those, day)
    apart = 0 < terms.part <= len(whole.subgroups)
    party = whole.subgroups[terms.part - 1] if apart else replace(whole, stay_together=True, subgroups=())
    who = parts[terms.part - 1] if apart else tuple(one.id for one in those.people)
    contacts, whole_book = people.contacts(actor), network.book(actor)
    shut = freezes.codes(actor) | barred.names_of(contacts) | exploiters.listed(
        actor, (guide.code for guide in whole_book.guides))
    book = frozen(standing_still(whole_book), shut, leaving=terms.start)
    floor = limits.safety_floor / 100 if terms.floor is None and limits.safety_floor is not None else terms.floor
    now = clock.now()
    served = {"helpers": _serving(contacts), "knows": _knowing(contacts), "parties": _on_the_way(actor, case)}
    question = {
        "book": json.loads(write_json(book)), "party": asdict(party),
        "terms": {"start": terms.start, "goals": list(terms.goals), "depart_from": terms.depart_from.isoformat(),
                  "deadline": terms.deadline.isoformat(), "budget": str(terms.money).replace(",", ""),
                  "penalty": terms.penalty, "floor": floor},
        "now": (book.book.as_of or now if book.book.fictional else now).isoformat(),
        "asked": {"show_expert": terms.show_expert}, "served": served, "limit": limits.exposure_limit,
        "heard": heard.of_legs(actor, now),
    }
    return Asked(case, question, terms, len(contacts) + sum(len(rows) for rows in question["book"].values()
                                                            if isinstance(rows, list)), who)


def _serving(contacts: list[Contact]) -> dict[str, list[str]]:
    """Leg or place to the code names of those who serve it."""
    found: dict[str, list[str]] = {}
    for one in contacts:
        for code in (*one.legs, *one.places):
            found.setdefault(code, []).append(one.code_name)
    return found


def _knowing(contacts: list[Contact]) -> dict[str, list[str]]:
    """Code name to those whom they know, named by code name or by their record: who brought whom knows both ways."""
    names = {one.id.hex(): one.code_name for one in contacts}
    found: dict[str, list[str]] = {}
    for one in contacts:
        for other in (one.introduced_by, *one.knows):
            if name := names.get(other, other):
                found.setdefault(one.code_name, []).append(name)
                found.setdefault(name, []).append(one.code_name)
    return found


def _on_the_way(actor: Actor, case: Case) -> dict[str, list[str]]:
    """Leg or place to the references of other parties whose go was decided over it."""
    found: dict[str, list[str]] = {}
    for held in kept.every(actor, "decision", looked=False):
        decision = decision_of(held)
        if decision.status != DECIDED or decision.chosen != GO or decision.case == case.id:
            continue
        plan = kept.maybe(actor, decision.plan, "plan")
        for code in plan.body.get("uses", ()) if plan else ():
            found.setdefault(str(code), []).append(decision.case_ref)
    return found

