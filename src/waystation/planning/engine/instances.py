"""The three invented networks on which speed and memory are measured: S, M and L, and the small peer model Q.

Places lie at random on a strip six times as long as wide, the start in the west and the goals in the east. Legs on foot
and by road join near places, long legs join hubs. Areas are the cells of random centres; each has a chain over calm,
alert and crackdown. Nothing here is a real place.

The generator is part of the measurement: whoever repeats it must draw the same numbers in the same order. `digest` is
the first 16 hex digits of SHA-256 over the structure and is compared with a published value before any time is printed.
(Generators as instance definitions: McGeoch, A Guide to Experimental Algorithmics, 2012, ch. 2.)
"""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from waystation.planning.mdp import Model

SIZES = {"S": (50, 120, 21), "M": (500, 180, 31), "L": (5000, 240, 51)}  # places, steps, budget levels
PEER_Q = (40, 11)  # steps, budget levels of Q, which is the network of S
WEIGHTS = (0.6, 0.3, 0.1)  # of the three durations of a leg
ASPECT = 6.0
LONGEST = 8  # steps

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Instance:
    """One drawn network. n places, A areas, L legs, conditions calm, alert, crackdown."""

    area: Longs  # n
    goal: NDArray[np.bool_]  # n
    ptr: Longs  # n+1
    dst: Longs  # L
    mode: Longs  # L: 0 on foot, 1 by road, 2 between hubs
    cost: Longs  # L
    dur: Longs  # L x 3
    wait_cost: Longs  # n
    chain: Floats  # A x 3 x 3
    stationary: Floats  # A x 3
    lost: Floats  # L x 3, by condition
    back: Floats  # L x 3
    wait_loss: Floats  # n x 3, per step

    def digest(self) -> str:
        """First 16 hex digits of SHA-256 over area, goal, ptr, dst, cost, dur, wait_cost as little-endian int64.

        >>> instance(50).digest()
        '6163e1fd5d845ad1'
        """
        fields = (self.area, self.goal, self.ptr, self.dst, self.cost, self.dur, self.wait_cost)
        return sha256(b"".join(field.astype("<i8").tobytes() for field in fields)).hexdigest()[:16]


