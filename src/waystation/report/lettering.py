"""What is written on the map: stops, letters at forks, countries, rivers, scale, credit, and the word FICTIONAL."""

from dataclasses import dataclass, field
from math import atan2, degrees, dist

import numpy as np

from waystation.planning.results import Placed
from waystation.report.basemap import CREDIT, Basemap
from waystation.report.mapview import Box, Projection, Spot
from waystation.report.phrases import FICTIONAL, NOT_A_MAP, SCHEMATIC, way
from waystation.report.placing import Label, Sheet, line
from waystation.report.scene import Scene, Seen
from waystation.report.ways import Way

SIZES = {"wide": 15.0, "narrow": 12.5, "paper": 11.5}  # pixels: the code of a stop
TOWNS = {"wide": 9, "narrow": 0, "paper": 0}
CROWDED = 100.0  # cost of covering a mark: there is no room for another
SMALL_COUNTRY = 0.5  # degrees from its middle to its edge: the capitals of smaller ones are left out
SCALES_KM = (2000, 1000, 500, 200, 100, 50, 20, 10)


@dataclass(slots=True)
class Lettering:
    """Labels as class, label, letter spacing (em) and turn (degrees), and ready-made marks under them."""

    labels: list[tuple[str, Label, float, float]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def write(self, sheet: Sheet, kind: str, *labels: Label, spacing: float = 0.0, turn: float = 0.0) -> None:
        """Adds labels, and takes their place on the sheet."""
        sheet.take(*labels)
        self.labels += [(kind, label, spacing, turn) for label in labels]


def letter(scene: Scene) -> Lettering:
    """All words of a view, the most important placed first."""
    view, told = scene.view, Lettering()
    u = view.unit
    sheet = Sheet(view.box.grown(-6 * u), u)
    sheet.taken += [Box(s.x - 5 * u, s.y - 5 * u, s.x + 5 * u, s.y + 5 * u) for s in scene.spots.values()]
    for w in scene.ways:
        if w.line.kind in ("first", "branch", "closed"):
            sheet.lines += w.samples()
    _corners(scene, sheet, told)
    forks(scene, sheet, told)
    _stops(scene, sheet, told)
    land_names(scene, sheet, told)
    return told


def land_names(scene: Seen, sheet: Sheet, told: Lettering) -> None:
    """Names of the land, where there is room between what matters more."""
    if scene.base is not None and scene.where is not None:
        _countries(scene.base, scene.where, scene, sheet, told)
        _rivers(scene.base, scene.where, scene, sheet, told)
        _towns(scene.base, scene.where, scene, sheet, told)


def _corners(scene: Scene, sheet: Sheet, told: Lettering) -> None:
    """Plate (left free for the page), scale, credit, warning and FICTIONAL, in the corners."""
    view, box, u = scene.view, scene.view.box, scene.view.unit
    small = {"wide": 11.0, "narrow": 9.5, "paper": 8.5}[view.kind]
    right, bottom = box.right - 10 * u, box.bottom - 10 * u
    rows = [SCHEMATIC, CREDIT] if scene.base else [SCHEMATIC] if scene.where else [NOT_A_MAP]
    for k, words in enumerate(reversed(rows)):
        told.write(sheet, "credit", line(words, right, bottom - k * 15 * u, small * u, "end"))
    if scene.where is not None:
        _scale(scene.where, scene, sheet, told, right, bottom - 15 * len(rows) * u - 8 * u, small)
    if view.kind == "wide":
        sheet.taken.append(Box(box.left, box.bottom - 210 * u, box.left + 430 * u, box.bottom))
    if scene.answer.fictional:
        size = {"wide": 15.0, "narrow": 12.0, "paper": 12.0}[view.kind] * u
        x, y = box.left + {"wide": 31.0, "narrow": 23.0, "paper": 18.0}[view.kind] * u, box.top + 18 * u + size
        stamp = line(FICTIONAL, x, y, size, "start", spacing=0.3)
        b = stamp.box.grown(7 * u)
        told.marks.append(f'<rect class="stamp" x="{b.left:.1f}" y="{b.top:.1f}" width="{b.right - b.left:.1f}" '
                          f'height="{b.bottom - b.top:.1f}" stroke-width="{1.4 * u:.2f}"/>')
        told.write(sheet, "stamp-text", stamp, spacing=0.3)
        told.write(sheet, "stamp-note", line("invented stations, people and dangers", b.left, b.bottom + 15 * u,
                                              small * u, "start"))
        big = {"wide": 150.0, "narrow": 52.0, "paper": 90.0}[view.kind] * u
        middle = Spot((box.left + box.right) / 2, (box.top + box.bottom) / 2 + big / 3)
        told.labels.insert(0, ("watermark", line(FICTIONAL, *middle, big, "middle"), 0.12, -16.0))


def _scale(where: Projection, scene: Scene, sheet: Sheet, told: Lettering, right: float, y: float, size: float) -> None:
    u, per_km = scene.view.unit, where.pixels_per_km(scene.view)
    km = next((k for k in SCALES_KM if k * per_km <= 130), SCALES_KM[-1])
    left = right - km * per_km * u
    shape = f"M{left:.1f} {y - 4 * u:.1f}V{y:.1f}H{right:.1f}V{y - 4 * u:.1f}"
    told.marks.append(f'<path class="scale" stroke-width="{1.2 * u:.2f}" d="{shape}"/>')
    told.write(sheet, "credit", line(f"about {km:,} km", right, y - 8 * u, size * u, "end"))


def forks(scene: Seen, sheet: Sheet, told: Lettering) -> None:
    """A diamond with its letter on each branch near its fork, and a question mark on each leg that is not known."""
    u, lettered = scene.view.unit, set[str]()
    for w in scene.ways:
        marks = []
        if w.line.letter and w.line.kind == "branch" and w.line.letter not in lettered:
            lettered.add(w.line.letter)
            marks.append(("fork", w.line.letter, _along(w, 30 * u)))
        if w.line.unknown and w.line.kind in ("first", "branch", "other"):
            free = [w.at(t) for t in (0.55, 0.4, 0.7) if sheet.cost(Box(*w.at(t), *w.at(t)).grown(10 * u)) < CROWDED]
            marks += [("query", "?", spot) for spot in free[:1]]
        for kind, words, spot in marks:
            shape = _diamond(spot, 11.4 * u) if kind == "fork" else _disc(spot, 9.5 * u)
            told.marks.append(f'<path class="{kind}" stroke-width="{1.3 * u:.2f}" d="{shape}"/>')
            told.labels.append((f"{kind}-text", line(words, spot.x, spot.y + 4.4 * u, 12.5 * u, "middle"), 0.0, 0.0))
            sheet.taken.append(Box(*spot, *spot).grown(9.5 * u))


def _diamond(spot: Spot, r: float) -> str:
    return f"M{spot.x:.1f} {spot.y - r:.1f}l{r:.1f} {r:.1f} {-r:.1f} {r:.1f} {-r:.1f} {-r:.1f}z"


def _disc(spot: Spot, r: float) -> str:
    half = f"a{r:.1f} {r:.1f} 0 1 0"
    return f"M{spot.x - r:.1f} {spot.y:.1f}{half} {2 * r:.1f} 0{half} {-2 * r:.1f} 0z"


def _along(w: Way, far: float) -> Spot:
    """The first point of a way at least `far` from its start; its middle if the way is short."""
    if dist(w.start, w.end) <= 2 * far:
        return w.at(0.5)
    return next((point for point in w.samples() if dist(point, w.start) >= far), w.at(0.5))


def _stops(scene: Scene, sheet: Sheet, told: Lettering) -> None:
    size = SIZES[scene.view.kind]
    main = way(scene.answer)
    branch = [code for w in scene.ways if w.line.kind in ("branch", "closed") for code in (w.line.start, w.line.end)]
    named: dict[str, Placed] = {place.code: place for place in scene.answer.places}
    order = list(dict.fromkeys([main[0], main[-1], *main, *branch, *scene.spots]))
    for code in order:
        if code not in scene.spots:
            continue
        spot, place, important = scene.spots[code], named[code], code in main
        own = size if important else size * 0.84
        public = place.near if place.near.casefold() != code.casefold() else ""
        choices = [[code, public], [code]] if public and (important or scene.view.kind == "wide") else [[code]]
        made = next((m for words in choices if (m := sheet.beside(words, spot, size=own, gap=10.0))), None)
        if made is None and important:
            made = sheet.beside([code], spot, size=own, gap=10.0, must=True)
        if made is None:
            continue
        told.write(sheet, "stop-name" if important else "side-name", made[0])
        if len(made) > 1:
            told.write(sheet, "near-name", *made[1:])


def _countries(base: Basemap, where: Projection, scene: Seen, sheet: Sheet, told: Lettering) -> None:
    """Names of countries where there is room: those of the journey first, and these also in a narrow place."""
    u, view = scene.view.unit, scene.view
    done: set[str] = set()
    least, most = {"wide": (11.0, 17.0), "narrow": (9.0, 11.0), "paper": (8.5, 11.0)}[view.kind]
    for spot in sorted(base.spots, key=lambda s: (s.country not in scene.countries, -s.clear)):
        here = where.spot(spot.lat, spot.lon)
        if spot.country in done or not view.box.grown(-30 * u).holds(here):
            continue
        room = spot.clear * where.scale / u  # pixels to the country's edge
        words = base.country[spot.country].upper()
        passed = spot.country in scene.countries
        if room < (0.4 if passed else 2.1) * len(words):
            continue
        size = min(most, max(least, room / 7))
        label = sheet.centred(words, here, size=size, spacing=0.3, over=6.0 if passed else 3.0)
        if label:
            done.add(spot.country)
            told.write(sheet, "country-name", label, spacing=0.3)


def _rivers(base: Basemap, where: Projection, scene: Seen, sheet: Sheet, told: Lettering) -> None:
    """Names along the rivers: at the stretch that lies straightest and freest."""
    if scene.view.kind != "wide":
        return
    u, done = scene.view.unit, set[str]()
    for k, points in base.named.within(*where.degrees(scene.view.box)):
        name = base.named_name[k]
        xy = where.many(points)
        walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        need = 0.62 * 10.5 * u * len(name)
        best: tuple[float, Label, float] | None = None
        for start in np.arange(0, max(walked[-1] - need, 0), need / 2):
            a, b = (np.array([np.interp(s, walked, xy[:, axis]) for axis in (0, 1)]) for s in (start, start + need))
            if float(np.hypot(*(b - a))) < 0.86 * need:
                continue
            turn = degrees(atan2(b[1] - a[1], b[0] - a[0]))
            turn += 180 if turn < -90 else -180 if turn > 90 else 0
            middle = Spot(float((a[0] + b[0]) / 2), float((a[1] + b[1]) / 2) - 5 * u)
            label = line(name, middle.x, middle.y, 10.5 * u, "middle", spacing=0.12)
            span = max(abs(b[0] - a[0]), 8 * u) / 2, max(abs(b[1] - a[1]), 8 * u) / 2
            cost = sheet.cost(Box(middle.x - span[0], middle.y - span[1], middle.x + span[0], middle.y + span[1]))
            if cost < 1 and (best is None or abs(turn) < abs(best[2])):
                best = (cost, label, turn)
        if best and name not in done:
            done.add(name)
            told.write(sheet, "river-name", best[1], spacing=0.12, turn=best[2])


def _towns(base: Basemap, where: Projection, scene: Seen, sheet: Sheet, told: Lettering) -> None:
    """A few public towns for orientation, capitals first; never one that stands on a stop."""
    u, view, left = scene.view.unit, scene.view, TOWNS[scene.view.kind]
    large = {spot.country for spot in base.spots if spot.clear > SMALL_COUNTRY}
    for town in sorted(base.towns, key=lambda t: not t.capital):
        spot = where.spot(town.lat, town.lon)
        free = not any(dist(spot, other) < 34 * u for other in scene.spots.values())
        if left and town.capital and town.country in large and free and view.box.grown(-20 * u).holds(spot):
            made = sheet.beside([town.name], spot, size=10.5, gap=5.0)
            if made and sheet.cost(made[0].box) < 2:
                left -= 1
                told.marks.append(f'<circle class="town" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{1.5 * u:.2f}"/>')
                told.write(sheet, "town-name", *made)

