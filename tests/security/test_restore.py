"""A restore: everything comes back with the host key or two sheets, or nothing stands there; what was destroyed stays destroyed."""

import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta

import acts
import numpy as np
import pyrage
import pytest
import world
from keeping import (
    back_up,
    clear,
    contents,
    digests,
    filled,
    honest,
    kept,
    killed,
    killed_after,
    left,
    members,
    named,
    no_room,
    packed,
    restore,
    restored,
    wish,
)

from waystation.journeys.overdue import Look, Memory, alarms
from waystation.vault.host import HostKeys
from waystation_web.audit import days, entries, reckoning
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.audit.models import Entry
from waystation_web.gateways import backups, beats, clock
from waystation_web.gateways.installation import runtime_folder
from waystation_web.journeys import watches
from waystation_web.office import Cannot, again, backing, drilling, restoring, unsealing
from waystation_web.office.locks import held
from waystation_web.vault import epochs, retention
from waystation_web.vault.models import Account, Vault

pytestmark = [pytest.mark.promise("P08"), pytest.mark.once]


@pytest.fixture
def house(office, tmp_path):
    """An office with one backup; all of its records, opened by those who may, in digests."""
    made = filled(office, tmp_path)
    made.opened = digests(made.people, made.vaults)
    assert back_up(made) == 0
    return made


@pytest.fixture
def into(tmp_path):
    place = tmp_path / "elsewhere" / "office"
    place.parent.mkdir()
    return place


def newest_head(house):
    return backups.head_of(house.installation, house.folder)


def refused(monkeypatch, house, into, words, **more):
    """It is refused with these words, and nothing is left where it would have been."""
    with pytest.raises(Cannot) as said:
        restore(monkeypatch, wish(house, into, **more))
    world._use(house.installation)
    assert words in str(said.value)
    assert left(into.parent) == []


def told(office):
    """Acts of the record that the auditor reads, with their reasons."""
    anna = office.actor(office.people["anna"])
    keys, found, previous = days.keys_held(anna), [], bytes(32)
    for entry in Entry.objects.order_by("seq"):
        if entry.key in keys:
            found.append(entries.open_body(keys[entry.key], entry, previous))
        previous = entry.hash
    return found


# ------------------------------------------------------------------------------------------------------- it comes back
def test_with_the_host_key_everything_opens_as_before(house, into, monkeypatch, capsys):
    with restored(monkeypatch, house, into, head=newest_head(house)) as (back, code):
        assert (code, digests(house.people, house.vaults)) == (0, house.opened)
        assert acts.findings(house.office.actor(house.office.people["anna"])) == []
        assert back.host_key.read_bytes() == house.installation.host_key.read_bytes()
        assert [oct(path.stat().st_mode & 0o777) for path in (into, back.host_key, back.sqlite)] == ["0o700", "0o400", "0o600"]
        assert [(one["do"], one.get("why")) for one in told(house.office)][-1] == ("restored", "2026-03-02T09:00:01Z")
    assert left(into.parent)[0] == "office" and not [one for one in left(into.parent) if one.startswith(".")]
    said = capsys.readouterr().out
    assert "Destroyed again, because it was destroyed after that: 0 records." in said
    assert f"they are sealed to:   {house.identity.to_public()}" in said    # somebody compares it: nobody signed it


@pytest.mark.refuses("H-45")
def test_with_two_sheets_and_the_escrow_alone_everything_opens_as_before(house, into, monkeypatch):
    house.installation.host_key.unlink()
    sheets = house.office.recovery.sheets()
    typed = iter([sheets[0].replace("a", "?", 1), sheets[0], sheets[2]])
    with restored(monkeypatch, house, into, host_key=None, head=newest_head(house), ask=lambda _: next(typed)) as (back, code):
        assert (code, digests(house.people, house.vaults)) == (0, house.opened)
        assert back.host_key.is_file()
        assert acts.findings(house.office.actor(house.office.people["anna"])) == []


