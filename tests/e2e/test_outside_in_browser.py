"""A directory that is written in, a petition that is signed on paper, and the numbers of others: in a real browser."""

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("ask again on", "Signatures that count"), "ko": ("다시 물을 날", "인정되는 서명")}


@pytest.fixture
def house(monkeypatch, request):
    """An office with an embassy in its directory and a petition to it; the cookie of a rights officer."""
    with standing.house(monkeypatch, request) as office:
        from test_directory import BODY, DAY
        from test_petitions import TEXT

        from waystation_web.directory import actions as outside
        from waystation_web.petitions import actions
        from waystation_web.petitions.signatures import Row

        person = office.person(roles={"rights_officer"}, handle="rights")
        actor, today = office.actor(person), office.now.date()
        body = outside.write(actor, "official", BODY)
        outside.sign_terms(actor, body, {"what": "x", "why": "x", "keeps": "x", "onward": "x", "signed_on": today, "until": today + 9 * DAY})
        petition = actions.begin(actor, TEXT | {"addressee": body.hex()})
        actions.take_in(actor, petition, [Row("1", "Invented Kwak", "KR"), Row("2", "Kwak Invented", "KR"), Row("2", "invented kwak", "KR")], how="typed")
        yield office, body, petition, office.sign_in(person, stepped_up=True).cookies["s"].value


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_who_is_outside_what_was_signed_and_what_others_counted(house, language, width, keyboard):
    (office, body, petition, cookie), (again, counted) = house, SAYS[language]
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()
        tab = watched.go(f"/directory/{body.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        hands.press(tab.locator("details:has(#ask_about) summary"))
        tab.fill("#ask_on", office.now.date().isoformat())
        hands.choose(tab.locator("#ask_how"), "letter")
        hands.write(tab.locator("#ask_about"), "That nobody is sent back. (Invented.)")
        tab.fill("#ask_again", office.now.date().replace(year=office.now.year + 1).isoformat())
        with tab.expect_navigation():
            hands.press(tab.locator("details:has(#ask_about) form button"))
        assert again in tab.locator("main").inner_text()
        for name, where in (("entry", f"/directory/{body.hex()}/"), ("directory", "/directory/"), ("petition", f"/petitions/{petition.hex()}/"),
                            ("figures", "/figures/")):
            tab = watched.go(where)
            if name == "petition":
                assert counted in tab.locator("main").inner_text()
            watched.look(f"outside-{name}-{language}-{width}")
        watched.close()
        assert watched.faults == {} and watched.complaints == []
