"""Who goes along on a leg: asked for one leg, by their own yes, at a risk of their own; counted before anybody leaves and after."""

import pytest
from django.urls import reverse
from roads import Road
from test_incidents import TYPED
from test_journeys import later, rule

from waystation.journeys.stoploss import knew
from waystation_web.contacts import actions as contacts
from waystation_web.contacts import queries as people
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_escort, actions_incident, exposure
from waystation_web.journeys.escorts import company
from waystation_web.journeys.queries_escort import page
from waystation_web.vault.errors import NoSuchVault

RISK = "Caught, they go to prison for two years. (Invented.)"
YES = {"said": "yes", "how": "By telephone, on Monday.", "tell": "That we met at the station."}


@pytest.fixture
def road(office):
    return Along(office)


class Along(Road):
    """A pastor who may meet them on the way."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)
        self.pastor = contacts.keep(self.liaison, {"code_name": "Finch", "roles": ["clergy"], "helper": "helper", "law_risk": "Ten years.",
                                                   "legs": [], "places": []})

    def along(self, leg="C02", who="Finch", **answer):
        actions_escort.ask(self.first, self.journey, leg=leg, who=who, risk=RISK)
        if answer:
            self.answer(**answer)
        return self

    def answer(self, **typed):
        actions_escort.answer(self.first, self.journey, company(self.now)[-1].id, typed)

    def goes_on(self):
        """At ALDER, with the second leg released."""
        self.moving().reach()
        return self.release(leg="C02", to="Wren")

    def known(self):
        here = self.now
        with writing():
            return exposure.known(people.contacts(self.first), here, [])


@pytest.mark.proves("S002-12")
def test_nobody_leaves_on_a_leg_before_whoever_goes_along_said_yes_to_it_and_settled_what_they_tell(road, office):
    road.ready().along()
    road.release().step("depart", paid=True, rested=True)                      # the leg before is not theirs
    road.reach()
    road.release(leg="C02", to="Wren")
    assert rule(road.step, "go_on", rested=True) == "company"                  # asked, and no answer
    road.answer(**YES | {"tell": ""})
    assert rule(road.step, "go_on", rested=True) == "company"
    road.answer(**YES)
    road.step("go_on", rested=True)
    (line,) = page(road.first, road.journey).lines
    assert (line.one.risk, line.law, line.one.tell, line.brief) == (RISK, "Ten years.", YES["tell"], "ALDER – MINT. by bus.")
    assert rule(road.answer, **YES | {"said": "no"}) == "begun"


def test_whoever_must_not_be_used_any_more_goes_along_no_further_and_leads_nobody(road):
    road.moving().reach()
    road.along(**YES).release(leg="C02", to="Wren")
    contacts.stop(road.liaison, road.pastor, result="suspended", against="Asked for by name.")
    assert rule(road.step, "go_on", rested=True) == "company"
    assert page(road.first, road.journey).lines[0].lacks == ("must not be used now",)
    road.answer(said="off", how="We told them.", tell="")
    assert rule(road.answer, **YES) == "answered"
    with writing():
        wren = next(one.id for one in people.contacts(road.first) if one.code_name == "Wren")
    contacts.stop(road.liaison, wren, result="burnt", against="Seen with police.")
    assert rule(road.step, "go_on", rested=True) == "company"                  # who leads was stopped after the release
    road.release(leg="C02", to="party").step("go_on", rested=True)


def test_they_are_told_of_their_leg_and_of_no_other(road):
    road.moving().reach()
    road.along(**YES)
    assert rule(road.release, leg="C04", to="Finch", why="x") == "need_to_know"  # another leg from the same place
    road.release(leg="C02", to="Finch").step("go_on", rested=True)
    road.reach()
    assert rule(road.release, leg="C05", to="Finch") == "need_to_know"         # where they go from there is not theirs
    assert "PLUM" not in page(road.first, road.journey).lines[0].brief


def test_who_said_no_is_on_no_leg_and_is_told_nothing(road):
    road.moving().reach()
    road.along(said="no", how="On Monday.", tell="")
    assert rule(road.release, leg="C02", to="Finch") == "need_to_know"
    road.release(leg="C02", to="Wren").step("go_on", rested=True)


@pytest.mark.proves("S002-12")
def test_after_a_capture_whoever_went_along_may_be_told_of_and_whoever_was_still_to_come_not(road):
    road.ready().along(leg="R01", **YES)
    road.along(leg="C02", who="Wren", **YES)
    assert "Finch" not in {one.code for one in knew(road.known(), {"party"})}  # they have not met
    road.release().step("depart", paid=True, rested=True)
    told = {one.code: (one.distance, one.through) for one in knew(road.known(), {"party"})}
    assert told.get("Finch") == (1, ("party",)) and "Wren" not in told
    assert "ALDER" in road.known()["Finch"] and "MINT" not in road.known()["Finch"]
    road.reach()
    road.release(leg="C02", to="party").step("go_on", rested=True)
    assert {"Finch", "Wren"} <= {one.code for one in knew(road.known(), {"party"}) if one.distance == 1}


def test_the_page_of_an_incident_names_whoever_went_along_and_what_they_settled(road):
    road.ready().along(leg="R01", **YES).along(leg="C02", who="Wren", **YES | {"tell": "Nothing yet."})
    road.release().step("depart", paid=True, rested=True)
    made = actions_incident.report(road.first, road.journey, TYPED)
    shown = road.office.sign_in(road.heron).get(reverse("incident", kwargs={"incident": made})).content.decode()
    assert "<b>Finch</b> went along" in shown and YES["tell"] in shown and "Nothing yet." not in shown


def test_another_party_that_they_went_along_with_is_found_through_them(road):
    road.ready().along(leg="R01", **YES).release().step("depart", paid=True, rested=True)
    here = road.now
    with writing():
        found = exposure.known(people.contacts(road.first), here, [here])
    assert here.case_ref in found["Finch"]


def test_who_is_asked_for_which_leg_is_bound(road, office):
    road.moving()
    ask = {"leg": "C02", "who": "Finch", "risk": RISK}
    for changed, why in (({"leg": "R01"}, "leg"), ({"leg": "K01"}, "leg"), ({"who": "Crow"}, "contact"), ({"who": "Nobody"}, "contact"),
                         ({"risk": " "}, "risk")):
        assert rule(actions_escort.ask, road.first, road.journey, **ask | changed) == why
    actions_escort.ask(road.first, road.journey, **ask)
    assert rule(actions_escort.ask, road.first, road.journey, **ask) == "twice"
    assert rule(road.answer, said="yes", how=" ", tell="x") == "how"
    with pytest.raises(NoSuchVault):
        actions_escort.answer(road.first, road.journey, "00" * 8, YES)
    with pytest.raises(NoSuchVault):
        road.answer(**YES | {"said": "perhaps"})
    road.answer(said="no", how="x", tell="")
    actions_escort.ask(road.first, road.journey, **ask)                        # asked anew
    assert [one.said.value for one in company(road.now)] == ["no", ""]


def test_a_part_of_a_divided_party_brings_with_it_who_went_along_before(road):
    from waystation_web.journeys.escorts import gone

    road.ready().along(leg="R01", **YES).along(leg="C02", who="Wren", **YES)
    road.release().step("depart", paid=True, rested=True)
    assert [one["who"] for one in gone(road.now)] == ["Finch"]
    later(road.office, hours=7)
    road.step("replan", code="turned_back")
    assert gone(road.now) == []


def test_the_page_asks_and_takes_down_the_answer(road):
    road.moving()
    client = road.office.sign_in(road.heron)
    at, answer = (reverse(name, kwargs={"journey": road.journey}) for name in ("journey-along", "journey-along-answer"))
    assert client.post(at, {"leg": "C02", "who": "Finch", "risk": RISK})["Location"].endswith("?done=asked")
    shown = client.get(at).content.decode()
    assert RISK in shown and "Ten years." in shown and "has not answered" in shown and "Crow" not in shown
    item = company(road.now)[0].id
    refused = client.post(answer, {"item": item, "said": "yes", "how": "x", "tell": ""})
    assert refused.status_code == 400 and "Settle this with them before they go along." in refused.content.decode()
    assert client.post(answer, YES | {"item": item}).status_code == 302 and company(road.now)[0].goes
    assert client.post(at, {"leg": "C02", "who": "Crow", "risk": RISK}).status_code == 400
