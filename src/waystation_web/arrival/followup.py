"""The follow-up of one person who arrived, as its sealed record says it. The person is a code in it.

    body = {"case", "case_ref", "person", "code", "arrived", "application", "no_contact": {"why", "at", "by"},
            "outcome": {"code", "day", "text"},
            "talks": [{"milestone", "day", "housing", "income", "work", "hours", "tenure", "harassed", "benefits",
                       "benefits_missing", "language", "school", "screen", "afraid", "needs": [codes], "satisfaction",
                       "staff", "text"}],
            "discrimination": [{"where", "what", "action"}], "relations": [{"what", "since", "together"}],
            "reunions": [{"case", "with"}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.casework.arrival import Life, Milestone, milestones, screen_due, unasked, worries
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "followup"
TEXTS = ("housing", "work", "school")


@dataclass(frozen=True, slots=True)
class Debts:
    """What is owed for the way, against what there is; None where nobody knows. Read from the ledger alone."""

    above_grant: bool | None = None
    above_income: bool | None = None


@dataclass(frozen=True, slots=True)
class FollowUp(OfRecord):
    """One follow-up, opened for one request."""

    case: bytes
    case_ref: str
    person: str
    code: str
    arrived: date
    no_contact: Mapping[str, Any] = field(repr=False)
    outcome: Mapping[str, Any] = field(repr=False)
    talks: tuple[Mapping[str, Any], ...] = field(repr=False)
    discrimination: tuple[Mapping[str, Any], ...] = field(repr=False)
    relations: tuple[Mapping[str, Any], ...] = field(repr=False)
    reunions: tuple[Mapping[str, Any], ...] = field(repr=False)

    @property
    def ref(self) -> str:
        """What a list calls it."""
        return f"{self.case_ref} · {self.code}"

    @property
    def stopped(self) -> bool:
        """Nobody asks them anything any more: they want no contact, or the follow-up has its outcome."""
        return bool(self.no_contact or self.outcome)

    def newest(self, name: str) -> Any:
        """The newest word about a thing; None where nobody asked."""
        return next((one[name] for one in reversed(self.talks) if one.get(name) not in {None, ""}), None)

    def life(self, debts: Debts = Debts()) -> Life:
        """Everything that is known of them now."""
        screened = next((one for one in reversed(self.talks) if one.get("screen")), {})
        texts = {name: str(self.newest(name) or "") for name in TEXTS}
        return Life(
            arrived=self.arrived, **texts, harassed=self.newest("harassed"),
            afraid_of_staff=self.newest("afraid"), screen=values.text(screened, "screen"),
            screened=values.day(screened, "day"), benefits_missing=self.newest("benefits_missing"),
            discrimination=sum(1 for one in self.discrimination if not values.text(one, "action")),
            debt_above_grant=debts.above_grant, debt_above_income=debts.above_income)

    def milestones(self, today: date) -> tuple[Milestone, ...]:
        """When we ask."""
        return milestones(self.arrived, {values.text(one, "milestone") for one in self.talks}, today,
                          stopped=self.stopped)

    def worries(self, today: date, debts: Debts = Debts()) -> tuple[str, ...]:
        """What needs somebody now; nothing is asked of whoever wants no contact."""
        return () if self.stopped else worries(self.life(debts), today)

    def unasked(self) -> tuple[str, ...]:
        """What nobody knows."""
        return () if self.stopped else unasked(self.life())

    def screen_due(self, today: date) -> date | None:
        """When they are asked about dying again."""
        return None if self.stopped else screen_due(self.life(), today)


def followup_of(held: Record) -> FollowUp:
    """The follow-up in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        return FollowUp(
            held, bytes.fromhex(body["case"]), str(body["case_ref"]), str(body["person"]), str(body["code"]),
            date.fromisoformat(body["arrived"]), values.part(body, "no_contact"), values.part(body, "outcome"),
            tuple(values.items(body, "talks")), tuple(values.items(body, "discrimination")),
            tuple(values.items(body, "relations")), tuple(values.items(body, "reunions")))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def debts_of(owed: Iterable[Any], case: bytes) -> Debts:
    """What the debts of a case say together: a warning of one is a warning; without any, nothing is known."""
    mine = [one for one in owed if one.case_id == case]
    signs = {sign.value for one in mine for sign in one.weight.signs}
    return Debts("w05_grant" in signs, "w05_income" in signs) if mine else Debts()
