"""Networks so small that the answer is a formula."""

from math import comb

import numpy as np
import pytest

from oracles.nets import changed
from oracles.solvers import SOLVERS
from waystation.planning.mdp import FIRST_LEG, STOP, WAIT, Model

EXACT = 1e-13


def line(lost, *, back=(), cost=(), durations=((1, 1, 1),), weights=((1.0, 0.0, 0.0),), steps=10, budget=0, penalty=0.0,
         wait_loss=None, stay=0.0):
    """Places 0..k in a row, the last the goal, one condition, one leg between neighbours with chance `lost` of each.

    Nobody may wait unless `wait_loss` is given: where waiting costs nothing, it comes before a leg of equal value.
    """
    legs = len(lost)
    n, lost = legs + 1, np.array(lost, float)
    back = np.array(back or [0.0] * legs)
    kinds = np.zeros((1, legs, 1, 3))
    kinds[0, :, 0, 0] = lost
    waits = np.zeros((1, n, 1, 3))
    waits[..., 0] = wait_loss or 0.0
    ptr = np.r_[np.arange(n), legs].astype(np.int32)
    return Model(
        area=np.zeros(n, np.int32), goal=np.arange(n) == legs, stay_value=np.full(n, stay), ptr=ptr,
        dst=np.arange(1, n, dtype=np.int32), cost=np.array(cost or [0] * legs, np.int16),
        profile=np.arange(legs, dtype=np.int32) % len(durations), prof_dur=np.array(durations, np.int8),
        prof_q=np.array(weights), arrive=(1 - lost - back)[None, :, None], back=back[None, :, None], lost=kinds,
        wait_to=np.full(n, -1, np.int32) if wait_loss is None else np.arange(n, dtype=np.int32),
        wait_cost=np.zeros(n, np.int16), wait_loss=waits,
        leg_open=np.ones((steps, legs), bool), chain=np.ones((1, 1, 1, 1)), season_of=np.zeros(steps, np.uint8),
        forecast=np.ones((steps + 1, 1, 1)), penalty=np.array([penalty, 0, 0]), budget=budget)


pytestmark = pytest.mark.parametrize("solve", SOLVERS)


def value(solve, model):
    """Value at the start with all time and money."""
    return solve(model, start=0).start[0, 0, -1]


def test_one_leg(solve):
    assert abs(value(solve, line([0.08])) - 0.92) <= EXACT


def test_legs_in_a_row_multiply(solve):
    lost = [0.01, 0.2, 0.05, 0.125]
    assert abs(value(solve, line(lost)) - np.prod(1 - np.array(lost))) <= EXACT


def test_waiting_for_a_window_costs_its_danger(solve):
    model = line([0.1], steps=12, wait_loss=0.03)
    model.leg_open[:7] = False
    surface = solve(model, start=0)
    assert abs(surface.start[0, 0, 0] - 0.97**7 * 0.9) <= EXACT
    assert surface.policy[:8, 0, 0, 0].tolist() == [WAIT] * 7 + [FIRST_LEG]


def test_better_of_two_legs_and_the_first_of_equals(solve):
    model = line([0.1])
    two = changed(
        model, ptr=np.array([0, 2, 2], np.int32), dst=np.array([1, 1], np.int32), cost=np.zeros(2, np.int16),
        profile=np.zeros(2, np.int32), arrive=np.array([[[0.9], [0.95]]]), back=np.zeros((1, 2, 1)),
        lost=np.array([[[[0.1, 0, 0]], [[0.05, 0, 0]]]]), leg_open=np.ones((10, 2), bool))
    surface = solve(two, start=0)
    assert abs(surface.start[0, 0, 0] - 0.95) <= EXACT and surface.policy[0, 0, 0, 0] == FIRST_LEG + 1
    equal = changed(two, arrive=np.full((1, 2, 1), 0.9), lost=np.repeat(two.lost[:, :1], 2, axis=1))
    assert solve(equal, start=0).policy[0, 0, 0, 0] == FIRST_LEG
    nearly = changed(equal, arrive=np.array([[[0.9], [0.9 + 5e-13]]]))
    assert solve(nearly, start=0).policy[0, 0, 0, 0] == FIRST_LEG


def test_waiting_comes_before_a_leg_of_equal_value(solve):
    policy = solve(line([0.1], steps=3, wait_loss=0.0), start=0).policy
    assert policy[:, 0, 0, 0].tolist() == [WAIT, WAIT, FIRST_LEG]


