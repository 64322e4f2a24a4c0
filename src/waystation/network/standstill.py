"""An invented book stands still at its `as_of`: what was written down since counts as of that moment.

An office that shows itself keeps the real clock, and its book speaks of another day. Without this, the outcome of a
journey that was closed today would lie in the future of every plan, and nothing done there would teach anything.
"""

from dataclasses import replace
from datetime import date, datetime

from waystation.network.rows import Outcome, Report, RouteBook


def standing_still(book: RouteBook) -> RouteBook:
    """The book with no outcome and no report later than its `as_of`; a real book, which has none, is returned as it is.

    >>> from datetime import timedelta
    >>> from waystation.network.example import example_book
    >>> book = example_book()
    >>> late = replace(book.reports[0], received_at=book.book.as_of + timedelta(days=30))
    >>> standing_still(replace(book, reports=(late,))).reports[0].received_at == book.book.as_of
    True
    """
    at = book.book.as_of
    if at is None:
        return book
    return replace(book, outcomes=tuple(_outcome(one, at.date()) for one in book.outcomes),
                   reports=tuple(_report(one, at) for one in book.reports))


def _outcome(one: Outcome, day: date) -> Outcome:
    return replace(one, started=min(one.started, day), ended_at=one.ended_at and min(one.ended_at, day),
                   last_heard=one.last_heard and min(one.last_heard, day))


def _report(one: Report, at: datetime) -> Report:
    return replace(one, observed_at=min(one.observed_at, at), received_at=min(one.received_at, at))
