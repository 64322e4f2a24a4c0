"""What the pages of breaches show: loaded and recorded in one go, said in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from waystation.access import Allowed, Permission, may
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import breach, queries_breach
from .breach import Breach, hours_left, too_early
from .words import LAW, word


@dataclass(frozen=True, slots=True)
class Line:
    """A breach in the list."""

    of: Breach
    words: str
    hours: int
    open: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The page of all breaches."""

    lines: tuple[Line, ...]
    may_write: bool
    people: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """A record in a breach, in words; `type` and `ref` only for whoever may read it."""

    key: str
    kind: str
    acts: str
    first: datetime
    last: datetime
    type: str
    ref: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step with what became of it. `early`: it waits for those before it."""

    code: str
    words: str
    ticked: bool
    done: bool = False
    why: str = field(repr=False, default="")
    who: str = ""
    at: datetime | None = None
    early: bool = False
    first: bool = False      # what is to be done now


@dataclass(frozen=True, slots=True)
class Shown:
    """One breach on its page."""

    of: Breach
    words: str
    whose: str
    by: str
    hours: int
    late: int
    due: datetime
    records: tuple[Named, ...]
    given: int
    steps: tuple[Stage, ...]
    law: tuple[str, ...]
    may_write: bool
    may_trace: bool
    may_close: bool
    waits: bool
    own: bool
    asked_by: str
    signed_by: str


def listed(actor: Actor) -> Listed:
    """Breaches that this person reads. Raises `Refused`."""
    now = clock.now()
    with writing():
        found = queries_breach.every(actor)
    people = sorted((one.handle, one.id.hex()) for one in kept.colleagues().values())
    return Listed(tuple(Line(one, word("sort", one.sort), hours_left(one.known, now), len(one.open_steps))
                        for one in found), kept.may_make(actor, breach.TYPE), [(key, name) for name, key in people])


def one(actor: Actor, breach_id: bytes) -> Shown:
    """One breach. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    now = clock.now()
    with writing():
        found = queries_breach.held(actor, breach_id)
        inside = queries_breach.inside(actor, found)
        if inside:
            record(actor, Event.LIST_READ, count=len(inside))
        names = {who.id: who.handle for who in kept.colleagues().values()}
    writes, left = kept.may_write(actor, breach.TYPE) and not found.closed, hours_left(found.known, now)
    waits = bool(found.asked_by) and not found.closed and now.isoformat() <= found.record.body["approval"]["until"]
    return Shown(
        found, word("sort", found.sort), names.get(found.account, ""), names.get(found.record.made.by, ""),
        max(0, left), max(0, -left), found.known + breach.LAW, tuple(map(_named, inside)),
        len((found.scope or {}).get("given", ())), tuple(_stage(found, code, names) for code in breach.STEPS),
        tuple(map(gettext, LAW)), writes, writes and may(actor.member(now), Permission.READ_AUDIT) == Allowed(),
        writes and not found.open_steps and found.scope is not None, waits, waits and found.asked_by == actor.id,
        names.get(found.asked_by, ""), names.get(found.signed_by, ""))


def _named(one: queries_breach.Inside) -> Named:
    return Named(one.id, word("kind", one.kind), ", ".join(word("act", act) for act in one.acts),
                 datetime.fromisoformat(one.first), datetime.fromisoformat(one.last), one.type, one.ref)


def _stage(found: Breach, code: str, names: dict[bytes, str]) -> Stage:
    ticked = next((one for one in found.steps if one.step == code), None)
    if ticked is None:
        return Stage(code, word("step", code), ticked=False, early=too_early(code, [one.step for one in found.steps]),
                     first=code == found.open_steps[0])
    return Stage(code, word("step", code), ticked=True, done=ticked.done, why=ticked.why,
                 who=names.get(ticked.by, ""), at=ticked.at)
