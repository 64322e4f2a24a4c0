"""A complaint is taken down, a demand is counted and signed first, a pack is read through and seen on paper: in a real browser."""

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("not decided", "Everything was read through.", "Your file"), "ko": ("결정되지 않음", "모두 읽었습니다.", "당신의 기록")}


@pytest.fixture
def house(monkeypatch, request):
    """A rights officer and a case worker in browsers of their own; a demand, and a case whose person asks for their file."""
    with standing.house(monkeypatch, request) as here:
        from test_demands import House

        from waystation_web.claims import actions_request
        from waystation_web.gateways.database import writing
        from waystation_web.records import actions as records

        people = [here.person(roles={role}, handle=name) for name, role in (("rightful", "rights_officer"), ("finch", "case_worker"))]
        there = House(here)
        rights, worker = (here.actor(one) for one in people)
        with writing():
            made = records.make(worker, "case", {"ref": "M4D7", "wish": "To be with Byeoldam again. (Invented.)",
                                                 "people": [{"id": "0d" * 16, "code": "A", "birth": "1985"}]})
        there.rights, there.own = rights, made.id
        there.demand = there.arrived(team=[rights])
        there.asked = {language: actions_request.receive(worker, {
            "case": made.id, "person": "0d" * 16, "kinds": ["access"], "language": language, "words": "", "received": here.now.date()})
            for language in SAYS}
        yield there, [here.sign_in(one, stepped_up=True).cookies["s"].value for one in people]


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_three_claims_are_taken_up(house, language, width, keyboard):
    there, cookies = house
    undecided, read, file = SAYS[language]
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language=language, width=width) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
            if language == "ko":
                watched.in_korean()
        rights, worker = screens

        def look(watched, name):
            watched.look(f"claims-{name}-{language}-{width}")

        # a complaint, by a case worker, for somebody who calls
        tab = worker.go("/complaints/")
        hands = Hands(tab, keyboard=keyboard)
        hands.press(tab.locator("main summary").first)
        for field, value in (("sort", "conduct"), ("from_", "helped"), ("how", "phone")):
            hands.choose(tab.locator(f"#id_{field}"), value)
        hands.write(tab.locator("#id_said"), "He asked for money to be quick. (Invented.)")
        hands.tick(tab.locator(f"input[name=about][value='{there.chief.id.hex()}']"))
        hands.tick(tab.locator(f"input[name=handlers][value='{there.rights.id.hex()}']"))
        look(worker, "complaint-form")
        with tab.expect_navigation():
            hands.press(tab.locator("main details[open] button[type=submit]").first)
        look(worker, "complaint")
        rights.go("/complaints/")
        look(rights, "complaints")
        rights.go("/")
        look(rights, "today")

        # a demand: counted, then signed by the first of two
        tab = rights.go(f"/demands/{there.demand.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        assert undecided in tab.locator("section[aria-labelledby=decision]").inner_text()
        with tab.expect_navigation():
            hands.press(tab.locator("form:has(input[value=count]) button"))
        hands.press(tab.locator("section[aria-labelledby=decision] summary"))
        hands.choose(tab.locator("#decide_what"), "refuse")
        hands.write(tab.locator("#decide_reason"), "Counsel says so. (Invented.)")
        with tab.expect_navigation():
            hands.press(tab.locator("section[aria-labelledby=decision] button"))
        assert "Counsel says so." in tab.locator("section[aria-labelledby=decision]").inner_text()
        look(rights, "demand")
        rights.go("/demands/")
        look(rights, "demands")

        # somebody's own file: the one text is read through, and the pack is seen
        where = f"/own-files/{there.asked[language].hex()}/"
        worker.go("/own-files/")
        look(worker, "own-files")
        tab = worker.go(where)
        hands = Hands(tab, keyboard=keyboard)
        look(worker, "own-file")
        with tab.expect_navigation():
            hands.press(tab.locator("section[aria-labelledby=pack] details[open] button"))
        assert read in tab.locator("main").inner_text()
        tab = worker.go(where + "pack/")
        assert file in tab.locator("h1").inner_text() and "Byeoldam" in tab.locator("main").inner_text()
        look(worker, "pack")
        for watched in screens:
            watched.close()
        assert {name: found for watched in screens for name, found in watched.faults.items()} == {}
        assert [one for watched in screens for one in watched.complaints] == []
