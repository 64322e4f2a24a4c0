"""A whole route book, or the ways of a plan, as a picture without a plan's numbers: the still twin of the office's map.

The office draws the same stops and ways on a map that moves, where the reader's machine can; this picture stands where
it cannot, and for everybody until then. Forbidden ways are never drawn: who calls this leaves them out, and a way of
that kind is refused. Lines are bent for looks; positions are a tenth of a degree at the finest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from waystation.planning.results import Line
from waystation.report.basemap import CREDIT, Basemap, installed
from waystation.report.drawing import rect
from waystation.report.ground import graticule, ground, whole_box
from waystation.report.lettering import Lettering, forks, land_names
from waystation.report.mapview import Box, Projection, Spot, View, fitted, views
from waystation.report.placing import Sheet, line
from waystation.report.svgmap import DEFS, edge, land, words
from waystation.report.ways import BEND, Way, bent

LINES = ("planned", "branch", "back", "open", "unknown", "closed")
_KIND = {"planned": "first", "branch": "branch", "closed": "closed"}  # all others are drawn as other ways
_ABOVE = {"closed": 0, "open": 1, "unknown": 2, "back": 3, "branch": 4, "planned": 5}
_WEIGHT = {"planned": 2.4, "branch": 1.8, "back": 1.5, "open": 1.6, "unknown": 1.8, "closed": 1.1}  # pixels
_DASH = {"branch": (8.0, 4.0), "back": (1.0, 4.0), "unknown": (7.0, 3.0, 1.5, 6.0)}
_SIZES = {"wide": 14.0, "narrow": 12.5}  # pixels: the code of a stop
_SMALL = {"wide": 11.0, "narrow": 9.5}
PLACES = 1  # decimals of a position


@dataclass(frozen=True, slots=True)
class Stop:
    """A place by its code; `lat` and `lon` in degrees, both None where the book gives none."""

    code: str
    lat: float | None
    lon: float | None
    kind: str = "other"
    country: str = ""
    area: str = ""
    goal: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """A way between two places, and how it is drawn: one of `LINES`."""

    code: str
    start: str
    end: str
    mode: str
    line: str
    letter: str = ""  # of a branch


@dataclass(frozen=True, slots=True)
class Caption:
    """What the picture says, in the reader's language."""

    name: str  # what it shows, for somebody who does not see it
    schematic: str = "Schematic. Do not navigate by this map."
    fictional: str = ""  # not empty: the stamp on an invented world


@dataclass(frozen=True, slots=True)
class _Window:
    base: Basemap | None
    where: Projection | None
    view: View
    spots: dict[str, Spot]
    ways: tuple[Way, ...]
    countries: tuple[str, ...]


def network_svg(stops: Sequence[Stop], tracks: Sequence[Track], *, caption: Caption,
                base: Basemap | None = None) -> str:
    """Two pictures, for a wide and a narrow screen, as one piece of HTML; empty if no place has a position.

    It needs the classes of `map.css` and holds no style of its own. Raises `ValueError` for a way that is never drawn.

    >>> ends = [Stop("A", 42.9, 129.5), Stop("B", 41.8, 123.4)]
    >>> drawn = network_svg(ends, [Track("A-B", "A", "B", "car", "open")], caption=Caption("Two places, one way."))
    >>> drawn.count("<svg"), drawn.count('class="leg open"')
    (3, 2)
    >>> network_svg(ends, [Track("A-B", "A", "B", "swim", "forbidden")], caption=Caption(""))
    Traceback (most recent call last):
    ...
    ValueError: a way of the kind 'forbidden' is never drawn
    """
    for track in tracks:
        if track.line not in LINES:
            raise ValueError(f"a way of the kind {track.line!r} is never drawn")
    placed = {stop.code: stop for stop in stops if stop.lat is not None and stop.lon is not None}
    where = fitted([position(stop) for stop in placed.values()])
    if where is None:
        return ""
    base = base or installed()
    spots = {code: where.spot(*position(stop)) for code, stop in placed.items()}
    seen = [view for view in views(list(spots.values())) if view.kind in _SIZES]
    box = whole_box(seen)
    land_pieces = ground(base, where, box, tinted=(), plain=True) if base else graticule(where, box)
    drawn = _drawn(tracks, spots)
    pictures = [_picture(_Window(base, where, view, spots, drawn, ()), placed, tracks, caption) for view in seen]
    return (f'<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
            f'{DEFS.format(9.0, 3.2)}{land_pieces}</defs></svg>{"".join(pictures)}')


def position(stop: Stop) -> tuple[float, float]:
    """Latitude and longitude of a stop that has them, no finer than a province.

    >>> position(Stop("A", 42.8912, 129.5031))
    (42.9, 129.5)
    """
    assert stop.lat is not None and stop.lon is not None
    return round(stop.lat, PLACES), round(stop.lon, PLACES)


