"""The map: stops where they belong, lines by kind, labels apart, FICTIONAL inside, and a grid when the base is missing."""

import io
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from answers import BASE, PLACES, UNKNOWN
from hypothesis import given
from hypothesis import strategies as st

from waystation.planning.results import Line, Placed
from waystation.report import basemap, svgmap
from waystation.report.basemap import Basemap, read
from waystation.report.ground import graticule, ground, whole_box
from waystation.report.lettering import letter
from waystation.report.mapview import Box, Spot, drawn, laid_out, latitude, ordinate, position, projection, views
from waystation.report.placing import Sheet, line
from waystation.report.scene import Scene, journey_countries
from waystation.report.svgmap import NO_BASE, NO_PLACES, route_map, standalone
from waystation.report.ways import look, ways

SVG = "{http://www.w3.org/2000/svg}"


def packed(prefix, lines):
    flat = np.concatenate([np.asarray(points, float) for points in lines]) / 0.002
    steps = np.diff(np.rint(flat).astype(np.int32), axis=0, prepend=np.zeros((1, 2), np.int32)).T
    return {f"{prefix}_steps": steps, f"{prefix}_n": np.array([len(points) for points in lines], np.int32)}


def small_base() -> Basemap:
    """A made-up land: one square country from 90 to 140 E, 5 to 60 N, with a lake, a border, two rivers and two towns."""
    square = [(90, 5), (140, 5), (140, 60), (90, 60), (90, 5)]
    river = [(100 + k / 4, 32 + 0.3 * math.sin(k)) for k in range(60)]
    store = {
        **packed("ring", [square]), "ring_code": np.array(["CN"]), **packed("coast", [square]),
        **packed("border", [[(90, 41), (140, 41)]]), **packed("lake", [[(110, 30), (112, 30), (112, 31), (110, 30)]]),
        **packed("river", [river]), **packed("named", [river, [(118, 20), (124, 20.01), (130, 20)]]),
        "named_name": np.array(["Long", "Wide"]), "grid": np.array(0.002), "country_code": np.array(["CN", "KP"]),
        "country_name": np.array(["China", "North Korea"]), "spot_code": np.array(["CN", "KP"]),
        "spot": np.array([[112.0, 45.0, 9.0], [127.0, 40.2, 1.0]], np.float32),
        "town_name": np.array(["Lowtown", "Hightown"]), "town_code": np.array(["CN", "CN"]),
        "town": np.array([[120.0, 27.0, 5e6, 1.0], [97.0, 48.0, 3e6, 0.0]], np.float32),
        "tile": np.array([[96.0, 32.0, 16.0, 8.0], [96.0, 32.0, 16.0, 18.0]], np.float32),
        "tile_size": np.array([4, 6], np.int32), "tile_bytes": np.frombuffer(b"tilefinest", np.uint8),
    }
    stream = io.BytesIO()
    np.savez_compressed(stream, **store)
    return read(stream.getvalue())


@pytest.fixture
def base():
    return small_base()


@pytest.fixture
def no_base(monkeypatch):
    monkeypatch.setattr(svgmap, "installed", lambda: None)


def picture(answer, kind, base):
    return ET.fromstring(route_map(answer, base).pictures[kind])


def scene(answer, kind, base):
    where = projection(answer)
    spots = {code: where.spot(*position(place)) for code, place in drawn(answer).items()}
    (view,) = [v for v in views(list(spots.values())) if v.kind == kind]
    return Scene(answer, base, where, view, spots, ways(answer, spots), journey_countries(answer))


def classes(drawing):
    return [kind for node in drawing.iter() for kind in (node.get("class") or "").split()]


# --- where things fall ------------------------------------------------------------------------------------------------


@given(st.floats(-80, 80))
def test_mercator_there_and_back(lat):
    assert latitude(float(ordinate(lat))) == pytest.approx(lat, abs=1e-9)


def test_mercator_at_the_equator_and_at_45_degrees():
    assert float(ordinate(0.0)) == pytest.approx(0.0, abs=1e-12)
    assert float(ordinate(45.0)) == pytest.approx(math.degrees(math.log(1 + math.sqrt(2))), abs=1e-9)


@given(st.lists(st.tuples(st.floats(-60, 65), st.floats(-170, 170)), min_size=1, max_size=12))
def test_every_place_is_inside_every_view(where):
    places = tuple(Placed(f"P{k}", "", "town", "XX", lat, lon, False) for k, (lat, lon) in enumerate(where))
    answer = replace(BASE, places=places)
    made = projection(answer)
    spots = [made.spot(*position(place)) for place in places]
    for view in views(spots):
        assert all(view.box.holds(spot) for spot in spots)
        assert view.box.right - view.box.left == pytest.approx(view.width * view.unit)


