"""An application from its beginning to a notice of removal, and how somebody is after they arrived: in a real browser."""

from datetime import timedelta

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
A = "0d" * 16
SAYS = {"en": ("A mother may be parted from her child", "They may be removed", "a creditor harasses them"),
        "ko": ("어머니가 아이와 헤어질 수 있음", "추방될 수 있음", "채권자가 괴롭힘")}


@pytest.fixture
def house(monkeypatch, request):
    """A case worker with a mother's application and her follow-up; the cookie of the worker."""
    with standing.house(monkeypatch, request) as office:
        from waystation_web.arrival import actions as arrival
        from waystation_web.gateways.database import writing
        from waystation_web.records import actions as records
        from waystation_web.status import actions as status

        worker = office.actor(office.person(roles={"case_worker"}, handle="walker"))
        with writing():
            case = records.make(worker, "case", {
                "ref": "K7Q2", "worker": worker.id.hex(), "status": "arrived", "request_status": "accepted",
                "people": [{"id": A, "code": "A", "birth": "1990", "sex": "2", "needs": ["NK-CH"]}]}).id
        made = status.begin(worker, {"case": case, "persons": [A], "pathway": "P1"})
        status.reach(worker, made, order=2, day=office.now.date() - timedelta(9))
        follow = arrival.begin(worker, {"case": case, "person": A, "arrived": office.now.date() - timedelta(40)})
        yield made, follow, office.now.date(), office.sign_in(office.people["walker"], stepped_up=True).cookies["s"].value


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_a_way_is_chosen_a_removal_threatens_and_an_arrival_is_not_all_right(house, language, width, keyboard):
    (made, follow, today, cookie), (parted, removal, harassed) = house, SAYS[language]
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()

        def look(name):
            watched.look(f"status-{name}-{language}-{width}")

        tab = watched.go(f"/status/{made.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        assert parted in tab.locator("main").inner_text()
        look("application")
        form = tab.locator("details:has(input[value=choose])")
        hands.press(form.locator("summary"))
        for name in ("compared", "explained"):
            hands.tick(tab.locator(f"#choose_{name}"))
        hands.write(tab.locator("#choose_unity"), "She wants to ask first. (Invented.)")
        hands.write(tab.locator("#choose_reason"), "She chose it herself. (Invented.)")
        with tab.expect_navigation():
            hands.press(form.locator("button"))
        form = tab.locator("details:has(input[value=removal])")
        hands.press(form.locator("summary"))
        hands.write(tab.locator("#removal_reason"), "A letter came. (Invented.)")
        hands.write(tab.locator("#removal_measures"), "A stay. (Invented.)")
        hands.tick(tab.locator("#removal_memo"))
        with tab.expect_navigation():
            hands.press(form.locator("button"))
        assert removal in tab.locator("main").inner_text()
        look("removal")
        for at, name in ((f"/status/{made.hex()}/memo/", "memo"), ("/status/waits/", "waits"), ("/status/", "list"), ("/", "today")):
            watched.go(at)
            look(name)
        tab = watched.go(f"/arrivals/{follow.hex()}/")
        hands = Hands(tab, keyboard=keyboard)
        form = tab.locator("details:has(input[value=talk])")
        hands.press(form.locator("summary"))
        hands.choose(tab.locator("#talk_milestone"), "d30")
        tab.fill("#talk_day", today.isoformat())
        hands.choose(tab.locator("#talk_harassed"), "yes")
        with tab.expect_navigation():
            hands.press(form.locator("button"))
        assert harassed in tab.locator("main").inner_text()
        look("arrival")
        watched.go("/arrivals/")
        look("arrivals")
        watched.close()
        assert (watched.faults, watched.complaints) == ({}, [])
