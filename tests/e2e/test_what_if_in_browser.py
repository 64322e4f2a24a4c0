"""What if, in a real browser: the rows of a change, a fault where it was typed, the answer with its picture; wide and narrow."""

import pytest
import standing
import world
from watched import Watched

LOOKS = [pytest.param("en", 1440, marks=pytest.mark.soak), ("ko", 360)]


@pytest.fixture
def house(monkeypatch, request):
    """A small invented route book, a case of two who can walk, and a comparison that was made before."""
    with standing.house(monkeypatch, request) as here:
        from acts import member
        from doors_what_if import COMPARED

        from waystation import worlds
        from waystation.network.files import read_book
        from waystation_web.cases import actions as cases
        from waystation_web.gateways.database import writing
        from waystation_web.network import actions_import
        from waystation_web.records import actions as records

        chief, heron = member(here, "chief", ("coordinator",)), here.person(roles={"coordinator"}, handle="heron")
        actions_import.take_in(chief, read_book(worlds.world("river")))
        able = {"exertion": 4, "walk_km_day": 20, "swim": True, "cold": True, "slower_percent": 100}
        with writing():
            case = records.make(chief, "case", {"ref": "K7Q2", "people": [
                {"id": f"{k:032x}", "code": "AB"[k], "birth": "1990-01-01", "fitness": able} for k in range(2)]})
            told = records.make(chief, "plan", {
                "case": case.key, "case_ref": "K7Q2", "made_at": "2026-03-02T09:00:00+00:00", "people": [], "limit": None,
                "question": "K7Q2: 2, MILL – HALL, 2030-05-20, 150 USD", "state": "THIN", "digest": "ab" * 16, "fictional": True,
                "expert": False, "what_if": COMPARED | {"change": {
                    "waystation_change": 1, "title": "x", "apply": [{"place": "REED", "open": True}],
                    "dangers": [{"area": "WEST", "times": 2.0}]}}})
            cases.tell(chief, case.id, "what_if", "made", plan=told.key)
        yield case.key, here.sign_in(heron).cookies["s"].value


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_change_is_typed_in_rows_and_its_answer_read(house, language, width):
    case, cookie = house
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()
        tab = watched.go(f"/cases/{case}/what-if/")
        tab.select_option("[name=apply_1_place]", "REED")
        tab.fill("[name=title]", "REED")
        tab.fill("[name=money]", "150 USD")
        tab.select_option("[name=start]", "MILL")
        with tab.expect_navigation():
            tab.locator("main form button[type=submit]").last.click()
        assert tab.locator(".asked-for").first.locator(".fault").count() == 1   # the row that was begun
        watched.look(f"what-if-asked-{language}-{width}")
        with tab.expect_navigation():
            tab.locator("section[aria-labelledby=earlier] a").first.click()
        assert tab.locator(".both-worlds svg:visible").count() == 1             # the one that fits this screen
        watched.look(f"what-if-told-{language}-{width}")
        watched.close()
        assert watched.faults == {} and watched.complaints == []
