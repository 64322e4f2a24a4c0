"""New words, new keys, new factors: what the old ones still open, and what they never open again."""

import re

import pytest
from authenticator import Key

from waystation_web.accounts import actions, enrolment, factors, people
from waystation_web.accounts.answers import Ended, Uncertified, Wait, Wrong
from waystation_web.accounts.signin import Try, sign_in
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vaults
from waystation_web.vault import people as keys_of_people
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.labels import read_factors
from waystation_web.vault.models import Account, Vault
from waystation_web.vault.queries import open_vault


def opens(office, person, words):
    try:
        sign_in(Try(handle=person.handle, code=office.code(person), words=words))
    except (Wrong, Wait):
        return False
    return True


def changed(office, person, act=actions.change_words):
    actor = office.actor(person)
    drawn = actions.draw_words(actor)
    return drawn.shown, act(actor, token=drawn.token, typed=drawn.shown)


@pytest.mark.promise("P06")
def test_after_a_change_the_new_words_open_and_the_old_ones_do_not(office):
    heron = office.person(handle="heron")
    before = office.account(heron)
    new, _ = changed(office, heron)
    assert opens(office, heron, new)
    assert not opens(office, heron, heron.words)
    after = office.account(heron)
    assert after.slot != before.slot
    assert after.bundle == before.bundle


@pytest.mark.promise("P06")
def test_the_new_slot_has_a_new_salt(office):
    heron = office.person(handle="heron")
    salts = set()
    for _ in range(3):
        changed(office, heron)
        account = office.account(heron)
        salts.add(keys_of_people.host_keys().unseal(account.slot, "slot", account.id)[6:22])
    assert len(salts) == 3


@pytest.mark.promise("P06")
def test_other_sessions_end_and_ones_own_stays(office):
    heron = office.person(handle="heron")
    client = office.sign_in(heron, stepped_up=True)
    shown = client.post("/me/words/", {"act": "draw"}).content.decode()
    words = re.search(r'class="words"[^>]*>([^<]+)<', shown).group(1)
    token = re.search(r'name="token" value="([^"]+)"', shown).group(1)
    typed = client.post("/me/words/", {"act": "written", "token": token}).content.decode()
    assert words not in typed
    assert client.post("/me/words/", {"token": token, "words": "acid " * 8}).status_code == 403
    assert client.post("/me/words/", {"token": token, "words": words}).status_code == 302
    assert client.get("/me/").status_code == 200
    assert opens(office, heron, words)


def test_new_words_need_a_fresh_proof_of_who_it_is(office):
    heron = office.person(handle="heron")
    actor = office.actor(heron, stepped_up=False)
    for act in (actions.draw_words, actions.draw_totp, actions.passkey_options):
        with pytest.raises(NotPermitted) as why:
            act(actor)
        assert why.value.step_up


def test_a_token_is_good_for_ten_minutes_for_one_person_and_one_page(office):
    anna, heron = office.actor(office.people["anna"]), office.actor(office.person(handle="heron"))
    drawn = actions.draw_words(heron)
    with pytest.raises(Ended):
        actions.change_words(anna, token=drawn.token, typed=drawn.shown)
    with pytest.raises(Ended):
        actions.set_totp(heron, token=drawn.token, code="000000")
    office.pass_time(minutes=11)
    with pytest.raises(NotPermitted):  # five minutes of proof are over too
        actions.change_words(heron, token=drawn.token, typed=drawn.shown)
    heron = office.actor(office.people["heron"])
    with pytest.raises(Ended):
        actions.change_words(heron, token=drawn.token, typed=drawn.shown)


@pytest.mark.promise("P06")
def test_new_keys_after_a_suspicion_and_the_old_row_put_back_opens_nothing_written_later(office):
    heron = office.person(handle="heron", roles={"case_worker"})
    old_actor, old_row = office.actor(heron), office.account(heron)
    with writing():
        made = vaults.create(old_actor, "note", {"title": "before", "text": "t"})
    new, fingerprint = changed(office, heron, actions.renew)
    assert Vault.objects.get(pk=made.vault).rotate_due
    with pytest.raises(Uncertified):
        sign_in(Try(handle="heron", code=office.code(heron), words=new))
    people.certify(office.actor(office.people["anna"]), heron.id, words=fingerprint)
    sign_in(Try(handle="heron", code=office.code(heron), words=new))
    assert not Vault.objects.get(pk=made.vault).rotate_due  # signing in gave it a new key
    fresh = keys_of_people.open_with_words(office.account(heron), new)
    now = office.actor(heron.__class__(**{**heron.__dict__, "keys": fresh}))
    assert open_vault(now, made.vault).payload["title"] == "before"
    with pytest.raises(Refused):
        open_vault(old_actor, made.vault)
    Account.objects.filter(pk=heron.id).update(slot=old_row.slot, bundle=old_row.bundle, cert_sig=old_row.cert_sig)
    again = keys_of_people.open_with_words(office.account(heron), heron.words)
    assert again == old_actor.secrets
    with pytest.raises(Refused):
        open_vault(old_actor, made.vault)


