"""What another site sends is refused: by what the browser says of it, by its origin, by the missing token."""

import re

import pytest

from waystation_web.accounts import sessions

OURS = "http://localhost:8700"


@pytest.fixture
def inside(office):
    """A browser with a session and a good token, with the checks of production."""
    client = office.sign_in(office.people["anna"])
    strict = office.client(csrf=True)
    strict.cookies = client.cookies
    page = strict.get("/me/").content.decode()
    return strict, re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)


def send(client, token, **headers):
    return client.post("/me/settings/", {"csrfmiddlewaretoken": token, "language": "ko", "theme": ""}, headers=headers)


@pytest.mark.promise("P17")
def test_our_own_form_is_heard(inside):
    client, token = inside
    assert send(client, token, Origin=OURS, **{"Sec-Fetch-Site": "same-origin"}).status_code == 302


FOREIGN = {
    "another site": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "another site that hides its origin": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Origin": "http://other.localhost:8700", "Sec-Fetch-Site": "same-site"},
    "a neighbour that hides its origin": {"Sec-Fetch-Site": "same-site"},
    "another site, old browser": {"Origin": "https://evil.example"},
    "another port": {"Origin": "http://localhost:8701"},
    "another scheme": {"Origin": "https://localhost:8700"},
    "an onion": {"Origin": "http://invented.onion"},
    "null": {"Origin": "null"},
}


@pytest.mark.promise("P17")
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_another_site_is_refused_even_with_a_good_token(inside, office, headers):
    client, token = inside
    assert send(client, token, **headers).status_code == 403
    assert office.actor(office.people["anna"]).language == "en"


@pytest.mark.promise("P17")
def test_without_the_token_of_this_browser_nothing_is_heard(inside, office):
    client, token = inside
    other = office.client(csrf=True)
    foreign = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', other.get("/sign-in/").content.decode()).group(1)
    for bad in ("", "x" * 64, foreign, token[:-1]):
        assert send(client, bad, Origin=OURS).status_code == 403, bad
    assert send(client, token, Origin=OURS).status_code == 302


@pytest.mark.promise("P17")
def test_signing_in_changes_the_token(office):
    client = office.client()
    client.get("/sign-in/")
    before = client.cookies["c"].value
    office.sign_in(office.people["anna"], client=client)
    assert client.cookies["c"].value != before


@pytest.mark.promise("P17")
@pytest.mark.parametrize("path", ["/sign-out/", "/leave/", "/lock/", "/language/", "/sign-in/passkey/", "/me/trust/", "/me/passkey/"])
def test_no_link_or_picture_can_act(office, path):
    client = office.sign_in(office.people["anna"])
    assert client.get(path).status_code == 405
    assert client.get("/me/").status_code == 200


@pytest.mark.promise("P17")
def test_a_foreign_name_of_the_host_is_refused(office):
    client = office.client()
    assert client.get("/sign-in/", HTTP_HOST="evil.example").status_code == 400
    assert client.get("/sign-in/").status_code == 200


@pytest.mark.promise("P17")
def test_the_cookies_are_not_sent_by_other_sites(office):
    client = office.sign_in(office.people["anna"])
    for name in (sessions.cookie_name(), "c"):
        assert client.cookies[name]["samesite"] == "Strict"
        assert client.cookies[name]["httponly"]
