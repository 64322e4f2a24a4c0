"""From an incident at night to a whole letter that two have signed: in a real browser, well within ten minutes."""

import time
from datetime import timedelta

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("named", "not named", "signed by two", "must still hear what is right"),
        "ko": ("이름 있음", "이름 없음", "두 사람이 서명함", "바른 내용을 아직 알려야 하는 곳")}


@pytest.fixture
def road(monkeypatch, request):
    """A party that was taken; a rights officer who was let read their case, and a coordinator."""
    with standing.house(monkeypatch, request) as here:
        from test_appeals import Written

        from waystation_web.gateways.database import writing
        from waystation_web.records import actions as records
        from waystation_web.records import queries as kept

        writer = here.person(roles={"rights_officer"}, handle="writer")
        party = Written(here)
        party.taken()
        party.instructs().yes()
        with writing():
            names = kept.one(party.worker, party.case, "case", looked=False).body["household_records"][0]
            until = party.today + timedelta(30)
            records.share(party.worker, party.case, "case", writer.id, reason="appeal", until=until)
            records.share(party.worker, bytes.fromhex(names), "person", writer.id, reason="appeal", until=until)
        here.now += timedelta(days=8)  # whoever was invited this week signs nothing second
        yield party, [here.sign_in(one, stepped_up=True).cookies["s"].value for one in (writer, party.heron)]


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_from_the_incident_to_a_letter_that_two_have_signed(road, language, width, keyboard):
    party, cookies = road
    named, not_named, signed, _owed = SAYS[language]
    began = time.monotonic()
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language=language, width=width) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
            if language == "ko":
                watched.in_korean()
        writer, chief = screens
        tab = writer.go(f"/incidents/{party.incident.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        hands.press(tab.locator("main a[href$='/appeals/']").first, to="/appeals/")
        writer.look(f"appeals-doors-{language}-{width}")
        hands.choose(tab.locator("#draft_state"), "TH")
        hands.tick(tab.locator("input[name=to][value=UNHCR]"))
        with tab.expect_navigation():
            hands.press(tab.locator("section[aria-labelledby=draft] button"))
        table = tab.locator("section[aria-labelledby=who]").inner_text()
        assert named in table and not_named in table
        assert tab.locator("input[type=radio]:checked").count() == 0
        writer.look(f"appeals-letter-{language}-{width}")
        hands.press(tab.locator("section[aria-labelledby=sign] summary"))
        hands.tick(tab.locator("input[name=publicity][value=quiet]"))
        hands.write(tab.locator("#sign_harm"), "Whoever waits on the next leg. (Invented.)")
        hands.write(tab.locator("#sign_reason"), "A return may be hours away. (Invented.)")
        hands.choose(tab.locator("#sign_other"), party.heron.id.hex())
        with tab.expect_navigation():
            hands.press(tab.locator("section[aria-labelledby=sign] button"))
        there = chief.go(tab.url.partition("?")[0].removeprefix(world.ORIGIN))
        with there.expect_navigation():
            Hands(there, keyboard=keyboard).press(there.locator("section[aria-labelledby=sign] button"))
        assert signed in there.locator("section[aria-labelledby=sign]").inner_text()
        tab.reload()
        with tab.expect_download() as out:
            hands.press(tab.locator("button[value=pdf]"))
        assert out.value.suggested_filename.endswith(".pdf")
        writer.look(f"appeals-out-{language}-{width}")
        for watched in screens:
            watched.close()
        assert time.monotonic() - began < 600
        assert {name: found for watched in screens for name, found in watched.faults.items()} == {}
        assert [one for watched in screens for one in watched.complaints] == []
