"""A case as its sealed payload says it, from the first call on: a request is a case that nobody has accepted yet.

What is kept about consents, screenings, standing instruction, referrals and statuses stands in the same payload and is
read by `consents.py` and `queries_protect.py`; what a case holds beyond what is known here is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.records.record import OfRecord, Record

from . import values
from .folk import Household, Relation, Someone, household, relation, someone
from .plea import Plea, plea_of
from .work import (
    Due,
    Line,
    Monitoring,
    Note,
    Promise,
    Scale,
    Task,
    line,
    monitoring,
    note,
    promise,
    scale,
    task,
)

OVER = frozenset({"closed", "declined", "lapsed", "merged", "referred", "minimised", "shredded"})
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Who interprets, by a code; whoever is the broker of the case never does."""

    code: str = ""
    language: str = ""
    broker: bool | None = None


@dataclass(frozen=True, slots=True)
class ContactSafety:
    """How the person may be reached without putting them in danger. Numbers lie in the sealed record of names."""

    no_call_back: bool | None = None
    threatened: bool | None = None       # somebody says they will report them if they do not obey
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody compared two cases: same, different or unsure. The newest about a case counts; none is ever deleted."""

    id: str
    other: bytes
    verdict: str
    reason: str = field(repr=False)
    by: bytes
    at: Any


@dataclass(frozen=True, slots=True)
class Case(OfRecord):
    """One case, opened for one request."""

    ref: str
    alias: str = field(repr=False)
    status: str                          # of the case; empty while it is a request
    request_status: str
    request: Plea
    wish: str = field(repr=False)        # the person's own, in their own words, first
    push_factors: tuple[str, ...]
    people: tuple[Someone, ...]
    households: tuple[Household, ...]
    relations: tuple[Relation, ...]
    interpreter: Interpreter
    contact: ContactSafety
    worker: bytes
    deputy: bytes
    tasks: tuple[Task, ...]
    followups: tuple[Task, ...]
    promises: tuple[Promise, ...]
    need: Scale | None                   # how great the need is
    safety: Scale | None                 # how safe helping would be: two scales, never one number
    monitoring: Monitoring | None
    brokered: bool | None                # the way was sold to them by somebody else before they asked here
    debt_capacity: str = field(repr=False)
    household_records: tuple[bytes, ...]
    unmapped: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What people wrote down, the oldest first. Read when it is asked for: a list of cases needs none of it."""
        return tuple(note(one) for one in values.items(self.record.body, "notes"))

    @property
    def timeline(self) -> tuple[Line, ...]:
        """What happened, the oldest first."""
        return tuple(line(one) for one in values.items(self.record.body, "timeline"))

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What was judged about this and other cases, the oldest first."""
        return tuple(_judgement(one) for one in values.items(self.record.body, "judgements"))

    @property
    def stage(self) -> str:
        """The step it stands at: of the case, or of the request while it is one."""
        return self.status or self.request_status or "new"

    @property
    def withdrawn(self) -> bool:
        """The person took it back: nothing is shared any more."""
        return self.stage == WITHDRAWN

    @property
    def over(self) -> bool:
        """Nothing is due in it."""
        return self.stage in OVER or self.withdrawn

    @property
    def new(self) -> bool:
        """Next to nothing is known yet."""
        return not (self.wish or self.people or self.request.head_count or self.request.needs)

    @property
    def urgent(self) -> bool:
        """Danger now or within hours, and nobody has taken the case over yet."""
        return self.request.urgent and not self.status and not self.over

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """Tasks and follow-ups not done, the next due first, those without a day last."""
        return tuple(sorted((one for one in (*self.tasks, *self.followups) if one.open),
                            key=lambda one: (one.due or date.max, one.id)))

    @property
    def next_due(self) -> date | None:
        """The nearest day on which something is due: a task, a follow-up, a promise, a look at somebody in hiding."""
        first = self.due_first
        return first.day if first else None

    @property
    def due_first(self) -> Due | None:
        """What is due on that day; of several the first of a task, a follow-up, a promise, a look."""
        found = [Due(one.due, kind, one.text) for kind, all_ in (("task", self.tasks), ("follow-up", self.followups))
                 for one in all_ if one.open and one.due is not None]
        found += [Due(one.due, "promise", one.text) for one in self.promises
                  if one.kept is None and one.due is not None]
        if self.monitoring is not None and self.monitoring.next_check is not None:
            found.append(Due(self.monitoring.next_check, "look", self.monitoring.text))
        return None if self.over else min(found, key=lambda one: one.day, default=None)

    @property
    def size(self) -> int | None:
        """How many people: those listed, else as the call said."""
        return len(self.people) or self.request.head_count

    @property
    def all_needs(self) -> tuple[str, ...]:
        """Needs of the call and of everybody listed, each once."""
        return tuple(dict.fromkeys((*self.request.needs, *(need for one in self.people for need in one.needs))))

    def children_on(self, day: date) -> int | None:
        """How many may be children on a day: of those listed if every age is known, else as the call said."""
        known = [one.child_on(day) for one in self.people]
        if known and None not in known:
            return sum(1 for one in known if one)
        return self.request.children if self.request.children is not None else known.count(True) or None

    @property
    def same_as(self) -> dict[bytes, Judgement]:
        """The newest judgement about each other case."""
        return {one.other: one for one in sorted(self.judgements, key=lambda one: str(one.at))}


def case_of(held: Record) -> Case:
    """The case in a record. What cannot be read is not known; nothing raises."""
    body = held.body
    said, contact = values.part(body, "interpreter"), values.part(body, "contact")
    return Case(
        held, values.text(body, "ref") or held.key[:4].upper(), values.text(body, "alias"),
        values.text(body, "status"), values.text(body, "request_status"), plea_of(values.part(body, "request")),
        values.text(body, "wish"), values.texts(body, "push_factors"),
        tuple(someone(one) for one in values.items(body, "people")),
        tuple(household(one) for one in values.items(body, "households")),
        tuple(relation(one) for one in values.items(body, "relations")),
        Interpreter(values.text(said, "code"), values.text(said, "language"),
                    values.answer(said, "is_broker_of_case")),
        ContactSafety(values.answer(contact, "no_call_back"), values.answer(contact, "threatened"),
                      values.text(contact, "note")),
        values.account(body, "worker"), values.account(body, "deputy"),
        tuple(task(one) for one in values.items(body, "tasks")),
        tuple(task(one) for one in values.items(body, "followups")),
        tuple(promise(one) for one in values.items(body, "promises")),
        scale(values.part(body, "need_scale")), scale(values.part(body, "safety_scale")),
        monitoring(values.part(body, "monitoring")),
        values.answer(body, "brokered"), values.text(body, "debt_capacity"), _ids(body),
        tuple((str(name), str(value)) for name, value in values.part(body, "unmapped").items()))


def _judgement(said: Any) -> Judgement:
    return Judgement(values.text(said, "id"), values.account(said, "case"), values.text(said, "verdict"),
                     values.text(said, "reason"), values.account(said, "by"), values.at(said, "at"))


def _ids(body: Any) -> tuple[bytes, ...]:
    raw = [values.account({"id": one}, "id") for one in values.texts(body, "household_records")]
    return tuple(one for one in raw if one)
