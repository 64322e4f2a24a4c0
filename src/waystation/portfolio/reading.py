"""Reading JSON of which nothing is believed: every mistake at once, each with its place, none with the data in it.

A reader takes a raw value and its place (`/missions/2/size`) and gives the value; what is wrong it notes, and goes on.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from waystation.portfolio.rules import RULES
from waystation.problems import Findings
from waystation.texts import TEXT_MAX, found_in, has_hidden, starts_formula

MOST_MB = 5
MOST = 500  # missions, areas, guides, houses
NEEDED: Any = object()
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,23}")

_ROW = re.compile(r"/(missions|areas|take|leave|let_in)/(\d+)(?:/(.*))?")

Read = Callable[[Any, str, "Reading"], Any]


class Twice(dict[str, Any]):
    """A JSON object in which a key stood twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Twice(made)


def _where(at: str) -> tuple[str, int, str]:
    """Sheet, row and column of a place.

    >>> _where("/missions/2/variants/0/cost"), _where("/budget")
    (('missions', 4, 'variants/0/cost'), ('', 0, 'budget'))
    """
    found = _ROW.fullmatch(at)
    return (found[1], int(found[2]) + 2, found[3] or "") if found else ("", 0, at.lstrip("/"))


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an object: how it is read, what it means, and what stands for it when it is left out."""

    read: Read
    meaning: str
    default: Any = NEEDED


class Reading:
    """One file while it is read. What is wrong is found in `findings`; a value that is wrong reads as None."""

    def __init__(self, name: str) -> None:
        self.findings = Findings(RULES, file=name)

    def wrong(self, code: str, at: str, **hints: Any) -> None:
        """Note what is wrong at a place; a row counts as in a workbook, where 1 is the heading."""
        sheet, row, column = _where(at)
        self.findings.add(code, sheet, row, column, cell=at or "/", **hints)

    @property
    def clean(self) -> bool:
        """Whether nothing was wrong so far."""
        return not self.findings.problems

    def document(self, data: bytes, what: str, mark: str) -> dict[str, Any]:
        """The object that a file is; an empty one, noted, if it is none."""
        if len(data) > MOST_MB * 1_000_000:
            self.wrong("PF102", "", most=MOST_MB)
            return {}
        found: Any = None
        try:
            found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
        except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested without end
            found = None
        if not isinstance(found, dict) or found.get(mark) != 1 or isinstance(found.get(mark), bool):
            self.wrong("PF101", "", what=what, mark=mark)
            return {}
        return found

    def fields(self, raw: Any, at: str, keys: Mapping[str, Key]) -> dict[str, Any]:
        """The values of an object's keys; unknown keys and missing ones are noted."""
        if not isinstance(raw, dict):
            self.wrong("PF204", at, wanted="a JSON object")
            return {}
        if isinstance(raw, Twice):
            self.wrong("PF104", at)
        for position, key in enumerate(raw, start=1):
            if key not in keys:
                close = get_close_matches(key, list(keys), n=1)
                self.wrong("PF103", f"{at or '/'} key {position}",
                           nearest=f"if `{close[0]}` is meant, write that; else " if close else "")
        values: dict[str, Any] = {}
        for name, key in keys.items():
            if name in raw:
                values[name] = key.read(raw[name], f"{at}/{name}", self)
            elif key.default is NEEDED:
                self.wrong("PF105", at, field=name, meaning=key.meaning)
            else:
                values[name] = key.default
        return values


def whole(low: int, high: int, *, empty: bool = False) -> Read:
    """A whole number; `empty` also allows null."""
    def read(raw: Any, at: str, to: Reading) -> int | None:
        if raw is None and empty:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int) or not low <= raw <= high:
            to.wrong("PF201", at, low=low, high=high)
            return None
        return raw

    return read


def true_or_false(raw: Any, at: str, to: Reading) -> bool | None:
    """True or false."""
    if isinstance(raw, bool):
        return raw
    to.wrong("PF202", at)
    return None


def code(raw: Any, at: str, to: Reading) -> str | None:
    """An opaque code."""
    if isinstance(raw, str) and _CODE.fullmatch(raw):
        return raw
    to.wrong("PF203", at)
    return None


def line(raw: Any, at: str, to: Reading) -> str | None:
    """A line of text that leads to nobody."""
    if (isinstance(raw, str) and len(raw) <= TEXT_MAX and not has_hidden(raw) and not starts_formula(raw.strip())
            and not found_in(raw)):
        return raw.strip()
    to.wrong("PF207", at, limit=TEXT_MAX)
    return None


def rows(each: Read) -> Read:
    """A list."""
    def read(raw: Any, at: str, to: Reading) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            to.wrong("PF204", at, wanted="a list")
            return ()
        if len(raw) > MOST:
            to.wrong("PF210", at, most=MOST)
            return ()
        return tuple(each(one, f"{at}/{number}", to) for number, one in enumerate(raw))

    return read


def by_code(each: Read, names: tuple[str, ...] = ()) -> Read:
    """An object from codes, or from these names alone, to values."""
    def read(raw: Any, at: str, to: Reading) -> dict[str, Any]:
        if names:
            return to.fields(raw, at, {name: Key(each, name, None) for name in names})
        if not isinstance(raw, dict) or len(raw) > MOST:
            to.wrong("PF204", at, wanted=f"a JSON object with at most {MOST} codes")
            return {}
        if isinstance(raw, Twice):
            to.wrong("PF104", at)
        found = {}
        for number, (name, value) in enumerate(raw.items(), start=1):
            if code(name, f"{at} key {number}", to) is not None:
                found[name] = each(value, f"{at}/{name}", to)
        return found

    return read
