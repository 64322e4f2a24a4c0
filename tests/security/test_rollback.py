"""Older rows put back are named by `verify --as-auditor`, by `verify`, or at the next sign-in."""

import acts
import pytest

from waystation.access import Kind
from waystation_web.audit import days, entries, reading, verify
from waystation_web.audit import queries as record
from waystation_web.audit.models import Entry
from waystation_web.gateways.database import writing
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.models import Account, File, Grant, Vault
from waystation_web.vault.verify import check_rows

pytestmark = pytest.mark.promise("P05")


@pytest.fixture
def scene(office):
    """An auditor, two people and a vault that both hold; nothing to find."""
    anna = office.actor(office.people["anna"])
    vera, nils = acts.member(office, "vera"), acts.member(office, "nils")
    vault = acts.create(vera, "first")
    acts.share(vera, vault, nils)
    acts.settle(nils)
    assert acts.findings(anna) == []
    return office, anna, vera, nils, vault


def named(auditor, *words):
    """What is found, as one text; every word must be in it."""
    found = "\n".join(acts.findings(auditor))
    assert all(word in found for word in words), found
    return found


@pytest.mark.refuses("H-15", "H-46")
def test_an_older_payload(scene):
    _, anna, vera, _, vault = scene
    old = Vault.objects.get(pk=vault)
    acts.write(vera, vault, "second")
    old.save()
    assert acts.text(vera, vault) == "first"                       # it opens: only the record knows better
    assert check_rows() == []
    assert named(anna, vault.hex(), "its payload or key is not the one written last")


def test_an_older_payload_with_its_key_and_its_grants(scene):
    _, anna, vera, nils, vault = scene
    old, grants = Vault.objects.get(pk=vault), list(Grant.objects.filter(vault_id=vault))
    acts.end(vera, vault, nils)
    acts.write(vera, vault, "second")
    Grant.objects.filter(vault_id=vault).delete()
    old.save()
    Grant.objects.bulk_create(grants)
    assert acts.text(nils, vault) == "first"
    assert named(anna, vault.hex(), "its payload or key is not", f"{nils.id.hex()} holds it, and the record says other")


def test_an_older_grant(scene):
    _, anna, vera, nils, vault = scene
    old = Grant.objects.get(vault_id=vault, principal=nils.id)
    acts.rotate(vera, vault)
    old.save(force_insert=True)
    assert "is of key 1; the vault has key 2" in "\n".join(one.what for one in check_rows())
    assert named(anna, nils.id.hex())


def test_a_grant_that_was_ended_and_is_there_again_before_the_new_key(scene):
    _, anna, vera, nils, vault = scene
    old = Grant.objects.get(vault_id=vault, principal=nils.id)
    acts.end(vera, vault, nils)
    old.save(force_insert=True)
    assert acts.text(nils, vault) == "first"
    assert check_rows() == []
    assert named(anna, f"{nils.id.hex()} holds it, and the record says otherwise")


def test_it_is_found_also_after_the_new_key_was_given_to_it(scene):
    _, anna, vera, nils, vault = scene
    old = Grant.objects.get(vault_id=vault, principal=nils.id)
    acts.end(vera, vault, nils)
    old.save(force_insert=True)
    acts.rotate_backlog(vera)                                      # an honest holder signs in meanwhile
    acts.write(vera, vault, "second")
    assert acts.text(nils, vault) == "second"
    assert named(anna, "names a holder of its vault whom nobody granted it to")


def test_a_vault_that_is_said_not_to_wait_for_its_new_key(scene):
    _, anna, vera, nils, vault = scene
    acts.end(vera, vault, nils)
    Vault.objects.filter(pk=vault).update(rotate_due=False)
    assert named(anna, vault.hex(), "does not wait for one")


def test_a_grant_that_lasts_longer_than_was_said(scene):
    office, anna, vera, _, vault = scene
    olga = acts.member(office, "olga")
    acts.share(vera, vault, olga, until=office.now.date())
    Grant.objects.filter(principal=olga.id).update(until=None)
    assert named(anna, f"{olga.id.hex()} holds it until another day")


def test_the_whole_table_of_grants(scene):
    _, anna, vera, nils, vault = scene
    whole = list(Grant.objects.all())
    other = acts.create(nils, "another")
    acts.end(vera, vault, nils)
    Grant.objects.all().delete()
    Grant.objects.bulk_create(whole)
    found = named(anna, nils.id.hex(), other.hex())
    assert "the recovery key has no grant" in found


@pytest.mark.parametrize("column", ["label", "slot", "factors", "state", "bundle", "cert_sig"])
def test_an_older_row_of_an_account(scene, column):
    """The row as it was before its person was given other roles, words, factors or keys, or was removed."""
    from waystation.access import Role
    from waystation_web.accounts import people
    from waystation_web.audit.actions import record as enter
    from waystation_web.audit.events import Event
    from waystation_web.gateways.database import writing
    from waystation_web.vault import people as keys

    office, anna, _, _, _ = scene
    cora = office.person(handle="cora")
    before = Account.objects.get(pk=cora.id)
    person = office.actor(cora)
    if column == "label":
        people.change_roles(anna, cora.id, roles=frozenset({Role.CASE_WORKER}))
    elif column == "factors":
        people.reset_factor(anna, cora.id)
    elif column == "state":
        people.lock(anna, cora.id)
    else:
        with writing():
            slot, bundle, fresh = keys.enrol(cora.id, cora.words)
            Account.objects.filter(pk=cora.id).update(
                slot=slot, bundle=bundle, cert_sig=keys.certify(anna.secrets, cora.id, bundle), cert_by=anna.id)
            enter(person, Event.WORDS_CHANGED, account=cora.id)
            assert fresh.bundle.raw == bundle
    assert acts.findings(anna) == []
    Account.objects.filter(pk=cora.id).update(**{column: getattr(before, column)})
    assert named(anna, cora.id.hex(), f"its {column.replace('cert_sig', 'cert')} is not the one recorded last")


