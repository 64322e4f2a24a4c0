"""The worst case: the bound holds for every belief that the caps allow, and what is found by attacking lies under it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.planning.attack import (
    ATTACKERS,
    DAYS,
    Lost,
    bound,
    goals,
    in_window,
    loss,
    month_of,
    patient,
    table,
    worst_loss,
)
from waystation.trust.believing import TERMS
from waystation.trust.instances import STATED

Q = np.array([[0.90, 0.55, 0.10], [0.70, 0.68, 0.40], [0.45, 0.45, 0.45]])  # go, wait, stop; calm, alert, crackdown


@st.composite
def choices(draw):
    C = draw(st.integers(2, 4))
    q = np.array(draw(st.lists(st.lists(st.floats(0, 1), min_size=C, max_size=C), min_size=2, max_size=5)))
    b = np.array(draw(st.lists(st.floats(0.01, 1), min_size=C, max_size=C)))
    return q, b / b.sum(), draw(st.lists(st.floats(0, 1), min_size=C, max_size=C)), draw(st.floats(0, 6))


@given(choices())
@settings(max_examples=200, deadline=None)
def test_no_belief_within_reach_loses_more_than_the_bound(drawn):
    q, b, direction, moved = drawn
    assert loss(q, b, b * np.exp(moved * np.array(direction))) <= bound(q, b, moved=moved) + 1e-9


@given(choices())
@settings(max_examples=50, deadline=None)
def test_more_reach_is_never_a_smaller_bound(drawn):
    q, b, _, moved = drawn
    assert bound(q, b, moved=0) <= bound(q, b, moved=moved) <= bound(q, b, moved=np.inf)


def test_one_trusted_root_turns_a_decision_and_the_bound_says_by_how_much():
    b = np.array([0.15, 0.35, 0.50])
    found = [in_window([Q], b, k) for k in ATTACKERS[:3]]
    assert found == sorted(found)
    assert found[0] > 5  # somebody who cannot see it is sent into a crackdown
    assert all(lost <= bound(Q, b, moved=k * TERMS.cap) + 1e-9 for k, lost in enumerate(found, 1))


def test_a_smaller_cap_takes_from_the_attacker():
    b = np.array([0.15, 0.35, 0.50])
    assert bound(Q, b, moved=np.log(1.05)) < bound(Q, b, moved=np.log(8))


def test_an_attacker_with_a_month_is_under_the_bound_of_any_belief():
    month = month_of(STATED, 4)
    b = month.believed([], TERMS)
    lost = patient([Q], month, b, 1)
    assert len(month.truth) == DAYS
    assert 0 <= lost <= bound(Q, b, moved=np.inf) + 1e-9


def test_the_table_says_where_a_bound_did_not_hold():
    fine = [Lost("S", 0, k, 1.0, 2.0, 1.5, 3.0) for k in ATTACKERS]
    assert "MISSED" not in table(fine)
    assert all(met for _, _, met in goals(fine))
    broken = [*fine[:-1], Lost("S", 0, 5, 2.5, 2.0, 3.5, 3.0)]
    assert [met for _, _, met in goals(broken)] == [False, False]
    assert table(broken).count("MISSED") == 2


def test_the_place_where_most_is_lost_counts():
    harmless = np.array([[0.5, 0.5, 0.5]])
    b, lied = np.array([0.15, 0.35, 0.50]), np.array([0.9, 0.09, 0.01])
    assert worst_loss([harmless, Q], b, lied) == pytest.approx(loss(Q, b, lied))
