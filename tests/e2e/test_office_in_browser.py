"""The office in a real Chromium, under its own policy: the set-up, both factors, pages in both languages, leaving."""

import re

import pytest
import served

PAGES = ["/", "/notes/", "/notes/new/", "/people/", "/people/invite/", "/me/", "/plan/", "/audit/", "/audit/check/", "/audit/slip/",
         "/rights/", "/rights/ways/", "/rights/doors/"]
LOOKS = [("en", 1280, False), ("en", 360, True), *(pytest.param(*look, marks=pytest.mark.soak) for look in (("ko", 1280, True), ("ko", 360, False)))]


def key_of(watched):
    """A security key in the browser (WebAuthn's virtual authenticator, over the browser's own protocol)."""
    line = watched.context.new_cdp_session(watched.tab)
    line.send("WebAuthn.enable")
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True}})
    return line, made["authenticatorId"]


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS, ids=["en", "en-phone-dark", "ko-dark", "ko-phone"])
def test_every_page_is_accessible_fits_and_says_nothing_to_the_console(browse, office, language, width, dark):
    watched = browse(language=language, width=width, dark=dark)
    name = f"{language}-{width}{'-dark' if dark else ''}"
    tab = watched.go("/sign-in/")
    assert watched.violations() == []
    assert tab.locator("html").get_attribute("lang") == language
    watched.picture(f"sign-in-{name}")
    person = office.people["sena"]
    watched.sign_in(person)
    if language == "ko":
        tab.goto(office.origin + "/me/")
        tab.select_option("#id_language", "ko")
        tab.locator("form[action$='/me/settings/'] button[type=submit]").click()
    faults = {}
    for path in PAGES:
        tab.goto(office.origin + path)
        assert tab.locator("html").get_attribute("lang") == language, path
        assert tab.title().endswith("– W")
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[path] = found
        watched.picture(f"{path.strip('/').replace('/', '-') or 'home'}-{name}")
    assert faults == {}
    tab.goto(office.origin + "/notes/")
    tab.locator("main table a").first.click()
    assert watched.violations() == []
    assert watched.too_wide() <= 0
    watched.picture(f"note-{name}")
    if language == "ko":
        tab.goto(office.origin + "/me/")
        tab.select_option("#id_language", "en")
        tab.locator("form[action$='/me/settings/'] button[type=submit]").click()


def test_the_set_up_is_walked_with_a_security_key(chromium):
    from watched import Watched

    from waystation_web.office import demonstration

    with served.served() as fresh:
        watched = Watched(chromium, fresh.origin)
        key_of(watched)
        public_text = demonstration.recovery_file(fresh.home)
        words = next(line.partition(" ")[2] for line in public_text.splitlines() if line.startswith("words "))
        tab = watched.go("/set-up/")
        seen = [watched.violations()]
        tab.fill("#id_code", fresh.code)
        tab.keyboard.press("Enter")
        tab.fill("#id_public_text", public_text)
        tab.fill("#id_words", "river " * 8)
        tab.locator("main button[type=submit]").click()
        assert "not the words of this key" in tab.locator("main").inner_text()
        tab.fill("#id_public_text", public_text)
        tab.fill("#id_words", words)
        seen.append(watched.violations())
        watched.picture("set-up-recovery")
        tab.locator("main button[type=submit]").click()
        tab.fill("#id_handle", "sena")
        tab.fill("#id_name", "Sena (invented)")
        seen.append(watched.violations())
        tab.locator("main button[type=submit]").click()
        passphrase = tab.locator(".words").inner_text()
        assert len(passphrase.split()) == 8
        seen.append(watched.violations())
        watched.picture("set-up-words")
        tab.locator("main button[type=submit]").click()
        tab.fill("#id_words", passphrase)
        seen.append(watched.violations())
        tab.keyboard.press("Enter")
        tab.wait_for_selector("#key-create:visible")
        seen.append(watched.violations())
        watched.picture("set-up-factor")
        tab.click("#key-create")
        tab.wait_for_url(fresh.origin + "/")
        assert "There is only one key officer" in tab.locator("main").inner_text()
        tab.goto(fresh.origin + "/set-up/")
        assert "second officer" in tab.locator("main").inner_text()
        assert [found for found in seen if found] == []
        tab.locator("form#lock button").click()
        tab.wait_for_url(fresh.origin + "/sign-in/")
        tab.click("#key-get")
        tab.wait_for_selector("#key-said:has-text('answered')")
        tab.fill("#id_words", passphrase)  # with a key no handle is typed
        tab.keyboard.press("Enter")
        tab.wait_for_url(fresh.origin + "/")
        watched.close()
        assert watched.complaints == []


def test_signing_in_with_a_key_and_stepping_up_with_it(browse, office):
    watched = browse()
    key_of(watched)
    person = office.newcomer("security_officer")
    tab = watched.sign_in(person)
    tab.goto(office.origin + "/step-up/")
    tab.fill("#id_words", person.words)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?done=confirmed")
    tab.goto(office.origin + "/me/")
    watched.picture("me-before-key")
    tab.click("#key-create")
    tab.wait_for_selector(".done")
    tab.locator("form#lock button").click()
    tab.wait_for_url(office.origin + "/sign-in/")
    tab.click("#key-get")
    tab.wait_for_selector("#key-said:has-text('answered')")
    tab.fill("#id_words", person.words)
    tab.keyboard.press("Enter")
    tab.wait_for_url(office.origin + "/")
    assert "Today" in tab.title()
    tab.goto(office.origin + "/step-up/")
    tab.click("#key-get")
    tab.wait_for_url("**/?done=confirmed")
    tab.goto(office.origin + "/people/invite/")
    assert tab.locator("#id_handle").is_visible()


def test_signing_in_by_keyboard_alone(browse, office):
    watched = browse()
    person = office.newcomer()
    tab = watched.go("/sign-in/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    typed = {"id_handle": person.handle, "id_code": person.code(), "id_words": person.words}
    for _ in range(25):
        tab.keyboard.press("Tab")
        here = tab.evaluate("document.activeElement.id")
        ring = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", here
        if here in typed:
            tab.keyboard.type(typed.pop(here))
        if not typed:
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url(office.origin + "/")
    assert typed == {}


def test_wrong_words_say_one_sentence_and_give_nothing_back(browse, office):
    watched = browse()
    tab = watched.go("/sign-in/")
    tab.fill("#id_handle", "nobody-of-that-name")
    tab.fill("#id_code", "123456")
    tab.fill("#id_words", "academic acid acne acquire acrobat activity actress adapt")
    tab.locator("main form button[type=submit]").last.click()
    tab.locator(".fault").first.wait_for()
    assert tab.input_value("#id_words") == ""
    assert watched.violations() == []


@pytest.mark.parametrize("leave", ["escape twice", "the button", "the lock key"])
def test_leaving_ends_the_session_and_shows_a_page_that_says_nothing(browse, office, leave):
    watched = browse()
    person = office.newcomer()
    tab = watched.sign_in(person)
    tab.goto(office.origin + "/notes/new/")
    tab.fill("#id_title", "half written")
    if leave == "escape twice":
        tab.keyboard.press("Escape")
        tab.keyboard.press("Escape")
    elif leave == "the button":
        tab.locator("form#leave button").click()
    else:
        tab.keyboard.press("Control+l")
    tab.wait_for_url(re.compile(r"/(blank|sign-in)/"))
    assert person.handle not in tab.locator("body").inner_text()
    assert "half written" not in tab.content()
    tab.go_back()
    assert "half written" not in tab.content()
    tab.goto(office.origin + "/notes/")
    assert tab.locator("main table").count() == 0
