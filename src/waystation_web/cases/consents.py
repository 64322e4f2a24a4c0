"""Consents, screenings, referrals and steps as a case keeps them; each list item with its author and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waystation.casework.codes import DECLINE
from waystation.casework.consent import DATA, Row, Said, Wish, standing
from waystation.casework.status import CASE, REQUEST, Facts, Table

from . import screens, travellers, values
from .case import Case
from .folk import Someone

CHECKLIST = 7


def rows_of(body: Mapping[str, Any]) -> list[Row]:
    """What was said, in its order. A row that nobody can read takes everything back: it may have been a no."""
    return [_row(one) for one in values.items(body, "consents")]


def _row(said: Mapping[str, Any]) -> Row:
    person, purpose = values.text(said, "person"), values.text(said, "purpose")
    data = frozenset(values.texts(said, "data"))
    try:
        answer = Said(values.text(said, "said")) if data else Said("")
        return Row(person=person, purpose=purpose, recipient=values.text(said, "recipient"), data=data, said=answer,
                   day=date.fromisoformat(values.text(said, "day")),
                   until=date.fromisoformat(values.text(said, "until")) if said.get("until") else None,
                   country=values.text(said, "country"),
                   interpreter_is_broker=said.get("interpreter_is_broker") is not False,
                   guardian_agrees=said.get("guardian_agrees") is True)
    except ValueError:
        day = values.day(said, "at") or values.day(said, "day") or date.min
        return Row(person=person, purpose=purpose, recipient="", data=frozenset(DATA), said=Said.WITHDRAWN, day=day)


@dataclass(frozen=True, slots=True)
class Stands:
    """What somebody said yes to and did not take back: to whom (of which State), which data, for the page."""

    person: str
    code: str
    purpose: str
    recipient: str
    country: str
    data: tuple[str, ...]


def stand_today(case: Case, day: date) -> tuple[Stands, ...]:
    """What may be shared on a day with consent, one line for each person, purpose and recipient."""
    rows, found = rows_of(case.record.body), []
    for one in case.people:
        cells = standing(rows, one.id, day, child=one.child_on(day))
        for purpose, recipient, country in sorted({cell[:3] for cell in cells}):
            data = tuple(name for name in DATA if (purpose, recipient, country, name) in cells)
            found.append(Stands(one.id, one.code, purpose, recipient, country, data))
    return tuple(found)


def wish_of(case: Case, typed: Mapping[str, Any], day: date) -> Wish:
    """What a referral wants to do with somebody's data."""
    someone = next((one for one in case.people if one.id == typed["person"]), None)
    return Wish(person=typed["person"], purpose="referral", recipient=typed["recipient"],
                data=frozenset(typed["data"]), day=day, country=typed.get("country", ""),
                child=someone.child_on(day) if someone else None)


def adults(case: Case, day: date) -> list[Someone]:
    """Whoever is not known to be a child."""
    return [one for one in case.people if one.child_on(day) is not True]


def table_of(case: Case) -> tuple[Table, str]:
    """Which table moves this case, and where it stands in it."""
    if case.request_status == "accepted" or case.status:
        return CASE, case.status
    return REQUEST, case.request_status or "new"


def facts_of(case: Case, holders: int, day: date, *, reason: str = "", second: bool = False,
             typed: Mapping[str, Any] | None = None) -> Facts:
    """What is there for the guards of a step. `typed`: what whoever makes it says about the person."""
    said, body = typed or {}, case.record.body
    everybody, rows = travellers.travellers(case, "", day), rows_of(body)
    grown = [one.id for one in adults(case, day)]
    spoken = {row.person for row in rows}
    return Facts(
        reason=reason, second=second, challenge=bool(said.get("challenge")), scored=bool(case.need and case.safety),
        review_days=(said["review"] - day).days if said.get("review") else 0,
        capacity_shown=bool(said.get("capacity")), named=said.get("decline") in DECLINE,
        answered=bool(said.get("answered")),
        referral_tried=bool(values.items(body, "referrals")) or bool(said.get("referral_tried")),
        consent_asked=bool(grown) and set(grown) <= spoken,
        consent=bool(grown) and all(standing(rows, one, day) for one in grown),
        referral_consent=any(cell[0] == "referral" for one in spoken for cell in standing(rows, one, day)),
        broker_interprets=case.interpreter.broker is not False, holders=holders,
        screens=bool(grown) and not screens.not_offered(case, day), standing=everybody.standing_signed,
        everybody_said_yes=bool(grown) and all(travellers.latest(case, one) == "yes" for one in grown),
        children_cared=not everybody.children or (everybody.guardian_recorded and everybody.best_interest_by_two),
        checklist=len(set(said.get("checklist", ()))), tries=int(said.get("tries") or 0),
        before=values.text(body, "before_crisis"))


def waits(body: Mapping[str, Any], event: str, status: str, now: datetime) -> bool:
    """Whether a step was signed by one and waits for another, who may still sign; later it is begun anew."""
    asked = values.part(body, "step")
    until = values.at(values.part(asked, "approval"), "until")
    return (asked.get("event"), asked.get("from")) == (event, status) and until is not None and now <= until
