"""The route as a server-made SVG: the dark film map, its narrow twin, and the paper map for print.

The picture is for orientation only. Lines are bent for looks, stops stand at the middle of a province or at a public
town, forbidden legs are not drawn. A fictional world says so inside the picture. The same way in words stands before
the map on the page; the image's name says it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from waystation.planning.results import Answer, Knowledge
from waystation.report.basemap import Basemap, installed
from waystation.report.drawing import rect
from waystation.report.ground import graticule, ground, whole_box
from waystation.report.lettering import Lettering, letter
from waystation.report.mapview import Box, Projection, drawn, laid_out, position, projection, views
from waystation.report.phrases import FICTIONAL, SCHEMATIC, way
from waystation.report.scene import Scene, Seen, journey_countries
from waystation.report.ways import Way, look, ways

NO_BASE = "The base map was not built on this machine: only a grid is drawn."
NO_PLACES = "No place of this route book has a position: the picture shows the order of the way, not the earth."
DEFS = (
    '<filter id="f-glow" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="{0:.2f}"/></filter>'
    '<filter id="f-soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="{1:.2f}"/></filter>'
    '<filter id="f-coast" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="6"/></filter>'
    '<radialGradient id="f-edge" cx=".5" cy=".48" r=".72"><stop offset=".45" stop-opacity="0"/>'
    '<stop offset=".8" stop-opacity=".45"/><stop offset="1" stop-opacity=".92"/></radialGradient>'
)


@dataclass(frozen=True, slots=True)
class Map:
    """The pieces of a map: shared definitions, and one picture a view (`wide`, `narrow`, `paper`)."""

    shared: str
    pictures: Mapping[str, str]
    notes: tuple[str, ...]  # what the reader should be told beside the picture


def route_map(answer: Answer, base: Basemap | None = None) -> Map:
    """Draws the answer's map. `base` is the installed base map unless given; without one there is a plain grid."""
    base = base or installed()
    where = projection(answer)
    if where is None:
        base, spots = None, laid_out(answer)
    else:
        spots = {code: where.spot(*position(place)) for code, place in drawn(answer).items()}
    if not spots:
        return Map("", {}, ())
    seen = views(list(spots.values()))
    lines, countries = ways(answer, spots), journey_countries(answer)
    land = _shared(base, where, whole_box(seen), countries)
    pictures = {view.kind: _picture(Scene(answer, base, where, view, spots, lines, countries)) for view in seen}
    return Map(f"{DEFS.format(9.0, 3.2)}{land}", pictures, _notes(answer, base, where, len(spots)))


def _shared(base: Basemap | None, where: Projection | None, box: Box, countries: tuple[str, ...]) -> str:
    if where is None:
        return ""
    return ground(base, where, box, tinted=countries) if base else graticule(where, box)


def _notes(answer: Answer, base: Basemap | None, where: Projection | None, count: int) -> tuple[str, ...]:
    if where is None:
        return (NO_PLACES,)
    notes = () if base else (NO_BASE,)
    if count == len(answer.places):
        return notes
    missing = len(answer.places) - count
    return (*notes, f"{missing} of {len(answer.places)} places have no position and are not drawn.")


def standalone(answer: Answer, kind: str = "wide", base: Basemap | None = None) -> str:
    """One view as an SVG file of its own, with its style sheet inside; empty if the book has no place."""
    made = route_map(answer, base)
    if not made.pictures:
        return ""
    style = (files("waystation.report") / "map.css").read_text("utf-8")
    head, tail = made.pictures[kind].split(">", 1)
    return f"{head}><style>{style}</style><defs>{made.shared}</defs>{tail}"


def _picture(d: Scene) -> str:
    view, box = d.view, d.view.box
    said = " to ".join(way(d.answer))
    name = f"The most likely way: {said}. {SCHEMATIC}"
    if d.answer.fictional:
        name = f"{FICTIONAL}. {name}"
    window = f"{box.left:.1f} {box.top:.1f} {box.right - box.left:.1f} {box.bottom - box.top:.1f}"
    body = [land(d), *_legs(d), *_stops(d), edge(d), *words(d, letter(d))]
    return (f'<svg class="map {view.kind}" xmlns="http://www.w3.org/2000/svg" viewBox="{window}" '
            f'preserveAspectRatio="xMidYMid slice" role="img" aria-label="{escape(name)}">{"".join(body)}</svg>')


def land(d: Seen) -> str:
    """Sea, land, rivers and borders of a view, out of the shared pieces."""
    u, box = d.view.unit, d.view.box
    sea = rect(box.left, box.top, box.right - box.left, box.bottom - box.top, "sea")
    if d.where is None:
        return sea
    if d.base is None:
        return sea + f'<use href="#m-grid" class="grid" stroke-width="{0.7 * u:.2f}"/>'
    parts = [sea]
    if d.view.kind != "paper":
        parts.append(f'<use href="#m-land" class="coast-glow" stroke-width="{9 * u:.2f}" filter="url(#f-coast)"/>')
    parts.append(f'<use href="#m-land" class="land" stroke-width="{0.6 * u:.2f}"/>')
    for k, country in enumerate(d.countries):
        parts.append(f'<use href="#m-c-{escape(country)}" class="country {"from" if k == 0 else "on"}"/>')
    if d.view.kind != "paper":
        parts.append('<use href="#m-relief" class="relief"/>')
    parts += [f'<use href="#m-{name}" class="{name}" stroke-width="{width * u:.2f}"/>'
              for name, width in (("lake", 0.3), ("river", 0.6), ("named", 1.25), ("coast", 0.8))]
    dash = f' stroke-dasharray="{4 * u:.1f} {2.5 * u:.1f}"'
    return "".join(parts) + f'<use href="#m-border" class="border" stroke-width="{0.8 * u:.2f}"{dash}/>'


