"""The land under the route: coast, borders, countries, rivers, lakes and relief as shared pieces of SVG.

Each piece is written once, with an id, and used by every view with its own class. Only what a view can show is written:
points beyond the edge are moved onto it, which changes nothing inside, and neighbours that fall on the same half unit
are one point.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from waystation.report.basemap import Basemap, Lines
from waystation.report.mapview import Box, Projection, View

ROUND = 2.0  # points are written to 1/ROUND of a map unit
SPECK = 2  # map units: shorter lines are left out of a plain picture
EDGE = 24.0  # map units around the views that are still written


def whole_box(views: Sequence[View]) -> Box:
    """What all views together show, with a margin."""
    return Box(min(v.box.left for v in views), min(v.box.top for v in views), max(v.box.right for v in views),
               max(v.box.bottom for v in views)).grown(EDGE)


def ground(base: Basemap, where: Projection, box: Box, *, tinted: Iterable[str], plain: bool = False) -> str:
    """The shared pieces as SVG definitions. `tinted` are the countries that views colour.

    `plain` asks for half the bytes: no relief, points on whole map units, and no specks of land.
    """
    def piece(lines: Lines, *, closed: bool = False, only: set[int] | None = None) -> str:
        return _path(_lines(lines, where, box, only=only, plain=plain), closed=closed, scale=1.0 if plain else ROUND)

    pieces = {
        "m-land": piece(base.ring, closed=True), "m-coast": piece(base.coast), "m-border": piece(base.border),
        "m-lake": piece(base.lake, closed=True), "m-river": piece(base.river), "m-named": piece(base.named),
    }
    for country in sorted(set(tinted)):
        own = {k for k, code in enumerate(base.ring_code) if code == country}
        pieces[f"m-c-{country}"] = piece(base.ring, closed=True, only=own)
    paths = (f'<path id="{name}" d="{path}"/>' for name, path in pieces.items() if path)
    return "".join(paths) + f'<g id="m-relief">{"" if plain else _relief(base, where, box)}</g>'


def graticule(where: Projection, box: Box) -> str:
    """Meridians and parallels, for a map without its base: one piece, id ``m-grid``."""
    west, south, east, north = where.degrees(box)
    step = next((s for s in (1, 2, 5, 10, 20) if (east - west) / s <= 12), 30)
    lines = [np.array([[lon, south], [lon, north]], float) for lon in np.arange(step * (west // step), east, step)]
    lines += [np.array([[west, lat], [east, lat]], float) for lat in np.arange(step * (south // step), north, step)]
    return f'<path id="m-grid" d="{_path([_placed(line, where, box) for line in lines])}"/>'


def _lines(lines: Lines, where: Projection, box: Box, *, only: set[int] | None = None,
           plain: bool = False) -> list[npt.NDArray[np.int64]]:
    near = lines.within(*where.degrees(box))
    placed = [_placed(points, where, box, 1.0 if plain else ROUND) for k, points in near if only is None or k in only]
    return [line for line in placed if not plain or int(np.ptp(line, axis=0).max()) > SPECK]


def _placed(points: npt.NDArray[np.float64], where: Projection, box: Box,
            scale: float = ROUND) -> npt.NDArray[np.int64]:
    """A line on the grid of 1/`scale` units, cut to the box by moving what is outside onto its edge."""
    xy = where.many(points)
    xy = np.clip(xy, [box.left, box.top], [box.right, box.bottom])
    grid = np.rint(xy * scale).astype(np.int64)
    kept = np.r_[True, np.any(np.diff(grid, axis=0) != 0, axis=1)]
    return np.asarray(grid[kept])


def _path(lines: Iterable[npt.NDArray[np.int64]], *, closed: bool = False, scale: float = ROUND) -> str:
    """Path data, relative and short. Lines of one point, and areas of fewer than three, are left out."""
    out = []
    for line in lines:
        if len(line) < (3 if closed else 2):
            continue
        steps = np.diff(line, axis=0)
        start = f"M{line[0, 0] / scale:g} {line[0, 1] / scale:g}"
        onward = "".join(_step(dx, dy, scale) for dx, dy in steps.tolist()).lstrip()
        out.append(f"{start}l{onward}{'z' if closed else ''}")
    return "".join(out)


@lru_cache(maxsize=1 << 12)  # a coast is drawn in few different steps
def _step(dx: int, dy: int, scale: float = ROUND) -> str:
    """Two numbers with as few characters as SVG allows.

    >>> _step(3, -1), _step(0, 5), _step(3, -1, 1.0)
    (' 1.5-.5', ' 0 2.5', ' 3-1')
    """
    x, y = _short(dx, scale), _short(dy, scale)
    return f"{x if x.startswith('-') else ' ' + x}{y if y.startswith('-') else ' ' + y}"


def _short(steps: int, scale: float) -> str:
    return f"{steps / scale:g}".replace("0.", ".", 1) if 0 < abs(steps) < scale else f"{steps / scale:g}"


def _relief(base: Basemap, where: Projection, box: Box) -> str:
    """Pictures of the relief tiles that the box meets, in the resolution that fits."""
    fine = where.scale > 12
    offered = [tile for tile in base.tiles if tile.scale == max(t.scale for t in base.tiles)] if fine else []
    covered = {(tile.west, tile.south) for tile in offered}
    offered += [tile for tile in base.tiles if (tile.west, tile.south) not in covered
                and tile.scale == min(t.scale for t in base.tiles)]
    middle = float(np.degrees(np.log(np.tan(np.pi / 4 + np.radians(where.lat) / 2))))
    x0, y0 = where.many(np.array([[where.lon, where.lat]]))[0]
    out = []
    for tile in offered:
        left, top = x0 + (tile.west - where.lon) * where.scale, y0 - (tile.south + tile.side - middle) * where.scale
        side = tile.side * where.scale
        if Box(left, top, left + side, top + side).meets(box):
            picture = b64encode(tile.picture).decode("ascii")
            out.append(f'<image x="{left:.1f}" y="{top:.1f}" width="{side + 0.8:.1f}" height="{side + 0.8:.1f}" '
                       f'preserveAspectRatio="none" href="data:image/webp;base64,{picture}"/>')
    return "".join(out)
