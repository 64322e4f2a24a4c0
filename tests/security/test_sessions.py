"""Sessions: sealed in memory, opened by the cookie alone, ended by time, by another sign-in, by a lock, at once."""

import os

import pytest

from waystation_web.accounts import people, sessions
from waystation_web.accounts.answers import Ended
from waystation_web.gateways.runtime import folder
from waystation_web.vault.people import open_session


def files(office):
    return sorted(folder(office.installation, "sessions").iterdir())


def alive(client):
    return client.get("/me/").status_code == 200


@pytest.mark.promise("P06")
def test_fifteen_idle_minutes_end_a_session(office):
    client = office.sign_in(office.people["anna"])
    for _ in range(4):
        office.pass_time(minutes=14)
        assert alive(client)
    office.pass_time(minutes=15, seconds=1)
    assert not alive(client)
    assert files(office) == []


@pytest.mark.promise("P06")
def test_eight_hours_end_a_session_however_busy(office):
    client = office.sign_in(office.people["anna"])
    for _ in range(48):
        office.pass_time(minutes=10)
        assert alive(client)
    office.pass_time(minutes=1)
    assert not alive(client)


@pytest.mark.promise("P06")
def test_a_step_up_does_not_stretch_the_eight_hours(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    for _ in range(48):
        office.pass_time(minutes=10)
        assert alive(client)
        office.step_up(client, anna)
    office.pass_time(minutes=1)
    assert not alive(client)


@pytest.mark.promise("P06")
def test_polls_and_streams_do_not_keep_a_session(office):
    client = office.sign_in(office.people["anna"])
    for _ in range(3):
        office.pass_time(minutes=5)
        client.get("/me/", headers={sessions.POLL_HEADER: "1"})
        client.get(f"{sessions.STREAMS}changes/")
    office.pass_time(seconds=1)
    assert not alive(client)
    client = office.sign_in(office.people["anna"])
    office.pass_time(minutes=10)
    assert alive(client)  # the control: an ordinary page does
    office.pass_time(minutes=10)
    assert alive(client)


@pytest.mark.promise("P06")
def test_the_cookie_is_read_by_no_script_sent_by_no_other_site_and_ends_with_the_browser(office):
    morsel = office.sign_in(office.people["anna"]).cookies[sessions.cookie_name()]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Strict", "/")
    assert not morsel["max-age"]
    assert not morsel["expires"]
    assert not morsel["domain"]


@pytest.mark.promise("P06")
def test_over_tls_the_cookie_is_bound_to_the_host(office, monkeypatch):
    from dataclasses import replace

    from django.conf import settings
    from django.http import HttpResponse

    monkeypatch.setattr(settings, "INSTALLATION", replace(office.installation, origin="https://office.example"))
    response = HttpResponse()
    anna = office.people["anna"]
    sessions.begin(response, anna.id, office.keys(anna), factor=1, stepped_up=False)
    morsel = response.cookies["__Host-s"]
    assert (morsel["secure"], morsel["path"], morsel["domain"]) == (True, "/", "")


@pytest.mark.promise("P06")
def test_a_second_sign_in_ends_the_first_and_says_so(office):
    anna = office.people["anna"]
    first = office.sign_in(anna)
    second = office.sign_in(anna)
    assert not alive(first)
    assert "Another session of yours" in second.get("/").content.decode()
    assert len(files(office)) == 1


@pytest.mark.promise("P06")
def test_signing_in_takes_no_name_that_an_enemy_chose(office):
    anna, client = office.people["anna"], office.client()
    value, _, _ = sessions.new_pair()
    client.cookies[sessions.cookie_name()] = value
    office.sign_in(anna, client=client)
    assert client.cookies[sessions.cookie_name()].value != value
    stranger = office.client()
    stranger.cookies[sessions.cookie_name()] = value
    assert not alive(stranger)


@pytest.mark.promise("P06")
def test_signing_out_ends_the_cookie_too(office):
    client = office.sign_in(office.people["anna"])
    kept = client.cookies[sessions.cookie_name()].value
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"*"'
    assert files(office) == []
    client.cookies[sessions.cookie_name()] = kept
    assert not alive(client)


@pytest.mark.promise("P06")
def test_leaving_ends_the_session_and_shows_a_page_about_nothing(office):
    client = office.sign_in(office.people["anna"])
    answer = client.post("/leave/")
    assert answer["Location"] == "/blank/"
    assert answer["Clear-Site-Data"] == '"*"'
    assert files(office) == []
    assert "nna" not in client.get("/blank/").content.decode()


@pytest.mark.promise("P06")
def test_a_file_without_its_cookie_and_a_cookie_without_its_file_open_nothing(office):
    anna, client = office.people["anna"], None
    client = office.sign_in(anna)
    path, = files(office)
    content = path.read_bytes()
    keys = office.keys(anna)
    for secret in (keys.raw(), keys.own, keys.ed25519, anna.words.encode()):
        assert secret not in content
    other = office.client()
    other.cookies[sessions.cookie_name()] = sessions.new_pair()[0]
    assert not alive(other)
    path.unlink()
    assert not alive(client)
    path.write_bytes(content)
    os.utime(path, (office.now.timestamp(), office.now.timestamp()))
    assert alive(client)  # the control: both together do


@pytest.mark.promise("P04")
def test_a_session_file_of_another_account_is_refused(office):
    anna, bela = office.people["anna"], office.people["bela"]
    client = office.sign_in(anna)
    path, = files(office)
    moved = path.with_name(path.name.replace(anna.id.hex(), bela.id.hex()))
    path.rename(moved)
    assert not alive(client)
    content = bytearray(moved.read_bytes())
    content[1:17] = bela.id
    moved.write_bytes(bytes(content))
    assert not alive(client)


@pytest.mark.promise("P04")
def test_every_changed_byte_of_a_session_file_is_refused(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    path, = files(office)
    content = path.read_bytes()
    for place in range(0, len(content), 3):
        bent = bytearray(content)
        bent[place] ^= 1
        path.write_bytes(bytes(bent))
        os.utime(path, (office.now.timestamp(), office.now.timestamp()))
        assert not alive(client), place
    path.write_bytes(content)
    os.utime(path, (office.now.timestamp(), office.now.timestamp()))
    assert alive(client)


@pytest.mark.promise("P06")
@pytest.mark.parametrize("act", [people.lock, people.remove])
def test_lock_and_removal_end_a_session_at_once(office, act):
    heron = office.person(handle="heron")
    client = office.sign_in(heron)
    kept = files(office)[0].read_bytes(), files(office)[0]
    act(office.actor(office.people["anna"]), heron.id, reason="test")
    assert not any(path.name.startswith(heron.id.hex()) for path in files(office))
    assert not alive(client)
    kept[1].write_bytes(kept[0])  # even if somebody puts the file back
    os.utime(kept[1], (office.now.timestamp(), office.now.timestamp()))
    assert not alive(client)


@pytest.mark.promise("P06")
def test_step_up_changes_name_and_key_and_lasts_five_minutes(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    before = client.cookies[sessions.cookie_name()].value
    assert client.get("/people/invite/").status_code == 403
    office.step_up(client, anna)
    after = client.cookies[sessions.cookie_name()].value
    assert sessions.pair(before)[0] != sessions.pair(after)[0]
    assert sessions.pair(before)[1] != sessions.pair(after)[1]
    assert client.get("/people/invite/").status_code == 200
    stale = office.client()
    stale.cookies[sessions.cookie_name()] = before
    assert not alive(stale)
    office.pass_time(minutes=5, seconds=1)
    assert client.get("/people/invite/").status_code == 403


@pytest.mark.promise("P06")
def test_step_up_needs_the_words_or_the_key(office):
    anna, client = office.people["anna"], office.sign_in(office.people["anna"])
    for sent in ({}, {"words": office.people["bela"].words}, {"passkey": "{}"}):
        assert client.post("/step-up/", sent).status_code in {403, 429}
        assert client.get("/people/invite/").status_code == 403
    office.pass_time(minutes=2)
    office.step_up(client, anna)
    assert client.get("/people/invite/").status_code == 200


def test_step_up_sends_nobody_elsewhere(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    for back, to in (("/people/", "/people/"), ("//evil.example/", "/"), ("https://evil.example/", "/"), ("/no/", "/"),
                     ("", "/")):
        answer = client.post("/step-up/", {"words": anna.words, "back": back})
        assert answer["Location"] == f"{to}?done=confirmed"


def test_without_a_session_a_page_says_nothing_of_what_was_asked_for(office):
    for path in ("/", "/me/", "/people/", f"/people/{office.people['anna'].id.hex()}/"):
        answer = office.client().get(path)
        assert answer.status_code == 401
        assert path == "/" or path not in answer.content.decode().replace('href="/', "")


def test_the_runtime_folder_is_private(office):
    office.sign_in(office.people["anna"])
    for path in [office.installation.runtime, *office.installation.runtime.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_locked_account_cannot_be_locked_again(office):
    heron = office.person(handle="heron")
    actor = office.actor(office.people["anna"])
    people.lock(actor, heron.id)
    with pytest.raises(Ended):
        people.lock(actor, heron.id)
    assert office.account(heron).state == 2


def test_open_session_reads_only_what_this_cookie_sealed(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    sid, key = sessions.pair(client.cookies[sessions.cookie_name()].value)
    session = open_session(key, sid, files(office)[0].read_bytes())
    assert session.secrets == office.keys(anna)
    assert "secrets" not in repr(session)
