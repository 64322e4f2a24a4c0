"""`waystation-office watch` as a process: it holds no key, is killed, and meets a database that is away."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from waystation.journeys.overdue import Alarm, Why
from waystation.journeys.overdue import Watch as Read
from waystation_web.gateways import beats, clock
from waystation_web.gateways.installation import Installation
from waystation_web.journeys import watches
from waystation_web.journeys.models import Watch
from waystation_web.office import Cannot, watching

ROUNDS = """
import sys
from datetime import timedelta
from pathlib import Path
from waystation.journeys import overdue
from waystation_web.gateways.installation import Installation
from waystation_web.office import watching
watching.ROUND = timedelta(seconds=0.2)  # the process as it is, but for its patience
sys.exit(watching.watch(Installation.load(Path(sys.argv[1])), hooks=sys.argv[2:]))
"""


@pytest.fixture
def vault(office):
    """A vault that a journey could lie in."""
    from acts import member

    from waystation_web.gateways.database import writing
    from waystation_web.records import actions as records

    author = member(office, "co", ("coordinator",))
    with writing():
        return records.make(author, "case", {"ref": "K7Q2", "people": []}).id


@pytest.fixture
def heard(tmp_path):
    """A pager that writes down everything it was given."""
    place, program = tmp_path / "heard", tmp_path / "pager"
    program.write_text(f"#!/bin/sh\nprintf '%s|' \"$@\" >> {place}\necho >> {place}\nenv >> {place}.env\n", "utf-8")
    program.chmod(0o700)
    return program, place


def started(installation, *hooks):
    """The alarm, in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WAYSTATION_", "DJANGO_"))}
    own = {"WAYSTATION_DATABASE": installation.database, "WAYSTATION_RUNTIME": str(installation.runtime)}
    return subprocess.Popen([sys.executable, "-c", ROUNDS, str(installation.home), *map(str, hooks)], stderr=subprocess.PIPE,
                            text=True, env=clean | own)


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def said_by(process):
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said
    return said


def lines(place):
    return place.read_text("utf-8").splitlines() if place.is_file() else []


# --------------------------------------------------------------------------------------------------------- its process
@pytest.mark.promise("P11")
def test_it_alarms_without_any_key_and_says_one_sentence(office, vault, heard):
    """The keys are moved away while it runs; the hook gets the sentence, and nothing of the office in its environment."""
    program, place = heard
    watches.begin(vault, [clock.now() - timedelta(minutes=10)])
    keys = [office.installation.host_key, office.installation.alarm_key]
    away = [key.rename(key.with_suffix(".away")) for key in keys if key.is_file()]
    assert away
    process = started(office.installation, program)
    try:
        assert until(lambda: lines(place))
    finally:
        said = said_by(process)
        for key, moved in zip(keys, away, strict=False):
            moved.rename(key)
    assert lines(place) == ["Please look at the board.|"]
    assert "a party is due" in said and "K7Q2" not in said and vault.hex() not in said
    assert "WAYSTATION" not in place.with_name("heard.env").read_text("utf-8")


def test_killed_and_started_again_it_tells_everything_anew(office, vault, heard):
    program, place = heard
    watches.begin(vault, [clock.now() - timedelta(minutes=10)])
    process = started(office.installation, program)
    assert until(lambda: len(lines(place)) == 1)
    process.kill()
    process.communicate()
    process = started(office.installation, program)
    assert until(lambda: len(lines(place)) == 2)
    said = said_by(process)
    assert "the alarm was started anew, a party is due" in said


@pytest.mark.promise("P11")
def test_while_the_database_is_away_it_watches_on_and_finds_it_again(office, vault, heard):
    program, place = heard
    process = started(office.installation, program)
    assert until(lambda: beats.age(office.installation, beats.WATCH) is not None)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE watch RENAME TO watch_away")
        time.sleep(1)
        assert process.poll() is None
        cursor.execute("ALTER TABLE watch_away RENAME TO watch")
    watches.begin(vault, [clock.now() - timedelta(minutes=10)])
    assert until(lambda: lines(place))
    said_by(process)


def test_a_way_that_fails_is_said_and_the_others_are_used(office, vault, heard, tmp_path):
    program, place = heard
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    broken.chmod(0o700)
    watches.begin(vault, [clock.now() - timedelta(minutes=10)])
    process = started(office.installation, broken, program)
    assert until(lambda: lines(place))
    time.sleep(1)
    assert f"{broken} failed (3)" in said_by(process)


