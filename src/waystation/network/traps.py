"""Traps in the data of a displacement network: each is noted with its row, none is repaired.

- Positions that cannot be right beside the length of the road between them, in a straight line (`distance`).
- A camp's capacity that is a number of its own registrations, as a rule the highest, before or after a correction: what
  a model should foretell was put into it.
- A conflict table that has nothing for the day, names strangers, or contradicts the locations.
"""

from collections.abc import Mapping
from pathlib import Path

from waystation.network.csvfolder import LOCATIONS, ROUTES, Conflicts, registrations
from waystation.network.distance import great_circle_km
from waystation.network.locations import Location, Route
from waystation.problems import Findings

NEAR_ENOUGH_KM = 1.0  # a road may seem this much shorter than the straight line: positions and distances are rounded
MOST_WINDING, LEAST_EXCESS_KM = 4.0, 20.0


def conflict_on(location: Location, conflicts: Conflicts | None, day: int) -> bool | None:
    """Whether there is conflict at a location on a day; None if nothing is known of it.

    Without a conflict table the location's own type and date speak, from day 0 on.
    """
    if conflicts is not None:
        value = conflicts.values.get(day, {}).get(location.name)
        return None if value is None else value > 0
    if day < 0:
        return None
    return location.kind == "conflict_zone" and (location.conflict_date or 0) <= day


def note_traps(folder: Path, locations: Mapping[str, Location], routes: list[Route], conflicts: Conflicts | None,
               today: int, notes: Findings) -> None:
    """Note every trap found by comparing the files with each other."""
    for route in routes:
        one, other = locations[route.name1], locations[route.name2]
        apart = great_circle_km((one.lat, one.lon), (other.lat, other.lon))
        if apart > route.km + NEAR_ENOUGH_KM:
            notes.add("RB906", ROUTES.file, route.row, "distance")
        elif route.km > MOST_WINDING * apart and route.km - apart > LEAST_EXCESS_KM:
            notes.add("RB907", ROUTES.file, route.row, "distance")
    _note_registrations(folder, locations, notes)
    _note_conflicts(locations, conflicts, today, notes)


def _note_registrations(folder: Path, locations: Mapping[str, Location], notes: Findings) -> None:
    for camp, (row, counts) in registrations(folder, notes).items():
        if camp not in locations:
            notes.add("RB920", "data_layout.csv", row, "camp")
        elif locations[camp].pop_or_cap in counts - {0.0}:
            notes.add("RB905", LOCATIONS.file, locations[camp].row, "pop_or_cap")


def _note_conflicts(locations: Mapping[str, Location], conflicts: Conflicts | None, today: int,
                    notes: Findings) -> None:
    if conflicts is None:
        if today < 0:
            notes.add("RB911", "sim_period.csv", 0)
        return
    for place, column in conflicts.columns.items():
        if place not in locations:
            notes.add("RB912", "conflicts.csv", 1, f"column {column}")
    if today not in conflicts.values:
        notes.add("RB911", "conflicts.csv", 0)
    for location in locations.values():
        stated = location.conflict_date if location.kind == "conflict_zone" else None
        if stated is not None and location.name in conflicts.columns and \
                conflicts.first_day(location.name) != stated:
            notes.add("RB913", LOCATIONS.file, location.row, "conflict_date")
