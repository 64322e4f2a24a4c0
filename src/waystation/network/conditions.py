"""Conditions of an area (calm, alert, crackdown, a river's level) as a Markov chain, one step at a time.

P[c, d] is the chance that condition c is followed by d one step later. What is known now, b, becomes b P^t after t
steps, and tends to the stationary distribution pi = pi P. How fast it forgets is the second eigenvalue: what a report
adds halves every H hours, |lambda_2| = 2^(-step / H). (Norris, Markov Chains, 1997, ch. 1; Grassmann, Taksar and
Heyman, Operations Research 33, 1985, for pi without a subtraction.)
"""

import math

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Network
from waystation.network.rows import Season

_RESTART = 1e-40  # chance of a fresh start: one answer for a chain that falls apart, no digit changed in any other


def season_index(seasons: tuple[Season, ...], month: int) -> int:
    """Index of the season that holds `month` (1..12); the first one if several do. Raises `ValueError` if none does.

    >>> season_index((Season("winter", 11, 3), Season("summer", 4, 10)), 6)
    1
    """
    for s, season in enumerate(seasons):
        if season.holds(month):
            return s
    raise ValueError("the seasons do not hold every month")


def stationary(P: Floats) -> Floats:
    """The distribution that P leaves alone, for chains ... x C x C: ... x C, sums to 1.

    A chain with several closed classes is given the weights that it reaches from a uniform start.

    >>> stationary(np.array([[0.9, 0.1], [0.3, 0.7]])).round(12).tolist()
    [0.75, 0.25]
    """
    C = P.shape[-1]
    rest = P + _RESTART / C
    for k in range(C - 1, 0, -1):  # take condition k out of the chain
        rest[..., :k, k] /= rest[..., k, :k].sum(-1)[..., None]
        rest[..., :k, :k] += rest[..., :k, k, None] * rest[..., k, None, :k]
    pi = np.ones(P.shape[:-1])
    for k in range(1, C):  # and put it back
        pi[..., k] = (pi[..., :k] * rest[..., :k, k]).sum(-1)
        pi[..., : k + 1] /= pi[..., : k + 1].sum(-1)[..., None]
    return pi


def stationary_within(P: Floats, occurs: NDArray[np.bool_]) -> Floats:
    """`stationary` over the conditions that occur (C); 0 for the others.

    >>> stationary_within(np.eye(3), np.array([True, False, True])).tolist()
    [0.5, 0.0, 0.5]
    """
    pi = np.zeros(P.shape[:-1])
    pi[..., occurs] = stationary(P[..., occurs, :][..., occurs])
    return pi


def powers(chain: Floats, D: int) -> Floats:
    """P^0 .. P^D of chains ... x C x C: ... x (D+1) x C x C.

    >>> powers(np.array([[[[0.5, 0.5], [0.0, 1.0]]]]), 2)[0, 0, 2].tolist()
    [[0.25, 0.75], [0.0, 1.0]]
    """
    out = np.empty((*chain.shape[:-2], D + 1, *chain.shape[-2:]))
    out[..., 0, :, :] = np.eye(chain.shape[-1])
    for d in range(D):
        out[..., d + 1, :, :] = out[..., d, :, :] @ chain
    return out


def forecast(p: Floats, chain: Floats, season_of: NDArray[np.integer]) -> Floats:
    """What is believed now of later conditions, ... x (T+1) x A x C; step 0 is what is believed now.

    From beliefs p (... x A x C), chains (... x S x A x C x C) and the season of T steps. Leading axes, e.g. draws, are
    carried along.

    >>> chain = np.array([[[[0.5, 0.5], [0.0, 1.0]]]])
    >>> forecast(np.array([[1.0, 0.0]]), chain, np.zeros(2, np.uint8))[:, 0].tolist()
    [[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]]
    """
    out = np.empty((*p.shape[:-2], len(season_of) + 1, *p.shape[-2:]))
    out[..., 0, :, :] = p
    for t, s in enumerate(season_of):
        out[..., t + 1, :, :] = np.einsum("...ac,...acd->...ad", out[..., t, :, :], chain[..., s, :, :, :])
    return out


def second_eigenvalue(P: Floats) -> float:
    """|lambda_2| of one chain (C x C): the share of what is known that is left after one step. 0 for one condition.

    >>> round(second_eigenvalue(np.array([[0.9, 0.1], [0.3, 0.7]])), 12)
    0.6
    """
    size = np.sort(np.abs(np.linalg.eigvals(P)))
    return float(min(size[-2], 1.0)) if len(size) > 1 else 0.0


