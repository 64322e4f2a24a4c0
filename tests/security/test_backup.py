"""A backup: whole, sealed to keys that are not here, in every folder or named as missing; never a key of ours in it."""

import io
import sqlite3
import tarfile
import tomllib
import tracemalloc
from datetime import timedelta

import acts
import pyrage
import pytest
import world
from keeping import back_up, clear, contents, filled, kept, killed, left, members, named, no_room

from waystation.vault import escrow
from waystation_web.gateways import backups, clock, runtime
from waystation_web.office import Cannot, backing, heads, snapshots, targets
from waystation_web.office.archive import Member, Packing, Unpacking, Unsteady
from waystation_web.office.locks import held
from waystation_web.vault.models import Vault

pytestmark = [pytest.mark.promise("P08"), pytest.mark.once]


@pytest.fixture
def house(office, tmp_path):
    return filled(office, tmp_path)


def test_everything_is_in_it_and_no_key_of_ours(house):
    place = house.installation
    place.alarm_key.write_text(f"WAYSTATION-ALARM-KEY-1\n{'5a' * 32}\n", "ascii")
    session = runtime.folder(place, "sessions") / "somebody"
    session.write_bytes(b"sealed session" * 9)
    assert back_up(house) == 0
    (path,) = kept(house)
    held_in = members(path, house)
    files = {f"files/{one.hex()[:2]}/{one.hex()}" for one in house.files}
    assert set(held_in) == {"office.toml", "trust.toml", "office.sqlite3", "manifest.json"} | files
    assert {name: held_in[name] for name in files} == {name: (place.data / name).read_bytes() for name in files}
    assert held_in["trust.toml"] == place.trust.read_bytes()
    host = [line.split()[2] for line in place.host_key.read_text("ascii").splitlines()[1:]]
    ours = [*(key.encode() for key in host), *map(bytes.fromhex, host), b"5a" * 32, b"\x5a" * 32, session.read_bytes(),
            (place.runtime / "audit-key").read_bytes()[16:48], b"WAYSTATION-HOST-KEY"]
    written = [clear(path, house), *contents(house.folder).values()]
    assert not [key for key in ours for content in written if key in content]


def test_what_lies_outside_is_sealed_alone(house):
    """No page of a database, no header of a tar, no id of a record can be read where the backups lie."""
    assert back_up(house) == 0
    seen = b"".join(contents(house.folder).values())
    words = [b"SQLite format 3", b"ustar", b"trust.toml", b"manifest", *house.vaults, *house.files]
    assert not [word for word in words if word in seen]
    assert left(runtime.folder(house.installation, "backup")) == []


def test_without_a_key_or_a_folder_nothing_is_made(house):
    office = house.office
    for folders, keys, words in (([house.folder], [], "age-keygen"), ([], [str(house.identity.to_public())], "no folder"),
                                 ([house.folder], [str(house.identity.to_public()), "age1nothing"], "key 2 of backup_keys")):
        with pytest.raises(Cannot, match=words):
            backing.back_up(named(office, folders, keys))
        assert left(house.folder) == []


def test_each_of_several_keys_opens_it_alone(house):
    second = pyrage.x25519.Identity.generate()
    house.installation = named(house.office, [house.folder], [str(house.identity.to_public()), str(second.to_public())])
    assert back_up(house) == 0
    for path in (*kept(house), backups.head_of(house.installation, house.folder)):
        assert pyrage.decrypt(path.read_bytes(), [second]) == clear(path, house)
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.generate()])


def test_a_folder_that_is_not_there_is_named_and_the_others_take_it(house, tmp_path, capsys):
    gone = tmp_path / "unplugged"
    house.installation = named(house.office, [gone, house.folder], list(house.installation.backup_keys))
    assert back_up(house) == 1
    assert f"NOT in {gone}: there is no such folder: is its disk mounted?" in capsys.readouterr().err
    assert not gone.exists() and len(kept(house)) == 1
    house.folder.rename(tmp_path / "unplugged too")
    before = backups.newest(house.installation)
    with pytest.raises(Cannot, match="No folder took the backup"):
        back_up(house)
    assert backups.newest(house.installation) == before


