"""What the office believes, shown: were the plans right, what a journey taught, which reports are worth getting. In a real browser."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
import standing
import world
from hands import Hands
from watched import Watched

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
from answers import ANSWERS

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), pytest.param("ko", 768, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("between 66 and 98", "too few to say", "The danger that is believed rose", "given as a task"),
        "ko": ("66에서 98 사이", "말하기에는 너무 적음", "위험이 커졌습니다", "할 일로 줌")}


@pytest.fixture
def road(monkeypatch, request):
    """Twenty-four parties that were planned at 9 in 10, five at 6; one of them closed with its book; a plan that names reports."""
    with standing.house(monkeypatch, request) as here:
        from test_checks import Office

        from waystation import worlds
        from waystation.network.files import read_book
        from waystation.report.facts import facts
        from waystation_web.gateways.database import writing
        from waystation_web.journeys import actions_close
        from waystation_web.network import actions_import
        from waystation_web.records import actions as records
        from waystation_web.records import queries as kept

        party = Office(here)
        party.known = party.of()
        actions_import.take_in(party.first, read_book(worlds.world("long-way")))
        for _one in range(20):
            party.went("passed")
        party.went("turned_back", kinds=("depart", "replan", "stop"))
        for _one in range(2):
            party.went("", status="moving", kinds=("depart",))
        legs = [party.leg("passed"), party.leg("captured", leg="C02", start="ALDER", end="MINT")]
        party.taught = party.went(status="suspended", kinds=("depart", "reach", "go_on", "suspend"), legs=legs)
        actions_close.learn(party.first, party.taught, reason="Debriefed. (Invented.)")
        six = party.of({"p_safe": {"mean": 0.6, "low": 0.5, "high": 0.7}, "ends": {"intercepted": 0.2, "harmed": 0.05, "missing": 0.05}})
        for _one in range(5):
            party.went("passed", plan=six)
        with writing():
            held = kept.one(party.first, party.plan, "plan", looked=False)
            told = facts(ANSWERS["measured"])
            ends = ("could change what is done first.", "would not change what is done today, but what is done later.", "would not change what we do today.")
            told["worth"] = [{"area": area, "kind": "changes_decision", "changes_decision": worth, "shrinks_sd": None,
                              "sentence": f"One more first-hand report on {area} (grade B2) {end}"}
                             for area, worth, end in zip(("ALDER-AREA", "MINT-AREA", "PLUM-AREA"), (3.4, 0.2, 0.0), ends, strict=True)]
            from waystation_web.plans.sheets import packed

            records.change(party.first, held, {"facts": told, "sheets": packed("<p>x</p>")}, what="plan")
        here.now += timedelta(days=32)
        yield party, here.sign_in(party.heron, stepped_up=True).cookies["s"].value


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en", "ko-tablet", "ko-phone-keyboard"])
def test_what_the_office_believes_is_read_and_a_report_is_given_as_a_task(road, language, width, keyboard):
    party, cookie = road
    found, few, rose, given = SAYS[language]
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()

        def look(name):
            watched.look(f"belief-{name}-{language}-{width}")

        tab = watched.go("/journeys/")
        hands = Hands(tab, keyboard=keyboard)
        hands.press(tab.locator("main a[href='/journeys/checks/']"), "/journeys/checks/")
        said = tab.locator("main").inner_text()
        assert found in said and few in said
        look("checks")
        tab = watched.go(f"/journeys/{party.taught.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        look("closed")
        hands.press(tab.locator("main a[href$='/taught/']"), "/taught/")
        look("taught-before")
        with tab.expect_navigation(timeout=60_000):
            hands.press(tab.locator("main form button"))
        assert rose in tab.locator("main").inner_text()
        look("taught")
        tab = watched.go(f"/plans/{party.plan.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        assert tab.locator("button[name=report]").count() == 2  # the third would change nothing
        look("wanted")
        hands.press(tab.locator("button[name=report]").first, "?done=given#wanted")
        assert given in tab.locator("section[aria-labelledby=wanted] tbody").inner_text()
        look("given")
        tab = watched.go(f"/cases/{party.case.hex()}/")
        assert tab.locator(f"a[href='/plans/{party.plan.hex()}/#wanted']").count() == 1
        look("case")
        watched.context.close()
