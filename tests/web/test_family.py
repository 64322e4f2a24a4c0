"""After an incident people plan who tells the family what, and when it is safe; people tell it; the office tells nobody."""

import pytest
from django.urls import reverse
from test_incidents import Caught, rule

from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_incident
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault

PLANNED = {"who": "the daughter abroad", "says": "He was stopped on the way. Not where. (Invented.)", "when": "after nine in the evening, by voice"}


@pytest.fixture
def road(office):
    return Caught(office).taken()


@pytest.mark.proves("S001-60")
def test_who_tells_whom_what_and_when_is_planned_by_one_told_by_another_and_written_down(road, office):
    assert road.page.family == ()
    actions_incident.family(road.worker, road.incident, teller=road.second.id, **PLANNED)
    (line,) = road.page.family
    assert (line.who, line.teller, line.says, line.when, line.told_at) == (
        PLANNED["who"], "second", PLANNED["says"], PLANNED["when"], None)
    actions_incident.family_told(road.second, road.incident, line.id)
    (line,) = road.page.family
    assert (line.told_at, line.told_by) == (office.now, "second")
    logged, words, by = road.page.log[0]
    assert (words, logged.text, by) == ("Planned for the family", PLANNED["who"], "worker")
    with writing():  # the plan and what came of it stay, with who wrote them
        (item,) = kept.one(road.first, road.incident, "incident", looked=False).body["family"]
    assert item["by"] == road.worker.id.hex() and item["told_by"] == road.second.id.hex()


def test_nobody_is_told_twice_by_a_stranger_or_of_a_line_that_is_none(road):
    with pytest.raises(NoSuchVault):
        actions_incident.family(road.first, road.incident, teller=b"x" * 16, **PLANNED)
    actions_incident.family(road.first, road.incident, teller=road.second.id, **PLANNED)
    (line,) = road.page.family
    with pytest.raises(NoSuchVault):
        actions_incident.family_told(road.first, road.incident, "0" * 16)
    actions_incident.family_told(road.first, road.incident, line.id)
    assert rule(actions_incident.family_told, road.second, road.incident, line.id) == "told"
    assert road.page.family[0].told_by == "first"


def test_on_the_page_it_is_planned_and_said_to_be_told(road, office):
    client, at = office.sign_in(road.heron), reverse("incident-family", kwargs={"incident": road.incident})
    page = reverse("incident", kwargs={"incident": road.incident})
    assert "nobody has planned who tells them what" in client.get(page).content.decode()
    refused = client.post(at, PLANNED)  # nobody is named to tell it: what was typed stays
    assert refused.status_code == 400 and PLANNED["when"] in refused.content.decode()
    assert road.page.family == ()
    assert client.post(at, PLANNED | {"teller": road.second.id.hex()}).status_code == 302
    shown = client.get(page).content.decode()
    assert PLANNED["who"] in shown and "not told yet" in shown and "<h2 id=\"family\">" in shown
    assert client.post(at, {"told": road.page.family[0].id}).status_code == 302
    assert "not told yet" not in client.get(page).content.decode()
