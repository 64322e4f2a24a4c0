"""A claim as a line of a list and as the head of its page: codes in words, days with whether they are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waystation_web.cases.words import word
from waystation_web.gateways import clock
from waystation_web.records.record import moment

from . import words
from .complaint import Complaint
from .deadlines import late
from .demand import Demand


@dataclass(frozen=True, slots=True)
class Shown:
    """The claim itself, and what a page says of it."""

    of: Any
    sort: str
    how: str
    country: str = ""
    answer: str = ""
    late: bool = False
    due: date | None = None
    due_what: str = ""
    at: datetime | None = None
    sender: str = ""


def demand_shown(one: Demand) -> Shown:
    """A legal demand."""
    at = one.decision.get("at")
    answer = words.said(words.ANSWER, one.decided) if one.decided else ""
    return Shown(one, words.said(words.SORT, one.sort), words.said(words.DEMAND_HOW, one.how),
                 word("country", one.country), answer, not one.decided and late(one.deadline, clock.today()),
                 None if one.decided else one.deadline, at=moment(str(at)) if at else None)


def complaint_shown(one: Complaint) -> Shown:
    """A complaint."""
    first = one.due[0] if one.due else None
    outcome = words.said(words.OUTCOME, one.outcome.get("what")) if one.over else ""
    return Shown(one, words.said(words.COMPLAINT, one.sort), words.said(words.COMPLAINT_HOW, one.how), answer=outcome,
                 late=bool(first) and late(first[1], clock.today()) if first else False,
                 due=first[1] if first else None, due_what=words.said(words.DUE, first[0]) if first else "",
                 sender=words.said(words.FROM, one.from_))
