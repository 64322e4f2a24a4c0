"""Who can be given a vault and whose grants count; what happens when somebody leaves; that nobody leaves last."""

import os
from dataclasses import replace
from datetime import timedelta

import acts
import pytest

from waystation.access import Kind
from waystation.vault import grants
from waystation.vault.envelope import payload_context, unseal
from waystation.vault.keys import Secrets, certify
from waystation.vault.recovery import RECOVERY_PRINCIPAL
from waystation_web.accounts import people
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import actions, principals, queries, rotation
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused
from waystation_web.vault.host import host_keys
from waystation_web.vault.models import Account, Grant, Vault

pytestmark = pytest.mark.promise("P03")


@pytest.fixture
def trio(office):
    return [acts.member(office, name) for name in ("vera", "nils", "olga")]


def put(vault, version, principal, inner):
    """A grant as somebody who controls database and host key would put it there."""
    wrap = host_keys().seal(inner, "grant", vault, version.to_bytes(4, "big"), principal)
    Grant.objects.filter(vault_id=vault, principal=principal).delete()
    Grant(vault_id=vault, version=version, principal=principal, wrap=wrap).save(force_insert=True)


def planted(victim, author, *, vault, kind=Kind.PEOPLE, dek=None, secrets=None, bundle=None, granter=None):
    """A grant of form P, with one thing or another not as it must be."""
    return grants.grant_person(secrets or author.secrets, granter or author.id, bundle or victim.secrets.bundle,
                               principal=victim.id, vault=vault, kind=kind, version=1, dek=dek or os.urandom(32))


# ------------------------------------------------------------------------------------------------------- whom to grant
def test_nobody_without_a_certificate_of_a_listed_officer_is_given_anything(trio):
    vera, nils, olga = trio
    vault = acts.create(vera)
    good = Account.objects.get(pk=nils.id)
    stranger = Secrets.new()
    cases = {
        "no certificate": {"cert_sig": None},
        "by somebody who is no officer": {"cert_sig": certify(vera.secrets, nils.id, nils.secrets.bundle)},
        "of another account": {"cert_sig": Account.objects.get(pk=olga.id).cert_sig},
        "other public keys under it": {"bundle": stranger.bundle.raw},
        "locked": {"state": Account.State.LOCKED},
        "removed": {"state": Account.State.REMOVED},
    }
    for case, columns in cases.items():
        Account.objects.filter(pk=nils.id).update(**columns)
        with pytest.raises(Refused, match="certificate"), writing():
            actions.share(vera, vault, principals.Recipient(nils.id, nils.secrets.bundle))
        assert not Grant.objects.filter(vault_id=vault, principal=nils.id).exists(), case
        good.save()
    acts.share(vera, vault, nils)
    assert acts.text(nils, vault) == "a word"


def test_a_recipient_is_looked_up_anew_whatever_the_caller_brings(trio):
    vera, nils, _ = trio
    vault, enemy = acts.create(vera), Secrets.new()
    with writing():
        actions.share(vera, vault, principals.Recipient(nils.id, enemy.bundle))
    grant = Grant.objects.get(vault_id=vault, principal=nils.id)
    with pytest.raises(Refused):
        queries.dek_of(replace(nils, secrets=enemy), grant, principals.signer)
    assert acts.text(nils, vault) == "a word"


def test_holders_named_at_the_making_are_asked_about_like_any_grant(office, trio):
    vera, _, _ = trio
    reader = acts.member(office, "rita", ["auditor"])
    with pytest.raises(NotPermitted) as why, writing():
        actions.create(vera, "case", {}, holders=[acts.to(reader)])
    assert why.value.rule == "recipient"
    assert not Vault.objects.exclude(kind=Kind.AUDIT).exists()


