"""A night at two desks, in a real browser: what one takes down the other is told; every page is read by axe at two widths.

The office runs in this process, so that its clock stands still; nothing else of it is different. Neither board asks by
itself here, so that whatever it shows anew it was told; how soon is measured by `waystation-office bench --board`.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import standing
import world
from watched import Watched

KEYS = 16  # that word of a check-in may take, from the first letter to the last


@pytest.fixture
def night(monkeypatch, request):
    """A party overdue, two coordinators, and the browser cookies of both."""
    with standing.house(monkeypatch, request) as here:
        from test_board import Desk

        other = here.person(roles={"coordinator"}, handle="wren")
        desk = Desk(here)
        desk.moving()
        here.now += timedelta(hours=11)
        cookies = [here.sign_in(one, stepped_up=True).cookies["s"].value for one in (desk.heron, other)]
        yield desk, cookies


def test_two_desks_see_the_same_at_once_and_word_takes_a_handful_of_keys(night):
    desk, cookies = night
    acts = ThreadPoolExecutor(1)  # while Playwright runs, its thread has an event loop, in which Django refuses to work
    with standing.browser() as chromium:
        first, second, deaf = (Watched(chromium, world.ORIGIN, width=width) for width in (1440, 360, 768))
        for watched, cookie in zip((first, second, deaf), [*cookies, cookies[1]], strict=True):
            watched.never_asks_by_itself()
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        faults = {}

        def look(watched, name):
            found = watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else [])
            if found:
                faults[name] = found
            watched.picture(f"road-{name}")

        deaf.context.route("**/stream/road/", lambda route: route.abort())
        here, there = first.go("/board/"), second.go("/board/")
        for tab in (here, there):
            tab.locator("#live", has_text="Live").wait_for()
        deaf.go("/board/").locator("#live", has_not_text="Live").wait_for()
        look(first, "board-1440"), look(second, "board-360")
        assert "overdue" in there.locator("#now-list").inner_text()

        here.locator("#now-list form button").first.click()
        there.locator(".board b", has_text="heron").wait_for()

        here.goto(world.ORIGIN + f"/journeys/{desk.journey.hex()}/")
        look(first, "journey-1440")
        here.focus("#id_word")
        pressed = 0
        for key in [*"blue heron", "Tab", "t", "Tab", "3"]:
            here.keyboard.press("Space" if key == " " else key)
            pressed += 1
        with here.expect_response(lambda answer: answer.request.method == "POST"):
            here.keyboard.press("Enter")
        there.locator(".board .state", has_text="on time").wait_for()
        here.wait_for_url("**/journeys/**?done=heard")
        assert pressed < KEYS and acts.submit(lambda: desk.now.checkins[-1].condition).result() == "tired"
        assert not deaf.tab.locator(".board", has_text="heron").count()  # whom nobody tells, and who does not ask, sees nothing new

        here.goto(world.ORIGIN + f"/journeys/{desk.journey.hex()}/incident/")
        look(first, "report-1440")
        here.select_option("#id_kind", "capture")
        here.fill("#id_how_known", "The host saw the car. (Invented.)")
        here.check("#id_stop")
        here.locator("main form button[type=submit]").click()
        here.wait_for_url("**/incidents/**")
        look(first, "incident-1440")
        for state in (("TH", "LA"), ("CN", "KP")):
            here.locator("section[aria-labelledby=handed] summary").first.click()
            for field, said in zip(("from_", "to", "how_known"), (*state, "Counsel rang. (Invented.)"), strict=True):
                here.fill(f"section[aria-labelledby=handed] #id_{field}", said)
            here.locator("section[aria-labelledby=handed] form button").first.click()
            here.wait_for_url("**?done=handed")
        assert here.locator("section[aria-labelledby=handed] ol li").count() == 3  # and between the two what nobody knows
        look(first, "incident-handed-1440")
        there.locator(".board .state", has_text="taken").wait_for()
        look(second, "board-incident-360")
        there.goto(here.url.split("?")[0])
        look(second, "incident-360")
        for path, name in (("/attend/", "attend"), ("/journeys/", "list"), (f"/journeys/{desk.journey.hex()}/", "journey"), ("/", "home")):
            there.goto(world.ORIGIN + path)
            look(second, f"{name}-360")
        for watched in (first, second, deaf):
            watched.close()
        assert first.complaints + second.complaints + deaf.complaints == []
        assert faults == {}
