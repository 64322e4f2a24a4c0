"""What happens while something else happens: a lock in the middle of a sign-in, a code taken back, keys made new."""

import pytest
from authenticator import Key
from django.db import OperationalError

from waystation.access import Role
from waystation_web.accounts import actions, enrolment, factors, people, signin
from waystation_web.accounts.answers import Ended
from waystation_web.accounts.signin import Try, sign_in
from waystation_web.audit import queries as chain
from waystation_web.audit.events import Event
from waystation_web.audit.verify import replay
from waystation_web.gateways.runtime import folder
from waystation_web.notes import actions as notes
from waystation_web.notes import queries as reading
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.models import Account, Vault


def renewed(office, person):
    """New keys and words for somebody, and the words that an officer compares."""
    actor = office.actor(person)
    drawn = actions.draw_words(actor)
    heard = actions.renew(actor, token=drawn.token, typed=drawn.shown)
    person.words, person.keys = drawn.shown, None
    return heard


def other_words(office, person):
    actor = office.actor(person)
    drawn = actions.draw_words(actor)
    actions.change_words(actor, token=drawn.token, typed=drawn.shown)


def sign_in_around(office, person, act, monkeypatch, *, where="open_with_words"):
    """Sign somebody in by the form; `act` happens when their words have opened, before they have a session."""
    real = getattr(signin, where)

    def slow(*given):
        opened = real(*given)
        monkeypatch.setattr(signin, where, real)
        act()
        return opened

    monkeypatch.setattr(signin, where, slow)
    client = office.client()
    answer = client.post("/sign-in/", {"handle": person.handle, "code": office.code(person), "words": person.words})
    return client, answer


# ------------------------------------------------------------------------------------------------------------- sign-in
@pytest.mark.promise("P06")
@pytest.mark.parametrize("where", ["open_with_words", "enter"])
def test_a_lock_in_the_middle_of_a_sign_in_leaves_no_session_that_an_unlock_would_wake(office, monkeypatch, where):
    heron, anna = office.person(handle="heron"), office.people["anna"]
    client, answer = sign_in_around(office, heron, lambda: people.lock(office.actor(anna), heron.id), monkeypatch,
                                    where=where)
    assert answer.status_code == 403
    people.unlock(office.actor(anna), heron.id, reason="found")
    assert client.get("/me/").status_code == 401


@pytest.mark.promise("P06")
@pytest.mark.parametrize("where", ["open_with_words", "enter"])
def test_words_changed_in_the_middle_of_a_sign_in_with_the_old_ones_let_nobody_in(office, monkeypatch, where):
    heron = office.person(handle="heron")
    client, answer = sign_in_around(office, heron, lambda: other_words(office, heron), monkeypatch, where=where)
    assert answer.status_code == 403
    assert client.get("/me/").status_code == 401


@pytest.mark.promise("P06")
def test_a_factor_reset_in_the_middle_of_a_sign_in_lets_nobody_in(office, monkeypatch):
    heron, anna = office.person(handle="heron"), office.people["anna"]
    client, _ = sign_in_around(office, heron, lambda: people.reset_factor(office.actor(anna), heron.id), monkeypatch)
    assert client.get("/me/").status_code == 401


@pytest.mark.promise("P10")
def test_new_keys_in_the_middle_of_a_sign_in_with_the_old_ones_keep_nobody_out(office, monkeypatch):
    heron, heard = office.person(handle="heron"), []
    office.sign_in(heron)
    client, answer = sign_in_around(office, heron, lambda: heard.append(renewed(office, heron)), monkeypatch)
    assert answer.status_code == 403
    people.certify(office.actor(office.people["anna"]), heron.id, words=heard[0])
    assert client.get("/me/").status_code == 401
    assert office.sign_in(heron).get("/me/").status_code == 200  # pins under the old keys would never open again


