"""What is known of each leg and area, and how old it is: counted from the rows themselves, never estimated here.

Parties are counted, not people. Of a party that was never heard from nothing is known, so it is neither among those
who came through nor among those who did not. Fewer than 20 known ends in twelve months are too few to say anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from waystation.units import Money

from .notice import Notice, about
from .row import Row

ENOUGH = 20                       # known ends in a year, below which "we do not know" stands before any number
YEAR = timedelta(days=365)
LINES = {"open": "open", "caution": "open", "closed": "closed"}   # how a leg is drawn; a forbidden one never is


@dataclass(frozen=True, slots=True)
class Passages:
    """How parties fared on a leg in the twelve months before a moment. `silent` of them were never heard from."""

    known: int = 0
    through: int = 0
    silent: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough to say anything at all."""
        return self.known >= ENOUGH


@dataclass(frozen=True, slots=True)
class LegLine:
    """A leg as the book's table shows it. `age` is in days, of the newest thing known of it or its areas.

    `own_age` is that of the leg alone: of the last party on it whose start or end is known. None: nothing is known.
    """

    id: bytes
    code: str
    start: str
    end: str
    mode: str
    hours: tuple[float, float] | None
    cost: str
    state: str
    reason: str = field(repr=False)
    passages: Passages = Passages()
    age: int | None = None
    own_age: int | None = None
    areas: frozenset[str] = frozenset()
    armed: str = ""     # who is armed on it, by the newest notice

    @property
    def forbidden(self) -> bool:
        """A way that nobody may take: listed with its reason, and never drawn."""
        return self.state == "forbidden"

    @property
    def line(self) -> str:
        """How it is drawn: open, closed, or unknown because too few are known to have come through."""
        return LINES[self.state] if self.passages.enough or self.state == "closed" else "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """One report on an area that still counts, newest first on the board."""

    id: bytes
    area: str
    conditions: tuple[str, ...]
    age: int            # whole hours since it was observed
    source: str
    origin: str
    grade: str          # "B2"
    hand: int
    expired: bool

    @property
    def days(self) -> int:
        """Its age in whole days."""
        return self.age // 24


@dataclass(frozen=True, slots=True)
class AreaLine:
    """What is said of an area. `differ`: reports contradict each other; `shared`: some may come from one origin."""

    code: str
    country: str
    river: bool
    said: tuple[Said, ...] = ()
    noticed: tuple[Notice, ...] = ()   # the newest of each kind

    @property
    def fresh(self) -> tuple[Said, ...]:
        """Reports that are not past the time for which they should be believed."""
        return tuple(one for one in self.said if not one.expired)

    @property
    def differ(self) -> bool:
        """Whether two of them cannot both be true."""
        claims = [set(one.conditions) for one in self.fresh]
        return bool(claims) and not set.intersection(*claims)

    @property
    def shared(self) -> bool:
        """Whether two of them name the same origin, so that they are one voice."""
        return len({one.origin for one in self.fresh}) < len(self.fresh)


def moment_of(rows: Iterable[Row], now: datetime) -> datetime:
    """The moment from which ages are counted: now, but for an invented book that says when it speaks."""
    for row in rows:
        if row.sheet == "book" and not row.removed and row.cells.get("as_of"):
            return datetime.fromisoformat(row.cells["as_of"]).astimezone(UTC)
    return now


def legs_of(standing: Mapping[str, list[Row]], at: datetime) -> list[LegLine]:
    """Every leg of the book, those of which the least is known first."""
    area_of = {row.cells["code"]: row.cells["area"] for row in standing.get("places", [])}
    hours = {row.cells["code"]: (float(row.cells["min"]), float(row.cells["max"]))
             for row in standing.get("profiles", [])}
    ends: dict[str, list[Row]] = defaultdict(list)
    for row in standing.get("outcomes", []):
        ends[row.cells["leg"]].append(row)
    heard: dict[str, list[date]] = defaultdict(list)
    for row in standing.get("reports", []):
        heard[row.cells["area"]].append(_time(row.cells["observed_at"]).date())
    found = []
    for row in standing.get("legs", []):
        cells = row.cells
        areas = frozenset(area_of[code] for code in (cells["from"], cells["to"]) if code in area_of)
        own = [day for one in ends[cells["code"]] for day in _days(one)]
        said = [day for one in areas for day in heard[one]]
        found.append(LegLine(
            row.id, cells["code"], cells["from"], cells["to"], cells["mode"], hours.get(cells["profile"]),
            _sum(cells["cost"], cells["currency"]), cells.get("status", "open"), cells.get("reason", ""),
            passages(ends[cells["code"]], at), _age([*own, *said], at), _age(own, at), areas))
    return sorted(found, key=lambda leg: (leg.age is not None, -(leg.age or 0), leg.code))


def _sum(amount: str, currency: str) -> str:
    """A sum with its thousands apart: 400,000 and 40,000 are not taken for each other at night."""
    try:
        return str(Money.parse(f"{amount} {currency}"))
    except ValueError:
        return f"{amount} {currency}"


def passages(outcomes: Iterable[Row], at: datetime) -> Passages:
    """How the parties of these outcomes fared within the twelve months before a moment."""
    known = through = silent = 0
    for row in outcomes:
        started = date.fromisoformat(row.cells["started"])
        if not at.date() - YEAR <= started <= at.date():
            continue
        if row.cells["ended"] == "silent":
            silent += 1
        else:
            known += 1
            through += row.cells["ended"] == "arrived"
    return Passages(known, through, silent)


def areas_of(standing: Mapping[str, list[Row]], at: datetime) -> list[AreaLine]:
    """Every area with what is said of it: those of which nothing is known first, then by age."""
    said: dict[str, list[Said]] = defaultdict(list)
    for row in standing.get("reports", []):
        cells, seen = row.cells, _time(row.cells["observed_at"])
        if seen > at:
            continue
        hours = int((at - seen).total_seconds() // 3600)
        said[cells["area"]].append(Said(
            row.id, cells["area"], tuple(cells["condition"].split("|")), hours, cells["source"], cells["origin"],
            f"{cells['reliability']}{cells['credibility']}", int(cells.get("hand", 1)),
            hours > float(cells.get("valid_for", 168))))
    newest = {area: tuple(sorted(told, key=lambda one: one.age)) for area, told in said.items()}
    lines = [AreaLine(row.cells["code"], row.cells["country"], bool(row.cells.get("river")),
                      newest.get(row.cells["code"], ())) for row in standing.get("areas", [])]
    return sorted(lines, key=lambda line: (bool(line.fresh), -(line.fresh[0].age if line.fresh else 0), line.code))


def _age(days: Iterable[date], at: datetime) -> int | None:
    """Days since the newest of some days that are past; None if there is none."""
    past = [day for day in days if day <= at.date()]
    return (at.date() - max(past)).days if past else None


def _days(row: Row) -> list[date]:
    return [date.fromisoformat(row.cells[name]) for name in ("started", "ended_at", "last_heard") if name in row.cells]


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def with_notices(legs: Iterable[LegLine], areas: Iterable[AreaLine],
                 notices: Iterable[Notice]) -> tuple[tuple[LegLine, ...], tuple[AreaLine, ...]]:
    """Legs and areas with what was noticed of them."""
    newest = about(notices)
    armed = {code: str(one.fields["who"]) for (kind, code), one in newest.items()
             if kind == "armed" and one.fields["who"] != "nobody_now"}
    of_area: dict[str, list[Notice]] = defaultdict(list)
    for one in newest.values():
        if "about_areas" in one.fields:
            of_area[one.about].append(one)
    return (tuple(replace(leg, armed=armed.get(leg.code, "")) for leg in legs),
            tuple(replace(area, noticed=tuple(of_area[area.code])) for area in areas))