def nearest(points: Floats, others: Floats, k: int) -> Longs:
    """Indices of the k of `others` nearest to each of `points`, nearest first: shape points x k.

    >>> nearest(np.array([[0.0, 0.0]]), np.array([[3.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), 2).tolist()
    [[1, 2]]
    """
    rows = []
    for block in np.array_split(points, max(1, len(points) * len(others) // 4_000_000)):
        squared = ((block[:, None] - others[None]) ** 2).sum(-1)
        if k < len(others):
            near = np.argpartition(squared, min(k, len(others) - 1), axis=1)[:, :k]
        else:
            near = np.argsort(squared, axis=1)
        rows.append(np.take_along_axis(near, np.argsort(np.take_along_axis(squared, near, 1), axis=1), 1))
    return np.concatenate(rows)


def _draw_chains(areas: int, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """One chain an area, A x 3 x 3, and its stationary distribution, A x 3."""
    chain, stationary = np.zeros((areas, 3, 3)), np.zeros((areas, 3))
    for a in range(areas):
        u, u2 = draw.uniform(0.01, 0.06), draw.uniform(0.02, 0.08)
        v, v2 = draw.uniform(0.05, 0.2), draw.uniform(0.05, 0.15)
        chain[a] = [[1 - u, 0.9 * u, 0.1 * u], [v, 1 - v - u2, u2], [0.3 * v2, 0.7 * v2, 1 - v2]]
        stationary[a] = np.linalg.solve(np.r_[(chain[a].T - np.eye(3))[:2], np.ones((1, 3))], [0, 0, 1])
    return chain, stationary


def _draw_legs(xy: Floats, gap: float, draw: np.random.Generator) -> Longs:
    """Start, end and mode of every leg, 3 x L: four nearest, the nearest to the east, and long legs between hubs."""
    n = len(xy)
    near, legs = nearest(xy, xy, min(n, 40)), []
    for i in range(n):
        ends = set(near[i, 1:5].tolist())
        east = [j for j in near[i] if j > i]
        ends |= {int(east[0])} if east else ({i + 1} if i < n - 1 else set())
        for j in sorted(ends):
            legs.append((i, j, 0))
            if draw.random() < 0.35:
                legs.append((i, j, 1))
    hubs = draw.choice(n, max(4, n // 10), replace=False)
    reach = max(0.5, 12 * gap)
    for hub in hubs:
        others = (x for x in hubs if x != hub and np.linalg.norm(xy[x] - xy[hub]) <= reach)
        legs += [(hub, j, 2) for j in sorted(others, key=lambda x: -xy[x, 0])[:3]]
    return np.array(legs).T


def instance(n: int, seed: int = 0) -> Instance:
    """The network of n places drawn with `seed`; the order of the draws is fixed for good."""
    draw = np.random.default_rng(seed)
    xy = np.c_[draw.uniform(0, ASPECT, n), draw.uniform(0, 1, n)]
    xy = xy[np.argsort(xy[:, 0])]  # west to east
    gap, areas = float(np.sqrt(ASPECT / n)), max(2, n // 20)
    area = nearest(xy, xy[draw.choice(n, areas, replace=False)], 1)[:, 0]
    chain, stationary = _draw_chains(areas, draw)
    goal = np.zeros(n, bool)
    goal[-max(1, n // 50):] = True  # the start is place 0
    src, dst, mode = _draw_legs(xy, gap, draw)
    kept = ~goal[src]
    src, dst, mode = src[kept], dst[kept], mode[kept]
    order = np.lexsort((mode, src))
    src, dst, mode = src[order], dst[order], mode[order]
    legs, dist = len(src), np.linalg.norm(xy[src] - xy[dst], axis=1) / gap
    base = np.choose(mode, [np.ceil(1.5 * dist), np.ceil(0.7 * dist), 1 + np.ceil(dist / 8)]).astype(int)
    base = base.clip(1, LONGEST - 3)
    cost = np.choose(mode, [0 * dist, 0 * dist + 1, 2 + np.ceil(dist / 10)]).astype(int)
    hazard = np.choose(
        mode, [draw.uniform(0.001, 0.01, legs), draw.uniform(0.001, 0.015, legs), draw.uniform(0.002, 0.02, legs)])
    hazard = np.where(draw.random(legs) < 0.05, 8 * hazard, hazard)  # guarded legs
    lost = np.clip(hazard[:, None] * [1, 2.5, 8], 0, 0.6)
    back = np.clip(2 * hazard[:, None] * [1, 2, 6], 0, 0.35)
    wait_cost = (draw.random(n) < 0.1).astype(int)
    wait_cost[goal] = 0
    wait_loss = draw.uniform(0, 0.002, n)[:, None] * [1, 2, 6]
    return Instance(
        area=area, goal=goal, ptr=np.searchsorted(src, np.arange(n + 1)), dst=dst, mode=mode, cost=cost,
        dur=np.stack([base, base + 1, base + 3], 1), wait_cost=wait_cost, chain=chain, stationary=stationary,
        lost=lost, back=back, wait_loss=wait_loss)


def _split(chance: Floats) -> Floats:
    """Chances of loss, ... x C, as kinds of loss, ... x C x 3: all of it interception."""
    return np.stack([chance, np.zeros_like(chance), np.zeros_like(chance)], -1)


def model_of_instance(size: str, seed: int = 0, *, steps: int | None = None, levels: int | None = None) -> Model:
    """The decision process on instance `size` (S, M or L), or with another number of steps or budget levels.

    One season, no windows, no penalties; forecasts are the stationary distributions. Legs are put in the order of
    preference. KeyError for an unknown size.

    >>> model = model_of_instance("S")
    >>> model.steps, model.budget, len(model.dst)
    (120, 20, 271)
    """
    n, full_steps, full_levels = SIZES[size]
    net, horizon = instance(n, seed), full_steps if steps is None else steps
    src = np.repeat(np.arange(n), np.diff(net.ptr))
    order = np.lexsort((net.mode, net.dst, net.dur[:, 0], net.cost, src))
    durations, profile = np.unique(net.dur[order], axis=0, return_inverse=True)
    lost, back = net.lost[order], net.back[order]
    return Model(
        area=net.area.astype(np.int32), goal=net.goal, stay_value=np.zeros(n),
        ptr=net.ptr.astype(np.int32), dst=net.dst[order].astype(np.int32), cost=net.cost[order].astype(np.int16),
        profile=profile.ravel().astype(np.int32), prof_dur=durations.astype(np.int8),
        prof_q=np.tile(np.array(WEIGHTS), (len(durations), 1)),
        arrive=(1 - lost - back)[None], back=back[None], lost=_split(lost)[None],
        wait_to=np.arange(n, dtype=np.int32), wait_cost=net.wait_cost.astype(np.int16),
        wait_loss=_split(net.wait_loss)[None], leg_open=np.ones((horizon, len(order)), bool),
        chain=net.chain[None], season_of=np.zeros(horizon, np.uint8),
        forecast=np.broadcast_to(net.stationary, (horizon + 1, *net.stationary.shape)),
        penalty=np.zeros(3), budget=(full_levels if levels is None else levels) - 1)


def model_of_peer(seed: int = 0) -> Model:
    """The decision process Q: the network of S, 40 steps, 11 budget levels, small enough for general solvers."""
    steps, levels = PEER_Q
    return model_of_instance("S", seed, steps=steps, levels=levels)
