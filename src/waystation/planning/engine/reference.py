"""The solver in NumPy: always there, and the judge of the native one.

Backward induction over the formulas of `waystation.planning.mdp`, one step of time at once. In a layer all that is
shared is computed once: Y_d = P^d V(t+d) for each duration, then for each duration profile e

    G[i, e] = sum_m q_m Y_d_m(i)          the party is at i, in the same area as before, at the end of the leg
    F[j, e] = sum_m q_m U(t+d_m, j)       the party comes to j in another area

so that a leg is two products. Money is the last axis, with a pad of PAD before budget 0: a leg of cost k reads its rows
k to the left, and what cannot be paid reads PAD. (Puterman, Markov Decision Processes, 1994, 4.5.)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints
from waystation.planning.engine.bounds import earliest
from waystation.planning.mdp import FIRST_LEG, PAD, TIE, WAIT, Model, Surface


@dataclass(frozen=True, slots=True)
class _Legs:
    """Legs sorted by cost, so that one cost is one slice. `rank[r]`: the r-th legs of places, and these places."""

    order: Ints  # L: leg at each position
    src: Ints
    dst: Ints
    profile: Ints
    crossing: NDArray[np.bool_]  # L: into another area
    slices: tuple[tuple[int, int, int], ...]  # cost, first, last
    rank: tuple[tuple[Ints, Ints], ...]  # positions, places
    arrive: Floats  # S x L x C x 1
    back: Floats
    loss: Floats


def solve(model: Model, *, start: int, keep_policy: bool = True, keep_value: bool = False) -> Surface:
    """The best value of every step, condition and budget at `start`, and the best action everywhere.

    Without `keep_value`, places that cannot be reached from `start` by a step have action 0 there: nobody can be there.
    With it, every state is computed.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> surface = solve(model_of_instance("S", steps=40), start=0)
    >>> surface.start.shape, surface.policy.shape
    ((41, 3, 21), (40, 50, 3, 21))
    """
    n, T, K = len(model.goal), model.steps, _pad(model)
    C, NB = model.arrive.shape[2], model.budget + 1
    legs, powers = _sorted_legs(model), _powers(model)
    ring = np.full((len(powers) + 1, n, C, K + NB), PAD)
    entered = np.full((len(powers) + 1, n, K + NB), PAD)  # U
    value = np.zeros((T + 1, n, C, NB)) if keep_value else None
    policy = np.zeros((T, n, C, NB), np.uint8) if keep_policy else None
    at_start = np.zeros((T + 1, C, NB))
    for t in range(T, -1, -1):
        best = np.empty((n, C, NB))
        best[:] = np.where(model.goal, 1.0, model.stay_value)[:, None, None]
        if t < T:
            stayed = _stayed(model, powers, ring, t)
            action = np.zeros((n, C, NB), np.uint8)
            _take_waits(model, stayed[-1], t, best, action)
            _take_legs(legs, _leg_values(model, legs, stayed, entered, t), best, action)
            best[model.goal], action[model.goal] = 1.0, 0
            if policy is not None:
                policy[t] = action
        slot = t % len(ring)
        ring[slot, :, :, K:] = best
        entered[slot, :, K:] = np.einsum("nc,ncb->nb", model.forecast[t][model.area], best)
        at_start[t] = best[start]
        if value is not None:
            value[t] = best
    if policy is not None and not keep_value:
        policy[np.arange(T)[:, None] < earliest(model, start)] = 0
    return Surface(start=at_start, policy=policy, value=value)


def _pad(model: Model) -> int:
    """The highest cost: how far a row is read to the left."""
    return int(max(model.cost.max(initial=0), model.wait_cost.max(initial=0)))


def _powers(model: Model) -> Floats:
    """P^1 .. P^D, shape D x S x A x C x C, D the longest duration."""
    powers = [model.chain]
    for _ in range(1, int(model.prof_dur.max(initial=1))):
        powers.append(powers[-1] @ model.chain)
    return np.array(powers)


def _sorted_legs(model: Model) -> _Legs:
    """Legs by cost, with their chances in that order."""
    out = np.diff(model.ptr)
    src, local = np.repeat(np.arange(len(out)), out), np.arange(len(model.dst)) - np.repeat(model.ptr[:-1], out)
    order = np.argsort(model.cost, kind="stable")
    cost, src, local, dst = model.cost[order], src[order], local[order], model.dst[order]
    costs, firsts = np.unique(cost, return_index=True)
    lasts = np.append(firsts, len(cost))[1:]
    rank = [np.flatnonzero(local == r) for r in range(out.max(initial=0))]
    return _Legs(
        order=order.astype(np.int32), src=src.astype(np.int32), dst=dst, profile=model.profile[order],
        crossing=model.area[src] != model.area[dst],
        slices=tuple(zip(costs.tolist(), firsts.tolist(), lasts.tolist(), strict=True)),
        rank=tuple((at.astype(np.int32), src[at].astype(np.int32)) for at in rank),
        arrive=model.arrive[:, order, :, None], back=model.back[:, order, :, None],
        loss=(model.lost[:, order] @ model.penalty)[..., None])


def _stayed(model: Model, powers: Floats, ring: Floats, t: int) -> Floats:
    """G of every profile, and as the last one that of a wait: shape (Q+1) x n x C x (K+NB)."""
    season, ahead = model.season_of[t], {}
    for d in {1, *model.prof_dur.ravel().tolist()}:
        if t + d <= model.steps:
            ahead[d] = powers[d - 1, season][model.area] @ ring[(t + d) % len(ring)]
    stayed = np.zeros((len(model.prof_dur) + 1, *ring.shape[1:]))
    for e, durations in enumerate(model.prof_dur.tolist()):
        for q, d in zip(model.prof_q[e], durations, strict=True):
            if d in ahead:
                stayed[e] += q * ahead[d]
    stayed[-1] = ahead[1]
    return stayed


def _leg_values(model: Model, legs: _Legs, stayed: Floats, entered: Floats, t: int) -> Floats:
    """Q of every leg in order of cost, closed legs at PAD: shape L x C x NB."""
    season, K = model.season_of[t], _pad(model)
    came = np.zeros((len(model.prof_dur), *entered.shape[1:]))
    for e, durations in enumerate(model.prof_dur.tolist()):
        for q, d in zip(model.prof_q[e], durations, strict=True):
            if t + d <= model.steps:
                came[e] += q * entered[(t + d) % len(entered)]
    values = np.empty((len(legs.order), stayed.shape[2], model.budget + 1))
    for cost, first, last in legs.slices:
        part, window = slice(first, last), slice(K - cost, K - cost + model.budget + 1)
        crossing, profile = legs.crossing[part], legs.profile[part]
        arrived = stayed[profile, legs.dst[part], :, window]
        arrived[crossing] = came[profile[crossing], legs.dst[part][crossing], window][:, None]
        arrived *= legs.arrive[season, part]
        turned = stayed[profile, legs.src[part], :, window]
        turned *= legs.back[season, part]
        arrived += turned
        arrived -= legs.loss[season, part]
        arrived[..., :cost] = PAD
        values[part] = arrived
    values[~model.leg_open[t, legs.order]] = PAD
    return values


def _take(best: Floats, action: NDArray[np.uint8], candidate: Floats, code: int) -> tuple[Floats, NDArray[np.uint8]]:
    """The better of the running best and a candidate, by the tie rule."""
    return np.maximum(best, candidate), np.where(candidate > best + TIE, np.uint8(code), action)


def _take_waits(model: Model, stayed: Floats, t: int, best: Floats, action: NDArray[np.uint8]) -> None:
    """Waiting against stopping, in place."""
    lost, K = model.wait_loss[model.season_of[t]], _pad(model)
    for cost in np.unique(model.wait_cost).tolist():
        at = np.flatnonzero((model.wait_cost == cost) & (model.wait_to >= 0))
        after = stayed[model.wait_to[at], :, K - cost:K - cost + model.budget + 1]
        waited = (1 - lost[at].sum(-1))[..., None] * after - (lost[at] @ model.penalty)[..., None]
        waited[..., :cost] = PAD
        best[at], action[at] = _take(best[at], action[at], waited, WAIT)


def _take_legs(legs: _Legs, values: Floats, best: Floats, action: NDArray[np.uint8]) -> None:
    """The legs of all places in order of preference, the first of each, then the second, in place."""
    for r, (at, places) in enumerate(legs.rank):
        best[places], action[places] = _take(best[places], action[places], values[at], FIRST_LEG + r)
