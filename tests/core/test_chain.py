"""A followed policy: its ends, its value and its slopes, on invented networks with everything in them."""

from dataclasses import replace

import numpy as np
import pytest

from oracles.nets import random_model
from waystation.network.conditions import forecast
from waystation.planning.engine.chain import Rates, evaluate, gradient, leaf_of_state, start_value
from waystation.planning.engine.coefficients import Futures, drawn_numbers, drawn_sums
from waystation.planning.engine.follow import follow
from waystation.planning.engine.reference import solve

SEEDS = range(60)


class Followed:
    """A random model, its best policy from place 0, and each (season, leg, condition) as a stratum of its own."""

    def __init__(self, seed, **sizes):
        self.model = random_model(seed, **sizes)
        draw = np.random.default_rng(seed + 1000)
        seasons, legs, count = self.model.arrive.shape
        waits = self.model.wait_loss.shape[:3]
        self.belief = draw.dirichlet(np.ones(count))
        self.surface = solve(self.model, start=0)
        self.chain = follow(self.model, self.surface.policy, start=0, belief=self.belief, budget=self.model.budget)
        split = seasons * legs * count
        leg_leaf = np.arange(split).reshape(seasons, legs, count)
        wait_leaf = split + np.arange(np.prod(waits)).reshape(waits)
        self.leaf = leaf_of_state(self.chain, leg_leaf, wait_leaf)
        zero = np.zeros(int(np.prod(waits)))
        self.rates = [np.concatenate([self.model.arrive.ravel(), zero]), np.concatenate([self.model.back.ravel(), zero]),
                      np.concatenate([np.zeros(split), 1 - self.model.wait_loss.sum(-1).ravel()])]
        self.numbers = self.chain.numbers(self.model.chain, self.model.forecast)

    def safety(self, rates=None, numbers=None, belief=None):
        columns = Rates(*(rate[:, None] for rate in (rates or self.rates)))
        numbers = self.numbers if numbers is None else numbers
        values = evaluate(self.chain, self.leaf, numbers[:, None], columns)
        return float(start_value(self.chain, values, self.belief if belief is None else belief)[0])

    def slope(self):
        return gradient(self.chain, self.leaf, self.numbers, Rates(*(rate[:, None] for rate in self.rates)))


