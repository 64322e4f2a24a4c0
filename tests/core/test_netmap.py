"""The still twin of the office's map, and what the one that moves is told: nothing forbidden, nothing finer than a province."""

import re

import pytest

from parts import needs
from waystation.report.geojson import geojson
from waystation.report.netmap import LINES, Caption, Stop, Track, network_svg

ENDS = (Stop("ALDER", 42.8912, 129.5031, area="N1", country="CN"), Stop("MINT", 41.7, 123.3, area="N1", country="CN"),
        Stop("HARBOR", 37.57, 126.98, "mission", "KR", "S1", goal=True), Stop("NOWHERE", None, None))
SAID = Caption("Three places. Invented.", "Schematic.", "FICTIONAL")


def track(line, code="a", start="ALDER", end="MINT", mode="car", **more):
    return Track(code, start, end, mode, line, **more)


@pytest.fixture(scope="module")
def bare():
    """A picture over a plain grid: what stands on it does not depend on this machine's base map."""
    from waystation.report import netmap

    def draw(*tracks, stops=ENDS, caption=SAID):
        kept, netmap.installed = netmap.installed, lambda: None
        try:
            return network_svg(stops, tracks, caption=caption)
        finally:
            netmap.installed = kept

    return draw


@pytest.mark.parametrize("line", LINES)
def test_each_kind_of_way_is_drawn_in_its_own_look(bare, line):
    drawn = bare(track(line, letter="A" if line == "branch" else ""))
    looks = set(re.findall(r'class="leg ([a-z]+)" stroke-width="[\d.]+"(?: stroke-dasharray="([\d. ]+)")?', drawn))
    (name,), (dash,) = ({said(one) for one in looks} for said in (lambda one: one[0], lambda one: bool(one[1])))
    assert name == {"planned": "first"}.get(line, line)
    assert dash is (line in {"branch", "back", "unknown"})  # kinds differ by dash, not by colour alone
    assert ("query-text" in drawn) is (line == "unknown")
    assert (">A</text>" in drawn) is (line == "branch")


def test_a_closed_way_has_crosses_and_a_flight_is_dotted(bare):
    assert bare(track("closed")).count('class="leg closed"') == 4  # the line and its crosses, in two pictures
    assert 'class="leg open" stroke-width="1.60" stroke-dasharray="0.1' in bare(track("open", mode="air"))


@pytest.mark.parametrize("line", ["forbidden", "", "safe"])
def test_a_way_of_another_kind_is_refused_and_never_drawn(bare, line):
    with pytest.raises(ValueError, match="never drawn"):
        bare(track(line))
    assert geojson(ENDS, [track(line)], ids={})["features"] == geojson(ENDS, [], ids={})["features"]


@pytest.mark.refuses("H-01")
def test_every_placed_stop_is_named_and_the_world_says_that_it_is_invented(bare):
    drawn = bare()
    for code in ("ALDER", "MINT", "HARBOR"):
        assert drawn.count(f">{code}</text>") == 2
    assert "NOWHERE" not in drawn
    assert drawn.count(">FICTIONAL</text>") == drawn.count(">Schematic.</text>") == 2
    assert drawn.count('role="img" ') == drawn.count('aria-label="Three places. Invented."') == 2
    assert "FICTIONAL" not in bare(caption=Caption("x"))


def test_without_any_position_there_is_no_picture(bare):
    assert bare(stops=(Stop("A", None, None),)) == ""


def test_the_picture_of_a_whole_book_is_small_enough_to_stand_in_a_page():
    from pathlib import Path

    from waystation import worlds
    from waystation.network.files import read_book
    from waystation.report.basemap import installed

    needs(installed(), "the base map is not built on this machine: run tools/basemap.py")
    book = read_book(Path(worlds.__file__).parent / "long-way.json")
    stops = [Stop(place.code, place.map_lat, place.map_lon, place.kind, area=place.area) for place in book.places]
    tracks = [Track(leg.code, leg.start, leg.end, leg.mode, "open") for leg in book.legs if leg.status != "forbidden"]
    drawn = network_svg(stops, tracks, caption=SAID)
    assert all(f">{stop.code}</text>" in drawn for stop in stops)
    assert len(drawn.encode()) < 400_000


def test_what_a_book_says_cannot_become_markup(bare):
    drawn = bare(stops=(Stop('<b a="', 42.0, 129.0),), caption=Caption('"><script>', "<i>"))
    assert "<script" not in drawn and "<i>" not in drawn and "<b" not in drawn


def test_two_ways_between_the_same_two_places_lie_beside_each_other(bare):
    paths = re.findall(r'class="leg open".*? d="([^"]+)"', bare(track("open", "a"), track("open", "b")))
    assert len(set(paths)) == 2


def test_no_position_is_finer_than_a_tenth_of_a_degree():
    made = geojson(ENDS, [track("open")], ids={"ALDER": "f" * 32}, reports=[("r1", "N1", 3, "river")])
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", str([one["geometry"] for one in made["features"]]))]
    assert numbers
    assert all(number == round(number, 1) for number in numbers)
    assert "42.89" not in str(made)
    finer = Stop("A", 42.8912, 129.5031)
    assert network_svg([finer], [], caption=SAID) == network_svg([Stop("A", 42.9, 129.5)], [], caption=SAID)


def test_the_map_that_moves_is_told_the_same():
    made = geojson(ENDS, [track("branch", letter="B")], ids={"a": "e" * 32, "HARBOR": "f" * 32}, fictional=True,
                   reports=[("d" * 32, "N1", 3, "river"), ("c" * 32, "NO", 1, "river")])
    assert made["fictional"] is True
    found = {(one["properties"]["is"], one["properties"].get("code", one["properties"].get("area"))): one
             for one in made["features"]}
    assert set(found) == {("area", "N1"), ("area", "S1"), ("leg", "a"), ("place", "ALDER"), ("place", "MINT"),
                          ("place", "HARBOR"), ("report", "N1")}
    assert found["leg", "a"]["properties"] == {"is": "leg", "id": "e" * 32, "code": "a", "mode": "car", "line": "branch",
                                               "letter": "B", "from": "ALDER", "to": "MINT"}
    assert found["report", "N1"]["geometry"]["coordinates"] == [126.4, 42.3]  # (129.5 + 123.3) / 2, (42.9 + 41.7) / 2
    assert found["report", "N1"]["properties"] == {"is": "report", "id": "d" * 32, "area": "N1", "age_d": 3, "kind": "river"}
    assert found["place", "HARBOR"]["properties"]["id"] == "f" * 32
