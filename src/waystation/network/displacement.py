"""A displacement network of CSV files as a route book: places, roads, closures and conflict, as known on one day.

Such networks were made to model how many people arrive where. They say where roads lead and where there was fighting;
they say nothing of dangers to a party, of costs or of durations. So the book that is made here holds no hazard and no
prior, and a plan over it answers UNKNOWN until somebody states what they judge. What had to be assumed stands in
`Assumptions` and is said in a warning; every trap in the data is a warning that names its row. Of conflict only the day
of import is read; closures are read as announced, also for later days.

Regions become areas with the conditions calm and alert, camps in another country than that of the first row become
goals, a route becomes two legs. Codes are made from names, and both stand side by side on the sheet `names`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from waystation.network import traps
from waystation.network.closures import SHUT, Closure, closures_of, windows_of
from waystation.network.csvfolder import LOCATIONS, Conflicts, conflicts_of, start_of
from waystation.network.files import read_book
from waystation.network.jsonbook import json_of
from waystation.network.locations import Location, Route, codes_for, locations_of, routes_of
from waystation.network.problems import RULES, InvalidBook
from waystation.network.rows import Area, BookRow, ChainRow, Leg, Place, Profile, Report, RouteBook, Season, Window, by
from waystation.problems import Findings, Problem
from waystation.units import Money, MoneyUnit

FILES = ("sim_period.csv", "locations.csv", "routes.csv", "closures.csv", "conflicts.csv", "data_layout.csv")
CALM, ALERT = "calm", "alert"
SOURCE = "CONFLICTS"  # code of the source of every imported report
MOST_PROFILES = 64
ROUND_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
KIND_OF = {"conflict_zone": "town", "town": "town", "flood_zone": "town", "forwarding_hub": "hub"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the data do not say. Every value is a start set by judgement, and said in a warning of the import."""

    mode: str = "car"
    km_per_day: float = 200.0  # as a rule, rests and controls included
    fastest: float = 1.5  # times km_per_day, when it goes well
    slowest: float = 0.5  # times km_per_day, when it goes badly
    shares: tuple[float, float, float] = (0.25, 0.5, 0.25)
    calm_lasts_d: float = 60.0
    alert_lasts_d: float = 60.0
    strength: float = 1.0  # changes seen: hardly a judgement at all
    reliability: str = "B"  # a coded register of events: usually reliable,
    credibility: int = 2  # probably true,
    hand: int = 2  # and second hand, from the press


def import_network(folder: Path, *, now: date,
                   assumptions: Assumptions | None = None) -> tuple[RouteBook, tuple[Problem, ...]]:
    """The route book of a displacement network as known on the day `now`, and a warning for every trap in its data.

    The files may stand in `folder` or below it. Raises `InvalidBook` with every row that cannot be read at all.
    """
    assumed = assumptions or Assumptions()
    folder = Path(folder)
    errors, notes = (Findings(RULES, file=folder.name, address=_address, sheets=FILES) for _ in range(2))
    home = _home(folder, errors)
    start = start_of(home, errors)
    locations = {location.name: location for location in locations_of(home, errors)}
    routes = routes_of(home, locations, errors, notes)
    closures = closures_of(home, locations, errors, notes)
    conflicts = conflicts_of(home, errors)
    if errors.problems or start is None:
        raise InvalidBook(errors.sorted())
    today = (date(now.year, now.month, now.day) - start).days
    traps.note_traps(folder, locations, routes, conflicts, today, notes)
    book = _book(locations, routes, closures, start, assumed, notes)
    reports = _reports(book, locations, conflicts, today, start, assumed)
    book = replace(book, reports=reports)
    _note_assumptions(assumed, notes)
    return read_book(json_of(book), name=folder.name), tuple(notes.sorted())


def _address(file: str, row: int, column: str) -> str:
    return file + (f":{row}" if row else "") + (f" {column}" if column else "")


def _home(folder: Path, errors: Findings) -> Path:
    """The folder that holds the input files."""
    found = sorted(folder.rglob(LOCATIONS.file), key=lambda path: (len(path.parts), path))
    if found:
        return found[0].parent
    errors.add("RB111", LOCATIONS.file)
    raise InvalidBook(errors.problems)


def _book(locations: Mapping[str, Location], routes: list[Route], closures: list[Closure], start: date,
          assumed: Assumptions, notes: Findings) -> RouteBook:
    origin = next(iter(locations.values())).country_code
    regions = list(dict.fromkeys((one.country_code, one.region) for one in locations.values()))
    area_codes = codes_for([f"{region} {country}" if sum(r == region for _, r in regions) > 1 else region
                            for country, region in regions], prefix="R-")
    area_of = dict(zip(regions, area_codes.values(), strict=True))
    codes = codes_for(locations)
    reached = {name for route in routes for name in (route.name1, route.name2)}
    unit = MoneyUnit(Decimal(1), "USD")
    profiles, profile_of, step_hours = _profiles(routes, assumed, notes)
    legs, windows = _legs(locations, routes, closures, codes, profile_of, start, assumed)
    return RouteBook(
        book=BookRow(f"Imported displacement network, {origin}", False, step_hours, unit, (CALM, ALERT),
                     (Season("year", 1, 12),)),
        areas=tuple(Area(code, country) for (country, _), code in area_of.items()),
        places=tuple(_place(one, codes[one.name], area_of[one.country_code, one.region], reached, origin, notes)
                     for one in locations.values()),
        profiles=profiles, legs=legs, windows=windows,
        chains=_chains(sorted({country for country, _ in regions}), step_hours, assumed),
        names=(*((area_of[key], key[1]) for key in regions), *((codes[name], name) for name in locations)),
    )


