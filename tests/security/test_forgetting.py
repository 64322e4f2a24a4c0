"""What was destroyed: gone from the live files at once, and from every backup when the host key of that day is gone."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace

import acts
import forgetting as house
import pytest
import world as invented
from django.conf import settings
from django.db import connection

from waystation.access import Kind
from waystation_web.gateways import backups, clock
from waystation_web.office import Cannot, doctor_keys, forgetting
from waystation_web.vault import epochs, files, host, people, queries
from waystation_web.vault.errors import Refused
from waystation_web.vault.models import File, Grant, Vault
from waystation_web.vault.verify import check_rows

pytestmark = pytest.mark.promise("P07")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(epochs, "LINGER_SECONDS", 0)
    monkeypatch.setattr(epochs, "LOG_SECONDS", 0)


@pytest.fixture
def world(office):
    return house.with_folders(office)


def keys_of(office):
    """As the office reads them: once more if the file was exchanged meanwhile, since its old bytes are written over."""
    assert office.installation == settings.INSTALLATION
    return host.host_keys()


# ------------------------------------------------------------------------------------------------ backups of before
class Backup:
    """A copy of the database and its files, and what opens in it with a host key and somebody's own keys."""

    def __init__(self, office, name):
        self.office, self.home = office, office.installation.home.parent / name
        (self.home / "keys").mkdir(parents=True)
        connection.close()
        shutil.copytree(office.installation.data, self.home / "data")
        for file in ("office.toml", "trust.toml"):
            shutil.copy(office.installation.home / file, self.home / file)

    def opens(self, host_key, actor, vault):
        """What a vault says, from this backup, with this host key: the text, or which check refused."""
        place = self.home / "keys" / "host.key"
        place.write_text(host_key, "ascii")
        invented._use(replace(self.office.installation, home=self.home, host_key=place, backups=()))
        try:
            return acts.text(actor, vault)
        except Refused as why:
            return why.kind
        finally:
            connection.close()
            place.unlink()
            invented._use(self.office.installation)


@pytest.mark.refuses("H-41")
def test_a_backup_opens_what_was_destroyed_until_the_host_key_is_and_not_afterwards(world):
    if connection.vendor != "sqlite":
        pytest.skip("the copy is one of SQLite's file; PostgreSQL promises less, and says so")
    vera = acts.member(world, "vera")
    vault, kept, other = acts.create(vera, "a river"), acts.create(vera, "stays"), acts.create(vera, "a house")
    backup, old = Backup(world, "before"), keys_of(world).text()
    world.pass_time(minutes=1)
    acts.shred(vera, vault)
    shredded = clock.now()
    assert acts.text(vera, vault) is None
    assert backup.opens(old, vera, vault) == "a river"                 # the certificate does not say otherwise
    assert "Backups made before still open it" in epochs.certificate(shredded).words()
    world.pass_time(days=1)
    house.change(forget=False)
    assert backup.opens(keys_of(world).text(), vera, vault) == "a river"
    assert epochs.certificate(shredded).since is None
    later = Backup(world, "later")
    acts.shred(vera, other)
    assert later.opens(house.escrowed(world), vera, other) == "a house"
    world.pass_time(days=1)
    house.change()
    assert epochs.certificate(shredded).since == clock.now()
    assert later.opens(keys_of(world).text(), vera, other) == later.opens(house.escrowed(world), vera, other) == "epoch"
    assert backup.opens(keys_of(world).text(), vera, vault) == "epoch"
    assert backup.opens(house.escrowed(world), vera, vault) == "epoch"   # two sheets, and the escrow there is
    assert backup.opens(house.escrowed(world, 1), vera, vault) == "epoch"
    assert backup.opens(old, vera, vault) == "a river"                 # the control: it was the host key alone
    assert acts.text(vera, kept) == "stays"


def test_two_gradual_changes_do_it_too_and_what_is_destroyed_later_waits_for_the_next(world):
    moments = []
    for _ in range(3):
        moments.append(clock.now())
        world.pass_time(hours=1)
        house.change(forget=False)
    ended = clock.now()
    world.pass_time(hours=1)
    assert [epochs.certificate(moment).since for moment in moments] == [moments[2].replace(hour=ended.hour - 1), ended, None]
    assert "2026-03-02 12:00 UTC" in epochs.certificate(moments[1]).words()
    assert epochs.certificate(clock.now()).since is None


def test_where_nothing_can_be_told_nothing_is_promised(world):
    house.change()
    moment = clock.now()
    world.pass_time(hours=1)
    house.change()
    assert epochs.certificate(moment).since == clock.now()
    (world.installation.home / "epochs.json").write_text("{", "ascii")
    assert epochs.certificate(moment).since is None
    assert "PostgreSQL" in epochs.Certificate(None, server=True).words()


# ------------------------------------------------------------------------------------------------------- byte by byte
def traces_of(vault, file):
    wraps = [grant.wrap for grant in Grant.objects.filter(vault_id=vault)]
    return [one[:32] for one in (*wraps, Vault.objects.get(pk=vault).payload, File.objects.get(pk=file).wrap)] + [
        files.path_of(file).read_bytes()[32:64]]


