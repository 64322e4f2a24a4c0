"""What is due of letters, for the first page of the day and the calendar: a code, a word, a day, and no name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext

from waystation_web.gateways import clock
from waystation_web.journeys import told
from waystation_web.journeys.incidents import Incident, incident_of
from waystation_web.records.record import Record
from waystation_web.vault.errors import Refused

from . import words
from .letter import Letter, letter_of

T = TypeVar("T")
AHEAD = timedelta(days=1)  # so long before its time a letter stands on the first page


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: a letter that is looked at again, or an incident of which somebody must still hear."""

    at: datetime
    page: str          # name of the address: "letter" or "incident-appeals"
    key: str
    ref: str
    what: str
    late: bool


def due(letters: Iterable[Record], incidents: Iterable[Record]) -> tuple[Due, ...]:
    """From records that were opened already, the first due first. One that cannot be read is left to its own page."""
    now = clock.now()
    lines = [*_letters(_read(letters, letter_of), now), *_incidents(_read(incidents, incident_of), now)]
    return tuple(sorted(lines, key=lambda one: (one.at, one.page, one.key)))


def _letters(letters: Iterable[Letter], now: datetime) -> Iterator[Due]:
    for one in letters:
        if one.due is not None:
            yield Due(one.due, "letter", one.key, f"{one.case_ref} · {one.ref}",
                      gettext("look again: %(to)s") % {"to": words.addressee(one.to.code)}, one.due <= now)


def _incidents(incidents: Iterable[Incident], now: datetime) -> Iterator[Due]:
    for one in incidents:
        if one.silent:
            continue
        if owed := told.still_owed(one):
            yield Due(now, "incident-appeals", one.key, one.case_ref,
                      gettext("tell everybody who was told what is right: %(n)s") % {"n": len(owed)}, True)
        late = next((line for line in told.appeal_clock(one) if line.late), None)
        if late is not None:
            yield Due(late.due, "incident-appeals", one.key, one.case_ref, str(words.CLOCK[late.name]), True)


def _read(records: Iterable[Record], read: Callable[[Record], T]) -> Iterator[T]:
    for one in records:
        try:
            yield read(one)
        except Refused:
            continue
