"""A fixed policy as a Markov chain: what it meets, how it ends, and how the end moves with each parameter.

Going forward from the start lists every state that the policy reaches (occupancy mu) and two kinds of node:

    profile node   (t, place, profile, budget [, condition])   sum_m q_m sum_c' coef V(t+d_m, place, c', b)
    decision node  (t, place, condition, budget)               arrive * node_X + back * node_Y,  or keep * node_W

Profile nodes are shared by all states that need them. `coef` is an entry of a power of the condition chain (same area)
or of the forecast (other area), kept as an index and not as a number (`coefficients.py`), so that one chain serves
every draw of the parameters: `evaluate` goes backward for many draws at once. P(safe) is linear in each state's value,
so its adjoint is the occupancy itself; `gradient` reads dP/d(arrive, back, keep, coef) from occupancy and values in one
pass.
"""

from dataclasses import dataclass

import numpy as np

from waystation.network.network import Floats, Ints
from waystation.planning.engine.coefficients import Coefficients
from waystation.planning.mdp import FIRST_LEG, WAIT

CUT = 1e-9  # occupancy below this is dropped; the sum of what was dropped is reported
GONE, SAFE = -1, -2  # successors that are no state: worth 0, worth 1


@dataclass(frozen=True, slots=True)
class Chain:
    """K states and N profile nodes in order of time; E entries, the successors of each node side by side."""

    layer: Ints  # T+2: states of step t are layer[t]:layer[t+1]
    step: Ints  # K
    place: Ints  # K
    condition: Ints  # K
    money: Ints  # K, units
    action: Ints  # K
    mass: Floats  # K: occupancy
    row: Ints  # K: flat (season, leg, condition) of a leg, flat (season, place, condition) of a wait; -1 of a stop
    node_layer: Ints  # T+1
    node_x: Ints  # K: node of arriving, or of the wait; -1 of a stop
    node_y: Ints  # K: node of being turned back; -1 unless a leg
    entry: Ints  # N+1: entries of node k are entry[k]:entry[k+1], at least one
    succ: Ints  # E: state, GONE or SAFE
    coef: Ints  # E: index into `used`
    weight: Floats  # E: q_m; 0 only in a node that leads nowhere
    used: Ints  # U: the coefficients that occur, indices of `table`, ascending
    table: Coefficients
    safe: float
    stopped: float
    late: float
    lost: Floats  # 3: intercepted, harmed, missing
    leg_flow: Floats  # S x L x C: journeys that start this leg
    wait_flow: Floats  # S x n x C
    cut: float  # mass dropped: a rigorous bound of the error
    arrivals: Floats  # T+1: mass that reaches a goal at each step
    money_left: float  # units, of those who arrive, times their mass

    def numbers(self, chain: Floats, forecast: Floats) -> Floats:
        """The coefficients in use (U) for `chain` S x A x C x C and `forecast` T+1 x A x C."""
        return self.table.numbers(chain, forecast)[self.used]


@dataclass(frozen=True, slots=True)
class Rates:
    """What each stratum does in R draws: leaves x R. `keep` is the chance that a wait of one step is survived."""

    arrive: Floats
    back: Floats
    keep: Floats


@dataclass(frozen=True, slots=True)
class Gradient:
    """dP(safe)/d parameter at the values given: per leaf, and per coefficient in use."""

    arrive: Floats  # leaves
    back: Floats  # leaves
    keep: Floats  # leaves
    coef: Floats  # U
    start: Floats  # C: by the belief at the start
    safe: float  # P(safe) itself


def leaf_of_state(chain: Chain, leg_leaf: Ints, wait_leaf: Ints) -> Ints:
    """The stratum of each state's action (K); -1 of a stop. `leg_leaf` S x L x C, `wait_leaf` S x n x C."""
    leaf = np.full(len(chain.row), -1, np.int32)
    going, waiting = chain.action >= FIRST_LEG, chain.action == WAIT
    leaf[going] = leg_leaf.reshape(-1)[chain.row[going]]
    leaf[waiting] = wait_leaf.reshape(-1)[chain.row[waiting]]
    return leaf


