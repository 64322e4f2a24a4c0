"""A small model with everything in it, solved by two solvers: whether they agree on this machine.

A compiled solver can be wrong where it was never tested: another processor, another compiler. So it is asked here
before it is believed. The model has eight places in two areas, two seasons, windows, forecasts that change, penalties,
waits that lead to a copy of the place, legs that only lose, and costs that cannot be paid.
"""

from collections.abc import Callable
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints
from waystation.planning.engine.chain import Chain, Gradient, Rates, leaf_of_state
from waystation.planning.engine.coefficients import Futures
from waystation.planning.engine.compiled import Twin
from waystation.planning.engine.reference import solve
from waystation.planning.mdp import Model, Surface

PLACES, STEPS, CONDITIONS, SEASONS, AREAS = 8, 14, 3, 2, 2


def _rows(*shape: int, seed: int) -> Floats:
    """Rows that sum to 1, filled with a fixed pattern of weights 1..9."""
    weights = (np.arange(np.prod(shape)) * 7 + seed) % 9 + 1.0
    rows = weights.reshape(shape)
    return np.asarray(rows / rows.sum(-1, keepdims=True), np.float64)


def _network() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Start and end of each leg: two steps of two sizes forward and one back, round the circle of places."""
    pairs = [(i, (i + step) % PLACES) for i in range(PLACES - 1) for step in (1, 3, 7)]
    src, dst = np.array(pairs, np.int32).T
    return src, dst


def small_model() -> Model:
    """The built-in model; place 0 is the start, place 7 the goal.

    >>> model = small_model()
    >>> len(model.goal), len(model.dst), model.steps
    (8, 21, 14)
    """
    src, dst = _network()
    legs = len(dst)
    ends = _rows(SEASONS, legs, CONDITIONS, 5, seed=3) * [6.0, 1.0, 1.0, 1.0, 1.0]
    ends[:, 4, :, :2] = 0.0
    ends /= ends.sum(-1, keepdims=True)
    wait_to = np.array([0, 1, 3, -1, 4, 5, 6, 7], np.int32)
    return Model(
        area=np.array([0, 0, 0, 0, 1, 1, 1, 1], np.int32), goal=np.arange(PLACES) == PLACES - 1,
        stay_value=np.array([0.0, 0.0, 0.05, 0.0, 0.0, 0.3, 0.0, 0.0]),
        ptr=np.searchsorted(src, np.arange(PLACES + 1)).astype(np.int32), dst=dst,
        cost=(np.arange(legs) % 4).astype(np.int16), profile=(np.arange(legs) % 3).astype(np.int32),
        prof_dur=np.array([[1, 2, 4], [2, 2, 3], [1, 1, 1]], np.int8),
        prof_q=np.array([[0.6, 0.3, 0.1], [0.25, 0.25, 0.5], [1.0, 0.0, 0.0]]),
        arrive=ends[..., 0], back=ends[..., 1], lost=ends[..., 2:], wait_to=wait_to,
        wait_cost=np.array([0, 1, 0, 0, 2, 0, 0, 0], np.int16),
        wait_loss=0.02 * _rows(SEASONS, PLACES, CONDITIONS, 3, seed=5),
        leg_open=(np.arange(STEPS)[:, None] + np.arange(legs)) % 5 > 0,
        chain=_rows(SEASONS, AREAS, CONDITIONS, CONDITIONS, seed=1),
        season_of=(np.arange(STEPS) // 6 % SEASONS).astype(np.uint8),
        forecast=_rows(STEPS + 1, AREAS, CONDITIONS, seed=2), penalty=np.array([0.25, 0.5, 0.0]), budget=6)


def difference(one: Callable[[Model], Surface], other: Callable[[Model], Surface]) -> float:
    """Largest difference between the values of two solvers on the built-in model; infinite if the policies differ.

    >>> from functools import partial
    >>> from waystation.planning.engine.reference import solve
    >>> difference(partial(solve, start=0), partial(solve, start=0))
    0.0
    """
    first, second = one(small_model()), other(small_model())
    if first.start.shape != second.start.shape or first.policy is None or second.policy is None:
        return float("inf")
    if not np.array_equal(first.policy, second.policy) or not np.isfinite(second.start).all():
        return float("inf")
    return float(np.abs(first.start - second.start).max())


def chain_difference(one: Twin, other: Twin) -> float:
    """Largest difference in following and valuing the best policy of the built-in model; infinite if shapes differ.

    >>> from waystation.planning.engine.compiled import NUMPY
    >>> chain_difference(NUMPY, NUMPY)
    0.0
    """
    model, draws, days = small_model(), 5, 3
    policy = solve(model, start=0).policy
    belief = np.full(CONDITIONS, 1 / CONDITIONS)
    chains = [twin.follow(model, policy, start=0, belief=belief, budget=model.budget) for twin in (one, other)]
    if not np.array_equal(chains[0].row, chains[1].row):
        return float("inf")
    season_of = np.concatenate([np.zeros(days, np.int32), model.season_of.astype(np.int32)])
    chain = _rows(draws, *model.chain.shape, seed=4)
    futures = Futures(chain, _rows(draws, AREAS, CONDITIONS, seed=6), season_of, days)
    legs, waits = model.arrive.size, model.wait_loss[..., 0].size
    rates = Rates(*(_rows(legs + waits, 2 * draws, seed=seed)[:, :draws] * draws for seed in (7, 8, 9)))
    leg_leaf, wait_leaf = np.split(np.arange(legs + waits, dtype=np.int32), [legs])
    leaf = leaf_of_state(chains[0], leg_leaf.reshape(model.arrive.shape),
                         wait_leaf.reshape(SEASONS, PLACES, CONDITIONS))
    found = [_valued(twin, chain, leaf, futures, rates) for twin, chain in zip((one, other), chains, strict=True)]
    return float(np.max([_apart(*chains), *(_apart(a, b) for a, b in zip(*found, strict=True))]))


def _valued(twin: Twin, chain: Chain, leaf: Ints, futures: Futures, rates: Rates) -> tuple[Floats | Gradient, ...]:
    numbers = twin.drawn_numbers(chain.table, chain.used, futures)
    first = Rates(rates.arrive[:, :1], rates.back[:, :1], rates.keep[:, :1])
    sums = twin.drawn_sums(chain.table, chain.used, _rows(2, len(chain.used), seed=2), futures)
    return (numbers, sums, twin.evaluate(chain, leaf, numbers, rates),
            twin.evaluate(chain, leaf, numbers, rates, first_only=True),
            twin.gradient(chain, leaf, numbers[:, 0], first))


def _apart(one: object, other: object) -> float:
    """Largest difference of two arrays, or of all arrays of two Chains or Gradients."""
    if isinstance(one, Chain | Gradient):
        names = [field.name for field in fields(one) if field.name != "table"]
        return float(np.max([_apart(getattr(one, name), getattr(other, name)) for name in names]))
    first, second = np.asarray(one, float), np.asarray(other, float)
    if first.shape != second.shape:
        return float("inf")
    return float(np.abs(first - second).max(initial=0.0))
