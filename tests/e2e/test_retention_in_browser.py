"""A case is destroyed by two at one browser, one after the other; its profile holds no word of it. What goes soon, a hold and a date in doubt on the way."""

from datetime import timedelta

import pytest
import standing
from plaintexts import WORDS, scan
from test_takeout_in_browser import confirmed
from watched import Watched

PLANTED = " ".join(WORDS.values())


@pytest.mark.promise("P07")
@pytest.mark.refuses("H-41")
def test_two_destroy_a_case_and_their_browser_keeps_no_word_of_it(monkeypatch, request, tmp_path):
    with standing.house(monkeypatch, request) as office:
        from acts import member

        from waystation_web.cases.actions import take_call
        from waystation_web.gateways import clock
        from waystation_web.gateways.database import writing
        from waystation_web.records import actions as records
        from waystation_web.retention import actions_hold

        chief, worker = (office.person(roles=roles, handle=handle) for roles, handle in
                         ((("coordinator", "organisation_head"), "chief"), (("case_worker",), "hand")))
        guard, hand, heron = member(office, "guard", ("security_officer",)), office.actor(worker), office.actor(chief)
        for one in (chief, worker):
            one.code = lambda one=one: office.code(one)
        case, held = (take_call(hand, {"wish": PLANTED, "number": PLANTED, "safe_times": PLANTED}) for _ in range(2))
        with writing():
            for days in (6, 13):
                records.make(heron, "plan", {"case_ref": "K7Q2"}, retain_until=clock.today() + timedelta(days=days))
        actions_hold.sign(guard, actions_hold.ask(heron, held, reason="A court asks for it (invented)", end=clock.today() + timedelta(days=60)))
        folder = tmp_path / "profile"
        with standing.one_profile(folder) as chromium:
            watched = Watched(chromium, standing.world.ORIGIN)
            asks(watched, chief, case)
            says_the_day(watched, chief, office.installation.data / "clock.json", clock.today())
            signs(watched, worker, case)
            assert watched.complaints == [] and watched.faults == {}
            watched.close()
    assert {place: what for place, what in scan({"the profile": folder}, WORDS.values()).items() if what} == {}


def left(tab):
    tab.locator("form[action$='/sign-out/'] button").first.click()
    tab.wait_for_load_state("load")


def asks(watched, chief, case):
    watched.tab.set_viewport_size({"width": 1440, "height": 900})
    tab = watched.sign_in(chief)
    tab.locator("main a[href='/goes-soon/']").click()
    tab.wait_for_url("**/goes-soon/")
    tab.locator("main summary").first.click()
    watched.look("retention-soon-1440")
    watched.go("/holds/")
    watched.look("retention-holds-1440")
    tab.locator("main table a").first.click()
    tab.wait_for_url("**/holds/*/")
    watched.look("retention-hold-1440")
    watched.go(f"/cases/{case.hex()}/")
    assert WORDS["hangul"] in tab.inner_text("main")
    watched.go(f"/destroy/{case.hex()}/")
    confirmed(tab, watched.origin, chief.words)
    tab.select_option("#id_why", "asked")
    tab.check("#id_sure")
    watched.look("retention-destroy-1440")
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url("**?done=asked")


def says_the_day(watched, chief, believed, today):
    """Nobody can read which day was believed last: it is said, and the office believes its clock again."""
    tab = watched.tab
    believed.write_bytes(b"{}")
    watched.go("/goes-soon/")
    tab.locator("[data-in-doubt] a[href='/which-day/']").click()
    tab.wait_for_url("**/which-day/")
    watched.look("retention-day-1440")
    tab.set_viewport_size({"width": 360, "height": 740})
    watched.look("retention-day-360")
    tab.fill("#id_day", today.isoformat())
    tab.select_option("#id_why", index=1)
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url("**/which-day/?done=said")
    watched.go("/goes-soon/")
    assert tab.locator("[data-in-doubt]").count() == 0
    left(tab)


def signs(watched, worker, case):
    watched.tab.set_viewport_size({"width": 360, "height": 740})
    tab = watched.sign_in(worker)
    watched.in_korean()
    confirmed(tab, watched.origin, worker.words)
    watched.go("/goes-soon/")
    watched.look("retention-soon-ko-360")
    watched.go(f"/destroy/{case.hex()}/")
    watched.look("retention-destroy-ko-360")
    tab.locator("form[action$='/sign/'] button").click()
    tab.wait_for_url("**/destroyed/*/")
    watched.look("retention-certificate-ko-360")
    assert watched.tab.goto(f"{watched.origin}/cases/{case.hex()}/").status == 404
    left(watched.go("/"))
