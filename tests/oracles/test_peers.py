"""Storm and QuantEcon as judges: general solvers, written by others, asked the same question."""

from functools import cache
from itertools import count

import pytest

from oracles.naive import choices
from oracles.nets import changed, random_model
from oracles.peer import needs
from oracles.solvers import SOLVERS
from waystation.planning.engine.instances import model_of_instance, model_of_peer
from waystation.planning.engine.peers import (
    DEAD,
    SAFE,
    explore,
    process_of,
    quantecon_query,
    storm_call,
    storm_model,
    storm_query,
    with_money,
)
from waystation.planning.engine.reference import solve as solve_in_numpy


def thirty(first_seed, **sizes):
    """The first thirty invented models from a seed on whose answer is neither certain nor hopeless."""
    seeds, found = count(first_seed), {}
    while len(found) < 30:
        seed = next(seeds)
        model = random_model(seed, **sizes)
        if seed % 3 == 0 and sizes.get("plain"):
            model = changed(model, stay_value=(0.05 * (seed % 7)) * ~model.goal)
        if 0.02 < solve_in_numpy(model, start=0).start[0, 0, -1] < 0.98:
            found[seed] = model
    return found


@pytest.fixture(scope="module")
def storm_on_plain():
    """Storm's answer to thirty invented networks, time and money as costs."""
    needs("stormpy")
    found = {}
    for seed, model in thirty(0, places=10, steps=15, budget=6, plain=True, penalties=False).items():
        process = process_of(model, start=0, condition=0)
        found[seed] = model, storm_query(process, steps=model.steps, budget=model.budget)()
    return found


@pytest.mark.parametrize("solve", SOLVERS)
def test_storm_agrees_on_thirty_invented_networks(solve, storm_on_plain):
    apart = {seed: abs(solve(model, start=0).start[0, 0, -1] - answer)
             for seed, (model, answer) in storm_on_plain.items()}
    assert len(apart) == 30 and max(apart.values()) <= 1e-9, apart


def unrolled(model):
    """The model with step and money in the state, as a process whose second cost is a reward never below 0.

    Penalties are negative; so every end of a journey is worth `shift` more, and `shift` is taken off the answer.
    """
    shift = float(model.penalty.max())

    def ways(state):
        if state in (SAFE, DEAD):
            return [(0, 0, {state: 1.0})]
        t, i, _, _ = state
        stop = (0, shift + (1.0 if model.goal[i] else float(model.stay_value[i])), {SAFE: 1.0})
        if t == model.steps or model.goal[i]:
            return [stop]
        found = [stop]
        for penalty, after in choices(model, state).values():
            row = {}
            for chance, following in after:
                row[following] = row.get(following, 0.0) + chance
            ended = max(0.0, 1 - sum(row.values()))
            row[SAFE] = ended
            found.append((0, max(0.0, shift * ended - penalty), {s: p for s, p in row.items() if p > 0}))
        return found

    return explore((0, 0, 0, model.budget), ways), shift


@pytest.fixture(scope="module")
def storm_on_unrolled():
    """Storm's answer to thirty tiny networks with penalties, windows, seasons and forecasts that change."""
    needs("stormpy")
    found = {}
    for seed, model in thirty(100, places=5, steps=6, budget=3, conditions=2).items():
        process, shift = unrolled(model)
        found[seed] = model, storm_call(storm_model(process, {"worth": 1}), 'Rmax=? [F "safe"]')() - shift
    return found


@pytest.mark.parametrize("solve", SOLVERS)
def test_storm_agrees_with_penalties_windows_and_seasons(solve, storm_on_unrolled):
    apart = {seed: abs(solve(model, start=0).start[0, 0, -1] - answer)
             for seed, (model, answer) in storm_on_unrolled.items()}
    assert len(apart) == 30 and max(apart.values()) <= 1e-9, apart
    assert sum(model.penalty.max() > 0 for model, _ in storm_on_unrolled.values()) >= 15


@pytest.fixture(scope="module")
def storm_on_small():
    """Storm's answer to instance S."""
    needs("stormpy")
    model = model_of_instance("S")
    return model, storm_query(process_of(model, start=0), steps=model.steps, budget=model.budget)()


@pytest.mark.parametrize("solve", SOLVERS)
def test_storm_agrees_on_instance_s(solve, storm_on_small):
    model, answer = storm_on_small
    assert abs(solve(model, start=0).start[0, 0, -1] - answer) <= 1e-9


@cache
def storm_on_medium(seed):
    """Storm's answer to instance M: some seconds each."""
    model = model_of_instance("M", seed)
    return model, storm_query(process_of(model, start=0), steps=model.steps, budget=model.budget)()


@pytest.mark.soak
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("solve", SOLVERS)
def test_storm_agrees_on_instance_m(solve, seed):
    needs("stormpy")
    model, answer = storm_on_medium(seed)
    assert abs(solve(model, start=0).start[0, 0, -1] - answer) <= 1e-9


@pytest.mark.parametrize("solve", SOLVERS)
def test_quantecon_agrees_on_the_peer_instance(solve):
    needs("quantecon")
    model = model_of_peer()
    answer = quantecon_query(with_money(process_of(model, start=0), budget=model.budget), steps=model.steps)()
    assert abs(solve(model, start=0).start[0, 0, -1] - answer) <= 1e-12
