"""The first hour: a code, the recovery key's public half, two key officers; then the page is gone for good."""

import re

import pytest
from authenticator import Key
from world import secret_on

from waystation.vault.recovery import Recovery, public_text
from waystation_web.accounts import factors, sessions, setup
from waystation_web.vault.errors import Refused
from waystation_web.vault.labels import labels
from waystation_web.vault.models import Account
from waystation_web.vault.people import Bundle
from waystation_web.vault.trust import Trust, add_officer, trust


def words_on(answer):
    return re.search(r'class="words"[^>]*>([^<]+)<', answer.content.decode()).group(1).strip()


def go(client, address, **data):
    answer = client.post(address, data)
    assert answer.status_code == 302, (answer.status_code, answer.content.decode())
    return client.get(answer["Location"])


def walk_words(client, address):
    """The two pages of words; returns them, at the page of the second factor."""
    words = words_on(client.get(address))
    assert words not in go(client, address).content.decode()
    go(client, address, words=words.replace(" ", "-").upper())
    return words


def digits(office, client, address):
    office.pass_time(seconds=30)
    return factors.code(secret_on(client.get(address).content.decode()), factors.now_step())


def to_recovery(bare):
    client = bare.client()
    go(client, "/set-up/", code=bare.setup_code.lower().replace("-", " "))
    return client


def set_up_first(bare, *, passkey=None):
    client = to_recovery(bare)
    go(client, "/set-up/", public_text=public_text(bare.recovery), words=bare.recovery.public.words)
    go(client, "/set-up/", handle="anna", name="Anna (invented)", language="ko", roles=["auditor"])
    words = walk_words(client, "/set-up/")
    sent = {"code": digits(bare, client, "/set-up/")} if passkey is None else {
        "passkey": passkey.make(client.post("/enrol/passkey/").json()), "key_name": "blue"}
    assert client.post("/set-up/", sent).status_code == 302
    return client, words


@pytest.mark.parametrize("passkey", [None, Key()], ids=["digits", "passkey"])
def test_from_a_code_to_two_officers(bare, passkey):
    first, words = set_up_first(bare, passkey=passkey)
    assert first.get("/").status_code == 200
    assert setup.stage() == setup.SECOND
    assert not setup.complete()
    assert first.post("/step-up/", {"words": words}).status_code == 302
    shown = first.post("/people/invite/", {"handle": "bela", "name": "Bela (invented)", "language": "en",
                                           "roles": ["security_officer"]})
    second = bare.client()
    go(second, "/enrol/", code=words_on(shown))
    walk_words(second, "/enrol/")
    done = second.post("/enrol/", {"code": digits(bare, second, "/enrol/")})
    bela = next(account for account, label in labels() if label.handle == "bela")
    assert first.post(f"/people/{bela.id.hex()}/certify/", {"words": words_on(done)}).status_code == 302
    assert setup.stage() == setup.DONE
    assert setup.complete()
    assert len(trust().officers) == 2
    assert bare.client().get("/set-up/").status_code == 404
    assert not setup.code_file(bare.installation).exists()
    assert bare.installation.trust.stat().st_mode & 0o777 == 0o400


def test_a_wrong_or_old_code_opens_nothing(bare):
    client = bare.client()
    assert client.post("/set-up/", {"code": "AAAAA-AAAAA"}).status_code == 403
    bare.pass_time(hours=25)
    assert client.post("/set-up/", {"code": bare.setup_code}).status_code == 403
    assert setup.stage() == setup.RECOVERY
    bare.pass_time(hours=-2)
    assert client.post("/set-up/", {"code": bare.setup_code}).status_code == 302  # the control: the same code in time


def test_only_whoever_gave_the_code_goes_on(bare):
    to_recovery(bare)
    other = bare.client()
    answer = other.post("/set-up/", {"public_text": public_text(bare.recovery), "words": bare.recovery.public.words})
    assert answer.status_code == 403
    assert trust().recovery is None


def test_an_exchanged_recovery_file_is_noticed_by_the_words_of_the_sheet(bare):
    client = to_recovery(bare)
    exchanged = public_text(Recovery.new())
    answer = client.post("/set-up/", {"public_text": exchanged, "words": bare.recovery.public.words})
    assert answer.status_code == 403
    assert trust() == Trust((), None, trust().digest)
    damaged = public_text(bare.recovery).replace("bundle a", "bundle b").replace("bundle 0", "bundle 1")
    if damaged != public_text(bare.recovery):
        assert client.post("/set-up/", {"public_text": damaged, "words": "x"}).status_code == 403
    good = client.post("/set-up/", {"public_text": public_text(bare.recovery), "words": bare.recovery.public.words})
    assert good.status_code == 302


