"""A shift is put down, handed over with what is open filled in, and read by the next, in a real browser."""

import re

import pytest

LOOKS = [("en", 1280), ("ko", 360)]


@pytest.fixture(scope="module")
def colleagues(office):
    """Two for each story, all there before the first shift: who came later would have to be let read it first."""
    return {language: (office.newcomer("coordinator"), office.newcomer("coordinator")) for language, _ in LOOKS}


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_a_shift_is_handed_over_and_every_page_of_the_house_fits(browse, office, colleagues, language, width):
    one, following = colleagues[language]
    watched = browse(language=language, width=width)
    watched.sign_in(one)
    tab = watched.go("/duty/")
    if language == "ko":
        watched.in_korean()

    def look(name):
        watched.look(f"duty-{name}-{language}-{width}")

    for page in ("fit", "cards", "limits", "deputies", "mine"):
        tab.goto(office.origin + f"/duty/{page}/")
        look(page)
    tab.goto(office.origin + "/duty/")
    for details in tab.locator("main details").all():
        details.evaluate("one => { one.open = true }")
    look("open")
    tab.select_option("#shift_who", label=one.handle)
    day = tab.evaluate("new Date(Date.now() - 3600000).toISOString()")
    tab.fill("#shift_day", day[:10])
    tab.fill("#shift_hour", str(int(day[11:13])))
    tab.fill("#shift_hours", "6")
    tab.locator("form[action$='/duty/shift/'] button").click()
    tab.wait_for_url(re.compile("done=written"))
    tab.locator("a[href$='/hand-over/']").click()
    tab.wait_for_url(re.compile("/hand-over/"))
    look("hand-over")
    tab.select_option("#hand_to", label=following.handle)
    tab.fill("#hand_open", "K7Q2 (invented) calls at six.")
    tab.locator("form[action$='/duty/hand/'] button").click()
    tab.wait_for_url(re.compile("done=handed"))
    look("handed")
    assert watched.faults == {}
    other = browse(language="en", width=1280)
    other.sign_in(following)
    page = other.go("/duty/")
    page.locator("form[action$='/take/'] button").first.click()
    page.wait_for_url(re.compile("done=taken"))
    assert "K7Q2 (invented) calls at six." in page.locator("main").inner_text()
