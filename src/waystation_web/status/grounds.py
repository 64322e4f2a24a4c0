"""What the guards of a step find in an application, in its case, and in what whoever makes the step says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from waystation.casework.application import LOOK_AGAIN_DAYS, Status
from waystation.casework.consent import Allowed, Refused, Wish, allows
from waystation_web.cases.asked import by_two, newest
from waystation_web.cases.case import Case
from waystation_web.cases.consents import rows_of

from .application import Application

KOREA, NAME = "KR", frozenset({"name"})
CHILD_FIRST = Refused("H-23", "Nothing about a child is shared before two people signed what is best for it.")


def facts_of(one: Application, case: Case | None, typed: Mapping[str, Any], today: date) -> Status:
    """The facts of a step. Whoever does not hold the case finds no consent in it."""
    body = one.record.body
    told = {name: str(typed.get(name) or "").strip() for name in (
        "reason", "unity", "counsel", "no_counsel", "state", "summary", "reasons", "instrument", "measures")}
    look, appeal_by = typed.get("look"), typed.get("appeal_by")
    return Status(
        reason=told["reason"], compared=typed.get("compared") is True, explained=typed.get("explained") is True,
        unity=not one.apart or bool(told["unity"] or body.get("unity")), documents=typed.get("documents") is True,
        counsel=any((told["counsel"], told["no_counsel"], body.get("counsel"), body.get("no_counsel"))),
        consent=case is not None and all(named(case, who, one.state, NAME, today) is None for who in one.persons),
        held=bool(told["state"]) and look is not None and 0 <= (look - today).days <= LOOK_AGAIN_DAYS,
        broker_interprets=typed.get("broker") != "no", summary=bool(told["summary"]),
        grounds=bool(told["reasons"] and told["instrument"]),
        deadline=appeal_by is not None or typed.get("no_appeal") is True,
        left=(one.appeal_by - today).days if one.appeal_by else None, measures=bool(told["measures"]),
        memo=typed.get("memo") is True, before=one.before)


def named(case: Case, person: str, country: str, data: Collection[str], today: date) -> Refused | None:
    """Why this may not be told to that State about somebody; None if it may, by a yes that names the State."""
    who = next((one for one in case.people if one.id == person), None)
    if who is None or case.withdrawn:
        return Refused("H-21", "They are not in this case any more, or took it back. Nothing is shared.")
    child = who.child_on(today)
    recipient = "rok" if country == KOREA else "host_state"
    found = allows(rows_of(case.record.body), Wish(
        person=person, purpose="state", recipient=recipient, data=frozenset(data), day=today, country=country,
        child=child))
    if not isinstance(found, Allowed):
        return found
    return CHILD_FIRST if child is not False and not by_two(
        case.id, newest(case.record.body, "best_interest", person)) else None
