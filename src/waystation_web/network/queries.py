"""Reading the route book. `book` is what a planner is given; everything else is what a page shows."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

from waystation.network.files import book_of_cells
from waystation.network.jsonbook import json_of
from waystation.network.rows import RouteBook
from waystation_web.contacts.queries import contacts
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records.queries import colleagues, may_make
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import held_ids

from . import freezes
from .chain import rows_of
from .coverage import coverage
from .drawing import geometry, twin
from .faults import faults_of
from .knowledge import areas_of, legs_of, moment_of, with_notices
from .notice import KINDS, notices_in
from .noting import codes_of
from .pages import (
    Asked,
    ChainPage,
    HoldingPage,
    NotePart,
    NoticeBoard,
    NoticeLine,
    Noting,
    Overview,
    Reporting,
    RowPage,
    SheetPage,
    asked_of,
    chain_page,
    counts_of,
    line_of,
    notice_line,
    page_of,
    said_columns,
)
from .reading import held_records, row_held, rows_held, rows_in
from .row import ORDER, TYPE_OF, Row, book_of, by_sheet


def book(actor: Actor) -> RouteBook:
    """The route book as it stands, through every check of a file: a plan made of it equals that of its export.

    Runs inside the caller's `writing()` and is recorded there as one list. Raises `InvalidBook` also while there is no
    book yet, `Refused` if one row does not open: a plan without that row would be another plan.
    """
    return book_of_cells(book_of(rows_held(actor)), name="the route book")


def digest(actor: Actor) -> str:
    """SHA-256 of the book as a JSON file, as hex: what a plan and a decision say they rest on. As `book`."""
    return sha256(json_of(book(actor))).hexdigest()


def overview(actor: Actor) -> Overview:
    """The book on one page: counts, legs, conditions, faults. Rows that do not open are counted, and nothing else.

    Raises `NoSuchVault` for somebody who holds nothing of it and writes none of it.
    """
    refused: list[bytes] = []
    records = _records(actor, refused)
    with writing():
        known = contacts(actor, refused=[])
    frozen = sorted({code for one in records if "freeze" in one.body for code in freezes.still(one)})
    rows = rows_in(records)
    standing, at = by_sheet(rows), moment_of(rows, clock.now())
    said = standing["book"][0].cells if "book" in standing else {}
    faults, invented = tuple(faults_of(rows)) if rows else (), bool(said.get("fictional"))
    legs, areas = with_notices(legs_of(standing, at), areas_of(standing, at), notices_in(records))
    return Overview(str(said.get("title", "")), invented, at, counts_of(standing), legs, areas,
                    faults, len(refused), may_make(actor, "leg"),
                    "" if faults or not rows else twin(standing, legs, fictional=invented),
                    coverage(standing, known, clock.today()), tuple(frozen))


def map_geometry(actor: Actor) -> dict[str, Any]:
    """The book for the map that moves, as GeoJSON: nothing while the book is not sound. Raises `NoSuchVault`."""
    rows = _rows(actor, [])
    standing, at = by_sheet(rows), moment_of(rows, clock.now())
    if not rows or faults_of(rows):
        return geometry({}, (), (), fictional=False)
    return geometry(standing, legs_of(standing, at), areas_of(standing, at),
                    fictional=bool(standing["book"][0].cells.get("fictional")))


def sheet(actor: Actor, name: str) -> SheetPage:
    """One sheet of the book. Raises `KeyError` for a word that is no sheet, `NoSuchVault` as `overview`."""
    if name not in ORDER:
        raise KeyError(name)
    rows = [row for row in _rows(actor, []) if row.sheet == name]
    columns = said_columns(name, rows)
    return SheetPage(name, columns, tuple(line_of(row, columns) for row in rows if not row.removed),
                     tuple(line_of(row, columns) for row in rows if row.removed), may_make(actor, TYPE_OF[name]))


def row(actor: Actor, row_id: bytes) -> RowPage:
    """One row with its history. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = row_held(actor, row_id)
        records = held_records(actor, refused=[])
    rows, people = rows_in(records), colleagues()
    today = moment_of(rows, clock.now()).date()
    noticed = tuple(notice_line(one, people, today) for one in notices_in(records)
                    if held.code and f"about_{held.sheet}" in one.fields and one.about == held.code)
    return replace(page_of(held, people, asked_of(held.sheet, by_sheet(rows)),
                           may_write=may_make(actor, TYPE_OF[held.sheet])), noticed=noticed)


