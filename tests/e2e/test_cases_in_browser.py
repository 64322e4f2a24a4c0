"""A call becomes a case in a real browser: by the keyboard alone, in seconds; its pages for everybody, in both languages."""

import re
import time

import pytest

LOOKS = [pytest.param("en", 1280, marks=pytest.mark.soak), ("ko", 360)]


def typed(tab, *keys):
    for key in keys:
        tab.keyboard.press(key)


def test_a_call_is_taken_by_the_keyboard_alone_within_a_minute(browse, office):
    watched = browse()
    watched.sign_in(office.newcomer("coordinator"))
    tab = watched.go("/cases/new/")
    begun = time.monotonic()
    tab.locator("#main").focus()
    typed(tab, "Tab")
    assert tab.evaluate("document.activeElement.name") == "requester_kind"  # nothing stands before the first field
    tab.keyboard.type("somebody helped")
    typed(tab, "Tab")
    tab.keyboard.type("within h")
    typed(tab, "Tab")
    tab.keyboard.type("4")
    typed(tab, "Tab")
    tab.keyboard.type("Chin")
    typed(tab, "Tab")
    tab.keyboard.type("To see my mother before she dies (invented).")
    typed(tab, "Tab", "Enter")
    tab.wait_for_url(re.compile(r"/cases/[0-9a-f]{32}/\?done=begun"))
    assert time.monotonic() - begun < 60
    shown = tab.locator("main").inner_text()
    assert all(words in shown for words in ("4 people", "To see my mother", "somebody helped before", "China", "Nobody has taken this over"))
    assert tab.title() == "Case – W"


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_pages_of_a_case_are_accessible_and_fit(browse, office, language, width):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("case_worker"))
    tab = watched.go("/cases/new/")
    if language == "ko":
        tab.goto(office.origin + "/me/")
        tab.select_option("#id_language", "ko")
        tab.locator("form[action$='/me/settings/'] button[type=submit]").click()
        tab.goto(office.origin + "/cases/new/")
    tab.locator("main summary").first.click()
    faults = {}

    def look(name):
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[name] = found
        watched.picture(f"case-{name}-{language}-{width}")

    look("new")
    tab.fill("#id_wish", "To stay together (invented).")
    tab.fill("#id_number", "ask at the third shop (invented)")
    tab.locator("form.call button").first.click()
    tab.wait_for_url(re.compile("done=begun"))
    where = tab.url.split("?")[0]
    look("case-new")
    for age in ("80", "9"):
        tab.goto(where + "people/")
        tab.locator("main summary").first.click()
        tab.fill("#id_age", age)
        tab.locator("details[open] button[type=submit]").first.click()
        tab.wait_for_url(re.compile("done=added"))
    for page in ("", "people/", "request/", "similar/", "team/", "names/"):
        tab.goto(where + page)
        look(page.strip("/") or "case")
    tab.goto(where + "people/")
    for summary in tab.locator("section > details > summary").all():
        summary.click()
    look("people-open")
    tab.locator("tbody th a").first.click()
    look("person")
    tab.goto(where + "people/")
    tab.locator("a[href*='/names/']").first.click()
    look("names-of")
    for path in ("/cases/", "/cases/imports/"):
        tab.goto(office.origin + path)
        look(path.strip("/").replace("/", "-"))
    assert faults == {}
