"""A change of the world as somebody typed it, and as the core's file of a change says it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from waystation.network.changing import MARK, InvalidChange, read_change
from waystation.network.rows import RouteBook

ROWS: Mapping[str, int] = {"apply": 3, "dangers": 3, "prices": 2, "hours": 2}  # as many as the page has room for
CELLS: Mapping[str, tuple[str, ...]] = {
    "apply": ("place", "open"), "dangers": ("where", "times"), "prices": ("leg", "cost", "currency"),
    "hours": ("leg", "min", "mode", "max"),
}
HEADED = 2  # problems count rows as a workbook does, from 2
AREA, LEG = "area:", "leg:"  # of what the danger changes


@dataclass(frozen=True, slots=True)
class Fault:
    """What the route book has against one cell of a change: where it stands in the JSON, which rule, what to do."""

    sheet: str
    row: int       # from 0
    column: str
    code: str
    words: str


def cell(sheet: str, number: int, column: str) -> str:
    """The name of one cell of the form; rows from 1."""
    return f"{sheet}_{number}_{column}"


def typed_rows(cells: Mapping[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Sheet, number and cells of each row in which something stands.

    >>> list(typed_rows({"apply_2_place": "P1", "apply_2_open": True, "hours_1_leg": ""}))
    [('apply', 2, {'place': 'P1', 'open': True})]
    """
    for sheet, most in ROWS.items():
        for number in range(1, most + 1):
            row = {column: cells.get(cell(sheet, number, column)) for column in CELLS[sheet]}
            if any(value not in (None, "") for value in row.values()):
                yield sheet, number, row


def written(title: str, cells: Mapping[str, Any]) -> tuple[dict[str, Any], dict[tuple[str, int], int]]:
    """The change as JSON, and by its sheet and row there the number of the row in which it was typed.

    >>> written("", {"dangers_3_where": "leg:L1", "dangers_3_times": 2.0})
    ({'waystation_change': 1, 'title': '', 'dangers': [{'leg': 'L1', 'times': 2.0}]}, {('dangers', 0): 3})
    """
    made: dict[str, Any] = {MARK: 1, "title": title}
    typed: dict[tuple[str, int], int] = {}
    for sheet, number, row in typed_rows(cells):
        rows = made.setdefault(sheet, [])
        typed[sheet, len(rows)] = number
        rows.append(_danger(row) if sheet == "dangers" else row)
    return made, typed


def faults(change: Mapping[str, Any], book: RouteBook) -> tuple[Fault, ...]:
    """What is wrong with a change of this book; nothing, if it can be asked about."""
    try:
        read_change(json.dumps(change).encode(), book)
    except InvalidChange as reason:
        return tuple(Fault(one.sheet, one.row - HEADED, one.column, one.code, f"{one.cell} {one.sentence}")
                     for one in reason.problems)
    return ()


def _danger(row: Mapping[str, Any]) -> dict[str, Any]:
    kind, _, code = str(row["where"]).partition(":")
    return {kind: code, "times": row["times"]}
