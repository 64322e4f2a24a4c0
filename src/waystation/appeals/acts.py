"""From what was done to the right it breaks, the instrument and the article: a table, each row with source and mark."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from waystation.rights.facts import Mark
from waystation.rights.library import Library, library

DONE = {  # what an incident is called, and which acts that may be
    "capture": ("detention", "return"), "forced_return": ("return", "detention", "torture"),
    "trafficking": ("trafficking",), "violence": ("violence",), "injury": (), "death": ("killing",),
    "betrayal": ("return",), "escape": (), "official_deception": ("return", "detention"),
    "missing": ("disappearance", "return"),
}
MATTER = {  # as what a body would take it up
    "capture": "detention", "forced_return": "return", "trafficking": "trafficking", "violence": "torture",
    "injury": "torture", "death": "killing", "betrayal": "return", "escape": "return", "official_deception": "return",
    "missing": "disappearance",
}
BINDS_ALL = frozenset({"UDHR", "CUST"})  # no State signs these


class BadRow(ValueError):
    """A row of the table that cannot be used; the message says which line, and what to do."""


@dataclass(frozen=True, slots=True)
class Right:
    """One act, the right it breaks, and where that stands."""

    act: str
    right: str  # its words stand in the files of words
    instrument: str
    article: str
    sources: tuple[str, ...]
    mark: Mark
    as_of: date


@cache
def rights() -> tuple[Right, ...]:
    """The shipped table. Raises `BadRow`."""
    text = files("waystation.appeals").joinpath("tables", "acts.csv").read_text("utf-8")
    return tuple(_right(line, row) for line, row in enumerate(csv.DictReader(text.splitlines()), 2))


def _right(line: int, row: dict[str, str]) -> Right:
    try:
        one = Right(row["act"], row["right"], row["instrument"], row["article"], tuple(row["source"].split()),
                    Mark(row["mark"]), date.fromisoformat(row["as_of"]))
    except (KeyError, ValueError, AttributeError) as reason:
        raise BadRow(f"acts.csv, line {line}: {reason}. Every row needs a known mark and a day.") from reason
    if not (one.act and one.right and one.article) or not set(one.sources) & set(library().sources):
        raise BadRow(f"acts.csv, line {line}: an act, a right, an article and a known source. Fill them in.")
    return one


def broken(acts: Iterable[str]) -> tuple[Right, ...]:
    """Which rights these acts break, in the order of the table, each article once.

    >>> [(one.instrument, one.article) for one in broken(["return"])][:2]
    [('RC', '33'), ('CAT', '3')]
    """
    wanted = frozenset(acts)
    found = {(one.instrument, one.article, one.right): one for one in reversed(rights()) if one.act in wanted}
    return tuple(one for one in rights() if found.get((one.instrument, one.article, one.right)) is one)


def binds(one: Right, state: str, day: date, *, shipped: Library | None = None) -> bool | None:
    """Whether it bound a State on a day; None: nobody wrote that down well enough.

    >>> [binds(one, "CN", date(2026, 11, 1)) for one in broken(["return"])][:3]
    [True, True, False]
    """
    if one.instrument in BINDS_ALL:
        return True
    row = (shipped or library()).instrument(state, one.instrument)
    return None if row is None else row.binds(day)
