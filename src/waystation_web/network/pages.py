"""What the pages of the book are given: plain values, made from its rows for one request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.network.columns import BY_NAME, Column
from waystation.network.rows import MODES
from waystation_web.records.queries import Colleague
from waystation_web.records.record import ABSENT, moment

from .coverage import CountryLine
from .faults import Fault, columns_of
from .knowledge import AreaLine, LegLine
from .notice import Notice
from .row import ORDER, Cells, Row

CHOSEN = {"areas": ("areas", "code"), "places": ("places", "code"), "profiles": ("profiles", "code"),
          "legs": ("legs", "code"), "currencies": ("rates", "currency")}


@dataclass(frozen=True, slots=True)
class Overview:
    """The book on one page."""

    title: str
    fictional: bool
    at: datetime
    counts: tuple[tuple[str, int], ...]
    legs: tuple[LegLine, ...] = ()
    areas: tuple[AreaLine, ...] = ()
    faults: tuple[Fault, ...] = ()
    refused: int = 0
    may_write: bool = False
    twin: str = field(default="", repr=False)
    coverage: tuple[CountryLine, ...] = ()
    frozen: tuple[str, ...] = field(default=(), repr=False)

    @property
    def empty(self) -> bool:
        """Nothing is in it yet."""
        return not any(count for _, count in self.counts)

    @property
    def open_legs(self) -> tuple[LegLine, ...]:
        """Legs that somebody may take, now or once they open again."""
        return tuple(leg for leg in self.legs if not leg.forbidden)

    @property
    def forbidden_legs(self) -> tuple[LegLine, ...]:
        """Legs that nobody may take, with their reasons."""
        return tuple(leg for leg in self.legs if leg.forbidden)


@dataclass(frozen=True, slots=True)
class Line:
    """A row in the table of its sheet: its id, what people call it, and its cells by the columns shown."""

    id: bytes
    code: str
    cells: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet: the columns that say anything, its rows, and how many were removed."""

    sheet: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    removed: tuple[Line, ...] = ()
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One column as a form asks for it. `known` are the codes that it may refer to, `choices` its only words."""

    name: str
    required: bool
    unit: str
    example: str
    choices: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """One line of a row's history: who wrote it, when, and what each changed column said before."""

    at: datetime
    by: str
    what: str
    was: tuple[tuple[str, Any, Any], ...] = ()   # column, before, after


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row with all that it ever said."""

    id: bytes
    sheet: str
    code: str
    cells: Cells
    revision: int
    removed: bool
    made_by: str
    made_at: datetime
    history: tuple[Before, ...] = ()
    asked: tuple[Asked, ...] = ()
    may_write: bool = False
    noticed: tuple[NoticeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a report can be about, and the codes of sources that were named before."""

    at: datetime
    areas: tuple[str, ...]
    conditions: tuple[str, ...]
    sources: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in a list: who wrote it, what it says, and of a count how much still counts, of 100."""

    id: bytes
    kind: str
    day: date
    about: str
    source: str
    grade: str
    by: str
    said: tuple[tuple[str, Any], ...]
    withdrawn: str = ""
    over: bool = False
    counts: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeBoard:
    """Every notice: states in the order of time, everything else by kind."""

    timeline: tuple[NoticeLine, ...]
    relations: tuple[tuple[str, tuple[NoticeLine, ...]], ...]
    others: tuple[tuple[str, tuple[NoticeLine, ...]], ...]
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class NotePart:
    """One field of a notice as a form asks for it."""

    name: str
    required: bool
    of: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noting:
    """A notice as a form begins."""

    kind: str
    today: date
    parts: tuple[NotePart, ...]


@dataclass(frozen=True, slots=True)
class ChainPage:
    """One chain as a form begins: `initial` by the form's fields."""

    conditions: tuple[str, ...]
    initial: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class HoldingPage:
    """Who can open the book: coordinators with how many of its rows they lack."""

    rows: int
    lacking: tuple[tuple[Colleague, int], ...]
    whole: tuple[Colleague, ...]


