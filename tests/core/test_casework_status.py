"""Steps of requests and cases: what is listed, who makes it, what is in the way; no way around the guards."""

from dataclasses import fields, replace
from itertools import product

import pytest

from waystation.access.roles import Role
from waystation.casework.status import CASE, REQUEST, Facts, Moved, Refused, step, steps_from

EVERYTHING = Facts(
    reason="x", second=True, challenge=True, scored=True, review_days=7, capacity_shown=True, named=True, answered=True, referral_tried=True, consent_asked=True,
    consent=True, referral_consent=True, broker_interprets=False, holders=2, screens=True, standing=True, everybody_said_yes=True,
    children_cared=True, checklist=7, tries=2)
ALL = frozenset(Role)
TABLES = {"request": REQUEST, "case": CASE}


def statuses(table):
    return {start for start, _ in table} | {move.to for move in table.values()}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_listed_is_made_and_nothing_else(name):
    table = TABLES[name]
    events = {event for _, event in table}
    for status, event in product(statuses(table), events):
        found = step(table, status, event, ALL, EVERYTHING)
        if (status, event) in table:
            assert found == Moved(table[status, event].to)
        else:
            assert found == Refused("no_such_move", "This is no step from here.")


@pytest.mark.refuses("H-07")
@pytest.mark.parametrize("name", TABLES)
def test_nobody_makes_a_step_that_is_not_theirs_or_without_a_reason(name):
    for (status, event), move in TABLES[name].items():
        for role in Role:
            found = step(TABLES[name], status, event, frozenset({role}), EVERYTHING)
            assert isinstance(found, Moved) is (role in move.who), (status, event, role)
        assert step(TABLES[name], status, event, ALL, replace(EVERYTHING, reason=" ")).rule == "reason"


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize("name", TABLES)
def test_each_guard_is_in_the_way_when_its_fact_is_missing(name):
    looked = 0
    for (status, event), move in TABLES[name].items():
        if move.two:
            assert step(TABLES[name], status, event, ALL, replace(EVERYTHING, second=False)) == Refused(
                "second_signature", "This step needs a second signature.")
        for rule, _sentence, there in move.needs:
            (fact,) = [field.name for field in fields(Facts)
                       if not there(replace(EVERYTHING, **{field.name: getattr(Facts(), field.name)}))]
            found = step(TABLES[name], status, event, ALL, replace(EVERYTHING, **{fact: getattr(Facts(), fact)}))
            assert found.rule == rule
            looked += 1
    assert looked >= 8


def reachable(table, start, facts):
    seen, waiting = set(), [start]
    while waiting:
        status = waiting.pop()
        if status in seen:
            continue
        seen.add(status)
        waiting += [found.to for event, _ in steps_from(table, status)
                    if isinstance(found := step(table, status, event, ALL, facts), Moved)]
    return seen


@pytest.mark.refuses("H-21", "H-23", "H-29", "H-31")
@pytest.mark.parametrize("fact", ["standing", "everybody_said_yes", "children_cared", "consent_asked", "consent", "screens"])
def test_no_way_leads_on_the_road_without_it(fact):
    assert "in transit" in reachable(CASE, "", EVERYTHING)
    assert "in transit" not in reachable(CASE, "", replace(EVERYTHING, **{fact: False}))


@pytest.mark.refuses("H-34")
@pytest.mark.parametrize("fact", ["named", "answered", "referral_tried"])
def test_nobody_is_declined_without_an_answer_and_an_attempt_to_refer(fact):
    assert "declined" not in reachable(REQUEST, "new", replace(EVERYTHING, **{fact: False}))
    assert "declined" in reachable(REQUEST, "new", EVERYTHING)


@pytest.mark.parametrize(("before", "after"), [("", "active"), ("in transit", "active"), ("active", "active"),
                                               ("arrived", "arrived"), ("settling", "settling"), ("closed", "active")])
def test_a_crisis_leads_back_but_never_on_the_road_without_being_asked_again(before, after):
    assert step(CASE, "crisis", "resolve", ALL, replace(EVERYTHING, before=before)) == Moved(after)
    assert "in transit" not in reachable(CASE, "crisis", replace(EVERYTHING, before=before, everybody_said_yes=False))


def test_a_search_never_ends_by_itself():
    assert not steps_from(CASE, "search and advocacy")


@pytest.mark.parametrize(("days", "queued"), [(-1, False), (0, False), (1, True), (7, True), (8, False)])
def test_a_request_that_waits_is_looked_at_again_within_seven_days(days, queued):
    found = step(REQUEST, "assessed", "queue", ALL, replace(EVERYTHING, review_days=days))
    assert found == Moved("queued") if queued else found.rule == "review"


@pytest.mark.refuses("H-04")
def test_no_adult_is_taken_on_the_road_against_their_no():
    found = step(CASE, "active", "depart", ALL, replace(EVERYTHING, everybody_said_yes=False))
    assert found == Refused("H-04", "Every adult says yes themselves. Nobody is moved against their will.")
