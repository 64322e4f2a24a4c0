"""The record: whoever changes, drops, adds, moves or rebuilds entries is found, and the first bad entry is named."""

import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import acts
import pytest

from waystation.evidence.chain import entry_hash
from waystation.vault.envelope import audit_body_context, pad, seal
from waystation_web.accounts import people
from waystation_web.audit import actions, days, entries, queries, verify
from waystation_web.audit.events import Event
from waystation_web.audit.models import Entry
from waystation_web.gateways.database import writing
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.models import Grant, Vault

pytestmark = pytest.mark.promise("P12")
HERE = Path(__file__).resolve().parent


@pytest.fixture
def scene(office):
    anna, vera = office.actor(office.people["anna"]), acts.member(office, "vera")
    vault = acts.create(vera)
    acts.write(vera, vault, "second")
    with writing():
        pin = actions.witness(anna)
    acts.write(vera, vault, "third")
    assert acts.findings(anna) == []
    return office, anna, vera, vault, pin


def refused_after(act):
    act()
    raise Refused("tag")


def count():
    return entries.head().seq


def where(auditor):
    """Numbers of the entries that the replay names."""
    return [int(one.where.split()[1]) for one in verify.replay(auditor) if one.where.startswith("entry")]


# --------------------------------------------------------------------------------------------------------- tampering
def test_every_changed_column_of_every_entry_is_found_and_the_first_named(scene):
    _, anna, *_ = scene
    kept = list(Entry.objects.order_by("seq"))
    for entry in kept:
        flipped = bytes([entry.body[100] ^ 1])
        changes = {"hour": entry.hour + 1, "key": os.urandom(16), "hash": os.urandom(32),
                   "body": entry.body[:100] + flipped + entry.body[101:]}
        for column, value in changes.items():
            Entry.objects.filter(pk=entry.seq).update(**{column: value})
            broken = verify.check_chain()
            assert broken is not None and broken.seq == entry.seq, (entry.seq, column)
            assert where(anna)[0] == entry.seq
            entry.save()
    assert verify.check_chain() is None


def test_entries_dropped_added_and_swapped_are_found(scene):
    *_, pin = scene
    kept, last = list(Entry.objects.order_by("seq")), count()
    for entry in kept[:-1]:
        Entry.objects.filter(pk=entry.seq).delete()
        assert verify.check_chain().seq == entry.seq
        entry.save(force_insert=True)
    for first, second in pairwise(kept):
        for row, other in ((first, second), (second, first)):
            Entry(seq=row.seq, hour=other.hour, key=other.key, body=other.body, hash=other.hash).save()
        assert verify.check_chain().seq == first.seq
        first.save()
        second.save()
    Entry(seq=last + 2, hour=kept[-1].hour, key=kept[-1].key, body=kept[-1].body, hash=kept[-1].hash).save()
    assert verify.check_chain().seq == last + 1
    assert queries.check_from(pin).seq == last + 1


def test_a_cut_off_end_is_not_seen_by_the_chain_alone_but_by_pins(scene):
    *_, pin = scene
    Entry.objects.filter(seq__gte=pin.seq).delete()
    assert verify.check_chain() is None                    # why there are pins
    broken = queries.check_from(pin)
    assert broken is not None and broken.seq == pin.seq


def rebuilt(previous, seq, body, day, hour):
    """An entry as somebody makes it who holds everything the server holds."""
    sealed = seal(day.dek, pad(body, 512), audit_body_context(seq, hour, day.vault, previous))
    digest = entry_hash(previous, seq=seq, hour=hour, key=day.vault, body=sealed)
    Entry.objects.update_or_create(seq=seq, defaults={"hour": hour, "key": day.vault, "body": sealed, "hash": digest})
    return digest


