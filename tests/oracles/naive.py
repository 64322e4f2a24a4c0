"""The plan's recursion written as plain loops, and a search over all policies: slow, obvious, and the judge of the rest.

`solve_by_loops` follows the formulas of `waystation.planning.mdp` line by line. `best_of_all_policies` knows no
recursion: it runs every deterministic policy forward from the start and keeps the best.
"""

from itertools import product
from typing import Any

import numpy as np

from waystation.planning.mdp import FIRST_LEG, STOP, TIE, WAIT, Model

State = tuple[int, int, int, int]  # step, place, condition, money left


def loss(model: Model, chances: Any) -> float:
    """Penalty for a row of (intercepted, harmed, missing)."""
    return float(sum(model.penalty[o] * chances[o] for o in range(3)))


def arrivals(model: Model, t: int, i: int, c: int, leg: int, *, turned_back: bool) -> list[tuple[float, int, int, int]]:
    """(chance, step, place, condition) after a leg that was not lost; what passes the horizon is left out."""
    area, season, found = model.area[i], model.season_of[t], []
    j = i if turned_back else int(model.dst[leg])
    for m in range(3):
        q, d = model.prof_q[model.profile[leg], m], int(model.prof_dur[model.profile[leg], m])
        if t + d > model.steps:
            continue
        if model.area[j] == area:
            row = np.linalg.matrix_power(model.chain[season, area], d)[c]
        else:
            row = model.forecast[t + d, model.area[j]]
        found += [(q * row[x], t + d, j, x) for x in range(len(row))]
    return found


def choices(model: Model, state: State) -> dict[int, tuple[float, list[tuple[float, State]]]]:
    """Action -> (immediate penalty, [(chance, next state)]) for all that is allowed and affordable, except stopping."""
    t, i, c, b = state
    season, allowed = model.season_of[t], {}
    j, w = int(model.wait_to[i]), int(model.wait_cost[i])
    if j >= 0 and b >= w:
        lost = model.wait_loss[season, i, c]
        row = model.chain[season, model.area[i]][c]
        allowed[WAIT] = (loss(model, lost),
                         [((1 - lost.sum()) * row[x], (t + 1, j, x, b - w)) for x in range(len(row))])
    for local, leg in enumerate(range(model.ptr[i], model.ptr[i + 1])):
        k = int(model.cost[leg])
        if b < k or not model.leg_open[t, leg]:
            continue
        after = []
        for chance, back in ((model.arrive[season, leg, c], False), (model.back[season, leg, c], True)):
            after += [(chance * p, (s, place, x, b - k))
                      for p, s, place, x in arrivals(model, t, i, c, leg, turned_back=back)]
        allowed[FIRST_LEG + local] = (loss(model, model.lost[season, leg, c]), after)
    return allowed


def solve_by_loops(model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Values (T+1) x n x C x NB and actions T x n x C x NB of the best policy."""
    n, conditions = len(model.goal), model.arrive.shape[2]
    value = np.zeros((model.steps + 1, n, conditions, model.budget + 1))
    action = np.zeros((model.steps, n, conditions, model.budget + 1), np.uint8)
    value[:, model.goal] = 1
    value[model.steps, ~model.goal] = model.stay_value[~model.goal, None, None]
    for t in reversed(range(model.steps)):
        for i, c, b in product(np.flatnonzero(~model.goal), range(conditions), range(model.budget + 1)):
            best, arg = float(model.stay_value[i]), STOP
            for a, (penalty, after) in choices(model, (t, i, c, b)).items():
                candidate = sum(p * value[s] for p, s in after) - penalty
                if candidate > best + TIE:
                    arg = a
                best = max(best, candidate)
            value[t, i, c, b], action[t, i, c, b] = best, arg
    return value, action


def reachable(model: Model, first: State) -> list[State]:
    """All states that some policy can come to, where there is something to decide."""
    found, todo = [], [first]
    while todo:
        state = todo.pop()
        if state in found or state[0] == model.steps or model.goal[state[1]]:
            continue
        found.append(state)
        todo += [after for _, ways in choices(model, state).values() for p, after in ways if p > 0]
    return sorted(found)


def run_policy(model: Model, first: State, actions: dict[State, int]) -> float:
    """Value of one policy by carrying the probability mass forward from `first`."""
    mass, total = {first: 1.0}, 0.0
    while mass:
        state = min(mass)
        weight, (_, i, _, _) = mass.pop(state), state
        action = actions.get(state, STOP)
        if model.goal[i] or action == STOP:
            total += weight * (1.0 if model.goal[i] else float(model.stay_value[i]))
            continue
        penalty, after = choices(model, state)[action]
        total -= weight * penalty
        for p, following in after:
            if p > 0:
                mass[following] = mass.get(following, 0.0) + weight * p
    return total


def count_policies(model: Model, first: State) -> int:
    """How many deterministic policies there are over the states that can be reached."""
    count = 1
    for state in reachable(model, first):
        count *= 1 + len(choices(model, state))
    return count


def best_of_all_policies(model: Model, first: State) -> float:
    """The largest value of any deterministic policy, by trying all of them."""
    states = reachable(model, first)
    options = [[STOP, *choices(model, state)] for state in states]
    return max(run_policy(model, first, dict(zip(states, chosen, strict=True))) for chosen in product(*options))