def test_degrees_of_a_box_are_those_of_its_corners():
    where = projection(BASE)
    a, b = where.spot(50.0, 90.0), where.spot(10.0, 130.0)
    assert where.degrees(Box(a.x, a.y, b.x, b.y)) == pytest.approx((90.0, 10.0, 130.0, 50.0))


def test_scale_at_the_middle_of_the_view():
    where = projection(BASE)
    (view,) = [v for v in views([where.spot(*position(p)) for p in PLACES]) if v.kind == "wide"]
    _, south, _, north = where.degrees(view.box)
    middle = (south + north) / 2
    east = where.spot(middle, 111.0).x - where.spot(middle, 110.0).x
    assert where.pixels_per_km(view) == pytest.approx(east / (111.32 * math.cos(math.radians(middle))))


# --- lines ------------------------------------------------------------------------------------------------------------


def test_the_main_line_is_smooth_through_its_stops():
    spots = {code: projection(BASE).spot(*position(place)) for code, place in drawn(BASE).items()}
    drawn_ways = {way.line.leg: way for way in ways(BASE, spots)}
    before, after = drawn_ways["L03"], drawn_ways["L04"]  # they meet at LANTERN
    assert before.at(1.0) == pytest.approx(spots["LANTERN"])
    arrive = math.atan2(before.end.y - before.second.y, before.end.x - before.second.x)
    leave = math.atan2(after.first.y - after.start.y, after.first.x - after.start.x)
    assert arrive == pytest.approx(leave)


def test_lines_without_two_positions_are_not_drawn():
    nowhere = tuple(replace(p, lat=None) if p.code == "MILL" else p for p in PLACES)
    answer = replace(BASE, places=nowhere)
    spots = {code: projection(answer).spot(*position(place)) for code, place in drawn(answer).items()}
    assert not {"L04", "L05", "L12"} & {way.line.leg for way in ways(answer, spots)}
    assert "1 of 15 places have no position and are not drawn." in route_map(answer, small_base()).notes


@pytest.mark.parametrize(("line_", "dark", "kind"), [
    (Line("L", "A", "B", "bus", "first"), False, "first"),
    (Line("L", "A", "B", "bus", "first"), True, "unknown"),
    (Line("L", "A", "B", "bus", "branch", unknown=True), False, "unknown"),
    (Line("L", "A", "B", "bus", "closed", unknown=True), False, "closed"),
    (Line("L", "A", "B", "air", "first"), False, "first air"),
    (Line("L", "A", "B", "air", "first", unknown=True), False, "unknown"),
])
def test_kinds_of_line(line_, dark, kind):
    assert look(line_, dark=dark) == kind


def test_kinds_differ_without_colour(base):
    drawing = picture(BASE, "paper", base)
    dashes = {}
    for path in drawing.iter(f"{SVG}path"):
        kind = path.get("class", "")
        if kind.startswith("leg "):
            dashes.setdefault(kind, set()).add(path.get("stroke-dasharray"))
    assert dashes["leg first"] == {None}
    distinct = [*dashes["leg first"], *dashes["leg first air"], *dashes["leg branch"], *dashes["leg unknown"], *dashes["leg other"]]
    assert len(set(distinct)) == 5
    closed = [p for p in drawing.iter(f"{SVG}path") if p.get("class") == "leg closed"]
    assert [p.get("d").count("M") for p in closed] == [1, 2]  # the line, and a cross of two strokes


def test_the_plan_glows_on_the_screen_and_not_on_paper_nor_when_nothing_is_known(base):
    assert classes(picture(BASE, "wide", base)).count("glow") == 3
    assert "glow" not in classes(picture(BASE, "paper", base))
    assert "glow" not in classes(picture(UNKNOWN, "wide", base))
    assert "first" not in classes(picture(UNKNOWN, "wide", base))


def test_letters_stand_at_forks_and_question_marks_on_what_is_not_known(base):
    drawing = picture(BASE, "wide", base)
    words = [(node.get("class"), node.text) for node in drawing.iter(f"{SVG}text")]
    assert [w for k, w in words if k == "fork-text"] == ["A", "B"]
    assert [w for k, w in words if k == "query-text"] == ["?", "?"]
    assert classes(drawing).count("wait") == 1
    assert classes(drawing).count("goal") == 1


