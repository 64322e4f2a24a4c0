"""The compiled chain beside the NumPy one: the same lists, values and slopes, on invented networks and on S."""

import subprocess
import sys
from dataclasses import fields, replace
from functools import partial

import numpy as np
import pytest

from oracles.nets import random_model
from oracles.solvers import NATIVE_BUILT, needs_native
from waystation.planning.engine import kernels
from waystation.planning.engine.chain import Rates, leaf_of_state
from waystation.planning.engine.coefficients import Coefficients, Futures
from waystation.planning.engine.compiled import NUMPY, compiled
from waystation.planning.engine.instances import model_of_instance
from waystation.planning.engine.reference import solve
from waystation.planning.engine.selfcheck import chain_difference

pytestmark = needs_native
SEEDS = range(60)
DRAWS = 37  # not a multiple of what goes side by side

if NATIVE_BUILT:
    from waystation.planning.engine import _native

    NATIVE = compiled(_native)


def twin_on(isa):
    """The compiled functions on one instruction set."""
    return replace(NATIVE, **{name: partial(getattr(_native, name), isa=isa)
                              for name in ("evaluate", "drawn_numbers", "drawn_sums")})


def differing(one, other, *, within=1e-12):
    """Fields in which two chains or gradients differ: integers equal, types too, numbers within a tolerance."""
    return [field.name for field in fields(one)
            if not alike(getattr(one, field.name), getattr(other, field.name), within)]


def alike(first, second, within):
    if isinstance(first, Coefficients):
        return first == second
    first, second = np.asarray(first), np.asarray(second)
    if (first.dtype, first.shape) != (second.dtype, second.shape):
        return False
    if first.dtype.kind == "i":
        return np.array_equal(first, second)
    return first == pytest.approx(second, rel=0, abs=within)


class Case:
    """An invented network, its best policy, and draws of everything."""

    def __init__(self, model, seed):
        draw = np.random.default_rng(seed)
        self.model, self.policy = model, solve(model, start=0).policy
        seasons, areas, count = model.chain.shape[:3]
        self.asked = {"start": 0, "belief": draw.dirichlet(np.ones(count)), "budget": model.budget}
        self.chain = NUMPY.follow(model, self.policy, **self.asked)
        legs, waits = model.arrive.size, model.wait_loss[..., 0].size
        self.leaf = leaf_of_state(self.chain, np.arange(legs).reshape(model.arrive.shape),
                                  legs + np.arange(waits).reshape(model.wait_loss.shape[:-1]))
        self.rates = Rates(*(draw.uniform(0, 1, (legs + waits, DRAWS)) for _ in range(3)))
        lead = int(draw.integers(0, 5))
        self.futures = Futures(
            draw.dirichlet(np.ones(count), (DRAWS, seasons, areas, count)),
            draw.dirichlet(np.ones(count), (DRAWS, areas)),
            draw.integers(0, seasons, lead + model.steps).astype(np.int32), lead)
        self.numbers = NUMPY.drawn_numbers(self.chain.table, self.chain.used, self.futures)
        self.weights = draw.normal(size=(3, len(self.chain.used)))

    def first_draw(self):
        return self.numbers[:, 0], Rates(*(getattr(self.rates, name)[:, :1] for name in ("arrive", "back", "keep")))