def on_disk(office):
    return b"".join(path.read_bytes() for path in office.installation.home.rglob("*") if path.is_file())


def shredded_traces(office):
    """A vault's former wraps, payloads, file key and chunk, through a change of the host key and one of its own key."""
    vera, nils = acts.member(office, "vera"), acts.member(office, "nils")
    vault = acts.create(vera, holders=[nils])
    file = acts.attach(vera, vault, b"content")
    traces = traces_of(vault, file)
    house.change(forget=False)
    traces += traces_of(vault, file)
    acts.settle(nils)
    acts.rotate(vera, vault)
    traces += traces_of(vault, file)
    acts.shred(vera, vault)
    return set(traces)


@pytest.mark.refuses("H-41")
def test_no_byte_of_what_was_destroyed_is_in_the_database_its_log_or_the_files(world):
    if connection.vendor != "sqlite":
        pytest.skip("a server keeps dead rows for a while; the certificate says so")
    traces = shredded_traces(world)
    left = on_disk(world)
    assert len(traces) > 12 and not [trace for trace in traces if trace in left]
    old = [value for *_, value in house.sealed_values()]
    house.change()
    left = on_disk(world)
    assert not [value for value in old if value[:32] in left]       # nor does an older host layer lie anywhere
    assert all(value[:32] in left for *_, value in house.sealed_values())


def test_without_secure_delete_the_scan_finds_it(world):
    """The control: SQLite as it comes leaves what was deleted in its file."""
    if connection.vendor != "sqlite":
        pytest.skip("a server keeps dead rows for a while; the certificate says so")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    traces = shredded_traces(world)
    files.empty_log()
    left = on_disk(world)
    assert [trace for trace in traces if trace in left]


# ------------------------------------------------------------------------------------------------------- the console
@pytest.fixture
def console(world, monkeypatch):
    """`forget-now` in this process, on this office, with a backup that says what it was asked."""
    asked = []
    monkeypatch.setattr(forgetting, "opened", lambda installation: installation)
    monkeypatch.setattr(forgetting, "back_up", lambda installation: asked.append(installation) or 0)
    world.backed_up = asked
    return world


def test_it_prints_what_is_true_now_and_makes_a_backup_at_once(console, capsys):
    assert forgetting.forget_now(console.installation) == 0
    said = capsys.readouterr()
    assert "Host key 2 counts since 2026-03-02 09:00 UTC" in said.out
    assert "Every host key before 2 is destroyed" in said.out and "not even with all recovery sheets" in said.out
    assert "EVERY BACKUP MADE BEFORE IS USELESS" in said.out and "keeps older versions" in said.out
    assert (said.err, console.backed_up) == ("", [console.installation])


def test_a_gradual_change_says_that_backups_open_still(console, capsys):
    assert forgetting.forget_now(console.installation, gradual=True) == 0
    said = capsys.readouterr().out
    assert "Host key 1 is kept" in said and "Certificate" not in said and console.backed_up == []


def test_without_a_backup_it_says_so_plainly(console, monkeypatch, capsys):
    def cannot(_):
        raise Cannot("No backup is made without a key to seal it to")

    monkeypatch.setattr(forgetting, "back_up", cannot)
    assert forgetting.forget_now(console.installation) == 1
    assert "THERE IS NO BACKUP NOW THAT OPENS" in capsys.readouterr().err


def test_what_stops_it_is_a_sentence(console, capsys):
    console.installation.backups[0].rmdir()
    with pytest.raises(Cannot, match=r"cannot be kept in .*near"):
        forgetting.forget_now(console.installation)
    assert (keys_of(console).epochs, capsys.readouterr().out, console.backed_up) == ((1,), "", [])


def test_rows_that_open_under_no_key_are_named_and_a_reader_of_the_log_too(console, capsys):
    grant = Grant.objects.first()
    Grant.objects.filter(vault_id=grant.vault_id, principal=grant.principal).update(wrap=grant.wrap[:-1] + b"x")
    reader = None
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=50")
        reader = sqlite3.connect(console.installation.sqlite)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM account").fetchone()
    assert forgetting.forget_now(console.installation) == 1
    said = capsys.readouterr().err
    assert f"grant of vault {grant.vault_id.hex()}" in said and "1 rows opened under no host key" in said
    if reader is not None:
        assert "Somebody was reading" in said
        reader.close()


def test_postgresql_is_promised_less():
    from datetime import UTC, datetime

    done = epochs.Done(2, datetime(2026, 3, 2, 9, tzinfo=UTC), 9, (1,), (2,), resumed=False, broken={}, log_empty=True)
    said = " ".join(forgetting.certificate(done, server=True))
    assert "PostgreSQL: old rows" in said and "at the next forget-now alone" in said
    assert "PostgreSQL" not in " ".join(forgetting.certificate(done, server=False))
    assert "cut short is finished" in forgetting.certificate(replace(done, resumed=True), server=False)[0]


