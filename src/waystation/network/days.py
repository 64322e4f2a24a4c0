"""Cells that speak of time: days, moments, months, weekdays and seasons.

A date typed into a spreadsheet program arrives as a date, the same date in JSON as text; both give the same value.
Moments without a zone are UTC. Years outside 1950 to 2199 are taken for slips.
"""

import re
from datetime import UTC, date, datetime

from waystation.network.cells import NAME_PATTERN, CellError, Kind, once, parts, read_word
from waystation.network.rows import Season
from waystation.units import instant

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RANGE = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?", re.ASCII)


def _day(raw: object) -> date:
    value: object = raw
    if isinstance(raw, datetime):
        value = raw.date() if raw.time() == datetime.min.time() else None
    elif isinstance(raw, str):
        try:
            value = date.fromisoformat(raw.strip())
        except ValueError:
            value = None
    if not isinstance(value, date):
        raise CellError("RB501")
    _year(value)
    return value


def _instant(raw: object) -> datetime:
    if isinstance(raw, str):
        try:
            when = instant(raw.strip())
        except ValueError:
            raise CellError("RB502") from None
    elif isinstance(raw, datetime):
        when = raw.replace(tzinfo=UTC) if raw.tzinfo is None else raw
    elif isinstance(raw, date):
        when = datetime(raw.year, raw.month, raw.day, tzinfo=UTC)
    else:
        raise CellError("RB502")
    _year(when.date())
    return when.astimezone(UTC)


def _year(day: date) -> None:
    if not 1950 <= day.year <= 2199:
        raise CellError("RB503")


def _plain_instant(when: datetime) -> str:
    text = when.astimezone(UTC).replace(tzinfo=None)
    return text.isoformat(timespec="minutes" if text == text.replace(second=0, microsecond=0) else "auto") + "Z"


def _season(raw: object) -> Season:
    name, colon, months = read_word(raw).partition(":")
    if not NAME_PATTERN.fullmatch(name.strip()):
        raise CellError("RB222")
    found = _RANGE.fullmatch(months.strip())
    if not colon or not found:
        raise CellError("RB508", example="winter:11-3;summer:4-10")
    first, last = int(found[1]), int(found[2] or found[1])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise CellError("RB508", example="winter:11-3;summer:4-10")
    return Season(name.strip(), first, last)


def _months(raw: object) -> frozenset[int]:
    months: list[int] = []
    for part in parts(raw):
        text = str(int(part)) if isinstance(part, float) and part.is_integer() else read_word(part)
        found = _RANGE.fullmatch(text)
        ends = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not (1 <= ends[0] <= 12 and 1 <= ends[1] <= 12):
            raise CellError("RB508", example="11;12;1-3")
        months += [month for month in range(1, 13) if Season("", *ends).holds(month)]
    return frozenset(once(months))


def _weekdays(raw: object) -> frozenset[int]:
    words = [read_word(part).casefold() for part in parts(raw)]
    if not set(words) <= set(WEEKDAYS):
        raise CellError("RB509")
    return frozenset(once([WEEKDAYS.index(word) for word in words]))


DAY = Kind("date, YYYY-MM-DD", _day, date.isoformat)
INSTANT = Kind("time, YYYY-MM-DDThh:mm, UTC unless a zone is given", _instant, _plain_instant)
MONTHS = Kind("list of months 1 to 12 or ranges such as 11-3", _months, sorted)
WEEKDAY_SET = Kind("list of mon, tue, wed, thu, fri, sat, sun", _weekdays,
                   lambda days: [WEEKDAYS[day] for day in sorted(days)])
SEASON = Kind("name:first month-last month", _season,
              lambda season: f"{season.name}:{season.first_month}-{season.last_month}")
