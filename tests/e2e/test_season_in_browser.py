"""The season's missions in a browser: what there is is typed, what fits is read, one chooses and another signs, in two languages."""

import re

import pytest
import standing
import world
from watched import Watched

pytestmark = pytest.mark.once


@pytest.fixture
def house(monkeypatch, request):
    """Cases that wait, with plans; both coordinators have signed in and were not invited this week."""
    with standing.house(monkeypatch, request) as here:
        from datetime import timedelta

        import test_own_numbers as own
        import test_season as season

        from waystation.cli import seasons
        from waystation_web.plans import child

        monkeypatch.setattr(child, "answered", lambda question: iter([seasons.season(question)]))
        people = {name: here.person(roles={role}, handle=name)
                  for name, role in (("first", "coordinator"), ("second", "coordinator"), ("guard", "security_officer"))}
        here.now += timedelta(days=4)
        monkeypatch.setattr(season, "member", lambda _office, name, _roles=(): here.actor(people[name], stepped_up=True))
        made = season.House(here)
        for size, more in ((30, {}), (30, {"sex": "1"}), (30, {"day": "2024-02-01"}), (3, {"day": "2024-03-01", "sex": "1"}),
                           (40, {"day": "2023-03-01"}), (40, {"day": "2023-03-01", "sex": "1"})):
            own.arrived(made.first, size, **more)
        here.now += timedelta(days=4)  # whoever was invited this week signs nothing second
        made.cookies = {name: here.sign_in(people[name], stepped_up=True).cookies["s"].value for name in ("first", "second")}
        yield made


def screen(chromium, house, who, **more):
    watched = Watched(chromium, world.ORIGIN, **more)
    watched.context.add_cookies([{"name": "s", "value": house.cookies[who], "url": world.ORIGIN}])
    return watched


def test_one_asks_and_chooses_another_signs_and_nothing_is_chosen_before(house):
    with standing.browser() as chromium:
        first = screen(chromium, house, "first", language="en", width=1440)
        second = screen(chromium, house, "second", language="ko", width=360)
        second.in_korean()
        tab = first.go("/season/new/")
        for label, typed in (("What you call it", "March"), ("First day", "2026-03-09"), ("How many weeks", "2"), ("Money in all", "9000 USD"),
                             ("parties at once", "2"), ("beds", "4"), ("chance of a crackdown", "10"), ("more are lost then", "20"),
                             ("even at the low end", "60")):
            tab.get_by_label(label).first.fill(typed)
        tab.get_by_role("button", name="Compute what fits").click()
        tab.wait_for_url(re.compile("/season/[0-9a-f]{32}/"))
        where = tab.url.removeprefix(world.ORIGIN)
        assert tab.locator("input[type=radio]:checked").count() == 0 and tab.locator(".hatched").count() == 1
        for mission in tab.locator("fieldset.mission").all():
            mission.get_by_label("Wait").check()
            mission.locator("textarea").fill("Not in these weeks.")
        tab.locator("fieldset.mission").first.locator("input[type=radio]").first.check()
        tab.locator("#id_second").select_option(index=2)
        first.look("season-choose-1440")
        with tab.expect_navigation():
            tab.locator("form:has(fieldset.mission) button").click()
        assert "waits for the second signature" in tab.locator("main").inner_text()
        tab = second.go(where)
        second.look("season-sign-360")
        with tab.expect_navigation():
            tab.locator("form[action$='confirm/'] button").click()
        assert tab.locator(".state.done").count() == 1 and tab.locator("form[action$='confirm/']").count() == 0
        for one in (first, second):
            tab = one.go("/figures/own/?table=arrivals-year-sex")
            assert tab.locator("svg rect").count() == 2 and tab.locator("td .state.off").count() == 4  # three men, and a box with them
            one.look(f"own-numbers-{tab.viewport_size['width']}")
            one.close()
    assert first.faults | second.faults == {}
    assert [*first.complaints, *second.complaints] == []