def notices(actor: Actor) -> NoticeBoard:
    """Everything that was noticed beside the book. Raises `NoSuchVault` as `overview`."""
    records, people = _records(actor, []), colleagues()
    today = moment_of(rows_in(records), clock.now()).date()
    lines = [notice_line(one, people, today) for one in notices_in(records)]
    pairs: dict[str, list[NoticeLine]] = {}
    for line in lines:
        if line.kind == "relation":
            states = dict(line.said)
            pairs.setdefault(" – ".join(sorted((states["one"], states["other"]))), []).append(line)
    timeline = tuple(line for line in lines if line.kind in {"event", "relation"})
    others = tuple((kind, tuple(line for line in lines if line.kind == kind)) for kind in KINDS
                   if kind not in {"event", "relation"})
    return NoticeBoard(timeline, tuple((pair, tuple(said)) for pair, said in sorted(pairs.items())),
                       tuple((kind, said) for kind, said in others if said), may_make(actor, "report"))


def noting(actor: Actor, kind: str) -> Noting:
    """What a form for a notice of a kind asks for. Raises `KeyError`, `NoSuchVault`."""
    if not may_make(actor, "report"):
        raise NoSuchVault
    rows = _rows(actor, [])
    codes = codes_of(by_sheet(rows))
    parts = tuple(NotePart(part.name, part.required, part.of, part.choices or tuple(sorted(codes.get(part.of, ()))))
                  for part in KINDS[kind])
    return Noting(kind, moment_of(rows, clock.now()).date(), parts)


def blank(actor: Actor, name: str) -> tuple[Asked, ...]:
    """What a form for a new row asks for. Raises `KeyError` for a word that is no sheet, `NoSuchVault`."""
    if name not in ORDER:
        raise KeyError(name)
    if not may_make(actor, TYPE_OF[name]):
        raise NoSuchVault
    return asked_of(name, by_sheet(_rows(actor, [])))


def chain(actor: Actor, row_id: bytes) -> ChainPage:
    """The whole chain that one row belongs to. Raises `NoSuchVault` also for a row of another sheet."""
    with writing():
        held = row_held(actor, row_id)
        rows = rows_held(actor, refused=[])
    if held.sheet != "chains":
        raise NoSuchVault
    scope, season = held.cells["scope"], held.cells.get("season", "")
    return chain_page(_conditions(rows), scope, season, rows_of(rows, scope, season))


def blank_chain(actor: Actor) -> ChainPage:
    """A chain that is not there yet. Raises `NoSuchVault` for somebody who writes none."""
    if not may_make(actor, "hazard"):
        raise NoSuchVault
    return chain_page(_conditions(_rows(actor, [])), "", "", {})


def _conditions(rows: list[Row]) -> tuple[str, ...]:
    said = by_sheet(rows).get("book", [])
    return tuple(said[0].cells["conditions"]) if said else ()


def reporting(actor: Actor) -> Reporting:
    """What a report can be about. Raises `NoSuchVault` for somebody who writes none."""
    if not may_make(actor, "report"):
        raise NoSuchVault
    rows = _rows(actor, [])
    standing = by_sheet(rows)
    told = [row.cells for row in standing.get("reports", [])]
    return Reporting(moment_of(rows, clock.now()), tuple(row.cells["code"] for row in standing.get("areas", [])),
                     _conditions(rows), tuple(sorted({one["source"] for one in told})),
                     tuple(sorted({one["origin"] for one in told})))


def holding(actor: Actor) -> HoldingPage:
    """Which coordinators can open the whole book, and how many of its rows the others lack. Raises `NoSuchVault`."""
    with writing():
        ids = {one.id for one in held_records(actor)}
        people = [one for one in colleagues().values() if one.active and "coordinator" in one.roles]
        lacks = [(one, len(ids - held_ids(one.id))) for one in people]
    if not may_make(actor, "leg"):
        raise NoSuchVault
    lacks.sort(key=lambda one: one[0].handle)
    return HoldingPage(len(ids), tuple(one for one in lacks if one[1]), tuple(one for one, lack in lacks if not lack))


def _rows(actor: Actor, refused: list[bytes]) -> list[Row]:
    """All rows, for a page that says so if some do not open."""
    return rows_in(_records(actor, refused))


def _records(actor: Actor, refused: list[bytes]) -> list[Record]:
    """All rows and what lies beside them."""
    with writing():
        records = held_records(actor, refused=refused)
    if not records and not may_make(actor, "leg"):
        raise NoSuchVault
    return records
