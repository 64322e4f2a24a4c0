"""When something was, from words that a page uses for it: always an interval, never a guess in between.

A page that says "2 years ago" may count down or to the nearest year, and nobody knows which: the interval holds both.
"Yesterday" in a text is the day before that text was published; on a page's own line, before the page was looked up.
"""

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from waystation.casework.dates import Span, span
from waystation.library.reachable import apart

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")
_MONTH = "(?P<name>" + "|".join(f"{one}|{one[:3]}" for one in _MONTHS) + ")\\.?"
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10}
_UNITS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30, "year": 365,
          "분": 0, "시간": 0, "일": 1, "주": 7, "주일": 7, "달": 30, "개월": 30, "년": 365}
_ROUNDED = {0: 0, 1: 0, 7: 3, 30: 15, 365: 183}  # days by which a count to the nearest may be younger than it says
_DAY = r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?\s+)"
_ABSOLUTE = (
    re.compile(r"\b(?P<y>(?:1[89]|20)\d\d)[-./](?P<m>0?[1-9]|1[0-2])[-./](?P<d>0?[1-9]|[12]\d|3[01])\b\.?"),
    re.compile(r"(?P<y>(?:1[89]|20)\d\d)년\s*(?P<m>\d{1,2})월\s*(?P<d>\d{1,2})일"),
    re.compile(r"(?P<y>(?:1[89]|20)\d\d)년(?:\s*(?P<m>\d{1,2})월)?"),
    re.compile(rf"\b{_DAY}?{_MONTH},?\s+(?P<y>(?:1[89]|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:1[89]|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?:in|since|until|during|by)\s+(?P<y>(?:1[89]|20)\d\d)\b(?![-./,]\d)", re.IGNORECASE),
)
_AGO = (
    re.compile(rf"\b(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?P<u>minute|hour|day|week|month|year)s?\s+ago\b",
               re.IGNORECASE),
    re.compile(r"(?P<n>\d{1,3})\s*(?P<u>시간|분|주일|주|개월|달|일|년)\s*전"),
)
_NAMED = {"just now": 0, "today": 0, "yesterday": 1, "방금": 0, "오늘": 0, "어제": 1, "그저께": 2}
_LAST = {"last week": "week", "last month": "month", "last year": "year", "지난주": "week", "지난달": "month",
         "작년": "year", "지난해": "year"}
_WORDS = re.compile("|".join(rf"\b{one}\b" if one.isascii() else one for one in (*_NAMED, *_LAST)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Words that say when, and what they may mean."""

    words: str
    span: Span
    at: int             # where they stand in the line
    relative: bool      # they mean nothing without the day on which they were said


def whens(line: str, on: Span) -> tuple[Said, ...]:
    """Every date of a line that was said somewhere in `on`, in its order.

    >>> day = Span(date(2030, 6, 15), date(2030, 6, 15))
    >>> [(one.words, one.span.first.isoformat(), one.span.last.isoformat()) for one in whens("2 years ago", day)]
    [('2 years ago', '2027-06-15', '2028-12-15')]
    >>> [one.span.first.isoformat() for one in whens("On 17 May 2013 they left; yesterday they came.", day)]
    ['2013-05-17', '2030-06-14']
    """
    taken, found = list[tuple[int, int, str]](), list[Said]()
    for one in (*_absolute(line), *_relative(line, on)):
        end = one.at + len(one.words)
        if apart(taken, one.at, end):
            insort(taken, (one.at, end, ""))
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.at))


def as_written(of: Span) -> str:
    """An interval in the form of EDTF (ISO 8601-2): a day, a month or a year where it is just that, else both ends.

    >>> as_written(span("2013")), as_written(span("2013-02")), as_written(Span(date(2013, 1, 2), date(2013, 2, 1)))
    ('2013', '2013-02', '2013-01-02/2013-02-01')
    """
    for text in (of.first.isoformat(), of.first.isoformat()[:7], of.first.isoformat()[:4]):
        if span(text) == of:
            return text
    return f"{of.first.isoformat()}/{of.last.isoformat()}"


def read(text: str) -> Span:
    """As `as_written` writes it, and whatever `casework.dates` reads. Raises `ValueError` for anything else.

    >>> as_written(read("2013-01-02/2013-02-01"))
    '2013-01-02/2013-02-01'
    """
    first, both, last = text.strip().partition("/")
    if not both:
        return span(first)
    interval = Span(span(first).first, span(last).last)
    if interval.first > interval.last:
        raise ValueError("write the earlier day first: 2013-01-02/2013-02-01")
    return interval


def _absolute(line: str) -> Iterator[Said]:
    for pattern in _ABSOLUTE:
        for one in pattern.finditer(line):
            try:
                yield Said(one[0], span(_written(one.groupdict())), one.start(), relative=False)
            except ValueError:  # the 31st of a month of thirty days is no day: nobody guesses which was meant
                continue


def _written(parts: dict[str, str | None]) -> str:
    name, month, day = parts.get("name"), parts.get("m"), parts.get("d")
    if name:
        month = str(next(number for number, one in enumerate(_MONTHS, 1) if one.startswith(name.lower()[:3])))
    return "-".join((str(parts["y"]), *(f"{int(one):02}" for one in (month, day) if one)))


def _relative(line: str, on: Span) -> Iterator[Said]:
    for pattern in _AGO:
        for one in pattern.finditer(line):
            count = _NUMBERS.get(one["n"].lower()) or int(one["n"])
            yield Said(one[0], _ago(count, _UNITS[one["u"].lower()], on), one.start(), relative=True)
    for one in _WORDS.finditer(line):
        word = one[0].lower()
        yield Said(one[0], _named(word, on), one.start(), relative=True)


def _ago(count: int, unit: int, on: Span) -> Span:
    if unit == 0:
        return Span(on.first - timedelta(days=1 + count // 24), on.last)
    return Span(_back(on.first, count + 1, unit),
                min(on.last, _back(on.last, count, unit) + timedelta(days=_ROUNDED[unit])))


def _back(day: date, count: int, unit: int) -> date:
    if unit < 30:
        return day - timedelta(days=count * unit)
    months = day.year * 12 + day.month - 1 - count * (12 if unit == 365 else 1)
    last = span(f"{months // 12:04}-{months % 12 + 1:02}").last
    return last.replace(day=min(day.day, last.day))


def _named(word: str, on: Span) -> Span:
    if word in _NAMED:
        back = timedelta(days=_NAMED[word])
        return Span(on.first - back, on.last - back)
    match _LAST[word]:
        case "week":
            first, last = (day - timedelta(days=day.weekday() + 7) for day in (on.first, on.last))
            return Span(first, last + timedelta(days=6))
        case "month":
            first, last = (_back(day, 1, 30) for day in (on.first, on.last))
            return Span(span(first.isoformat()[:7]).first, span(last.isoformat()[:7]).last)
    return Span(date(on.first.year - 1, 1, 1), date(on.last.year - 1, 12, 31))
