"""Every solver against plain loops, and the loops against a search over all policies."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles.naive import best_of_all_policies, count_policies, solve_by_loops
from oracles.nets import random_model
from oracles.solvers import SOLVERS
from waystation.planning.engine.bounds import earliest
from waystation.planning.engine.reference import solve as solve_in_numpy

BATCHES = 6


@cache
def judged(seed, **sizes):
    """A model, and its values and actions by the loops; computed once for all solvers."""
    model = random_model(seed, **sizes)
    return model, *solve_by_loops(model)


@pytest.mark.parametrize("solve", SOLVERS)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_values_and_policy_are_those_of_the_loops(solve, batch):
    for seed in range(batch * 50, batch * 50 + 50):
        model, value, action = judged(seed, places=8, steps=20, conditions=3)
        whole = solve(model, start=0, keep_value=True)
        assert np.abs(whole.value - value).max() <= 1e-12, seed
        assert np.array_equal(whole.policy, action), seed
        assert np.array_equal(whole.start, whole.value[:, 0]), seed
        pruned = solve(model, start=0)
        assert np.abs(pruned.start - value[:, 0]).max() <= 1e-12, seed
        possible = np.arange(model.steps)[:, None] >= earliest(model, 0)
        assert np.array_equal(pruned.policy, np.where(possible[:, :, None, None], action, 0)), seed


@pytest.mark.parametrize("solve", SOLVERS)
@pytest.mark.parametrize("conditions", [4, 5, 6])
def test_up_to_six_conditions(solve, conditions):
    met = 0
    for seed in range(40):
        model, value, action = judged(seed, places=5, steps=8, conditions=conditions)
        met += model.chain.shape[2] == conditions
        found = solve(model, start=0, keep_value=True)
        assert np.abs(found.value - value).max() <= 1e-12, seed
        assert np.array_equal(found.policy, action), seed
    assert met >= 3


@cache
def tiny_models(limit, total):
    """Models with 2 to `limit` policies over what can be reached, `total` policies in all, each with its best value."""
    found, tried = [], 0
    for seed in range(3000):
        model = random_model(seed, places=3, steps=4, conditions=2, longest=2, budget=2, degree=2)
        first = (0, 0, 0, model.budget)
        count = count_policies(model, first)
        if 2 <= count <= limit and tried < total:
            found.append((seed, model, best_of_all_policies(model, first)))
            tried += count
    assert tried >= total
    return found


@pytest.mark.parametrize("solve", SOLVERS)
def test_no_policy_is_better(solve):
    for seed, model, best in tiny_models(500, 6000):
        assert abs(solve(model, start=0).start[0, 0, -1] - best) <= 1e-14, seed


@pytest.mark.parametrize("solve", SOLVERS)
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_numpy_and_native_are_one(solve, seed):
    model = random_model(seed, places=20, steps=30, conditions=6, longest=12, budget=20, degree=7)
    expected, found = (each(model, start=0, keep_value=True) for each in (solve_in_numpy, solve))
    assert np.abs(expected.value - found.value).max() <= 1e-12
    assert np.array_equal(expected.policy, found.policy)


@pytest.mark.soak
@pytest.mark.parametrize("solve", SOLVERS)
def test_three_thousand_models_by_loops(solve):
    for seed in range(1000, 4000):
        model = random_model(seed)
        value, action = solve_by_loops(model)
        found = solve(model, start=0, keep_value=True)
        assert np.abs(found.value - value).max() <= 1e-12, seed
        assert np.array_equal(found.policy, action), seed