# ------------------------------------------------------------------------------------------------------------- doctor
def asked(office):
    found = list(doctor_keys.answers(office.installation))
    assert not any(line[-64:] in office.installation.host_key.read_text("ascii").split() for _, *words in found for line in words)
    return {question: answer for answer, question, _ in found}, " ".join(remedy for *_, remedy in found)


def test_the_doctor_says_how_old_the_key_is_how_many_there_are_and_where_its_escrow_lies(world):
    near, far = world.installation.backups
    first, remedies = asked(world)
    assert [*first.values()] == [True, True, True, False, False] and "backup" in remedies
    house.change(forget=False)
    second, _ = asked(world)
    assert [*second.values()] == [True] * 5
    assert "number 2, 0 days" in next(iter(second)) and "number 1 of 2026-03-02" in [*second][1] and str(far) in [*second][4]
    world.pass_time(days=32)
    backups.escrow_of(world.installation, near).write_bytes(b"\1" * 1300)
    third, remedies = asked(world)
    assert [*third.values()] == [False, True, True, False, True]
    assert "backups of 32 days open what was destroyed since" in remedies and "older or was changed" in remedies


def test_the_doctor_names_a_change_that_was_cut_short_and_an_office_without_any_folder(world, monkeypatch):
    with monkeypatch.context() as here:
        here.setattr(epochs.layers, "renew", lambda keys, **_: epochs.layers.Seen(count=1 // (2 - keys.current)))
        with pytest.raises(ZeroDivisionError):
            house.change()
    assert asked(world)[0]["no change of the host key was cut short"] is False
    house.change(forget=False)
    assert asked(world)[0]["no change of the host key was cut short"] is True
    world.installation = replace(world.installation, backups=())
    answers, remedies = asked(world)
    assert [*answers.values()] == [True, True, True, False] and "write backups =" in remedies
    (world.installation.home / "epochs.json").write_text("{", "ascii")
    assert [*asked(world)[0].values()] == [False]


# ------------------------------------------------------------------------------------------------------------- processes
def child(office, *more):
    environment = {**os.environ, "WAYSTATION_RUNTIME": str(office.installation.runtime)}
    environment = {key: value for key, value in environment.items() if not key.startswith(("DJANGO_", "WAYSTATION_HOME"))}
    toml = office.installation.home / "office.toml"
    lines = [line for line in toml.read_text("utf-8").splitlines() if not line.startswith("backups")]
    toml.write_text("\n".join([*lines, f"backups = {[str(one) for one in office.installation.backups]}", ""]), "utf-8")
    return subprocess.Popen([sys.executable, "-m", "waystation_web.office", "forget-now", str(office.installation.home), *more],
                            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(office, moments):
    before = house.insides()
    for moment in moments:
        process, began = child(office), keys_of(office).current
        until = time.monotonic() + 200  # a machine with other work takes long to start Python
        while keys_of(office).current == began and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(moment)
        process.kill()
        said = process.communicate()
        connection.close()
        assert keys_of(office).current == began + 1, f"it was not killed while it was at work: {said}"
        assert house.of_epochs() <= set(keys_of(office).epochs)
        assert house.insides().items() >= before.items()
    assert house.change().held == (keys_of(office).current,)
    house.whole(office, before)


@pytest.mark.promise("P09")
def test_killed_while_it_is_at_work_it_goes_on_and_everything_opens(world):
    killed(world, (0.01,))


@pytest.mark.soak
@pytest.mark.promise("P09")
def test_killed_many_more_times(world):
    killed(world, [one / 100 for one in range(25)])


# -------------------------------------------------------------------------------------------------- people at work
@pytest.mark.soak
@pytest.mark.promise("P09")
def test_people_who_read_and_write_meanwhile_notice_nothing(world):
    """Whole changes of another process, again and again, while this one opens lists, writes, shares and signs in."""
    vera, nils = acts.member(world, "vera"), acts.member(world, "nils")
    vaults = [acts.create(vera, f"text {number}", holders=[nils]) for number in range(40)]
    done = 0
    for more in ((), ("--gradual",), ("--gradual",), ("--gradual",), ()):
        process = child(world, *more)
        while process.poll() is None:
            refused = []
            assert len(queries.open_all(vera, Kind.PEOPLE, refused=refused)) >= 40
            assert refused == []
            acts.write(nils, vaults[done % 40], f"written {done}")
            assert acts.text(vera, vaults[done % 40]) == f"written {done}"
            acts.create(vera, "new", holders=[nils])
            assert people.open_with_words(world.account(world.people["anna"]), world.people["anna"].words)
            done += 1
        said, wrong = process.communicate()
        assert "Host key" in said and "not changed" not in wrong  # a backup has no key to be sealed to, and says so
    assert keys_of(world).epochs == (6,) and done > 50
    assert check_rows() == []
    assert house.of_epochs() == {6}
