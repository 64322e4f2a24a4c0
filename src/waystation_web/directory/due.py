"""What is due outside, for the first page of the day: whom to ask again, what to raise, which terms end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext

from waystation.access import WRITERS, Kind
from waystation_web.gateways import clock
from waystation_web.records.look import look
from waystation_web.vault.actor import Actor

from .entry import TYPE, Addressee, Occasion, entry_of
from .queries import Directory, sorted_out


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: of which entry, what, by when."""

    day: date
    key: str
    name: str
    what: str
    late: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """What is due, and how many entries did not open."""

    rows: tuple[Due, ...] = ()
    broken: tuple[bytes, ...] = field(default=())


def due(actor: Actor) -> Outside:
    """For whoever may write in the directory, overdue first. Runs before the caller's `writing()`."""
    if not actor.roles & WRITERS[TYPE]:
        return Outside()
    seen = look(actor, Kind.HOUSE, (TYPE,))
    return Outside(rows(sorted_out([entry_of(one) for one in seen.of(TYPE)]), clock.today()), tuple(seen.broken))


def rows(of: Directory, today: date) -> tuple[Due, ...]:
    """What is due of a directory on a day."""
    lines = [*(line for one in of.addressees for line in _of_addressee(one, today)),
             *(line for one in of.occasions for line in _of_occasion(one, today))]
    return tuple(sorted(lines, key=lambda one: (one.day, one.name, one.key)))


def _of_addressee(one: Addressee, today: date) -> Iterator[Due]:
    for open_ in one.open:
        if open_.again is not None and open_.again <= today:
            yield Due(open_.again, one.key, one.name, gettext("ask again"), open_.again < today)
    bound = one.binding(today)
    if bound is not None and bound.standing(today) == "ends soon":
        yield Due(bound.until, one.key, one.name, gettext("terms end: renew them, or nothing goes there"), late=False)


def _of_occasion(one: Occasion, today: date) -> Iterator[Due]:
    if one.next is not None and one.next <= today + timedelta(days=one.ahead):
        yield Due(one.next, one.key, one.name, gettext("raise it, and write down what was said"), one.next < today)
