"""The tracing list of an incident, as its record says it: steps taken to find somebody, and what became of them.

    body["traces"] = [{"who", "body", "which", "state", "asked_by", "asked_on", "asks", "answer", "answered_on", "next",
                       "due"}]
    body["fates"]  = [{"who", "fate", "how_known"}]

`who` is a person by their id in the case; empty: all of them. Every line is typed by a person; nothing is ever sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from waystation.casework.consent import Allowed, Wish, allows
from waystation.journeys import tracing as rule
from waystation.journeys.tracing import FATES, Step, waiting
from waystation_web.cases import values
from waystation_web.cases.asked import by_two, newest
from waystation_web.cases.case import Case
from waystation_web.cases.consents import rows_of
from waystation_web.gateways import clock

from .incidents import Incident
from .known import known

NAMING = ("tracing", "state")  # a yes to either names them to that State
KOREA = "KR"


@dataclass(frozen=True, slots=True)
class Trace:
    """One step."""

    id: str
    who: str
    body: str
    which: str = field(repr=False)
    state: str
    asked_by: bytes
    asked_on: date | None              # None: still to be asked
    asks: str = field(repr=False)
    answer: str = field(repr=False)
    answered_on: date | None
    next: str = field(repr=False)
    due: date | None
    by: bytes

    @property
    def late(self) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < clock.today()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of somebody, or of all of them."""

    who: str
    fate: str
    how_known: str = field(repr=False)
    by: bytes
    at: datetime | None


def traces(incident: Incident) -> tuple[Trace, ...]:
    """Every step, in the order in which it was written down."""
    return tuple(_trace(one) for one in values.items(incident.record.body, "traces"))


def to_do(incident: Incident) -> tuple[Trace, ...]:
    """What is to be done next, the earliest first; nothing for an incident that is over."""
    found = {one.id: one for one in traces(incident)}
    steps = [Step(one.id, one.asked_on, bool(one.answer), one.due) for one in found.values()]
    return () if incident.over else tuple(found[one.id] for one in waiting(steps))


def due_said(incident: Incident) -> str:
    """What a list says beside an incident; empty where nothing is due today."""
    first = next(iter(to_do(incident)), None)
    return gettext("a step to find them is due") if first and first.due and first.due <= clock.today() else ""


def fates(incident: Incident) -> dict[str, Fate]:
    """By person (empty: all of them), the newest word of each; a later word about all is about each."""
    found: dict[str, Fate] = {}
    for said in values.items(incident.record.body, "fates"):
        if values.text(said, "fate") not in FATES:
            continue
        one = Fate(values.text(said, "who"), values.text(said, "fate"), values.text(said, "how_known"),
                   values.account(said, "by"), values.at(said, "at"))
        found = {one.who: one} if not one.who else found | {one.who: one}
    return found


def held(incident: Incident, typed: Mapping[str, Any], case: Case | None, others: Iterable[Incident], *,
         embargo: bool) -> rule.Refused | None:
    """Why something must not be asked; None if it may be. Whose case cannot be read has said yes to nothing."""
    body, state = str(typed["body"]), str(typed.get("state") or "")
    return rule.held(body, state, hand_over=handed_over((incident, *others)), embargo=embargo,
                     said_yes=case is not None and said_yes(case, str(typed.get("who") or ""), state))


def handed_over(incidents: Iterable[Incident]) -> frozenset[str]:
    """States of which this office wrote down that they handed somebody on towards the country of origin."""
    return rule.hand_over((link.from_, link.to) for one in incidents for link in known(one).links if link.known)


def said_yes(case: Case, who: str, state: str) -> bool:
    """Whether everybody who is looked for said yes to being named to this State, and nobody took it back.

    Nothing about a child is told before two people signed what is best for it (H-23).
    """
    rows, day = rows_of(case.record.body), clock.today()
    people = [one for one in case.people if who in {"", one.id}]
    recipient = "rok" if state == KOREA else "host_state"
    for one in people:
        if one.child_on(day) is not False and not by_two(case.id, newest(case.record.body, "best_interest", one.id)):
            return False
    return bool(people) and bool(state) and all(any(isinstance(allows(rows, Wish(
        person=one.id, purpose=purpose, recipient=recipient, data=frozenset({"name"}), day=day, country=state,
        child=one.child_on(day))), Allowed) for purpose in NAMING) for one in people)


def _trace(said: Mapping[str, Any]) -> Trace:
    return Trace(
        values.text(said, "id"), values.text(said, "who"), values.text(said, "body"), values.text(said, "which"),
        values.text(said, "state"), values.account(said, "asked_by"), values.day(said, "asked_on"),
        values.text(said, "asks"), values.text(said, "answer"), values.day(said, "answered_on"),
        values.text(said, "next"), values.day(said, "due"), values.account(said, "by"))
