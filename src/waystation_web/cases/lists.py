"""The list of cases: danger now first, then what is due next. It is useful with every name hidden, and holds none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from waystation_web.gateways import clock
from waystation_web.records import queries as records
from waystation_web.records.look import Look
from waystation_web.vault.actor import Actor

from . import queries
from .case import Case

MINE, ALL = "mine", "all"
AT_ONCE = 100       # rows: more than that no tired eye reads, and whoever wants them all says so
OPEN, OVER, REQUESTS, CRISIS = "open", "over", "requests", "crisis"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: whose, which stage, one need (code), only urgent ones, only what is late."""

    whose: str = ALL
    stage: str = OPEN
    need: str = ""
    urgent: bool = False
    late: bool = False
    whole: bool = False         # more rows than fit a tired eye too


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the list shows it."""

    id: bytes
    ref: str
    stage: str
    danger: str                 # code, while it is urgent
    size: int | None
    children: int | None
    needs: tuple[str, ...]
    due: date | None
    late: bool
    worker: str                 # handle; empty = nobody
    mine: bool
    since: datetime | None
    withdrawn: bool
    due_kind: str = ""          # what is due then: a code
    due_text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in order, and how many there are of each sort among all that this person holds."""

    rows: tuple[Row, ...]
    held: int
    urgent: int
    late: int
    more: int = 0               # rows that were left off; never one in danger or late


def listing(actor: Actor, wanted: Wanted, *, refused: list[bytes] | None = None, seen: Look | None = None) -> Listing:
    """The cases this person holds. `refused` gets the ids of those that do not open; the page says so.

    `seen`: what the page has opened already.
    """
    held = queries.shown(actor, refused=refused, seen=seen)
    handles = {one.id: one.handle for one in records.colleagues().values()}
    today = clock.today()
    rows = [_row(one, actor.id, handles, today) for one in held]
    shown = [row for row, one in zip(rows, held, strict=True) if _wanted(row, one, wanted)]
    lines = ordered(shown)
    last = len(lines) if wanted.whole else max(AT_ONCE, sum(1 for row in lines if row.danger or row.late))
    return Listing(lines[:last], len(held), sum(1 for row in rows if row.danger), sum(1 for row in rows if row.late),
                   len(lines) - len(lines[:last]))


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Danger now, danger within hours, then the nearest day, then those with nothing due: newest first."""
    urgency = {"now": 0, "hours": 1}
    newest = sorted(rows, key=lambda row: (row.since is not None, row.since and row.since.timestamp()), reverse=True)
    return tuple(sorted(newest, key=lambda row: (urgency.get(row.danger, 2), row.due or date.max)))


def _row(case: Case, own: bytes, handles: dict[bytes, str], today: date) -> Row:
    first = case.due_first
    due = first.day if first else None
    whose = own in {case.worker, case.deputy} or (not case.worker and case.record.made.by == own)
    return Row(case.id, case.ref, case.stage, case.request.danger_now if case.urgent else "", case.size,
               case.children_on(today), case.all_needs, due, due is not None and due < today,
               handles.get(case.worker, ""), whose, case.request.received_at, case.withdrawn,
               first.kind if first else "", first.text if first else "")


def _wanted(row: Row, case: Case, wanted: Wanted) -> bool:
    stage = {OPEN: not case.over, OVER: case.over, REQUESTS: not case.status and not case.over,
             CRISIS: case.status == CRISIS}.get(wanted.stage, True)
    return (stage and (wanted.whose != MINE or row.mine) and (not wanted.need or wanted.need in row.needs)
            and (not wanted.urgent or bool(row.danger)) and (not wanted.late or row.late))