# --------------------------------------------------------------------------------------------------------- false keys
def _false_grants(vera, nils, olga, vault):
    dek = os.urandom(32)
    unsigned = b"\x01P" + nils.secrets.bundle.encrypt(
        dek + vera.id + bytes(64), grants.grant_context(vault, Kind.PEOPLE, 1, nils.id))
    own_server = b"\x01D" + nils.secrets.bundle.encrypt(dek, grants.grant_context(vault, Kind.PEOPLE, 1, nils.id))
    enemy = Secrets.new()
    return {
        "without a signature": unsigned,
        "by the server": own_server,
        "in somebody else's name": planted(nils, vera, vault=vault, secrets=olga.secrets),
        "by an unknown signer": planted(nils, vera, vault=vault, secrets=enemy, granter=os.urandom(16)),
        "by the recovery key, which did not sign": planted(nils, vera, vault=vault, granter=RECOVERY_PRINCIPAL),
        "signed for another vault": planted(nils, vera, vault=os.urandom(16)),
        "signed for another kind": planted(nils, vera, vault=vault, kind=Kind.NETWORK),
        "made for another reader": planted(olga, vera, vault=vault),
        "under another's own key": grants.grant_own(olga.secrets, principal=nils.id, vault=vault, kind=Kind.PEOPLE,
                                                    version=1, dek=dek),
    }


def test_a_key_that_nobody_entitled_gave_is_refused_and_named(trio):
    vera, nils, olga = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    good = Grant.objects.get(vault_id=vault, principal=nils.id)
    for case, inner in _false_grants(vera, nils, olga, vault).items():
        put(vault, 1, nils.id, inner)
        with pytest.raises(Refused) as why:
            queries.open_vault(nils, vault)
        assert why.value.vault == vault, case
        if len(inner) == grants.SIZES[grants.PERSON]:
            settled = acts.settle(nils)
            assert (settled.count, settled.refused) == (0, [vault]), case
            assert Grant.objects.filter(vault_id=vault, principal=nils.id).exists(), case
    put(vault, 1, nils.id, host_keys().unseal(good.wrap, "grant", vault, b"\0\0\0\1", nils.id))
    assert acts.text(nils, vault) == "a word"


def test_a_signature_for_somebodys_former_public_keys_does_not_count(trio):
    vera, nils, olga = trio
    vault = acts.create(vera)
    real = planted(nils, vera, vault=vault, bundle=olga.secrets.bundle)
    inner = olga.secrets.decrypt(real[2:], grants.grant_context(vault, Kind.PEOPLE, 1, nils.id))
    put(vault, 1, nils.id, b"\x01P" + nils.secrets.bundle.encrypt(
        inner, grants.grant_context(vault, Kind.PEOPLE, 1, nils.id)))
    with pytest.raises(Refused, match="grant"):
        queries.open_vault(nils, vault)
    assert acts.settle(nils).refused == [vault]


def test_a_granter_who_was_removed_granted_validly_and_one_who_lost_the_certificate_did_not(trio):
    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    Account.objects.filter(pk=vera.id).update(state=Account.State.REMOVED)
    assert acts.text(nils, vault) == "a word"
    Account.objects.filter(pk=vera.id).update(cert_sig=bytes(64))
    with pytest.raises(Refused, match="certificate"):
        queries.open_vault(nils, vault)


def test_the_recovery_key_opens_every_vault_and_the_server_gives_no_other_kind_a_key(office, trio):
    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    acts.rotate(vera, vault)
    row = Vault.objects.get(pk=vault)
    wrap = Grant.objects.get(vault_id=vault, principal=RECOVERY_PRINCIPAL).wrap
    inner = host_keys().unseal(wrap, "grant", *queries.row_of(vault, row.version, RECOVERY_PRINCIPAL))
    ml_kem, x25519 = office.recovery.decryption
    dek = grants.open_recovery_grant(inner, ml_kem, x25519, vault=vault, kind=row.kind, version=row.version,
                                     bundle=office.recovery.bundle, signer=principals.signer).dek
    assert b"a word" in unseal(dek, row.payload, payload_context(vault, row.kind, row.version))
    for kind in set(Kind) - {Kind.INBOX, Kind.AUDIT}:
        with pytest.raises(ValueError, match="inbox"):
            grants.grant_server(nils.secrets.bundle, principal=nils.id, vault=vault, kind=kind, version=1, dek=dek)


