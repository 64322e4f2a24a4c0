"""The forward pass: follow a policy from its start, list what it meets, and build the `Chain`.

Occupancy is carried in a ring of dense layers, one for each step up to the longest duration; each layer is turned into
sorted states and shared profile nodes, and its mass is sent ahead.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints
from waystation.planning.engine.chain import CUT, GONE, SAFE, Chain
from waystation.planning.engine.coefficients import Coefficients
from waystation.planning.mdp import FIRST_LEG, STOP, WAIT, Model

Part = dict[str, NDArray[Any]]


def follow(model: Model, policy: NDArray[np.uint8], *, start: int, belief: Floats, budget: int,
           cut: float = CUT) -> Chain:
    """List what `policy` (T x n x C x NB) meets from place `start`, condition distribution `belief` (C)."""
    if model.goal[start]:
        raise ValueError("the start is a goal already")
    return _Follower(model, policy, cut).run(start, belief, budget)


class _Follower:
    """The forward pass: a ring of dense occupancy layers, one for each step up to the longest duration."""

    def __init__(self, model: Model, policy: NDArray[np.uint8], cut: float) -> None:
        self.model, self.policy, self.cut = model, policy, cut
        self.n, self.C, self.NB = len(model.area), model.chain.shape[-1], model.budget + 1
        self.size = self.n * self.C * self.NB
        self.D = int(model.prof_dur.max(initial=1))
        self.ring = np.zeros((self.D + 1, self.size))
        # The last row of the duration tables stands for a wait: one step, for sure.
        self.dur = np.vstack([model.prof_dur, [[1, 1, 1]]]).astype(np.int64)
        self.q = np.vstack([model.prof_q, [[1.0, 0.0, 0.0]]])
        self.ends = {"safe": 0.0, "stopped": 0.0, "late": 0.0, "cut": 0.0, "money_left": 0.0}
        self.arrivals = np.zeros(model.steps + 1)
        self.leg_flow = np.zeros((len(model.chain), len(model.dst), self.C))
        self.wait_flow = np.zeros((len(model.chain), self.n, self.C))
        self.table = Coefficients(model.chain.shape[0], model.chain.shape[1], self.D, self.C)
        self.numbers = self.table.numbers(model.chain, model.forecast)

    def run(self, start: int, belief: Floats, budget: int) -> Chain:
        self.ring[0, (start * self.C + np.arange(self.C)) * self.NB + budget] = belief
        states, nodes = [], []
        offset = 0
        for step in range(self.model.steps + 1):
            state = self._states(step)
            if step == self.model.steps:
                self.ends["stopped"] += float(state["mass"].sum())
                break
            node = self._nodes(step, state, offset)
            offset += len(node["succ"])
            states.append(state)
            nodes.append(node)
        return self._chain(states, nodes)

    def _states(self, step: int) -> Part:
        layer = self.ring[step % (self.D + 1)]
        code = np.flatnonzero(layer > self.cut)
        mass = layer[code]
        self.ends["cut"] += float(layer.sum() - mass.sum())
        layer[:] = 0
        place, condition, money = code // (self.C * self.NB), code // self.NB % self.C, code % self.NB
        last = step == self.model.steps
        action = np.zeros(len(code), np.int64) if last else self.policy[step, place, condition, money].astype(np.int64)
        return {"code": code, "mass": mass, "place": place, "condition": condition, "money": money, "action": action}

    def _nodes(self, step: int, s: Part, offset: int) -> Part:
        model, season = self.model, int(self.model.season_of[step])
        place, condition, money, action, mass = s["place"], s["condition"], s["money"], s["action"], s["mass"]
        going, waiting = np.flatnonzero(action >= FIRST_LEG), np.flatnonzero(action == WAIT)
        self.ends["stopped"] += float(mass[action == STOP].sum())
        leg = model.ptr[place[going]] + action[going] - FIRST_LEG
        left = money[going] - model.cost[leg]
        end, far = model.dst[leg], model.area[model.dst[leg]] != model.area[place[going]]
        wait_end = model.wait_to[place[waiting]]
        wait_left = money[waiting] - model.wait_cost[place[waiting]]
        wait_profile = np.full(len(waiting), len(self.dur) - 1)
        keys = np.concatenate([
            self._key(far, end, model.profile[leg], np.where(far, 0, condition[going]), left),
            self._key(np.zeros_like(far), place[going], model.profile[leg], condition[going], left),
            self._key(np.zeros(len(waiting), bool), wait_end, wait_profile, condition[waiting], wait_left),
        ])
        unique, inverse = np.unique(keys, return_inverse=True)
        flat = (season * len(model.dst) + leg) * self.C + condition[going]
        wait_flat = (season * self.n + place[waiting]) * self.C + condition[waiting]
        keep = 1 - model.wait_loss.sum(-1).reshape(-1)[wait_flat]
        np.add.at(self.leg_flow.reshape(-1), flat, mass[going])
        np.add.at(self.wait_flow.reshape(-1), wait_flat, mass[waiting])
        flow = np.concatenate([mass[going] * model.arrive.reshape(-1)[flat],
                               mass[going] * model.back.reshape(-1)[flat], mass[waiting] * keep])
        row, node_x, node_y = (np.full(len(mass), -1) for _ in range(3))
        row[going], row[waiting] = flat, wait_flat
        node_x[going], node_y[going] = inverse[: len(going)] + offset, inverse[len(going): 2 * len(going)] + offset
        node_x[waiting] = inverse[2 * len(going):] + offset
        s |= {"row": row, "node_x": node_x, "node_y": node_y}
        return self._spread(step, season, unique, np.bincount(inverse, flow, len(unique)).astype(float))

    def _key(self, far: NDArray[np.bool_], place: Ints, profile: Ints, condition: Ints,
             money: NDArray[Any]) -> NDArray[np.int64]:
        key = far.astype(np.int64) * self.n + place
        key = key * len(self.dur) + profile
        return np.asarray((key * self.C + condition) * self.NB + money)

    def _spread(self, step: int, season: int, key: NDArray[np.int64], flow: Floats) -> Part:
        """Send each node's mass to the layers ahead, and note successors, coefficients and weights."""
        money, condition = key % self.NB, key // self.NB % self.C
        profile = key // (self.NB * self.C) % len(self.dur)
        place = key // (self.NB * self.C * len(self.dur))
        far, place = place >= self.n, place % self.n
        then = step + self.dur[profile]  # N x 3
        in_time = then <= self.model.steps
        q = self.q[profile]
        weight = np.where(in_time, q, 0.0)
        self.ends["late"] += float((flow[:, None] * (q - weight)).sum())
        then = np.minimum(then, self.model.steps)
        area = self.model.area[place]
        after = np.arange(self.C)
        coef = self.table.power(season, area[:, None, None], (self.dur[profile])[:, :, None],
                                condition[:, None, None], after)
        coef = np.where(far[:, None, None], self.table.forecast(then[:, :, None], area[:, None, None], after), coef)
        code = (place[:, None, None] * self.C + after) * self.NB + money[:, None, None]
        succ = np.broadcast_to(then[:, :, None] * self.size + code, coef.shape).copy()
        goal = self.model.goal[place]
        coef[goal], succ[goal] = self.table.one, SAFE
        weight = np.repeat(weight[:, :, None], self.C, axis=2)
        weight[goal, :, 1:] = 0.0  # a goal is reached in any condition: one successor, coefficient one
        sent = flow[:, None, None] * weight * self.numbers[coef]
        arrived = sent[goal].sum(axis=2)
        np.add.at(self.arrivals, then[goal].ravel(), arrived.ravel())
        self.ends["safe"] += float(arrived.sum())
        self.ends["money_left"] += float((arrived.sum(axis=1) * money[goal]).sum())
        on = ~goal
        slot = np.broadcast_to(then[:, :, None] % (self.D + 1) * self.size + code, coef.shape)
        np.add.at(self.ring.reshape(-1), slot[on].ravel(), sent[on].ravel())
        width = 3 * self.C
        return {"succ": succ.reshape(-1, width), "coef": coef.reshape(-1, width), "weight": weight.reshape(-1, width)}

    def _chain(self, states: list[Part], nodes: list[Part]) -> Chain:
        model = self.model
        state = {name: np.concatenate([part[name] for part in states]) for name in states[0]}
        node = {name: np.concatenate([part[name] for part in nodes]) for name in nodes[0]}
        counts, node_counts = [len(part["code"]) for part in states], [len(part["succ"]) for part in nodes]
        step = np.repeat(np.arange(len(states)), counts)
        known = step * self.size + state["code"]
        key, coef, weight = node["succ"], node["coef"], node["weight"]
        at = np.minimum(np.searchsorted(known, key), len(known) - 1)
        succ = np.where(key == SAFE, SAFE, np.where(known[at] == key, at, GONE))
        # What weighs nothing, or leads nowhere, is left out; each node keeps one entry so that sums by node line up.
        kept = (weight > 0) & (self.numbers[coef] > 0) & (succ != GONE)
        empty = ~kept.any(axis=1)
        kept[empty, 0], weight[empty, 0], succ[empty, 0], coef[empty, 0] = True, 0.0, GONE, self.table.one
        coef = coef[kept]
        occurs = np.zeros(len(self.numbers), bool)
        occurs[coef] = True
        rank = np.cumsum(occurs) - 1
        lost = (self.leg_flow[..., None] * model.lost).sum((0, 1, 2))
        lost = lost + (self.wait_flow[..., None] * model.wait_loss).sum((0, 1, 2))
        return Chain(
            layer=_ptr(counts), step=_i(step), place=_i(state["place"]), condition=_i(state["condition"]),
            money=_i(state["money"]), action=_i(state["action"]), mass=state["mass"], row=_i(state["row"]),
            node_layer=_ptr(node_counts), node_x=_i(state["node_x"]), node_y=_i(state["node_y"]),
            entry=_ptr(kept.sum(axis=1)), succ=_i(succ[kept]), coef=_i(rank[coef]), weight=weight[kept],
            used=_i(np.flatnonzero(occurs)), table=self.table, lost=lost, leg_flow=self.leg_flow,
            wait_flow=self.wait_flow, arrivals=self.arrivals, **self.ends,
        )


def _i(array: NDArray[np.generic]) -> Ints:
    return array.astype(np.int32)


def _ptr(counts: list[int] | NDArray[np.int64]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