@pytest.mark.refuses("H-45")
def test_one_sheet_brings_nothing(house, into, monkeypatch):
    sheet = house.office.recovery.sheets()[0]
    with pytest.raises(Cannot, match="two different sheets"):
        restore(monkeypatch, wish(house, into, host_key=None), ask=lambda _: sheet)
    assert left(into.parent) == []
    refused(monkeypatch, house, into, "two sheets are typed here", host_key=None)
    backups.escrow_of(house.installation, house.folder).unlink()
    refused(monkeypatch, house, into, "--escrow", host_key=None)


@pytest.mark.promise("P07")
def test_a_backup_from_before_a_change_of_the_host_key_opens_until_the_next_one(house, into, monkeypatch):
    old = kept(house)[0]
    epochs.change(lambda words: record(None, Event.HOST_KEY_CHANGED, reason=words), forget=False)
    assert backing.back_up(house.installation, only_head=True) == 0
    with restored(monkeypatch, house, into, backup=old, head=newest_head(house), with_findings=True) as (_, code):
        assert (code, digests(house.people, house.vaults)) == (0, house.opened)
        assert acts.findings(house.office.actor(house.office.people["anna"])) == []
    epochs.change(lambda words: record(None, Event.HOST_KEY_CHANGED, reason=words), forget=False)
    shutil.rmtree(into)
    refused(monkeypatch, house, into, "this host key does not open this backup", backup=old)


def test_nobody_is_signed_in_the_alarm_has_a_new_key_and_codes_are_void(house, into, monkeypatch, capsys):
    place = house.installation
    place.alarm_key.write_text(f"WAYSTATION-ALARM-KEY-1\n{'5a' * 32}\n", "ascii")
    Account.objects.filter(pk=house.people["nils"].id).update(invite=b"sealed")
    backing.back_up(place)
    sessions = runtime_folder(into.resolve()) / "sessions"
    sessions.mkdir(parents=True)
    (sessions / "somebody").write_bytes(b"of the office that was here")
    with restored(monkeypatch, house, into, head=newest_head(house), with_findings=True) as (back, code):
        assert Account.objects.exclude(invite=None).count() == 0
        assert not runtime_folder(into.resolve()).exists() and not runtime_folder(into.parent / ".office.restoring").exists()
        key = back.alarm_key.read_text("ascii")
    assert key.startswith("WAYSTATION-ALARM-KEY-1\n") and "5a5a" not in key
    assert "The alarm has a new key" in capsys.readouterr().out
    assert code == 1        # the code that is no code was found, and written down


def test_whoever_was_on_the_way_is_alarmed_for_at_once(house, into, monkeypatch, capsys):
    day = house.office.now
    with house.office.writing():
        watches.begin(house.vaults[0], [day + timedelta(hours=hours) for hours in (5, 6, 7, 8)])
    assert back_up(house) == 0
    with restored(monkeypatch, house, into, head=newest_head(house)):
        read, broken = watches.every()
        _, said = alarms(Memory(), Look(day, 0.0, read, broken, office=True))
        assert len(read) == 1 and said
    assert "1 parties were on their way" in capsys.readouterr().out


def test_every_page_says_so_for_a_week(house, into, monkeypatch):
    house.office.pass_time(hours=1)  # since the backup: what the clock says now is not what is believed
    with restored(monkeypatch, house, into) as (back, code):
        what = backups.restored(back, clock.now())
        assert code == 1 and (what.made, what.listed, what.again) == (datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC), False, 0)
        assert backups.restored(back, clock.now() + timedelta(days=6)) == what
        assert backups.restored(back, clock.now() + timedelta(days=7)) is None
        assert reckoning.believed() == what.made    # not the clock of whatever machine it was put on
        browser = house.office.sign_in(house.office.people["anna"])
        page = browser.get("/").content.decode()
        assert "2026-03-02 09:00 UTC" in page and "it is here again" in page
        assert "2026-03-02 09:00 UTC" not in house.office.client().get("/sign-in/").content.decode()


