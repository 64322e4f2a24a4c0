"""A page is pasted, looked through, kept in part; a pack is put together of it: in a real browser."""

import pytest
import standing
import world
from hands import Hands
from watched import Watched

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]
SAYS = {"en": "a sign-up for readers", "ko": "구독 신청"}


@pytest.fixture
def house(monkeypatch, request):
    """An office with a film, a note and a public person in its library; the cookie of a researcher."""
    with standing.house(monkeypatch, request) as office:
        from test_publications import ITEM, NOTE, PAGE, PERSON

        from waystation_web.library import actions

        person = office.person(roles={"researcher"}, handle="scribe")
        actor = office.actor(person)
        maker = actions.write(actor, "person", PERSON)
        film = actions.write(actor, "publication", ITEM | {"people": [maker.hex()]})
        actions.write(actor, "note", NOTE)
        yield film, PAGE, office.sign_in(person).cookies["s"].value


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_a_page_is_pasted_looked_through_and_kept_in_part(house, language, width, keyboard):
    (film, page, cookie), sign_up = house, SAYS[language]
    with standing.browser() as chromium:
        watched = Watched(chromium, world.ORIGIN, language=language, width=width)
        watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        if language == "ko":
            watched.in_korean()
        tab = watched.go("/library/paste/")
        hands = Hands(tab, keyboard=keyboard)
        hands.write(tab.locator("#id_text"), page)
        with tab.expect_navigation():
            hands.press(tab.locator("main form button[type=submit]"))
        assert sign_up in tab.locator("ul.left").inner_text() and "@" not in tab.locator(".sides").inner_text()
        hands.tick(tab.locator("ul.kept input").first)
        hands.choose(tab.locator("#id_kind"), "review")
        hands.choose(tab.locator("#id_reviews"), film.hex())
        watched.look(f"library-sides-{language}-{width}")
        with tab.expect_navigation():
            hands.press(tab.locator("main form button[type=submit]"))
        assert "three towns" in tab.locator("main").inner_text()
        watched.look(f"library-review-{language}-{width}")
        for name, where in (("film", f"/library/{film.hex()}/"), ("list", "/library/"), ("pack", "/library/pack/"), ("notes", "/library/notes/"),
                            ("people", "/library/people/"), ("paste", "/library/paste/")):
            tab = watched.go(where)
            watched.look(f"library-{name}-{language}-{width}")
        assert watched.faults == {} and watched.complaints == []
        watched.close()
