"""Killed at any moment, with a full disk or a busy database: all stays readable, nothing is half granted or half told."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import acts
import numpy as np
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from waystation_web.audit import entries, verify
from waystation_web.gateways import clock
from waystation_web.gateways.database import WRITERS
from waystation_web.vault import actions, files, queries
from waystation_web.vault.models import File, Vault
from waystation_web.vault.verify import check_rows

pytestmark = pytest.mark.promise("P09")
HERE = Path(__file__).resolve().parent


def child(office, people, seed):
    environment = {**os.environ, "PYTHONPATH": str(HERE), "WAYSTATION_HOME": str(office.installation.home),
                   "WAYSTATION_RUNTIME": str(office.installation.runtime), "DJANGO_SETTINGS_MODULE": "waystation_web.settings"}
    process = subprocess.Popen([sys.executable, str(HERE / "crashing.py"), str(seed)], env=environment,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(json.dumps([[one.id.hex(), one.secrets.raw().hex()] for one in people]))
    process.stdin.close()
    assert process.stdout.readline() == "ready\n"
    return process


def whole(anna, people):
    """Everything that must hold after a crash; how many vaults were opened."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    waiting = "an upload that was broken off"
    assert [one for one in check_rows() if waiting not in one.what] == []
    assert (verify.check_chain(), verify.replay(anna)) == (None, [])
    opened = 0
    for one in people:
        for grant in queries.current(one.id).filter(vault__payload__isnull=False):
            vault = queries.open_vault(one, grant.vault_id)
            for file in vault.payload.get("files", []):
                opener = actions.open_file(one, vault, bytes.fromhex(file["id"]))
                assert sum(map(len, opener.read())) == file["size"]
                opener.close()
            opened += 1
    return opened


def killed(office, monkeypatch, *, times):
    anna, people = office.actor(office.people["anna"]), [acts.member(office, name) for name in ("vera", "nils", "olga")]
    chance, opened, told = np.random.default_rng(29), 0, entries.head().seq
    for seed in range(times):
        process = child(office, people, seed)
        time.sleep(float(chance.uniform(0.02, 0.5)))
        process.kill()
        process.wait()
        process.stdout.close()
        connection.close()
        opened += whole(anna, people)
    assert entries.head().seq > told + times and opened > times
    late = clock.now().timestamp() + 400 * 86_400
    monkeypatch.setattr(files.clock, "now", lambda: type("Late", (), {"timestamp": lambda self: late})())
    files.sweep()
    monkeypatch.undo()
    there = {path.name for path in office.installation.files.glob("??/*")}
    assert there == {file.hex() for file in File.objects.values_list("id", flat=True)}


def test_killed_at_any_moment_everything_is_whole(office, monkeypatch):
    killed(office, monkeypatch, times=6)
    assert check_rows() == []


@pytest.mark.soak
def test_killed_many_more_times_too(office, monkeypatch):
    killed(office, monkeypatch, times=60)
    assert check_rows() == []


def test_an_act_outside_its_transaction_would_be_found(office, monkeypatch):
    """The control: a grant without an entry, as a worker killed between the two would leave it without `writing`."""
    from waystation_web.vault.rotation import grant_row

    anna, vera, nils = office.actor(office.people["anna"]), *(acts.member(office, name) for name in ("vera", "nils"))
    vault = acts.create(vera)
    grant_row(vera, acts.to(nils), queries.open_vault(vera, vault)).save(force_insert=True)
    with pytest.raises(AssertionError):
        whole(anna, [vera, nils])


def test_a_full_disk_refuses_the_act_whole(office):
    if connection.vendor != "sqlite":
        pytest.skip("a server's disk cannot be filled from here; on SQLite it is")
    anna, vera = office.actor(office.people["anna"]), acts.member(office, "vera")
    acts.create(vera)
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + 40}")
    made, refusals = 0, set()
    for _ in range(60):
        try:
            acts.create(vera, "word " * 3000)
            made += 1
        except OperationalError as why:
            refusals.add(str(why))
    assert 0 < made < 60
    assert refusals == {"database or disk is full"}
    assert whole(anna, [vera]) == made + 1
    connection.close()
    acts.create(vera, "there is room again")
    assert whole(anna, [vera]) == made + 2


def test_a_busy_database_refuses_the_act_whole(office):
    anna, vera = office.actor(office.people["anna"]), acts.member(office, "vera")
    vault, before = acts.create(vera), entries.head().seq
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=50")
        other = sqlite3.connect(office.installation.sqlite, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        import psycopg

        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout='50ms'")
        other = psycopg.connect(office.installation.database)
        other.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
    try:
        for act in (lambda: acts.create(vera), lambda: acts.write(vera, vault, "other"), lambda: acts.shred(vera, vault)):
            with pytest.raises(OperationalError):
                act()
    finally:
        other.rollback()
        other.close()
    assert (entries.head().seq, acts.text(vera, vault)) == (before, "a word")
    assert whole(anna, [vera]) == 1


def test_a_file_whose_transaction_fails_does_not_stay(office, monkeypatch):
    vera = acts.member(office, "vera")
    vault = acts.create(vera)
    with monkeypatch.context() as here:
        here.setattr(acts, "record", lambda *_, **__: (_ for _ in ()).throw(OperationalError("disk I/O error")))
        with pytest.raises(OperationalError):
            acts.attach(vera, vault, b"content")
    assert list(settings.INSTALLATION.files.glob("??/*")) == []
    assert (File.objects.count(), Vault.objects.get(pk=vault).version) == (0, 1)
    acts.attach(vera, vault, b"content")
    assert len(list(settings.INSTALLATION.files.glob("??/*"))) == 1
