"""What is due of reading packs, for the first page of the day: overdue first; a line names a reader and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waystation.access import WRITERS, Kind
from waystation_web.gateways import clock
from waystation_web.records.look import look
from waystation_web.stories.story import TYPE as STORY
from waystation_web.vault.actor import Actor

from .pack import TYPE
from .queries import due_of
from .words import DUE


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: of which pack, what, by when."""

    day: date
    key: str
    name: str
    what: str
    late: bool


def due(actor: Actor) -> tuple[tuple[Due, ...], tuple[bytes, ...]]:
    """For whoever writes packs, overdue first, and what did not open. Runs before the caller's `writing()`."""
    if not actor.roles & WRITERS[TYPE]:
        return (), ()
    seen = look(actor, Kind.EVIDENCE, (TYPE, STORY))
    rows = [Due(day, pack.key, pack.reader, str(DUE[what]), day < clock.today()) for pack, what, day in due_of(seen)]
    return tuple(sorted(rows, key=lambda one: (one.day, one.name, one.key))), tuple(seen.broken)