# ------------------------------------------------------------------------------------------------ removal and rotation
@pytest.mark.promise("P06")
def test_who_was_removed_opens_nothing_that_is_written_afterwards(office, trio):
    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    acts.settle(nils)
    remembered, rows = queries.open_vault(nils, vault).dek, list(Grant.objects.filter(principal=nils.id))
    people.remove(office.actor(office.people["anna"]), nils.id, reason="left")
    assert (Vault.objects.get(pk=vault).rotate_due, queries.backlog(vera)) == (True, 1)
    assert acts.text(nils, vault) is None
    acts.write(vera, vault, "written afterwards")
    now = Vault.objects.get(pk=vault)
    assert (now.version, now.rotate_due, queries.backlog(vera)) == (2, False, 0)
    Grant.objects.bulk_create(rows)                                          # the old rows are put back
    assert acts.text(nils, vault) is None
    Grant.objects.filter(principal=nils.id).update(version=2)                # and made to look new
    with pytest.raises(Refused):
        queries.open_vault(nils, vault)
    with pytest.raises(Refused):
        unseal(remembered, now.payload, payload_context(vault, now.kind, now.version))
    acts.rotate(vera, vault)
    assert not Grant.objects.filter(vault_id=vault, principal=nils.id).exists()   # nobody who is gone gets a new key


def test_the_backlog_falls_to_nothing_as_holders_sign_in_people_first(office):
    vera, nils = (acts.member(office, name, ["coordinator"]) for name in ("vera", "nils"))
    vaults = [acts.create(vera, kind=kind) for kind in ("plan", "note", "plan", "note")]
    for vault in vaults:
        if vault not in {grant.vault_id for grant in queries.current(nils.id)}:
            acts.share(vera, vault, nils)
    people.remove(office.actor(office.people["anna"]), nils.id, reason="left")
    assert queries.backlog(vera) == 4
    with writing():
        first = actions.rotate_backlog(vera, limit=2)
    assert {one.vault for one in first} == {vaults[1], vaults[3]}
    assert queries.backlog(vera) == 2
    acts.rotate_backlog(vera)
    assert (queries.backlog(vera), [acts.text(vera, vault) for vault in vaults]) == (0, ["a word"] * 4)


def test_a_vault_that_does_not_open_keeps_waiting_and_does_not_keep_anybody_out(trio):
    vera, nils, _ = trio
    broken, sound = sorted([acts.create(vera), acts.create(vera)])
    for vault in (broken, sound):
        acts.share(vera, vault, nils)
        acts.end(vera, vault, nils)
    Vault.objects.filter(pk=broken).update(payload=Vault.objects.get(pk=sound).payload)
    assert [one.vault for one in acts.rotate_backlog(vera)] == [sound]
    assert queries.backlog(vera) == 1
    with pytest.raises(Refused):
        queries.open_all(vera, Kind.PEOPLE)
    refused = []
    assert [one.id for one in queries.open_all(vera, Kind.PEOPLE, refused=refused)] == [sound]
    assert refused == [broken]


def test_a_grant_for_a_time_ends_on_its_day_though_no_night_job_ran(office, trio):
    vera, nils, olga = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils, until=clock.today() + timedelta(days=1))
    office.pass_time(days=1)
    assert acts.text(nils, vault) == "a word"
    office.pass_time(days=1)
    assert acts.text(nils, vault) is None
    assert queries.open_all(nils, Kind.PEOPLE) == []
    with pytest.raises(NoSuchVault):
        queries.holders(nils, vault)
    with pytest.raises(NoSuchVault), writing():
        actions.share(nils, vault, acts.to(olga))
    acts.rotate(vera, vault)                                                 # and a new key is not for them
    assert not Grant.objects.filter(vault_id=vault, principal=nils.id).exists()


def test_the_night_job_needs_nobodys_keys(office, trio):
    from waystation_web.audit.actions import end_expired

    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils, until=clock.today())
    office.pass_time(days=1)
    with writing():
        assert end_expired(clock.today()) == 1
    assert (Grant.objects.filter(principal=nils.id).count(), Vault.objects.get(pk=vault).rotate_due) == (0, True)
    assert acts.findings(office.actor(office.people["anna"])) == []
    with pytest.raises(ValueError, match="past"), writing():
        actions.share(vera, vault, acts.to(nils), until=clock.today() - timedelta(days=1))