@pytest.mark.parametrize("cut", [1e-9, 1e-3, 0.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_follow_lists_the_same(seed, cut):
    case = Case(random_model(seed), seed)
    assert differing(*(twin.follow(case.model, case.policy, cut=cut, **case.asked) for twin in (NUMPY, NATIVE))) == []


@pytest.mark.parametrize("isa", ["best", "baseline"])
@pytest.mark.parametrize("seed", SEEDS)
def test_draws_and_slopes_are_the_same(seed, isa):
    case, twin = Case(random_model(seed), seed), twin_on(isa)
    table, used = case.chain.table, case.chain.used
    assert twin.drawn_numbers(table, used, case.futures) == pytest.approx(case.numbers, abs=1e-13)
    assert twin.drawn_sums(table, used, case.weights, case.futures) == pytest.approx(
        NUMPY.drawn_sums(table, used, case.weights, case.futures), abs=1e-12)
    for first_only in (False, True):
        mine, plain = (it.evaluate(case.chain, case.leaf, case.numbers, case.rates, first_only=first_only)
                       for it in (twin, NUMPY))
        assert mine.shape == plain.shape
        assert mine == pytest.approx(plain, abs=1e-13)
    numbers, rates = case.first_draw()
    assert differing(*(it.gradient(case.chain, case.leaf, numbers, rates) for it in (NUMPY, twin))) == []


def test_s_is_the_same_and_is_what_the_solver_says():
    case = Case(model_of_instance("S", steps=80), 0)
    chain = NATIVE.follow(case.model, case.policy, **case.asked)
    assert differing(case.chain, chain) == []
    value = float(case.asked["belief"] @ solve(case.model, start=0).start[0, :, case.model.budget])
    assert chain.safe <= value + 1e-12 <= chain.safe + chain.cut + 2e-12  # what was dropped bounds the error
    assert differing(*(twin.gradient(chain, case.leaf, *case.first_draw()) for twin in (NUMPY, NATIVE)), within=1e-10) == []


def test_the_door_gives_the_compiled_functions_where_they_agree():
    case = Case(random_model(3), 3)
    native, plain = (kernels.follow(case.model, case.policy, **case.asked, backend=it) for it in ("native", "numpy"))
    assert differing(native, plain) == [] == []
    assert chain_difference(NUMPY, NATIVE) <= 1e-12


def test_a_chain_that_differs_in_shape_is_infinitely_far():
    def fewer(*given, **asked):
        chain = NUMPY.follow(*given, **asked)
        return replace(chain, row=chain.row[1:])

    def longer(*given, **asked):
        chain = NUMPY.follow(*given, **asked)
        return replace(chain, arrivals=np.append(chain.arrivals, 0.0))

    assert chain_difference(NUMPY, replace(NUMPY, follow=fewer)) == np.inf
    assert chain_difference(NUMPY, replace(NUMPY, follow=longer)) == np.inf


# --- nothing is read or written outside its arrays ------------------------------------------------------------------


def rich_case():
    """One that goes, waits, is turned back and arrives."""
    case = Case(random_model(5), 5)
    assert {0, 1, 2} <= set(case.chain.action.tolist()) and case.chain.safe > 0
    return case


@pytest.mark.parametrize(("field", "value"), [
    ("succ", -3), ("succ", 10**6), ("coef", -1), ("coef", 10**6), ("node_x", 10**6), ("layer", 10**6), ("entry", -1),
    ("node_layer", 10**6)])
def test_a_chain_that_points_outside_itself_is_refused(field, value):
    case = rich_case()
    broken = getattr(case.chain, field).copy()
    broken[np.flatnonzero(case.chain.action > 0)[0] if field == "node_x" else 0] = value
    with pytest.raises(ValueError, match="chain"):
        NATIVE.evaluate(replace(case.chain, **{field: broken}), case.leaf, case.numbers, case.rates)


@pytest.mark.parametrize("leaf", [-1, 10**6])
def test_a_stratum_that_is_not_there_is_refused(leaf):
    case = rich_case()
    with pytest.raises(ValueError, match="outside itself"):
        NATIVE.gradient(case.chain, np.full_like(case.leaf, leaf), *case.first_draw())


@pytest.mark.parametrize("short", ["numbers", "arrive", "leaf"])
def test_arrays_of_another_shape_are_refused(short):
    case = rich_case()
    numbers = case.numbers[1:] if short == "numbers" else case.numbers
    rates = replace(case.rates, back=case.rates.back[1:]) if short == "arrive" else case.rates
    leaf = case.leaf[1:] if short == "leaf" else case.leaf
    with pytest.raises(ValueError, match=r"numbers|wrong shape|leaf"):
        NATIVE.evaluate(case.chain, leaf, numbers, rates)


@pytest.mark.parametrize(("changed", "word"), [
    ({"start": 99}, "start"), ({"budget": 99}, "budget"), ({"budget": -1}, "budget"),
    ({"belief": np.ones(9)}, "belief"), ({"policy": 200}, "policy"), ({"policy": "short"}, "policy")])
def test_a_policy_that_cannot_be_followed_is_refused(changed, word):
    case = rich_case()
    asked = case.asked | {key: value for key, value in changed.items() if key != "policy"}
    policy = case.policy
    if changed.get("policy") == "short":
        policy = policy[1:]
    elif "policy" in changed:
        policy = np.full_like(policy, changed["policy"])
    with pytest.raises(ValueError, match=word):
        NATIVE.follow(case.model, policy, **asked)


def test_waiting_where_nobody_may_and_spending_what_is_not_there_are_refused():
    case = rich_case()
    count = len(case.model.goal)
    with pytest.raises(ValueError, match="waits where nobody may"):
        NATIVE.follow(replace(case.model, wait_to=np.full(count, -1, np.int32)), np.ones_like(case.policy), **case.asked)
    dear = replace(case.model, wait_to=np.arange(count, dtype=np.int32),
                   wait_cost=np.full(count, case.model.budget + 1, np.int16))
    with pytest.raises(ValueError, match="more than there is"):
        NATIVE.follow(dear, np.ones_like(case.policy), **case.asked)


def test_a_start_that_is_a_goal_is_refused():
    case = rich_case()
    with pytest.raises(ValueError, match="goal already"):
        NATIVE.follow(case.model, case.policy, **case.asked | {"start": int(np.flatnonzero(case.model.goal)[0])})


@pytest.mark.parametrize("used", [[1, 1], [2, 1], [-1, 1], [1, 10**6]])
def test_coefficients_out_of_order_or_beyond_the_table_are_refused(used):
    case = rich_case()
    with pytest.raises(ValueError, match="used"):
        NATIVE.drawn_numbers(case.chain.table, np.array(used, np.int32), case.futures)


MEMORY = """
import resource, sys
import numpy as np
from waystation.planning.engine.instances import model_of_instance
from waystation.planning.engine.kernels import follow, solve
model = model_of_instance("L")
chain = follow(model, solve(model, start=0).policy, start=0, belief=np.array([1.0, 0, 0]), budget=model.budget)
assert 0.8278 < chain.safe < 0.827831814138 <= chain.safe + chain.cut < 0.8279
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux tells it")
def test_following_l_stays_within_500_megabytes():
    done = subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 500_000


def test_a_difference_would_be_noticed():
    chain = Case(random_model(1), 1).chain
    assert differing(chain, replace(chain, safe=chain.safe + 1e-9)) == ["safe"]
    assert differing(chain, replace(chain, mass=chain.mass + 1e-9)) == ["mass"]
    assert differing(chain, replace(chain, money=chain.money + 1)) == ["money"]
