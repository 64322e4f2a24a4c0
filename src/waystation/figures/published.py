"""Numbers that others published, read and checked: each with source, day and doubt; what differs stands side by side.

Nothing is averaged. An estimate without an interval is refused, and so is a number without a source.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

T = TypeVar("T")
STRATA = ("inside", "in transit", "in hiding", "resettled")
STATUSES = ("reported", "disputed", "superseded", "overstated")
AUTHORS = ("person", "office", "handle", "not known")
MARKS = ("verified", "verify")


class BadTable(ValueError):
    """A row that cannot be used: of which table, which line, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands. The author may be known by a handle only, or not at all; a work may have many titles."""

    code: str
    author: str
    author_is: str
    titles: tuple[tuple[str, str], ...]  # with what kind of title each is: original, romanised, marketing, or nothing
    address: str

    @property
    def cited(self) -> str:
        """As it is cited: what is missing is said and never made up.

        >>> Source("a", "", "handle", (("", "An article"),), "an address").cited
        '[author known by a handle only], An article, an address'
        """
        who = self.author or {"handle": "[author known by a handle only]"}.get(self.author_is, "[author not known]")
        return ", ".join(part for part in (who, " = ".join(title for _, title in self.titles), self.address) if part)


@dataclass(frozen=True, slots=True)
class Observation:
    """One number, or one claim, as somebody published it. `high` None: at least `low`. Both None: no number."""

    indicator: str
    place: str
    stratum: str
    period: str
    low: int | None
    high: int | None
    unit: str
    status: str
    estimate: bool
    method: str
    words: str
    sources: tuple[str, ...]
    mark: str
    as_of: date

    @property
    def said(self) -> str:
        """The number with what is not known of it.

        >>> [one.said for one in published().of("hidden population")][0]
        '50,000–300,000'
        """
        if self.low is None:
            return ""
        if self.high is None:
            return f"≥ {self.low:,}"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,}–{self.high:,}"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """People who arrived in South Korea in a period."""

    period: str
    men: int
    women: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.men + self.women

    @property
    def share(self) -> float:
        """Women among a hundred."""
        return round(100 * self.women / self.total, 1)


@dataclass(frozen=True, slots=True)
class Era:
    """A span of years with what is different in it, and why it begins there."""

    first: int
    last: int
    label: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that is shipped."""

    sources: Mapping[str, Source]
    arrivals: tuple[Arrivals, ...]
    observations: tuple[Observation, ...]
    eras: tuple[Era, ...]

    def of(self, indicator: str, period: str = "") -> tuple[Observation, ...]:
        """What was published of something, as it stands in the table."""
        return tuple(one for one in self.observations if one.indicator == indicator and period in ("", one.period))

    def conflicts(self) -> tuple[tuple[Observation, ...], ...]:
        """Numbers for one thing, place and period that differ: side by side, those checked in the original first.

        >>> [[one.said for one in group] for group in published().conflicts()][0]
        ['2,706', '2,500', '2,737']
        """
        groups: dict[tuple[str, str, str], list[Observation]] = {}
        for one in self.observations:
            groups.setdefault((one.indicator, one.place, one.period), []).append(one)
        return tuple(tuple(sorted(group, key=lambda one: one.mark != "verified")) for group in groups.values()
                     if len({(one.low, one.high) for one in group}) > 1)

    def resolved(self, group: Sequence[Observation]) -> Observation | None:
        """The one that is worked with: reported and checked in the original. None while nobody can say.

        >>> there = published()
        >>> [there.resolved(group) and there.resolved(group).said for group in there.conflicts()]
        ['2,706', '1,502', '2,402', None]
        """
        good = [one for one in group if one.status == "reported" and one.mark == "verified"]
        return good[0] if len(good) == 1 else None

    def cumulative(self) -> tuple[tuple[str, int], ...]:
        """Arrivals up to the end of each period.

        >>> published().cumulative()[-1]
        ('2024-01/2024-09', 34259)
        """
        found, so_far = list[tuple[str, int]](), 0
        for one in self.arrivals:
            so_far += one.total
            found.append((one.period, so_far))
        return tuple(found)

    def returned(self) -> tuple[int, int | None]:
        """Forced returns in the single reports: at least so many; the most is None while one of them is open.

        >>> published().returned()
        (730, None)
        """
        one_by_one = self.of("forced returns")
        most = [one.high for one in one_by_one]
        return sum(one.low or 0 for one in one_by_one), None if None in most else sum(one or 0 for one in most)


@cache
def published() -> Published:
    """The tables that are shipped. Raises `BadTable`."""
    return read({name: files("waystation.figures").joinpath("tables", f"{name}.csv").read_text("utf-8")
                 for name in ("sources", "arrivals", "observations", "eras")})


def read(tables: Mapping[str, str]) -> Published:
    """Tables as values. Raises `BadTable` with the line of what is wrong."""
    sources = {one.code: one for one in _rows("sources", tables, _source)}
    known = frozenset(sources)
    return Published(sources, tuple(_rows("arrivals", tables, lambda row: _arrivals(row, known))),
                     tuple(_rows("observations", tables, lambda row: _observation(row, known))),
                     tuple(_rows("eras", tables, lambda row: _era(row, known))))


def _rows(name: str, tables: Mapping[str, str], make: Callable[[Mapping[str, str]], T]) -> Iterable[T]:
    for line, row in enumerate(csv.DictReader(tables[name].splitlines()), 2):
        try:
            yield make(row)
        except (KeyError, TypeError, ValueError) as reason:
            raise BadTable(f"{name}.csv, line {line}: {reason}") from reason


def _source(row: Mapping[str, str]) -> Source:
    titles = tuple((kind, title) if title else ("", kind) for kind, _, title in
                   (one.strip().partition(": ") for one in row["titles"].split(";") if one.strip()))
    return Source(row["code"], row["author"], _one(row["author_is"], AUTHORS), titles, row["address"])


def _arrivals(row: Mapping[str, str], known: frozenset[str]) -> Arrivals:
    _cited(row, known)
    one = Arrivals(row["period"], int(row["men"]), int(row["women"]))
    if one.total != int(row["total"]):
        raise ValueError("men and women do not make the total")
    return one


def _observation(row: Mapping[str, str], known: frozenset[str]) -> Observation:
    low, high = (int(row[name]) if row[name] else None for name in ("low", "high"))
    estimate = row["estimate"] == "yes"
    if estimate and (low is None or high is None or low >= high):
        raise ValueError("an estimate has an interval: a low and a higher high")
    if low is not None and high is not None and low > high:
        raise ValueError("low is above high")
    return Observation(row["indicator"], row["place"], _one(row["stratum"], STRATA), row["period"], low, high,
                       row["unit"], _one(row["status"], STATUSES), estimate, row["method"], row["words"],
                       _cited(row, known), _one(row["mark"], MARKS), date.fromisoformat(row["as_of"]))


def _era(row: Mapping[str, str], known: frozenset[str]) -> Era:
    _cited(row, known)
    if not row["reason"]:
        raise ValueError("an era has a reason")
    return Era(int(row["first"]), int(row["last"]), row["label"], row["reason"], row["source"])


def _cited(row: Mapping[str, str], known: frozenset[str]) -> tuple[str, ...]:
    cited = tuple(row["source"].split())
    if not cited or set(cited) - known:
        raise ValueError("a source is missing, or is not in sources.csv")
    return cited


def _one(said: str, of: tuple[str, ...]) -> str:
    if said not in of:
        raise ValueError(f"{said!r} is none of {', '.join(of)}")
    return said
