"""Signing in: the fixed order of work, one text for every failure, factors that count once, passkeys that a false page
cannot use, new words that make the old ones useless."""

import json

import pytest
from authenticator import Key

from waystation_web.accounts import actions, factors, passkeys, signin, throttle
from waystation_web.accounts.answers import Uncertified, Wrong
from waystation_web.accounts.signin import Try, sign_in
from waystation_web.audit.models import Entry
from waystation_web.vault import labels, people
from waystation_web.vault.errors import Refused
from waystation_web.vault.models import Account
from waystation_web.vault.people import Pins

BAD_WORDS = "acid acid acid acid acid acid acid acid"


def tried(office, person, **more):
    return Try(**{"handle": person.handle, "code": office.code(person), "words": person.words, **more})


@pytest.fixture
def work(monkeypatch):
    """Counts key derivations and openings of labels and factors: work is compared without a clock."""
    done = []

    def spy(module, name, what):
        real = getattr(module, name)

        def counted(*args, **more):
            done.append(what)
            return real(*args, **more)

        monkeypatch.setattr(module, name, counted)

    spy(people, "open_with_words", "kdf")
    spy(labels, "read_label", "label")
    spy(signin, "read_factors", "factors")
    spy(factors, "code", "digits")
    return done


# -------------------------------------------------------------------------------------------------------- the one form
@pytest.mark.promise("P10")
def test_the_right_person_comes_in(office):
    client = office.sign_in(office.people["anna"])
    assert client.get("/").status_code == 200


@pytest.mark.promise("P10")
def test_a_wrong_factor_never_reaches_the_key_derivation(office, work):
    anna = office.people["anna"]
    for bad in ({"code": "000000"}, {"code": ""}, {"handle": "nobody"}, {"handle": ""}, {"code": "१२३४५६"}):
        with pytest.raises((Wrong, signin.Wait)):
            sign_in(tried(office, anna, **bad))
    assert "kdf" not in work
    sign_in(tried(office, anna))
    assert work.count("kdf") == 1  # the control: the spy sees the one that is run


@pytest.mark.promise("P10")
def test_a_known_and_an_unknown_handle_take_the_same_work_and_get_the_same_answer(office, work):
    office.person(handle="heron")
    seen = {}
    for handle in ("anna", "nobody"):
        work.clear()
        client = office.client()
        before = Entry.objects.count()
        answer = client.post("/sign-in/", {"handle": handle, "code": "000000", "words": BAD_WORDS})
        page = answer.content.decode().replace(handle, "")
        token = page.split('name="csrfmiddlewaretoken" value="')[1][:64]
        seen[handle] = answer.status_code, page.replace(token, ""), sorted(work), Entry.objects.count() - before
    (status, text, steps, noted), unknown = seen["anna"], seen["nobody"]
    assert (status, noted) == (403, 1)
    assert unknown[0] == status
    assert unknown[2] == steps
    assert unknown[3] == noted
    assert _without_tokens(unknown[1]) == _without_tokens(text)


def _without_tokens(page):
    import re

    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


@pytest.mark.promise("P10")
def test_wrong_words_have_the_same_text_as_a_wrong_factor(office):
    anna = office.people["anna"]
    one = office.client().post("/sign-in/", {"handle": "anna", "code": "000000", "words": anna.words})
    two = office.client().post("/sign-in/", {"handle": "anna", "code": office.code(anna), "words": BAD_WORDS})
    three = office.client().post("/sign-in/", {"handle": "anna", "code": office.code(anna), "words": "no words"})
    assert [one.status_code, two.status_code, three.status_code] == [403, 403, 403]
    assert len({_without_tokens(answer.content.decode()) for answer in (one, two, three)}) == 1
    for secret in (anna.words, BAD_WORDS):
        assert secret not in one.content.decode() + two.content.decode()


@pytest.mark.promise("P10")
def test_words_that_are_not_of_the_list_cost_no_derivation(office, work):
    with pytest.raises(Wrong):
        sign_in(tried(office, office.people["anna"], words="these are not of the list at all"))
    assert "kdf" not in work


