"""What is due in claims, for the first page of the day: overdue first, each a line that says a code and no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from waystation.access import Kind
from waystation_web.gateways import clock
from waystation_web.records.look import Look, look
from waystation_web.vault.actor import Actor

from . import words
from .deadlines import late
from .demand import Demand, demand_of
from .queries_complaint import readable
from .request import Request, request_of

TYPES = ("demand", "complaint", "request")
AHEAD = timedelta(days=3)         # an answer is prepared before its day
ENDING = timedelta(days=14)       # a freeze that ends is decided anew


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: where, which claim, what, by when."""

    day: date
    page: str          # name of the address
    key: str
    ref: str
    what: str
    late: bool


def due(actor: Actor, *, seen: Look | None = None) -> tuple[Due, ...]:
    """What is due for this person, overdue first. Runs before the caller's `writing()`."""
    found, today = seen or look(actor, Kind.GUARD, TYPES), clock.today()
    lines = [*_demands(map(demand_of, found.of("demand")), today),
             *_complaints(actor, found, today), *_requests(map(request_of, found.of("request")), today)]
    return tuple(sorted(lines, key=lambda one: (one.day, one.page, one.key)))


def _demands(demands: Iterable[Demand], today: date) -> Iterator[Due]:
    for one in demands:
        if not one.decided and one.deadline is not None and one.deadline <= today + AHEAD:
            yield _line(one.deadline, today, "demand", one.key, one.ref, gettext("answer a legal demand"))
        for notice in one.notices:
            if notice.told_at is None and notice.due is not None and not one.bound(today) \
                    and notice.due <= today + AHEAD:
                yield _line(notice.due, today, "demand", one.key, one.ref, gettext("tell whom a State asked about"))
        for freeze in one.freezes:
            until = date.fromisoformat(str(freeze["until"]))
            if today <= until <= today + ENDING:
                yield _line(until, today, "demand", one.key, one.ref, gettext("a hold ends: renew it, or let it end"))


def _complaints(actor: Actor, found: Look, today: date) -> Iterator[Due]:
    for one in readable(actor, found.of("complaint")):
        if actor.id in one.handlers:
            for name, day in one.due[:1]:
                if day <= today + AHEAD:
                    yield _line(day, today, "complaint", one.key, one.ref, words.said(words.DUE, name))


def _requests(requests: Iterable[Request], today: date) -> Iterator[Due]:
    for one in requests:
        if not one.over and one.due <= today + AHEAD:
            yield _line(one.due, today, "own-file", one.key, f"{one.case_ref} · {one.code}",
                        gettext("answer somebody about their own file"))


def _line(day: date, today: date, page: str, key: str, ref: str, what: str) -> Due:
    return Due(day, page, key, ref, what, late(day, today))
