"""One of our own tables as rows of a page and as bars of a picture; what is left out has no bar, and says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext

from waystation.figures.disclosure import Shown

from . import words
from .own import TABLES, UNKNOWN, Counted, Table

WIDE, ROOM, HIGH = 340, 40, 34   # of the picture: as wide as a phone, room for a count, a row with its words above


@dataclass(frozen=True, slots=True)
class Bar:
    """One cell: its words, its count (None: left out), and where it stands in the picture."""

    words: str
    count: int | None
    top: int
    base: int
    beside: int
    width: float
    after: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table for a page and a picture."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], int | None], ...]
    sums: tuple[tuple[str, int], ...]
    total: int
    together: tuple[str, ...]
    bars: tuple[Bar, ...] = field(repr=False)
    high: int


def named(of: Table) -> str:
    """What a table is called."""
    return f"{words.OWN[of.of]}: {', '.join(str(words.BY[name]) for name in of.by)}"


def choices() -> tuple[tuple[str, str], ...]:
    """Every table that can be counted."""
    return tuple((code, named(one)) for code, one in TABLES.items())


def value(by: str, code: str) -> str:
    """A category in words."""
    if code == UNKNOWN:
        return gettext("not known")
    return str(words.VALUES.get(by, {}).get(code, code))


def drawn(of: Counted) -> Drawn | None:
    """A table that may leave; None for one that may not."""
    shown: Shown | None = of.shown
    if shown is None:
        return None
    by = of.query.table.by
    rows = tuple((tuple(value(name, one) for name, one in zip(by, cell, strict=True)), count)
                 for cell, count in shown.cells.items())
    most = max([count for _cell, count in rows if count] or [1])
    bars = []
    for at, (cell, count) in enumerate(rows):
        wide = round((WIDE - ROOM) * (count or 0) / most, 1)
        bars.append(Bar(", ".join(cell), count, HIGH * at + 17, HIGH * at + 12, HIGH * at + 26, wide, wide + 6))
    sums = tuple((f"{words.BY[name]}: {value(name, one)}", count)
                 for name, of_one in zip(by, shown.sums, strict=True) for one, count in of_one.items())
    return Drawn(named(of.query.table), tuple(str(words.BY[name]) for name in by), rows, sums, shown.total,
                 tuple(sorted({value(name, one) for name, called in zip(by, shown.called, strict=True)
                               for one, now in called.items() if one != now})),
                 tuple(bars), HIGH * len(bars) + 4)
