"""Basic settlement money of the Republic of Korea for a household of one, as sources give it; most wait to be checked.

These are figures out of reports, with their source and whether anybody verified them. An office that knows better
writes its own figure down, which stands beside these; a figure that was only proposed is never used.
"""

from dataclasses import dataclass
from datetime import date

from waystation.units import Money


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one year, used until a later one is known. `verified` is False where no second source was seen."""

    year: int
    amount: Money
    source: str
    verified: bool


def _won(millions: int) -> Money:
    return Money.parse(f"{millions}000000 KRW")


# The years in which a source says that it held; what held between them nobody wrote down here.
FIGURES = (
    Figure(2007, _won(6), "Dong-A Ilbo, 8 February 2007", False),
    Figure(2015, _won(7), "northkoreanrefugee.org and Family Care Foundation", False),
    Figure(2022, _won(8), "Ministry of Unification, on its page of support for settlement", True),
    Figure(2023, _won(9), "Yonhap, 2023, in Korea News Gazette", False),
    Figure(2024, _won(10), "a report; its source was not kept", False),
)


@dataclass(frozen=True, slots=True)
class Grant:
    """The figure used for a day. `old`: it is of an earlier year, because no later one is known."""

    figure: Figure
    old: bool


def grant_on(day: date, figures: tuple[Figure, ...] = FIGURES) -> Grant | None:
    """The last figure known by a day; None before the first. Later years do not count backwards.

    >>> found = grant_on(date(2022, 5, 1))
    >>> print(found.figure.amount, found.figure.verified, found.old)
    8,000,000 KRW True False
    >>> grant_on(date(2026, 1, 1)).old
    True
    """
    known = [one for one in figures if one.year <= day.year]
    if not known:
        return None
    last = max(known, key=lambda one: one.year)
    return Grant(last, day.year > last.year)
