"""Leaving in a hurry: a button on every page ends the session, empties the browser and shows a page about nothing."""

import re

import pytest

from waystation_web.accounts import people, sessions
from waystation_web.vault.models import Account

pytestmark = [pytest.mark.promise("P06"), pytest.mark.once]
BUTTON = re.compile(r'<form method="post" action="/leave/" id="leave">.*?<button [^>]*>Leave now</button>', re.DOTALL)
HISTORY = "The browser&#x27;s list of visited pages keeps its line."


def alive(client):
    return client.get("/me/").status_code == 200


def shows(page):
    text = page.content.decode()
    return bool(BUTTON.search(text)) and HISTORY in text.replace("'", "&#x27;")


@pytest.mark.refuses("H-50")
def test_every_page_has_the_button_and_says_what_stays_in_the_browser(office):
    client, stranger = office.sign_in(office.people["anna"]), office.client()
    for path in ("/", "/notes/", "/notes/new/", "/people/", "/me/", "/duty/", "/board/", "/nowhere/", "/people/invite/", "/cases/"):
        assert shows(client.get(path)), path
    for path in ("/sign-in/", "/enrol/", "/nowhere/", "/notes/"):
        assert shows(stranger.get(path)), path


@pytest.mark.refuses("H-50")
def test_leaving_ends_the_session_empties_the_browser_and_the_page_after_it_says_nothing(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    left = client.post("/leave/")
    assert (left.status_code, left["Location"], left.headers.get("Clear-Site-Data")) == (302, "/blank/", '"*"')
    assert not alive(client)
    page = client.get("/blank/").content.decode()
    assert [word for word in ("Waystation", anna.handle, "sign-in", "/static/") if word in page] == []


@pytest.mark.refuses("H-50")
def test_whoever_is_not_signed_in_may_leave_as_well(office):
    left = office.client().post("/leave/")
    assert (left["Location"], left.headers.get("Clear-Site-Data")) == ("/blank/", '"*"')


@pytest.mark.refuses("H-50")
def test_any_colleague_locks_from_afar_and_the_other_browser_is_out_at_once(office):
    """Nobody has to find a security officer while somebody stands at the door with a colleague's machine."""
    wren, heron = office.person(handle="wren", roles={"finance"}), office.person(handle="heron", roles={"security_officer"})
    theirs, mine = office.sign_in(heron), office.sign_in(wren)
    assert alive(theirs)
    assert "Lock this account" in mine.get(f"/people/{heron.id.hex()}/").content.decode()
    mine.post(f"/people/{heron.id.hex()}/lock/", {"reason": "machine taken"})
    assert not alive(theirs)
    assert alive(mine)
    assert office.account(heron).state == Account.State.LOCKED
    assert not [path for path in sessions.visit_file(heron.id).parent.parent.glob("sessions/*") if path.name.startswith(heron.id.hex())]
    with pytest.raises(people.NotPermitted):
        people.unlock(office.actor(wren), heron.id, reason="found")