# ----------------------------------------------------------------------------------------- what was destroyed stays so: H-15
@pytest.mark.promise("P07")
@pytest.mark.refuses("H-15")
def test_what_was_destroyed_after_the_backup_is_destroyed_again_and_listed(house, into, monkeypatch, capsys):
    old = kept(house)[0]
    gone, stays = house.vaults[1], house.vaults[0]
    sealed = bytes(Vault.objects.get(pk=gone).payload)
    acts.shred(house.people["vera"], gone)
    assert backing.back_up(house.installation, only_head=True) == 0
    with restored(monkeypatch, house, into, backup=old, head=newest_head(house)) as (back, code):
        assert code == 0
        assert acts.text(house.people["vera"], gone) is None and acts.text(house.people["vera"], stays) == "first word"
        assert not list(back.files.glob("*/*"))
        assert not [name for name, content in contents(back.data).items() if sealed[:64] in content]
        assert acts.findings(house.office.actor(house.office.people["anna"])) == []
        assert [(one["do"], one.get("vault")) for one in told(house.office)][-2:] == [("restored", None), ("shredded", gone.hex())]
        assert backups.restored(back, clock.now()).again == 1
        with house.office.writing():    # the control: as many as the restore said, and not one more
            retention.drop([stays])
            record(None, Event.SHREDDED, vault=stays, reason="restored")
        assert ["before its day" in one for one in acts.findings(house.office.actor(house.office.people["anna"]))] == [True]
    assert gone.hex() in capsys.readouterr().out


@pytest.mark.refuses("H-15")
def test_without_a_head_it_is_back_and_neither_record_nor_page_is_silent(house, into, monkeypatch, capsys):
    old = kept(house)[0]
    acts.shred(house.people["vera"], house.vaults[1])
    with restored(monkeypatch, house, into, backup=old) as (back, code):
        assert code == 1 and acts.text(house.people["vera"], house.vaults[1]) == "second word"
        assert told(house.office)[-1]["why"] == "2026-03-02T09:00:01Z, no head"
        assert not backups.restored(back, clock.now()).listed
    assert "HERE AGAIN" in capsys.readouterr().err


@pytest.mark.promise("P06")
def test_whoever_was_locked_after_the_backup_does_not_come_in_again(house, into, monkeypatch, capsys):
    from waystation_web.accounts import people

    old, office = kept(house)[0], house.office
    people.lock(office.actor(office.people["bela"]), house.people["nils"].id)
    assert backing.back_up(house.installation, only_head=True) == 0
    with restored(monkeypatch, house, into, backup=old, head=newest_head(house)):
        states = {bytes(one.id): one.state for one in Account.objects.all()}
        assert states[house.people["nils"].id] == Account.State.LOCKED
        assert states[house.people["vera"].id] == Account.State.ACTIVE
        assert acts.findings(office.actor(office.people["anna"])) == []
    assert "Locked, because they were locked or removed after that: nils" in capsys.readouterr().out


def test_a_head_that_says_nothing_of_this_backup_is_refused(house, into, monkeypatch, tmp_path):
    early = tmp_path / "early-head.age"
    early.write_bytes(newest_head(house).read_bytes())
    said = json.loads(clear(early, house))

    def changed(**more):
        early.write_bytes(pyrage.encrypt(json.dumps(said | more).encode(), [house.identity.to_public()]))
        return early

    for more, words in (({"organisation": "08" * 16}, "of another office"), ({"at": "2026-03-01T09:00:00Z"}, "Give the newest one"),
                        ({"head": [3, said["head"][1]]}, "Give the newest one"), ({"head": [said["head"][0], "00"]}, "Give the newest one"),
                        ({"vaults": ""}, "days of its record are missing"), ({"vaults": "AAAA"}, "cannot be read"),
                        ({"format": 2}, "newer release")):
        refused(monkeypatch, house, into, words, head=changed(**more))
    early.write_bytes(newest_head(house).read_bytes()[:-1])
    refused(monkeypatch, house, into, "was damaged", head=early)
    refused(monkeypatch, house, into, "cannot be read", head=tmp_path / "none")


