"""The map that moves, in a real Chromium under the office's own policy; and its picture, where there is no WebGL.

Small windows: this draws in software. What is drawn is read from what the map says of itself on its figure.
"""

import map_site
import pytest
from chromium_here import ARGUMENTS, where_chromium_is
from map_site import TOKEN, opaque

from parts import needing

pytestmark = needing(map_site.BUILT, "the land or the map's program is not there: tools/bootstrap.py setup")
DRIVER = "GL Driver Message"  # what a software renderer says of its own speed
WITH_GL = [argument for argument in ARGUMENTS if argument != "--disable-gpu"]
WITHOUT_GL = [*ARGUMENTS, "--disable-3d-apis"]
LONG = 60_000  # ms: a machine with two busy cores
KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,
    (await caches.keys()).length, location.hash, location.search]"""


@pytest.fixture(scope="module")
def site():
    """The map's piece of a page, served with the office's headers."""
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parents[1] / "security"))
    import world

    world.configure("sqlite")
    with map_site.site() as found:
        yield found


def browser(playwright, arguments):
    started = playwright.chromium.launch(executable_path=where_chromium_is(), args=arguments)
    yield started
    started.close()


@pytest.fixture(scope="module")
def drawing(playwright):
    """A browser that has WebGL, in software."""
    yield from browser(playwright, WITH_GL)


@pytest.fixture(scope="module")
def plain(playwright):
    """A browser without WebGL."""
    yield from browser(playwright, WITHOUT_GL)


def opened(chromium, site, *, language="en", width=640, wait=True):
    """The page, once its map says that it is ready."""
    from watched import Watched

    origin, handler = site
    handler.asked.clear()
    one = Watched(chromium, origin, language=language, width=width)
    one.go(f"/{language}")
    if wait:
        one.tab.wait_for_selector("body[data-ready]", timeout=LONG)
    return one


def complaints(one):
    one.close()
    return [said for said in one.complaints if DRIVER not in said]


def legs(site):
    return [one["properties"] for one in site[1].answers["geometry"]["features"] if one["properties"]["is"] == "leg"]


@pytest.mark.parametrize(("language", "width"), [("en", 640), ("ko", 360)])
def test_the_map_draws_every_way_and_stop_and_asks_nobody_else(drawing, site, language, width):
    one = opened(drawing, site, language=language, width=width)
    figure = one.tab.locator("figure[data-map]")
    assert int(figure.get_attribute("data-ways")) == len(legs(site))
    assert int(figure.get_attribute("data-stops")) == 24  # every place of the invented book that has a position
    assert one.tab.locator(".map-twin").is_hidden()
    assert one.tab.locator(".map-stamp").inner_text() == ("지어낸 내용: 시연용" if language == "ko" else "Invented: a demonstration")
    shown = one.tab.locator(".map-stage").inner_text()
    assert "Natural Earth · GSHHG/WDBII · GeoNames CC BY 4.0" in shown
    assert ("길을 찾지 마십시오" if language == "ko" else "Do not navigate by this map") in shown
    assert one.tab.evaluate(KEPT) == [0, 0, "", 0, 0, "", ""]
    assert one.violations() == []
    assert one.too_wide() <= 0
    assert [asked for asked in site[1].asked if asked[0] == "POST"] == [("POST", "/book/map/", TOKEN)]
    fonts = {path for _, path, _ in site[1].asked if path.endswith(".woff2")}
    assert 0 < len(fonts) <= 25
    assert any("noto-sans-kr" in path for path in fonts) is (language == "ko")
    one.picture(f"map-{language}-{width}")
    assert complaints(one) == []


def test_keys_move_the_map_choose_a_way_in_the_table_and_go_back_to_it(drawing, site):
    one = opened(drawing, site, width=480)
    tab = one.tab
    row = tab.locator("#legs-table tbody tr").nth(3)
    link = row.locator("a")
    link.focus()
    said = legs(site)[3]
    assert tab.locator(".map-chosen").inner_text() == f"{said['code']}: {said['from']} → {said['to']}"
    assert row.get_attribute("aria-current") == "true"
    tab.locator(".maplibregl-canvas").focus()
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    for key in ("ArrowLeft", "ArrowUp", "+", "-"):
        tab.keyboard.press(key)
    tab.keyboard.press("Tab")  # the map is one stop: its buttons are for pointers
    assert tab.evaluate("document.activeElement.closest('.map-stage')") is None
    tab.locator(".maplibregl-canvas").focus()
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.closest('tr').dataset.leg") == said["id"]
    tab.locator(".maplibregl-canvas").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/row/")
    assert complaints(one) == []


def test_a_way_chosen_on_the_map_is_shown_in_the_table(drawing, site):
    one = opened(drawing, site, width=480)
    tab = one.tab
    box = tab.locator(".maplibregl-canvas").bounding_box()
    for share in range(1, 40):  # along a line across the middle something is hit
        tab.mouse.click(box["x"] + box["width"] * share / 40, box["y"] + box["height"] * 0.45)
        if tab.locator("tr.chosen").count():
            break
    chosen = tab.locator("tr.chosen")
    assert chosen.count() == 1
    assert chosen.get_attribute("data-leg") in {leg["id"] for leg in legs(site)}
    assert chosen.locator("a").inner_text() in tab.locator(".map-chosen").inner_text()
    assert complaints(one) == []


def stands_as_drawn(one):
    """The picture is there with its name, the map is not, and nothing else is missing."""
    tab = one.tab
    assert tab.locator(".map-twin svg[role=img]:visible").count() == 1
    assert tab.locator(".maplibregl-canvas").count() == 0
    assert "ALDER" in tab.locator(".map-twin svg[role=img]:visible").inner_html()
    return tab.locator(".map-told").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_without_webgl_the_picture_stands_with_a_line_of_explanation(plain, site, width):
    one = opened(plain, site, width=width)
    assert "cannot draw the map that moves" in stands_as_drawn(one)
    assert [asked for asked in site[1].asked if asked[0] == "POST"] == []  # what nobody will see is not asked for
    assert [path for _, path, _ in site[1].asked if "maplibre" in path] == []
    one.tab.locator("#legs-table tbody a").nth(2).focus()
    assert one.tab.locator("tr.chosen").count() == 1
    one.tab.locator(".map-key summary").click()
    assert one.violations() == []
    assert one.too_wide() <= 0
    one.picture(f"map-twin-{width}")
    assert complaints(one) == []


def test_a_refused_answer_leaves_the_picture(drawing, site):
    kept = site[1].answers["geometry"]
    try:
        for geometry in (None, {"type": "FeatureCollection", "features": []}):
            site[1].answers["geometry"] = geometry
            one = opened(drawing, site, width=360)
            assert "could not be started" in stands_as_drawn(one)
            assert complaints(one) == []
    finally:
        site[1].answers["geometry"] = kept


def test_a_policy_violation_would_be_seen(plain, site):
    one = opened(plain, site, width=360)
    one.tab.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'https://x.example/a.png'}))")
    one.tab.wait_for_timeout(300)
    assert any("Content Security Policy" in said for said in complaints(one))


def test_without_any_script_the_picture_and_the_table_stand(plain, site):
    context = plain.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{site[0]}/en")
    assert tab.locator(".map-twin svg.wide[role=img]").is_visible()
    assert tab.locator("#legs-table tbody tr").count() == len(legs(site))
    for hidden in (".map-live", ".map-told", ".map-help", ".map-schematic"):
        assert not tab.locator(hidden).is_visible()
    context.close()


def test_the_book_of_an_office_at_work_is_drawn_and_a_row_chosen(drawing, office):
    from watched import Watched

    one = Watched(drawing, office.origin, width=720)
    tab = one.sign_in(office.people["sena"])
    tab.goto(f"{office.origin}/book/imports/")
    tab.locator("main form button[type=submit]").click()
    tab.set_input_files("input[type=file]", map_site.WORLD)
    tab.locator("form:has(input[type=file]) button[type=submit]").click()
    tab.locator("form[action$='/apply/'] button[type=submit]").click()
    tab.wait_for_url("**?done=*")
    with tab.expect_response("**/book/map/") as answered:
        tab.goto(f"{office.origin}/book/")
    assert answered.value.header_value("cache-control") == "no-store"
    tab.wait_for_selector("body[data-ready]", timeout=LONG)
    figure = tab.locator("figure[data-map]")
    sent = answered.value.json()["features"]
    drawn = {feature["properties"]["id"] for feature in sent if feature["properties"]["is"] == "leg"}
    rows = {row.get_attribute("data-leg") for row in tab.locator("#legs-table [data-leg]").all()}
    assert drawn == rows
    assert int(figure.get_attribute("data-ways")) == len(drawn)
    tab.locator("#legs-table tbody a").first.focus()
    assert tab.locator(".map-chosen").inner_text() != ""
    assert one.violations() == []
    assert tab.evaluate("[localStorage.length, sessionStorage.length, location.search, location.hash]") == [0, 0, "", ""]
    one.picture("map-of-the-book")
    assert complaints(one) == []


def test_ids_of_the_page_are_opaque(site):
    assert all(leg["id"] == opaque(int(leg["id"], 16)) for leg in legs(site))