def _place(one: Location, code: str, area: str, reached: set[str], origin: str, notes: Findings) -> Place:
    lat, lon = round(one.lat, 1), round(one.lon, 1)
    for column, exact, rounded in (("lat", one.lat, lat), ("lon", one.lon, lon)):
        if exact != rounded:
            notes.add("RB901", LOCATIONS.file, one.row, column)
            break
    abroad = one.kind == "camp" and one.country_code != origin
    if abroad and one.name not in reached:
        notes.add("RB910", LOCATIONS.file, one.row, "name")
    return Place(code, area, KIND_OF.get(one.kind, "other"), goal=abroad and one.name in reached, map_lat=lat + 0.0,
                 map_lon=lon + 0.0, near=one.name.replace("_", " "))


def _profiles(routes: list[Route], assumed: Assumptions,
              notes: Findings) -> tuple[tuple[Profile, ...], dict[Route, str], int]:
    """Durations by distance, rounded up so that at most 64 differ; the profile of each route; hours of a step."""
    km = next(step for step in ROUND_KM if len({_up(route.km, step) for route in routes}) <= MOST_PROFILES)
    if km > 1:
        notes.add("RB917", "routes.csv", 0, "distance", km=km)
    profiles = {}
    for distance in sorted({_up(route.km, km) for route in routes}):
        hours = [math.ceil(distance / (assumed.km_per_day * pace) * 240) / 10
                 for pace in (assumed.fastest, 1.0, assumed.slowest)]
        profiles[distance] = Profile(f"KM{distance}", (hours[0], hours[1], hours[2]), assumed.shares)
    longest = max((profile.hours[2] for profile in profiles.values()), default=0.0)
    step_hours = 12 if longest <= 31 * 12 else 24
    return tuple(profiles.values()), {route: profiles[_up(route.km, km)].code for route in routes}, step_hours


def _up(km: float, step: int) -> int:
    return math.ceil(km / step) * step


def _legs(locations: Mapping[str, Location], routes: list[Route], closures: list[Closure], codes: Mapping[str, str],
          profile_of: Mapping[Route, str], start: date,
          assumed: Assumptions) -> tuple[tuple[Leg, ...], tuple[Window, ...]]:
    """Two legs for each route, called by its row, and their windows."""
    legs: list[Leg] = []
    windows: list[Window] = []
    on_foot = assumed.mode == "foot"
    for route in routes:
        for letter, first, second in (("A", route.name1, route.name2), ("B", route.name2, route.name1)):
            leg = Leg(f"W{route.row}{letter}", codes[first], codes[second], assumed.mode, profile_of[route],
                      Money(Decimal(0), "USD"), exertion=3 if on_foot else 1,
                      walk_km=min(100.0, assumed.km_per_day) if on_foot else 0.0)
            open_ = windows_of(leg, (locations[first], locations[second]), closures, start)
            legs.append(leg if open_ is not None else replace(leg, status="closed", reason=SHUT))
            windows += open_ or ()
    return tuple(legs), tuple(windows)


def _chains(countries: list[str], step_hours: int, assumed: Assumptions) -> tuple[ChainRow, ...]:
    rows = []
    for country in countries:
        for condition, other, days in ((CALM, ALERT, assumed.calm_lasts_d), (ALERT, CALM, assumed.alert_lasts_d)):
            leaves = round(min(1.0, step_hours / 24 / days), 6)
            rows += [ChainRow(country, condition, condition, round(1 - leaves, 6), assumed.strength),
                     ChainRow(country, condition, other, leaves, assumed.strength)]
    return tuple(rows)


def _reports(book: RouteBook, locations: Mapping[str, Location], conflicts: Conflicts | None, today: int, start: date,
             assumed: Assumptions) -> tuple[Report, ...]:
    """One report for each area of which something is known on the day of import: alert if there is conflict in it."""
    seen: dict[str, bool] = {}
    for place, one in zip(book.places, locations.values(), strict=True):
        if (conflict := traps.conflict_on(one, conflicts, today)) is not None:
            seen[place.area] = seen.get(place.area, False) or conflict
    day = date.fromordinal(start.toordinal() + today)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return tuple(Report(area, frozenset({ALERT if conflict else CALM}), at, at, SOURCE, SOURCE, assumed.reliability,
                        assumed.credibility, assumed.hand) for area, conflict in seen.items())


def _note_assumptions(assumed: Assumptions, notes: Findings) -> None:
    notes.add("RB914", "routes.csv", 0)
    notes.add("RB915", "routes.csv", 0, "distance", by=by(assumed.mode), km_per_day=f"{assumed.km_per_day:g}",
              fastest=f"{assumed.km_per_day * assumed.fastest:g}", slowest=f"{assumed.km_per_day * assumed.slowest:g}")
    notes.add("RB916", "conflicts.csv", 0, calm=f"{assumed.calm_lasts_d:g}", alert=f"{assumed.alert_lasts_d:g}")
