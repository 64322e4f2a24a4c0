"""What goes soon of what somebody holds: what it is, its day, who else holds it, whether this person may keep it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from waystation.casework.retention import NOTICE
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, record_of
from waystation_web.vault import retention as rows
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, Refused
from waystation_web.vault.queries import Opened

from . import following
from .queries_clock import in_doubt


@dataclass(frozen=True, slots=True)
class Going:
    """One record that goes, or would if it were not held. `ref` is the code that colleagues know it by."""

    id: bytes
    type: str
    ref: str = field(repr=False)
    day: date
    held_until: date | None
    holders: tuple[str, ...]
    may_keep: bool

    @property
    def key(self) -> str:
        """Its id in addresses."""
        return self.id.hex()


@dataclass(frozen=True, slots=True)
class Soon:
    """The page. `later` counts what has a day that is further away; `broken` what does not open."""

    going: tuple[Going, ...]
    later: int
    late: int
    broken: int
    until: date
    doubt: str           # why nothing of it goes just now
    today: date


def soon(actor: Actor) -> Soon:
    """Everything due within a fortnight that this person holds, the next first.

    `late` counts records of names that should have a day and have none: whoever holds their keys gives them theirs.
    """
    broken = list[bytes]()
    late = following.behind(actor)
    until = clock.today() + NOTICE
    found = [one for opened in rows.with_a_day(actor, refused=broken) if (one := _record(opened, broken)) is not None]
    near = [one for one in found if one.opened.retain_until is not None and one.opened.retain_until <= until]
    with writing():
        record(actor, Event.LIST_READ, count=len(near))
        kept.tell_refused(actor, broken)
        held = rows.held(one.id for one in near)
        names = {id_: one.handle for id_, one in kept.colleagues().items()}
        lines = tuple(_going(actor, one, held, names) for one in near)
    return Soon(lines, len(found) - len(near), len(late), len(broken), until, in_doubt(actor), clock.today())


def one(actor: Actor, record_id: bytes) -> Record:
    """A record with a day that this person holds, inside the caller's `writing()`. Raises `NoSuchVault`, `Refused`."""
    for opened in rows.with_a_day(actor, refused=[], only=record_id):
        return record_of(opened)
    raise NoSuchVault


def _record(opened: Opened, broken: list[bytes]) -> Record | None:
    try:
        return record_of(opened)
    except Refused:
        broken.append(opened.id)
        return None


def _going(actor: Actor, one: Record, held: dict[bytes, date], names: dict[bytes, str]) -> Going:
    who = tuple(sorted(names.get(id_, "?") for id_ in kept.holders(actor, one.id)))
    return Going(one.id, one.type, ref_of(one), one.opened.retain_until or date.max, held.get(one.id), who,
                 kept.may_write(actor, one.type))


def ref_of(one: Record) -> str:
    """What people call it: the code of a case or a contact's channel; never a name."""
    return str(one.body.get("ref") or one.body.get("case_ref") or one.body.get("channel") or one.key[:4].upper())