# -------------------------------------------------------------------------------------------- what is not whole is refused
def test_a_changed_byte_anywhere_is_refused_and_nothing_is_left(house, into, monkeypatch):
    (path,) = kept(house)
    whole = path.read_bytes()
    places = [*range(0, 200, 9), *range(200, len(whole), len(whole) // 11), len(whole) - 1]
    for broken in [*(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:] for at in places), whole[:-1], whole[:70_000], whole + b"x", b""]:
        path.write_bytes(broken)
        with pytest.raises(Cannot):
            restore(monkeypatch, wish(house, into))
        assert left(into.parent) == []


def without(held_in, name):
    return {one: content for one, content in held_in.items() if one != name}


def test_a_missing_table_or_file_fails_the_comparison(house, into, monkeypatch, tmp_path):
    """The control: the list is made anew to fit the members, as whoever has the public key could do."""
    (path,) = kept(house)
    whole = members(path, house)
    base = tmp_path / "base"
    for change in ('DROP TABLE "grant"', 'DELETE FROM "grant" WHERE rowid = 1', "UPDATE vault SET rotate_due = 1"):
        base.write_bytes(whole["office.sqlite3"])
        with contextlib.closing(sqlite3.connect(base)) as changed, changed:
            changed.execute(change)
        packed(path, house, honest(whole | {"office.sqlite3": base.read_bytes()}))
        refused(monkeypatch, house, into, "does not come back as it was backed up")
    file = next(name for name in whole if name.startswith("files/"))
    packed(path, house, honest(without(whole, file)))
    refused(monkeypatch, house, into, f"sealed file {file[9:]} is missing")
    packed(path, house, without(whole, file))
    refused(monkeypatch, house, into, f"member {file} is missing")
    packed(path, house, whole | {file: whole[file][:-1] + bytes([whole[file][-1] ^ 1])})
    refused(monkeypatch, house, into, "is not what it says of itself")


@pytest.mark.parametrize("name", ["../office/x", "keys/host.key", "data/office.sqlite3", "files/ab/" + "cd" * 16, "office.toml", "/etc/x"])
def test_what_no_backup_holds_is_not_laid_out(house, into, name, monkeypatch):
    (path,) = kept(house)
    whole = members(path, house)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for one, content in [("office.toml", whole["office.toml"]), (name, b"x"), ("manifest.json", whole["manifest.json"])]:
            about = tarfile.TarInfo(one)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    path.write_bytes(pyrage.encrypt(stream.getvalue(), [house.identity.to_public()]))
    refused(monkeypatch, house, into, "no backup of an office holds")


def test_a_backup_that_does_not_say_what_it_holds_is_none(house, into, monkeypatch):
    (path,) = kept(house)
    whole = members(path, house)
    packed(path, house, without(whole, "manifest.json"))
    refused(monkeypatch, house, into, "nothing in it says what it must hold")
    packed(path, house, {"manifest.json": whole["manifest.json"]} | whole)
    refused(monkeypatch, house, into, "no backup of an office holds")
    packed(path, house, whole | {"manifest.json": whole["manifest.json"].replace(b'"format": 1', b'"format": 2')})
    refused(monkeypatch, house, into, "newer release")
    path.write_bytes(pyrage.encrypt(b"", [house.identity.to_public()]))
    refused(monkeypatch, house, into, "ends in the middle")


def test_another_key_another_host_key_another_folder(house, into, monkeypatch, tmp_path):
    other = tmp_path / "other.key"
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n", "ascii")
    refused(monkeypatch, house, into, "sealed to others", key=other)
    for text, words in (("hello\n", "no file of age-keygen"), ("# nothing\n", "holds no key")):
        other.write_text(text, "ascii")
        refused(monkeypatch, house, into, words, key=other)
    refused(monkeypatch, house, into, "cannot be read", key=tmp_path / "none")
    other.write_text(HostKeys.new(house.office.now.date()).text(), "ascii")
    refused(monkeypatch, house, into, "this host key does not open this backup", host_key=other)
    other.write_text("WAYSTATION\n", "ascii")
    refused(monkeypatch, house, into, "a host key file begins with", host_key=other)
    refused(monkeypatch, house, into, "is not there", backup=tmp_path / "none")
    packed(kept(house)[0], house, honest(members(kept(house)[0], house) | {"office.toml": (
        house.installation.home / "office.toml").read_bytes().replace(b"0707", b"0808")}))
    refused(monkeypatch, house, into, "another office than its rows")


def test_a_folder_with_something_in_it_is_left_as_it_is(house, tmp_path, monkeypatch):
    for name, made in (("full", lambda place: (place.mkdir(), (place / "letter").write_text("mine", "ascii"))),
                       ("file", lambda place: place.write_text("mine", "ascii")),
                       ("link", lambda place: place.symlink_to(house.folder))):
        place = tmp_path / name
        made(place)
        before = contents(tmp_path)
        with pytest.raises(Cannot, match="is not an empty folder"):
            restore(monkeypatch, wish(house, place))
        assert contents(tmp_path) == before
    (tmp_path / "empty").mkdir()
    assert restore(monkeypatch, wish(house, tmp_path / "empty", head=newest_head(house))) == 0


def test_no_restore_under_an_open_office_and_one_at_a_time(house, into, monkeypatch):
    place = runtime_folder(into.resolve())
    beats.beat(type("Here", (), {"runtime": place})(), beats.OFFICE)
    refused(monkeypatch, house, into, "an office is open")
    shutil.rmtree(place)
    with held(into.parent / ".office.restoring.lock"), pytest.raises(Cannot, match="another restore"):
        restore(monkeypatch, wish(house, into))
    assert not into.exists()


def test_what_does_not_fit_together_is_refused_unless_it_is_accepted_and_written_down(house, into, monkeypatch):
    extra = acts.create(house.people["vera"], "lost")
    Vault.objects.filter(pk=extra).update(version=7)
    assert back_up(house) == 0
    refused(monkeypatch, house, into, "What came back does not fit together", head=newest_head(house))
    with restored(monkeypatch, house, into, head=newest_head(house), with_findings=True) as (_, code):
        assert code == 1 and "findings" in told(house.office)[-1]["why"]
        assert digests(house.people, house.vaults) == house.opened


# ---------------------------------------------------------------------------------------------------- full, killed: P09
@pytest.mark.promise("P09")
@pytest.mark.parametrize("room", [0, 5_000, 100_000, 140_000])
def test_a_full_disk_leaves_nothing(house, into, monkeypatch, room):
    with no_room(room):
        refused(monkeypatch, house, into, "", head=newest_head(house))
    assert restore(monkeypatch, wish(house, into, head=newest_head(house))) == 0


@pytest.mark.promise("P09")
@pytest.mark.parametrize(("owner", "name"), [
    (unsealing, "read_manifest"), (restoring, "_keys"), (unsealing, "compared"), (again, "examined"),
    (again.backups, "note_restored"), (restoring, "sync_folder")])
def test_killed_at_any_step_nothing_stands_under_its_name_and_the_next_one_tidies_up(house, into, monkeypatch, owner, name):
    killed(lambda: restore(monkeypatch, wish(house, into, head=newest_head(house))), owner, name)
    world._use(house.installation)
    assert not into.exists()
    with restored(monkeypatch, house, into, head=newest_head(house)) as (_, code):
        assert (code, digests(house.people, house.vaults)) == (0, house.opened)
    assert left(into.parent)[0] == "office"


def console(*arguments, said="", **environment):
    """The verb, in a process of its own, as somebody at the console has it."""
    kept_out = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    return subprocess.run([sys.executable, "-m", "waystation_web.office", *map(str, arguments)], capture_output=True, text=True, check=False,
                          input=said, env=kept_out | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")} | environment, timeout=120)


def test_from_the_console_with_sheets_that_are_typed(house, into):
    world._close()
    place, sheets = house.installation, house.office.recovery.sheets()
    done = console("backup", place.home, WAYSTATION_RUNTIME=str(place.runtime))
    # Its invented people last worked in an invented March: by the clock of this machine the office was off for long.
    assert done.returncode == 0 and done.stderr.startswith("The date is in doubt, so no older backup in ") and done.stderr.count("\n") == 1
    done = console("drill", place.home, "--key", house.key, WAYSTATION_RUNTIME=str(place.runtime))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert [one["result"] for one in backups.drills(place)] == ["passed"]
    asked = ("restore", kept(house)[-1], "--into", into, "--key", house.key)
    assert "--host-key" in console(*asked).stderr and not into.exists()
    done = console(*asked, "--sheets", "--head", newest_head(house), said=f"{sheets[0]}\n{sheets[1]}\n")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert left(into)[-2:] == ["office.toml", "trust.toml"] and not runtime_folder(into.resolve()).exists() and [path.name for path in into.parent.iterdir()] == ["office"]
    done = console("verify", into, WAYSTATION_RUNTIME=str(place.runtime))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.promise("P09")
@pytest.mark.soak
def test_killed_at_any_moment_nothing_half_stands_there(house, into, monkeypatch):
    chance = np.random.default_rng(15)
    for _ in range(30):
        killed_after(lambda: back_up(house), chance.uniform(0, 0.4))
        assert [path.name for path in kept(house) if "manifest.json" not in members(path, house)] == []
        killed_after(lambda: restore(monkeypatch, wish(house, into, head=newest_head(house))), chance.uniform(0, 0.6))
        world._use(house.installation)
        if into.exists():   # it was done before
            assert sorted(path.name for path in into.iterdir()) == ["data", "keys", "office.toml", "trust.toml"]
            shutil.rmtree(into)
        house.office.pass_time(seconds=2)
    with restored(monkeypatch, house, into, backup=kept(house)[0], head=newest_head(house)) as (_, code):
        assert (code, digests(house.people, house.vaults)) == (0, house.opened)


@pytest.mark.soak
def test_any_changed_byte_at_all_is_refused(house, into, monkeypatch):
    (path,) = kept(house)
    whole = path.read_bytes()
    for at in range(0, len(whole), 1499):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 128]) + whole[at + 1:])
        with pytest.raises(Cannot):
            restore(monkeypatch, wish(house, into))
        assert left(into.parent) == []


