"""Cases that may be about the same people. Likeness is shown with its reasons; only a person judges, reversibly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor

from . import queries
from .case import Case, Judgement
from .pages import CasePage, case_page

NEAR, MOST = timedelta(days=60), 20
FEWEST = 2   # reasons without which two cases are not shown side by side


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another case, why it may be the same, and the newest judgement about the two."""

    case: Case
    reasons: tuple[str, ...]     # codes of `words.LIKE`
    judged: Judgement | None


def similar(actor: Actor, case_id: bytes) -> tuple[CasePage, tuple[Likeness, ...]]:
    """A case and others that this person holds and that look like it, most reasons first. All cases are opened for it.

    Raises `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    page = case_page(actor, case_id)
    with writing():
        others = [one for one in queries.cases(actor, refused=[], looked=True) if one.id != case_id]
    judged = page.case.same_as
    found = [Likeness(one, reasons(page.case, one, page.day), judged.get(one.id)) for one in others]
    shown = [one for one in found if len(one.reasons) >= FEWEST or one.judged]
    return page, tuple(sorted(shown, key=lambda one: (one.judged is None, -len(one.reasons), one.case.ref))[:MOST])


def reasons(this: Case, other: Case, day: date) -> tuple[str, ...]:
    """In what two cases are alike. Nothing is weighed and nothing becomes a number."""
    found = []
    one, two = this.request, other.request
    if this.size is not None and this.size == other.size:
        found.append("size")
    if this.children_on(day) is not None and this.children_on(day) == other.children_on(day):
        found.append("children")
    if one.country and (one.country, one.adm1.casefold()) == (two.country, two.adm1.casefold()):
        found.append("place")
    if set(this.all_needs) & set(other.all_needs):
        found.append("needs")
    if one.received_at and two.received_at and abs(one.received_at - two.received_at) <= NEAR:
        found.append("time")
    if one.fee_quoted and one.fee_quoted == two.fee_quoted:
        found.append("fee")
    if _ages(this, day) and _ages(this, day) == _ages(other, day):
        found.append("ages")
    return tuple(found)


def _ages(case: Case, day: date) -> list[tuple[int, int]]:
    return sorted(ages for who in case.people if (ages := who.ages_on(day)) is not None)