# -------------------------------------------------------------------------------------------------------------- digits
@pytest.mark.promise("P10")
def test_digits_count_once(office):
    anna = office.people["anna"]
    one = tried(office, anna)
    sign_in(one)
    with pytest.raises(Wrong):
        sign_in(one)
    sign_in(tried(office, anna))  # the control: the next digits count


@pytest.mark.promise("P10")
def test_digits_are_used_up_even_if_the_words_were_wrong(office):
    anna = office.people["anna"]
    one = tried(office, anna, words=BAD_WORDS)
    with pytest.raises(Wrong):
        sign_in(one)
    with pytest.raises(Wrong):
        sign_in(Try(handle="anna", code=one.code, words=anna.words))


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_digits_are_good_one_step_early_or_late(office, steps, good):
    anna = office.people["anna"]
    office.pass_time(minutes=10)
    code = factors.code(anna.totp, factors.now_step() + steps)
    if good:
        assert sign_in(Try(handle="anna", code=code, words=anna.words)).account == anna.id
    else:
        with pytest.raises(Wrong):
            sign_in(Try(handle="anna", code=code, words=anna.words))


def test_digits_of_a_colleague_open_nothing(office):
    with pytest.raises(Wrong):
        sign_in(tried(office, office.people["anna"], code=office.code(office.people["bela"])))
    assert sign_in(tried(office, office.people["anna"])).account == office.people["anna"].id


def test_digits_follow_the_rfc():
    secret = b"12345678901234567890"
    assert [factors.code(secret, step)[-6:] for step in (1, 37037036, 41152263, 66666666)] == [
        "287082", "081804", "005924", "279037"]  # RFC 6238, appendix B, last six digits


# ------------------------------------------------------------------------------------------------------------ passkeys
@pytest.fixture
def key(office):
    """A passkey of anna."""
    anna = office.people["anna"]
    actor = office.actor(anna)
    anna.passkey = Key()
    actions.add_passkey(actor, answer=anna.passkey.make(actions.passkey_options(actor)), name="blue")
    return anna.passkey


def with_key(office, answer):
    return sign_in(Try(passkey=answer, words=office.people["anna"].words))


@pytest.mark.promise("P10")
def test_a_passkey_opens_without_a_handle_and_its_page_names_nobody(office, key):
    options = office.client().post("/sign-in/passkey/").json()
    assert options["publicKey"].get("allowCredentials", []) == []
    client = office.client()
    answer = client.post("/sign-in/", {"passkey": key.answer(options), "words": office.people["anna"].words})
    assert answer.status_code == 302


BENT = {
    "another origin": {"origin": "https://localhost.example"},
    "another port": {"origin": "http://localhost:8701"},
    "another host": {"host": "example.org"},
    "nobody's": {"user": None},
    "a colleague's account": {"user": bytes(16)},
    "too short an id": {"user": b"short"},
}


@pytest.mark.promise("P10")
@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_a_bent_answer_of_a_key_is_refused(office, key, work, bent):
    with pytest.raises(Wrong):
        with_key(office, key.answer(passkeys.sign_in_options(), **bent))
    assert "kdf" not in work
    assert with_key(office, key.answer(passkeys.sign_in_options())).factor == 2  # the control: unbent it opens


@pytest.mark.promise("P10")
def test_a_challenge_counts_once_and_for_two_minutes_and_for_one_thing(office, key):
    options = passkeys.sign_in_options()
    with_key(office, key.answer(options))
    with pytest.raises(Wrong):
        with_key(office, key.answer(options))
    old = passkeys.sign_in_options()
    office.pass_time(seconds=121)
    with pytest.raises(Wrong):
        with_key(office, key.answer(old))
    actor = office.actor(office.people["anna"])
    with pytest.raises(Wrong):
        with_key(office, key.answer(actions.passkey_options(actor)))
    invented = json.loads(json.dumps(dict(passkeys.sign_in_options())))
    invented["publicKey"]["challenge"] = "A" * 43
    with pytest.raises((Wrong, signin.Wait)):
        with_key(office, key.answer(invented))


@pytest.mark.promise("P10")
def test_a_counter_that_goes_back_is_refused_and_written_down(office, key):
    with_key(office, key.answer(passkeys.sign_in_options(), count=9))
    before = Entry.objects.count()
    for count in (9, 3):
        with pytest.raises((Wrong, signin.Wait)):
            with_key(office, key.answer(passkeys.sign_in_options(), count=count))
    assert Entry.objects.count() >= before + 2
    assert with_key(office, key.answer(passkeys.sign_in_options(), count=10)).factor == 2


