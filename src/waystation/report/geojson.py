"""Stops and ways for the office's map that moves, as GeoJSON: what it may know of them, and nothing finer.

Two ends make a way; the map bends it for looks. Whoever answers with this sends it only to somebody who may read the
book or the plan, by POST, and lets nobody keep it.
"""

from collections.abc import Sequence
from typing import Any, Literal

from waystation.report.netmap import LINES, PLACES, Stop, Track, position


def geojson(stops: Sequence[Stop], tracks: Sequence[Track], *, ids: dict[str, str], fictional: bool = False,
            reports: Sequence[tuple[str, str, int, str]] = ()) -> dict[str, Any]:
    """The same for the map that moves, as GeoJSON: two ends a way, positions a tenth of a degree at the finest.

    `ids` gives the opaque id of a code where there is one; a code without stands for itself. A report is its id, the
    code of its area, its age in whole days and its kind; it stands in the middle of its area's places.

    >>> ends = [Stop("A", 42.8912, 129.5031), Stop("B", None, None)]
    >>> made = geojson(ends, [Track("A-B", "A", "B", "car", "open")], ids={})
    >>> [(one["properties"]["is"], one["geometry"]["coordinates"]) for one in made["features"]]
    [('place', [129.5, 42.9])]
    """
    placed = {stop.code: position(stop)[::-1] for stop in stops if stop.lat is not None and stop.lon is not None}
    area_of: dict[str, list[tuple[float, float]]] = {}
    for stop in stops:
        if stop.area and stop.code in placed:
            area_of.setdefault(stop.area, []).append(placed[stop.code])
    country = {stop.area: stop.country for stop in stops}
    features = [_feature("MultiPoint", [list(xy) for xy in where],
                         {"is": "area", "code": code, "country": country[code]})
                for code, where in sorted(area_of.items())]
    features += [_feature("LineString", [list(placed[track.start]), list(placed[track.end])],
                          {"is": "leg", "id": ids.get(track.code, track.code), "code": track.code, "mode": track.mode,
                           "line": track.line, "letter": track.letter, "from": track.start, "to": track.end})
                 for track in tracks if track.line in LINES and track.start in placed and track.end in placed]
    features += [_feature("Point", list(placed[stop.code]),
                          {"is": "place", "id": ids.get(stop.code, stop.code), "code": stop.code, "kind": stop.kind,
                           "area": stop.area, "goal": stop.goal}) for stop in stops if stop.code in placed]
    features += [_feature("Point", _middle(area_of[area]),
                          {"is": "report", "id": told, "area": area, "age_d": age, "kind": kind})
                 for told, area, age, kind in reports if area in area_of]
    return {"type": "FeatureCollection", "fictional": fictional, "features": features}


def _middle(where: Sequence[tuple[float, float]]) -> list[float]:
    return [round(sum(xy[axis] for xy in where) / len(where), PLACES) for axis in (0, 1)]


Shape = Literal["Point", "MultiPoint", "LineString"]


def _feature(shape: Shape, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}
