"""Reading for the page on which people of a case are asked; each view is one line of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import asked, queries, values
from .case import Case
from .folk import Someone


@dataclass(frozen=True, slots=True)
class Person:
    """One person and what is known of what they want. `answer` is to the sheet that is shown."""

    id: str
    code: str
    child: bool | None
    answer: str
    said: str = field(repr=False)
    standing: Mapping[str, Any] = field(repr=False)
    best: Mapping[str, Any] = field(repr=False)
    by_two: bool
    may_sign: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A case's people, the newest sheet that lies in it, and what each said."""

    case: Case = field(repr=False)
    people: tuple[Person, ...]
    plan: str
    sheets: tuple[Mapping[str, Any], ...] = field(repr=False)
    may_write: bool

    @property
    def adults(self) -> tuple[Person, ...]:
        """Whoever is not known to be a child."""
        return tuple(one for one in self.people if one.child is not True)

    @property
    def children(self) -> tuple[Person, ...]:
        """Whoever may be a child."""
        return tuple(one for one in self.people if one.child is not False)


def page(actor: Actor, case_id: bytes) -> Page:
    """The page. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        case = queries.case(actor, case_id, looked=True)
    given = values.items(case.record.body, "sheets")
    newest = given[-1] if given else {}
    plan = values.text(newest, "plan")
    people = tuple(_person(actor, case, one, plan) for one in case.people)
    said = newest.get("said")
    return Page(case, people, plan, tuple(said) if isinstance(said, list) else (), kept.may_write(actor, "case"))


def _person(actor: Actor, case: Case, one: Someone, plan: str) -> Person:
    body = case.record.body
    choice = asked.answer_to(body, one.id, plan)
    best = asked.newest(body, "best_interest", one.id)
    two = asked.by_two(case.id, best)
    first = values.text(values.part(best, "approval"), "asked_by")
    return Person(one.id, one.code, one.child_on(clock.today()), values.text(choice, "answer"),
                  values.text(choice, "said"), asked.newest(body, "standing", one.id), best, two,
                  bool(best) and not two and first != actor.id.hex() and kept.may_write(actor, "case"))
