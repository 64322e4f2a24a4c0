"""`waystation-office` from outside: what it makes, what it refuses, what its checks find."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
FLAGS = ("--organisation", "Invented office", "--origin", "http://localhost:8799")


def office(*arguments, **environment):
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    return subprocess.run([sys.executable, "-m", "waystation_web.office", *map(str, arguments)], capture_output=True,
                          text=True, check=False, env=settings | environment, timeout=120)


@pytest.fixture
def home():
    place = Path(tempfile.mkdtemp(prefix="waystation-cli-", dir=MEMORY if MEMORY.is_dir() else None))
    yield place / "office"
    shutil.rmtree(place)


@pytest.fixture
def made(home):
    done = office("init", home, *FLAGS)
    assert done.returncode == 0, done.stderr
    return home


def test_an_office_is_made_private_with_its_keys_outside_its_data(home):
    done = office("init", home, *FLAGS)
    assert done.returncode == 0, done.stderr
    assert "Set-up code" in done.stdout and "recover new" in done.stdout
    modes = {name: stat.S_IMODE((home / name).stat().st_mode) for name in ("", "keys/host.key", "keys/alarm.key", "data")}
    assert modes == {"": 0o700, "keys/host.key": 0o400, "keys/alarm.key": 0o400, "data": 0o700}
    code = done.stdout.partition("(one day):")[2].split()[0]
    everything = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert code.encode() not in everything
    key = (home / "keys" / "host.key").read_text("ascii").split()[3].encode()
    assert key not in b"".join(path.read_bytes() for path in (home / "data").rglob("*") if path.is_file())


@pytest.mark.parametrize(("flags", "words"), [
    (("--organisation", " ", "--origin", "http://localhost:8799"), "needs a name"),
    (("--organisation", "X", "--origin", "http://127.0.0.1:8799"), "passkeys do not work"),
    (("--organisation", "X", "--origin", "localhost"), "cannot be an origin"),
])
def test_what_cannot_be_an_office_is_said_and_nothing_is_left(home, flags, words):
    done = office("init", home, *flags)
    assert done.returncode == 2
    assert words in done.stderr
    assert not home.exists()


def test_a_folder_with_something_in_it_is_left_as_it_is(home):
    home.mkdir()
    (home / "letter.txt").write_text("mine", "utf-8")
    done = office("init", home, *FLAGS)
    assert done.returncode == 2 and "not empty" in done.stderr
    assert [path.name for path in home.iterdir()] == ["letter.txt"]


def test_a_database_that_does_not_answer_leaves_nothing_behind(home):
    done = office("init", home, *FLAGS, "--database", f"host={home} dbname=none connect_timeout=1")
    assert done.returncode == 2, done.stdout
    assert "database does not answer" in done.stderr
    assert not home.exists()


def test_a_database_that_holds_an_office_is_left_as_it_is(bare, home):
    if not bare.installation.database:
        pytest.skip("SQLite's database lies in the office's own folder: it cannot be another's")
    done = office("init", home, *FLAGS, "--database", bare.installation.database)
    assert done.returncode == 2, done.stdout
    assert "this database is not empty" in done.stderr
    assert not home.exists()


def test_serving_refuses_an_invented_office_and_a_host_key_that_others_read(made):
    text = (made / "office.toml").read_text("utf-8")
    (made / "office.toml").write_text(text.replace("invented = false", "invented = true"), "utf-8")
    refused = office("serve", made)
    assert refused.returncode == 2 and "not served" in refused.stderr
    (made / "office.toml").write_text(text, "utf-8")
    (made / "keys" / "host.key").chmod(0o444)
    refused = office("serve", made)
    assert refused.returncode == 2 and "chmod 0400" in refused.stderr
    (made / "keys" / "host.key").chmod(0o400)
    (made / "keys" / "host.key").rename(made / "host.key.elsewhere")
    refused = office("serve", made)
    assert refused.returncode == 2 and "host key is not at" in refused.stderr


def test_no_office_is_a_sentence(home):
    done = office("verify", home)
    assert done.returncode == 2
    assert "waystation-office init" in done.stderr


def test_verify_is_silent_of_an_untouched_office_and_names_a_planted_row(made):
    done = office("verify", made)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("In order: 0 entries")
    with sqlite3.connect(made / "data" / "office.sqlite3") as base:
        base.execute("INSERT INTO vault (id, kind, version, rotate_due, payload) VALUES (?, 1, 1, 0, ?)",
                     (bytes(range(16)), bytes(1097)))
    done = office("verify", made)
    assert done.returncode == 1
    assert bytes(range(16)).hex() in done.stdout


def test_the_recovery_verb_runs_without_any_office_or_framework(home):
    home.mkdir()
    done = office("recover", "new", "--yes", "--out", home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("--- Sheet") == 3
    assert [path.name for path in home.iterdir()] == ["recovery-public.txt"]
    script = ("import sys; from waystation_web.office import main; "
              f"main(['recover', 'new', '--yes', '--out', {str(home.parent)!r}]); sys.exit('django' in sys.modules)")
    script = ("import sys; from waystation_web.office import main; "
              f"main(['recover', 'new', '--yes', '--out', {str(home.parent)!r}]); sys.exit('django' in sys.modules)")
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr


def test_the_doctor_never_calls_what_it_cannot_tell_a_yes(made):
    done = office("doctor", made)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("      ")]
    assert len(lines) >= 9
    assert {line[:12].strip() for line in lines} <= {"yes", "NO", "cannot tell"}
    all_yes = all(line.startswith("yes") for line in lines)
    assert done.returncode == (0 if all_yes else 1)


def test_unlocking_somebody_who_is_not_locked_is_a_sentence(made):
    done = office("unlock", made, "anna")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no locked security officer" in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root can give an office to somebody else")
def test_another_user_does_not_touch_an_office(made):
    os.chown(made, 12345, -1)
    for verb, more in (("serve", ()), ("verify", ()), ("unlock", ("anna",))):
        done = office(verb, made, *more)
        assert done.returncode == 2 and "another user of this machine" in done.stderr
