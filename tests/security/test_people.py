"""Acts on colleagues' accounts: who may, what becomes of sessions, keys and grants, and what nobody may do alone."""

import pytest

from waystation.access import Role
from waystation_web.accounts import codes, enrolment, people, queries
from waystation_web.accounts.answers import Ended, Uncertified, Wait, Wrong
from waystation_web.accounts.signin import Try, sign_in
from waystation_web.audit import queries as chain
from waystation_web.audit.events import Event
from waystation_web.audit.models import Entry
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vaults
from waystation_web.vault import people as keys_of_people
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.labels import labels, read_factors, read_label
from waystation_web.vault.models import Account, Grant, Vault
from waystation_web.vault.principals import recipient
from waystation_web.vault.trust import trust

STATE = Account.State


def enter(office, person):
    return sign_in(Try(handle=person.handle, code=office.code(person), words=person.words))


def shut(office, person):
    try:
        enter(office, person)
    except (Wrong, Wait):
        return True
    return False


ACTS = {
    "invite": lambda actor, one: people.invite(actor, handle="newt", name="N", roles=frozenset({Role.FINANCE})),
    "certify": lambda actor, one: people.certify(actor, one, words="x"),
    "unlock": lambda actor, one: people.unlock(actor, one, reason="x"),
    "remove": lambda actor, one: people.remove(actor, one, reason="x"),
    "roles": lambda actor, one: people.change_roles(actor, one, roles=frozenset({Role.FINANCE})),
    "factor": lambda actor, one: people.reset_factor(actor, one),
}


@pytest.mark.promise("P03")
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_only_a_security_officer_who_has_just_proved_it(office, act):
    heron, newt = office.person(handle="heron"), office.person(handle="egret")
    rows = list(Account.objects.order_by("id").values())
    with pytest.raises(NotPermitted) as why:
        act(office.actor(heron), newt.id)
    assert not why.value.step_up
    with pytest.raises(NotPermitted) as why:
        act(office.actor(office.people["anna"], stepped_up=False), newt.id)
    assert why.value.step_up
    assert list(Account.objects.order_by("id").values()) == rows


@pytest.mark.promise("P06")
@pytest.mark.parametrize("act", [ACTS["unlock"], ACTS["remove"], ACTS["roles"], ACTS["factor"]], ids=["unlock", "remove", "roles", "factor"])
def test_never_on_ones_own_account(office, act):
    anna = office.people["anna"]
    with pytest.raises(NotPermitted) as why:
        act(office.actor(anna), anna.id)
    assert why.value.rule == "own"


# -------------------------------------------------------------------------------------------------------------- invite
@pytest.mark.promise("P10")
def test_a_code_counts_once_and_for_a_day(office):
    actor = office.actor(office.people["anna"])
    _, code = people.invite(actor, handle="heron", name="Heron", roles=frozenset({Role.FINANCE}))
    assert len(code.replace("-", "")) == codes.LENGTH
    office.pass_time(hours=24, seconds=1)
    with pytest.raises(Wrong):
        enrolment.start(code)
    office.pass_time(hours=-1)
    aside = enrolment.start(code.lower().replace("-", " "))
    enrolment.finish(aside, code=_digits(aside), passkey="")
    for again in (lambda: enrolment.start(code), lambda: enrolment.finish(aside, code=_digits(aside), passkey="")):
        with pytest.raises((Wrong, Ended)):
            again()


def _digits(aside):
    from waystation_web.accounts import factors

    return factors.code(enrolment.totp_secret(aside), factors.now_step())


@pytest.mark.promise("P02")
def test_a_code_and_words_are_kept_nowhere(office):
    actor = office.actor(office.people["anna"])
    _, code = people.invite(actor, handle="heron", name="Heron", roles=frozenset({Role.FINANCE}))
    plain = code.replace("-", "").encode()
    rows = [value for row in Account.objects.values_list() for value in row if isinstance(value, bytes)]
    assert not any(plain in value for value in rows)
    assert b"heron" not in b"".join(rows)


def test_a_handle_is_given_once(office):
    actor = office.actor(office.people["anna"])
    with pytest.raises(people.Taken):
        people.invite(actor, handle="ANNA", name="A", roles=frozenset({Role.FINANCE}))
    for bad in ("", "a", "a b", "-x", "x" * 33, "고양이"):
        with pytest.raises(ValueError):
            people.invite(actor, handle=bad, name="A", roles=frozenset({Role.FINANCE}))
    assert len(labels()) == 2


@pytest.mark.promise("P14")
def test_roles_that_open_everything_are_given_to_nobody(office):
    actor = office.actor(office.people["anna"])
    everything = frozenset({Role.COORDINATOR, Role.RIGHTS_OFFICER})
    with pytest.raises(NotPermitted):
        people.invite(actor, handle="heron", name="H", roles=everything)
    heron = office.person(handle="heron")
    with pytest.raises(NotPermitted):
        people.change_roles(actor, heron.id, roles=everything)
    assert read_label(office.account(heron)).roles == {Role.COORDINATOR}


