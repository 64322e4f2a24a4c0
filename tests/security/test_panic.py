"""The panic switch: within two seconds nobody is signed in, nothing of this office runs, nothing is left in its memory.

The real office is served, the alarm watches, somebody is signed in; each test makes it harder to stop.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from waystation.vault import escrow
from waystation.vault.epochs import Course, Escrowed
from waystation.vault.recovery import Recovery
from waystation_web.gateways import backups, processes, runtime
from waystation_web.gateways.installation import Installation, runtime_folder
from waystation_web.office import panicking
from waystation_web.vault import escrows

sys.path.append(str(Path(__file__).parents[1] / "e2e"))
import served  # its folder is on the path only now

pytestmark = [pytest.mark.once, pytest.mark.promise("P15"),
              pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked at through /proc")]


def alive(pid):
    return bool(processes.began(pid))


def memory(home):
    return runtime_folder(home)


def content(home):
    """Every file in the runtime folder, by its name there."""
    folder = memory(home)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@contextmanager
def sleeper(home, role, *ignoring, **environment):
    """A process that a panic must find by its line, deaf to some signals."""
    deaf = "; ".join(f"signal.signal(signal.{name}, signal.SIG_IGN)" for name in ("SIGUSR2", *ignoring))
    script = f"import signal, time; {deaf}; print('deaf', flush=True); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    process.stdout.readline()
    processes.enter(Installation.load(home, environment), role, process.pid)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def watching(office):
    """The alarm of an office, once it has given a sign of life."""
    process = subprocess.Popen([sys.executable, "-m", "waystation_web.office", "watch", str(office.home)], env=office.settings,
                               stderr=subprocess.DEVNULL)
    try:
        until(lambda: (memory(office.home) / "beats" / "watch").is_file())
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return found


def panic(home, *flags, said="", **environment):
    """Press the switch; its own log says how long it took, and so does our watch (with the start of a program)."""
    began = time.monotonic()
    done = served.office("panic", home, *flags, input=said, timeout=60, env=environment)
    took = time.monotonic() - began
    log = (home / "panic.log").read_text("utf-8")
    seconds = [float(line.split()[0]) for line in log.splitlines()]
    assert seconds == sorted(seconds)
    if not said:
        assert seconds[-1] <= 2, log
        assert took <= 10, "two seconds of its own, and a program that starts on a busy machine"
    return done, log


@pytest.mark.refuses("H-50")
def test_within_two_seconds_nobody_is_signed_in_nothing_runs_and_nothing_is_left_but_the_alarm():
    with served.at_work() as office, watching(office) as alarm, sleeper(office.home, processes.CHILD, "SIGTERM") as child:
        assert [name for name in content(office.home) if name.startswith("sessions/")]
        assert "audit-key" in content(office.home)
        workers = office.workers()
        assert workers
        done, log = panic(office.home)
        assert (done.returncode, done.stdout) == (0, log)
        assert [pid for pid in (office.process.pid, *workers, child.pid) if alive(pid)] == []
        assert content(office.home) == ["beats/watch", f"processes/{alarm.pid}"]
        assert alarm.poll() is None
        assert not any(name in log for name in ("sena", "jun", str(office.home)))
        with socket.socket() as one:
            assert one.connect_ex(("127.0.0.1", office.port)) != 0
        done, log = panic(office.home, "--all")
        assert done.returncode == 0
        assert not alive(alarm.pid)
        assert not memory(office.home).exists()
        assert not (office.home / "runtime-at").exists()


@pytest.mark.refuses("H-50")
def test_a_worker_that_answers_nothing_a_locked_database_and_a_deaf_office_delay_nothing():
    with served.at_work() as office, sqlite3.connect(office.home / "data" / "office.sqlite3") as base:
        (worker,) = office.workers()
        base.execute("BEGIN EXCLUSIVE")
        with socket.create_connection(("127.0.0.1", office.port)) as line:  # a page that waits for the database
            line.sendall(b"GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            for pid in (worker, office.process.pid):
                os.kill(pid, signal.SIGSTOP)  # hears no SIGTERM and no SIGINT, and cannot be waited for
            done, log = panic(office.home)
        assert done.returncode == 0
        assert "were killed" in log
        assert not alive(worker)
        assert not alive(office.process.pid)
        assert content(office.home) == []


@pytest.fixture
def closed():
    """An office in memory that nobody serves."""
    place = Path(tempfile.mkdtemp(prefix="waystation-panic-", dir=served.MEMORY))
    served.made().copy(place / "office", "http://localhost:1")
    yield Installation.load(place / "office", {})
    shutil.rmtree(memory(place / "office"), ignore_errors=True)
    shutil.rmtree(place)


@pytest.mark.refuses("H-50")
def test_what_does_not_go_when_told_is_killed_before_the_two_seconds_are_over(closed):
    with sleeper(closed.home, processes.WORKER, "SIGTERM", "SIGINT") as deaf:
        done, log = panic(closed.home)
        assert not alive(deaf.pid)
        assert (done.returncode, deaf.wait(5)) == (0, -signal.SIGKILL)
        assert "were killed" in log


@pytest.mark.refuses("H-50")
def test_two_at_once_from_a_terminal_that_knows_nothing_of_where_the_memory_is(closed, tmp_path):
    with sleeper(closed.home, processes.SERVER, WAYSTATION_RUNTIME=str(tmp_path / "memory")) as server:
        session = runtime.folder(Installation.load(closed.home, {"WAYSTATION_RUNTIME": str(tmp_path / "memory")}), "sessions") / "one"
        session.write_bytes(b"sealed")
        both = [subprocess.Popen([sys.executable, "-m", "waystation_web.office", "panic", str(closed.home)],
                                 stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [one.wait(20) for one in both] == [0, 0]
        assert server.poll() is not None
        assert not (tmp_path / "memory").exists()


@pytest.mark.refuses("H-50")
def test_the_alarm_goes_on_unless_told_otherwise(closed):
    with sleeper(closed.home, processes.WATCH) as alarm:
        assert panic(closed.home)[0].returncode == 0
        assert alarm.poll() is None
        assert panic(closed.home, "--all")[0].returncode == 0
        assert not alive(alarm.pid)
        assert alarm.wait(5) == -signal.SIGTERM


@pytest.mark.refuses("H-50")
def test_where_nothing_runs_it_says_so_and_takes_what_a_broken_end_left(closed):
    left = [runtime.folder(closed, name) / "left" for name in ("sessions", "throttle")]
    for path in left:
        path.write_bytes(b"sealed")
    done, log = panic(closed.home)
    assert done.returncode == 0
    assert "no process ran" in log
    assert not any(path.exists() for path in left)


@pytest.mark.refuses("H-50")
def test_another_office_and_another_program_are_never_touched(closed, monkeypatch):
    """Neither the processes of another office in the same folder, nor whoever has the number of one that ended."""
    other = Installation.load(closed.home, {"WAYSTATION_RUNTIME": str(closed.runtime)})
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with sleeper(closed.home, processes.WORKER) as foreign:
        line = processes.enter(other, processes.WORKER, foreign.pid)
        line.write_text(line.read_text("utf-8").replace(str(closed.home), "/elsewhere/office"), "utf-8")
        (closed.runtime / "processes" / str(stranger.pid)).write_text(f"worker\n1\n{closed.home}\n", "utf-8")
        session = runtime.folder(closed, "sessions") / "theirs"
        session.write_bytes(b"sealed")
        done, _ = panic(closed.home)
        assert (done.returncode, "serves another office as well" in done.stderr) == (1, True)
        assert foreign.poll() is None
        assert stranger.poll() is None
        assert session.exists()
    stranger.kill()
    stranger.wait()


@pytest.mark.refuses("H-50")
def test_what_could_not_be_stopped_is_said_with_what_to_do(closed, monkeypatch, capsys):
    monkeypatch.setattr(processes, "send", lambda *_: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # our own Ctrl+C must go on to work
    with sleeper(closed.home, processes.WORKER):
        assert panicking.panic(closed) == 1
    assert "NOT done: switch this machine off" in capsys.readouterr().out


# -------------------------------------------------------------------------------------------------------- the host key
def with_backups(installation, folder, recovery):
    text = installation.host_key.read_text("ascii")
    data = escrow.sealed(text, installation.organisation_id, recovery.bundle)
    backups.escrow_of(installation, folder).write_bytes(data)
    noted = Course(escrow=Escrowed(escrows.digest(text.encode() + recovery.bundle.raw), escrows.digest(data)))
    public = recovery.public
    installation.trust.write_text(f'[recovery]\nbundle = "{public.bundle.raw.hex()}"\ned25519 = "{public.signing_key.hex()}"\n'
                                  f'words = "{public.words}"\n', "ascii")
    escrows.file_of(installation).write_text(noted.text(), "ascii")
    settings = installation.home / "office.toml"
    settings.write_text(settings.read_text("utf-8") + f'backups = ["{folder}"]\n', "utf-8")


@pytest.mark.refuses("H-50")
def test_the_host_key_goes_by_its_word_if_an_escrow_is_there_and_then_the_office_does_not_open(closed, tmp_path):
    recovery = Recovery.new()
    with_backups(closed, tmp_path, recovery)
    kept = closed.host_key.read_text("ascii")
    done, log = panic(closed.home, "--forget-host-key", said="forget\n")
    assert (done.returncode, closed.host_key.read_text("ascii")) == (1, kept)
    assert "was not destroyed" in log
    done, log = panic(closed.home, "--forget-host-key", said="FORGET\n")
    assert (done.returncode, closed.host_key.exists()) == (0, False)
    assert str(tmp_path) in done.stdout
    assert str(tmp_path) not in log
    refused = served.office("serve", closed.home)
    assert (refused.returncode, "the host key is not at" in refused.stderr) == (2, True)
    again, log = panic(closed.home, "--forget-host-key", said="FORGET\n")
    assert escrow.opened(backups.escrow_of(closed, tmp_path).read_bytes(), closed.organisation_id, recovery) == kept
    assert (again.returncode, "not in its place" in log) == (1, True)


@pytest.mark.refuses("H-50")
@pytest.mark.parametrize("lies", ["none", "of another key"])
def test_without_an_escrow_of_this_key_one_word_does_not_do(closed, tmp_path, lies):
    if lies == "of another key":
        with_backups(closed, tmp_path, Recovery.new())
        backups.escrow_of(closed, tmp_path).write_bytes(b"\x01" + bytes(1300))
    done, _ = panic(closed.home, "--forget-host-key", said="FORGET\n")
    assert done.returncode == 1
    assert "No escrow of this host key lies" in done.stdout
    assert closed.host_key.is_file()
    done, _ = panic(closed.home, "--forget-host-key", said="FORGET\nFOREVER\n")
    assert (done.returncode, closed.host_key.exists()) == (0, False)


@pytest.mark.refuses("H-50")
def test_keys_in_memory_are_written_over_before_they_are_unlinked(tmp_path):
    key, other = tmp_path / "memory" / "audit-key", tmp_path / "seen"
    key.parent.mkdir()
    key.write_bytes(b"k" * 52)
    os.link(key, other)
    assert runtime.clear(tmp_path / "memory") == []
    assert other.read_bytes() == bytes(52)


@pytest.mark.refuses("H-50")
def test_a_child_that_computes_is_found_while_it_does_and_not_afterwards(monkeypatch):
    from django.conf import settings

    from waystation_web.plans import child

    seen = []
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", "import sys, time; sys.stdin.read(); print('{\"tell\": 1}', flush=True); time.sleep(1); print('{\"a\": 1}')"))
    for _ in child.answered({"question": 1}):
        seen += [one.role for one in processes.living(settings.INSTALLATION)]
    assert processes.CHILD in seen
    assert list(processes.living(settings.INSTALLATION)) == []
