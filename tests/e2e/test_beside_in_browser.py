"""Who goes along, the calls and custody, in a real browser: each page is typed by hand, read by axe and looked at at three widths."""

from datetime import timedelta

import pytest
import standing
import world
from watched import Watched

LOOKS = [pytest.param("en", 1440, marks=pytest.mark.soak), pytest.param("en", 768, marks=pytest.mark.soak), ("ko", 360)]


@pytest.fixture
def road(monkeypatch, request):
    """A party on its way whom a pastor may meet, with a call booked, and the browser cookie of a coordinator."""
    with standing.house(monkeypatch, request) as here:
        from test_calls import Calling

        from waystation_web.contacts import actions as contacts

        party = Calling(here)
        for name, more in (("Finch", {"law_risk": "Two years in prison. (Invented.)"}), ("Shrike", {
                "helper": "exploitative_broker", "exploitation": "Kept two sisters for a debt. (Invented.)"})):
            contacts.keep(party.liaison, {"code_name": name, "roles": ["clergy"], "legs": [], "places": []} | more)
        party.moving()
        party.booked(fee=party.fee())
        here.now += timedelta(hours=3)
        yield party, here.sign_in(party.heron, stepped_up=True).cookies["s"].value


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_who_goes_along_a_call_and_custody_are_written_down(road, language, width):
    party, cookie = road
    journey = f"/journeys/{party.journey.hex()}/"
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()

        def look(name):
            watched.look(f"beside-{name}-{language}-{width}")

        def sent(form, done):
            with tab.expect_navigation():
                form.locator("button[type=submit]").click()
            assert tab.url.endswith(f"?done={done}"), tab.url

        tab = watched.go(f"{journey}along/")
        assert tab.locator("#id_who option[value=Shrike]").count() == 0
        tab.select_option("#id_leg", "C02")
        tab.select_option("#id_who", "Finch")
        tab.fill("#id_risk", "Caught, they go to prison for two years. (Invented.)")
        sent(tab.locator("section[aria-labelledby=ask] form"), "asked")
        look("asked")
        tab.locator("section[aria-labelledby=asked] summary").click()
        answer = tab.locator("section[aria-labelledby=asked] form")
        answer.locator("[name=said]").select_option("yes")
        answer.locator("[name=how]").fill("By telephone, on Monday.")
        answer.locator("[name=tell]").fill("That we met at the station.")
        sent(answer, "answered")
        look("along")

        tab = watched.go(f"{journey}calls/")
        look("booked")
        tab.locator("section[aria-labelledby=list] summary").click()
        went = tab.locator("section[aria-labelledby=list] form")
        went.locator("[name=result]").select_option("spoke")
        went.locator("[name=word]").fill("blue heron")
        went.locator("[name=condition]").select_option("well")
        sent(went, "heard")
        tab.locator("section[aria-labelledby=more] summary").first.click()
        look("calls")

        tab = watched.go(journey)
        look("journey")
        tab = watched.go(f"{journey}step/hand_over/")
        tab.select_option("#id_proof", "custody")
        tab.fill("#id_proof_text", "The record of the police, read to us. (Invented.)")
        tab.select_option("#id_code", "passed")
        tab.fill("#id_reason", "They are there.")
        sent(tab.locator("main form").last, "moved")
        tab = watched.go("/journeys/")
        look("list")
        tab = watched.go(f"{journey}custody/")
        look("custody-unwritten")
        tab.select_option("#id_kind", "taken")
        tab.fill("#id_day", "2026-03-02")
        tab.fill("#id_state", "TH")
        tab.fill("#id_place", "Chiang Rai")
        tab.fill("#id_next_on", "2026-03-09")
        tab.fill("#id_how_known", "Counsel rang. (Invented.)")
        sent(tab.locator("main form").last, "written")
        look("custody")
        watched.go("/contacts/")
        look("contacts")
        watched.close()
        assert watched.complaints == [] and watched.faults == {}