def test_a_folder_on_the_same_disk_is_warned_about(house, capsys):
    near = house.installation.home.parent / "near"
    near.mkdir()
    house.installation = named(house.office, [near], list(house.installation.backup_keys))
    assert back_up(house) == 0
    assert f"{near} is on the same disk as the office" in capsys.readouterr().err


def test_four_weeks_are_kept_and_each_deletion_is_said(house, capsys):
    now = house.office.now
    days = {age: house.folder / backups.name_of(house.installation, now - timedelta(days=age)) for age in (60, 29, 27)}
    others = [house.folder / "office-08080808-20200101T000000Z.age", house.folder / "letter.age"]
    for path in (*days.values(), *others):
        path.write_bytes(b"older")
    assert back_up(house) == 0
    assert [path.exists() for path in (*days.values(), *others)] == [False, False, True, True, True]
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Deleted")]
    assert said == [f"Deleted, older than 28 days: {days[age]}" for age in (60, 29)]


def test_the_last_one_stays_however_old_it_is(house, monkeypatch):
    assert back_up(house) == 0
    (only,) = kept(house)
    house.office.pass_time(days=400)
    backing._thin(house.installation, house.folder, clock.now())
    assert kept(house) == [only]
    monkeypatch.setattr(targets.Targets, "keep", lambda self: (_ for _ in ()).throw(targets.NoTarget(28, "full")))
    with pytest.raises(Cannot):
        back_up(house)
    assert kept(house) == [only]


def test_a_file_destroyed_while_it_is_read_is_in_no_backup(house, monkeypatch):
    taken, shredded = snapshots._sqlite, []

    def meanwhile(*arguments):
        snapshot = taken(*arguments)
        if not shredded:
            shredded.append(acts.shred(house.people["vera"], house.vaults[1]))
        return snapshot

    monkeypatch.setattr(snapshots, "_sqlite", meanwhile)
    assert back_up(house) == 0
    (path,) = kept(house)
    held_in = members(path, house)
    assert not [name for name in held_in if name.startswith("files/")]
    assert house.vaults[1] not in held_in["office.sqlite3"] and house.vaults[0] in held_in["office.sqlite3"]


def test_a_file_that_is_gone_for_good_makes_no_backup(house):
    next(house.installation.files.glob("*/*")).unlink()
    with pytest.raises(Cannot, match="3 times while it was read"):
        back_up(house)
    assert left(house.folder) == []


def test_memory_does_not_grow_with_the_files(tmp_path):
    size = 24 << 20

    class Long:
        left = size

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def read(self, count):
            count = min(count, self.left)
            self.left -= count
            return bytes(count)

    packing = Packing([Member("office.sqlite3", Long, lambda: size), Member("manifest.json", io.BytesIO, lambda: 0)])
    unpacking = Unpacking(lambda name: tmp_path / name)
    tracemalloc.start()
    try:
        while piece := packing.read(8192):
            unpacking.write(piece)
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()
    unpacking.close()
    assert (tmp_path / "office.sqlite3").stat().st_size == size
    assert unpacking.said == packing.said


@pytest.mark.parametrize("said", [9, 11])
def test_a_member_that_grew_or_shrank_is_not_packed(tmp_path, said):
    (tmp_path / "one").write_bytes(b"ten bytes.")
    packing = Packing([Member("office.toml", lambda: (tmp_path / "one").open("rb"), lambda: said)])
    with pytest.raises(Unsteady):
        packing.read()
    assert isinstance(packing.why, Unsteady)


