"""An embargo is due, goes on, and is lifted by two offices; the ledger leaves without it meanwhile: in a real browser."""

from datetime import timedelta

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), pytest.param("en", 768, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("Nothing about them leaves the office.", "due: look at it again", "lifted", "may not leave the office now"),
        "ko": ("이들에 관한 것은 아무것도 사무실 밖으로 나가지 않습니다.", "기한이 됨: 다시 살펴보십시오", "풀림", "지금 사무실 밖으로 나갈 수 없어")}


WHY = "Those who hid them are still there. (Invented.)"


@pytest.fixture
def road(monkeypatch, request):
    """An incident, and the browser cookies of a coordinator, a security officer and finance."""
    with standing.house(monkeypatch, request) as here:
        from test_incidents import Caught
        from test_stopped import line

        from waystation_web.journeys import actions_embargo

        till = here.person(roles={"finance"}, handle="till")
        party = Caught(here).taken()
        line(party, "Wren")
        actions_embargo.embargo(party.first, party.incident, review=here.now.date() + timedelta(days=3), reason=WHY)
        here.now += timedelta(days=8)  # whoever was invited this week signs nothing second
        yield party, [here.sign_in(one, stepped_up=True).cookies["s"].value for one in (party.heron, here.people["anna"], till)]


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "en-tablet", "ko-phone-keyboard"])
def test_it_goes_on_past_its_day_and_is_lifted_by_two_offices(road, language, width, keyboard):
    party, cookies = road
    held, due, lifted, not_whole = SAYS[language]
    incident, today = f"/incidents/{party.incident.hex()}/", party.office.now.date()
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language=language, width=width) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
            if language == "ko":
                watched.in_korean()
        first, guard, money = screens

        def look(watched, name):
            watched.look(f"embargo-{name}-{language}-{width}")

        tab = first.go(incident)
        hands = Hands(tab, keyboard=keyboard)
        section = tab.locator("section[aria-labelledby=embargo]")
        assert held in section.inner_text() and due in section.inner_text()
        look(first, "due")
        hands.press(section.locator("summary").first)
        tab.fill("#embargo_review", (today + timedelta(days=20)).isoformat())  # a field of days takes keys in the order of its language
        hands.write(tab.locator("#embargo_reason"), "Nothing has changed there. (Invented.)")
        with tab.expect_navigation():
            hands.press(section.locator("form button").first)
        assert held in section.inner_text() and due not in section.inner_text()
        look(first, "stands")
        out = money.go("/money/export/")
        assert not_whole in out.locator("main").inner_text()
        look(money, "ledger-out")
        first.go("/cases/imports/")
        look(first, "list-out")

        first.go(incident)
        hands.press(section.locator("summary").last)
        hands.choose(tab.locator("#lift_other"), party.office.people["anna"].id.hex())
        hands.tick(tab.locator("#lift_danger"))
        hands.write(tab.locator("#lift_reason"), "They are home, and so are those who hid them. (Invented.)")
        with tab.expect_navigation():
            hands.press(section.locator("form[action$='/lift/'] button").last)
        look(first, "signed-by-one")
        there = guard.go(incident)
        look(guard, "to-sign")
        with there.expect_navigation():
            Hands(there, keyboard=keyboard).press(there.locator("form[action$='/lift/'] button").first)
        assert lifted in there.locator("section[aria-labelledby=embargo]").inner_text()
        look(guard, "lifted")
        for watched in screens:
            watched.close()
        assert {name: found for watched in screens for name, found in watched.faults.items()} == {}
        assert [one for watched in screens for one in watched.complaints] == []