def test_a_hook_that_is_no_program_is_said_before_the_night():
    for hook in ("", "/nowhere/pager"):
        with pytest.raises(Cannot, match="no program of this machine"):
            watching.Ways([hook])


def test_no_hook_is_awaited_and_one_that_hangs_is_ended(monkeypatch, capsys):
    monkeypatch.setattr(watching, "HOOK_SECONDS", 0.2)
    ways = watching.Ways(["sh -c 'sleep 60'"])
    begun = time.monotonic()
    ways.say([Alarm(Why.DUE, b"k", 1)])
    assert time.monotonic() - begun < 5
    time.sleep(0.3)
    ways.tidy()
    assert ways.running == [] and "failed (-9)" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------------ what it reads
def test_a_database_that_does_not_answer_is_no_quiet_one(office, monkeypatch):
    from django.db import OperationalError

    def gone():
        raise OperationalError("gone")

    assert watching.look(office.installation).watches == ()
    monkeypatch.setattr(watches, "every", gone)
    assert watching.look(office.installation).watches is None


@pytest.mark.parametrize("broken", [{"state": 9}, {"level": 7}, {"schedule": b"abc"}, {"due_at": 0}, {"due_at": 2**31 - 1},
                                    {"schedule": (1).to_bytes(4, "big")}])
@pytest.mark.promise("P11")
def test_a_row_that_nobody_wrote_so_is_alarmed_for(office, vault, broken):
    watches.begin(vault, [clock.now() + timedelta(hours=1)])
    assert [len(part) for part in watches.every()] == [1, 0]
    Watch.objects.update(**broken)
    read, unreadable = watches.every()
    assert read == () and unreadable == (bytes(Watch.objects.get().id),)


def test_whoever_has_it_is_let_alone_until_the_next_level_and_never_beyond_four_hours(office, vault):
    now = clock.now()
    due = [now - timedelta(minutes=5), now + timedelta(hours=2), now + timedelta(hours=9)]
    watches.begin(vault, due)
    (before,), _ = watches.every()
    assert isinstance(before, Read) and before.reached(now) == 1
    watches.hold(vault, now)
    (held,), _ = watches.every()
    assert held.reached(now) == 0
    assert [held.reached(now + timedelta(hours=hours, minutes=5)) for hours in (1, 2, 4, 9)] == [0, 1, 2, 3]
    watches.hold(vault, now + timedelta(hours=10))
    (last,), _ = watches.every()
    assert [last.reached(now + timedelta(hours=hours)) for hours in (13, 15)] == [0, 1]


# ------------------------------------------------------------------------------------------ each sees the other's death
def test_every_page_says_that_nobody_alarms_while_somebody_is_on_the_way(office, vault):
    client = office.sign_in(office.person(roles={"coordinator"}, handle="heron"))
    sentence = "The alarm is not running: nobody is told when a party is late."
    assert sentence not in client.get(reverse("home")).content.decode()  # nobody is on the way
    watches.begin(vault, [clock.now() + timedelta(hours=1)])
    assert sentence in client.get(reverse("home")).content.decode()
    beats.beat(office.installation, beats.WATCH)
    assert sentence not in client.get(reverse("home")).content.decode()


def test_a_sign_of_life_grows_old_by_the_clock_that_nobody_changes(office, monkeypatch):
    assert beats.age(office.installation, beats.WATCH) is None
    beats.beat(office.installation, beats.WATCH)
    assert beats.age(office.installation, beats.WATCH) < 5
    real = time.monotonic
    monkeypatch.setattr("waystation_web.gateways.beats.time.monotonic", lambda: real() + 200)
    assert beats.age(office.installation, beats.WATCH) > beats.GONE
    monkeypatch.setattr("waystation_web.gateways.beats.time.monotonic", lambda: 0.0)
    assert beats.age(office.installation, beats.WATCH) is None  # of an earlier start of this computer


def test_the_alarm_sees_that_the_office_is_gone(office):
    assert watching.look(office.installation).office is False
    beats.beat(office.installation, beats.OFFICE)
    assert watching.look(office.installation).office is True
    assert isinstance(office.installation, Installation)
