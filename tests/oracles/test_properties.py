"""What must hold for every network, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles.nets import changed, random_model
from oracles.solvers import SOLVERS

SLACK = 1e-11
seeds = st.integers(0, 2**32 - 1)
often = settings(max_examples=40, derandomize=True, deadline=None)

pytestmark = pytest.mark.parametrize("solve", SOLVERS)


def model_of(seed, **more):
    """A net of moderate size."""
    return random_model(seed, places=8, steps=14, budget=6, **more)


def values(solve, model):
    """V of all states."""
    return solve(model, start=0, keep_value=True).value


@given(seed=seeds)
@often
def test_values_are_chances_whatever_the_penalty(solve, seed):
    found = values(solve, model_of(seed))
    assert found.min() >= 0 and found.max() <= 1 + SLACK and np.isfinite(found).all()


@given(seed=seeds)
@often
def test_more_money_never_hurts(solve, seed):
    assert np.diff(values(solve, model_of(seed)), axis=-1).min(initial=0) >= -SLACK


@given(seed=seeds)
@often
def test_more_time_never_hurts_when_nothing_depends_on_the_date(solve, seed):
    assert np.diff(values(solve, model_of(seed, plain=True)), axis=0).max(initial=0) <= SLACK


@given(seed=seeds, factor=st.floats(1, 3))
@often
def test_higher_penalty_never_helps(solve, seed, factor):
    model = model_of(seed)
    assert (values(solve, changed(model, penalty=factor * model.penalty)) - values(solve, model)).max() <= SLACK


@given(seed=seeds, share=st.floats(0, 1), pick=st.integers(0, 10**6))
@often
def test_more_danger_never_helps(solve, seed, share, pick):
    model = model_of(seed)
    leg, kind = pick % len(model.dst), pick % 3
    arrive, lost = model.arrive.copy(), model.lost.copy()
    lost[:, leg, :, kind] += share * arrive[:, leg]
    arrive[:, leg] *= 1 - share
    assert (values(solve, changed(model, arrive=arrive, lost=lost)) - values(solve, model)).max() <= SLACK


@given(seed=seeds, pick=st.integers(0, 10**6))
@often
def test_dearer_legs_never_help(solve, seed, pick):
    model = model_of(seed)
    cost = model.cost.copy()
    cost[pick % len(cost)] += 1
    assert (values(solve, changed(model, cost=cost)) - values(solve, model)).max() <= SLACK


@given(seed=seeds, pick=st.integers(0, 10**6))
@often
def test_closing_a_leg_never_helps(solve, seed, pick):
    """Seen from the other side: one more leg, or a longer window, never lowers a value."""
    model = model_of(seed)
    fewer, at = model.leg_open.copy(), pick % len(model.dst)
    fewer[:, at] = False
    shut = values(solve, changed(model, leg_open=fewer))
    assert (shut - values(solve, model)).max() <= SLACK
    without = drop_leg(model, at)
    assert np.abs(values(solve, without) - shut).max() <= SLACK


def drop_leg(model, leg):
    """The model without one leg."""
    kept = np.delete(np.arange(len(model.dst)), leg)
    per_season = {name: getattr(model, name)[:, kept] for name in ("arrive", "back", "lost", "leg_open")}
    ptr = model.ptr - (model.ptr > leg)
    return changed(model, ptr=ptr.astype(np.int32), dst=model.dst[kept], cost=model.cost[kept],
                   profile=model.profile[kept], **per_season)


def relabelled(model, seed):
    """Places, areas and profiles under other numbers; legs keep their order at each place."""
    draw = np.random.default_rng(seed)
    n, areas, kinds = len(model.goal), model.chain.shape[1], len(model.prof_dur)
    place, area, kind = draw.permutation(n), draw.permutation(areas), draw.permutation(kinds)  # new number -> old
    new_place, new_area, new_kind = np.argsort(place), np.argsort(area), np.argsort(kind)
    legs = np.concatenate([np.arange(model.ptr[i], model.ptr[i + 1]) for i in place])
    waits = model.wait_to[place]
    return changed(
        model, area=new_area[model.area[place]].astype(np.int32), goal=model.goal[place],
        stay_value=model.stay_value[place],
        ptr=np.r_[0, np.cumsum(np.diff(model.ptr)[place])].astype(np.int32),
        dst=new_place[model.dst[legs]].astype(np.int32), cost=model.cost[legs],
        profile=new_kind[model.profile[legs]].astype(np.int32), prof_dur=model.prof_dur[kind],
        prof_q=model.prof_q[kind], arrive=model.arrive[:, legs], back=model.back[:, legs], lost=model.lost[:, legs],
        wait_to=np.where(waits < 0, -1, new_place[waits]).astype(np.int32), wait_cost=model.wait_cost[place],
        wait_loss=model.wait_loss[:, place], leg_open=model.leg_open[:, legs], chain=model.chain[:, area],
        forecast=model.forecast[:, area]), place


@given(seed=seeds)
@often
def test_names_do_not_matter(solve, seed):
    model = model_of(seed)
    other, place = relabelled(model, seed)
    one, two = solve(model, start=0, keep_value=True), solve(other, start=0, keep_value=True)
    assert np.abs(one.value[:, place] - two.value).max() <= SLACK
    assert np.array_equal(one.policy[:, place], two.policy)


@given(seed=seeds)
@often
def test_a_finer_unit_of_money_changes_nothing(solve, seed):
    model = model_of(seed)
    finer = changed(model, cost=2 * model.cost, wait_cost=2 * model.wait_cost, budget=2 * model.budget)
    assert np.abs(values(solve, finer)[..., ::2] - values(solve, model)).max() <= SLACK


@given(seed=seeds)
@often
def test_leaving_out_what_nobody_can_reach_changes_nothing(solve, seed):
    model = model_of(seed)
    whole, start = solve(model, start=0, keep_value=True), seed % len(model.goal)
    part = solve(model, start=start)
    assert np.array_equal(part.start, whole.value[:, start])
    assert np.array_equal(part.policy[:, start], whole.policy[:, start])