def evaluate(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates, *, first_only: bool = False) -> Floats:
    """P(safe) from every state (K+2 x R) under R draws; `numbers` is U x R. The last two rows are SAFE and GONE.

    `first_only` gives the states of step 0 alone.
    """
    values, _ = _backward(chain, leaf, numbers, rates, keep_nodes=False)
    return values[: chain.layer[1]] if first_only else values


def start_value(chain: Chain, values: Floats, belief: Floats) -> Floats:
    """P(safe) from the start in each draw: values (K+2 x R, or less) of the first layer under `belief` (C or C x R)."""
    first = slice(chain.layer[0], chain.layer[1])
    weight = belief[chain.condition[first]]
    weight = weight[:, None] if weight.ndim == 1 else weight
    return np.asarray((weight * values[first]).sum(axis=0))


def gradient(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates) -> Gradient:
    """Adjoint of P(safe) in one pass: occupancy times values. `numbers` is U, `rates` leaves x 1."""
    values, nodes = _backward(chain, leaf, numbers[:, None], rates, keep_nodes=True)
    value, node = values[:, 0], nodes[:, 0]
    going, waiting = chain.action >= FIRST_LEG, chain.action == WAIT
    leaves = len(rates.arrive)
    arrive, back, keep = (np.bincount(leaf[which], chain.mass[which] * node[at[which]], leaves).astype(float)
                          for which, at in ((going, chain.node_x), (going, chain.node_y), (waiting, chain.node_x)))
    flow = np.zeros(len(chain.entry) - 1)
    for which, at, rate in ((going, chain.node_x, rates.arrive), (going, chain.node_y, rates.back),
                            (waiting, chain.node_x, rates.keep)):
        flow += np.bincount(at[which], chain.mass[which] * rate[leaf[which], 0], len(flow))
    sent = np.repeat(flow, np.diff(chain.entry)) * chain.weight * value[chain.succ]
    first = slice(chain.layer[0], chain.layer[1])
    start = np.bincount(chain.condition[first], value[first], chain.table.conditions).astype(float)
    safe = float((chain.mass[first] * value[first]).sum())
    coef = np.bincount(chain.coef, sent, len(numbers)).astype(float)
    return Gradient(arrive, back, keep, coef, start, safe)


def _backward(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates, *, keep_nodes: bool) -> tuple[Floats, Floats]:
    """Layer by layer from the horizon: nodes from the values ahead, then states from their nodes."""
    draws = numbers.shape[1]
    values = np.zeros((len(chain.row) + 2, draws))
    values[SAFE] = 1.0
    all_nodes = np.zeros((len(chain.entry) - 1 if keep_nodes else 0, draws))
    for step in range(len(chain.layer) - 2, -1, -1):
        n0, n1 = chain.node_layer[step], chain.node_layer[step + 1]
        if n0 == n1:
            continue
        e0, e1 = chain.entry[n0], chain.entry[n1]
        sent = numbers[chain.coef[e0:e1]]
        sent *= values[chain.succ[e0:e1]]
        sent *= chain.weight[e0:e1, None]
        node = np.add.reduceat(sent, chain.entry[n0:n1] - e0, axis=0)
        if keep_nodes:
            all_nodes[n0:n1] = node
        k = slice(chain.layer[step], chain.layer[step + 1])
        _decide(values[k], node, chain.action[k], leaf[k], chain.node_x[k] - n0, chain.node_y[k] - n0, rates)
    return values, all_nodes


def _decide(values: Floats, node: Floats, action: Ints, leaf: Ints, x: Ints, y: Ints, rates: Rates) -> None:
    going, waiting = np.flatnonzero(action >= FIRST_LEG), np.flatnonzero(action == WAIT)
    values[going] = rates.arrive[leaf[going]] * node[x[going]] + rates.back[leaf[going]] * node[y[going]]
    values[waiting] = rates.keep[leaf[waiting]] * node[x[waiting]]