# --- words on the map -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["wide", "narrow", "paper"])
def test_labels_do_not_cover_each_other(kind, base):
    drawn_scene = scene(BASE, kind, base)
    told = [(k, label) for k, label, _, turn in letter(drawn_scene).labels if k != "watermark" and not turn]
    names = [label.words for k, label in told if k == "stop-name"]
    assert set(names) == {"HEARTH", "ORCHARD", "FORGE", "LANTERN", "MILL", "TERRACE", "PAVILION", "REED", "FERRY", "GARDEN",
                          "HARBOR"}
    for i, (_, a) in enumerate(told):
        assert a.box.left >= drawn_scene.view.box.left
        assert a.box.right <= drawn_scene.view.box.right
        for _, b in told[i + 1:]:
            shrunk = Box(a.box.left + 1, a.box.top + 2, a.box.right - 1, a.box.bottom - 2)
            assert not shrunk.meets(b.box), (a.words, b.words)


def test_a_label_that_must_stand_stands_in_the_least_bad_place():
    sheet = Sheet(Box(0, 0, 100, 100), 1.0, taken=[Box(0, 0, 100, 100)])
    assert sheet.beside(["HEARTH"], Spot(50, 50), size=10, gap=5) is None
    assert sheet.beside(["HEARTH"], Spot(50, 50), size=10, gap=5, must=True)[0].words == "HEARTH"


def test_a_label_leaves_the_edge_for_the_other_side():
    sheet = Sheet(Box(0, 0, 100, 100), 1.0)
    (label,) = sheet.beside(["ORCHARD"], Spot(97, 50), size=10, gap=5)
    assert label.anchor == "end"
    assert label.box.right <= 97


def test_box_of_a_line_of_text():
    label = line("AB", 10, 20, 10, "middle")
    assert (label.box.left, label.box.right) == (4.0, 16.0)


@pytest.mark.parametrize("kind", ["wide", "narrow", "paper"])
def test_fictional_stands_inside_the_picture_of_a_fictional_world_only(kind, base):
    drawing = picture(BASE, kind, base)
    words = [node.text for node in drawing.iter(f"{SVG}text")]
    assert words.count("FICTIONAL") == 2  # stamp and watermark
    assert drawing.get("aria-label").startswith("FICTIONAL.")
    real = picture(replace(BASE, fictional=False), kind, base)
    assert "FICTIONAL" not in ET.tostring(real, "unicode")


@pytest.mark.parametrize("kind", ["wide", "narrow", "paper"])
def test_every_picture_warns_credits_and_has_a_name(kind, base):
    drawing = picture(BASE, kind, base)
    words = [node.text for node in drawing.iter(f"{SVG}text")]
    assert "Schematic. Do not navigate by this map." in words
    assert "GSHHG/WDBII \u00b7 Natural Earth relief \u00b7 GeoNames CC BY 4.0" in words
    assert any(re.fullmatch(r"about [\d,]+ km", w) for w in words)
    assert drawing.get("role") == "img"
    assert "HEARTH to ORCHARD to FORGE" in drawing.get("aria-label")


def test_countries_of_the_journey_are_tinted_and_the_first_is_the_one_left(base):
    drawing = picture(BASE, "wide", base)
    tints = [(u.get("href"), u.get("class")) for u in drawing.iter(f"{SVG}use") if "country" in u.get("class", "")]
    assert tints == [("#m-c-KP", "country from"), ("#m-c-CN", "country on"), ("#m-c-LA", "country on"),
                     ("#m-c-TH", "country on"), ("#m-c-KR", "country on")]


def test_hostile_codes_and_names_are_text_in_the_picture(base):
    bad = '"><script>alert(1)</script>'
    answer = replace(BASE, places=tuple(replace(p, near=bad) if p.code == "MILL" else p for p in PLACES))
    made = standalone(answer, "wide", base)
    assert "<script" not in made
    ET.fromstring(made)


# --- the base map -----------------------------------------------------------------------------------------------------


def test_base_map_reads_back_what_was_packed(base):
    assert base.ring.points[:3].tolist() == pytest.approx(np.array([(90, 5), (140, 5), (140, 60)]))
    assert [k for k, _ in base.named.within(95, 30, 100.5, 35)] == [0]
    assert base.tiles[1].picture == b"finest"
    assert base.country["KP"] == "North Korea"
    assert not base.coast.points.flags.writeable


def test_land_is_cut_to_the_views_and_written_once(base):
    where = projection(BASE)
    box = whole_box(views([where.spot(*position(p)) for p in PLACES]))
    shared = ET.fromstring(f"<defs>{ground(base, where, box, tinted=['CN', 'KP'])}</defs>")
    ids = [node.get("id") for node in shared if node.get("id")]
    assert ids == ["m-land", "m-coast", "m-border", "m-lake", "m-river", "m-named", "m-c-CN", "m-relief"]
    numbers = re.findall(r"M(-?[\d.]+) (-?[\d.]+)", shared.find(".//*[@id='m-land']").get("d"))
    assert all(box.left - 1 <= float(x) <= box.right + 1 and box.top - 1 <= float(y) <= box.bottom + 1 for x, y in numbers)


