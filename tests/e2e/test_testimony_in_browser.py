"""An interview is planned after the earlier one, its words become a claim and a code, and a researcher sees codes: in a real browser."""

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("alleged, single source", "Those are the words (invented)."), "ko": ("주장됨, 단일 출처", "Those are the words (invented).")}


@pytest.fixture
def house(monkeypatch, request):
    """A rights officer and a researcher in browsers of their own; one statement that was read back, one denial of a State."""
    with standing.house(monkeypatch, request) as here:
        from test_testimony import CODE, Desk

        from waystation_web.testimony import actions_claims, actions_coded

        people = [here.person(roles={role}, handle=name) for name, role in (("rightful", "rights_officer"), ("study1", "researcher"))]
        desk = Desk(here)
        key = desk.told()
        claim = desk.claim(key, facility="Hwasong")
        event = actions_claims.code(desk.rights, key, claim, CODE | {"facility": "Hwasong", "methods": ["needle"]})
        actions_coded.write_down(desk.rights, "denial", {"country": "KP", "who": "a ministry (invented)", "said_on": here.now.date(),
                                                         "words": "There are no such places. (Invented.)", "citation": "a statement",
                                                         "facility": "Hwasong", "event": ""})
        actions_coded.write_down(desk.rights, "observation", {
            "facility": "Hwasong", "image_date": "2013-05", "baseline": "2011-05", "sensor": "", "feature": "housing", "observed": "14 more roofs",
            "change": "", "interpreted": "they appear to be housing", "partner": "",
            "inferred": {"quantity": "prisoners", "lo": 300, "hi": 900, "model": "20 to 60 a roof"},
            "confidence": {"observed": "high", "interpreted": "moderate", "inferred": "low"}})
        yield (key, event), [here.sign_in(one, stepped_up=True).cookies["s"].value for one in people]


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_a_statement_is_asked_for_claimed_and_coded(house, language, width, keyboard):
    (key, event), cookies = house
    single, words = SAYS[language]
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language=language, width=width) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
            if language == "ko":
                watched.in_korean()
        rights, study = screens

        def look(watched, name):
            watched.look(f"testimony-{name}-{language}-{width}")

        # another interview of a witness: the earlier one is shown first
        tab = rights.go("/testimony/")
        hands = Hands(tab, keyboard=keyboard)
        look(rights, "list")
        hands.press(tab.locator("main summary").first)
        hands.choose(tab.locator("#id_witness"), "Byeoldam")
        with tab.expect_navigation():
            hands.press(tab.locator("main details[open] button[type=submit]").first)
        assert key.hex()[:4].upper() in tab.locator("section[aria-labelledby=earlier]").inner_text()
        for field, value in (("kind", "eyewitness"), ("adult", "yes"), ("elsewhere", "no")):
            hands.choose(tab.locator(f"#id_{field}"), value)
        hands.write(tab.locator("#id_reason"), "The court asks. (Invented.)")
        look(rights, "plan")
        with tab.expect_navigation():
            hands.press(tab.locator("main form:has(input[name=seen]) button[type=submit]"))
        look(rights, "planned")

        # the earlier statement: one version more, then its claims beside what a State says
        tab = rights.go(f"/testimony/{key.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        look(rights, "statement")
        hands.press(tab.locator("details:has(input[value=version]) > summary"))
        for field, value in (("kind", "correction"), ("of", "2"), ("language", "en")):
            hands.choose(tab.locator(f"#version_{field}"), value)
        hands.write(tab.locator("#version_text"), words)
        with tab.expect_navigation():
            hands.press(tab.locator("form:has(input[value=version]) button[type=submit]"))
        assert words in tab.locator("section[aria-labelledby=versions]").inner_text()
        tab = rights.go(f"/testimony/{key.hex()}/claims/")
        assert single in tab.locator("main").inner_text() and tab.locator("[data-denial] blockquote").count() == 2
        look(rights, "claims")

        # a researcher: codes, registers, facilities
        for path, name in (("/testimony/events/", "events"), (f"/testimony/events/{event.hex()}/", "event"),
                           ("/testimony/facilities/", "facilities"), ("/testimony/registers/observation/", "observation")):
            tab = study.go(path)
            assert "at the bridge" not in tab.locator("main").inner_text()
            look(study, name)
        for watched in screens:
            watched.close()
        assert {name: found for watched in screens for name, found in watched.faults.items()} == {}
        assert [one for watched in screens for one in watched.complaints] == []
