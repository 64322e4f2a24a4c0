"""Giving a report that a plan wants as a task of its case: by a person, one at a time, and nothing by itself."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from waystation_web.cases import actions_work
from waystation_web.cases.case import case_of
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

from .wanted import MOST, wanted
from .world import plan_of


def give(actor: Actor, plan_id: bytes, number: int, *, for_: bytes = b"", due: date | None = None) -> None:
    """One of the reports most worth getting becomes a task; one that is open already is not given twice.

    The task says which of the plan's reports it is and not on what: a case is read by people who hold nothing of the
    network. Raises `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    with writing():
        plan = plan_of(actor, plan_id, looked=False)
        if "case" not in plan.body:
            raise NotPermitted("no_case", "This plan belongs to no case. Ask for one on the page of a case.",
                               vault=plan_id)
        try:
            case_id = bytes.fromhex(str(plan.body["case"]))
            held = kept.one(actor, case_id, "case", looked=False)
            found = {one.number: one for one in wanted(plan.body, plan_id, case_of(held))}
        except (KeyError, TypeError, ValueError) as reason:
            raise Refused("payload") from reason
    report = found.get(number)
    if report is None or not report.offered:
        raise NoSuchVault
    if report.task is not None and report.task.open:
        raise NotPermitted("given", "This report is asked for already. Its task is still open.", vault=plan_id)
    text = gettext("Get report %(n)s of %(most)s that would change the plan most.") % {"n": number, "most": MOST}
    actions_work.add_task(actor, case_id, text=text, due=due, for_=for_, plan=plan_id, report=number)
