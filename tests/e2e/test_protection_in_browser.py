"""What is missing before real people, an assessment signed by two, and a telephone that was taken: in a real browser."""

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": ("a restore drill that went well within 92 days", "Two have signed.", "70 hours left", "The record of acts names 1 record."),
        "ko": ("92일 안에 잘된 복원 훈련", "두 사람이 서명했습니다.", "70시간 남음", "행위 기록에 적힌 기록은 1건입니다.")}


@pytest.fixture
def house(monkeypatch, request):
    """An office whose officer drilled and assessed, and a case that somebody opened; cookies of two officers."""
    with standing.house(monkeypatch, request) as office:
        from acts import member
        from test_protection import ANSWERS, days

        from waystation_web.cases import actions as cases
        from waystation_web.gateways.database import writing
        from waystation_web.protection import actions
        from waystation_web.records import queries as kept

        office.now += days(8)  # whoever was invited this week signs nothing second
        anna, mole = office.actor(office.people["anna"]), member(office, "mole", ("coordinator",))
        actions.drilled(anna, sort="restore", on=office.now.date(), passed=False, minutes=90, wrong="The disk was not there. (Invented.)",
                        who="anna")
        made = actions.begin(anna, ANSWERS, office.now.date() + days(200))
        case = cases.begin(mole, {"request": {}})
        with writing():
            kept.one(mole, case, "case")
        yield office, made, mole, [office.sign_in(office.people[name], stepped_up=True).cookies["s"].value for name in ("anna", "bela")]


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_what_is_missing_what_two_sign_and_what_leaked(house, language, width, keyboard):
    (office, made, mole, cookies), (drill, two, hours, one) = house, SAYS[language]
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language=language, width=width) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
            if language == "ko":
                watched.in_korean()
        first, second = screens

        def look(watched, name):
            watched.look(f"protection-{name}-{language}-{width}")

        where = f"/protection/assessments/{made.hex()}/"
        tab = first.go(where)
        look(first, "assessment")
        with tab.expect_navigation():
            Hands(tab, keyboard=keyboard).press(tab.locator("form[action$='/sign/'] button"))
        other = second.go(where)
        with other.expect_navigation():
            Hands(other, keyboard=keyboard).press(other.locator("form[action$='/sign/'] button"))
        assert two in other.locator("main").inner_text()
        tab = first.go("/protection/")
        assert drill in tab.locator("main").inner_text()
        look(first, "overview")

        tab = first.go("/breaches/")
        hands = Hands(tab, keyboard=keyboard)
        hands.write(tab.locator("#id_what"), "A telephone that was signed in is gone. (Invented.)")
        hands.choose(tab.locator("#id_sort"), "device")
        hands.choose(tab.locator("#id_account"), mole.id.hex())
        tab.fill("#id_day", office.now.date().isoformat())
        hands.write(tab.locator("#id_hour"), "0")
        tab.fill("#id_known_day", office.now.date().isoformat())
        hands.write(tab.locator("#id_known_hour"), str(office.now.hour - 1))
        look(first, "breaches")
        with tab.expect_navigation():
            hands.press(tab.locator("section[aria-labelledby=new] form button"))
        assert hours in tab.locator("main").inner_text()
        with tab.expect_navigation():
            hands.press(tab.locator("form[action$='/scope/'] button"))
        assert one in tab.locator("main").inner_text()
        look(first, "breach")
        for watched in screens:
            watched.close()
        assert {name: found for watched in screens for name, found in watched.faults.items()} == {}
        assert [one for watched in screens for one in watched.complaints] == []
