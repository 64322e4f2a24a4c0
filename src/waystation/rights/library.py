"""The tables that are shipped, read and checked: a row without a source or a day is no fact and is refused."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from waystation.rights.facts import (
    Cooperation,
    Fact,
    Instrument,
    Mark,
    Mechanism,
    Obligation,
    Position,
    Practice,
    Standing,
    Step,
)

Cells = Mapping[str, str]
F = TypeVar("F", bound=Fact)
TABLES = "tables"


class BadTable(ValueError):
    """A row that cannot be used; the message says of which table, which line, and what to do."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is shipped about law and practice."""

    sources: Mapping[str, str]  # code to address
    instruments: tuple[Instrument, ...]
    positions: tuple[Position, ...]
    practice: tuple[Practice, ...]
    cooperation: tuple[Cooperation, ...]
    obligations: tuple[Obligation, ...]
    mechanisms: tuple[Mechanism, ...]
    steps: tuple[Step, ...]

    def instrument(self, country: str, name: str) -> Instrument | None:
        """What a State did with a treaty; None if no row says it.

        >>> library().instrument("TH", "CED").since
        '2024-06-13'
        """
        return next((one for one in self.instruments if (one.country, one.instrument) == (country, name)), None)

    def countries(self) -> tuple[str, ...]:
        """Every State of which something is written down, by code.

        >>> library().countries()[:3]
        ('BE', 'CA', 'CN')
        """
        return tuple(sorted({one.country for one in self.instruments}))

    def pathways(self) -> Mapping[str, tuple[Step, ...]]:
        """Every way to a status, its steps in order.

        >>> [len(steps) for steps in library().pathways().values()][:2]
        [9, 7]
        """
        found: dict[str, list[Step]] = {}
        for one in self.steps:
            found.setdefault(one.pathway, []).append(one)
        return {code: tuple(sorted(steps, key=lambda step: step.order)) for code, steps in found.items()}


@cache
def library() -> Library:
    """The shipped tables. Raises `BadTable`."""
    sources = {row["code"]: row["address"] for row in rows("sources")}
    read = Reader(sources)
    return Library(
        MappingProxyType(sources), read.all("instruments", _instrument), read.all("positions", _position),
        read.all("practice", _practice), read.all("cooperation", _cooperation), read.all("obligations", _obligation),
        read.all("mechanisms", _mechanism), read.all("pathways", _step))


def first_protection(steps: tuple[Step, ...]) -> Step | None:
    """The first step from which on protection is possible; None where there is none on this way.

    >>> [first_protection(steps).order for steps in list(library().pathways().values())[:4]]
    [4, 2, 3, 1]
    >>> first_protection(library().pathways()["P10"]) is None
    True
    """
    return next((one for one in steps if one.protects), None)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one table, by column."""
    text = files("waystation.rights").joinpath(TABLES, f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


class Reader:
    """Rows of one table as facts, with the place of each error."""

    def __init__(self, sources: Cells) -> None:
        self.sources = sources

    def all(self, table: str, make: Callable[..., F]) -> tuple[F, ...]:
        """Every row of a table. Raises `BadTable`."""
        return tuple(self.one(table, line, row, make) for line, row in enumerate(rows(table), 2))

    def one(self, table: str, line: int, row: Cells, make: Callable[..., F]) -> F:
        """One row. Raises `BadTable`."""
        where = f"{table}.csv, line {line}"
        try:
            common = self._common(row)
            return make(row, common)
        except (KeyError, ValueError, TypeError) as reason:
            raise BadTable(f"{where}: {reason}. Every row needs words, a known source, a mark and a day") from reason

    def _common(self, row: Cells) -> dict[str, Any]:
        cited = tuple(row["source"].split())
        if unknown := [one for one in cited if one not in self.sources]:
            raise ValueError(f"source {unknown[0]} is not in sources.csv")
        if not cited or not row["words"].strip():
            raise ValueError("a source or the words are missing")
        return {"words": row["words"], "sources": cited, "mark": Mark(row["mark"]),
                "as_of": date.fromisoformat(row["as_of"])}


def _instrument(row: Cells, common: dict[str, Any]) -> Instrument:
    return Instrument(country=row["country"], instrument=row["instrument"], status=Standing(row["status"]),
                      since=row["since"], **common)


def _position(row: Cells, common: dict[str, Any]) -> Position:
    return Position(country=row["country"], **common)


def _practice(row: Cells, common: dict[str, Any]) -> Practice:
    if not row["first"] and not row["last"]:
        raise ValueError("a practice needs a time")
    return Practice(country=row["country"], first=row["first"], last=row["last"], **common)


def _cooperation(row: Cells, common: dict[str, Any]) -> Cooperation:
    return Cooperation(country=row["country"], partner=row["partner"], title=row["title"], since=row["since"],
                       **common)


def _obligation(row: Cells, common: dict[str, Any]) -> Obligation:
    return Obligation(code=row["code"], instrument=row["instrument"], article=row["article"],
                      absolute=_yes(row["absolute"]), **common)


def _mechanism(row: Cells, common: dict[str, Any]) -> Mechanism:
    if row["when"] not in ("ongoing", "past", "any") or row["family"] not in ("yes", "either", "wished", "no"):
        raise ValueError("when is ongoing, past or any; family is yes, either, wished or no")
    return Mechanism(
        code=row["code"], name=row["name"], kinds=frozenset(row["kinds"].split()), when=row["when"],
        treaty=row["treaty"], within_months=int(row["within_months"] or 0),
        languages=frozenset(row["languages"].split()), family=row["family"],
        answer_days=int(row["answer_days"] or 0), **common)


def _step(row: Cells, common: dict[str, Any]) -> Step:
    return Step(
        pathway=row["pathway"], title=row["title"], country=row["country"], goal=row["goal"], order=int(row["order"]),
        by=row["by"], days_least=_days(row["days_least"]), days_most=_days(row["days_most"]), said_of=row["said_of"],
        alarm_days=_days(row["alarm_days"]), protects=_yes(row["protects"]), **common)


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _days(text: str) -> int | None:
    return int(text) if text else None
