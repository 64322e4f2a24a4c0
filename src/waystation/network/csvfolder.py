"""The CSV files of a displacement network, read with the line that each value stood on.

UTF-8, commas. A first line that starts with `#` names the columns; without one they stand in the usual order. Lines
that start with `#` later are remarks. What cannot be read is noted with file, row and column, all at once.
"""

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waystation.problems import Findings

MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CSV file: its number, and its cells by column."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one file in their usual order; each with the beginnings of the headings that mean it."""

    file: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    needed: int  # so many of the first columns must be there

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _ in self.columns)


LOCATIONS = Layout("locations.csv", (
    ("name", ("name", "location_name")), ("region", ("region",)), ("country", ("country",)), ("lat", ("lat", "gps_x")),
    ("lon", ("lon", "gps_y")), ("location_type", ("location_type", "type")), ("conflict_date", ("conflict",)),
    ("pop_or_cap", ("pop", "cap")),
), 6)
ROUTES = Layout("routes.csv", (
    ("name1", ("name1",)), ("name2", ("name2",)), ("distance", ("dist",)), ("forced_redirection", ("forced",)),
), 3)
CLOSURES = Layout("closures.csv", (
    ("type", ("closure_type", "type")), ("name1", ("name1",)), ("name2", ("name2",)),
    ("first", ("closure_start", "first", "start")), ("last", ("closure_end", "last", "end")),
), 5)


def text_of(path: Path, findings: Findings) -> str | None:
    """The text of a file, or None and a note."""
    try:
        if path.stat().st_size > MOST_BYTES:
            findings.add("RB801", path.name)
            return None
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        findings.add("RB101", path.name)
    except UnicodeDecodeError:
        findings.add("RB103", path.name)
    return None


def records(text: str) -> list[tuple[int, list[str]]]:
    """All lines with something on them: line number and cells without outer blanks."""
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    return [(reader.line_num, cells) for line in reader if any(cells := [cell.strip() for cell in line])]


def lines_of(folder: Path, layout: Layout, findings: Findings, *, optional: bool = False) -> list[Line]:
    """The lines of one file of the folder; none, and a note, if it is not there and must be."""
    path = folder / layout.file
    if not path.exists():
        if not optional:
            findings.add("RB111", layout.file)
        return []
    text = text_of(path, findings)
    try:
        rows = records(text or "")
    except csv.Error:  # a NUL, or a cell without end
        findings.add("RB103", layout.file)
        return []
    at = {name: position for position, name in enumerate(layout.names)}
    if rows and rows[0][1][0].startswith("#"):
        number, heads = rows.pop(0)
        at = _heading(heads, layout, number, findings)
    return [Line(number, {name: cells[position] for name, position in at.items() if position < len(cells)})
            for number, cells in rows if not cells[0].startswith("#")]


def _heading(heads: list[str], layout: Layout, number: int, findings: Findings) -> dict[str, int]:
    """Where each column stands. A heading that is missing but needed is noted."""
    words = [head.lstrip("#").strip().strip('"').casefold() for head in heads]
    at: dict[str, int] = {}
    for needed, (name, beginnings) in enumerate(layout.columns):
        found = [position for position, word in enumerate(words) if word.startswith(beginnings)]
        if found:
            at[name] = found[0]
        elif needed < layout.needed:
            findings.add("RB114", layout.file, number, name, missing=name)
    return at


def number_in(line: Line, column: str, file: str, findings: Findings) -> float | None:
    """A finite number, or None and a note."""
    try:
        value = float(line[column])
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    findings.add("RB202", file, line.row, column)
    return None


def day_in(line: Line, column: str, file: str, findings: Findings) -> int | None:
    """A number of a day, or None and a note."""
    value = number_in(line, column, file, findings)
    if value is not None and not (value.is_integer() and abs(value) < 100_000):
        findings.add("RB204", file, line.row, column)
        return None
    return None if value is None else int(value)


