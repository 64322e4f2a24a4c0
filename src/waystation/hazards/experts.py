"""What experts said: "of 100 parties, how many are lost - most likely, and surely fewer than", dated and named.

A statement becomes the Beta whose median is the first number and whose 95 % point is the second, kept as mean and
worth in events. More than 4 events would need a second signature and counts 4. A break of regime weakens a statement
made before it as it weakens a record. The later statement of the same author on the same stratum replaces the earlier
one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np

from waystation.hazards.grid import beta_mass, beta_of
from waystation.network.defaults import Defaults
from waystation.network.network import Floats
from waystation.network.rows import Break, Prior, WaitingLoss

_HIGHEST = 0.95  # a stated danger is never scaled above this
_NARROWEST = 0.25  # in logit, from median to 95 % point: about 45 events, of which 4 count anyway
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(60)
_UNIT, _UNIT_WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2  # on 0..1


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement as a Beta: its mean, how many events it is worth, and the row it came from."""

    row: int
    mean: float
    events: float

    def mass(self) -> Floats:
        """Its masses on the grid (256)."""
        a, b = beta_of(np.array([self.mean]), self.events)
        mass: Floats = beta_mass(a, b)[0]
        return mass


@lru_cache(maxsize=4096)
def beta_through(median: float, upper: float) -> tuple[float, float]:
    """(a, b) of the Beta with this median and this 95 % point, 0 < median < upper < 1.

    Newton's method on log a, log b; the integrals and their derivatives are Gauss-Legendre sums in logit. Raises
    `ValueError` if the two are out of order, or so close together or far apart that the search fails.

    >>> a, b = beta_through(0.0426624, 0.1159521)  # those of Beta(2, 38)
    >>> round(a, 3), round(b, 2)
    (2.0, 38.0)
    """
    if not 0 < median < upper < 1:
        raise ValueError("a median above 0, and a 95 % point between it and 1, are needed")
    x = np.log([median / (1 - median), upper / (1 - upper)])
    spread = float((x[1] - x[0]) / 1.6448536)
    at = np.log([1 / (spread**2 * (1 - median)), 1 / (spread**2 * median)]).clip(-4, 18)
    for _ in range(60):
        value, slope = _quantiles(np.exp(at), x)
        slope *= np.exp(at)
        if abs(np.linalg.det(slope)) < 1e-12:
            break
        step = np.linalg.solve(slope, value - np.array([0.5, 0.95]))
        at = at - np.clip(step, -0.7, 0.7)
        if np.abs(step).max() < 1e-10:
            return float(np.exp(at[0])), float(np.exp(at[1]))
    raise ValueError("no Beta distribution has this median and this 95 % point")


def _quantiles(ab: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Distribution function of Beta(a, b) at two logits, and its derivatives by a and b (2 x 2)."""
    a, b = ab
    mode, wide = np.log(a / b), 9 * np.sqrt(1 / a + 1 / b)  # the log density is concave: beyond this is below e^-36
    edges = (min(x[0], mode) - wide - 40 / a, x[0], x[1], max(x[1], mode) + wide + 40 / b)
    points, weights = [], []
    for low, high in pairwise(edges):
        points.append(low + (high - low) * _UNIT)
        weights.append((high - low) * _UNIT_WEIGHTS)
    z = np.array(points)
    log_theta, log_rest = -np.logaddexp(0, -z), -np.logaddexp(0, z)
    log = a * log_theta + b * log_rest
    mass = np.exp(log - log.max()) * np.array(weights)
    mass /= mass.sum()
    parts = np.stack([mass, mass * log_theta, mass * log_rest]).sum(-1)  # 3 x 3 stretches
    whole, upto = parts.sum(-1), parts.cumsum(-1)[:, :2]
    return upto[0], (upto[1:] - whole[1:, None] * upto[0]).T


def stated(
    row: int, said: Prior | WaitingLoss, keep: float, defaults: Defaults, *, scale: float = 1.0, strength: float = 1.0
) -> Stated:
    """One row as a Beta. `scale` multiplies the danger, `strength` the events, `keep` is left by breaks of regime.

    "Most likely none" is read as one fiftieth of "surely below", about the least that a Beta can say; two numbers that
    are almost one are read as a little apart.
    """
    if not 0 <= said.most_likely <= said.surely_below < 100:
        raise ValueError("most likely is at least 0 and not above 'surely below', which is below 100")
    median = max(said.most_likely, said.surely_below / 50) / 100
    logit = np.log(median / (1 - median)) + _NARROWEST
    a, b = beta_through(median, max(said.surely_below / 100, float(1 / (1 + np.exp(-logit)))))
    mean = min(a / (a + b) * scale, _HIGHEST)
    return Stated(row, mean, min(a, b, defaults.expert_events_max) * keep * strength)


def current(rows: Sequence[Prior | WaitingLoss], today: date) -> list[int]:
    """Indices of the rows stated by today that no later row of the same author on the same stratum replaces."""
    latest: dict[tuple[object, ...], int] = {}
    for i, row in enumerate(rows):
        key = (row.author, *_stratum(row))
        if row.stated <= today and (key not in latest or rows[latest[key]].stated <= row.stated):
            latest[key] = i
    return sorted(latest.values())


def keep_after(breaks: Sequence[Break], said: date, scopes: Sequence[str], *, today: date) -> float:
    """What breaks of regime since `said`, up to today, leave of a statement that lies within these scopes.

    >>> keep_after([Break(date(2030, 3, 1), "LA", 0.5)], date(2030, 1, 1), ("bus", "LA"), today=date(2030, 5, 1))
    0.5
    """
    keep = 1.0
    for row in breaks:
        if said < row.day <= today and row.scope in ("all", *scopes):
            keep *= row.keep
    return keep


def mixture(statements: Sequence[Stated]) -> Floats:
    """Equal mixture of several experts on the grid (256), each normalised."""
    mass: Floats = np.mean([one.mass() for one in statements], axis=0)
    return mass


def _stratum(row: Prior | WaitingLoss) -> tuple[object, ...]:
    if isinstance(row, Prior):
        return (row.split, row.mode, row.country, row.condition, row.leg)
    return (row.scope, row.condition)