def test_the_finer_relief_is_taken_where_there_is_one(base):
    where = projection(BASE)
    box = whole_box(views([where.spot(*position(p)) for p in PLACES]))
    shared = ground(base, where, box, tinted=[])
    assert shared.count("<image") == 1
    assert "data:image/webp;base64,ZmluZXN0" in shared  # "finest"


def test_relative_path_data_leads_back_to_the_points(base):
    where = projection(BASE)
    box = Box(-3000, -3000, 3000, 3000)
    shared = ET.fromstring(f"<defs>{ground(base, where, box, tinted=[])}</defs>")
    path = shared.find(".//*[@id='m-coast']").get("d")
    start, steps = re.fullmatch(r"M([^l]+)l(.*)", path).groups()
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
    ends = np.array(start.split(), float) + np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)
    wanted = where.many(np.array([(140, 5), (140, 60), (90, 60), (90, 5)], float))
    assert np.abs(ends - wanted).max() <= 0.25 + 1e-9


def test_without_a_base_map_there_is_a_grid_and_a_word_about_it(no_base):
    made = route_map(BASE)
    assert NO_BASE in made.notes
    assert 'id="m-grid"' in made.shared
    drawing = ET.fromstring(made.pictures["wide"])
    assert "grid" in classes(drawing)
    assert "GeoNames" not in made.pictures["wide"]
    assert classes(drawing).count("stop") == len(PLACES)


def test_grid_lines_are_whole_degrees():
    where = projection(BASE)
    box = Box(0, 0, 1280, 660)
    west, south, east, north = where.degrees(box)
    count = graticule(where, box).count("M")
    step = next(s for s in (1, 2, 5, 10, 20) if (east - west) / s <= 12)
    assert abs(count - ((east - west) / step + (north - south) / step)) <= 3


def test_without_any_position_places_stand_in_the_order_of_the_way(base):
    answer = replace(BASE, places=tuple(replace(p, lat=None, lon=None) for p in PLACES))
    made = route_map(answer, base)
    assert made.notes == (NO_PLACES,)
    assert "m-land" not in made.shared
    drawing = ET.fromstring(made.pictures["wide"])
    words = [node.text for node in drawing.iter(f"{SVG}text")]
    assert "Not a map: places stand in the order of the way." in words
    assert not any("km" in w or "GeoNames" in w for w in words)
    spots = laid_out(answer)
    assert len(set(spots.values())) == len(PLACES)
    assert [spots[c].x for c in ("HEARTH", "ORCHARD", "FORGE", "LANTERN")] == [0.0, 260.0, 520.0, 520.0]  # by L11


def test_a_book_without_places_has_no_picture():
    made = route_map(replace(BASE, places=(), lines=()))
    assert (made.pictures, made.notes) == ({}, ())
    assert standalone(replace(BASE, places=(), lines=())) == ""


def test_legs_between_the_same_two_places_lie_beside_each_other():
    more = tuple(Line(f"M{k}", "MILL", "TERRACE", "car", kind) for k, kind in enumerate(("closed", "other", "branch")))
    answer = replace(BASE, lines=(*BASE.lines, *more))
    spots = {code: projection(answer).spot(*position(place)) for code, place in drawn(answer).items()}
    middles = [way.at(0.5) for way in ways(answer, spots) if {way.line.start, way.line.end} == {"MILL", "TERRACE"}]
    assert len(middles) == 4
    assert min(math.dist(a, b) for i, a in enumerate(middles) for b in middles[i + 1:]) > 8


def test_a_missing_file_is_no_base_map(monkeypatch):
    monkeypatch.setattr(basemap, "FILE", "data/none.npz")
    basemap.installed.cache_clear()
    assert basemap.installed() is None
    basemap.installed.cache_clear()


def test_a_lone_place_is_drawn(base):
    answer = replace(BASE, places=(PLACES[0],), lines=(), tree=replace(BASE.tree, main=(), contingencies=()))
    assert PLACES[0].code in "".join(ET.fromstring(standalone(answer, "wide", base)).itertext())


def test_a_word_in_hangul_takes_twice_the_room_of_a_latin_one():
    def width(words):
        box = line(words, 0, 0, 10, "start").box
        return box.right - box.left

    assert (width("abc"), width("모두것"), width("A")) == (15.0, 30.0, 6.0)
