"""Days by which somebody must be answered. Pure sums of days: the clock is asked by whoever calls.

One month is that of GDPR article 12(3), counted as Regulation (EEC, Euratom) 1182/71 article 3 says: it ends with the
day of the next month that has the same number, or with the last day of a month that has none. Both are facts of law to
be verified before they are leant on; a day off or a holiday at the end never makes it later here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MORE_MONTHS = 2   # by which an answer may be put off, if the person is told why within the first


def in_months(start: date, months: int) -> date:
    """The day some months later that has the same number, or the last day of that month.

    >>> in_months(date(2026, 1, 31), 1), in_months(date(2028, 1, 31), 1), in_months(date(2026, 12, 15), 1)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29), datetime.date(2027, 1, 15))
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def in_days(start: date, days: int) -> date:
    """The day some days later."""
    return start + timedelta(days=days)


def late(due: date | None, today: date) -> bool:
    """Whether a day has gone by: on the day itself there is still time.

    >>> late(date(2026, 3, 2), date(2026, 3, 2)), late(date(2026, 3, 2), date(2026, 3, 3)), late(None, date(2026, 3, 3))
    (False, True, False)
    """
    return due is not None and today > due