def line_of(row: Row, columns: Sequence[str]) -> Line:
    """A row as a line of its table."""
    return Line(row.id, row.code, tuple((name, row.cells.get(name)) for name in columns))


def said_columns(sheet: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns of a sheet in which any of these rows says anything."""
    return tuple(name for name in columns_of(sheet) if any(name in row.cells for row in rows))


def counts_of(standing: dict[str, list[Row]]) -> tuple[tuple[str, int], ...]:
    """Every sheet with the number of its rows."""
    return tuple((sheet, len(standing.get(sheet, []))) for sheet in ORDER if sheet != "names" or "names" in standing)


def asked_of(sheet: str, standing: dict[str, list[Row]]) -> tuple[Asked, ...]:
    """The columns of a sheet as a form asks for them."""
    return tuple(_asked(column, standing) for column in BY_NAME[sheet].columns if column.field != "-")


def _asked(column: Column, standing: dict[str, list[Row]]) -> Asked:
    one_word = bool(column.kind.choices) and not column.kind.words.startswith("list")
    return Asked(column.name, column.required, column.unit, column.example,
                 column.kind.choices if one_word else (), tuple(_known(column.refers, standing)))


def _known(refers: str, standing: dict[str, list[Row]]) -> list[str]:
    found: list[str] = []
    for name in filter(None, refers.split(" or ")):
        if name in CHOSEN:
            sheet, column = CHOSEN[name]
            found += [row.cells[column] for row in standing.get(sheet, [])]
        if name == "countries":
            found += sorted({row.cells["country"] for row in standing.get("areas", [])})
        if name == "modes":
            found += ["all", *MODES]
        for row in standing.get("book", []):
            if name == "currencies":
                found.append(row.cells["money_currency"])
            if name == "conditions":
                found += row.cells["conditions"]
            if name == "seasons":
                found += [season.partition(":")[0] for season in row.cells["seasons"]]
    return found


def notice_line(one: Notice, people: dict[bytes, Colleague], today: date) -> NoticeLine:
    """A notice as a list shows it."""
    said = tuple((name, value) for name, value in one.fields.items() if not name.startswith("about_"))
    return NoticeLine(one.id, one.kind, one.day, one.about, one.source, one.grade,
                      _handle(one.record.made.by, people), said, one.withdrawn, one.over,
                      one.counts(today) if one.kind == "count" else None)


def chain_page(conditions: Sequence[str], scope: str, season: str, rows: dict[tuple[str, str], Row]) -> ChainPage:
    """A chain as a form begins."""
    said = {"scope": scope, "season": season,
            "editions": " ".join(f"{row.id.hex()}:{row.written.revision}" for row in rows.values())}
    for i, one in enumerate(conditions):
        for j, other in enumerate(conditions):
            if (one, other) in rows:
                said[f"share_{i}_{j}"] = str(rows[one, other].cells["share"])
                said[f"strength_{i}"] = str(rows[one, other].cells.get("strength", ""))
    return ChainPage(tuple(conditions), said)


def history_of(row: Row, people: dict[bytes, Colleague]) -> tuple[Before, ...]:
    """What a row said before each of its changes, the newest first."""
    lines, later = [], row.cells
    for line in reversed(row.written.history):
        was = line.get("was", {}).get("row", later)
        was = {} if was == ABSENT else was
        changed = [name for name in columns_of(row.sheet) if was.get(name) != later.get(name)]
        lines.append(Before(moment(line["at"]), _handle(bytes.fromhex(line["by"]), people), str(line["what"]),
                            tuple((name, was.get(name), later.get(name)) for name in changed)))
        later = was
    return tuple(lines)


def page_of(row: Row, people: dict[bytes, Colleague], asked: tuple[Asked, ...], *, may_write: bool) -> RowPage:
    """The page of a row."""
    held = row.written
    return RowPage(row.id, row.sheet, row.code, row.cells, held.revision, row.removed, _handle(held.made.by, people),
                   held.made.at, history_of(row, people), asked, may_write)


def _handle(account: bytes, people: dict[bytes, Colleague]) -> str:
    return people[account].handle if account in people else "?"