@pytest.mark.parametrize("seed", SEEDS)
def test_value_of_the_policy_is_what_its_ends_are_worth(seed):
    followed = Followed(seed)
    model, chain = replace(followed.model, stay_value=np.zeros(len(followed.model.area))), None
    surface = solve(model, start=0)
    chain = follow(model, surface.policy, start=0, belief=followed.belief, budget=model.budget)
    value = float(followed.belief @ surface.start[0, :, model.budget])
    assert chain.safe - float(model.penalty @ chain.lost) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_ends_sum_to_one_and_losses_are_flow_times_hazard(seed):
    chain = Followed(seed).chain
    assert chain.safe + chain.lost.sum() + chain.stopped + chain.late + chain.cut == pytest.approx(1, abs=1e-11)
    assert chain.arrivals.sum() == pytest.approx(chain.safe, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_backward_and_forward_give_the_same_chance(seed):
    followed = Followed(seed)
    assert followed.safety() == pytest.approx(followed.chain.safe, abs=1e-9)
    assert followed.slope().safe == pytest.approx(followed.chain.safe, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ["arrive", "back", "keep", "coef", "start"])
def test_slope_agrees_with_central_differences(seed, kind):
    followed = Followed(seed)
    slope, draw = followed.slope(), np.random.default_rng(seed)
    analytic, step = getattr(slope, kind), 1e-5

    def moved(sign, direction):
        rates, numbers, belief = list(followed.rates), followed.numbers, followed.belief
        if kind in ("arrive", "back", "keep"):
            at = ("arrive", "back", "keep").index(kind)
            rates[at] = rates[at] + sign * step * direction
        elif kind == "coef":
            numbers = numbers + sign * step * direction
        else:
            belief = belief + sign * step * direction
        return followed.safety(rates, numbers, belief)

    # Only where something stands already: a state that the policy never reaches has no slope to speak of.
    direction = draw.normal(size=len(analytic)) * (analytic != 0)
    by_differences = (moved(1, direction) - moved(-1, direction)) / (2 * step)
    assert float(analytic @ direction) == pytest.approx(by_differences, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_many_draws_at_once_are_the_draws_one_by_one(seed):
    followed = Followed(seed)
    draw = np.random.default_rng(seed)
    factor = draw.uniform(0.5, 1.0, 7)
    columns = Rates(*(rate[:, None] * factor for rate in followed.rates))
    numbers = np.repeat(followed.numbers[:, None], 7, axis=1)
    together = start_value(followed.chain, evaluate(followed.chain, followed.leaf, numbers, columns), followed.belief)
    alone = [followed.safety([rate * f for rate in followed.rates]) for f in factor]
    assert together == pytest.approx(alone, abs=1e-14)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_cut_bounds_the_error(seed):
    followed = Followed(seed)
    exact, coarse = (follow(followed.model, followed.surface.policy, start=0, belief=followed.belief,
                            budget=followed.model.budget, cut=cut) for cut in (0.0, 1e-3))
    assert coarse.safe - 1e-12 <= exact.safe <= coarse.safe + coarse.cut + 1e-12
    assert exact.cut == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_drawn_coefficients_are_those_of_each_draw(seed):
    followed, draw = Followed(seed), np.random.default_rng(seed)
    seasons, areas, count = followed.model.chain.shape[:3]
    lead = int(draw.integers(0, 4))
    futures = Futures(draw.dirichlet(np.ones(count), (5, seasons, areas, count)),
                      draw.dirichlet(np.ones(count), (5, areas)),
                      np.concatenate([np.zeros(lead, np.int32), followed.model.season_of.astype(np.int32)]), lead)
    table, used = followed.chain.table, followed.chain.used
    drawn = drawn_numbers(table, used, futures)
    for k in range(5):
        ahead = forecast(futures.believed[k], futures.chains[k], futures.season_of)[lead:]
        assert drawn[:, k] == pytest.approx(table.numbers(futures.chains[k], ahead)[used], abs=1e-14)
    weights = draw.normal(size=(2, len(used)))
    assert drawn_sums(table, used, weights, futures) == pytest.approx(weights @ drawn, abs=1e-13)
    assert np.array_equal(drawn_numbers(table, used, futures[1:3]), drawn[:, 1:3])


def test_a_start_that_is_a_goal_is_an_error():
    followed = Followed(0)
    with pytest.raises(ValueError, match="goal already"):
        follow(followed.model, followed.surface.policy, start=int(np.flatnonzero(followed.model.goal)[0]),
               belief=followed.belief, budget=0)


def test_a_danger_met_thirty_times_is_judged_by_its_draws_and_not_by_its_mean():
    # Beta(2, 38), 30 legs of one stratum: (1 - E h)^30 = 0.2146, but E (1 - h)^30 = prod (38 + k) / (40 + k) = 0.3157.
    from waystation.planning.mdp import Model

    legs, count = 30, 20_000
    ones = np.ones((1, legs, 1))
    model = Model(
        area=np.zeros(legs + 1, np.int32), goal=np.arange(legs + 1) == legs, stay_value=np.zeros(legs + 1),
        ptr=np.minimum(np.arange(legs + 2), legs).astype(np.int32), dst=np.arange(1, legs + 1, dtype=np.int32),
        cost=np.zeros(legs, np.int16), profile=np.zeros(legs, np.int32), prof_dur=np.ones((1, 3), np.int8),
        prof_q=np.array([[1.0, 0.0, 0.0]]), arrive=0.95 * ones, back=0 * ones, lost=0.05 * ones[..., None] * [1, 0, 0],
        wait_to=np.full(legs + 1, -1, np.int32), wait_cost=np.zeros(legs + 1, np.int16),
        wait_loss=np.zeros((1, legs + 1, 1, 3)), leg_open=np.ones((legs, legs), bool), chain=np.ones((1, 1, 1, 1)),
        season_of=np.zeros(legs, np.uint8), forecast=np.ones((legs + 1, 1, 1)), penalty=np.zeros(3), budget=0)
    chain = follow(model, solve(model, start=0).policy, start=0, belief=np.ones(1), budget=0)
    leaf = leaf_of_state(chain, np.zeros((1, legs, 1), np.int32), np.zeros((1, legs + 1, 1), np.int32))
    lost = np.random.default_rng(5).beta(2, 38, (1, count))
    numbers = np.repeat(chain.table.numbers(model.chain, model.forecast)[:, None], count, axis=1)
    drawn = start_value(chain, evaluate(chain, leaf, numbers, Rates(1 - lost, 0 * lost, 1 - lost)), np.ones(1))
    exact = np.prod((38 + np.arange(legs)) / (40 + np.arange(legs)))
    assert chain.safe == pytest.approx(0.95**30)
    assert exact == pytest.approx(0.316, abs=5e-4)
    assert drawn.mean() == pytest.approx(exact, abs=3 * drawn.std() / np.sqrt(count))
    assert abs(drawn.mean() - chain.safe) > 0.09
