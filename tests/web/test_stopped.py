"""Nothing is paid to a code name that is frozen: told to finance, who opens no route book, without naming anybody to the others."""

import json

import pytest
from money import House
from test_incidents import Caught

from waystation.ledger.entries import Kind
from waystation.ledger.signatures import Missing
from waystation_web.duty import stopped
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_incident
from waystation_web.ledger import actions, actions_sign
from waystation_web.ledger.actions_sign import Incomplete
from waystation_web.ledger.entry import State
from waystation_web.ledger.question import question
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NotPermitted


@pytest.fixture
def road(office):
    return Caught(office).taken()


def line(road, contact):
    """A small line to somebody, which one person pays."""
    typed = House.typed(road_as_house(road), amount="200 USD", contact=contact, case_id=road.case, second=road.first.id)
    return actions.new(road.worker, typed)


def road_as_house(road):
    house = House.__new__(House)
    house.office, house.case, house.co, house.fi = road.office, road.case, road.first, road.money
    return house


def pay(road, entry):
    actions_sign.pay(road.money, entry, day=road.office.now.date(), no_receipt="cash, no paper")


def missing(road, entry):
    with pytest.raises(Incomplete) as refused:
        pay(road, entry)
    return refused.value.missing


def test_what_a_person_froze_is_not_paid_until_it_is_let_go(road):
    entry, other = line(road, "heron "), line(road, "Wren")  # a code name is typed by hand
    actions_incident.confirm(road.first, road.incident, ["Heron", "ALDER"])
    assert missing(road, entry) == (Missing.FROZEN,)
    pay(road, other)
    assert [one.partition(":")[0] for one in question(road.money, entry).missing] == ["Nothing is paid to this code name now"]  # the page says it before anybody tries
    actions_incident.let_go(road.second, road.incident, ["ALDER"], reason="The house was watched for a week. (Invented.)")
    assert missing(road, entry) == (Missing.FROZEN,)
    actions_incident.let_go(road.first, road.incident, ["Heron"], reason="He was never known. (Invented.)")
    pay(road, entry)
    assert road_as_house(road).line(entry).state is State.PAID


def test_what_is_paid_for_a_party_stops_with_its_case_but_a_demand_has_a_hold_of_its_own(road):
    entry = line(road, "Wren")
    assert next(one["code"] for one in road.page.proposals) == "K7Q2"  # its own payments are the first that is proposed
    actions_incident.confirm(road.first, road.incident, ["K7Q2"])
    assert missing(road, entry) == (Missing.FROZEN,)
    nameless = line(road, "")
    assert missing(road, nameless) == (Missing.FROZEN,)
    ransom = actions.new(road.worker, House.typed(road_as_house(road), amount="200 USD", kind=Kind.RANSOM, contact="", case_id=road.case,
                                                  second=road.first.id))
    assert Missing.FROZEN not in missing(road, ransom)
    actions_incident.let_go(road.first, road.incident, ["K7Q2"], reason="They are free. (Invented.)")
    pay(road, entry)


def test_what_two_incidents_froze_is_paid_when_both_have_let_it_go(road):
    entry = line(road, "Heron")
    other = actions_incident.report(road.first, road.journey, {"kind": "injury", "how_known": "A call. (Invented.)", "province": "",
                                                               "force": "", "stop": False})
    for incident in (road.incident, other):
        actions_incident.confirm(road.first, incident, ["Heron"])
    for incident in (road.incident, other):
        assert missing(road, entry) == (Missing.FROZEN,)
        actions_incident.let_go(road.first, incident, ["Heron"], reason="It is over. (Invented.)")
    pay(road, entry)


def test_who_came_later_and_cannot_know_pays_nobody(road, office):
    from acts import member

    entry = line(road, "Wren")
    actions_incident.confirm(road.first, road.incident, ["Heron"])
    late = member(office, "late", ("finance",))
    with writing():
        assert stopped.is_stopped(late, "Wren") and not stopped.is_stopped(road.money, "Wren")
        assert not stopped.is_stopped(late, "")  # to nobody by name
    pay(road, entry)


def test_the_list_names_nobody_and_a_coordinator_who_cannot_read_it_lets_nothing_go(road, office):
    from acts import member

    actions_incident.confirm(road.first, road.incident, ["Heron"])
    with writing():  # whoever works here holds it, and reads no name
        (held,) = [one for one in kept.every(road.money, "duty") if one.body["sort"] == "stopped"]
    told = json.dumps(held.opened.payload).casefold()
    assert "heron" not in told and len(held.body["marks"]) == 1
    late = member(office, "late", ("coordinator",))
    with writing(), pytest.raises(NotPermitted) as why:
        stopped.keep(late, [], of=bytes.fromhex(held.body["of"]))
    assert why.value.rule == "house"
