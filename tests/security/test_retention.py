"""What goes by itself and what does not: clocks at their edges, the job that needs no keys, holds, and the record of it."""

import os
import subprocess
import sys
from datetime import timedelta

import acts
import pytest
from django.db import connection
from django.urls import reverse
from plaintexts import WORDS
from test_raw_scan import places, scan_now

from waystation.access import Kind
from waystation.casework import retention as clocks
from waystation_web.audit.actions import shred_due
from waystation_web.audit.models import Entry
from waystation_web.cases.actions import take_call
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.office.housekeeping import done_for
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.retention import holds
from waystation_web.vault import keyless, queries
from waystation_web.vault.actions import keep_until
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.files import empty_log
from waystation_web.vault.host import forget
from waystation_web.vault.models import Grant, Hold, Vault

__all__ = ["places"]


# ---------------------------------------------------------------------------------------------------- without any key
TICK = """
import sys
from datetime import datetime
from waystation_web.gateways import clock
clock.now = lambda: datetime.fromisoformat(sys.argv[2])
clock.counters = lambda: (sys.argv[3], float(sys.argv[4]), float(sys.argv[4]))
from waystation_web.office import main
raise SystemExit(main(["tick", sys.argv[1]]))
"""


def tick(office):
    """`waystation-office tick` in a process of its own, at the time of the test."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("WAYSTATION_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", TICK, str(office.installation.home), office.now.isoformat(),
         *map(str, office.counters()[:2])], capture_output=True,
        text=True, check=False, timeout=120, env=settings | {
            "WAYSTATION_RUNTIME": str(office.installation.runtime), "WAYSTATION_DATABASE": office.installation.database})


def hidden(office):
    """The medium with the host key is pulled, and no process has it in memory."""
    key, away = office.installation.host_key, office.installation.home / "in-the-safe"
    key.rename(away)
    forget()
    return lambda: (away.rename(key), forget())


def place(actor, vaults, end=None, second=None):
    with writing():
        return holds.place(actor, vaults, name="case K7Q2", reason="a demand", end=end or clock.today() + timedelta(days=60),
                           second=second or b"\x01" * 16)


@pytest.mark.promise("P07")
@pytest.mark.refuses("H-37")
def test_time_deletes_without_the_host_key_and_with_nobody_signed_in(office):
    chief = acts.member(office, "chief", ("coordinator",))
    due, kept, later, held = (acts.create(chief, text, "plan", retain_until=clock.today() + timedelta(days=days))
                              for text, days in (("due", 7), ("kept", 9_999), ("never", 30), ("held", 7)))
    with writing():
        acts.record(chief, acts.Event.VAULT_READ, vault=later)
        keep_until(chief, queries.open_vault(chief, later), None)
        acts.record(chief, acts.Event.VAULT_WRITTEN, vault=later)
    place(office.actor(office.people["anna"]), {held: "plan"}, end=clock.today() + timedelta(days=30))
    office.pass_time(days=20)
    (office.installation.runtime / "audit-key").unlink()
    back = hidden(office)
    done = tick(office)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 records were past their day")
    there = set(Vault.objects.exclude(kind=Kind.AUDIT).values_list("id", flat=True))
    assert due not in there and {kept, later, held} <= there
    assert not Grant.objects.filter(vault_id=due).exists()
    day = Vault.objects.get(pk=Entry.objects.order_by("-seq").first().key)
    assert (day.kind, day.version) == (Kind.AUDIT, keyless.VERSION)
    back()
    assert acts.findings(office.actor(office.people["anna"])) == []
    acts.create(chief)  # whoever acts begins a day of their own, and puts the host layer on
    assert not keyless.bare().exists()
    assert Entry.objects.order_by("-seq").first().key != day.id
    assert acts.findings(office.actor(office.people["anna"])) == []


@pytest.mark.promise("P07")
def test_a_held_record_goes_a_fortnight_after_its_hold_and_not_before(office):
    anna, chief = office.actor(office.people["anna"]), acts.member(office, "chief", ("coordinator",))
    vault = acts.create(chief, "held", "plan", retain_until=clock.today())
    end = clock.today() + timedelta(days=10)
    place(anna, {vault: "plan"}, end=end)
    with pytest.raises(NotPermitted, match="under a hold"):
        acts.shred(chief, vault)
    last = clocks.free_again(end)
    office.pass_time(days=(last - clock.today()).days - 1)
    assert done_for(clock.today()) == (0, 0) and holds.held([vault]) == {vault: last}
    office.pass_time(days=1)
    assert done_for(clock.today()) == (0, 1) and not Hold.objects.exists()
    assert acts.findings(office.actor(office.people["anna"])) == []


@pytest.mark.promise("P07")
def test_nothing_goes_on_the_day_before_and_no_day_of_the_record_ever(office):
    chief = acts.member(office, "chief", ("coordinator",))
    vault = acts.create(chief, "text", "plan", retain_until=clock.today() + timedelta(days=7))
    Vault.objects.filter(kind=Kind.AUDIT).update(retain_until=clock.today())
    office.pass_time(days=6)
    assert done_for(clock.today()) == (0, 0)
    office.pass_time(days=1)
    assert done_for(clock.today()) == (0, 1) and not Vault.objects.filter(pk=vault).exists()


# ------------------------------------------------------------------------------------------- what the record finds out
@pytest.fixture
def scene(office):
    """A plan with a day, and one under a hold."""
    anna, chief = office.actor(office.people["anna"]), acts.member(office, "chief", ("coordinator",))
    soon, held = (acts.create(chief, text, "plan", retain_until=clock.today() + timedelta(days=30)) for text in "ab")
    place(anna, {held: "plan"})
    return anna, soon, held


def told(anna, words):
    return [one for one in acts.findings(anna) if words in one]


@pytest.mark.promise("P05")
@pytest.mark.refuses("H-15")
def test_a_day_brought_forward_in_the_rows_is_found_also_after_the_job_has_run(scene):
    anna, soon, _ = scene
    Vault.objects.filter(pk=soon).update(retain_until=clock.today())
    assert told(anna, "on another day than was recorded")
    with writing():
        assert shred_due(clock.today()) == 1
    assert told(anna, "before its day")


@pytest.mark.promise("P05")
@pytest.mark.refuses("H-26")
def test_a_hold_taken_away_from_the_rows_is_found_also_after_the_job_has_run(office, scene):
    anna, _, _held = scene
    kept = Hold.objects.get()
    Hold.objects.filter(pk=kept.id).update(until=kept.until + timedelta(days=7))
    assert told(anna, "is not the one that two people placed")
    Hold.objects.all().delete()
    assert told(anna, "is not the one that two people placed")
    office.pass_time(days=40)
    with writing():
        assert shred_due(clock.today()) == 2
    assert told(office.actor(office.people["anna"]), "was under a hold")


@pytest.mark.promise("P05")
def test_a_day_without_the_host_key_says_only_what_time_did(office, scene, monkeypatch):
    """Whoever can write rows can begin such a day too: it must be worth nothing to them."""
    anna, _soon, _ = scene
    (office.installation.runtime / "audit-key").unlink()
    back = hidden(office)
    with writing():
        acts.record(None, acts.Event.SHREDDED, vault=b"\x05" * 16)
    monkeypatch.setattr("waystation_web.audit.actions.BY_ITSELF", frozenset(acts.Event))
    with writing():
        acts.record(None, acts.Event.REFUSED, reason="made up")
    back()
    found = told(anna, "on a day that was begun without the host key")
    assert len(found) == 1 and told(anna, "before its day")
    grant = Grant.objects.filter(vault__kind=Kind.AUDIT, version=1).first()
    inner = bytes(grant.wrap)[-keyless.BARE:]
    Grant.objects.filter(vault_id=grant.vault_id, principal=grant.principal).update(wrap=inner)
    assert told(anna, "has a form that this vault does not take")


# --------------------------------------------------------------------------------------- what is left after a shredding
@pytest.mark.promise("P07")
@pytest.mark.refuses("H-41")
def test_no_word_and_no_sealed_byte_of_a_case_destroyed_by_two_lies_anywhere(office, places, capfd, tmp_path):
    """Two in their browsers write a case with names, a number, a plan and a file, and destroy it; then every place is searched."""
    words = " ".join(WORDS.values())
    chief, worker = (office.person(roles={role}, handle=handle) for role, handle in (("coordinator", "chief"), ("case_worker", "hand")))
    one, two = office.actor(chief), office.actor(worker)
    case = take_call(two, {"wish": words, "number": words, "safe_times": words})
    first = office.sign_in(chief)
    with writing():
        (names,) = map(bytes.fromhex, kept.one(one, case, "case", looked=False).body["household_records"])
        plan = records.make(one, "plan", {"case": case.hex(), "title": words}).id
    acts.attach(one, plan, words.encode() * 500, words)
    traces = [bytes(row.payload)[:48] for row in Vault.objects.filter(pk__in=[case, names, plan])]
    traces += [bytes(grant.wrap)[:48] for grant in Grant.objects.filter(vault_id__in=[case, names, plan])]
    traces += [path.read_bytes()[32:80] for path in office.installation.files.rglob("*") if path.is_file()]
    assert words in first.get(reverse("case", kwargs={"case": case.hex()})).content.decode()
    office.step_up(first, chief)
    assert first.post(reverse("destroy", kwargs={"record": case.hex()}), {"why": "asked", "sure": "on"}).status_code == 302
    second = office.sign_in(worker, stepped_up=True)
    done = second.post(reverse("destroy-sign", kwargs={"record": case.hex()}))
    assert done.status_code == 302 and second.get(done["Location"]).status_code == 200
    for page in (f"/cases/{case.hex()}/", f"/destroy/{case.hex()}/"):
        assert {one_.get(page).status_code for one_ in (first, second)} == {404}
    assert not Vault.objects.filter(pk__in=[case, names, plan]).exists()
    out, err = capfd.readouterr()
    (tmp_path / "said").write_text(out + err, "utf-8")
    assert scan_now({**places, "what was said": tmp_path / "said"}, WORDS.values()) == {}
    if connection.vendor == "sqlite":  # a server keeps dead rows for a while; the manual says so
        assert empty_log()
        left = b"".join(path.read_bytes() for path in office.installation.home.rglob("*") if path.is_file())
        assert [trace in left for trace in traces] == [False] * len(traces)
        assert bytes(Vault.objects.exclude(payload=None).first().payload)[:48] in left  # the control: such a search finds bytes
    (places["temporary files"] / "planted").write_bytes(WORDS["hangul"].encode("utf-16-le"))
    assert list(scan_now(places, WORDS.values())) == ["temporary files: planted"]
