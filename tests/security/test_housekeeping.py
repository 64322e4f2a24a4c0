"""What time does by itself: yesterday's key goes, grants end, broken uploads go, and a fault closes no office."""

import os
import sqlite3
from datetime import timedelta

import acts
import pytest
from django.db import connection

from waystation_web.audit.verify import replay
from waystation_web.gateways import clock
from waystation_web.office import housekeeping
from waystation_web.office.housekeeping import Housekeeping
from waystation_web.vault.models import Grant, Vault


@pytest.fixture
def look(monkeypatch):
    """Look as often as a test wants, as if a minute had passed each time."""
    house = Housekeeping()
    monkeypatch.setattr(housekeeping, "MINUTE", 0)
    return house.look


@pytest.mark.promise("P12")
def test_the_key_of_a_day_goes_though_nobody_writes(office, look):
    acts.create(acts.member(office, "vera"))
    key = office.installation.runtime / "audit-key"
    assert look() == "" and key.is_file()
    office.pass_time(days=1)
    assert look() == "" and not key.exists()


@pytest.mark.promise("P03")
def test_grants_end_with_their_day_and_the_record_says_so(office, look):
    vera, ivo = acts.member(office, "vera"), acts.member(office, "ivo")
    vault = acts.create(vera)
    acts.share(vera, vault, ivo, until=clock.today() + timedelta(days=1))
    assert look() == "" and Grant.objects.filter(vault_id=vault, principal=ivo.id).exists()
    office.pass_time(days=2)
    assert look() == ""
    assert not Grant.objects.filter(vault_id=vault, principal=ivo.id).exists()
    assert Vault.objects.get(pk=vault).rotate_due
    assert replay(office.actor(office.people["anna"])) == []


@pytest.mark.promise("P18")
def test_what_was_broken_off_a_day_ago_goes(office, look):
    place = office.installation.files / "ab"
    place.mkdir()
    old, fresh = place / ("ab" * 16), place / ("ac" * 16)
    for path, hours in ((old, 25), (fresh, 1)):
        path.write_bytes(b"sealed")
        then = clock.now().timestamp() - hours * 3600
        os.utime(path, (then, then))
    assert look() == ""
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_fault_is_named_and_tried_again(office, look, monkeypatch):
    vera, ivo = acts.member(office, "vera"), acts.member(office, "ivo")
    vault = acts.create(vera)
    acts.share(vera, vault, ivo, until=clock.today())
    office.pass_time(days=1)
    with monkeypatch.context() as broken:
        broken.setattr("waystation_web.audit.actions.end_expired", lambda today: 1 / 0)
        assert look() == "ZeroDivisionError"
    assert look() == ""
    assert not Grant.objects.filter(vault_id=vault, principal=ivo.id).exists()


@pytest.mark.promise("P07")
def test_what_was_shredded_while_somebody_was_reading_is_gone_a_minute_later(office, look):
    if office.installation.database:
        pytest.skip("PostgreSQL keeps old rows and its own log, as the manual says")
    vera = acts.member(office, "vera")
    vault = acts.create(vera)
    sealed = bytes(Vault.objects.get(pk=vault).payload)
    reader = sqlite3.connect(office.installation.sqlite, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM vault").fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=10")
    acts.shred(vera, vault)
    assert any(sealed in path.read_bytes() for path in office.installation.data.glob("office.sqlite3*"))
    reader.close()
    assert look() == ""
    assert not any(sealed in path.read_bytes() for path in office.installation.data.glob("office.sqlite3*"))