@pytest.mark.promise("P06")
def test_a_lock_in_the_middle_of_a_step_up_leaves_no_session(office, monkeypatch):
    heron, anna = office.person(handle="heron"), office.people["anna"]
    client, real = office.sign_in(heron), actions.step_up

    def slow(actor, **given):
        factor = real(actor, **given)
        people.lock(office.actor(anna), heron.id)
        return factor

    monkeypatch.setattr(actions, "step_up", slow)
    assert client.post("/step-up/", {"words": heron.words}).status_code == 403
    people.unlock(office.actor(anna), heron.id, reason="found")
    assert client.get("/me/").status_code == 401


@pytest.mark.promise("P06")
@pytest.mark.parametrize("act", ["change_words", "renew"])
def test_whoever_is_removed_while_they_change_their_words_gets_no_slot_back(office, monkeypatch, act):
    heron = office.person(handle="heron")
    actor = office.actor(heron)
    drawn = actions.draw_words(actor)
    people.remove(office.actor(office.people["anna"]), heron.id, reason="left")
    with pytest.raises(Ended):
        getattr(actions, act)(actor, token=drawn.token, typed=drawn.shown)
    assert Account.objects.get(pk=heron.id).slot is None


def test_leaving_does_not_wait_for_a_busy_disk(office, monkeypatch):
    client = office.sign_in(office.person(handle="heron"))

    def busy(actor):
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "sign_out", busy)
    answer = client.post("/leave/")
    assert (answer.status_code, answer["Location"], answer["Clear-Site-Data"]) == (302, "/blank/", '"*"')
    assert client.get("/me/").status_code == 401


def test_a_key_that_goes_back_is_written_down_at_a_step_up_too(office):
    heron, key = office.person(handle="heron"), Key()
    actor = office.actor(heron)
    actions.add_passkey(actor, answer=key.make(actions.passkey_options(actor)), name="one")
    client = office.sign_in(heron)
    options = client.post("/sign-in/passkey/").json()
    assert client.post("/step-up/", {"passkey": key.answer(options, count=0)}).status_code == 403
    lines = chain.read(office.actor(office.people["anna"]))
    assert [line.why for line in lines if line.event is Event.WRONG_FACTOR] == ["counter of the key went backwards"]


@pytest.mark.promise("P10")
@pytest.mark.parametrize("junk", ["[" * 19_000, "null", "[]", '{"response": {}}', '{"id": "AA", "rawId": "AA"}'])
def test_any_junk_instead_of_a_passkey_is_answered_as_a_wrong_one(office, junk):
    client = office.client(raise_request_exception=False)
    assert client.post("/sign-in/", {"passkey": junk, "words": "x"}).status_code == 403


def test_a_key_taken_away_twice_is_no_fault(office):
    client = office.sign_in(office.person(handle="heron"), stepped_up=True)
    for number in ("7", "9" * 5000):
        assert client.post("/me/passkey/", {"drop": number}).status_code == 302


# ----------------------------------------------------------------------------------------------------------- enrolment
@pytest.mark.promise("P10")
def test_a_code_that_was_taken_back_enrols_nobody_who_had_begun_with_it(office):
    anna = office.actor(office.people["anna"])
    account, code = people.invite(anna, handle="owl", name="Owl", roles=frozenset({Role.COORDINATOR}))
    begun = enrolment.start(code)
    begun |= enrolment.typed_back(begun, begun["words"])
    again = enrolment.start(people.reset_factor(anna, account))
    secret = enrolment.totp_secret(begun)
    with pytest.raises(Ended):
        enrolment.finish(begun, code=factors.code(secret, factors.now_step()), passkey="")
    secret = enrolment.totp_secret(again)
    assert enrolment.finish(again, code=factors.code(secret, factors.now_step()), passkey="")


@pytest.mark.promise("P09")
def test_what_a_killed_worker_left_half_written_stops_no_enrolment(office):
    anna = office.actor(office.people["anna"])
    _, code = people.invite(anna, handle="owl", name="Owl", roles=frozenset({Role.COORDINATOR}))
    place = folder(office.installation, "aside")
    (place / ".half.abcdef").write_bytes(b"")
    (place / "empty").write_bytes(b"")
    assert office.client().post("/enrol/", {"code": code}).status_code == 302
    assert not (place / "empty").exists()