# ---------------------------------------------------------------------------------------------------- what lies beside it
def test_what_lives_now_is_written_and_as_long_as_the_next_step(house):
    house.office.person(roles={"finance"}, handle="lena")
    assert backing.back_up(house.installation, only_head=True) == 0
    assert left(house.folder) == ["office-07070707-head.age"]
    path = backups.head_of(house.installation, house.folder)
    head = heads.opened(path, [house.identity])
    assert head.vaults == {bytes(one) for one in Vault.objects.values_list("id", flat=True)}
    assert head.accounts[house.people["vera"].id] == 1 and len(head.accounts) == 5
    assert len(clear(path, house)) == 65_536
    first = path.read_bytes()
    acts.shred(house.people["nils"], house.vaults[2])
    assert back_up(house) == 0
    assert path.read_bytes() != first
    assert house.vaults[2] not in heads.opened(path, [house.identity]).vaults


def test_the_host_key_lies_beside_it_for_two_sheets_and_is_not_written_again(house, capsys):
    text = house.installation.host_key.read_text("ascii")
    assert back_up(house) == 0
    path = backups.escrow_of(house.installation, house.folder)
    assert path.is_file()
    data = path.read_bytes()
    assert escrow.opened(data, house.installation.organisation_id, house.office.recovery) == text
    assert back_up(house) == 0
    assert path.read_bytes() == data
    path.unlink()
    house.installation.host_key.unlink()
    assert back_up(house) == 1
    assert "two sheets bring nothing back" in capsys.readouterr().err
    assert len(kept(house)) == 3 and not path.exists()


# ------------------------------------------------------------------------------------------ full, busy, killed: P09, T13, T14
def whole(path, house):
    """Whether a backup opens and ends with its list."""
    try:
        return "manifest.json" in members(path, house)
    except (OSError, pyrage.DecryptError, tarfile.TarError):
        return False


def untouched(house, before):
    """What was there is as it was, and nothing stands under a name that is not whole."""
    now = contents(house.folder)
    assert {name: now.get(name) for name in before} == before
    assert [path.name for path in kept(house) if not whole(path, house)] == []
    assert not [name for name, content in now.items() if b"SQLite format 3" in content or b"ustar" in content]


@pytest.mark.promise("P09")
@pytest.mark.parametrize("room", [0, 60_000, 150_000, 240_000])
def test_a_full_disk_leaves_the_older_backup_and_no_half_one(house, room):
    assert back_up(house) == 0
    before = contents(house.folder)
    with no_room(room), pytest.raises(Cannot):
        back_up(house)
    untouched(house, before)
    assert left(house.folder) == sorted(before)
    assert left(runtime.folder(house.installation, "backup")) == []
    assert back_up(house) == 0
    assert len(kept(house)) == 2


@pytest.mark.promise("P09")
@pytest.mark.parametrize(("owner", "name", "call"), [
    (snapshots.tables, "seen", 1), (targets.Targets, "write", 3), (targets, "_digest_of", 1), (targets, "sync_folder", 1),
    (backups, "note_backup", 1), (backing, "_head", 1), (backing, "_thin", 1)])
def test_killed_at_any_step_the_older_backup_stays_and_the_next_one_tidies_up(house, owner, name, call):
    assert back_up(house) == 0
    before = {one: content for one, content in contents(house.folder).items() if "head" not in one}
    killed(lambda: back_up(house), owner, name, call=call)
    untouched(house, before)
    assert heads.opened(backups.head_of(house.installation, house.folder), [house.identity]).vaults
    house.office.pass_time(seconds=5)
    assert back_up(house) == 0
    assert not [one for one in left(house.folder) if one.startswith(".")]
    assert left(runtime.folder(house.installation, "backup")) == []


