"""What a go-between asks for is written down in a real browser; the page suggests, a person raises one and lets another be."""

import datetime
import re

import pytest

LOOKS = [pytest.param("en", 1440, marks=pytest.mark.soak), pytest.param("en", 768, marks=pytest.mark.soak), ("ko", 360)]


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "en-tablet", "ko-phone"])
def test_from_two_demands_to_a_flag_that_somebody_raised(browse, office, language, width):
    chief = office.newcomer("coordinator")
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("field_liaison"))
    tab = watched.go("/contacts/")
    if language == "ko":
        watched.in_korean()
    today = datetime.datetime.now(datetime.UTC).date()

    def look(name):
        watched.look(f"suggested-{name}-{language}-{width}")

    def send(form, done):
        tab.locator(f"form[action$='{form}'] button[type=submit]").first.click()
        tab.wait_for_url(re.compile(f"done={done}$"))

    def asked(amount, ago, **more):
        tab.locator("form[action$='/asked/'] >> xpath=..").locator("summary").click()
        tab.fill("#asked_on", (today - datetime.timedelta(days=ago)).isoformat())
        tab.fill("#asked_amount", amount)
        tab.fill("#asked_currency", "USD")
        tab.select_option("#asked_for_", "release")
        tab.select_option("#asked_proof", "no")
        for field, said in more.items():
            tab.fill(f"#asked_{field}", said)
        if ago:
            look("asking")
        send("/asked/", "asked_for")

    tab.goto(office.origin + "/contacts/new/")
    tab.fill("#id_code_name", f"Reed {width} (invented)")
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url(re.compile("done=written$"))
    look("nothing-known")
    asked("500", 3)
    tab.locator("form[action$='/asked/paid/'] >> xpath=..").locator("summary").click()
    tab.locator("form[action$='/asked/paid/'] input[name=on]").fill((today - datetime.timedelta(days=2)).isoformat())
    send("/asked/paid/", "written")
    asked("900", 0, within_h="12", case="K7Q2 (invented)")
    group = tab.locator("[aria-labelledby=suggested]")
    assert group.locator(".written").count() == 3
    group.locator("summary").nth(0).click()
    group.locator("summary").nth(3).click()
    look("three")
    group.locator("form[action$='/let-be/'] input[name=reason]").nth(1).fill("They answer slowly as well (invented).")
    group.locator("form[action$='/let-be/'] button").nth(1).click()
    tab.wait_for_url(re.compile("done=let_be$"))
    group.locator("summary").nth(0).click()
    group.locator("form[action$='/flag/'] button").first.click()
    tab.wait_for_url(re.compile("done=flagged$"))
    assert group.locator(".written").count() == 2 and "(invented)" in group.inner_text()
    look("raised")
    where = tab.url.split("?")[0].removeprefix(office.origin)
    other = browse(language=language, width=width)  # who writes no contact reads the same and is told whom to tell
    other.sign_in(chief)
    if language == "ko":
        other.in_korean()
    read = other.go(where)
    assert read.locator("[aria-labelledby=suggested] .written").count() == 2 and not read.locator("form[action$='/let-be/']").count()
    other.look(f"suggested-chief-{language}-{width}")
    assert watched.faults == other.faults == {}
