"""What one account did in a span of time, as the record of acts says it: how far a breach goes.

Exact where an entry names a record. A list names none, only how many rows it had: it is counted apart, never guessed.
Days whose key this person was not given stay closed, and are counted too: an extent that is not whole says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from waystation.access import Facts, Permission
from waystation.evidence.chain import GENESIS
from waystation.vault.refused import Refused
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from . import days
from .actions import record
from .entries import open_body
from .events import Event
from .models import Entry
from .queries import Line, line_of

# Entries of an account that name a record whose content it had no part in: the office itself did it, or it was refused.
UNSEEN = frozenset({Event.REFUSED, Event.ROTATED, Event.SETTLED, Event.HOLDERS, Event.BAD_GRANT, Event.WITNESS})
LISTS = frozenset({Event.LIST_READ, Event.SEARCHED, Event.PLAN_READ, Event.PLAN_ASKED})


@dataclass(frozen=True, slots=True)
class Touched:
    """One record that the account read, wrote, shared or took out; its acts by name, when first and last."""

    vault: bytes
    acts: tuple[str, ...]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Traced:
    """Everything of a span of time. `exports` are entries of any account."""

    touched: tuple[Touched, ...]
    given: tuple[bytes, ...]      # records that were shared with the account meanwhile
    lists: int                    # times that it looked at a list or searched
    rows: int                     # rows of those lists, counted each time
    files: int
    exports: tuple[Touched, ...]
    first: int                    # numbers of the entries that were gone through; 0: none
    last: int
    closed: int                   # entries that this person cannot read


def trace(actor: Actor, account: bytes, since: datetime, until: datetime) -> Traced:
    """What an account did from one moment to another, both included; reading it is an entry of its own.

    Inside the caller's `writing()`. Raises `NotPermitted`, `Refused` for a day's key that does not open.
    """
    allow(actor, Permission.READ_AUDIT, Facts())
    lines, closed, span = _lines(actor, since, until)
    record(actor, Event.AUDIT_READ, account=account or None, reason="breach", count=len(lines))
    own = [one for one in lines if one.by == account and one.event not in UNSEEN and one.result == "done"]
    given = {one.vault for one in lines if one.event is Event.GRANTED and one.account == account and one.vault}
    lists = [one for one in own if one.event in LISTS and one.vault is None]
    return Traced(_touched(own), tuple(sorted(given)), len(lists), sum(one.count or 0 for one in lists),
                  sum(one.event is Event.FILE_READ for one in own),
                  _touched(one for one in lines if one.event is Event.EXPORTED), *span, closed)


def _lines(actor: Actor, since: datetime, until: datetime) -> tuple[list[Line], int, tuple[int, int]]:
    """Entries of a span that this person can read, how many they cannot, and the first and last number looked at.

    An entry's hour is never before its time, and later only where a clock was set back: the end is not taken from the
    hours, and the time inside each entry decides.
    """
    entries = list(Entry.objects.filter(hour__gte=clock.hour(since)).order_by("seq"))
    if not entries:
        return [], 0, (0, 0)
    keys = days.keys_held(actor, {one.key for one in entries})
    before = Entry.objects.filter(seq=entries[0].seq - 1).values_list("hash", flat=True).first() or GENESIS
    found, closed = list[Line](), 0
    for entry in entries:
        try:
            line = line_of(entry, open_body(keys[entry.key], entry, before), {}) if entry.key in keys else None
        except Refused:
            line = None
        before = entry.hash
        if line is None or line.at is None:
            closed += entry.hour <= clock.hour(until)
        elif since <= line.at <= until:
            found.append(line)
    return found, closed, (entries[0].seq, entries[-1].seq)


def _touched(lines: Iterable[Line]) -> tuple[Touched, ...]:
    seen: dict[bytes, list[Line]] = {}
    for one in lines:
        if one.vault is not None and one.at is not None:
            seen.setdefault(one.vault, []).append(one)
    return tuple(Touched(vault, tuple(sorted({one.event.value for one in there if one.event})),
                         min(one.at for one in there if one.at), max(one.at for one in there if one.at))
                 for vault, there in sorted(seen.items()))