# ------------------------------------------------------------------------------------------------------------- certify
@pytest.mark.promise("P03")
def test_only_the_words_of_the_keys_certify(office):
    actor = office.actor(office.people["anna"])
    heron = office.person(handle="heron", certified=False)
    words = keys_of_people.fingerprint(office.account(heron))
    for heard in ("", "acid " * 8, " ".join(reversed(words.split())), heron.words):
        with pytest.raises(Wrong):
            people.certify(actor, heron.id, words=heard)
    with pytest.raises(Uncertified):
        enter(office, heron)
    people.certify(actor, heron.id, words=words.upper().replace(" ", "-"))
    assert enter(office, heron).account == heron.id


def test_the_words_of_keys_are_not_on_the_page_before_they_were_heard(office):
    heron = office.person(handle="heron", certified=False)
    client = office.sign_in(office.people["anna"])
    words = keys_of_people.fingerprint(office.account(heron))
    assert words not in client.get(f"/people/{heron.id.hex()}/").content.decode()
    people.certify(office.actor(office.people["anna"]), heron.id, words=words)
    assert words in client.get(f"/people/{heron.id.hex()}/").content.decode()


def test_after_the_set_up_a_certificate_makes_no_key_officer(office):
    before = trust()
    office.person(handle="heron", roles={Role.SECURITY_OFFICER})
    assert trust() == before
    assert len(before.officers) == 2


def test_an_account_without_keys_is_not_certified(office):
    actor = office.actor(office.people["anna"])
    account, _ = people.invite(actor, handle="heron", name="H", roles=frozenset({Role.FINANCE}))
    with pytest.raises(Ended):
        people.certify(actor, account, words="")
    assert Account.objects.get(pk=account).cert_sig is None


# --------------------------------------------------------------------------------------------------- lock and unlock
@pytest.mark.promise("P06")
def test_anybody_locks_anybody_and_an_officer_opens_again(office):
    heron, egret = office.person(handle="heron"), office.person(handle="egret")
    people.lock(office.actor(heron, stepped_up=False), egret.id, reason="phone lost")
    assert shut(office, egret)
    with pytest.raises(NotPermitted):
        people.unlock(office.actor(heron), egret.id, reason="found")
    people.unlock(office.actor(office.people["anna"]), egret.id, reason="found")
    office.pass_time(minutes=2)
    assert enter(office, egret).account == egret.id


@pytest.mark.promise("P06")
def test_a_lock_takes_nothing_away(office):
    heron = office.person(handle="heron", roles={"case_worker"})
    with writing():
        vaults.create(office.actor(heron), "note", {"title": "t"})
    grants = list(Grant.objects.filter(principal=heron.id).values_list("vault_id", "version"))
    people.lock(office.actor(office.people["bela"]), heron.id)
    assert list(Grant.objects.filter(principal=heron.id).values_list("vault_id", "version")) == grants
    people.unlock(office.actor(office.people["anna"]), heron.id, reason="checked")
    assert enter(office, heron).visit.bad_grants == 0


def test_ones_own_lock_from_the_page(office):
    heron = office.person(handle="heron")
    client = office.sign_in(heron)
    assert client.post("/lock/")["Location"] == "/blank/"
    assert office.account(heron).state == STATE.LOCKED
    assert client.get("/me/").status_code == 401


# -------------------------------------------------------------------------------------------------------------- remove
@pytest.mark.promise("P06")
def test_whoever_is_removed_holds_nothing_and_what_they_held_gets_a_new_key(office):
    heron, egret = office.person(handle="heron", roles={"case_worker"}), office.person(handle="egret", roles={"case_worker"})
    with writing():
        made = vaults.create(office.actor(heron), "note", {"title": "t"}, holders=[recipient(office.account(egret))])
    assert people.remove(office.actor(office.people["anna"]), heron.id, reason="left") >= 1
    row = office.account(heron)
    assert (row.state, row.slot, row.invite, row.pins) == (STATE.REMOVED, None, None, None)
    assert not read_factors(row).any
    assert not Grant.objects.filter(principal=heron.id).exists()
    vault = Vault.objects.get(pk=made.vault)
    assert vault.rotate_due
    assert shut(office, heron)
    enter(office, egret)  # the next holder's sign-in gives it a new key
    after = Vault.objects.get(pk=made.vault)
    assert (after.rotate_due, after.version) == (False, vault.version + 1)


