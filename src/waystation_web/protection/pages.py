"""What the pages show: loaded and recorded in one go, said in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import assessment, configuration, queries
from .assessment import QUESTIONS, Assessment, State
from .drills import Drill
from .forms import AssessmentForm
from .readiness import RULES
from .words import value, word


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of the office that is another one than was assessed."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that must be there before real people are written down."""

    words: str
    there: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A drill, with who wrote it down."""

    of: Drill
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of protection."""

    real: bool
    answers: bool                      # this person fills in and signs
    all: bool                          # this person reads drills as well
    asked: tuple[Asked, ...]
    missing: int
    counts: Assessment | None
    changes: tuple[Difference, ...]
    assessments: tuple[Assessment, ...]
    drills: tuple[Written, ...]
    nags: tuple[str, ...]
    waiting: bool                      # one has signed that it leaves the demonstration
    own: bool                          # and it was this person
    by: str
    to_take: int
    broken: int
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One assessment on its page."""

    of: Assessment
    questions: tuple[tuple[str, str], ...] = field(repr=False)
    office: tuple[tuple[str, str], ...]
    changes: tuple[Difference, ...]
    made_by: str
    signed_by: tuple[str, ...]
    may_sign: bool
    may_write: bool
    own: bool


def overview(actor: Actor) -> Overview:
    """How far this office is. Raises `Refused`."""
    answers = bool(actor.roles & queries.ANSWER)
    with writing():
        now = queries.standing(actor)
        waits = queries.waiting(actor) if not queries.real() else None
        taken, broken = queries.left_by_program(actor) if answers else ([], 0)
        record(actor, Event.LIST_READ, count=len(now.assessments) + len(now.drills))
        names = {one.id: one.handle for one in kept.colleagues().values()}
    block = waits.body.get("approval", {}) if waits else {}
    by = bytes.fromhex(block.get("asked_by", ""))
    left = now.in_use.body["approval"]["approved_at"] if now.in_use else ""
    return Overview(
        queries.real(), answers, bool(actor.roles & queries.READ_DRILLS),
        tuple(Asked(word("missing", name), name not in now.missing) for name, _ in RULES), len(now.missing), now.counts,
        _differences(now.changes), now.assessments,
        tuple(Written(one, word("drill", one.sort), names.get(one.by, "")) for one in now.drills),
        tuple(word("nag", one) for one in now.nags), bool(waits), by == actor.id, names.get(by, ""), len(taken), broken,
        date.fromisoformat(left[:10]) if left else None)


def one(actor: Actor, assessment_id: bytes) -> Shown:
    """One assessment, beside the office as it is now. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = queries.held(actor, assessment_id)
        names = {who.id: who.handle for who in kept.colleagues().values()}
    changes = configuration.changed(held.configuration, configuration.present())
    answers, fields = bool(actor.roles & queries.ANSWER), AssessmentForm.base_fields
    open_ = held.state is not State.SIGNED
    own = held.state is State.ASKED and held.signers[0] == actor.id
    return Shown(held, tuple((str(fields[name].label), held.answers[name]) for name in QUESTIONS),
                 tuple((word("name", name), value(name, said)) for name, said in held.configuration.items()),
                 _differences(changes), names.get(held.record.made.by, ""),
                 tuple(names.get(who, "") for who in held.signers), answers and open_ and not changes and not own,
                 answers and open_, own)


def before(actor: Actor) -> dict[str, str]:
    """What a new assessment starts with: the answers of the one that counts."""
    with writing():
        found = queries.standing(actor)
    return {**found.counts.answers, "review": ""} if found.counts else {}


def office() -> tuple[tuple[str, str], ...]:
    """The office as it stands, in words."""
    return tuple((word("name", name), value(name, said)) for name, said in configuration.present().items())


def may_begin(actor: Actor) -> bool:
    """Whether this person fills assessments in."""
    return kept.may_make(actor, assessment.TYPE)


def _differences(changes: tuple[configuration.Change, ...]) -> tuple[Difference, ...]:
    return tuple(Difference(word("name", one.name), value(one.name, one.was), value(one.name, one.now))
                 for one in changes)

