"""Dates as vague as they were told, and ages counted the Korean way: always an interval, never a guess in between.

Written as in EDTF (ISO 8601-2), of which this much is read: `2013-05-17`, `2013-05`, `2013`, `201X`, `2013~` or
`2013?` (about, perhaps: a year on either side), `2013-21` to `2013-24` (spring to winter). By the Korean count somebody
is one at birth and a year older on each first of January; told by the lunar calendar, a day may lie up to 51 days later
in the solar year, and into the next one.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

LUNAR_LATEST_DAYS = 51  # the lunar new year falls between 21 January and 20 February
_FORM = re.compile(r"(\d{4}|\d{3}X)(?:-(\d{2}))?(?:-(\d{2}))?([~?])?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that a vague date may mean."""

    first: date
    last: date

    def ages(self, day: date) -> tuple[int, int]:
        """The lowest and the highest age in full years on a day, never below 0.

        >>> Span(date(2010, 1, 1), date(2010, 12, 31)).ages(date(2030, 6, 1))
        (19, 20)
        """
        return max(0, _years(self.last, day)), max(0, _years(self.first, day))


def span(text: str, *, lunar: bool = False) -> Span:
    """What a vague date may mean. Raises `ValueError` for a text that is none.

    >>> span("201X").first.isoformat(), span("201X").last.isoformat()
    ('2010-01-01', '2019-12-31')
    >>> span("2013-05~").first.isoformat(), span("2013-24").last.isoformat()
    ('2012-05-01', '2014-02-28')
    """
    found = _FORM.fullmatch(text.strip())
    if not found or (found[1].endswith("X") and found[2]):
        raise ValueError("write a date as 2013-05-17, 2013-05, 2013, 201X, or 2013~ for about")
    first, last = _bounds(found[1], found[2], found[3])
    if found[4]:
        first, last = _moved(first, -1), _moved(last, 1)
    return Span(first, last + timedelta(days=LUNAR_LATEST_DAYS) if lunar else last)


def born(age: int, said_on: date, *, korean: bool = False) -> Span:
    """When somebody was born who was said to be so old on a day. Raises `ValueError` below 0, or 1 by the Korean count.

    >>> born(20, date(2030, 6, 1), korean=True)
    Span(first=datetime.date(2011, 1, 1), last=datetime.date(2011, 12, 31))
    >>> born(20, date(2030, 6, 1))
    Span(first=datetime.date(2009, 6, 2), last=datetime.date(2010, 6, 1))
    """
    if age < (1 if korean else 0):
        raise ValueError("this age cannot be")
    if korean:
        year = said_on.year - age + 1
        return Span(date(year, 1, 1), date(year, 12, 31))
    return Span(_moved(said_on, -age - 1) + timedelta(days=1), _moved(said_on, -age))


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if year.endswith("X"):
        return date(int(year[:3]) * 10, 1, 1), date(int(year[:3]) * 10 + 9, 12, 31)
    whole = int(year)
    if month is None:
        return date(whole, 1, 1), date(whole, 12, 31)
    if day is None and int(month) in _SEASONS:
        start, end = _SEASONS[int(month)]
        return date(whole, start, 1), _month_end(whole + (end < start), end)
    if day is None:
        return date(whole, int(month), 1), _month_end(whole, int(month))
    exact = date(whole, int(month), int(day))
    return exact, exact


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _moved(day: date, years: int) -> date:
    """The same day some years on; the 29th of February becomes the 28th."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _years(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
