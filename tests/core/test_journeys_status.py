"""Steps of journeys and incidents: what is listed, who makes it, what is in the way; nobody departs unprotected."""

from dataclasses import fields, replace
from itertools import product

import pytest

from waystation.access.roles import Role
from waystation.casework.moves import Moved, step
from waystation.journeys.status import INCIDENT, JOURNEY, LIVE, ON_THE_ROAD, Broken, Road

ALL = frozenset(Role)


def everything(kind):
    given = {field.name: 100.0 if field.type is float or field.type == "float" else True for field in fields(kind)}
    return kind(**{**given, "reason": "x"})


TABLES = {"journey": (JOURNEY, Road), "incident": (INCIDENT, Broken)}


def statuses(table):
    return {start for start, _ in table} | {move.to for move in table.values()}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_listed_is_made_and_nothing_else(name):
    table, kind = TABLES[name]
    for status, event in product(statuses(table), {event for _, event in table}):
        found = step(table, status, event, ALL, everything(kind))
        assert isinstance(found, Moved) is ((status, event) in table)


@pytest.mark.parametrize("name", TABLES)
def test_each_step_is_made_by_its_roles_with_a_reason_and_each_guard_stands_in_the_way(name):
    table, kind = TABLES[name]
    whole, nothing = everything(kind), kind()
    for (status, event), move in table.items():
        for role in Role:
            assert isinstance(step(table, status, event, frozenset({role}), whole), Moved) is (role in move.who)
        assert step(table, status, event, ALL, replace(whole, reason=" ")).rule == "reason"
        if move.two:
            assert step(table, status, event, ALL, replace(whole, second=False)).rule == "second_signature"
        for rule, sentence, there in move.needs:
            (fact,) = [field.name for field in fields(kind)
                       if not there(replace(whole, **{field.name: getattr(nothing, field.name)}))]
            found = step(table, status, event, ALL, replace(whole, **{fact: getattr(nothing, fact)}))
            assert (found.rule, found.sentence) == (rule, sentence)


def reachable(table, start, facts):
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for (status, event), _ in table.items():
            found = step(table, status, event, ALL, facts) if status == at else None
            if isinstance(found, Moved) and found.to not in seen:
                seen.add(found.to)
                waiting.append(found.to)
    return seen


@pytest.mark.parametrize("lacking", ["go", "standing", "consent", "everybody_said_yes", "children_cared", "released", "company", "paid",
                                     "rested"])
def test_no_way_leads_on_the_road_without_it(lacking):
    assert reachable(JOURNEY, "", everything(Road)) >= {*LIVE, "learnt", "left", "handed over"}
    assert not reachable(JOURNEY, "", replace(everything(Road), **{lacking: False})) & set(ON_THE_ROAD)


def test_their_own_wish_to_stop_is_followed_without_argument_from_everywhere():
    for status in (*LIVE, "approved", "suspended"):
        assert JOURNEY[status, "stop"].needs == () and not JOURNEY[status, "stop"].two
        assert step(JOURNEY, status, "stop", frozenset({Role.FIELD_LIAISON}), Road(reason="they wish it")) == Moved("left")


def test_every_journey_can_be_closed_with_its_outcomes_and_every_incident_ends_with_a_person():
    for status in statuses(JOURNEY) - {"learnt"}:
        assert "learnt" in reachable(JOURNEY, status, everything(Road)), status
        assert "learnt" not in reachable(JOURNEY, status, replace(everything(Road), outcomes=False)) - {status}
    for status in statuses(INCIDENT) - {"false alarm"}:
        assert "closed" in reachable(INCIDENT, status, everything(Broken)), status


CO, SO, RO, FL = (frozenset({role}) for role in (Role.COORDINATOR, Role.SECURITY_OFFICER, Role.RIGHTS_OFFICER, Role.FIELD_LIAISON))


@pytest.mark.parametrize(("event", "here", "there"), [("demand", CO, SO), ("appeal", RO, SO)])
def test_a_hold_and_an_appeal_are_signed_by_one_of_each_of_two_offices(event, here, there):
    def signed(first, second):
        found = step(INCIDENT, "responding", event, second, everything(Broken), first=first)
        return getattr(found, "rule", "signed")

    assert (signed(here, there), signed(there, here), signed(None, here), signed(None, there)) == ("signed",) * 4
    assert (signed(here, here), signed(there, there), signed(frozenset(), here)) == ("office",) * 3
    assert signed(here, FL) == "role"
    assert (signed(here | there, here), signed(here, here | there), signed(here | there, here | there)) == ("signed",) * 3  # another person


@pytest.mark.refuses("H-12")
@pytest.mark.parametrize("status", ["responding", "transferred"])
def test_no_appeal_goes_out_under_an_embargo(status):
    found = step(INCIDENT, status, "appeal", RO, replace(everything(Broken), may_leave=False))
    assert getattr(found, "rule", "made") == "embargo"


@pytest.mark.parametrize(("event", "hours", "rule"), [("pay", 23.9, "H-32"), ("other", 0.0, "H-32"), ("pay", 24.0, None)])
def test_a_demand_waits_a_day(event, hours, rule):
    found = step(INCIDENT, "hold", event, ALL, replace(everything(Broken), held_h=hours))
    assert getattr(found, "rule", None) == rule


def test_refusing_a_demand_needs_no_waiting_and_anybody_may_report():
    assert isinstance(step(INCIDENT, "hold", "refuse", ALL, Broken(reason="x", second=True, decided=True)), Moved)
    assert all(isinstance(step(INCIDENT, "", "report", frozenset({role}), Broken(reason="a call")), Moved) for role in Role)