def test_the_words_do_not_stand_on_the_page_before_they_are_typed(bare):
    page = to_recovery(bare).get("/set-up/").content.decode()
    assert bare.recovery.public.words not in page


def test_what_is_kept_between_two_pages_lies_nowhere_in_clear(bare):
    client = to_recovery(bare)
    go(client, "/set-up/", public_text=public_text(bare.recovery), words=bare.recovery.public.words)
    go(client, "/set-up/", handle="anna", name="Anna (invented)", language="en")
    words = words_on(client.get("/set-up/"))
    files = [path for path in bare.installation.home.rglob("*") if path.is_file()]
    assert any(path.parent.name == "aside" for path in files)
    everything = b"\n".join(path.read_bytes() for path in files)
    assert words.encode() not in everything
    assert b"Anna" not in everything
    (bare.installation.home / "planted").write_text(words)  # the control: the search finds what is there
    assert any(words.encode() in path.read_bytes() for path in bare.installation.home.rglob("*") if path.is_file())


def test_what_is_kept_ends_after_half_an_hour_and_opens_for_no_other_cookie(bare):
    client = to_recovery(bare)
    assert b"custodian" in client.get("/set-up/").content.lower()
    cookie = client.cookies["e"].value
    client.cookies["e"] = cookie[:-4] + ("AAAA" if not cookie.endswith("AAAA") else "BBBB")
    assert b"custodian" not in client.get("/set-up/").content.lower()
    client.cookies["e"] = cookie
    bare.pass_time(minutes=31)
    assert b"custodian" not in client.get("/set-up/").content.lower()


def test_a_second_first_officer_is_refused(bare):
    client = to_recovery(bare)
    go(client, "/set-up/", public_text=public_text(bare.recovery), words=bare.recovery.public.words)
    other = bare.client()
    go(other, "/set-up/", code=bare.setup_code)
    for one, handle in ((client, "anna"), (other, "enemy")):
        go(one, "/set-up/", handle=handle, name=handle, language="en")
        walk_words(one, "/set-up/")
    assert client.post("/set-up/", {"code": digits(bare, client, "/set-up/")}).status_code == 302
    assert other.post("/set-up/", {"code": "123456"}).status_code in {200, 403, 405}
    assert [label.handle for _, label in labels()] == ["anna"]
    assert len(trust().officers) == 1


def test_a_failed_first_officer_leaves_no_officer_behind(bare, monkeypatch):
    client = to_recovery(bare)
    go(client, "/set-up/", public_text=public_text(bare.recovery), words=bare.recovery.public.words)
    before = bare.installation.trust.read_bytes()
    go(client, "/set-up/", handle="anna", name="Anna", language="en")
    walk_words(client, "/set-up/")
    code = digits(bare, client, "/set-up/")

    def full(*_, **__):
        raise Refused("disk")

    with monkeypatch.context() as patch:
        patch.setattr("waystation_web.accounts.setup.signin.actor_of", full)
        assert client.post("/set-up/", {"code": code}).status_code == 409
    assert bare.installation.trust.read_bytes() == before
    assert not Account.objects.exists()


def test_the_cookie_of_an_enrolment_is_read_by_no_script_and_sent_by_no_other_site(bare):
    client = to_recovery(bare)
    morsel = client.cookies["e"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Strict"
    assert int(morsel["max-age"]) <= 1800
    assert sessions.pair(morsel.value) is not None


@pytest.mark.promise("P09")
def test_a_crash_between_the_file_of_trust_and_the_rows_does_not_stop_the_second_officer(bare):
    first, words = set_up_first(bare)
    assert first.post("/step-up/", {"words": words}).status_code == 302
    shown = first.post("/people/invite/", {"handle": "bela", "name": "Bela (invented)", "language": "en",
                                           "roles": ["security_officer"]})
    second = bare.client()
    go(second, "/enrol/", code=words_on(shown))
    walk_words(second, "/enrol/")
    heard = words_on(second.post("/enrol/", {"code": digits(bare, second, "/enrol/")}))
    bela = next(account for account, label in labels() if label.handle == "bela")
    add_officer(Bundle(bela.bundle).signing_key)  # what a worker had written when it was killed
    assert first.post(f"/people/{bela.id.hex()}/certify/", {"words": heard}).status_code == 302
    assert (setup.stage(), len(trust().officers)) == (setup.DONE, 2)
