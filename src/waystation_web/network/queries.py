"""Reading the route book. `book` is what a planner is given; everything else is what a page shows."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from waystation.network.files import book_of_cells
from waystation.network.jsonbook import json_of
from waystation.network.rows import RouteBook
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records.queries import colleagues, may_make
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import current

from .chain import rows_of
from .drawing import geometry, twin
from .faults import faults_of
from .knowledge import areas_of, legs_of, moment_of
from .pages import (
    Asked,
    ChainPage,
    HoldingPage,
    Overview,
    Reporting,
    RowPage,
    SheetPage,
    asked_of,
    chain_page,
    counts_of,
    line_of,
    page_of,
    said_columns,
)
from .reading import held_records, row_held, rows_held
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
    rows = _rows(actor, refused)
    standing, at = by_sheet(rows), moment_of(rows, clock.now())
    said = standing["book"][0].cells if "book" in standing else {}
    faults, legs = tuple(faults_of(rows)) if rows else (), tuple(legs_of(standing, at))
    invented = bool(said.get("fictional"))
    return Overview(str(said.get("title", "")), invented, at, counts_of(standing), legs, tuple(areas_of(standing, at)),
                    faults, len(refused), may_make(actor, "leg"),
                    "" if faults or not rows else twin(standing, legs, fictional=invented))


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
        standing = by_sheet(rows_held(actor, refused=[]))
    return page_of(held, colleagues(), asked_of(held.sheet, standing), may_write=may_make(actor, TYPE_OF[held.sheet]))


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
        lacks = [(one, len(ids - {grant.vault_id for grant in current(one.id)})) for one in people]
    if not may_make(actor, "leg"):
        raise NoSuchVault
    lacks.sort(key=lambda one: one[0].handle)
    return HoldingPage(len(ids), tuple(one for one in lacks if one[1]), tuple(one for one, lack in lacks if not lack))


def _rows(actor: Actor, refused: list[bytes]) -> list[Row]:
    """All rows, for a page that says so if some do not open."""
    with writing():
        rows = rows_held(actor, refused=refused)
    if not rows and not may_make(actor, "leg"):
        raise NoSuchVault
    return rows
