"""The head of a page by the keyboard: groups unfold one at a time, lie over the page and lead where they say, on a phone too."""

import pytest
from hands import Hands

LOOKS = [pytest.param("en", 1440, marks=pytest.mark.soak), ("ko", 360)]


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_groups_of_pages_are_opened_and_left_by_the_keyboard(browse, office, language, width):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("case_worker"))
    tab = watched.go("/")
    if language == "ko":
        watched.in_korean()
        tab.locator("html[lang=ko]").wait_for()
    hands = Hands(tab, keyboard=True)
    groups = tab.locator(".nav summary")
    assert groups.count() == 3 and tab.locator(".nav a:visible").count() == 3
    hands.press(groups.nth(0))
    hands.press(groups.nth(1))
    assert tab.locator(".nav details[open]").count() == 1  # the browser folds the other
    where = tab.locator(".nav details[open] a[href='/stories/']")
    watched.look(f"head-open-{language}-{width}")
    hands.press(where, to="/stories/")
    assert tab.locator(".nav details[open]").count() == 0
    assert tab.locator(".nav details:has([aria-current])").count() == 1
    assert watched.faults == {}
