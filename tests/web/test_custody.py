"""Custody after an arrival is followed with dated steps until they are released, returned or have a status, journey closed or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from roads import Road
from test_journeys import later, rule

from waystation.journeys.held import Fault
from waystation_web.journeys import actions_close, actions_custody
from waystation_web.journeys.custody import in_custody
from waystation_web.journeys.queries import listing
from waystation_web.journeys.queries_custody import held, page


@pytest.fixture
def road(office):
    return Held(office)


class Held(Road):
    """A party that arrives in the custody of a transit State."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)

    def arrived(self, proof="custody"):
        self.moving().reach()
        self.step("hand_over", proof=proof, proof_text="The record of the police, read to us. (Invented.)", code="passed")
        return self

    def note(self, kind, **more):
        today = self.office.now.date()
        actions_custody.note(self.first, self.journey, {"kind": kind, "day": today, "state": "", "place": "", "who": "",
                                                        "next_on": today + timedelta(7), "how_known": "Counsel rang. (Invented.)"} | more)
        return self

    @property
    def line(self):
        on, over, _broken = listing(self.first)
        return next(one for one in (*on, *over) if one.journey.id == self.journey)


def test_an_arrival_in_custody_of_which_nothing_was_written_is_late(road):
    assert not in_custody(road.ready().now)
    road.release().step("depart", paid=True, rested=True)
    road.reach()
    road.step("hand_over", proof="custody", proof_text="x", code="passed")
    assert in_custody(road.now) and road.line.status == "in custody of a transit State"
    (one,) = held([road.now])
    assert one.late and one.now is None and page(road.first, road.journey).unwritten


@pytest.mark.proves("S004-16")
def test_custody_goes_on_after_the_journey_was_closed_until_they_are_released(road, office):
    road.arrived().note("taken", state="th", place="Chiang Rai")
    road.step("complete", status_case="Opened with counsel.")
    actions_close.learn(road.first, road.journey, reason="x")
    assert road.now.status == "learnt" and road.line.status == "in custody of a transit State"
    later(office, days=8)
    (one,) = held([road.now])
    assert one.late and (one.now.state, one.now.place) == ("TH", "Chiang Rai")
    road.note("visit", who="a consul").note("lawyer", who="counsel")
    shown = page(road.first, road.journey)
    assert not shown.now.late and (shown.now.visited, shown.now.lawyer) == (office.now.date(), office.now.date())
    assert [(one.name, one.by) for one in shown.lines] == [("a lawyer", "first"), ("visited", "first"), ("taken into custody", "first")]
    road.note("released", next_on=None)
    assert held([road.now]) == [] and road.line.status == "closed" and page(road.first, road.journey).ended == "released"
    assert [text for _kind, text in road.told()][-1] == "custody ended" and "in custody" in [text for _kind, text in road.told()]


@pytest.mark.parametrize(("kind", "more", "fault"), [
    ("visit", {}, Fault.FIRST), ("taken", {"state": ""}, Fault.STATE), ("taken", {"state": "TH", "place": "House 12"}, Fault.PLACE),
    ("taken", {"state": "TH", "next_on": None}, Fault.LOOK)])
def test_what_does_not_fit_is_not_written(road, kind, more, fault):
    road.arrived()
    with pytest.raises(actions_custody.Unfit) as why:
        road.note(kind, **more)
    assert why.value.fault is fault and page(road.first, road.journey).lines == ()


def test_it_begins_with_an_arrival_and_each_step_says_how_it_is_known(road):
    road.moving()
    assert rule(road.note, "taken", state="TH") == "status"  # on the way it is an incident
    road.reach()
    road.step("hand_over", proof="voice", proof_text="x", code="passed")
    assert not in_custody(road.now)
    assert rule(road.note, "taken", state="TH", how_known=" ") == "reason"
    road.note("taken", state="TH")                           # who arrived by voice may be taken later
    assert in_custody(road.now)


def test_the_page_writes_a_step_and_leads_to_an_incident_after_a_return(road, office):
    road.arrived()
    client, at = office.sign_in(road.heron), reverse("journey-custody", kwargs={"journey": road.journey})
    typed = {"kind": "taken", "day": "2026-03-02", "state": "th", "place": "Chiang Rai", "who": "", "next_on": "2026-03-09", "how_known": "Counsel rang."}
    refused = client.post(at, typed | {"place": "House 12"})
    assert refused.status_code == 400 and "no address or position" in refused.content.decode()
    assert "No State has this code." in client.post(at, typed | {"state": "xx"}).content.decode()
    assert client.post(at, typed)["Location"].endswith("?done=written")
    assert "TH · Chiang Rai" in client.get(at).content.decode() and "In custody of a transit State" in client.get(reverse("journeys")).content.decode()
    assert client.post(at, typed | {"kind": "returned", "state": "", "next_on": ""}).status_code == 302
    shown = client.get(at).content.decode()
    assert "They were sent back." in shown and reverse("incident-new", kwargs={"journey": road.journey}) in shown
