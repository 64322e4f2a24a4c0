"""After a recovery ceremony whoever signs in is told who was given how much, asks an officer, and confirms it."""

import standing
from watched import Watched

COUNTRIES = ("Nowhere", "Elsewhere")


def test_whoever_comes_in_is_told_and_confirms_that_an_officer_knows_of_it(monkeypatch, request):
    with standing.house(monkeypatch, request) as office:
        import acts
        from world import ORIGIN

        from waystation.vault.ceremony import read_request, respond
        from waystation_web.accounts import ceremony, signin

        vera, olga, bela = acts.member(office, "vera"), acts.member(office, "olga"), office.people["bela"]
        vault = acts.create(vera, "where the river is low")
        signin.enter(office.account(bela), office.keys(bela), 0)
        asked = ceremony.ask_at_console("olga", lost_by="vera")
        ceremony.take_in_at_console(respond(read_request(asked.raw), office.recovery, COUNTRIES).raw)
        bela.code = lambda: office.code(bela)
        with standing.browser() as chromium:
            watched = Watched(chromium, ORIGIN, width=1440)
            try:
                told(watched, bela)
            finally:
                watched.close()
        assert acts.text(olga, vault) == "where the river is low"


def told(watched, bela):
    tab = watched.sign_in(bela)
    assert "gave 1 record back to olga" in tab.inner_text("main [role=alert]")
    watched.look("ceremony-told-1440")
    tab.set_viewport_size({"width": 360, "height": 740})
    watched.look("ceremony-told-360")
    tab.locator("form[action$='/me/trust/'] button").click()
    tab.wait_for_url(lambda url: "done=trust" in url)
    assert "recovery key" not in watched.go("/").inner_text("main")
    watched.go("/audit/")
    assert "gave a record back, by the recovery key, to" in tab.inner_text("main")
    watched.look("ceremony-record-360")
    tab.set_viewport_size({"width": 1440, "height": 900})
    watched.look("ceremony-record-1440")
    assert (watched.faults, watched.complaints) == ({}, [])
