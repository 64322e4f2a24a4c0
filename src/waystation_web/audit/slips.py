"""Slips for a witness outside: given out, and held against the record when they come back.

Whoever holds this machine can write the record anew, and every key that the server has would sign it. What they cannot
reach is paper in another house. A slip says nothing of any act, so anybody may keep it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from waystation.access import Facts, Permission
from waystation.evidence.slip import (
    LONGEST,
    Judged,
    Slip,
    Stands,
    Unreadable,
    judge,
    read,
    rows,
    slip_of,
    text,
)
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from .actions import record
from .entries import head
from .events import Event
from .models import Entry
from .verify import check_chain

__all__ = ["LONGEST", "Given", "Stands", "Unreadable", "check", "compared", "given", "may", "paper", "read", "rows"]

HOUR = 3600
CHECKED = "slip"    # the reason of a check by a slip, in the record


@dataclass(frozen=True, slots=True)
class Given:
    """A slip, and the hour of its entry as it stands beside the digits."""

    slip: Slip
    hour: datetime


def may(actor: Actor) -> None:
    """Raises `NotPermitted` for whoever does not watch over the record."""
    allow(actor, Permission.VERIFY_AUDIT, Facts())


def given(actor: Actor | None) -> Given:
    """A slip of the record up to now; that it was given is the last entry it covers. None: at the console.

    Raises `NotPermitted`, `Refused` where nothing can be recorded.
    """
    if actor is not None:
        may(actor)
    with writing():
        record(actor, Event.SLIP_GIVEN)
        last = head()
        hour = Entry.objects.values_list("hour", flat=True).get(pk=last.seq)
    return Given(slip_of(_organisation(), last.seq, last.hash), datetime.fromtimestamp(hour * HOUR, UTC))


def paper(of: Given) -> str:
    """A slip as it is written into a file: what it is in one sentence, then the digits."""
    said = _("Where a record stood: entry %(seq)s, %(hour)s UTC. Keep it; when you are asked, read the digits out.")
    said %= {"seq": of.slip.seq, "hour": f"{of.hour:%Y-%m-%d %H:%M}"}
    return f"{said}\n\n{text(of.slip)}\n"


def compared(typed: str) -> Judged:
    """What a slip shows of the record as it stands; needs nobody's keys. Raises `Unreadable`."""
    slip, last = read(typed), head().seq
    there = Entry.objects.filter(pk=slip.seq).values_list("hash", flat=True).first()
    now = slip_of(_organisation(), slip.seq, bytes(there)) if there is not None else None
    return judge(slip, now, last=last, broken=check_chain(), office=slip_of(_organisation(), 1, bytes(32)).office)


def check(actor: Actor, typed: str) -> Judged:
    """As `compared`, by somebody who may check the record; that they did is an entry. Raises `NotPermitted`."""
    may(actor)
    with writing():
        found = compared(typed)
        fine = found.stands is Stands.AS_IT_DID
        record(actor, Event.AUDIT_CHECKED, reason=CHECKED, result="done" if fine else "found")
    return found


def _organisation() -> bytes:
    return bytes(settings.INSTALLATION.organisation_id)
