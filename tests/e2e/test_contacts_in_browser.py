"""A contact is kept, graded, vetted by another, reached and stopped in a real browser; its pages fit and are heard."""

import re

import pytest

LOOKS = [pytest.param("en", 1280, marks=pytest.mark.soak), ("ko", 360)]


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_a_contact_from_its_first_word_to_its_stop(browse, office, language, width):
    deputy = office.newcomer("field_liaison")
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("field_liaison"))
    tab = watched.go("/contacts/")
    if language == "ko":
        watched.in_korean()

    def look(name):
        watched.look(f"contact-{name}-{language}-{width}")

    def send(form, done):
        tab.locator(f"form[action$='{form}'] button[type=submit]").click()
        tab.wait_for_url(re.compile(f"done={done}"))

    tab.goto(office.origin + "/contacts/new/")
    look("new")
    tab.fill("#id_code_name", "Wren (invented)")
    tab.fill("#id_legs", "L1, L2")
    tab.select_option("#id_deputy", label=deputy.handle)
    tab.locator("main form summary").click()
    tab.fill("#id_knows", "Lark, Egret")
    look("new-open")
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url(re.compile("done=written"))
    look("fresh")
    for details in tab.locator("main details").all():
        details.evaluate("one => { one.open = true }")
    look("open")
    tab.fill("#grade_reason", "Came back twice (invented).")
    tab.select_option("#grade_grade", "B")
    tab.fill("#grade_ends", "2027-05-01")
    send("/grade/", "graded")
    tab.locator("form[action$='/reach/'] >> xpath=..").locator("summary").first.click()
    tab.fill("#handle_channel", "phone")
    tab.fill("#handle_value", "000 (invented)")
    tab.fill("#handle_safe_hours", "after ten")
    tab.select_option("#handle_deputy", label=deputy.handle)
    send("/reach/", "kept")
    assert "000 (invented)" not in tab.content()
    look("kept")
    where = tab.url.split("?")[0]
    tab.locator("form[action*='/reach/'] input[name=reason]").first.fill("she calls at nine")
    tab.locator("form[action*='/reach/'] button[type=submit]").first.click()
    tab.wait_for_url(re.compile(r"/reach/[0-9a-f]{32}/$"))
    assert "000 (invented)" in tab.locator("main").inner_text()
    look("number")
    tab.goto(office.origin + "/contacts/new/")
    tab.fill("#id_code_name", "wren-invented")  # one name, written otherwise
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url(re.compile("done=written"))
    tab.goto(where)
    tab.locator("form[action$='/flag/'] >> xpath=..").locator("summary").click()
    tab.select_option("#flag_rule", "grows")
    tab.fill("#flag_on", "2026-01-02")
    tab.fill("#flag_told", "900 USD after 500 USD had been paid, by a call (invented).")
    send("/flag/", "flagged")
    look("flagged")
    tab.locator("a[href$='/links/']").click()
    tab.wait_for_url(re.compile("/links/$"))
    tab.wait_for_selector("svg.links[role=img]")
    assert tab.locator("svg.links[role=img]").count() == 1 and "wren-invented" in tab.locator("table").inner_text()
    look("links")
    tab.goto(where)
    tab.locator("form[action$='/stop/'] >> xpath=..").locator("summary").click()
    tab.select_option("#stop_result", "burnt")
    tab.fill("#stop_against", "Two were taken on the way (invented).")
    send("/stop/", "stopped")
    assert "Egret, Lark" in tab.locator(".stopped").inner_text()
    look("burnt")
    tab.goto(office.origin + "/contacts/")
    look("list")
    assert watched.faults == {}
