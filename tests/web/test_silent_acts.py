"""On a silent incident nobody acts but whoever its page is for, by whatever way they ask."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from test_incidents import Caught, rule

from waystation.units import Money
from waystation_web.duty import actions as duty
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_incident as acts
from waystation_web.journeys.queries_incident import attending
from waystation_web.network import freezes
from waystation_web.records import queries as kept


@pytest.fixture
def road(office):
    road = Caught(office)
    road.moving()
    assert road.word(word="Grey goose") == "right"  # as it looks to whoever took it down
    (found,) = attending(road.first)
    road.incident = found.id
    return road


def everything(road):
    """Each act on an incident."""
    demand = {"amount": Money.parse("9 USD"), "words": "x", "note": "x", "second": road.money.id, "other": road.guard.id}
    return {"own": ("codes", road.second.id), "done": ("codes",), "confirm": (["Heron"],), "let_go": (["Heron"], {"reason": "It is over."}),
            "make_step": ("refute", {"reason": "A slip of the tongue. (Invented.)"}), "demand": (demand,)}


def body(road):
    with writing():
        return kept.one(road.first, road.incident, "incident", looked=False).body


def called(road, actor, name, given):
    more = given[-1] if name in {"let_go", "demand"} else {}
    plain = given[:-1] if name in {"let_go", "demand"} else given
    return rule(getattr(acts, name), actor, road.incident, *plain, **more)


@pytest.mark.refuses("H-35")
def test_who_has_not_confirmed_who_they_are_or_is_not_on_duty_does_nothing_to_it(road, office):
    before = body(road)
    unsure = replace(road.first, stepped_up_until=None)
    assert {called(road, unsure, name, given) for name, given in everything(road).items()} == {"step_up"}
    duty.go_on(road.first, who=road.second.id, start=office.now, end=office.now + timedelta(hours=4))
    assert {called(road, road.first, name, given) for name, given in everything(road).items()} == {"duty"}
    assert body(road) == before
    with writing():
        assert freezes.codes(road.first) == frozenset()
    acts.own(road.second, road.incident, "codes", road.first.id)  # and whoever is on duty does
    assert acts.make_step(road.second, road.incident, "suspect", {"reason": "Heard by two. (Invented.)", "graded": True}) == "moved"


def test_the_addresses_refuse_too(road, office):
    duty.go_on(road.first, who=road.second.id, start=office.now, end=office.now + timedelta(hours=4))
    client, before = office.sign_in(road.heron), body(road)
    for name, said in (("incident-freeze", {"code": ["Heron"]}), ("incident-let-go", {"code": ["Heron"], "reason": "x"}),
                       ("incident-line", {"name": "codes", "done": "1"}), ("incident-step", {"event": "refute", "reason": "x"})):
        assert client.post(reverse(name, kwargs={"incident": road.incident}), said).status_code == 403, name
    assert body(road) == before