def start_of(folder: Path, findings: Findings) -> date | None:
    """The first day of the period, from `sim_period.csv`."""
    file = "sim_period.csv"
    path = folder / file
    if not path.exists():
        findings.add("RB111", file)
        return None
    for row, cells in _safe_records(text_of(path, findings), file, findings):
        if cells[0].lstrip("#").strip().casefold() == "startdate":
            try:
                return date.fromisoformat(cells[1] if len(cells) > 1 else "")
            except ValueError:
                findings.add("RB501", file, row, "StartDate")
                return None
    findings.add("RB114", file, 0, "StartDate", missing="StartDate")
    return None


def _safe_records(text: str | None, file: str, findings: Findings) -> list[tuple[int, list[str]]]:
    try:
        return records(text or "")
    except csv.Error:
        findings.add("RB103", file)
        return []


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The conflict table: for each place the number of its column, and for each day the values."""

    columns: Mapping[str, int]
    values: Mapping[int, Mapping[str, float]]  # day -> place -> 0..1

    def first_day(self, place: str) -> int | None:
        """The first day of conflict at a place; None if there is none, or no column."""
        days = [day for day, row in self.values.items() if row.get(place, 0.0) > 0]
        return min(days, default=None)


def conflicts_of(folder: Path, findings: Findings) -> Conflicts | None:
    """The conflict table, or None if the folder has none. An empty last column is left out."""
    file = "conflicts.csv"
    path = folder / file
    if not path.exists():
        return None
    rows = _safe_records(text_of(path, findings), file, findings)
    if not rows or not rows[0][1][0].startswith("#"):
        findings.add("RB114", file, 1, "#Day", missing="#Day")
        return None
    columns = {k: place for k, place in enumerate(rows[0][1]) if k and place}
    values: dict[int, dict[str, float]] = {}
    for row, cells in rows[1:]:
        # columns are spoken of by number: their headings are places
        line = Line(row, {"#Day": cells[0], **{f"column {k + 1}": cells[k] for k in columns if k < len(cells)}})
        day = day_in(line, "#Day", file, findings)
        read = {place: _share(line, f"column {k + 1}", file, findings) for k, place in columns.items()}
        if day is not None:
            values[day] = {place: value for place, value in read.items() if value is not None}
    return Conflicts({place: k + 1 for k, place in columns.items()}, values)


def _share(line: Line, column: str, file: str, findings: Findings) -> float | None:
    value = number_in(line, column, file, findings) if line[column] else None
    if value is not None and not 0 <= value <= 1:
        findings.add("RB401", file, line.row, column, below="")
        return None
    return value


def registrations(root: Path, findings: Findings) -> dict[str, tuple[int, set[float]]]:
    """For each camp in `data_layout.csv`, anywhere under the folder: its line there and the numbers registered.

    For a camp of several files the sum of their highest numbers is one of its numbers.
    """
    layouts = sorted(root.rglob("data_layout.csv"), key=lambda path: (len(path.parts), path))
    found: dict[str, tuple[int, set[float]]] = {}
    for layout in layouts[:1]:
        for row, cells in _safe_records(text_of(layout, findings), layout.name, findings):
            if cells[0].startswith("#") or cells[0] == "total":
                continue
            series: list[list[float]] = []
            for file in filter(None, cells[1:]):
                path = layout.parent / file
                if Path(file).name != file or not _is_file(path):  # nothing outside the folder is opened
                    findings.add("RB920", layout.name, row, "file")
                    continue
                series.append(_counts(path, findings))
            together = sum(max(counts, default=0.0) for counts in series)
            found[cells[0]] = (row, {together, *(count for counts in series for count in counts)})
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that this system does not allow
        return False


def _counts(path: Path, findings: Findings) -> list[float]:
    lines = (Line(row, {"count": cells[1]})
             for row, cells in _safe_records(text_of(path, findings), path.name, findings)
             if len(cells) > 1 and not cells[0].startswith("#") and cells[1])
    return [value for line in lines if (value := number_in(line, "count", path.name, findings)) is not None]