@pytest.mark.promise("P09")
def test_a_busy_database_is_waited_for_and_then_refused(house, monkeypatch):
    writer = sqlite3.connect(house.installation.sqlite, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert back_up(house) == 0      # whoever writes is in nobody's way
    writer.rollback()
    writer.close()
    world._close()
    monkeypatch.setattr(snapshots, "BUSY_SECONDS", 0)
    writer = sqlite3.connect(house.installation.sqlite, isolation_level=None)
    writer.execute("PRAGMA locking_mode=EXCLUSIVE")
    writer.execute("BEGIN EXCLUSIVE")
    before = contents(house.folder)
    with pytest.raises(Cannot, match=r"busy|could not be copied"):
        back_up(house)
    writer.rollback()
    writer.close()
    assert contents(house.folder) == before


def test_one_backup_at_a_time(house):
    with held(runtime.folder(house.installation, "locks") / "backup"), pytest.raises(Cannot, match="another backup"):
        back_up(house)
    assert back_up(house) == 0


def test_what_reads_back_otherwise_is_not_kept(house, monkeypatch):
    monkeypatch.setattr(targets, "_digest_of", lambda path: "00")
    with pytest.raises(Cannot, match="reads back otherwise"):
        back_up(house)
    assert left(house.folder) == []


def test_a_damaged_database_is_not_backed_up_over_good_ones(house):
    world._close()
    with sqlite3.connect(house.installation.sqlite) as base:
        base.execute("PRAGMA writable_schema=ON")
        base.execute("UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'watch'")
    base.close()
    with pytest.raises(Cannot):
        back_up(house)
    assert left(house.folder) == []


# ------------------------------------------------------------------------------------------------------- how old it is
def test_people_are_told_after_two_days_and_a_demonstration_is_not(house):
    place = house.installation
    assert backups.overdue(place, clock.now()) == -1
    assert back_up(house) == 0
    assert backups.newest(place) == clock.now()
    for days, said in ((0, None), (2, None), (3, 3)):
        assert backups.overdue(place, clock.now() + timedelta(days=days)) == said
    (place.data / "backup.json").write_text("{", "ascii")
    assert backups.overdue(place, clock.now()) == -1
    nowhere = named(house.office, [], [])
    assert nowhere.demonstration and backups.overdue(nowhere, clock.now()) is None


def test_an_officer_is_told_on_every_page_and_nobody_before_signing_in(house):
    office, anna = house.office, house.office.people["anna"]
    browser = office.sign_in(anna)
    assert "There is no backup of this office" in browser.get("/people/").content.decode()
    assert back_up(house) == 0
    page = browser.get("/people/").content.decode()
    assert "no backup of this office" not in page and "nobody has tried whether a backup comes back" in page
    backups.note_drill(house.installation, {"at": backups.said(clock.now()), "result": "passed"})
    assert "whether a backup comes back" not in browser.get("/people/").content.decode()
    office.pass_time(days=3)
    assert "backup" not in office.client().get("/sign-in/").content.decode()
    assert "Days since the last backup: 3." in office.sign_in(anna).get("/people/").content.decode()


@pytest.mark.refuses("H-45")
def test_a_drill_is_due_after_three_months_and_one_that_failed_is_none(house):
    place, now = house.installation, clock.now()
    assert not backups.drill_due(place, now)    # there is no backup to try
    assert back_up(house) == 0
    for result, said in (("failed", True), ("passed", False)):
        backups.note_drill(place, {"at": backups.said(now), "result": result})
        assert backups.drill_due(place, now + timedelta(days=92)) is said
    assert backups.drill_due(place, now + timedelta(days=93))
    (place.data / "drills.jsonl").write_text('{"at": 7, "result": "passed"}\nnothing\n', "ascii")
    assert backups.drill_due(place, now)


def test_before_there_is_a_recovery_key_nothing_is_backed_up(house):
    house.installation.trust.rename(house.installation.home / "elsewhere")
    with pytest.raises(Cannot, match="finish the set-up"):
        back_up(house)


def test_a_file_that_cannot_be_read_makes_no_backup(house):
    path = next(house.installation.files.glob("*/*"))
    path.unlink()
    path.mkdir()
    with pytest.raises(Cannot, match="cannot be read"):
        back_up(house)
    assert left(house.folder) == []


def test_the_password_of_a_database_is_in_no_backup(house):
    path = house.installation.home / "office.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('database = ""', 'database = "host=/run/pg dbname=office password=\'a secret\'"'), "utf-8")
    said = tomllib.loads(backing._settings(house.installation).decode("utf-8"))
    assert said == tomllib.loads(path.read_text("utf-8")) | {"database": "dbname=office host=/run/pg"}
    path.write_text(text, "utf-8")
    assert backing._settings(house.installation) == text.encode()
