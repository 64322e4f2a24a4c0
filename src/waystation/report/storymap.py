"""The way of a story as a picture: one red line from country to country over the dark land, and nothing finer.

Whoever draws it credits the land, and hands over the middles of countries and provinces. The line is one path of the
length 1, so that a page can let it grow as it is read, without a script; where a page does not, it stands there whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from waystation.report.basemap import Basemap, installed
from waystation.report.ground import graticule, ground, whole_box
from waystation.report.lettering import Lettering, land_names
from waystation.report.mapview import Box, Projection, Spot, View, fitted, views
from waystation.report.placing import Sheet
from waystation.report.svgmap import DEFS, edge, land, words
from waystation.report.ways import Way

_SIZES = {"wide": 15.0, "narrow": 12.5}  # pixels: names along the line
ROUND = 0.18  # how far the line swings, of its pieces' length


@dataclass(frozen=True, slots=True)
class Point:
    """The middle of a country or province, by its public name."""

    name: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class _Window:
    base: Basemap | None
    where: Projection | None
    view: View
    spots: dict[str, Spot]
    ways: tuple[Way, ...]
    countries: tuple[str, ...]


def story_svg(points: Sequence[Point], *, name: str, base: Basemap | None = None) -> str:
    """Two pictures, for a wide and a narrow screen; empty for fewer than two points. They need `map.css`.

    >>> made = story_svg([Point("A", "KP", 40, 127), Point("B", "CN", 35, 104)], name="From A to B.")
    >>> made.count('class="walked"'), made.count('pathLength="1"')
    (2, 8)
    """
    if len(points) < 2:
        return ""
    where = fitted([(point.lat, point.lon) for point in points])
    assert where is not None  # there are points
    base = base or installed()
    order = [where.spot(point.lat, point.lon) for point in points]
    seen = [view for view in views(order) if view.kind in _SIZES]
    box, countries = whole_box(seen), tuple(dict.fromkeys(point.country for point in points))
    pieces = ground(base, where, box, tinted=countries, plain=True) if base else graticule(where, box)
    pictures = [_picture(_Window(base, where, view, {}, (), countries), points, order, name) for view in seen]
    return (f'<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
            f'{DEFS.format(9.0, 3.2)}{pieces}</defs></svg>{"".join(pictures)}')


def _picture(d: _Window, points: Sequence[Point], order: Sequence[Spot], name: str) -> str:
    box, u = d.view.box, d.view.unit
    window = f"{box.left:.1f} {box.top:.1f} {box.right - box.left:.1f} {box.bottom - box.top:.1f}"
    path = _path(order)
    glow = "".join(f'<path class="{kind} grows" pathLength="1" stroke-width="{width * u:.2f}" d="{path}"{soft}/>'
                   for width, kind, soft in ((22, "glow far", ' filter="url(#f-glow)"'),
                                             (10, "glow", ' filter="url(#f-soft)"'), (4.8, "glow close", "")))
    drawn = f'<path class="leg first grows" pathLength="1" stroke-width="{2.6 * u:.2f}" d="{path}"/>'
    stops = "".join(f'<circle class="stop main" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{4.2 * u:.2f}" '
                    f'stroke-width="{1.7 * u:.2f}"/>' for spot in order)
    told = words(d, _lettered(d, points, order))
    body = [land(d), f'<g class="walked">{glow}{drawn}{stops}</g>', edge(d), *told]
    return (f'<svg class="map {d.view.kind}" xmlns="http://www.w3.org/2000/svg" viewBox="{window}" role="img" '
            f'preserveAspectRatio="xMidYMid slice" aria-label="{escape(name)}">{"".join(body)}</svg>')


def _path(order: Sequence[Spot]) -> str:
    """One smooth line: at each point it runs along the chord of its neighbours, and no road is meant."""
    parts = [f"M{order[0].x:.1f} {order[0].y:.1f}"]
    for k in range(len(order) - 1):
        a, b = order[k], order[k + 1]
        before, after = order[max(k - 1, 0)], order[min(k + 2, len(order) - 1)]
        first = Spot(a.x + (b.x - before.x) * ROUND, a.y + (b.y - before.y) * ROUND)
        second = Spot(b.x - (after.x - a.x) * ROUND, b.y - (after.y - a.y) * ROUND)
        parts.append(f"C{first.x:.1f} {first.y:.1f} {second.x:.1f} {second.y:.1f} {b.x:.1f} {b.y:.1f}")
    return "".join(parts)


def _lettered(d: _Window, points: Sequence[Point], order: Sequence[Spot]) -> Lettering:
    u, box, told = d.view.unit, d.view.box, Lettering()
    sheet = Sheet(box.grown(-6 * u), u)
    sheet.taken += [Box(s.x - 6 * u, s.y - 6 * u, s.x + 6 * u, s.y + 6 * u) for s in order]
    sheet.lines += [spot for a, b in pairwise(order) for spot in _between(a, b)]
    for point, spot in zip(points, order, strict=True):
        made = sheet.beside([point.name], spot, size=_SIZES[d.view.kind], gap=11.0, must=True)
        if made:
            told.write(sheet, "stop-name", *made)
    if d.view.kind == "wide":
        land_names(d, sheet, told)
    return told


def _between(a: Spot, b: Spot) -> list[Spot]:
    return [Spot(a.x + (b.x - a.x) * t / 12, a.y + (b.y - a.y) * t / 12) for t in range(13)]