def test_sharing_again_never_shortens_what_somebody_holds(trio):
    vera, nils, _ = trio
    vault, today = acts.create(vera), clock.today()
    ends = [(today + timedelta(days=5),) * 2, (today, today + timedelta(days=5)),
            (today + timedelta(days=9),) * 2, (None, None), (today, None)]
    for asked, held in ends:
        acts.share(vera, vault, nils, until=asked)
        assert {one.id: one.until for one in queries.holders(vera, vault)}[nils.id] == held


# -------------------------------------------------------------------------------------------------------- last holder
@pytest.mark.promise("P21")
def test_nobody_leaves_a_vault_without_a_person_who_can_open_it(office, trio):
    vera, nils, olga = trio
    anna = office.actor(office.people["anna"])
    vault = acts.create(vera)
    for leaves in ("alone", "beside a grant for a time", "beside a removed holder"):
        with pytest.raises(NotPermitted) as why, writing():
            actions.end_grant(vera, vault, vera.id)
        assert why.value.rule == "last_holder", leaves
        assert queries.last_of(vera.id) == [vault]
        with pytest.raises(people.HeldAlone):
            people.remove(anna, vera.id, reason="left")
        with pytest.raises(NotPermitted), writing():
            actions.retire(vera.id)
        if leaves == "alone":
            acts.share(vera, vault, nils, until=clock.today() + timedelta(days=30))
        elif leaves.endswith("time"):
            acts.share(vera, vault, olga)
            people.remove(anna, olga.id, reason="left")
    with pytest.raises(NotPermitted), writing():
        actions.end_grant(nils, vault, vera.id)            # somebody who holds it for a month sends the author away
    people.lock(nils, vera.id)
    with pytest.raises(people.HeldAlone):
        people.remove(anna, vera.id, reason="left")
    people.unlock(anna, vera.id, reason="found")
    acts.share(vera, vault, nils)
    acts.end(vera, vault, vera)
    assert (acts.text(vera, vault), acts.text(nils, vault)) == (None, "a word")
    office.pass_time(days=400)
    assert acts.text(nils, vault) == "a word"


def test_a_lock_takes_nothing_from_anybody(office, trio):
    vera, nils, olga = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    people.lock(olga, nils.id)
    acts.write(vera, vault, "meanwhile")
    acts.rotate(vera, vault)
    people.unlock(office.actor(office.people["anna"]), nils.id, reason="found")
    assert acts.text(nils, vault) == "meanwhile"


def test_the_recovery_key_is_nobody_and_stays(trio):
    vera, _, _ = trio
    vault = acts.create(vera)
    with pytest.raises(NotPermitted) as why, writing():
        actions.end_grant(vera, vault, RECOVERY_PRINCIPAL)
    assert why.value.rule == "recovery"
    assert [one.form for one in queries.holders(vera, vault) if one.id == RECOVERY_PRINCIPAL] == ["P"]


def test_a_new_key_is_not_made_if_nobody_would_stay_without_an_end(trio):
    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils, until=clock.today() + timedelta(days=3))
    acts.settle(nils)
    Account.objects.filter(pk=vera.id).update(cert_sig=bytes(64))
    with pytest.raises(NotPermitted), writing():
        rotation.rotate(nils, vault)
    assert Vault.objects.get(pk=vault).version == 1


# -------------------------------------------------------------------------------------------------- writing and kinds
def test_who_wrote_second_is_told_and_nothing_is_lost(trio):
    from waystation_web.vault.errors import Changed

    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    first, second = queries.open_vault(vera, vault), queries.open_vault(nils, vault)
    acts.write(vera, vault, "first", opened=first)
    with pytest.raises(Changed):
        acts.write(nils, vault, "second", opened=second)
    acts.rotate(vera, vault)
    with pytest.raises(Changed):
        acts.write(vera, vault, "third", opened=first)
    assert acts.text(nils, vault) == "first"