# ------------------------------------------------------------------------------------------------------------- the drill
def drill(monkeypatch, house, **more):
    with monkeypatch.context() as here:
        here.setattr(restoring, "opened", lambda installation, role: world._use(installation))
        for name in ("WAYSTATION_HOST_KEY", "WAYSTATION_RUNTIME", "WAYSTATION_DATABASE"):
            here.setenv(name, os.environ.get(name, ""))
        try:
            return drilling.drill(house.installation, **{"key": house.key} | more)
        finally:
            world._close()
            world._use(house.installation)


@pytest.mark.refuses("H-45")
def test_a_drill_says_whether_the_newest_backup_comes_back_and_changes_nothing(house, monkeypatch):
    world._close()
    before, beside = contents(house.installation.home), contents(house.folder)
    assert drill(monkeypatch, house) == 0
    (done,) = backups.drills(house.installation)
    assert (done["result"], done["backup"], done["files"], done["findings"]) == ("passed", kept(house)[-1].name, 2, [])
    assert done["rows"] > 20 and done["tables"] >= 7
    after = contents(house.installation.home)
    assert {name: after[name] for name in after if name != "data/drills.jsonl" and not name.startswith("run/")} == {
        name: before[name] for name in before if not name.startswith("run/")}
    assert contents(house.folder) == beside
    assert not [name for name in after if name.startswith("run/drill")]


