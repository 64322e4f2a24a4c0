"""A contact as its sealed record says it: by code name, what they do, how far they may be relied on and why.

There is no field for a legal name, a home, a number of papers or a face, and none may be added: what is not kept cannot
be taken from us. Numbers and accounts lie in records of their own (`handle`), which their liaison alone holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import InvalidOperation
from typing import Any

from waystation.trust.vetting import ROLES, STANDING, Grade, Judged, exploits, judged, may_use, standing_on
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

from .asked import Asked, LetBe, asked_in, let_be_in
from .flags import Noted, noted


@dataclass(frozen=True, slots=True)
class Vetting:
    """What speaks for somebody and what against, who looked, and until when it holds."""

    speaks_for: str = field(repr=False)
    against: str = field(repr=False)
    result: str
    cleared_for: str
    reviewer: str
    on: date
    ends: date | None  # None: a stop, which holds until somebody decides anew
    steps: str = field(default="", repr=False)

    @property
    def words(self) -> str:
        """What was decided, in words."""
        return STANDING.get(self.result, self.result)


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody was asked to do and how it went: words, from which nothing is counted yet."""

    task: str
    went: str = field(repr=False)
    on: date


@dataclass(frozen=True, slots=True)
class Contact(OfRecord):
    """One contact, opened for one request."""

    code_name: str = field(repr=False)
    aliases: tuple[str, ...] = field(repr=False)
    roles: tuple[str, ...]
    helper: str
    motive: str
    languages: str
    armed: bool | None
    brought_by_others: bool
    countries: tuple[str, ...]
    legs: tuple[str, ...] = field(repr=False)
    places: tuple[str, ...] = field(repr=False)
    introduced_by: str = field(repr=False)
    knows: tuple[str, ...] = field(repr=False)
    exploitation: str
    holds: str = field(repr=False)
    welfare: str = field(repr=False)
    law_risk: str = field(repr=False)
    decided: str  # by the last decision; `standing` says whether it still holds
    grades: tuple[Grade, ...]
    vettings: tuple[Vetting, ...]
    tasks: tuple[Task, ...]
    flags: tuple[Noted, ...] = field(repr=False)
    asked: tuple[Asked, ...] = field(repr=False)
    let_be: tuple[LetBe, ...] = field(repr=False)

    @property
    def does(self) -> tuple[str, ...]:
        """What they do, in words."""
        return tuple(ROLES.get(role, role) for role in self.roles)

    def standing(self, day: date) -> str:
        """How they stand on a day: a clearance ends, a stop does not; who exploits is blocked whatever was decided."""
        if exploits(self.helper):
            return "blocked"
        return standing_on(self.decided, self.vettings[-1].ends if self.vettings else None, day)

    def reliability(self, day: date) -> Judged:
        """What may be said of them on a day."""
        return judged(self.grades, day, brought_by_others=self.brought_by_others)

    def warnings(self, day: date) -> tuple[str, ...]:
        """What to read before relying on them."""
        return may_use(self.standing(day), self.reliability(day), holds_papers_or_children=bool(self.holds),
                       flagged=any(one.lift(day) is None for one in self.flags))


def contact_of(held: Record) -> Contact:
    """The contact in a record. Raises `Refused("payload")`."""
    body = held.body
    try:
        grades = tuple(Grade(one["grade"], one["reason"], one["reviewer"], date.fromisoformat(one["given"]),
                             date.fromisoformat(one["ends"])) for one in body.get("grades", ()))
        vettings = tuple(Vetting(one["for"], one["against"], one["result"], one["cleared_for"], one["reviewer"],
                                 date.fromisoformat(one["on"]),
                                 date.fromisoformat(one["ends"]) if one["ends"] else None, one.get("steps", ""))
                         for one in body.get("vettings", ()))
        tasks = tuple(Task(one["task"], one["went"], date.fromisoformat(one["on"])) for one in body.get("tasks", ()))
        return Contact(
            held, str(body["code_name"]), _texts(body, "aliases"), _texts(body, "roles"), str(body.get("helper", "")),
            str(body.get("motive", "")), str(body.get("languages", "")), body.get("armed"),
            bool(body.get("brought_by_others")), _texts(body, "countries"), _texts(body, "legs"),
            _texts(body, "places"), str(body.get("introduced_by", "")), _texts(body, "knows"),
            str(body.get("exploitation", "")), str(body.get("holds", "")), str(body.get("welfare", "")),
            str(body.get("law_risk", "")), str(body.get("standing", "new")), grades, vettings, tasks,
            noted(body), asked_in(body), let_be_in(body))
    except (KeyError, TypeError, ValueError, InvalidOperation) as reason:
        raise Refused("payload") from reason


def _texts(body: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in body.get(name, ()))