def test_a_record_rebuilt_with_everything_that_the_server_holds_is_found(scene):
    """Database, host key and today's key: enough to write today anew, with an act left out, and a sound chain."""
    office, anna, _, _, pin = scene
    day = days.kept(office.now.date())
    rows = list(Entry.objects.order_by("seq"))
    bodies = [entries.open_body(day.dek, row, before) for row, before in
              zip(rows, [bytes(32), *[row.hash for row in rows]], strict=False)]
    left_out = pin.seq - 2
    Entry.objects.filter(seq__gte=left_out).delete()
    previous = rows[left_out - 2].hash
    for place, body in enumerate(bodies[left_out:], left_out):
        previous = rebuilt(previous, place, entries._json(body), day, rows[0].hour)
    assert verify.check_chain() is None
    found = [f"{one.where} {one.what}" for one in verify.replay(anna)]
    assert found[0] == f"entry {pin.seq - 1} is a countersignature that does not fit this record"
    assert queries.check_from(pin).seq == pin.seq


def test_older_days_cannot_be_written_anew_at_all(scene):
    office, anna, vera, vault, _ = scene
    rows = list(Entry.objects.order_by("seq"))
    office.pass_time(days=1)
    acts.write(vera, vault, "tomorrow")
    assert days.kept(office.now.date() - timedelta(days=1)) is None
    today, previous = days.kept(office.now.date()), bytes(32)
    Entry.objects.all().delete()
    for place, row in enumerate(rows[1:], 1):              # moved one place: their bodies are bound to the old one
        digest = entry_hash(previous, seq=place, hour=row.hour, key=row.key, body=row.body)
        Entry(seq=place, hour=row.hour, key=row.key, body=row.body, hash=digest).save(force_insert=True)
        previous = digest
    body = {"at": 0, "do": "vault_read"}
    rebuilt(previous, len(rows), entries._json(body), today, rows[-1].hour)
    assert verify.check_chain() is None
    assert where(anna)[:1] == [1]


@pytest.mark.parametrize("forged", ["by the server", "in another name", "copied", "of nobody", "not of the last"])
def test_a_countersignature_that_is_none_is_found(scene, forged):
    _, anna, vera, _, _ = scene
    last = entries.head()
    real = Entry.objects.order_by("seq")
    good = next(line for line in queries.read(anna) if line.event is Event.WITNESS)
    by, of, sig = {
        "by the server": (anna, last.seq, entries_text(sha256(b"").digest() * 2)),
        "in another name": (anna, last.seq, entries_text(vera.secrets.sign(signable(last)))),
        "copied": (anna, last.seq, good.more["sig"]),
        "of nobody": (None, last.seq, entries_text(anna.secrets.sign(signable(last)))),
        "not of the last": (anna, last.seq - 1, entries_text(anna.secrets.sign(
            signable(entries.Head(last.seq - 1, real.get(pk=last.seq - 1).hash))))),
    }[forged]
    with writing():
        actions.record(by, Event.WITNESS, of=of, sig=sig)
    assert verify.check_chain() is None
    assert where(anna) == [last.seq + 1]


def entries_text(signature):
    from waystation_web.audit.states import text

    return text(signature)


def signable(head):
    from waystation.vault.envelope import witness_context

    return witness_context(head.seq, head.hash)


def test_a_real_countersignature_holds(scene):
    _, anna, vera, _, _ = scene
    with writing():
        head = actions.witness(vera)
    assert (where(anna), queries.check_from(head)) == ([], None)
    assert queries.check_from(entries.Head(0, bytes(32))) is None


def test_an_entry_put_before_a_pin_is_found_though_the_chain_was_mended(scene):
    office, _, _, _, pin = scene
    day, last = days.kept(office.now.date()), Entry.objects.get(pk=pin.seq)
    before = Entry.objects.get(pk=pin.seq - 1)
    rebuilt(before.hash, pin.seq, b'{"at":0,"do":"vault_read"}', day, last.hour)
    assert queries.check_from(pin).seq == pin.seq


# ------------------------------------------------------------------------------------------------------- what it says
def test_all_entries_look_alike_whatever_they_say(scene):
    _, anna, _, vault, _ = scene
    with writing():
        actions.record(anna, Event.LIST_READ)
        actions.record(anna, Event.GRANTED, vault=vault, account=anna.id, second=anna.id, reason="사유" * 26)
    assert {len(entry.body) for entry in Entry.objects.all()} == {585}


