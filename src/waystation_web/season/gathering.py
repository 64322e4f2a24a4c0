"""Loading what is asked about: the parties that wait, their plans, the ground they pass. Nothing of it is kept here.

Runs inside the caller's `writing()`. Every case that is not asked about is named with its reason: nobody falls out of a
choice without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.cases import queries as cases
from waystation_web.cases.case import Case
from waystation_web.network import queries as network
from waystation_web.plans import queries_list as plans
from waystation_web.plans.decided import DECIDED
from waystation_web.plans.world import is_changed
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

from .ways import HOUSE, PART, Ground, Window, classes, code, met, way

NO_PLAN, NO_NEED, DECIDED_GO, NO_WAY = "no_plan", "no_need", "decided", "no_way"
GONE = frozenset({"in transit", "arrived", "settling", "follow-up", "crisis", "search and advocacy"})
GO, WAYS = "go", 5


@dataclass(frozen=True, slots=True)
class Party:
    """One party that waits, with the newest of its plans."""

    case: Case = field(repr=False)
    plans: tuple[Record, ...] = field(repr=False)

    @property
    def code(self) -> str:
        """Its code as a mission."""
        return "M" + self.case.key[:12]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything there is to ask about, and who is not asked about, by reference, with a code for the reason."""

    parties: tuple[Party, ...]
    left: tuple[tuple[str, str], ...]
    ground: Ground = field(repr=False)
    guides: tuple[str, ...] = field(repr=False)
    houses: tuple[str, ...] = field(repr=False)
    areas: tuple[str, ...] = field(repr=False)
    broken: int = 0


def gathered(actor: Actor) -> Gathered:
    """What this person could ask about now. Raises `InvalidBook`, `NotPermitted`, `Refused`."""
    broken: list[bytes] = []
    book = network.book(actor)
    ground = Ground({one.code: one.area for one in book.places},
                    frozenset(one.code for one in book.places if one.kind == HOUSE),
                    {one.code: one.country for one in book.areas})
    gone = {one.case for one in plans.decided(actor, broken).values() if one.chosen.value == GO
            and one.status == DECIDED}
    by_case: dict[str, list[Record]] = {}
    for held in kept.every(actor, "plan", refused=broken, looked=False):
        if is_changed(held):  # of another world than this one: no way, and it takes the room of none
            continue
        by_case.setdefault(str(held.body.get("case", "")), []).append(held)
    parties, left = list[Party](), list[tuple[str, str]]()
    for case in cases.cases(actor, refused=broken):
        if case.over or case.stage in GONE:
            continue
        newest = sorted(by_case.get(case.key, ()), key=lambda one: str(one.body.get("made_at")), reverse=True)[:WAYS]
        why = DECIDED_GO if case.id in gone else NO_NEED if case.need is None else NO_PLAN if not newest else ""
        if why:
            left.append((case.ref, why))
        else:
            parties.append(Party(case, tuple(newest)))
    used = [met(one.body.get("facts", {}), ground, Window(date.min, 1, "")) for party in parties for one in party.plans]
    kept.tell_refused(actor, sorted(set(broken)))
    return Gathered(
        tuple(sorted(parties, key=lambda one: one.case.ref)), tuple(sorted(left)), ground,
        *(tuple(sorted({name for one in used for name in getattr(one, which)})) for which in ("guides", "houses",
                                                                                               "areas")),
        len(set(broken)))


@dataclass(frozen=True, slots=True)
class Crackdown:
    """What somebody holds true of an area, of 100: how likely a crackdown is, how many more parties are lost then."""

    likely: int
    more_lost: int


def month(of: Gathered, window: Window, title: str, areas: Mapping[str, Crackdown]) -> tuple[
        dict[str, Any], dict[str, str], list[dict[str, str]]]:
    """The month as `waystation portfolio` reads it, what each code stands for, and who is not asked about."""
    missions, names = list[dict[str, Any]](), dict[str, str]()
    left = [{"case": ref, "why": why} for ref, why in of.left]
    more = {name: 10 * one.more_lost for name, one in areas.items()}
    for party in of.parties:
        ways, whys = list[dict[str, Any]](), list[str]()
        for held in party.plans:
            made = PART if _of_a_part(party, held) else way(held.body, of.ground, window, more)
            if isinstance(made, str):
                whys.append(made)
            else:
                ways.append({"code": "P" + held.key[:12], **made})
                names["P" + held.key[:12]] = held.key
        if not ways:
            left.append({"case": party.case.ref, "why": whys[0] if len(set(whys)) == 1 else NO_WAY})
            continue
        names |= {party.code: party.case.key, f"{party.code}.ref": party.case.ref}
        people = party.case.people
        missions.append({"code": party.code, "size": len(people) or party.case.size or 1,
                         "need": party.case.need.value if party.case.need else 1,
                         "people_of": classes(people, window.first), "variants": ways})
    for letter, those in (("G", of.guides), ("H", of.houses), ("A", of.areas)):
        names |= {code(letter, name): name for name in those}
    told = {"waystation_missions": 1, "title": title, "fictional": False, "first_week": window.first.isoformat(),
            "weeks": window.weeks, "currency": window.currency, "missions": missions,
            "areas": [{"code": code("A", name), "country": of.ground.country[name], "crackdown": 10 * one.likely}
                      for name, one in areas.items()]}
    return told, names, sorted(left, key=lambda one: one["case"])


def _of_a_part(party: Party, held: Record) -> bool:
    """Whether a plan takes only some of the party: it is no way of the whole."""
    takes = {str(one) for one in held.body.get("people") or ()}
    return bool(takes) and takes != {one.id for one in party.case.people}
