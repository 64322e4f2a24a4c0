"""An embargo: set by one, ended by two offices, looked at again within a quarter, and never ended by a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from waystation.access.roles import Role
from waystation.casework.embargo import CARE, EMBARGO, LIFTED, OF_CARE, REVIEW_WITHIN, STANDS, Quiet, due, is_care
from waystation.casework.moves import Moved, step

ALL = frozenset(Role)
CO, RO, SO, CW, FI, FL = (frozenset({role}) for role in (Role.COORDINATOR, Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER, Role.CASE_WORKER,
                                                         Role.FINANCE, Role.FIELD_LIAISON))
SAID = Quiet(reason="Those who hid them are still there. (Invented.)", second=True, review_in=30, out_of_danger=True)


def found(status, event, roles=ALL, facts=SAID, **more):
    told = step(EMBARGO, status, event, roles, facts, **more)
    return told.to if isinstance(told, Moved) else told.rule


def test_it_is_set_goes_on_and_is_lifted_and_nothing_else():
    ways = {(status, event): found(status, event) for status in ("", STANDS, LIFTED) for event in ("embargo", "prolong", "lift")}
    assert {way: to for way, to in ways.items() if to != "no_such_move"} == {
        ("", "embargo"): STANDS, (LIFTED, "embargo"): STANDS, (STANDS, "prolong"): STANDS, (STANDS, "lift"): LIFTED}


@pytest.mark.refuses("H-12")
@pytest.mark.parametrize("event", ["embargo", "prolong"])
def test_it_has_a_day_on_which_it_is_looked_at_again_within_a_quarter(event):
    status = "" if event == "embargo" else STANDS
    for days, to in ((None, "review"), (0, "review"), (-1, "review"), (1, STANDS), (REVIEW_WITHIN, STANDS), (REVIEW_WITHIN + 1, "review")):
        assert found(status, event, facts=replace(SAID, review_in=days)) == to, days
    assert found(status, event, facts=replace(SAID, reason=" ")) == "reason"
    assert [roles for roles in (CO, RO, SO, CW, FI, FL) if found(status, event, roles) == "role"] == [SO, FI]  # they write no incident alone


@pytest.mark.refuses("H-12")
def test_it_is_lifted_by_one_who_knows_the_people_and_a_security_officer_who_found_out_that_nobody_is_in_danger():
    assert found(STANDS, "lift", facts=replace(SAID, out_of_danger=False)) == "H-12"
    assert found(STANDS, "lift", facts=replace(SAID, second=False)) == "second_signature"
    signed = {(a, b): found(STANDS, "lift", b, first=a) for a in (CO, RO, SO) for b in (CO, RO, SO)}
    assert {pair for pair, to in signed.items() if to == LIFTED} == {(CO, SO), (RO, SO), (SO, CO), (SO, RO)}
    assert set(signed.values()) == {LIFTED, "office"}
    assert [found(STANDS, "lift", one) for one in (CW, FI, FL)] == ["role"] * 3


@pytest.mark.refuses("H-12")
def test_its_day_is_to_look_again_and_opens_nothing():
    day = date(2030, 5, 2)
    assert [due(day, day + timedelta(days=n)) for n in (-1, 0, 400)] == [False, True, True]
    assert not {event for _, event in EMBARGO} - {"embargo", "prolong", "lift"}  # no step of it is made by a clock


@pytest.mark.refuses("H-12")
def test_care_goes_on_and_nothing_of_the_way():
    assert all(is_care(one, OF_CARE) for one in CARE)
    for one in ("media", "research", "host_state", "rok", "un_body", "family", "security", "other", ""):
        assert not is_care(one, {"needs"}), one
    for data in ("journey", "testimony", "picture"):
        assert not is_care("legal", {"needs", data}), data