def test_a_reason_that_does_not_fit_is_refused_with_the_limit_and_nothing_is_written(scene):
    _, anna, *_ = scene
    before = count()
    for reason in ("가" * 54, "x" * 161, '"' * 81):
        assert not entries.reason_fits(reason)
        with pytest.raises(ValueError, match="at most 160 bytes"), writing():
            actions.record(anna, Event.LOCKED, account=anna.id, reason=reason)
    assert entries.reason_fits("가" * 53) and count() == before


def test_more_holders_than_fit_one_entry_go_on_in_the_next(scene):
    office, anna, vera, *_ = scene
    many = [acts.member(office, f"m{number:02}") for number in range(30)]
    before = count()
    vault = acts.create(vera, holders=many)
    assert count() - before == 3
    acts.rotate(vera, vault)
    assert verify.replay(anna) == []
    Entry.objects.filter(seq=count()).update(body=bytes(585))
    assert where(anna)[-1] == count()


@pytest.mark.refuses("H-46")
def test_outside_a_transaction_nothing_is_recorded(scene):
    _, anna, *_ = scene
    before = count()
    with pytest.raises(RuntimeError, match="in the transaction of its act"):
        actions.record(anna, Event.LIST_READ)
    assert count() == before


def test_an_act_that_fails_leaves_no_entry_and_an_entry_that_fails_no_act(scene, monkeypatch):
    _, _, vera, vault, _ = scene
    before, vaults = count(), Vault.objects.count()
    with pytest.raises(Refused), writing():
        refused_after(lambda: actions.record(vera, Event.VAULT_READ, vault=vault))
    monkeypatch.setattr(actions, "append", lambda *_: (_ for _ in ()).throw(ValueError("full")))
    with pytest.raises(ValueError, match="full"):
        acts.create(vera)
    assert (count(), Vault.objects.count()) == (before, vaults)


def test_an_entry_that_says_other_than_the_row_is_not_written(scene):
    _, _, vera, vault, _ = scene
    for more in ({"version": 9}, {"digest": bytes(32)}):
        with pytest.raises(ValueError, match="right after its act"), writing():
            actions.record(vera, Event.VAULT_WRITTEN, vault=vault, **more)
    assert queries.check_from(entries.Head(0, bytes(32))) is None


def test_a_clock_set_back_is_no_forgery(scene):
    office, anna, vera, vault, _ = scene
    office.pass_time(hours=-3)
    acts.write(vera, vault, "earlier")
    assert (verify.check_chain(), verify.replay(anna)) == (None, [])


# ------------------------------------------------------------------------------------------------------ days, readers
def test_at_midnight_the_server_forgets_the_day_and_auditors_do_not(scene):
    office, anna, vera, vault, _ = scene
    file = office.installation.runtime / "audit-key"
    yesterday = file.read_bytes()
    office.pass_time(days=1)
    days.forget_old()
    assert not file.exists()
    acts.write(vera, vault, "next day")
    assert yesterday[16:48] not in file.read_bytes()
    assert len(set(Entry.objects.values_list("key", flat=True))) > 1
    assert all(line.readable for line in queries.read(anna))
    assert file.stat().st_mode & 0o777 == 0o600


def test_only_auditors_and_officers_read(scene):
    office, _, vera, *_ = scene
    auditor = acts.member(office, "rita", ["auditor"])
    with writing():
        actions.record(vera, Event.LIST_READ, count=3)
    newest = queries.read(auditor)[0]
    assert (newest.event, newest.who, newest.count, newest.readable) == (Event.LIST_READ, "vera", 3, True)
    for call in (queries.read, verify.replay):
        with pytest.raises(NotPermitted):
            call(vera)


def test_a_new_auditor_is_given_today_at_once_and_the_past_by_an_older_one(scene):
    office, anna, vera, vault, _ = scene
    office.pass_time(days=1)
    acts.write(vera, vault, "next day")
    auditor = acts.member(office, "rita", ["auditor"])
    unread = [line for line in queries.read(auditor) if not line.readable]
    assert unread and queries.read(auditor)[0].readable
    assert "were not shared with you" in verify.replay(auditor)[-1].what
    with writing():
        assert actions.share_days(anna, acts.to(auditor)) > 0
    acts.settle(auditor)
    assert all(line.readable for line in queries.read(auditor)) and verify.replay(auditor) == []
    with pytest.raises(NotPermitted), writing():
        actions.share_days(anna, acts.to(vera))
    with pytest.raises(NotPermitted), writing():
        actions.share_days(vera, acts.to(auditor))


