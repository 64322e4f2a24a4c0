"""A night of three journeys at two desks, in real browsers, while the office's clock stands still.

One party is overdue and then taken, one is late, one says the other word; the night is handed over from one shift to the
next. What a shared screen shows after the right word and after the other one is the same, and only whoever is on duty
reads which it was, after confirming who they are.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from datetime import timedelta

import pytest
import standing
import world
from watched import Watched

CLOCK = re.compile(r"\d\d-\d\d \d\d:\d\d UTC|T\d\d:\d\d:\d\d|\b(?:for|in) \d+ h \d\d min")


def another(desk, ref):
    """A second party of the same desk, with everything that it needs to leave."""
    from waystation_web.gateways.database import writing
    from waystation_web.records import actions as records
    from waystation_web.records import queries as kept

    party = copy(desk)
    with writing():
        people = kept.one(desk.first, desk.case, "case", looked=False).body["people"]
        party.case = records.make(desk.first, "case", {"ref": ref, "people": people}, holders=[desk.worker.id]).id
    party.plan = party.planned()
    with writing():
        held = kept.one(desk.first, party.plan, "plan", looked=False)
        records.change(desk.first, held, {"case_ref": ref}, what="plan")
    return party


class Night:
    """Three parties on the way, two coordinators, of whom the first is on duty, and their browser cookies."""

    def __init__(self, office, desk, wren):
        self.office, self.desk, self.wren = office, desk, wren
        self.parties = {"K7Q2": desk.moving()}
        for ref, hours in (("B9TT", 4), ("M3XD", 2)):
            office.now += timedelta(hours=hours)
            self.parties[ref] = another(desk, ref).moving()
        office.now += timedelta(hours=5)
        self.on_duty(desk.heron)
        self.cookies = [office.sign_in(one).cookies["s"].value for one in (desk.heron, wren)]

    def on_duty(self, person):
        from waystation_web.duty import actions as duty

        duty.go_on(self.desk.first, who=person.id, start=self.office.now, end=self.office.now + timedelta(hours=8))

    def at(self, ref):
        return f"/journeys/{self.parties[ref].journey.hex()}/"


@pytest.fixture
def night(monkeypatch, request):
    with standing.house(monkeypatch, request) as here:
        from test_board import Desk

        wren = here.person(roles={"coordinator"}, handle="wren")
        yield Night(here, Desk(here), wren)


class Screen(Watched):
    """A browser of one desk, which gathers what is wrong with the pages that it was shown."""

    def look(self, name):
        super().look(f"night-{name}")

    def page(self, path):
        """A page as the office sends it, but for what differs each time."""
        from test_board import VARIES

        sent = self.tab.evaluate("path => fetch(path).then(answer => answer.text())", path)
        return CLOCK.sub("-", VARIES.sub("*", sent))

    def confirm(self, person):
        self.tab.fill("#id_words", person.words)
        self.tab.locator("main form button[type=submit]").last.click()


@contextmanager
def desks(night):
    """Both browsers, signed in; afterwards neither has complained and every page that was looked at is sound."""
    with standing.browser() as chromium:
        screens = [Screen(chromium, world.ORIGIN, width=width) for width in (1440, 360)]
        for screen, cookie in zip(screens, night.cookies, strict=True):
            screen.never_asks_by_itself()
            screen.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        yield screens
        for screen in screens:
            screen.close()
    assert [screen.complaints for screen in screens] == [[], []]
    assert [screen.faults for screen in screens] == [{}, {}]


def row(tab, ref, state):
    return tab.locator("#now-list li", has_text=ref).locator(".state", has_text=state)


def test_a_night_of_three_journeys_is_handed_over(night):
    acts = ThreadPoolExecutor(1)  # while Playwright runs, its thread has an event loop, in which Django refuses to work
    with desks(night) as (heron, wren):
        here, there = heron.go("/board/"), wren.go("/board/")
        for tab in (here, there):
            tab.locator("#live", has_text="Live").wait_for()
            for ref, state in (("K7Q2", "overdue"), ("B9TT", "late"), ("M3XD", "on time")):
                row(tab, ref, state).first.wait_for()
        refs = here.locator("#now-list li > a").all_inner_texts()
        assert refs.index("K7Q2") < refs.index("B9TT") < refs.index("M3XD")  # the longest silence first
        heron.look("board-1440"), wren.look("board-360")

        for ref in ("K7Q2", "B9TT"):
            with here.expect_response(lambda answer: answer.request.method == "POST"):
                here.locator("#now-list li", has_text=ref).get_by_role("button", name="I have this one").click()
            there.locator("#now-list li", has_text=ref).locator("b", has_text="heron").wait_for()
            heron.go("/board/")

        said = {}
        for word in ("blue heron", "grey goose"):
            heron.go(night.at("M3XD"))
            here.fill("#id_word", word), here.select_option("#id_condition", "well"), here.fill("#id_present", "3")
            here.locator("form.word button[type=submit]").click()
            here.wait_for_url("**?done=heard")
            said[word] = [screen.page(path) for screen in (heron, wren) for path in ("/board/", "/now/", "/")]
        assert said["blue heron"] == said["grey goose"] and "M3XD" in said["grey goose"][0]

        heron.go("/attend/")
        assert "M3XD" not in here.inner_text("main")
        heron.look("attend-unconfirmed-1440")
        heron.confirm(night.desk.heron)
        here.locator(".board li", has_text="M3XD").wait_for()
        heron.look("attend-1440")
        wren.go("/attend/")
        assert "on a screen of their own" in there.inner_text("main") and "M3XD" not in there.inner_text("main")  # not on duty
        wren.go("/board/")

        heron.go(night.at("K7Q2") + "incident/")
        here.select_option("#id_kind", "capture"), here.fill("#id_how_known", "The host saw the car. (Invented.)"), here.check("#id_stop")
        with here.expect_response(lambda answer: answer.request.method == "POST"):
            here.locator("main form button[type=submit]").click()
        row(there, "K7Q2", "taken").first.wait_for()
        wren.look("board-taken-360")

        here.wait_for_url("**/incidents/**")
        heron.go("/hand-over/")
        drafted = here.input_value("#hand_open")
        assert "K7Q2: a clock runs on the board" in drafted and "B9TT" in drafted and "M3XD" not in drafted
        here.select_option("#hand_to", night.wren.id.hex())
        heron.look("hand-over-1440")
        here.locator("main form button[type=submit]").last.click()
        here.wait_for_url("**?done=handed")
        acts.submit(night.on_duty, night.wren).result()
        wren.go("/")
        assert "Something was handed over to you" in there.inner_text("#now-list")
        wren.look("today-360")
        wren.go("/duty/")
        there.get_by_role("button", name="I have read it aloud and take over").click()
        there.wait_for_url("**?done=taken")
        wren.go("/attend/")
        assert "M3XD" not in there.inner_text("main")
        wren.confirm(night.wren)
        there.locator(".board li", has_text="M3XD").wait_for()
        wren.look("attend-360")
        heron.go("/attend/")
        assert "M3XD" not in here.inner_text("main")  # the shift is over: it is somebody else's now


def test_keys_of_one_letter_move_ask_and_rest_while_somebody_types(night):
    from test_closing import window

    window(night.desk, leg="C02", to_date="2026-03-03")  # where everybody goes on it closes within a day
    another(night.desk, "H2WA").ready()  # and of the first leg nobody wrote when it may start
    with desks(night) as (heron, wren):
        here, there = heron.go("/board/"), wren.go("/board/")
        for tab in (here, there):
            tab.locator("#live", has_text="Live").wait_for()
        assert "closes · the window of C02 · in " in there.inner_text("#now-list") and row(there, "H2WA", "not known").count() == 1
        wren.look("closing-360")
        here.keyboard.press("?")
        here.locator("dialog#keys[open]").wait_for()
        heron.look("keys-1440")
        here.keyboard.press("j")  # nothing moves behind the list of keys
        here.keyboard.press("Escape")
        here.locator("dialog#keys:not([open])").wait_for(state="attached")

        def held():
            return here.evaluate("document.activeElement?.textContent")

        here.keyboard.press("j")
        first = held()
        here.keyboard.press("j")
        assert first == "K7Q2" and held() == "B9TT"
        here.keyboard.press("k")
        assert held() == "K7Q2"
        here.keyboard.press("a")
        here.locator("dialog#take[open]").wait_for()
        heron.look("take-1440")
        assert here.locator("dialog#take").inner_text().count("K7Q2") == 1
        here.wait_for_timeout(700)  # two presses of Escape within 0.6 s leave the office, as they should
        here.keyboard.press("Escape")
        assert held() == "K7Q2" and not there.locator(".board b", has_text="heron").count()  # asked, and nothing was done
        here.keyboard.press("a")
        here.keyboard.press("Enter")
        there.locator(".board b", has_text="heron").wait_for()
        here.locator(".board b", has_text="heron").wait_for()

        heron.go("/board/")
        here.locator(".keys-help button").wait_for()
        here.evaluate("document.querySelector('main h1').insertAdjacentHTML('afterend', '<label>x <input id=typed autocomplete=off></label>')")
        here.focus("#typed")
        for key in "j?agtq/":
            here.keyboard.press(key)
        assert here.input_value("#typed") == "j?agtq/" and not here.locator("dialog[open]").count() and here.url.endswith("/board/")
        here.evaluate("document.getElementById('typed').closest('label').remove()")

        here.keyboard.press("q")
        here.wait_for_url("**/board/?quiet")
        assert "On the way, on time" not in here.inner_text("#now-list") and row(here, "K7Q2", "overdue").count() == 1
        heron.look("quiet-1440")
        here.keyboard.press("g"), here.keyboard.press("t")
        here.wait_for_url(world.ORIGIN + "/")
        heron.look("today-1440")
        heron.go("/me/")
        here.uncheck("#id_keys")
        heron.look("me-1440")
        here.locator("form[action='/me/settings/'] button[type=submit]").click()
        here.wait_for_url("**?done=settings")
        heron.go("/board/")
        here.locator("#live", has_text="Live").wait_for()
        here.keyboard.press("g"), here.keyboard.press("t")
        here.keyboard.press("?")
        assert here.url.endswith("/board/") and not here.locator("dialog").count()