def _legs(d: Scene) -> list[str]:
    """Legs from the least to the most important, the plan's glow under its core."""
    u, out = d.view.unit, []
    order = {"other": 0, "closed": 1, "branch": 2, "first": 3}
    drawn_ways = sorted(d.ways, key=lambda w: order[w.line.kind])
    first = [w for w in drawn_ways if w.line.kind == "first"]
    ground_line = [w for w in first if w.line.mode != "air"]
    dark = d.answer.assessment.state is Knowledge.UNKNOWN  # no glow over what nobody knows
    if d.view.kind != "paper" and ground_line and not dark:
        path = "".join(w.path() for w in ground_line)
        for width, kind, blur in ((20, "glow far", "f-glow"), (9, "glow", "f-soft"), (4.6, "glow close", "")):
            soft = f' filter="url(#{blur})"' if blur else ""
            out.append(f'<path class="{kind}" stroke-width="{width * u:.2f}" d="{path}"{soft}/>')
    for w in drawn_ways:
        kind = look(w.line, dark=dark)
        if w.line.kind == "closed":
            out.append(f'<path class="leg closed" stroke-width="{1.1 * u:.2f}" d="{w.path()}"/>')
            out.append(f'<path class="leg closed" stroke-width="{1.4 * u:.2f}" d="{w.crosses(u)}"/>')
            continue
        width, dash = _stroke(w, paper=d.view.kind == "paper", dark=dark)
        pattern = f' stroke-dasharray="{" ".join(f"{n * u:.1f}" for n in dash)}"' if dash else ""
        out.append(f'<path class="leg {kind}" stroke-width="{width * u:.2f}"{pattern} d="{w.path()}"/>')
    return out


def _stroke(w: Way, *, paper: bool, dark: bool) -> tuple[float, tuple[float, ...]]:
    """Width and dashes (pixels) of a leg."""
    weight = {"first": 3.0 if paper else 2.4, "branch": 1.8, "other": 1.0, "closed": 1.4}[w.line.kind]
    if w.line.unknown or (dark and w.line.kind == "first"):
        return max(weight, 1.4), (7.0, 3.0, 1.5, 6.0)
    if w.line.mode == "air":
        return weight, (0.1, 2.3 * weight)
    return weight, {"branch": (8.0, 4.0), "other": (3.0, 4.0)}.get(w.line.kind, ())


def _stops(d: Scene) -> list[str]:
    u, out = d.view.unit, []
    main = way(d.answer)
    waits = {step.place for step in d.answer.tree.main if step.action == "wait"}
    goals = {place.code for place in d.answer.places if place.goal}
    on_branch = {code for w in d.ways if w.line.kind == "branch" for code in (w.line.start, w.line.end)}
    for code, spot in d.spots.items():
        where = f'cx="{spot.x:.1f}" cy="{spot.y:.1f}"'
        kind, radius = ("stop main", 4.0) if code in main else ("stop side", 3.0 if code in on_branch else 2.0)
        if code in waits:
            out.append(f'<circle class="wait" {where} r="{9.5 * u:.2f}" stroke-width="{1.2 * u:.2f}"/>')
        if code in goals and code in main:
            out.append(f'<circle class="goal" {where} r="{8 * u:.2f}" stroke-width="{1.4 * u:.2f}"/>')
        out.append(f'<circle class="{kind}" {where} r="{radius * u:.2f}" stroke-width="{1.7 * u:.2f}"/>')
    return out


def edge(d: Seen) -> str:
    """The dark edge of the film."""
    if d.view.kind == "paper":
        return ""
    box = d.view.box
    return (f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.right - box.left:.1f}" '
            f'height="{box.bottom - box.top:.1f}" fill="url(#f-edge)"/>')


def words(d: Seen, told: Lettering) -> list[str]:
    """Marks and labels as SVG."""
    u, out = d.view.unit, []
    halo = f' stroke-width="{3 * u:.2f}"'
    for kind, label, spacing, turn in told.labels:
        apart = f' letter-spacing="{spacing * label.size:.2f}"' if spacing else ""
        turned = f' transform="rotate({turn:.1f} {label.x:.1f} {label.y:.1f})"' if turn else ""
        anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
        where = f'x="{label.x:.1f}" y="{label.y:.1f}" font-size="{label.size:.2f}"'
        out.append(f'<text class="{kind}" {where}{anchor}{apart}{turned}{halo}>{escape(label.words)}</text>')
    return [*told.marks, *out]

