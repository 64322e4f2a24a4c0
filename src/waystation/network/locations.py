"""Locations and routes of a displacement network, with the codes that are made from their names."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from waystation.network.cells import TEXT, CellError
from waystation.network.countries import CODES as COUNTRIES
from waystation.network.countries import code_of
from waystation.network.csvfolder import LOCATIONS, ROUTES, Line, day_in, lines_of, number_in
from waystation.problems import Findings

HALF_ROUND_KM = 20_000  # half way round the earth: no road is longer
CODE_LENGTH = 20  # leaves room in 24 for what makes a code unique


@dataclass(frozen=True, slots=True)
class Location:
    """One row of `locations.csv`. `conflict_date` is None where the cell is empty."""

    row: int
    name: str
    region: str
    country: str  # as the file calls it
    country_code: str
    lat: float
    lon: float
    kind: str  # conflict_zone, town, camp, idpcamp, forwarding_hub, marker, flood_zone
    conflict_date: int | None
    pop_or_cap: float


@dataclass(frozen=True, slots=True)
class Route:
    """One row of `routes.csv`; every route runs both ways, and parallel routes happen."""

    row: int
    name1: str
    name2: str
    km: float


KINDS = ("idpcamp", "conflict_zone", "camp", "forwarding_hub", "marker", "flood_zone")  # by substring, in this order


def locations_of(folder: Path, errors: Findings) -> list[Location]:
    """Read `locations.csv`; rows that cannot be read are noted."""
    found: dict[str, Location] = {}
    for line in lines_of(folder, LOCATIONS, errors):
        location = _location(line, errors)
        if location is not None and location.name in found:
            errors.add("RB604", LOCATIONS.file, line.row, "name")
        elif location is not None:
            found[location.name] = location
    if not found and not errors.problems:
        errors.add("RB112", LOCATIONS.file, remedy="it must have a row for each place")
    return list(found.values())


def _location(line: Line, errors: Findings) -> Location | None:
    file, before = LOCATIONS.file, len(errors.problems)
    for column in ("name", "region", "country"):
        if not line[column]:
            errors.add("RB201", file, line.row, column, meaning="a name")
            continue
        try:
            TEXT.read(line[column])
        except CellError as error:
            errors.add(error.code, file, line.row, column, **error.hints)
    country = code_of(line["country"])
    if line["country"] and not country:
        errors.add("RB220", file, line.row, "country")
    lat, lon = (_degrees(line, column, limit, errors) for column, limit in (("lat", 90), ("lon", 180)))
    conflict = day_in(line, "conflict_date", file, errors) if line["conflict_date"] else None
    people = number_in(line, "pop_or_cap", file, errors) if line["pop_or_cap"] else 0.0
    if len(errors.problems) > before or lat is None or lon is None:
        return None
    kind = next((kind for kind in KINDS if kind in line["location_type"].casefold()), "town")
    return Location(line.row, line["name"], line["region"], line["country"], country, lat, lon, kind, conflict,
                    people or 0.0)


def _degrees(line: Line, column: str, limit: int, errors: Findings) -> float | None:
    value = number_in(line, column, LOCATIONS.file, errors)
    if value is not None and not -limit <= value <= limit:
        errors.add("RB205", LOCATIONS.file, line.row, column, low=-limit, high=limit)
    return value


def routes_of(folder: Path, names: Iterable[str], errors: Findings, notes: Findings) -> list[Route]:
    """Read `routes.csv`; rows that name no location or lead nowhere are skipped with a note."""
    known, routes = set(names), []
    for line in lines_of(folder, ROUTES, errors):
        unknown = [column for column in ("name1", "name2") if line[column] not in known]
        for column in unknown:
            notes.add("RB902", ROUTES.file, line.row, column)
        km = number_in(line, "distance", ROUTES.file, errors)
        if km is not None and km > HALF_ROUND_KM:
            errors.add("RB205", ROUTES.file, line.row, "distance", low=0, high=HALF_ROUND_KM)
            continue
        if unknown or km is None:
            continue
        if km <= 0 or line["name1"] == line["name2"]:
            notes.add("RB918", ROUTES.file, line.row, "distance" if km <= 0 else "name2")
            continue
        if line["forced_redirection"] not in {"", "0"}:
            notes.add("RB908", ROUTES.file, line.row, "forced_redirection")
        routes.append(Route(line.row, line["name1"], line["name2"], km))
    return routes


def codes_for(names: Iterable[str], *, prefix: str = "") -> Mapping[str, str]:
    """A code for each name, in their order: its letters and digits in capitals, made unique by a number.

    >>> codes_for(["Bobo-Dioulasso", "Hodh_Ech", "Hodh Ech", "Côte"], prefix="R-")
    {'Bobo-Dioulasso': 'R-BOBO-DIOULASSO', 'Hodh_Ech': 'R-HODH-ECH', 'Hodh Ech': 'R-HODH-ECH-2', 'Côte': 'R-COTE'}
    """
    codes: dict[str, str] = {}
    for name in names:
        bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
        letters = "-".join("".join(c if c.isalnum() else " " for c in bare).split())
        stem = (prefix + (letters or "PLACE"))[:CODE_LENGTH].rstrip("-")
        tries = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
        codes[name] = next(code for code in tries if code not in codes.values() and code not in COUNTRIES)
    return codes