@pytest.mark.promise("P21")
def test_the_last_holder_is_not_removed_and_the_page_says_of_what(office):
    heron, egret = office.person(handle="heron", roles={"case_worker"}), office.person(handle="egret", roles={"case_worker"})
    with writing():
        made = vaults.create(office.actor(heron), "note", {"title": "t"})
    anna = office.people["anna"]
    client = office.sign_in(anna, stepped_up=True)
    answer = client.post(f"/people/{heron.id.hex()}/remove/", {"reason": "left"})
    assert answer.status_code == 409
    assert made.vault.hex()[:8] in answer.content.decode()
    assert office.account(heron).state == STATE.ACTIVE
    with writing():
        vaults.share(office.actor(heron), made.vault, recipient(office.account(egret)))
    assert client.post(f"/people/{heron.id.hex()}/remove/", {"reason": "left"}).status_code == 302
    assert office.account(heron).state == STATE.REMOVED


def test_whoever_is_removed_stays_removed(office):
    heron = office.person(handle="heron")
    actor = office.actor(office.people["anna"])
    people.remove(actor, heron.id, reason="left")
    for act in (ACTS["unlock"], ACTS["remove"], ACTS["roles"], ACTS["factor"], lambda actor, one: people.lock(actor, one)):
        with pytest.raises(Ended):
            act(actor, heron.id)
    assert office.account(heron).state == STATE.REMOVED


# --------------------------------------------------------------------------------------------------------------- roles
def test_new_roles_count_at_the_next_page(office):
    heron = office.person(handle="heron")
    client = office.sign_in(heron)
    people.change_roles(office.actor(office.people["anna"]), heron.id, roles=frozenset({Role.FINANCE}))
    assert "finance" in client.get(f"/people/{heron.id.hex()}/").content.decode()
    assert read_label(office.account(heron)).roles == {Role.FINANCE}


@pytest.mark.promise("P12")
def test_a_new_auditor_is_given_the_past_days(office):
    office.pass_time(days=1)
    people.lock(office.actor(office.people["bela"]), office.person(handle="newt").id)
    office.pass_time(days=1)
    heron = office.person(handle="heron", roles={"auditor"})
    days = set(Vault.objects.filter(kind=0x11).values_list("id", flat=True))
    assert len(days) >= 3
    assert set(Grant.objects.filter(principal=heron.id).values_list("vault_id", flat=True)) >= days
    egret = office.person(handle="egret", roles={"finance"})
    assert not Grant.objects.filter(principal=egret.id, vault__kind=0x11).exists()
    people.change_roles(office.actor(office.people["anna"]), egret.id, roles=frozenset({Role.AUDITOR}))
    assert Grant.objects.filter(principal=egret.id, vault__kind=0x11).exists()


@pytest.mark.promise("P12")
def test_each_act_writes_its_entry(office):
    heron = office.person(handle="heron")
    actor = office.actor(office.people["anna"])
    for act in (lambda: people.lock(actor, heron.id), lambda: people.unlock(actor, heron.id, reason="r"),
                lambda: people.change_roles(actor, heron.id, roles=frozenset({Role.FINANCE})),
                lambda: people.reset_factor(actor, heron.id), lambda: people.remove(actor, heron.id, reason="r")):
        before = Entry.objects.count()
        act()
        assert Entry.objects.count() == before + 1


def test_an_id_that_is_none_is_not_there(office):
    actor = office.actor(office.people["anna"])
    for act in (lambda: people.lock(actor, bytes(16)), lambda: queries.person(actor, bytes(16)),
                lambda: people.reset_factor(actor, bytes(16))):
        with pytest.raises(NoSuchVault):
            act()
    assert office.sign_in(office.people["anna"]).get(f"/people/{'0' * 32}/").status_code == 404


def test_every_page_of_people_and_of_oneself_answers(office):
    heron = office.person(handle="heron")
    client = office.sign_in(office.people["anna"], stepped_up=True)
    for path in ("/", "/people/", "/people/invite/", f"/people/{heron.id.hex()}/", "/me/", "/me/words/", "/me/totp/",
                 "/step-up/", "/blank/"):
        assert client.get(path).status_code == 200, path
    assert client.post("/me/settings/", {"language": "ko", "theme": "dark"}).status_code == 302
    assert 'lang="ko"' in client.get("/me/").content.decode()
    assert client.post("/me/settings/", {"language": "xx", "theme": ""}).status_code == 400


@pytest.mark.promise("P10")
def test_when_every_officer_was_locked_the_machine_opens_one_and_nobody_else(office):
    heron, anna, bela = office.person(handle="heron"), office.people["anna"], office.people["bela"]
    for one in (anna, bela):
        people.lock(office.actor(heron), one.id)
    people.lock(office.actor(heron), heron.id)
    for handle in ("heron", "nobody", ""):
        with pytest.raises(Ended):
            people.unlock_at_console(handle)
    people.unlock_at_console(" Anna")
    assert office.sign_in(anna).get("/me/").status_code == 200
    last = [line for line in chain.read(office.actor(anna)) if line.event is Event.UNLOCKED]
    assert [(line.account, line.by, line.why) for line in last] == [(anna.id, None, "at the console")]
    assert {office.account(one).state for one in (bela, heron)} == {Account.State.LOCKED}
    with pytest.raises(Ended):
        people.unlock_at_console("anna")