def test_challenges_of_strangers_take_no_room(office):
    office.client().post("/sign-in/passkey/")
    before = sorted(office.installation.runtime.rglob("*"))
    for _ in range(50):
        office.client().post("/sign-in/passkey/")
    assert sorted(office.installation.runtime.rglob("*")) == before


# ---------------------------------------------------------------------------------------------------- rows that changed
@pytest.mark.promise("P03")
def test_a_swapped_public_key_is_noticed_at_sign_in(office):
    anna, bela = office.account(office.people["anna"]), office.account(office.people["bela"])
    Account.objects.filter(pk=anna.id).update(bundle=bela.bundle)
    with pytest.raises(Refused, match="bundle"):
        sign_in(tried(office, office.people["anna"]))
    Account.objects.filter(pk=anna.id).update(bundle=anna.bundle)
    assert sign_in(tried(office, office.people["anna"])).account == anna.id


@pytest.mark.promise("P03")
def test_without_a_certificate_of_a_listed_officer_nobody_comes_in(office):
    heron = office.person(handle="heron", certified=False)
    with pytest.raises(Uncertified) as why:
        sign_in(tried(office, heron))
    assert why.value.fingerprint == people.fingerprint(office.account(heron))
    forged = people.certify(office.keys(heron), heron.id, office.account(heron).bundle)
    Account.objects.filter(pk=heron.id).update(cert_by=office.people["anna"].id, cert_sig=forged)
    with pytest.raises(Uncertified):
        sign_in(tried(office, heron))


@pytest.mark.promise("P12")
def test_a_record_that_does_not_fit_the_pin_is_told_and_told_again(office):
    anna = office.people["anna"]
    sign_in(tried(office, anna))
    pinned = people.open_pins(office.account(anna), office.keys(anna))
    Entry.objects.filter(pk=pinned.seq).update(hash=bytes(32))
    for _ in range(2):
        found = sign_in(tried(office, anna)).visit
        assert found.broken_at == pinned.seq
    assert people.open_pins(office.account(anna), office.keys(anna)) == pinned


@pytest.mark.promise("P12")
def test_a_record_cut_off_below_the_pin_is_told_on_the_page(office):
    anna = office.people["anna"]
    sign_in(tried(office, anna))
    pinned = people.open_pins(office.account(anna), office.keys(anna))
    Entry.objects.filter(pk__gte=pinned.seq - 1).delete()
    client = office.sign_in(anna)
    assert f"First wrong entry: {pinned.seq}" in client.get("/").content.decode()


def test_the_last_visit_and_the_head_are_told(office):
    anna = office.people["anna"]
    first = sign_in(tried(office, anna)).visit
    second = sign_in(tried(office, anna)).visit
    assert second.last_entry == first.entry
    assert second.entry > first.entry
    assert second.broken_at == 0


def test_a_changed_file_of_trust_is_told_until_it_is_confirmed(office):
    anna = office.people["anna"]
    client = office.sign_in(anna)
    assert "has changed" not in client.get("/").content.decode()
    pins = people.open_pins(office.account(anna), office.keys(anna))
    older = people.seal_pins(anna.id, office.keys(anna), Pins(pins.seq, pins.hash, bytes(32)))
    Account.objects.filter(pk=anna.id).update(pins=older)
    for _ in range(2):
        client = office.sign_in(anna)
        page = client.get("/").content.decode()
        assert "has changed" in page
    digest = page.split('name="digest" value="')[1][:64]
    assert client.post("/me/trust/", {"digest": digest}).status_code == 302
    assert "has changed" not in office.sign_in(anna).get("/").content.decode()


def test_strangers_cannot_fill_the_record(office):
    before = Entry.objects.count()
    for number in range(throttle.NOTED_AN_HOUR + 20):
        with pytest.raises((Wrong, signin.Wait)):
            sign_in(Try(handle=f"nobody{number}", code="000000"))
    assert Entry.objects.count() - before <= throttle.NOTED_AN_HOUR