@pytest.mark.refuses("H-45")
def test_a_drill_of_what_does_not_come_back_says_so_and_is_written_down(house, monkeypatch, capsys):
    (path,) = kept(house)
    whole = members(path, house)
    file = next(name for name in whole if name.startswith("files/"))
    for broken in (without(whole, file), honest(without(whole, file)), honest(whole | {"trust.toml": b""})):
        packed(path, house, broken)
        assert drill(monkeypatch, house) == 1
    path.write_bytes(path.read_bytes()[:-1])
    assert drill(monkeypatch, house) == 1
    assert [one["result"] for one in backups.drills(house.installation)] == ["failed"] * 4
    assert all(one["findings"] for one in backups.drills(house.installation))
    assert "NOT come back" in capsys.readouterr().out


def test_a_drill_needs_a_backup_and_memory(house, monkeypatch, tmp_path):
    monkeypatch.setattr(drilling, "ROOM", 1 << 40)
    with pytest.raises(Cannot, match="has room for"):
        drill(monkeypatch, house)
    monkeypatch.setattr(drilling.safety, "in_memory", lambda folder: False)
    with pytest.raises(Cannot, match="in memory"):
        drill(monkeypatch, house)
    house.installation = named(house.office, [tmp_path / "unplugged"], list(house.installation.backup_keys))
    with pytest.raises(Cannot, match="there is no backup"):
        drill(monkeypatch, house)
    assert backups.drills(house.installation) == ()
