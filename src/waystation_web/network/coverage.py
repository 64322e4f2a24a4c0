"""Which legs and places somebody serves, country by country: where the house knows nobody, it says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from waystation.trust.vetting import UNUSABLE
from waystation_web.contacts.contact import Contact

from .row import Row


@dataclass(frozen=True, slots=True)
class CountryLine:
    """One country: its legs that may be taken, those that somebody serves, and those that nobody does, by code."""

    country: str
    legs: int
    served: int
    gaps: tuple[str, ...] = field(repr=False)
    contacts: int = 0

    @property
    def blank(self) -> bool:
        """Whether nobody serves anything there."""
        return not self.served


def coverage(standing: Mapping[str, list[Row]], contacts: Iterable[Contact], today: date) -> tuple[CountryLine, ...]:
    """Every country of the book, those with the least served first. A leg belongs to the country it starts in."""
    country = {row.cells["code"]: row.cells["country"] for row in standing.get("areas", [])}
    of_place = {row.cells["code"]: country.get(row.cells["area"], "") for row in standing.get("places", [])}
    there = [one for one in contacts if one.standing(today) not in UNUSABLE]   # whom nobody may ask serves nothing
    serving = {code for one in there for code in one.legs}
    lines = []
    for name in sorted(set(country.values())):
        legs = [row.cells["code"] for row in standing.get("legs", [])
                if of_place.get(row.cells["from"]) == name and row.cells.get("status") != "forbidden"]
        gaps = tuple(code for code in legs if code not in serving)
        here = sum(name in one.countries or not set(one.legs).isdisjoint(legs) for one in there)
        lines.append(CountryLine(name, len(legs), len(legs) - len(gaps), gaps, here))
    return tuple(sorted(lines, key=lambda line: (line.served / line.legs if line.legs else 1, line.country)))