def test_who_was_removed_and_is_there_again(scene):
    from waystation_web.accounts import people

    office, anna, _, _, _ = scene
    cora = office.person(handle="cora")
    before = Account.objects.get(pk=cora.id)
    people.remove(anna, cora.id, reason="left")
    before.save()
    assert check_rows() == []
    assert named(anna, cora.id.hex(), "its state is not", "its slot is not", "its factors is not")


@pytest.mark.refuses("H-15")
def test_what_was_shredded_and_is_there_again(scene):
    _, anna, vera, nils, vault = scene
    row, grants = Vault.objects.get(pk=vault), list(Grant.objects.filter(vault_id=vault))
    acts.shred(vera, vault)
    row.save(force_insert=True)
    Grant.objects.bulk_create(grants)
    assert acts.text(nils, vault) == "first"
    assert named(anna, vault.hex(), "was shredded and is here again")


def test_a_vault_that_nobody_made_and_one_that_nobody_shredded(scene):
    _, anna, _, _, vault = scene
    row = Vault.objects.get(pk=vault)
    Grant.objects.filter(vault_id=vault).delete()
    Vault.objects.filter(pk=vault).delete()
    assert named(anna, vault.hex(), "is gone, and nobody shredded it")
    Vault(id=bytes(16), kind=1, version=1, payload=row.payload).save(force_insert=True)
    assert named(anna, bytes(16).hex(), "is here, and nobody made it", "nobody holds it without an end")


def test_an_older_end_of_the_record_is_seen_by_whoever_was_there(scene):
    from waystation_web.audit.actions import witness
    from waystation_web.gateways.database import writing

    _, anna, vera, _, vault = scene
    acts.write(vera, vault, "second")
    with writing():
        pin = witness(vera)
    Entry.objects.filter(seq__gt=pin.seq - 2).delete()
    assert verify.check_chain() is None                            # the chain alone cannot know
    assert record.check_from(pin).seq == pin.seq
    assert named(anna, "its payload or key is not the one written last")


def test_files_and_rows_that_do_not_fit_are_named_without_keys(scene):
    from waystation_web.vault.files import path_of

    _, anna, vera, _, vault = scene
    file = acts.attach(vera, vault, b"content")
    assert acts.findings(anna) == []
    body = path_of(file).read_bytes()
    path_of(file).write_bytes(body[:-1])
    assert named(anna, file.hex(), "was cut or added to")
    path_of(file).unlink()
    assert named(anna, file.hex(), "is not on the disk")
    path_of(file).write_bytes(body)
    File.objects.filter(pk=file).delete()
    assert named(anna, file.hex(), "belongs to no record")
    Vault.objects.filter(pk=vault).update(retain_until="2026-03-03")
    Grant.objects.filter(vault_id=vault, principal=vera.id).update(wrap=bytes(185))
    assert named(anna, "another day than a Monday", "does not open under the host key")


def test_accounts_whose_certificate_or_label_does_not_hold_are_named(scene):
    _, anna, vera, nils, _ = scene
    Account.objects.filter(pk=vera.id).update(cert_sig=bytes(64))
    Account.objects.filter(pk=nils.id).update(label=bytes(590))
    found = "\n".join(f"{one.where} {one.what}" for one in check_rows())
    assert f"account {vera.id.hex()} no listed officer signed" in found
    assert f"account {nils.id.hex()} does not open under the host key" in found
    with pytest.raises(NoSuchVault):
        acts.queries.open_vault(anna, bytes(16))


def test_an_entry_that_nobody_can_read_hides_nothing_that_was_put_back(office):
    vera, anna = acts.member(office, "vera"), office.actor(office.people["anna"])
    vault = acts.create(vera)
    older = Vault.objects.get(pk=vault).payload
    acts.write(vera, vault, "as it is now")
    Vault.objects.filter(pk=vault).update(payload=older)
    Vault.objects.create(id=b"e" * 16, kind=Kind.AUDIT, version=1, payload=None)
    with writing():  # needs no key of this office: the chain is public
        entries.append(days.Day(b"e" * 16, bytes(32)), {"at": 0, "do": "list_read"})
    verdict = reading.check(anna)
    assert verdict.unseen == ("1 entries are of days that were not shared with you",)
    told = f"vault {vault.hex()}: its payload or key is not the one written last, as far as you can read"
    assert verdict.findings == (told,)


def test_a_day_taken_from_an_auditor_hides_nothing_that_was_put_back(office):
    vera, anna = acts.member(office, "vera"), office.actor(office.people["anna"])
    vault = acts.create(vera)
    older = Vault.objects.get(pk=vault).payload
    acts.write(vera, vault, "as it is now")
    office.pass_time(days=1)
    acts.write(vera, vault, "the next day")
    Vault.objects.filter(pk=vault).update(payload=older)
    Grant.objects.filter(vault_id=Entry.objects.latest("seq").key, principal=anna.id).delete()
    verdict = reading.check(anna)
    assert verdict.unseen
    assert any(vault.hex() in finding for finding in verdict.findings)
