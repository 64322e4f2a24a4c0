"""Reading for the page of consent, screenings, referrals and steps. Each view is one line of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from waystation.casework.codes import DECLINE
from waystation.casework.status import REVIEW_DAYS, Moved, step, steps_from
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import consents, queries, screens, values
from .case import Case
from .queries_screens import Offered, of_case


@dataclass(frozen=True, slots=True)
class Step:
    """A step from here: what it is called, where it leads, and what is in the way (empty: nothing but a reason)."""

    event: str
    to: str
    two: bool
    missing: str
    waits: bool
    reason: str = field(repr=False)  # of whoever signed first, while it waits
    decline: str = ""  # the same, by its name
    own: bool = False  # whoever looks signed first


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    case: Case = field(repr=False)
    codes: Mapping[str, str]
    stands: tuple[consents.Stands, ...] = field(repr=False)
    said: tuple[Mapping[str, Any], ...] = field(repr=False)
    screens: tuple[Offered, ...] = field(repr=False)
    missing_screens: tuple[tuple[str, str], ...]  # code of a person, screening
    referrals: tuple[Mapping[str, Any], ...] = field(repr=False)
    vital: tuple[Mapping[str, Any], ...] = field(repr=False)
    status: str
    steps: tuple[Step, ...]
    may_write: bool
    own: str


def page(actor: Actor, case_id: bytes) -> Page:
    """The page. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        case = queries.case(actor, case_id, looked=True)
        holders = len(kept.holders(actor, case_id))
    body = case.record.body
    table, status = consents.table_of(case)
    facts = consents.facts_of(case, holders, clock.today(), reason="-", second=True, typed={
        "challenge": True, "review": clock.today() + timedelta(days=REVIEW_DAYS), "capacity": True, "answered": True,
        "decline": next(iter(DECLINE)), "referral_tried": True, "tries": 2, "checklist": range(consents.CHECKLIST)})
    steps = []
    for event, move in steps_from(table, status):
        found = step(table, status, event, actor.roles, facts)
        waits = consents.waits(body, event, status, clock.now())
        asked = values.part(body, "step") if waits else {}
        first = values.text(values.part(asked, "approval"), "asked_by")
        steps.append(Step(event, move.to, move.two, "" if isinstance(found, Moved) else found.sentence, waits,
                          values.text(asked, "reason"), values.text(asked, "decline"), first == actor.id.hex()))
    return Page(case, {one.id: one.code for one in case.people}, consents.stand_today(case, clock.today()),
                tuple(_coded(case, values.items(body, "consents"))),
                of_case(case), tuple(screens.not_offered(case, clock.today())),
                tuple(_coded(case, values.items(body, "referrals"))), tuple(_coded(case, values.items(body, "vital"))),
                status, tuple(steps), kept.may_write(actor, "case"), actor.id.hex())


def _coded(case: Case, items: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Items with the code of whom they are about, newest first."""
    codes = {one.id: one.code for one in case.people}
    return [{**one, "code": codes.get(values.text(one, "person"), "?")} for one in reversed(items)]
