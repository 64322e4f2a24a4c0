"""Pages of the record for those who watch over it. Reading the record is itself an entry of it."""

from __future__ import annotations

from dataclasses import dataclass

from waystation.access import Facts, Permission
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from .actions import record
from .events import Event
from .queries import Line, head, pages, read
from .verify import replay
from .words import act, reason

UNSEEN = "record"  # where the replay says what it could not read: no fault, but not nothing


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, what it is called, and why it happened."""

    line: Line
    act: str
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of entries, the newest first."""

    rows: tuple[Row, ...]
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the record is whole: how many entries, each thing that does not fit with its place, what was not seen."""

    entries: int
    findings: tuple[str, ...]
    unseen: tuple[str, ...]


def page(actor: Actor, number: int = 1) -> Shown:
    """A page of the record, counted from 1. Raises `NotPermitted`, `Refused`."""
    with writing():
        last = pages()
        number = min(max(1, number), last)
        lines = read(actor, page=number)
        record(actor, Event.AUDIT_READ, count=len(lines))
    return Shown(tuple(Row(line, act(line.event), reason(line.event, line.why)) for line in lines), number, last)


def check(actor: Actor) -> Verdict:
    """Count the chain through and compare every row with what the record says of it. Raises `NotPermitted`."""
    allow(actor, Permission.VERIFY_AUDIT, Facts())
    with writing():
        said, entries = replay(actor), head().seq
        found = [f"{one.where}: {one.what}" for one in said if one.where != UNSEEN]
        record(actor, Event.AUDIT_CHECKED, result="found" if found else "done", count=len(found))
    return Verdict(entries, tuple(found), tuple(one.what for one in said if one.where == UNSEEN))
