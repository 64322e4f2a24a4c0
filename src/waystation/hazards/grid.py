"""The grid on which a danger theta lives: 256 points equally spaced in logit, from 1e-5 to 0.95.

In logit coordinates the Beta(a, b) density is theta^a (1 - theta)^b: no singularity at 0. Cell masses use four
sub-points; the end cells absorb the tails, summed by Gauss-Legendre over the length in which they fall by e^-36.

A child's danger given its parent's theta_p is `Beta(s, s (1 - theta_p) / theta_p)` up to 1/2, mirrored above: its mean
is theta_p and it is worth **s events**. In trials instead, Beta(0.02, 19.98) would put 79 % of its mass below 1e-5: a
prior that most strata are harmless. Row g_p of the kernel K_s holds that density's masses; that of a child which may be
like its parent by several strengths is their mean.
"""

from functools import lru_cache

import numpy as np

from waystation.network.network import Floats, Ints

G = 256
LOGIT: Floats = np.linspace(np.log(1e-5 / (1 - 1e-5)), np.log(0.95 / 0.05), G)
WIDTH = float(LOGIT[1] - LOGIT[0])
THETA: Floats = 1 / (1 + np.exp(-LOGIT))
LOG_THETA: Floats = -np.log1p(np.exp(-LOGIT))
LOG_REST: Floats = -np.log1p(np.exp(LOGIT))  # log(1 - theta)
for _array in (LOGIT, THETA, LOG_THETA, LOG_REST):
    _array.flags.writeable = False

_SUB = (LOGIT[:, None] + WIDTH * np.array([-3, -1, 1, 3]) / 8).ravel()
_SUB_THETA, _SUB_REST = -np.log1p(np.exp(-_SUB)), -np.log1p(np.exp(_SUB))
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(40)
_FALL, _FALL_WEIGHTS = 18 * (_NODES + 1), 18 * _WEIGHTS  # on 0..36


def beta_mass(a: Floats, b: Floats) -> Floats:
    """Masses of Beta(a, b) on the grid, for R pairs of parameters above 0: R x 256, rows sum to 1.

    >>> mass = beta_mass(np.array([2.0]), np.array([38.0]))[0]
    >>> round(float(mass @ THETA), 4), round(float(mass @ THETA**2 - (mass @ THETA) ** 2), 6)
    (0.05, 0.001159)
    """
    a, b = np.asarray(a, float)[:, None], np.asarray(b, float)[:, None]
    log = a * _SUB_THETA + b * _SUB_REST
    top = log.max(-1, keepdims=True)
    mass: Floats = np.exp(log - top).reshape(len(a), G, 4).sum(-1) * (WIDTH / 4)
    below = (LOGIT[0] - WIDTH / 2) - _FALL / a
    above = (LOGIT[-1] + WIDTH / 2) + _FALL / b
    for cell, x, falls in ((0, below, a), (G - 1, above, b)):
        log_tail = -a * np.logaddexp(0, -x) - b * np.logaddexp(0, x) - top
        mass[:, cell] += (np.exp(log_tail) @ _FALL_WEIGHTS) / falls[:, 0]
    mass /= mass.sum(-1, keepdims=True)
    return mass


def beta_of(mean: Floats, events: float | Floats) -> tuple[Floats, Floats]:
    """(a, b) of the Beta with this mean that is worth so many events; of the rarer kind, if the mean is above 1/2.

    >>> [round(float(x), 12) for x in beta_of(np.array(0.05), 2.0)]
    [2.0, 38.0]
    """
    mean = np.asarray(mean, float)
    odds = mean / (1 - mean)
    return np.asarray(events * np.maximum(1.0, odds)), np.asarray(events * np.maximum(1.0, 1 / odds))


@lru_cache(maxsize=64)
def kernel(strengths: tuple[float, ...]) -> Floats:
    """K[g_p, g]: masses of a child's danger given its parent's, whose strength is one of these, equally likely.

    Computed once in a process.

    >>> K = kernel((1.0, 16.0))
    >>> K.shape, bool(np.allclose(K.sum(-1), 1)), bool(np.allclose(2 * K, kernel((1.0,)) + kernel((16.0,))))
    ((256, 256), True, True)
    """
    if len(strengths) == 1:
        K = beta_mass(*beta_of(THETA, strengths[0]))
    else:
        K = np.mean([kernel((s,)) for s in strengths], axis=0)
    K.flags.writeable = False
    return K


@lru_cache(maxsize=64)
def _inverse(strengths: tuple[float, ...]) -> tuple[Floats, Ints]:
    """Cumulative rows of a kernel, last column exactly 1; and where in each row the search for j / 256 starts."""
    rows = np.cumsum(kernel(strengths), axis=-1)
    rows /= rows[:, -1:]
    marks = np.arange(G) / G
    return rows.ravel(), np.array([np.searchsorted(row, marks, side="right") for row in rows], np.int32).ravel()


def child(strengths: tuple[float, ...], above: Ints, u: Floats) -> Ints:
    """Grid points of children of which nothing is known, from those of their parents and uniform numbers in [0, 1).

    The inverse of the cumulative row of each parent in their `kernel`, by a table of 256 places to start from.

    >>> child((16.0,), np.array([200, 200], np.int32), np.array([0.5, 0.999])).tolist()
    [200, 219]
    """
    row, first = _inverse(strengths)
    start = G * above
    point = first[start + (u * G).astype(np.int32)]
    short = np.flatnonzero((row[start + point] <= u).ravel())
    point, start, u = point.ravel(), start.ravel(), u.ravel()
    while len(short):
        point[short] += 1
        short = short[row[start[short] + point[short]] <= u[short]]
    return np.asarray(point.reshape(above.shape))


def moments(mass: Floats) -> tuple[Floats, Floats]:
    """Mean and second moment of theta under masses ... x 256."""
    # not `@`: it would wake the threads of the linear algebra library for a sum that takes no time
    return np.einsum("...g,g->...", mass, THETA), np.einsum("...g,g->...", mass, THETA**2)


def sample_size(mean: Floats, variance: Floats) -> Floats:
    """Equivalent sample size m (1 - m) / v - 1: a + b of the Beta with these two moments.

    >>> round(float(sample_size(np.array(0.05), np.array(0.05 * 0.95 / 41))), 9)
    40.0
    """
    return np.asarray(mean * (1 - mean) / variance - 1)
