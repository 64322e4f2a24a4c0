"""What was frozen after an incident is let go: on its page, by whoever writes the book, with a reason; the planner obeys at once."""

from html import unescape

import pytest
from django.urls import reverse
from test_incidents import TYPED, Caught, asked_book, rule

from waystation import worlds
from waystation.network.files import read_book
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_incident, queries, queries_incident
from waystation_web.network import actions_import, freezes
from waystation_web.plans import asking
from waystation_web.records import queries as kept


@pytest.fixture
def road(office):
    return Caught(office).taken()


def held(road):
    with writing():
        return freezes.codes(road.first)


def test_only_what_was_ticked_is_let_go_and_the_next_stop_is_released_again(road):
    actions_incident.confirm(road.first, road.incident, ["Heron", "ALDER"])
    road.step("free", asked_again=True)
    road.step("free", actor=road.second)
    assert queries.next_stops(road.first, road.journey) == ()
    actions_incident.let_go(road.second, road.incident, ["ALDER"], reason="The house was watched for a week. (Invented.)")
    assert held(road) == {"Heron"}
    assert {one["code"]: one["state"] for one in road.page.proposals if one["state"] != "proposed"} == {"Heron": "frozen", "ALDER": "let go"}
    assert [stop.leg for stop in queries.next_stops(road.first, road.journey)] == ["R01"]
    line, words, by = road.page.log[0]
    assert (words, by, line.text) == ("Let go", "second", "ALDER: The house was watched for a week. (Invented.)")
    with writing():  # and the freeze itself says it
        (record,) = [one for one in kept.every(road.first, "hazard") if "freeze" in one.body]
    assert [(one["codes"], one["by"], bool(one["reason"])) for one in record.body["lifted"]] == [(["ALDER"], road.second.id.hex(), True)]
    actions_incident.confirm(road.first, road.incident, ["ALDER"])  # and may be frozen again
    assert held(road) == {"Heron", "ALDER"}
    actions_incident.let_go(road.first, road.incident, ["Heron", "ALDER"], reason="Both were looked at. (Invented.)")
    assert held(road) == frozenset()


def test_nothing_is_let_go_without_a_reason_or_by_whoever_writes_no_book(road):
    actions_incident.confirm(road.first, road.incident, ["ALDER"])
    assert rule(actions_incident.let_go, road.first, road.incident, ["ALDER"], reason="  ") == "reason"
    assert rule(actions_incident.let_go, road.first, road.incident, ["Heron"], reason="It was never frozen.") == "frozen"
    assert rule(actions_incident.let_go, road.first, road.incident, [], reason="Nothing.") == "frozen"
    for reader in (road.worker, road.rights):  # they hold the incident, and write in it
        assert rule(actions_incident.let_go, reader, road.incident, ["ALDER"], reason="I think so.") == "role"
    assert held(road) == {"ALDER"} and road.page.frozen == ("ALDER",)


def test_what_another_incident_holds_stays_frozen(road):
    actions_incident.confirm(road.first, road.incident, ["ALDER"])
    other = actions_incident.report(road.first, road.journey, TYPED | {"kind": "injury", "stop": False})
    actions_incident.confirm(road.first, other, ["ALDER"])
    actions_incident.let_go(road.first, road.incident, ["ALDER"], reason="For this one it is over.")
    assert held(road) == {"ALDER"}
    assert [(one.id, codes) for one, codes in queries_incident.frozen(road.first)] == [(other, ("ALDER",))]
    actions_incident.let_go(road.first, other, ["ALDER"], reason="For the other one too.")
    assert held(road) == frozenset()


def test_on_the_page_a_place_is_let_go_and_the_planner_may_use_it_at_once(road, office):
    actions_import.take_in(road.first, read_book(worlds.world("long-way")))
    client, where = office.sign_in(road.heron), reverse("incident", kwargs={"incident": road.incident})
    assert "let-go/" not in client.get(where).content.decode()  # nothing is frozen yet
    assert client.post(where + "freeze/", {"code": ["ALDER"]}).status_code == 302
    assert usable(road) == []
    for at in (reverse("book"), reverse("journeys")):  # where somebody looks who misses it in a plan
        shown = client.get(at).content.decode()
        assert "Frozen after an incident" in shown and "ALDER" in shown
    assert where in client.get(reverse("journeys")).content.decode()
    refused = client.post(where + "let-go/", {"code": ["ALDER"], "reason": ""})
    assert refused.status_code == 400 and "Nothing was let go." in refused.content.decode() and usable(road) == []
    assert client.post(where + "let-go/", {"reason": "Nobody came."}).status_code == 400
    done = client.post(where + "let-go/", {"code": ["ALDER"], "reason": "Nobody came. (Invented.)"})
    assert done.status_code == 302 and usable(road) != []
    shown = unescape(client.get(done["Location"]).content.decode())
    assert "Let go. Plans and next stops may use it again" in shown and "ALDER: Nobody came. (Invented.)" in shown
    assert "Frozen after an incident" not in client.get(reverse("journeys")).content.decode()
    assert client.post(where + "let-go/", {"code": ["ALDER"], "reason": "Once more."}).status_code == 403


def usable(road):
    """Legs of the next plan that lead to the place."""
    return [leg for leg in asked_book(road, asking) if leg["to"] == "ALDER" and leg.get("status", "open") == "open"]