# --------------------------------------------------------------------------------------------------------------- notes
@pytest.mark.promise("P09")
def test_a_note_whose_granter_has_new_keys_does_not_close_a_colleagues_list(office):
    heron, finch = office.person(handle="heron"), office.person(handle="finch")
    shared = notes.create(office.actor(heron), title="shared", text="x")
    notes.create(office.actor(finch), title="my own", text="x")
    notes.share(office.actor(heron), shared, finch.id, reason="why", until=None)
    client = office.sign_in(finch)
    other = notes.create(office.actor(heron), title="another", text="x")
    notes.share(office.actor(heron), other, finch.id, reason="why", until=None)
    renewed(office, heron)
    with pytest.raises(Refused):
        reading.listing(office.actor(finch))
    page = client.get("/notes/")
    assert page.status_code == 200
    said = page.content.decode()
    assert "my own" in said and "shared" in said and "another" not in said
    assert "This list is not whole. Notes that do not open: 1." in said
    lines = chain.read(office.actor(office.people["anna"]))
    assert [(line.vault, line.why) for line in lines if line.event is Event.REFUSED] == [(other, "list")]


@pytest.mark.promise("P21")
def test_new_keys_that_wait_for_an_officer_cost_nobody_what_they_hold(office):
    heron, finch = office.person(handle="heron"), office.person(handle="finch")
    note = notes.create(office.actor(heron), title="t", text="x")
    notes.share(office.actor(heron), note, finch.id, reason="why", until=None)
    office.sign_in(finch)
    heard = renewed(office, heron)
    office.sign_in(finch)
    assert Vault.objects.get(pk=note).rotate_due
    people.certify(office.actor(office.people["anna"]), heron.id, words=heard)
    office.sign_in(heron)
    assert not Vault.objects.get(pk=note).rotate_due
    assert [one.title for one in reading.listing(office.actor(heron))] == ["t"]


# -------------------------------------------------------------------------------------------------------------- record
def test_whoever_is_unlocked_is_given_the_days_of_the_lock(office):
    anna, bela = office.people["anna"], office.people["bela"]
    people.lock(office.actor(anna), bela.id)
    office.pass_time(days=1)
    notes.create(office.actor(anna), title="t", text="x")
    office.pass_time(days=1)
    people.unlock(office.actor(anna), bela.id, reason="found")
    assert replay(office.actor(bela)) == []
    assert sign_in(Try(handle="bela", code=office.code(bela), words=bela.words)).account == bela.id


# -------------------------------------------------------------------------------------------------------------- people
LATE = {
    "invite": lambda late, one: people.invite(late, handle="newt", name="N", roles=frozenset({Role.FINANCE})),
    "certify": lambda late, one: people.certify(late, one, words="x"),
    "lock": lambda late, one: people.lock(late, one),
    "unlock": lambda late, one: people.unlock(late, one, reason="x"),
    "remove": lambda late, one: people.remove(late, one, reason="x"),
    "roles": lambda late, one: people.change_roles(late, one, roles=frozenset({Role.FINANCE})),
    "factor": lambda late, one: people.reset_factor(late, one),
}


@pytest.mark.promise("P06")
@pytest.mark.parametrize("act", LATE.values(), ids=LATE)
@pytest.mark.parametrize("lost", ["lock", "roles"])
def test_an_officer_who_lost_the_right_while_their_request_waited_does_nothing_more(office, act, lost):
    anna, bela, heron = office.people["anna"], office.people["bela"], office.person(handle="heron")
    late = office.actor(bela)
    if lost == "lock":
        people.lock(office.actor(anna), bela.id)
    else:
        people.change_roles(office.actor(anna), bela.id, roles=frozenset({Role.FINANCE}))
    before = bytes(office.account(heron).label), office.account(heron).state, Account.objects.count()
    with pytest.raises(NotPermitted):
        act(late, heron.id)
    assert (bytes(office.account(heron).label), office.account(heron).state, Account.objects.count()) == before
