"""A change of the host key: cut short at every row and step, everything opens, nothing is half done, and it goes on."""

import os
import sqlite3
from datetime import date

import acts
import forgetting as house
import pytest
from django.db import OperationalError, connection

from waystation.access import TYPES
from waystation.evidence.chain import GENESIS
from waystation.vault.host import HostKeys
from waystation.vault.recovery import Recovery, public_text
from waystation_web.accounts import actions as accounts
from waystation_web.accounts import codes
from waystation_web.audit import verify
from waystation_web.gateways import backups, overwriting
from waystation_web.vault import epochs, escrows, host, layers, people, queries, trust
from waystation_web.vault.errors import Refused
from waystation_web.vault.labels import read_factors, read_invite, read_label
from waystation_web.vault.models import Account, Grant
from waystation_web.vault.verify import check_rows

pytestmark = pytest.mark.promise("P07")


class Cut(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(epochs, "LINGER_SECONDS", 0)
    monkeypatch.setattr(epochs, "LOG_SECONDS", 0)


@pytest.fixture
def world(office):
    house.with_folders(office)
    vera, nils = acts.member(office, "vera"), acts.member(office, "nils")
    acts.create(vera, holders=[nils])
    office.invited = house.invited(office)
    return office


def keys_of(office):
    return HostKeys.parse(office.installation.host_key.read_text("ascii"))


# ------------------------------------------------------------------------------------------------------- what it changes
def test_each_purpose_of_the_layer_has_its_rows(world):
    """A new column under the host key that no change knows of would be lost with the older key."""
    assert {layer.purpose for layer in layers.LAYERS} == host.PURPOSES
    assert {layer.purpose for layer, *_ in house.sealed_values()} == host.PURPOSES


@pytest.mark.promise("P09")
def test_everything_opens_afterwards_and_two_sheets_bring_the_new_key(world):
    before, anna = house.insides(), world.people["anna"]
    done = house.change()
    now = house.whole(world, before)
    assert (done.epoch, done.held, done.ended, done.broken, done.resumed) == (2, (2,), (1,), {}, False)
    assert (now.epochs, done.rows >= len(before)) == ((2,), True)
    account = Account.objects.get(pk=anna.id)
    assert read_label(account).handle == "anna" and read_factors(account).any
    row, code = world.invited
    assert read_invite(Account.objects.get(pk=row)).digest == codes.digest(code)
    actor = world.actor(anna)
    assert (check_rows(), verify.check_chain(), verify.replay(actor)) == ([], None, [])
    assert os.stat(world.installation.host_key).st_mode & 0o777 == 0o400


def test_a_gradual_change_keeps_one_older_key_and_the_next_one_ends_it(world):
    before = house.insides()
    first = house.change(forget=False)
    assert (first.held, first.ended, house.of_epochs()) == ((1, 2), (), {2})
    second = house.change(forget=False)
    assert (second.held, second.ended) == ((2, 3), (1,))
    assert house.whole(world, before).epochs == (2, 3)
    assert house.change().held == (4,)
    assert house.whole(world, before).epochs == (4,)


def test_what_was_done_stands_in_the_record(world):
    house.change()
    anna = world.actor(world.people["anna"])
    assert verify.replay(anna) == []
    told = [entry for entry in _bodies(anna) if entry.get("do") == "host_key_changed"]
    assert [entry["why"] for entry in told] == ["host key 2 began", "host keys before 2 were destroyed"]


def _bodies(actor):
    from waystation_web.audit import days, entries
    from waystation_web.audit.models import Entry

    keys = days.keys_held(actor)
    previous, found = GENESIS, []
    for entry in Entry.objects.order_by("seq"):
        if entry.key in keys:
            found.append(entries.open_body(keys[entry.key], entry, previous))
        previous = entry.hash
    return found


# ------------------------------------------------------------------------------------------------------------ cut short
@pytest.mark.promise("P09")
def test_cut_short_after_every_single_row_it_goes_on_and_everything_opens(world, monkeypatch):
    real, before = layers._renewed, house.insides()
    count = len(before)
    for stop in range(count):
        left = [stop]

        def cut(*given, left=left):
            if not left[0]:
                raise Cut
            left[0] -= 1
            return real(*given)

        monkeypatch.setattr(layers, "_renewed", cut)
        with pytest.raises(Cut):
            house.change(forget=stop % 2 == 0, batch=1)
        assert len(keys_of(world).epochs) == 2 and house.of_epochs() <= set(keys_of(world).epochs)
        assert house.insides().items() >= before.items()
        monkeypatch.setattr(layers, "_renewed", real)
        done = house.change(forget=False, batch=3)
        assert done.resumed and house.of_epochs() == {done.epoch}
        assert house.insides().items() >= before.items()
    assert house.change().held == (count + 2,)
    house.whole(world, before)


@pytest.mark.promise("P09")
@pytest.mark.parametrize("what", ["disk", "database"])
def test_with_a_full_disk_or_a_busy_database_at_any_step_nothing_is_half_and_it_goes_on(world, monkeypatch, what):
    before, step = house.insides(), 0
    place, name = (os, "fsync") if what == "disk" else (layers, "writing")
    real, failed = getattr(place, name), 0
    while True:
        left = [step]

        def fails(*given, left=left):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device") if what == "disk" else OperationalError("database is locked")
            return real(*given)

        with monkeypatch.context() as here:
            here.setattr(place, name, fails)
            if what == "database":
                here.setattr(epochs, name, fails)
            try:
                house.change(batch=9)
                break
            except (epochs.Unkept, OSError, OperationalError):
                failed += 1
        assert len(keys_of(world).epochs) <= 2 and house.of_epochs() <= set(keys_of(world).epochs)
        assert house.insides().items() >= before.items()
        step += 1
    assert failed == step >= 9
    house.whole(world, before)


def test_a_folder_that_does_not_take_the_escrow_stops_it_before_any_row(world):
    far = world.installation.backups[1]
    far.rmdir()
    values, text = house.sealed_values(), world.installation.host_key.read_text("ascii")
    with pytest.raises(epochs.Unkept, match=r"cannot be kept in .*/far .*mount the folder"):
        house.change()
    assert (house.sealed_values(), world.installation.host_key.read_text("ascii")) == (values, text)
    far.mkdir()
    assert house.change().held == (2,)


def test_an_escrow_that_reads_back_otherwise_stops_it_too(world, monkeypatch):
    real, values = overwriting._settle, house.sealed_values()

    def rots(folder):
        real(folder)
        for path in folder.glob("*.escrow"):
            path.write_bytes(path.read_bytes()[:-1])

    monkeypatch.setattr(overwriting, "_settle", rots)
    with pytest.raises(epochs.Unkept, match="does not read back"):
        house.change()
    assert house.sealed_values() == values and keys_of(world).epochs == (1,)


@pytest.mark.parametrize("lacks", ["folders", "recovery"])
def test_without_a_folder_or_a_recovery_key_nothing_is_begun(world, lacks):
    values = house.sealed_values()
    if lacks == "recovery":
        world.installation.trust.chmod(0o600)
        text = world.installation.trust.read_text("ascii")
        world.installation.trust.write_text(text[:text.index("[recovery]")], "ascii")
    else:
        object.__setattr__(world.installation, "backups", ())
    with pytest.raises(epochs.Unkept, match="write backups =" if lacks == "folders" else "no recovery key"):
        house.change()
    assert house.sealed_values() == values and keys_of(world).epochs == (1,)


def test_two_changes_at_once_and_a_backup_beside_one_are_refused(world):
    with escrows.alone():
        for act in (house.change, escrows.keep_present):
            with pytest.raises(epochs.Unkept, match="being changed by another process"):
                act()
    assert {path.parent for path in escrows.keep_present()} == set(world.installation.backups)


def test_a_database_that_somebody_else_writes_to_is_waited_for_and_then_refused(world):
    if connection.vendor != "sqlite":
        pytest.skip("a lock of SQLite's; PostgreSQL's own is tried by the step above")
    before = house.insides()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(world.installation.sqlite, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(OperationalError):
            house.change()
    finally:
        other.rollback()
        other.close()
    assert keys_of(world).epochs == (1,)
    house.change()
    house.whole(world, before)


# ------------------------------------------------------------------------------------------- while people are at work
def test_words_that_were_stretched_meanwhile_get_under_the_new_key_or_are_refused(world, monkeypatch):
    anna = world.people["anna"]
    slot = people.seal_slot(anna.id, world.keys(anna), anna.words)
    house.change(forget=False)
    assert host.epoch_of(people.slot_now(anna.id, slot)) == 2
    house.change()
    with pytest.raises(Refused, match="epoch"):
        people.slot_now(anna.id, slot)
    real = people.seal_slot

    def meanwhile(*given):
        made = real(*given)
        house.change(forget=False)
        return made

    monkeypatch.setattr(people, "seal_slot", meanwhile)
    actor = world.actor(anna)
    drawn = accounts.draw_words(actor)
    accounts.change_words(actor, token=drawn.token, typed=drawn.shown)
    assert house.of_epochs() == {keys_of(world).current}
    assert people.open_with_words(Account.objects.get(pk=anna.id), drawn.shown) == world.keys(anna)


def test_a_list_that_is_read_while_the_key_changes_opens(world, monkeypatch):
    """It began with the older key in its hand; the rows that it comes to are of the new one."""
    vesna = acts.member(world, "vesna")
    vault, held = acts.create(vesna), [host.host_keys()]
    house.change()
    real = queries.host_keys
    monkeypatch.setattr(queries, "host_keys", lambda: held.pop() if held else real())
    refused = []
    assert [one.id for one in queries.open_all(vesna, TYPES["note"], refused=refused)] == [vault]
    assert refused == []


@pytest.mark.parametrize("what", ["row", "key"])
def test_what_somebody_writes_at_the_last_moment_stops_it_and_nothing_is_lost(world, monkeypatch, what):
    before, real, calls = house.insides(), escrows.keep, []

    def meanwhile(text):
        calls.append(text)
        laid = real(text)
        if len(calls) == 2 and what == "row":  # the older key is to be destroyed, and somebody's row needs it
            one = Account.objects.get(pk=world.people["anna"].id)
            inner = before["slot", one.id]
            Account.objects.filter(pk=one.id).update(slot=older.seal(inner, "slot", one.id))
        elif len(calls) == 2:
            host.put(host.host_keys().next(date(2026, 3, 3)))
        return laid

    older = keys_of(world)
    monkeypatch.setattr(escrows, "keep", meanwhile)
    with pytest.raises(epochs.Stopped, match="under the older host key meanwhile" if what == "row" else "Somebody else changed"):
        house.change()
    monkeypatch.undo()
    assert house.insides().items() >= before.items()
    if what == "row":
        assert keys_of(world).epochs == (1, 2)
        monkeypatch.setattr(epochs, "LINGER_SECONDS", 0)
        house.change()
        house.whole(world, before)


# ------------------------------------------------------------------------------------------------- rows that do not fit
def test_a_row_that_opens_under_no_key_is_named_and_left_and_the_others_go_on(world):
    before = house.insides()
    broken = [Grant.objects.first(), Grant.objects.last()]
    for grant in broken:
        damaged = grant.wrap[:-1] + bytes([grant.wrap[-1] ^ 1])
        Grant.objects.filter(vault_id=grant.vault_id, principal=grant.principal).update(wrap=damaged)
    done = house.change(batch=1)
    names = {f"grant of vault {grant.vault_id.hex()} to {grant.principal.hex()}" for grant in broken}
    assert done.broken.keys() == names and done.held == (2,)
    assert set(done.broken.values()) == {"is of host key 1 and does not open (tag)"}
    left = {("grant", grant.vault_id, grant.version, grant.principal) for grant in broken}
    assert {key: value for key, value in _opening().items() if key in before} == {
        key: value for key, value in before.items() if key not in left}
    assert {one.where for one in check_rows()} == names


def _opening():
    now, found = host.host_keys(), {}
    for layer, row, value in house.sealed_values():
        try:
            found[layer.purpose, *row] = now.unseal(value, layer.purpose, *layer.bound(*row))
        except Refused:
            continue
    return found


@pytest.mark.parametrize("whose", ["older", "another"])
def test_an_older_or_another_host_key_begins_nothing(world, whose):
    old = world.installation.host_key.read_text("ascii")
    house.change(forget=False)
    layers.renew(keys_of(world))
    values, path = house.sealed_values(), world.installation.host_key
    path.chmod(0o600)
    path.write_text(old if whose == "older" else HostKeys.new(date(2026, 3, 2)).text(), "ascii")
    one = Account.objects.first()  # an attacker's or a restore's mixture: one label of the older key
    Account.objects.filter(pk=one.id).update(label=HostKeys.parse(old).seal(b"x" * 512, "label", one.id))
    with pytest.raises(epochs.Stopped, match="newer host key" if whose == "older" else "another office"):
        house.change()
    assert path.read_text("ascii") in {old, path.read_text("ascii")} and len(house.sealed_values()) == len(values)
    assert keys_of(world).current == 1


def test_rows_of_an_older_or_an_unknown_key_are_named_by_verify(world, monkeypatch):
    real, left = layers._renewed, [4]

    def cut(*given):
        left[0] -= 1
        if left[0] < 0:
            raise Cut
        return real(*given)

    monkeypatch.setattr(layers, "_renewed", cut)
    with pytest.raises(Cut):
        house.change(batch=1)
    monkeypatch.undo()
    older = [one for one in check_rows() if "is of host key 1, not 2" in one.what]
    assert len(older) == sum(host.epoch_of(value) == 1 for *_, value in house.sealed_values()) > 5
    assert all("forget-now" in one.what for one in older)
    wrap = Grant.objects.first()
    Grant.objects.filter(vault_id=wrap.vault_id, principal=wrap.principal).update(wrap=wrap.wrap[:1] + b"\0\0\0\x09" + wrap.wrap[5:])
    named = [one.what for one in check_rows() if wrap.vault_id.hex() in one.where and wrap.principal.hex() in one.where]
    assert named == ["does not open under the host key (epoch)"]


# ----------------------------------------------------------------------------------------------------- escrows and notes
def test_an_escrow_is_current_or_not_without_any_sheet(world):
    near, far = world.installation.backups
    assert escrows.lying(world.installation) == {near: None, far: None}
    escrows.keep_present()
    assert escrows.lying(world.installation) == {near: True, far: True}
    kept = backups.escrow_of(world.installation, near).read_bytes()
    house.change()
    backups.escrow_of(world.installation, near).write_bytes(kept)
    assert escrows.lying(world.installation) == {near: False, far: True}
    assert escrows.keep_present() and escrows.lying(world.installation) == {near: True, far: True}
    fresh = Recovery.new()
    trust.change_recovery(public_text(fresh), fresh.public.words)     # the escrow still opens with the former sheets alone
    assert escrows.lying(world.installation) == {near: False, far: False}
    notes = (world.installation.home / "epochs.json").read_bytes()
    assert not any(secret.encode() in notes for secret in world.installation.host_key.read_text("ascii").split() if len(secret) == 64)


def test_a_host_key_that_was_left_beside_by_a_crash_is_destroyed(world):
    left = world.installation.host_key.with_name(".host.key.new")
    left.write_text(world.installation.host_key.read_text("ascii"), "ascii")
    held = os.open(left, os.O_RDONLY)
    old = os.open(world.installation.host_key, os.O_RDONLY)
    size = left.stat().st_size
    house.change()
    assert not left.exists()
    assert os.read(held, size) == os.read(old, size) == bytes(size)
    os.close(held)
    os.close(old)
