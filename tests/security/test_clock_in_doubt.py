"""A clock that is wrong destroys nothing: no record, no grant, no hold, no number, no backup; a person says which day it is."""

import json
from datetime import timedelta

import acts
import pytest
from test_retention import place, tick

from waystation_web.audit import reckoning
from waystation_web.audit.models import Entry
from waystation_web.audit.queries import read
from waystation_web.contacts import actions_reach
from waystation_web.evidence.models import Batch
from waystation_web.gateways import backups, clock
from waystation_web.gateways.database import writing
from waystation_web.office import housekeeping
from waystation_web.office.backing import _thin
from waystation_web.office.housekeeping import Housekeeping, InDoubt, done_for
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.models import Grant, Hold, Vault

IN_DOUBT = "data-in-doubt"


@pytest.fixture
def scene(office, monkeypatch):
    """A plan that goes in a month, one under a hold, a colleague who reads until next week; the day's work is done."""
    monkeypatch.setattr(housekeeping, "MINUTE", 0)
    chief, ivo = acts.member(office, "chief", ("coordinator",)), acts.member(office, "ivo", ("coordinator",))
    soon, held = (acts.create(chief, text, "plan", retain_until=clock.today() + timedelta(days=28)) for text in "ab")
    place(office.actor(office.people["anna"]), {held: "plan"}, end=clock.today() + timedelta(days=40))
    acts.share(chief, soon, ivo, until=clock.today() + timedelta(days=7))
    house = Housekeeping()
    assert house.look() == ""
    return house, soon


def rows():
    return [sorted(map(repr, table.objects.values_list())) for table in (Vault, Grant, Hold, Batch, Entry)]


def say(office, browser, day, why="set"):
    return browser.post("/which-day/", {"day": day.isoformat(), "why": why})


@pytest.mark.promise("P22")
def test_a_clock_that_goes_ahead_by_itself_takes_nothing_away_until_it_is_right_again(office, scene):
    house, soon = scene
    before = rows()
    office.jump(days=400)
    assert house.look() == house.look() == "" and rows() == before
    with pytest.raises(InDoubt):
        done_for(clock.today())
    refused = tick(office)
    assert refused.returncode == 2 and "Nothing was ended or destroyed: the date is in doubt" in refused.stderr
    assert rows() == before
    office.jump(days=-400)
    office.pass_time(days=28)
    assert house.look() == "" and not Vault.objects.filter(pk=soon).exists() and Hold.objects.exists()
    assert acts.findings(office.actor(office.people["anna"])) == []


@pytest.mark.promise("P22")
def test_after_days_in_which_it_was_off_somebody_says_the_day_and_everybody_reads_what_waits(office, scene):
    house, soon = scene
    office.off(days=35)
    browser = office.sign_in(office.people["anna"])
    assert house.look() == "" and Vault.objects.filter(pk=soon).exists()
    assert IN_DOUBT in browser.get("/").content.decode() and IN_DOUBT in browser.get("/goes-soon/").content.decode()
    assert say(office, browser, clock.today()).status_code == 403  # who it is, first
    office.step_up(browser, office.people["anna"])
    wrong = say(office, browser, clock.today() - timedelta(days=2))
    assert wrong.status_code == 400 and "This computer says another day" in wrong.content.decode()
    assert house.look() == "" and Vault.objects.filter(pk=soon).exists()
    page = browser.get("/which-day/").content.decode()
    assert "2026-04-06 09:0" in page and "2026-03-02 09:0" in page and "1 record<" in page
    assert say(office, browser, clock.today(), "off").status_code == 302
    assert house.look() == "" and not Vault.objects.filter(pk=soon).exists()
    assert IN_DOUBT not in browser.get("/").content.decode()
    told = [line for line in read(office.actor(office.people["anna"])) if line.event is acts.Event.DAY_SAID]
    assert [(one.who, one.why) for one in told] == [("anna", "off; believed until 2026-03-02")]
    assert acts.findings(office.actor(office.people["anna"])) == []


@pytest.mark.promise("P22")
def test_each_minute_counts_so_a_weekend_needs_nobody_and_a_clock_that_was_wrong_stays_in_doubt(office, scene):
    house, soon = scene
    office.pass_time(hours=9)
    assert house.look() == "" and reckoning.believed() == clock.now()
    office.off(days=3)
    assert house.look() == "" and reckoning.doubt() is None
    office.jump(days=3)
    assert house.look() == "" and reckoning.doubt() == "ahead"
    office.off(hours=1)  # by the hours that it was off it would be believed
    assert house.look() == "" and reckoning.doubt() == "away"
    assert Vault.objects.filter(pk=soon).exists()


@pytest.mark.promise("P22")
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"until": 1e99}', b"[1]", None])
def test_what_was_believed_last_is_read_whole_or_the_date_is_in_doubt(office, content):
    path = office.installation.data / "clock.json"
    if content is None:
        content = json.dumps({**json.loads(path.read_text("ascii")), "ahead": float("nan")}).encode()
    path.write_bytes(content)
    assert reckoning.doubt() == reckoning.look() == "unreadable" and reckoning.believed() is None
    assert path.read_bytes() == content
    path.unlink()  # and without it, the newest hour of the record counts
    assert reckoning.doubt() is None
    office.off(days=5)
    assert reckoning.look() == "away"


@pytest.mark.promise("P22")
def test_a_number_and_older_backups_stay_while_the_date_is_in_doubt(office, tmp_path):
    liaison = acts.member(office, "lia", ("field_liaison",))
    with writing():
        made = records.make(liaison, "handle", {"contact": "00" * 16, "channel": "C1", "value": "x", "safe_hours": "",
                                                "last_used": clock.today().isoformat()})
    for days in (0, 1):
        (tmp_path / backups.name_of(office.installation, clock.now() + timedelta(days=days))).touch()
    office.jump(days=200)
    assert actions_reach.forget(liaison) == 0
    _thin(office.installation, tmp_path, clock.now())
    assert len(backups.found(office.installation, tmp_path)) == 2
    reckoning.begin()
    assert actions_reach.forget(liaison) == 1
    with writing():
        assert "value" not in kept.one(liaison, made.id, "handle", looked=False).body
    _thin(office.installation, tmp_path, clock.now())
    assert len(backups.found(office.installation, tmp_path)) == 1