def half_life_h(P: Floats, step_hours: int) -> float:
    """Hours after which a report about this chain (C x C) is worth half; inf if it is never forgotten.

    >>> half_life_h(np.array([[0.75, 0.25], [0.25, 0.75]]), 12)
    12.0
    """
    left = second_eigenvalue(P)
    if left < 1e-12:
        return 0.0
    return math.inf if left > 1 - 1e-12 else step_hours * math.log(0.5) / math.log(left)


def with_half_life(P: Floats, hours: float, *, step_hours: int) -> Floats:
    """The chain with the destinations and the long-run shares of P (C x C) that forgets half in `hours`.

    All changes are made rarer or more frequent by one factor, I + x (P - I). Raises `ValueError` if that cannot be,
    because some condition would have to change more often than every step.

    >>> P = with_half_life(np.array([[0.9, 0.1], [0.3, 0.7]]), 12, step_hours=12)
    >>> P.round(12).tolist(), half_life_h(P, 12)
    ([[0.875, 0.125], [0.375, 0.625]], 12.0)
    """
    rates = P - np.eye(len(P))
    wanted, low, high = 2.0 ** (-step_hours / hours), 0.0, 1.0 / max(float(-rates.diagonal().min()), 1e-300)

    def left(x: float) -> float:
        return second_eigenvalue(np.eye(len(P)) + x * rates)

    xs = np.linspace(0, high, 65)[1:]  # |lambda_2| first falls with x, then may rise again: the falling part is meant
    sizes = [left(float(x)) for x in xs]
    if min(sizes) > wanted:
        raise ValueError("these conditions cannot be forgotten so fast")
    high = float(xs[next(i for i, size in enumerate(sizes) if size <= wanted)])
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if left(middle) > wanted else (low, middle)
    slowed: Floats = np.eye(len(P)) + high * rates
    return slowed


def from_durations(steps: Floats, goes_to: Floats) -> Floats:
    """A chain (C x C) from how long each condition usually lasts (C, steps >= 1) and where it goes next (C x C).

    Rows of `goes_to` sum to 1, its diagonal is not read. Raises `ValueError` for a stay shorter than one step.

    >>> from_durations(np.array([10.0, 4.0]), np.array([[0.0, 1.0], [1.0, 0.0]])).tolist()
    [[0.9, 0.1], [0.25, 0.75]]
    """
    if (steps < 1).any():
        raise ValueError("a condition lasts at least one step")
    away = np.where(np.eye(len(steps), dtype=bool), 0.0, goes_to)
    P: Floats = away / np.maximum(away.sum(-1, keepdims=True), 1e-300) / steps[:, None]
    P[np.diag_indices_from(P)] = 1.0 - P.sum(-1)
    return P


def draw_chains(net: Network, k: int, rng: np.random.Generator) -> Floats:
    """k draws of all chains, k x S x A x C x C: Dirichlet rows around the stated shares, as strong as stated.

    One statement is one draw: areas and seasons that take their row from the same statement get the same row, for what
    is not known about it is not known everywhere. A share of 0 stays 0.
    """
    mean, strength, which = _statements(net)
    gamma = strength[:, None] * mean
    some = gamma > 0
    # log of a Gamma(a) variate as log Gamma(a + 1) + log(U) / a: shares far below 1e-300 do not turn a row into 0 / 0
    log = np.full((k, *gamma.shape), -np.inf)
    log[:, some] = np.log(rng.standard_gamma(gamma[some] + 1, (k, int(some.sum()))))
    log[:, some] += np.log1p(-rng.random((k, int(some.sum())))) / gamma[some]
    rows = np.exp(log - log.max(-1, keepdims=True))
    rows /= rows.sum(-1, keepdims=True)
    drawn: Floats = rows[:, which]
    return drawn


def _statements(net: Network) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """The distinct rows of all chains: their shares (R x C), strengths (R), and which one stands at S x A x C."""
    own = {(row.scope, row.from_condition) for row in net.book.chains}
    scopes = [[area if (area, c) in own else country for c in net.conditions]
              for area, country in zip(net.areas, net.countries, strict=True)]
    rank = {scope: i for i, scope in enumerate(sorted({scope for row in scopes for scope in row}))}
    S, A, C = net.chain.shape[:3]
    scope = np.broadcast_to(np.array([[rank[s] for s in row] for row in scopes]), (S, A, C))
    row = np.broadcast_to(np.arange(C), (S, A, C))
    table = np.concatenate([scope[..., None], row[..., None], net.chain_strength[..., None], net.chain], -1)
    found, which = np.unique(table.reshape(-1, C + 3), axis=0, return_inverse=True)
    return found[:, 3:], found[:, 2], which.reshape(S, A, C)
