"""A party is planned anew from where it is, and after it was taken somebody looks for it: in a real browser."""

import re

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True), pytest.param("en", 768, False, marks=pytest.mark.soak)]
SAYS = {"en": ("9,000.00 USD", "This State hands people over."), "ko": ("9,000.00 USD", "이 나라는 사람을 넘겨줍니다.")}


@pytest.fixture
def road(monkeypatch, request):
    """A party on its first leg in the invented world, and the browser cookie of a coordinator."""
    with standing.house(monkeypatch, request) as here:
        from test_again import WORLD, Anew

        from waystation_web.network import queries as network

        monkeypatch.setattr(network, "book", lambda _actor: WORLD)
        party = Anew(here).bound()
        party.able(exertion=5, walk_km_day=30, swim=True, cold=True).moving().says(budget="9000 USD")
        yield party, here.sign_in(party.heron, stepped_up=True).cookies["s"].value


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard", "en-tablet"])
def test_planned_from_where_they_are_and_looked_for(road, language, width, keyboard):
    party, cookie = road
    had, hands_over = SAYS[language]
    journey = f"/journeys/{party.journey.hex()}/"
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()

        def look(name):
            watched.look(f"again-{name}-{language}-{width}")

        tab = watched.go(journey)
        hands = Hands(tab, keyboard=keyboard)
        hands.press(tab.locator(f"a[href='{journey}again/']"), f"{journey}again/")
        assert [tab.input_value(f"#id_{name}") for name in ("start", "deadline", "money")] == ["HEARTH", "2026-12-31", "8100.00 USD"]
        assert had in tab.locator("#id_money_helptext").inner_text()
        look("form")
        tab.fill("#id_money", "8500 USD")
        tab.locator("section[aria-labelledby=ask] button[type=submit]").click()
        tab.wait_for_url(re.compile(r"/plans/[0-9a-f]{32}/$"), timeout=60_000)
        assert "8,500" in tab.locator("main").inner_text()

        tab.goto(world.ORIGIN + f"{journey}incident/")
        tab.select_option("#id_kind", "missing")
        tab.fill("#id_how_known", "No word for three days. (Invented.)")
        tab.locator("main form button[type=submit]").click()
        tab.wait_for_url("**/incidents/**")
        where = tab.url.split("?")[0] + "tracing/"
        tab.goto(where)
        look("tracing-empty")

        def ask(body, state, which, **days):
            hands.choose(tab.locator("#id_body"), body)
            for name, said in (("which", which), ("state", state), ("asks", "Whether three are with them. (Invented.)")):
                hands.write(tab.locator(f"#id_{name}"), said)
            hands.choose(tab.locator("#id_asked_by"), party.first.id.hex())
            for name, day in days.items():
                tab.fill(f"#id_{name}", day)

        ask("police", "CN", "The station by the river (invented)", asked_on="2026-03-02")
        with tab.expect_navigation() as answered:
            hands.press(tab.locator("section[aria-labelledby=ask] form button").last)
        assert answered.value.status == 400 and hands_over in tab.locator("section[aria-labelledby=ask] .fault").inner_text()
        look("tracing-refused")
        for body, state, which in (("unhcr", "TH", "The office in the capital (invented)"), ("lawyer", "", "L-4")):
            ask(body, state, which, asked_on="2026-03-02" if state else "", due="2026-03-05")
            hands.press(tab.locator("section[aria-labelledby=ask] form button").last, "?done=asked")
        step = tab.locator("ol.traces > li").last
        hands.press(step.locator("summary"))
        hands.write(step.locator("textarea"), "Two of them wait there. (Invented.)")
        look("tracing-answer")
        hands.press(step.locator("form button").last, "?done=answered")
        hands.press(tab.locator("section[aria-labelledby=fates] summary"))
        hands.choose(tab.locator("#found_fate"), "held")
        hands.write(tab.locator("#found_how_known"), "A lawyer saw two of them. (Invented.)")
        hands.press(tab.locator("section[aria-labelledby=fates] form button").last, "?done=found")
        look("tracing-list")
        tab.goto(where.removesuffix("tracing/"))
        assert tab.locator(f"a[href='{where.removeprefix(world.ORIGIN)}']").count() == 3  # two steps are due, and the list itself
        look("incident")
        watched.close()
        assert (watched.complaints, watched.faults) == ([], {})
