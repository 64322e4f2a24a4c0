"""Terms with a partner, and days on which somebody outside is asked again: pure, of plain dates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

SOON = timedelta(days=30)  # a term that ends is spoken of before it does
AHEAD = 30                 # days before an occasion on which it is prepared, if nobody says otherwise


@dataclass(frozen=True, slots=True)
class Terms:
    """What a partner signed: what they may have, what for, how long they keep it, to whom they may pass it on."""

    id: str
    what: str = field(repr=False)
    why: str = field(repr=False)
    keeps: str = field(repr=False)
    onward: str = field(repr=False)
    signed_on: date
    until: date
    ended_on: date | None = None
    ended_why: str = field(repr=False, default="")

    def standing(self, today: date) -> str:
        """How they stand on a day: "not yet", "in force", "ends soon" or "ended". The last day counts.

        >>> terms = Terms("a", "", "", "", "", date(2026, 1, 1), date(2026, 6, 30))
        >>> [terms.standing(date(2026, *day)) for day in ((1, 1), (5, 30), (5, 31), (6, 30), (7, 1))]
        ['in force', 'in force', 'ends soon', 'ends soon', 'ended']
        """
        if today < self.signed_on:
            return "not yet"
        if today > self.until or (self.ended_on is not None and today >= self.ended_on):
            return "ended"
        return "ends soon" if today + SOON >= self.until else "in force"

    def bind(self, today: date) -> bool:
        """Whether anything may go to the partner under them."""
        return self.standing(today) in ("in force", "ends soon")


def in_force(terms: Collection[Terms], today: date) -> Terms | None:
    """The terms that bind on a day, those that end last; None if nothing may go to this partner."""
    binding = [one for one in terms if one.bind(today)]
    return max(binding, key=lambda one: (one.until, one.id), default=None)


def next_day(first: date, yearly: bool, settled: Collection[date]) -> date | None:
    """The first day of an occasion that nobody has answered for; None when there is none left.

    A year that nobody answered for stays due: it does not go by in silence.

    >>> next_day(date(2026, 12, 10), True, [date(2026, 12, 10)])
    datetime.date(2027, 12, 10)
    >>> next_day(date(2026, 12, 10), False, [date(2026, 12, 10)]) is None
    True
    """
    year = first.year
    while (day := anniversary(first, year)) in settled:
        if not yearly:
            return None
        year += 1
    return day


def anniversary(first: date, year: int) -> date:
    """The same day in another year; the 29th of February falls on the 28th where there is none.

    >>> anniversary(date(2024, 2, 29), 2026)
    datetime.date(2026, 2, 28)
    """
    try:
        return first.replace(year=year)
    except ValueError:
        return first.replace(year=year, day=28)
