"""Which fields are kept, what for, how sensitive each is, how long, and whether it may ever leave.

One table, `fields.csv` beside this file: a line for each type of record, for each field of its payload, for each field
of the items of its lists, and for each column of each table. What has no line is not written: `check` is asked at the
one place where payloads are made, and a test asks the database for its columns. Of which kind a vault is follows from
the type of its record.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any

from .roles import TYPES, Kind

TABLE, EVERY, COLUMN, ITEM = "fields.csv", "*", "column:", "[]."
COLUMNS = ("of", "field", "purpose", "class", "clock", "leaves")
LONGEST = 120  # characters of a purpose: a few words


class Class(StrEnum):
    """How sensitive a field is."""

    PUBLIC = "C0"
    HOUSE = "C1"
    TEAM = "C2"
    IDENTIFYING = "C3"


class Leaves(StrEnum):
    """By which ways a field may leave the office; `NEVER` stands alone."""

    NEVER = "never"
    CONSENT = "consent"        # to a named recipient, for a purpose, by the consent of whoever it is about
    OWN_FILE = "own file"      # to the person it is about
    TWO = "two sign"           # sealed to named people, by two signatures
    STORY = "story"            # told to the public, without names, cleared by two
    TAKEOUT = "takeout"        # with everything, from an office that closes


@dataclass(frozen=True, slots=True)
class Field:
    """One line: a type of record (no name), a field of it, or a column of a table (`column:account`)."""

    of: str
    name: str
    purpose: str
    sort: Class
    clock: str          # of `casework.retention`, or in words what it goes with; "by hand": when somebody destroys it
    leaves: frozenset[Leaves]

    @property
    def kind(self) -> Kind | None:
        """The kind of vault it lies in; None for what lies outside, or in each of them."""
        return TYPES.get(self.of)


class Unlisted(ValueError):
    """A field without a line: it is not known what for it would be kept, for how long, and whether it may leave."""


@lru_cache(maxsize=1)
def registry() -> Mapping[tuple[str, str], Field]:
    """Every line of the table, by type and field. Raises `ValueError` with every fault of it."""
    return read(csv.DictReader(StringIO(files("waystation.access").joinpath(TABLE).read_text("utf-8"), newline="")))


def read(rows: Iterable[Mapping[str, str]]) -> Mapping[tuple[str, str], Field]:
    """Lines of the table. A field without a class, a clock or a way out of its own has those of its type.

    >>> note = {"of": "note", "purpose": "what colleagues tell", "class": "C2", "clock": "by hand", "leaves": "takeout"}
    >>> text = {"of": "note", "field": "text", "purpose": "the words", "leaves": "never"}
    >>> found = read(dict.fromkeys(COLUMNS, "") | row for row in (note, text))[("note", "text")]
    >>> found.sort.value, found.kind.name, found.clock, sorted(found.leaves)
    ('C2', 'PEOPLE', 'by hand', [<Leaves.NEVER: 'never'>])
    """
    found, faults = dict[tuple[str, str], Field](), list[str]()
    for row in rows:
        key, above = (row["of"], row["field"]), found.get((row["of"], ""))
        try:
            faults += [f"{':'.join(key)} {what}" for what in _wrong(row, key in found)]
            sort = Class(row["class"]) if row["class"] or above is None else above.sort
            ways = frozenset(map(Leaves, row["leaves"].split("; "))) if row["leaves"] or above is None else above.leaves
            clock = row["clock"] if row["clock"] or above is None else above.clock
            found[key] = Field(*key, row["purpose"], sort, clock, ways)
        except ValueError as reason:
            faults.append(f"{':'.join(key)}: {reason}")
    if faults:
        raise ValueError(f"{TABLE}: " + "; ".join(faults))
    return MappingProxyType(found)


def _wrong(row: Mapping[str, str], twice: bool) -> Iterator[str]:
    if twice:
        yield "has two lines"
    if not 0 < len(row["purpose"]) <= LONGEST:
        yield f"has no purpose in a few words ({LONGEST} characters at most)"
    if row["of"] not in TYPES and row["of"] != EVERY and not row["of"].startswith(COLUMN):
        yield "is of no type of records"
    if not row["field"] and not row["clock"]:
        yield "has no clock"
    if Leaves.NEVER in row["leaves"].split("; ") and row["leaves"] != Leaves.NEVER:
        yield "leaves never, and by another way"


def unlisted(type_: str, payload: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields of a payload, and of the items of its lists, that have no line. Never a value.

    >>> unlisted("note", {"v": 1, "title": "x", "mood": "y", "history": [{"at": 1, "face": 2}]})
    ('mood', 'history[].face')
    """
    lines = registry()
    if (type_, "") not in lines:
        return (f"type {type_}",)
    return tuple(dict.fromkeys(name for name in names_of(payload) if not {
        (type_, name), (EVERY, name), (EVERY, name[name.find(ITEM):] if ITEM in name else name)} & lines.keys()))


def names_of(payload: Mapping[str, Any]) -> Iterator[str]:
    """Names of fields, and of fields of items of lists.

    >>> list(names_of({"a": 1, "b": [{"c": 2}, 3]}))
    ['a', 'b', 'b[].c']
    """
    for name, value in payload.items():
        yield name
        if isinstance(value, list | tuple):
            for item in value:
                if isinstance(item, Mapping):
                    yield from (f"{name}[].{inner}" for inner in item)


def check(type_: str, payload: Mapping[str, Any]) -> None:
    """Raise `Unlisted` for a payload that holds what has no line."""
    if missing := unlisted(type_, payload):
        raise Unlisted(f"{', '.join(missing)} of {type_}: no line in src/waystation/access/{TABLE} says what for this "
                       "is kept, how sensitive it is and whether it may leave. Write one; nothing was written")
