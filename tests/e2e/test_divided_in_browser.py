"""A party is divided by two, word of one part is no word of the other, and they are put together again: in a real browser."""

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("A child without its own grown guardian in its part: C.", "together again"),
        "ko": ("같은 부분에 자기 성인 보호자가 없는 아동: C.", "다시 합류함")}


@pytest.fixture
def road(monkeypatch, request):
    """A party on its way that may be divided, and the browser cookies of two coordinators."""
    with standing.house(monkeypatch, request) as here:
        from test_divided import Divided

        people = [here.person(roles={"coordinator"}, handle=handle) for handle in ("heron", "wren")]
        party = Divided(here).bound()
        party.moving()
        yield party, [here.sign_in(one, stepped_up=True).cookies["s"].value for one in people]


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_two_divide_a_party_and_put_it_together_again(road, language, width, keyboard):
    from test_decide import A, B, C

    party, cookies = road
    journey = f"/journeys/{party.journey.hex()}/"
    guardian, together = SAYS[language]
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language=language, width=width) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
            if language == "ko":
                watched.in_korean()
        first, second = screens

        def look(watched, name):
            watched.look(f"divided-{name}-{language}-{width}")

        tab = first.go(f"{journey}step/split/")
        hands = Hands(tab, keyboard=keyboard)

        def divide(**parts):
            for person, part in zip((A, B, C), (parts["a"], parts["b"], parts["c"]), strict=True):
                hands.choose(tab.locator(f"#id_part_{person}"), part)
            for person in (A, B):
                box = tab.locator(f"#id_alone_{person}")
                if not box.is_checked():
                    hands.tick(box)
            if not tab.locator("#id_asked_again").is_checked():
                hands.tick(tab.locator("#id_asked_again"))
            hands.write(tab.locator("#id_reason"), "The car takes two. (Invented.)")

        divide(a="1", b="2", c="2")
        with tab.expect_navigation() as answered:
            hands.press(tab.locator("main form button").last)
        assert answered.value.status == 400 and guardian in tab.locator("main").inner_text()
        look(first, "refused")
        divide(a="1", b="2", c="1")
        hands.press(tab.locator("main form button").last, "?done=asked")

        tab = second.go(f"{journey}step/split/")
        hands = Hands(tab, keyboard=keyboard)
        assert tab.locator("ol.parts li").all_inner_texts() == ["A, C", "B"]
        look(second, "sign")
        hands.press(tab.locator("main form button").last, "?done=moved")
        look(second, "whole")
        parts = tab.locator("section[aria-labelledby=parts] li a")
        assert parts.all_inner_texts() == ["K7Q2 · 1", "K7Q2 · 2"]
        where = [world.ORIGIN + address for address in parts.evaluate_all("links => links.map(one => one.getAttribute('href'))")]

        for number, address in enumerate(where):
            tab.goto(address + "step/reach/")
            hands.choose(tab.locator("#id_code"), "passed")
            hands.write(tab.locator("#id_word"), "blue heron")
            hands.choose(tab.locator("#id_condition"), "tired")
            for field, said in (("present", "1"), ("welfare", "Fed. (Invented.)"), ("reason", "They rang. (Invented.)")):
                hands.write(tab.locator(f"#id_{field}"), said)
            hands.press(tab.locator("main form button").last, "?done=moved")
            if not number:
                look(second, "part")
        second.go("/journeys/")
        look(second, "list")
        tab = second.go(f"{journey}step/rejoin/")
        hands.write(tab.locator("#id_reason"), "All of them sleep here. (Invented.)")
        hands.press(tab.locator("main form button").last, "?done=moved")
        assert tab.locator("section[aria-labelledby=parts]").inner_text().count(together) == 2
        look(second, "together")
        for watched in screens:
            watched.close()
        assert [(watched.complaints, watched.faults) for watched in screens] == [([], {})] * 2
