"""Our own counts, as tables that may leave: who arrived, which kinds of ways were chosen. Rows in, tables out.

A table is one of a fixed list, over whole quarters that are past: whoever takes it again next week takes the same one,
and nothing can be reckoned from the difference. What is small is left out or put together (`waystation.figures`). Of a
way its means and countries are counted, never a leg, a place or an area.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from types import MappingProxyType

from waystation import __version__
from waystation.figures.disclosure import LEAST, ROUNDED, CannotShow, Dimension, Shown, disclosed

UNKNOWN = "?"
ARRIVALS, WAYS = "arrivals", "ways"


@dataclass(frozen=True, slots=True)
class Table:
    """One table that can be counted: of what, by what. Years are ordered: a small one joins its neighbour."""

    code: str
    of: str
    by: tuple[str, ...]


TABLES: Mapping[str, Table] = MappingProxyType({one.code: one for one in (
    Table("arrivals-year-sex", ARRIVALS, ("year", "sex")), Table("arrivals-country-sex", ARRIVALS, ("country", "sex")),
    Table("arrivals-year-age", ARRIVALS, ("year", "age")),
    Table("ways-means-chosen", WAYS, ("means", "chosen")),
    Table("ways-countries-chosen", WAYS, ("countries", "chosen")),
    Table("ways-year-chosen", WAYS, ("year", "chosen")))})


@dataclass(frozen=True, slots=True)
class Query:
    """What was counted, so that it can be counted again: which table, until which day, by which rules.

    Neither how many records there are nor a digest of what was counted: whoever has the sums could try every small
    count against it. Those stand in the record of acts alone.
    """

    table: Table
    until: date
    version: str = __version__

    @property
    def words(self) -> str:
        """One line that stands with every number, in the record of acts and in each file.

        >>> Query(TABLES["arrivals-year-sex"], date(2025, 12, 31), "0.1.0").words
        'arrivals by year, sex; to 2025-12-31; below 11 left out, rounded to 5; waystation 0.1.0'
        """
        return (f"{self.table.of} by {', '.join(self.table.by)}; to {self.until.isoformat()}; below {LEAST} left out, "
                f"rounded to {ROUNDED}; waystation {self.version}")


@dataclass(frozen=True, slots=True)
class Counted:
    """A table as it may leave, or why nothing of it may."""

    query: Query
    shown: Shown | None
    refused: str = ""


def quarter_before(day: date) -> date:
    """The last day of the quarter before a day's own.

    >>> quarter_before(date(2026, 3, 2)), quarter_before(date(2026, 4, 1))
    (datetime.date(2025, 12, 31), datetime.date(2026, 3, 31))
    """
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


def counted(query: Query, rows: Iterable[Mapping[str, str]]) -> Counted:
    """The table of these rows, each of which says every thing that is counted by.

    >>> few = counted(Query(TABLES["arrivals-year-sex"], date(2025, 12, 31)), [{"year": "2025", "sex": "2"}])
    >>> few.shown, few.refused
    (None, 'Fewer than 11 in all: nothing of it is shown.')
    """
    counts = Counter(tuple(row[name] or UNKNOWN for name in query.table.by) for row in rows)
    dimensions = [Dimension(name, tuple(sorted({cell[place] for cell in counts})), ordered=name == "year")
                  for place, name in enumerate(query.table.by)]
    try:
        return Counted(query, disclosed(counts, dimensions))
    except CannotShow as reason:
        return Counted(query, None, str(reason))


def table(of: Counted) -> str:
    """What may leave as CSV: each cell, each sum, and below them how it was counted. An empty count is left out."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*of.query.table.by, "people" if of.query.table.of == ARRIVALS else "decisions"))
    if of.shown is not None:
        for cell, count in of.shown.cells.items():
            writer.writerow((*cell, "" if count is None else count))
        for place, sums in enumerate(of.shown.sums):
            for name, count in sums.items():
                writer.writerow((*(name if at == place else "all" for at in range(len(of.query.table.by))), count))
        writer.writerow((*("all" for _name in of.query.table.by), of.shown.total))
    writer.writerow((f"# {of.query.words}",))
    return out.getvalue()