@pytest.mark.promise("P06")
@pytest.mark.parametrize("act", ["lock", "remove"])
def test_an_auditor_who_is_locked_or_removed_reads_no_later_entry(scene, act):
    office, anna, vera, vault, _ = scene
    auditor = acts.member(office, "rita", ["auditor"])
    key = days.kept(office.now.date())
    assert key.dek in days.keys_held(auditor).values()
    getattr(people, act)(anna, auditor.id, reason="left")
    acts.write(vera, vault, "later")
    newest = Entry.objects.get(pk=count())
    assert newest.key != key.vault
    assert not Grant.objects.filter(vault_id=newest.key, principal=auditor.id).exists()
    assert verify.replay(anna) == []


def test_a_restart_that_empties_the_folder_begins_a_new_key_and_loses_nothing(scene):
    office, anna, vera, vault, _ = scene
    (office.installation.runtime / "audit-key").write_bytes(b"half")
    acts.write(vera, vault, "after")
    days.renew()
    acts.write(vera, vault, "after that")
    assert (verify.check_chain(), verify.replay(anna)) == (None, [])
    days.renew()
    with pytest.raises(Refused), writing():                # a key whose vault was never written is not used
        refused_after(days.today)
    acts.write(vera, vault, "and that")
    assert verify.replay(anna) == []


def test_a_day_whose_key_is_gone_is_named(scene):
    _, anna, *_ = scene
    key = Entry.objects.first().key
    Grant.objects.filter(vault_id=key).delete()
    Vault.objects.filter(pk=key).delete()
    assert f"vault {key.hex()}: the key of a day of the record is gone" in acts.findings(anna)


@pytest.mark.refuses("H-10")
def test_many_different_records_about_people_in_an_hour_are_a_notice(office):
    vera, anna = acts.member(office, "vera"), office.actor(office.people["anna"])
    opened = acts.queries.open_vault(vera, acts.create(vera, kind="person"))

    def read(number):
        with writing():
            actions.record_read(vera, acts.replace(opened, id=number.to_bytes(16, "big")))

    def notices():
        return [line.seq for page in range(1, queries.pages() + 1) for line in queries.read(anna, page=page)
                if line.event is Event.MANY_READ]

    for number in [*range(50), *range(50)]:
        read(number)
    assert notices() == []
    read(50)
    read(51)
    assert len(notices()) == 1
    office.pass_time(hours=1)
    for number in range(50):
        read(number)
    assert len(notices()) == 1


def test_a_refusal_is_recorded_and_before_the_recovery_key_there_is_nobody_to_tell(scene, bare_trust):
    _, anna, vera, vault, _ = scene
    with writing():
        actions.record_refusal(vera, "tag", vault=vault)
    line = queries.read(anna)[0]
    assert (line.event, line.why, line.vault, line.result) == (Event.REFUSED, "tag", vault, "refused")
    before = count()
    bare_trust()
    with writing():
        actions.record_refusal(None, "tag")
    assert count() == before


@pytest.fixture
def bare_trust(office):
    return lambda: office.installation.trust.unlink()


# ------------------------------------------------------------------------------------------------------------ at once
APPENDING = """
import sys
import django
django.setup()
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
for _ in range(int(sys.argv[1])):
    with writing():
        record(None, Event.LIST_READ, count=1)
"""


def test_eight_processes_write_one_record_without_a_gap(scene):
    office, anna, *_ = scene
    before = count()
    environment = {**os.environ, "WAYSTATION_HOME": str(office.installation.home),
                   "WAYSTATION_RUNTIME": str(office.installation.runtime),
                   "DJANGO_SETTINGS_MODULE": "waystation_web.settings"}
    children = [subprocess.Popen([sys.executable, "-c", APPENDING, "6"], env=environment) for _ in range(8)]
    assert [child.wait(60) for child in children] == [0] * 8
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, before + 49))
    assert (verify.check_chain(), verify.replay(anna)) == (None, [])