@pytest.mark.promise("P03")
def test_older_public_keys_put_back_beside_new_ones_let_nobody_in(office):
    heron = office.person(handle="heron")
    old = office.account(heron)
    new, fingerprint = changed(office, heron, actions.renew)
    people.certify(office.actor(office.people["anna"]), heron.id, words=fingerprint)
    assert opens(office, heron, new)
    Account.objects.filter(pk=heron.id).update(bundle=old.bundle, cert_sig=old.cert_sig)  # certified, but not these
    with pytest.raises(Refused, match="bundle"):
        sign_in(Try(handle="heron", code=office.code(heron), words=new))


def test_a_key_officer_does_not_renew_their_keys_on_a_page(office):
    actor = office.actor(office.people["anna"])
    drawn = actions.draw_words(actor)
    with pytest.raises(NotPermitted):
        actions.renew(actor, token=drawn.token, typed=drawn.shown)
    assert opens(office, office.people["anna"], office.people["anna"].words)


# ------------------------------------------------------------------------------------------------------------- factors
def test_a_new_app_ends_the_old_one(office):
    heron = office.person(handle="heron")
    actor = office.actor(heron)
    drawn = actions.draw_totp(actor)
    with pytest.raises(Wrong):
        actions.set_totp(actor, token=drawn.token, code="000000")
    secret = heron.totp
    from base64 import b32decode
    fresh = b32decode(drawn.shown.replace(" ", ""))
    actions.set_totp(actor, token=drawn.token, code=factors.code(fresh, factors.now_step()))
    assert not opens(office, heron, heron.words)
    heron.totp = fresh
    assert opens(office, heron, heron.words)
    assert secret != fresh


def test_the_last_factor_stays(office):
    heron = office.person(handle="heron")
    actor = office.actor(heron)
    key = Key()
    with pytest.raises(Ended):
        actions.drop_passkey(actor, 0)
    actions.add_passkey(actor, answer=key.make(actions.passkey_options(actor)), name="one")
    Account.objects.filter(pk=heron.id).update(factors=actions.seal_factors(heron.id, factors.replace(
        read_factors(office.account(heron)), totp=None)))
    with pytest.raises(NotPermitted):
        actions.drop_passkey(actor, 0)
    assert len(read_factors(office.account(heron)).passkeys) == 1


@pytest.mark.parametrize("bent", [{"origin": "http://evil.example"}, {"host": "evil.example"}], ids=["origin", "host"])
def test_a_bent_registration_is_refused(office, bent):
    actor = office.actor(office.person(handle="heron"))
    with pytest.raises(Wrong):
        actions.add_passkey(actor, answer=Key().make(actions.passkey_options(actor), **bent), name="x")
    other = office.actor(office.people["anna"])
    with pytest.raises(Wrong):
        actions.add_passkey(actor, answer=Key().make(actions.passkey_options(other)), name="x")
    actions.add_passkey(actor, answer=Key().make(actions.passkey_options(actor)), name="x")
    assert [key.name for key in read_factors(Account.objects.get(pk=actor.id)).passkeys] == ["x"]


@pytest.mark.promise("P10")
def test_a_reset_ends_the_old_factor_and_the_code_alone_opens_nothing(office):
    heron = office.person(handle="heron")
    code = people.reset_factor(office.actor(office.people["anna"]), heron.id)
    assert not opens(office, heron, heron.words)
    aside = enrolment.start(code)
    heron.totp = enrolment.totp_secret(aside)
    with pytest.raises(Wrong):
        enrolment.finish(aside, code=office.code(heron), passkey="", words=office.people["anna"].words)
    assert not read_factors(office.account(heron)).any
    enrolment.finish(aside, code=office.code(heron), passkey="", words=heron.words)
    assert opens(office, heron, heron.words)
    with pytest.raises(Wrong):
        enrolment.start(code)
