"""Steps of an application: what is listed, who makes it, what is in the way; an emergency leads back to where it began."""

from dataclasses import fields, replace
from itertools import product

import pytest

from waystation.access.roles import Role
from waystation.casework.application import APPLICATION, BEGUN, EMERGENCY, Status, step
from waystation.casework.moves import Moved, Refused

EVERYTHING = Status(
    reason="x", compared=True, explained=True, unity=True, documents=True, counsel=True, consent=True, held=True, broker_interprets=False,
    summary=True, grounds=True, deadline=True, left=3, measures=True, memo=True, before="pending")
ALL, RIGHTS = frozenset(Role), frozenset({Role.RIGHTS_OFFICER})
STATUSES = {start for start, _ in APPLICATION} | {move.to for move in APPLICATION.values()} - {""}


def rule(status, event, **more):
    found = step(status, event, RIGHTS, replace(EVERYTHING, **more))
    return found.rule if isinstance(found, Refused) else ""


def test_what_is_listed_is_made_by_whom_it_is_listed_for_and_nothing_else():
    for status, event in product(STATUSES, {event for _, event in APPLICATION}):
        facts = replace(EVERYTHING, left=-1) if event == "bar" else EVERYTHING
        move = APPLICATION.get((status, event))
        if move is None:
            assert step(status, event, ALL, facts).rule == "no_such_move"
            continue
        assert step(status, event, ALL, facts) == Moved(move.to or "pending")
        for role in Role:
            assert isinstance(step(status, event, frozenset({role}), facts), Moved) is (role in move.who)
        assert step(status, event, ALL, replace(facts, reason=" ")).rule == "reason"


def test_each_guard_is_in_the_way_when_its_fact_is_missing():
    for (status, event), move in APPLICATION.items():
        facts = replace(EVERYTHING, left=-1) if event == "bar" else EVERYTHING
        for wanted, _sentence, there in move.needs:
            missing = [one.name for one in fields(Status) if not there(replace(facts, **{one.name: getattr(Status(), one.name)}))]
            if event == "bar":
                assert step(status, event, ALL, replace(facts, left=0)).rule == wanted
                continue
            (fact,) = missing
            assert step(status, event, ALL, replace(facts, **{fact: getattr(Status(), fact)})).rule == wanted


@pytest.mark.refuses("H-05")
def test_nothing_is_filed_without_everybodys_yes():
    assert rule("preparing", "file") == "" and rule("preparing", "file", consent=False) == "H-05"


@pytest.mark.refuses("W-13", "W-14")
def test_no_way_is_chosen_before_it_was_said_what_it_costs():
    assert rule(BEGUN, "choose") == "" and rule(BEGUN, "choose", compared=False) == "F12"
    assert rule(BEGUN, "choose", explained=False) == "W-13" and rule(BEGUN, "choose", unity=False) == "W-14"


@pytest.mark.refuses("H-30")
def test_the_broker_interprets_no_interview():
    assert rule("at liberty", "interview") == "" and rule("at liberty", "interview", broker_interprets=True) == "H-30"


def test_an_appeal_has_its_day_and_an_emergency_ends_where_it_began():
    assert rule("refused", "appeal", left=0) == "" and rule("refused", "appeal", left=-1) == "deadline"
    assert rule("refused", "bar", left=0) == "deadline" and rule("refused", "bar", left=None) == "" == rule("refused", "bar", left=-1)
    assert step(EMERGENCY, "averted", RIGHTS, replace(EVERYTHING, before="filed")) == Moved("filed")
    assert rule(EMERGENCY, "averted", before="") == "no_such_move"
