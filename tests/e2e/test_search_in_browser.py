"""Search in a real browser: two syllables are found where they stand, a romanised name finds its Hangul; no visit keeps them."""

import pytest

LOOKS = [pytest.param("en", 1440, marks=pytest.mark.soak), ("ko", 360)]


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_words_and_names_are_found_and_read(browse, office, language, width):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("case_worker"))
    tab = watched.go("/notes/new/")
    if language == "ko":
        watched.in_korean()

    def look(name):
        watched.look(f"search-{name}-{language}-{width}")

    def search(words):
        """By the keyboard alone, from the field; on a fresh page, because axe leaves styles behind that htmx would copy."""
        tab.goto(office.origin + "/search/")
        tab.locator("#id_words").focus()
        tab.keyboard.type(words)
        tab.keyboard.press("Enter")
        tab.locator("main [role=status]").wait_for()

    for title, text in (("Night call (invented)", "강제 낙태를 당했다고 한다. 탁보람이 들었다."), ("Other", "The bridge is closed.")):
        tab.goto(office.origin + "/notes/new/")
        tab.fill("#id_title", title)
        tab.fill("#id_text", text)
        tab.locator("main form button[type=submit]").first.click()
        tab.wait_for_url("**/notes/*/**")
    tab.goto(office.origin + "/search/")
    look("asked")
    search("낙태")
    assert tab.locator("mark").all_inner_texts() == ["낙태"]
    look("words")
    search("Tak Boram")
    tab.locator("mark", has_text="탁보람").wait_for()
    assert tab.locator("mark").all_inner_texts() == ["탁보람"]
    look("name")
    search("xyzzy")
    assert tab.locator("main table").count() == 0
    look("nothing")
    assert tab.url == office.origin + "/search/"  # no word stands in an address
    search("낙태")
    tab.locator("mark").wait_for()
    tab.locator("main table a").click()
    tab.wait_for_url("**/notes/*/")
    assert "강제 낙태" in tab.locator("main").inner_text()
    assert watched.faults == {}
