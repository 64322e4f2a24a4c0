"""The land under the office's map: built at set-up, whole, the same for everybody, and small enough to be sent."""

import gzip
import json
import sys
from pathlib import Path

from parts import needing
from waystation_web import __file__ as package

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from basemap_names import RIVERS, TOWNS, of_town, plain, script

STATIC = Path(package).parent / "static"
built = needing((STATIC / "map.json").is_file(), "the land is not built: run tools/bootstrap.py setup")
LAYERS = ("land", "coast", "border", "river", "named", "lake", "town", "label")
MOST = 5_000_000  # bytes sent, once


def folder():
    return STATIC / json.loads((STATIC / "map.json").read_text("utf-8"))["folder"]


def layer(name):
    return json.loads((folder() / f"{name}.geojson").read_text("utf-8"))["features"]


def corners(shape):
    """All points of a shape."""
    if isinstance(shape[0], int | float):
        return [shape]
    return [point for part in shape for point in corners(part)]


@built
def test_one_folder_holds_every_layer_with_a_twin_that_says_the_same():
    assert [path.name for path in STATIC.glob("map@*")] == [folder().name]
    wanted = {f"{name}.geojson{end}" for name in LAYERS for end in ("", ".gz")} | {"relief.webp"}
    assert {path.name for path in folder().iterdir()} == wanted
    for path in folder().glob("*.gz"):
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


@built
def test_what_is_sent_stays_within_its_budget():
    sent = [path for path in folder().iterdir() if path.suffix != ".geojson"]
    assert sum(path.stat().st_size for path in sent) <= MOST


@built
def test_every_continent_has_land_and_the_points_lie_on_the_earth():
    land = layer("land")
    assert {"KP", "CN", "KR", "LA", "TH", "MN", "ER", "LY", "IT", "MX", "AU"} <= {one["properties"]["c"] for one in land}
    for name in LAYERS:
        points = [point for one in layer(name) for point in corners(one["geometry"]["coordinates"])]
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points), name


@built
def test_towns_and_rivers_are_named_in_the_languages_of_the_office():
    rivers = {one["properties"]["n"]: one["properties"] for one in layer("named")}
    assert set(rivers) <= set(RIVERS)
    assert rivers["Tumen"]["ko"] == "두만강"
    towns = {one["properties"]["n"]: one["properties"] for one in layer("town")}
    assert towns["Vientiane"] | {"ko": "비엔티안", "cap": 1, "z": 3} == towns["Vientiane"]
    assert towns["Yanji"]["ko"] == "옌지"
    assert all(script(name[key]) == key for name in towns.values() for key in {"ko", "th", "lo"} & set(name))


@built
def test_what_has_a_version_in_its_name_is_not_asked_for_again_and_nothing_else_is_kept(office):
    client = office.client()
    kept = {path: client.get(f"/static/{path}")["Cache-Control"] for path in (
        "office/let-go@1.js", f"{folder().name}/land.geojson", "map.json", "office/map.mjs", "map@0/none.geojson")}
    assert list(kept.values()) == ["max-age=31536000, public, immutable"] * 2 + ["max-age=0, public"] * 2 + ["no-store"]


def test_a_name_set_here_stands_before_what_the_source_says():
    assert of_town("CN", "Yanji", ["연길"]) == {"ko": "옌지"}
    assert of_town("KR", "Invented Town", ["가나다시", "가나다라마바사아자차카타파하거너"]) == {"ko": "가나다"}
    assert of_town("XX", "Nowhere", ["Nulle part", "가나 Town"]) == {}
    assert all(script(name) == key for said in (*TOWNS.values(), *RIVERS.values()) for key, name in said.items()
               if key != "th" or " " not in name)
    assert plain("시", "KR") == "시"