def test_a_new_key_is_asked_for_while_a_page_is_open(trio):
    vera, nils, _ = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    before = queries.open_vault(vera, vault)
    acts.end(vera, vault, nils)
    acts.write(vera, vault, "not for nils", opened=before)
    assert (Vault.objects.get(pk=vault).version, acts.text(vera, vault)) == (2, "not for nils")


def test_a_payload_that_names_another_record_is_refused(trio):
    vera, _, _ = trio
    vault = acts.create(vera)
    opened = queries.open_vault(vera, vault)
    for lie in ({"id": os.urandom(16).hex()}, {"type": "plan"}, {"type": "nothing"}):
        sealed = rotation.sealed_payload(replace(opened, payload={**opened.payload, **lie}))
        Vault.objects.filter(pk=vault).update(payload=sealed)
        with pytest.raises(Refused):
            queries.open_all(vera, Kind.PEOPLE)
        with pytest.raises(Refused):
            queries.open_vault(vera, vault)
    assert opened.type == "note"


def test_a_grant_that_ended_while_the_page_was_open_writes_nothing(office, trio):
    vera, nils, olga = trio
    vault = acts.create(vera)
    acts.share(vera, vault, nils)
    acts.share(vera, vault, olga, until=clock.today())
    before = queries.open_vault(olga, vault)
    office.pass_time(days=1)
    with pytest.raises(NoSuchVault):
        acts.write(olga, vault, "too late", opened=before)
    before = queries.open_vault(nils, vault)
    acts.end(vera, vault, nils)
    with pytest.raises(NoSuchVault):
        acts.write(nils, vault, "too late", opened=before)
    assert acts.text(vera, vault) == "a word"


def test_what_is_no_vault_of_ones_own_or_another_type_does_not_exist(trio):
    vera, nils, _ = trio
    vault = acts.create(vera)
    for who, asked in ((nils, {}), (vera, {"kind": Kind.NETWORK}), (vera, {"type": "plan"})):
        with pytest.raises(NoSuchVault):
            queries.open_vault(who, vault, **asked)
    with pytest.raises(NoSuchVault):
        queries.open_vault(vera, os.urandom(16))
    assert queries.open_vault(vera, vault, kind=Kind.PEOPLE, type="note").type == "note"


def test_one_query_finds_vault_and_grant_and_finds_nothing_the_same_way(trio, django_queries):
    vera, nils, _ = trio
    vault = acts.create(vera)
    asked = []
    for who, wanted in ((nils, vault), (nils, os.urandom(16))):
        with django_queries() as seen, pytest.raises(NoSuchVault):
            queries.open_vault(who, wanted)
        asked.append([query["sql"].replace(wanted.hex(), "") for query in seen.captured_queries])
    assert len(asked[0]) == len(asked[1]) == 1


@pytest.fixture
def django_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


def test_a_payload_of_another_row_kind_or_date_is_refused(trio):
    vera, _, _ = trio
    vault = acts.create(vera, retain_until=clock.today() + timedelta(days=90))
    row = Vault.objects.get(pk=vault)
    assert row.retain_until.weekday() == 0
    for columns in ({"kind": Kind.EVIDENCE}, {"version": 2}, {"retain_until": None},
                    {"retain_until": row.retain_until + timedelta(days=7)}):
        Vault.objects.filter(pk=vault).update(**columns)
        Grant.objects.filter(vault_id=vault).update(version=columns.get("version", 1))
        with pytest.raises(Refused):
            queries.open_vault(vera, vault)
        row.save()
        Grant.objects.filter(vault_id=vault).update(version=1)
    assert acts.text(vera, vault) == "a word"


def test_nothing_opened_shows_itself(trio):
    vera, _, _ = trio
    vault = acts.create(vera, text="unseen")
    opened = queries.open_vault(vera, vault)
    shown = f"{opened!r} {vera!r} {opened}"
    assert "unseen" not in shown and opened.dek.hex() not in shown and repr(opened.dek) not in shown