def _drawn(tracks: Sequence[Track], spots: dict[str, Spot]) -> tuple[Way, ...]:
    """Every way between two placed stops as a curve; several between the same two lie beside each other."""
    middle = Spot(sum(s.x for s in spots.values()) / len(spots), sum(s.y for s in spots.values()) / len(spots))
    beside: dict[frozenset[str], int] = {}
    made = []
    for track in sorted(tracks, key=lambda track: (_ABOVE[track.line], track.code)):
        if track.start in spots and track.end in spots and track.start != track.end:
            ends = frozenset((track.start, track.end))
            count = beside[ends] = beside.get(ends, -1) + 1
            as_line = Line(track.code, track.start, track.end, track.mode, _KIND.get(track.line, "other"),
                           track.letter, track.line == "unknown")
            bend = BEND * (1 + 0.75 * (count // 2)) * (-1) ** count
            made.append(bent(as_line, spots[track.start], spots[track.end], middle, bend))
    return tuple(made)


def _picture(d: _Window, stops: dict[str, Stop], tracks: Sequence[Track], caption: Caption) -> str:
    box = d.view.box
    kinds = {track.code: track.line for track in tracks}
    window = f"{box.left:.1f} {box.top:.1f} {box.right - box.left:.1f} {box.bottom - box.top:.1f}"
    told = _lettered(d, stops, caption)
    body = [land(d), *_tracks(d, kinds), *_stops(d, stops), edge(d), *words(d, told)]
    return (f'<svg class="map {d.view.kind}" xmlns="http://www.w3.org/2000/svg" viewBox="{window}" role="img" '
            f'preserveAspectRatio="xMidYMid slice" aria-label="{escape(caption.name)}">{"".join(body)}</svg>')


def _tracks(d: _Window, kinds: dict[str, str]) -> list[str]:
    u, out = d.view.unit, []
    for w in d.ways:
        kind = kinds[w.line.leg]
        look = {"planned": "first"}.get(kind, kind)
        flown = w.line.mode == "air" and kind not in ("unknown", "closed")
        dash = (0.1, 2.3 * _WEIGHT[kind]) if flown else _DASH.get(kind)
        pattern = f' stroke-dasharray="{" ".join(f"{n * u:.1f}" for n in dash)}"' if dash else ""
        out.append(f'<path class="leg {look}" stroke-width="{_WEIGHT[kind] * u:.2f}"{pattern} d="{w.path()}"/>')
        if kind == "closed":
            out.append(f'<path class="leg closed" stroke-width="{1.4 * u:.2f}" d="{w.crosses(u)}"/>')
    return out


def _stops(d: _Window, stops: dict[str, Stop]) -> list[str]:
    u, out = d.view.unit, []
    for code, spot in d.spots.items():
        where = f'cx="{spot.x:.1f}" cy="{spot.y:.1f}"'
        if stops[code].goal:
            out.append(f'<circle class="goal" {where} r="{7.5 * u:.2f}" stroke-width="{1.3 * u:.2f}"/>')
        out.append(f'<circle class="stop side" {where} r="{3.2 * u:.2f}" stroke-width="{1.6 * u:.2f}"/>')
    return out


def _lettered(d: _Window, stops: dict[str, Stop], caption: Caption) -> Lettering:
    u, box, told = d.view.unit, d.view.box, Lettering()
    sheet = Sheet(box.grown(-6 * u), u)
    sheet.taken += [Box(s.x - 5 * u, s.y - 5 * u, s.x + 5 * u, s.y + 5 * u) for s in d.spots.values()]
    for w in d.ways:
        sheet.lines += w.samples()
    small, right, bottom = _SMALL[d.view.kind] * u, box.right - 10 * u, box.bottom - 10 * u
    for k, said in enumerate([CREDIT, caption.schematic] if d.base else [caption.schematic]):
        told.write(sheet, "credit", line(said, right, bottom - k * 15 * u, small, "end"))
    if caption.fictional:
        stamp = line(caption.fictional, box.left + 23 * u, box.top + 32 * u, 13 * u, "start", spacing=0.12)
        around = stamp.box.grown(7 * u)
        width, height = around.right - around.left, around.bottom - around.top
        told.marks.append(rect(around.left, around.top, width, height, "stamp"))
        told.write(sheet, "stamp-text", stamp, spacing=0.12)
    forks(d, sheet, told)
    size = _SIZES[d.view.kind]
    for code in sorted(d.spots, key=lambda code: (not stops[code].goal, code)):
        made = sheet.beside([code], d.spots[code], size=size, gap=10.0, must=d.view.kind == "wide")
        if made:
            told.write(sheet, "stop-name", *made)
    land_names(d, sheet, told)
    return told
