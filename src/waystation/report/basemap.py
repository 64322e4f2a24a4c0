"""The offline base map as arrays: coast, borders, countries, rivers, lakes, towns and shaded relief of the whole world.

`tools/basemap.py` builds the file at set-up from public data packages; it holds nothing of any organisation. A report
is still made when the file is missing: the map then has a plain graticule and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]  # (n, 2): longitude, latitude in degrees
FILE = "data/basemap.npz"
CREDIT = "GSHHG/WDBII \u00b7 Natural Earth relief \u00b7 GeoNames CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Lines:
    """Many lines as one array. `box` is each line's west, south, east, north in degrees."""

    points: Points
    first: npt.NDArray[np.int64]  # n + 1: line k is points[first[k]:first[k + 1]]
    box: npt.NDArray[np.float64]  # (n, 4)

    def within(self, west: float, south: float, east: float, north: float) -> Iterator[tuple[int, Points]]:
        """Index and points of each line whose box meets the given one, in order."""
        box = self.box
        met = (box[:, 0] <= east) & (box[:, 2] >= west) & (box[:, 1] <= north) & (box[:, 3] >= south)
        for k in np.flatnonzero(met):
            yield int(k), self.points[self.first[k] : self.first[k + 1]]


@dataclass(frozen=True, slots=True)
class Town:
    """A public town of GeoNames."""

    name: str
    country: str
    lon: float
    lat: float
    capital: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A point inside a country where its name may stand, `clear` degrees from its edge."""

    country: str
    lon: float
    lat: float
    clear: float


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of relief: corner and side in Mercator degrees, resolution in pixels a degree, a WebP picture."""

    west: float
    south: float
    side: float
    scale: float
    picture: bytes


@dataclass(frozen=True, slots=True)
class Basemap:
    """What the map is drawn on. Countries are ISO 3166-1 alpha-2 codes."""

    ring: Lines  # outlines of countries and their holes
    ring_code: tuple[str, ...]
    coast: Lines
    border: Lines
    lake: Lines
    river: Lines
    named: Lines
    named_name: tuple[str, ...]
    country: dict[str, str]  # code -> public name
    spots: tuple[Spot, ...]
    towns: tuple[Town, ...]
    tiles: tuple[Tile, ...]


@cache
def installed() -> Basemap | None:
    """The base map built at set-up, or None when it was not built."""
    source = files("waystation.report") / FILE
    return read(source.read_bytes()) if source.is_file() else None


def read(content: bytes) -> Basemap:
    """Unpack the bytes of a base-map file."""
    with np.load(BytesIO(content), allow_pickle=False) as store:
        grid = float(store["grid"])
        sizes = store["tile_size"].tolist()
        ends = np.cumsum(sizes).tolist()
        pictures = store["tile_bytes"].tobytes()
        corners = store["tile"].tolist()
        tiles = [
            Tile(west, south, side, scale, pictures[end - size : end])
            for (west, south, side, scale), end, size in zip(corners, ends, sizes, strict=True)
        ]
        layers = {name: _lines(store[f"{name}_steps"], store[f"{name}_n"], grid)
                  for name in ("ring", "coast", "border", "lake", "river", "named")}
        return Basemap(
            **layers,
            ring_code=tuple(store["ring_code"].tolist()),
            named_name=tuple(store["named_name"].tolist()),
            country=dict(zip(store["country_code"].tolist(), store["country_name"].tolist(), strict=True)),
            spots=tuple(Spot(c, *place) for c, place in zip(store["spot_code"].tolist(), store["spot"].tolist(),
                                                             strict=True)),
            towns=tuple(
                Town(name, code, lon, lat, bool(capital))
                for name, code, (lon, lat, _, capital) in zip(
                    store["town_name"].tolist(), store["town_code"].tolist(), store["town"].tolist(), strict=True)
            ),
            tiles=tuple(tiles),
        )


def _lines(steps: npt.NDArray[np.int32], lengths: npt.NDArray[np.int32], grid: float) -> Lines:
    points: Points = np.cumsum(steps.T, axis=0, dtype=np.int64) * np.float64(grid)
    first = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    low = np.minimum.reduceat(points, first[:-1], axis=0)
    high = np.maximum.reduceat(points, first[:-1], axis=0)
    points.flags.writeable = False
    return Lines(points, first, np.hstack([low, high]).astype(np.float64))