def test_turned_back_again_and_again(solve):
    arrive, back, tries = 0.5, 0.3, 6
    model = line([1 - arrive - back], back=[back], steps=tries)
    assert abs(value(solve, model) - arrive * sum(back**k for k in range(tries))) <= EXACT


def test_two_legs_with_turning_back_are_negative_binomial(solve):
    arrive, back, steps = 0.6, 0.35, 9
    model = line([1 - arrive - back] * 2, back=[back] * 2, steps=steps)
    expected = sum(comb(k + 1, 1) * back**k * arrive**2 for k in range(steps - 1))
    assert abs(value(solve, model) - expected) <= EXACT


def test_turned_back_has_paid(solve):
    model = line([0.0], back=[0.5], cost=[2], steps=10, budget=5)
    assert solve(model, start=0).start[0, 0] == pytest.approx([0, 0, 0.5, 0.5, 0.75, 0.75], abs=EXACT)


def test_deadline_cuts_a_long_duration(solve):
    model = line([0.1], durations=((1, 2, 4),), weights=((0.6, 0.3, 0.1),), steps=5)
    at = solve(model, start=0).start[:, 0, 0]
    assert at == pytest.approx([0.9, 0.9, 0.9 * 0.9, 0.9 * 0.9, 0.9 * 0.6, 0], abs=EXACT)


def test_stop_wins_above_a_penalty(solve):
    lost = 0.25  # going is worth 0.75 - 0.25 penalty: nothing is left at 3
    below, above = (solve(line([lost], penalty=p), start=0) for p in (2.999, 3.001))
    assert below.policy[0, 0, 0, 0] == FIRST_LEG and below.start[0, 0, 0] == pytest.approx(0.00025, abs=EXACT)
    assert above.policy[0, 0, 0, 0] == STOP and above.start[0, 0, 0] == 0


def test_a_leg_that_cannot_be_paid_is_never_taken(solve):
    for penalty in (0.0, 2.0):
        for stay in (0.0, 0.2):
            surface = solve(line([0.05], cost=[3], budget=4, penalty=penalty, stay=stay), start=0)
            going = 0.95 - 0.05 * penalty
            assert surface.start[0, 0] == pytest.approx([stay] * 3 + [going] * 2, abs=EXACT)
            assert surface.policy[0, 0, 0].tolist() == [STOP] * 3 + [FIRST_LEG] * 2


def test_a_leg_on_which_all_are_lost_is_never_taken(solve):
    surface = solve(line([1.0], cost=[1], budget=2), start=0)
    assert not surface.start.any() and not surface.policy.any()


def two_conditions(area):
    """Start - middle - goal; the second leg is deadly under condition 1; conditions change slowly."""
    chain = np.array([[0.9, 0.1], [0.1, 0.9]])
    hazard = np.array([[0.0, 0.0], [0.05, 0.8]])
    kinds = np.zeros((1, 2, 2, 3))
    kinds[0, :, :, 0] = hazard
    areas = int(max(area)) + 1
    return Model(
        area=np.array(area, np.int32), goal=np.array([False, False, True]), stay_value=np.zeros(3),
        ptr=np.array([0, 1, 2, 2], np.int32), dst=np.array([1, 2], np.int32), cost=np.zeros(2, np.int16),
        profile=np.zeros(2, np.int32), prof_dur=np.array([[1, 1, 1]], np.int8), prof_q=np.array([[1.0, 0, 0]]),
        arrive=(1 - hazard)[None], back=np.zeros((1, 2, 2)), lost=kinds, wait_to=np.full(3, -1, np.int32),
        wait_cost=np.zeros(3, np.int16), wait_loss=np.zeros((1, 3, 2, 3)), leg_open=np.ones((6, 2), bool),
        chain=np.tile(chain, (1, areas, 1, 1)), season_of=np.zeros(6, np.uint8),
        forecast=np.full((7, areas, 2), 0.5), penalty=np.zeros(3), budget=0)


def test_condition_lives_on_inside_an_area(solve):
    surface = solve(two_conditions([0, 0, 0]), start=0)
    assert surface.start[0, :, 0] == pytest.approx([0.9 * 0.95 + 0.1 * 0.2, 0.1 * 0.95 + 0.9 * 0.2], abs=EXACT)


def test_an_area_cannot_be_cut_in_two_without_changing_the_answer(solve):
    whole, cut = solve(two_conditions([0, 0, 0]), start=0), solve(two_conditions([0, 1, 0]), start=0)
    assert cut.start[0, :, 0] == pytest.approx([0.5 * 0.95 + 0.5 * 0.2] * 2, abs=EXACT)
    assert np.abs(whole.start[0] - cut.start[0]).min() > 0.1
