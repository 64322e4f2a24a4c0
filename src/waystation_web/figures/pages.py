"""What the page of figures shows. It opens no record: everything stands in tables that come with the office."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from waystation.figures.changes import change_points
from waystation.figures.published import Arrivals, Era, Observation, published

from . import words

WIDE, LEFT, HIGH = 340, 84, 16   # of the picture: as wide as a phone, room for the words, a row
PRICE = 200.0                    # what a further cut of the series must save


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the picture: women first, then men, on one line."""

    of: Arrivals
    period: str
    top: int
    base: int
    women: float
    men_from: float
    men: float


@dataclass(frozen=True, slots=True)
class Line:
    """One published number, in words."""

    of: Observation
    status: str
    look: str
    stratum: str
    mark: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Numbers for one thing that differ, and the one that is worked with, if any is."""

    indicator: str
    place: str
    period: str
    lines: tuple[Line, ...]
    resolved: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page of figures."""

    bars: tuple[Bar, ...]
    high: int
    total: str
    until: str
    accounts: tuple[Account, ...]
    estimates: tuple[Line, ...]
    returns: tuple[Line, ...]
    returned: int
    claims: tuple[Line, ...]
    eras: tuple[Era, ...]
    breaks: tuple[str, ...]
    works: tuple[str, ...]
    picture: str         # what it is, in words
    source: str          # of the arrivals


def page() -> Page:
    """Everything on it."""
    there = published()
    bars = _bars(there.arrivals)
    total = there.cumulative()[-1][1]
    accounts = tuple(_account(group) for group in there.conflicts())
    return Page(
        bars, HIGH * len(bars) + 4, f"{total:,}", bars[-1].period, accounts,
        tuple(map(_line, (one for one in there.observations if one.estimate))),
        tuple(map(_line, (*there.of("forced returns"), *there.of("forced returns, cumulative")))), there.returned()[0],
        tuple(map(_line, (one for one in there.observations if one.low is None))), there.eras, breaks(),
        tuple(one.cited for one in there.sources.values() if len(one.titles) > 1),
        str(words.PICTURE), there.sources["1"].cited)


def breaks() -> tuple[str, ...]:
    """Years in which another rate of arrivals begins: whole years alone are compared."""
    years = [one for one in published().arrivals if one.period.isdigit()]
    return tuple(years[at].period for at in change_points([one.total for one in years], price=PRICE))


def table() -> str:
    """Every number with all that is known of it, as a table to be taken along."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("indicator", "place", "stratum", "period", "low", "high", "unit", "status", "estimate", "method",
                     "words", "sources", "mark", "as_of"))
    for one in published().arrivals:
        for name, count in (("men", one.men), ("women", one.women)):
            writer.writerow((f"arrivals, {name}", "KR", "resettled", one.period, count, count, "people", "reported",
                             "no", "register", "", _cited(("1",))[0], "verified", ""))
    for row in published().observations:
        writer.writerow((row.indicator, row.place, row.stratum, row.period, row.low, row.high, row.unit, row.status,
                         "yes" if row.estimate else "no", row.method, row.words, "; ".join(_cited(row.sources)),
                         row.mark, row.as_of.isoformat()))
    return out.getvalue()


def _bars(arrivals: tuple[Arrivals, ...]) -> tuple[Bar, ...]:
    most = max(one.total for one in arrivals)
    scale = (WIDE - LEFT - 44) / most
    return tuple(Bar(one, _period(one.period), HIGH * row + 3, HIGH * row + 13, round(one.women * scale, 1),
                     round(LEFT + one.women * scale, 1), round(one.men * scale, 1))
                 for row, one in enumerate(arrivals))


def _period(period: str) -> str:
    """A span of time as it is read: EDTF is for machines.

    >>> [_period(one) for one in ("../1998", "1999/2001", "2024-01/2024-09", "2011")]
    ['≤ 1998', '1999–2001', '2024-01–09', '2011']
    """
    first, _, last = period.partition("/")
    if not last:
        return first
    return f"≤ {last}" if first == ".." else f"{first}–{last.removeprefix(first[:5]) if first[4:5] == '-' else last}"


def _account(group: tuple[Observation, ...]) -> Account:
    good = published().resolved(group)
    return Account(group[0].indicator, group[0].place, group[0].period, tuple(map(_line, group)),
                   good.said if good else "")


def _line(one: Observation) -> Line:
    return Line(one, str(words.STATUSES[one.status]), words.LOOKS[one.status], str(words.STRATA[one.stratum]),
                str(words.MARKS[one.mark]), _cited(one.sources))


def _cited(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(published().sources[code].cited for code in codes)
