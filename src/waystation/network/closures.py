"""Closures of a displacement network as windows of legs.

A closure shuts legs from its first day to its last, both included; -1 means for ever. Of type `country` it shuts every
leg between the two countries, `link` every leg between the two places, `location` every leg into or out of the place,
and `camp` or `idpcamp` every leg into it. The first three shut both directions. A window is what is left open between.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from waystation.network.csvfolder import CLOSURES, Line, day_in, lines_of
from waystation.network.locations import Location
from waystation.network.rows import Leg, Window
from waystation.problems import Findings

NEVER_ENDS = -1
KEPT = {"country", "location", "link", "camp", "idpcamp"}
SHUT = "shut for the whole time by the closures of the imported network"


@dataclass(frozen=True, slots=True)
class Closure:
    """One row of `closures.csv`. `last` None means for ever."""

    row: int
    type: str
    name1: str
    name2: str
    first: int
    last: int | None

    def shuts(self, start: Location, end: Location) -> bool:
        """Whether a leg between these locations is shut by it."""
        if self.type == "country":
            return {start.country, end.country} == {self.name1, self.name2}
        if self.type == "link":
            return {start.name, end.name} == {self.name1, self.name2}
        if self.type == "location":
            return self.name1 in {start.name, end.name}
        return self.name1 == end.name


def closures_of(folder: Path, locations: Mapping[str, Location], errors: Findings, notes: Findings) -> list[Closure]:
    """Read `closures.csv`, if there is one; what cannot be kept is skipped with a note."""
    countries = {location.country for location in locations.values()}
    found = []
    for line in lines_of(folder, CLOSURES, errors, optional=True):
        closure = _closure(line, errors)
        if closure is None:
            continue
        if closure.type not in KEPT:
            notes.add("RB909", CLOSURES.file, line.row, "type")
            continue
        known = countries if closure.type == "country" else locations.keys()
        named = ("name1", "name2") if closure.type in {"country", "link"} else ("name1",)
        unknown = [column for column in named if line[column] not in known]
        for column in unknown:
            notes.add("RB903", CLOSURES.file, line.row, column)
        if closure.last is not None and closure.last < closure.first:
            notes.add("RB919", CLOSURES.file, line.row, "last")
        elif not unknown:
            found.append(closure)
            if closure.type == "location" and locations[closure.name1].kind == "conflict_zone":
                notes.add("RB904", CLOSURES.file, line.row, "name1")
    return found


def _closure(line: Line, errors: Findings) -> Closure | None:
    first, last = (day_in(line, column, CLOSURES.file, errors) for column in ("first", "last"))
    if first is None or last is None:
        return None
    return Closure(line.row, line["type"].casefold(), line["name1"], line["name2"], first,
                   None if last == NEVER_ENDS else last)


def open_spans(closed: Iterable[tuple[int, int | None]]) -> list[tuple[int | None, int | None]]:
    """Spans of days left open by closed ones, both ends included; None means without end. Day 0 is the first known.

    A closure from day 0 on, or earlier, is taken to have lasted for ever before.

    >>> open_spans([(0, 22)]), open_spans([(5, 9), (8, None)]), open_spans([(0, None)]), open_spans([])
    ([(23, None)], [(None, 4)], [], [(None, None)])
    """
    spans: list[tuple[int | None, int | None]] = []
    opens: int | None = None  # first open day; None before every closure
    for first, last in sorted(closed, key=lambda span: span[0]):
        if first > 0 and (opens is None or first > opens):
            spans.append((opens, first - 1))
        if last is None:
            return spans
        opens = last + 1 if opens is None else max(opens, last + 1)
    return [*spans, (opens, None)]


def windows_of(leg: Leg, ends: tuple[Location, Location], closures: Iterable[Closure],
               start: date) -> tuple[Window, ...] | None:
    """The windows of a leg; none if nothing ever shuts it, None if it is shut for ever."""
    closed = [(closure.first, closure.last) for closure in closures if closure.shuts(*ends)]
    spans = open_spans(closed)
    if not spans:
        return None
    return tuple(Window(leg.code, _day(start, first), _day(start, last)) for first, last in spans) if closed else ()


def _day(start: date, day: int | None) -> date | None:
    return None if day is None else start + timedelta(days=day)
