"""Simple rules of going, as policies of a model: what the planner is compared with (decision 0036).

A rule follows one way: of all chains of legs that the money left can pay, the one with the least sum of what it counts,
by dynamic programming over place and money,

    least(i, b) = min over legs l out of i with cost_l <= b of  count_l + least(end_l, b - cost_l)

Being turned back is not thought of beforehand; whoever was turned back looks again with the money that is left. A leg
that is closed today is waited for.
"""

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints
from waystation.planning.mdp import FIRST_LEG, STOP, WAIT, Model

CALM = 0


def days_of(model: Model) -> Floats:
    """Mean steps of each leg, L."""
    return np.asarray((model.prof_dur * model.prof_q).sum(1)[model.profile])


def least(model: Model, count: Floats) -> tuple[Floats, Ints]:
    """The least sum of `count` (L, above 0) to a goal and the first leg of it (local number), n x NB; inf, -1: none."""
    n, NB = len(model.goal), model.budget + 1
    sums, leg = np.full((n, NB), np.inf), np.full((n, NB), -1)
    sums[model.goal] = 0.0
    src = np.repeat(np.arange(n), np.diff(model.ptr))
    for _ in range(n):
        before = sums.copy()
        for k in range(len(src)):
            i, cost = int(src[k]), int(model.cost[k])
            if cost >= NB:
                continue
            via = np.full(NB, np.inf)
            via[cost:] = count[k] + sums[model.dst[k], : NB - cost]
            better = via < sums[i] - 1e-12
            sums[i, better], leg[i, better] = via[better], k - model.ptr[i]
        if np.array_equal(before, sums):
            break
    return sums, leg


def going(model: Model, count: Floats) -> NDArray[np.uint8]:
    """The policy that goes by the way of the least sum, whatever the condition: T x n x C x NB."""
    _, leg = least(model, count)
    T, (n, NB), C = model.steps, leg.shape, model.chain.shape[-1]
    policy = np.full((T, n, C, NB), STOP, np.uint8)
    known = leg >= 0
    index = np.where(known, model.ptr[:-1, None] + leg, 0)
    is_open = model.leg_open[:, index] & known  # T x n x NB
    may_wait = (model.wait_to >= 0)[:, None] & (np.arange(NB) >= model.wait_cost[:, None])
    action = np.where(is_open, FIRST_LEG + leg, np.where(known & may_wait, WAIT, STOP))
    policy[:] = action[:, :, None, :]
    policy[:, model.goal] = STOP
    return policy


def in_calm(model: Model, count: Floats, *, at_last: bool) -> NDArray[np.uint8]:
    """The same, but no place is left that is not calm: it is waited while there are steps to spare.

    Then it is gone all the same (`at_last`), or stopped. Where a wait cannot be paid it is gone, or stopped, at once.
    """
    policy = going(model, count)
    days, _ = least(model, days_of(model))
    spare = model.steps - np.arange(model.steps)[:, None, None] - 1 - days  # T x n x NB, after one more wait
    may_wait = (model.wait_to >= 0)[:, None] & (np.arange(days.shape[1]) >= model.wait_cost[:, None])
    wait = (spare >= 0) & may_wait
    for c in range(CALM + 1, policy.shape[2]):
        go = policy[:, :, c] >= FIRST_LEG
        policy[:, :, c] = np.where(go & wait, WAIT, np.where(go & (not at_last), STOP, policy[:, :, c]))
    return policy
