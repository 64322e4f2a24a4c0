"""Which part of the world a map shows, and where a place falls on it.

The projection is Mercator. All views of one answer (wide screen, narrow screen, paper) share one system of units, the
pixels of the wide view, so that the land is written into the page once; each view is a window on it with its own
`unit`, the number of map units to one of its pixels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from waystation.planning.results import Answer, Placed
from waystation.report.phrases import way

KM_A_DEGREE = 111.32  # of longitude, at the equator
POLE = 82.0  # degrees: nothing is drawn beyond
CLOSEST = 90.0  # map units a degree at most: the base map has no finer detail
COLUMN = 260.0  # map units between the columns of a picture without positions
PLATE = 130.0  # pixels
SIZES = {"wide": (1280.0, 660.0), "narrow": (360.0, 470.0), "paper": (690.0, 372.0)}  # pixels
MARGINS = {"wide": (0.1, 0.13, 0.12, 0.15), "narrow": (0.12, 0.2, 0.12, 0.14), "paper": (0.1, 0.14, 0.1, 0.14)}


class Spot(NamedTuple):
    """A point in map units, y downwards."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle in map units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes overlap."""
        return (self.left < other.right and other.left < self.right and self.top < other.bottom
                and other.top < self.bottom)

    def holds(self, spot: Spot) -> bool:
        """Whether a point lies inside."""
        return self.left <= spot.x <= self.right and self.top <= spot.y <= self.bottom

    def grown(self, by: float) -> "Box":
        """The box with a margin all around."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class View:
    """One window on the map: its kind, what it shows, its size in pixels, and map units to a pixel."""

    kind: str  # wide | narrow | paper
    box: Box
    width: float
    height: float
    unit: float


@dataclass(frozen=True, slots=True)
class Projection:
    """Mercator, `scale` map units to a degree of longitude, centred on a point of the earth."""

    lon: float
    lat: float
    scale: float

    def spot(self, lat: float, lon: float) -> Spot:
        """Where a position falls."""
        width, height = SIZES["wide"]
        y = height / 2 - (_ordinate(min(max(lat, -POLE), POLE)) - _ordinate(self.lat)) * self.scale
        return Spot(width / 2 + (lon - self.lon) * self.scale, y)

    def many(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Where positions (n, 2: longitude, latitude) fall."""
        width, height = SIZES["wide"]
        lat = np.clip(points[:, 1], -POLE, POLE)
        y = height / 2 - (ordinate(lat) - float(ordinate(self.lat))) * self.scale
        return np.column_stack([width / 2 + (points[:, 0] - self.lon) * self.scale, y])

    def degrees(self, box: Box) -> tuple[float, float, float, float]:
        """West, south, east, north of a box."""
        width, height = SIZES["wide"]
        middle = float(ordinate(self.lat))
        west, east = ((x - width / 2) / self.scale + self.lon for x in (box.left, box.right))
        south, north = (latitude(middle - (y - height / 2) / self.scale) for y in (box.bottom, box.top))
        return west, south, east, north

    def pixels_per_km(self, view: View) -> float:
        """Pixels of a view to a kilometre, at the middle of the view."""
        _, south, _, north = self.degrees(view.box)
        middle = math.radians((south + north) / 2)
        return self.scale / view.unit / (KM_A_DEGREE * math.cos(middle))


def ordinate(lat: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    """Mercator ordinate of a latitude, in degrees of longitude at the equator."""
    return np.asarray(np.degrees(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))))


def _ordinate(lat: float) -> float:
    """As `ordinate`, of one latitude: a thousand places are placed one by one, and an array of one is slow."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def latitude(height: float) -> float:
    """The latitude of a Mercator ordinate.

    >>> round(latitude(float(ordinate(37.5))), 6)
    37.5
    """
    return math.degrees(2 * math.atan(math.exp(math.radians(height)))) - 90


def drawn(answer: Answer) -> dict[str, Placed]:
    """The places that have a position, by code."""
    return {place.code: place for place in answer.places if place.lat is not None and place.lon is not None}


def position(place: Placed) -> tuple[float, float]:
    """Latitude and longitude of a place that has them."""
    assert place.lat is not None and place.lon is not None
    return place.lat, place.lon


def projection(answer: Answer) -> Projection | None:
    """The projection that fits the answer's places into the wide view; None if no place has a position."""
    return fitted([position(place) for place in drawn(answer).values()])


def fitted(where: Sequence[tuple[float, float]]) -> Projection | None:
    """The projection that fits positions (latitude, longitude) into the wide view; None if there is none."""
    if not where:
        return None
    west, east = min(lon for _, lon in where), max(lon for _, lon in where)
    south, north = (float(ordinate(pick(lat for lat, _ in where))) for pick in (min, max))
    width, height = SIZES["wide"]
    left, right, top, bottom = MARGINS["wide"]
    scale = min(CLOSEST, width * (1 - left - right) / max(east - west, 1e-9),
                height * (1 - top - bottom) / max(north - south, 1e-9))
    aside = _aside(width * (1 - left - right), (east - west) * scale)
    lon = (west + east) / 2 + ((right - left) / 2 * width - aside) / scale
    middle = (south + north) / 2 + (top - bottom) / 2 * height / scale
    return Projection(lon, latitude(middle), scale)


def _aside(room: float, taken: float) -> float:
    """How far (pixels) a route is moved to the right of the middle, to make way for the plate at the left."""
    return min(PLATE, max(0.0, (room - taken) / 2))


def laid_out(answer: Answer) -> dict[str, Spot]:
    """Places in columns by the number of legs from the start, the main branch in the middle row.

    For a book without positions: a picture of the order, not of the earth. Places no leg leads to stand last.
    """
    onward: dict[str, list[str]] = {}
    for line in answer.lines:
        onward.setdefault(line.start, []).append(line.end)
    known = [place.code for place in answer.places]
    column, queue = {answer.terms.start: 0}, [answer.terms.start]
    for code in queue:
        for after in onward.get(code, []):
            if after not in column:
                column[after] = column[code] + 1
                queue.append(after)
    last = max(column.values()) + 1
    main = way(answer)
    rows: dict[int, int] = {}
    spots = {}
    for code in sorted(known, key=lambda code: (code not in main, known.index(code))):
        at = column.get(code, last)
        row = rows.get(at, 0)
        rows[at] = row + 1
        height = (row + 1) // 2 * (-1) ** row + 0.18 * (-1) ** at
        spots[code] = Spot(COLUMN * at, COLUMN * 0.5 * height)
    return spots


def views(spots: Sequence[Spot]) -> tuple[View, ...]:
    """The three windows, each with all `spots` inside its margins."""
    made = []
    for kind, (width, height) in SIZES.items():
        left, right, top, bottom = MARGINS[kind]
        low = Spot(min(s.x for s in spots), min(s.y for s in spots))
        high = Spot(max(s.x for s in spots), max(s.y for s in spots))
        unit = max((high.x - low.x) / (width * (1 - left - right)), (high.y - low.y) / (height * (1 - top - bottom)),
                   1.0 if kind == "wide" else 0.35)
        aside = _aside(width * (1 - left - right), (high.x - low.x) / unit) if kind == "wide" else 0.0
        middle = Spot((low.x + high.x) / 2 + ((right - left) / 2 * width - aside) * unit,
                      (low.y + high.y) / 2 + (bottom - top) / 2 * height * unit)
        box = Box(middle.x - width / 2 * unit, middle.y - height / 2 * unit,
                  middle.x + width / 2 * unit, middle.y + height / 2 * unit)
        made.append(View(kind, box, width, height, unit))
    return tuple(made)
