"""What may go wrong for many at once: scenarios of crackdowns, and how many people each mission loses in each.

A scenario says which areas are in crackdown. An area is, by a shock of its own or by one of its whole country, so areas
of one country go wrong together. In a scenario a variant loses

    1 - (1 - lost) * product over its areas in crackdown of (1 - lost_if)

of its party. The bad case of a set is the conditional value at risk: the mean of the worst tenth of the scenarios
(Rockafellar and Uryasev, Optimization of conditional value-at-risk, 2000). Dangers are held at their means; only the
conditions are drawn.
"""

import numpy as np
from numpy.typing import NDArray

from waystation.portfolio.missions import ALPHA, Mission, Month, Variant

Shocks = NDArray[np.bool_]
People = NDArray[np.int64]


def draw(month: Month, *, count: int, seed: int) -> Shocks:
    """Which areas are in crackdown: count x areas of the month. The same seed, the same scenarios."""
    rng = np.random.default_rng(seed)
    national = dict(month.national or {})
    countries = sorted({area.country for area in month.areas})
    whole = rng.random((count, len(countries))) * 1000 < np.array([national.get(code, 0) for code in countries])
    own = rng.random((count, len(month.areas))) * 1000 < np.array([area.crackdown for area in month.areas])
    return np.asarray(own | whole[:, [countries.index(area.country) for area in month.areas]], bool)


def losses(month: Month, mission: Mission, variant: Variant, shocks: Shocks) -> People:
    """People lost in each scenario, in thousandths, if this mission runs in this variant."""
    kept = np.full(len(shocks), 1 - variant.lost / 1000)
    for at, area in enumerate(month.areas):
        if area.code in variant.lost_if:
            kept *= np.where(shocks[:, at], 1 - variant.lost_if[area.code] / 1000, 1.0)
    return np.asarray(mission.size * np.rint(1000 * (1 - kept)), np.int64)


def bad_case(lost: People) -> float:
    """The mean of the worst tenth, in the unit of `lost`; the scenario at the edge counts in part.

    >>> bad_case(np.array([0, 0, 0, 0, 0, 0, 0, 0, 10, 40, 0, 0, 0, 0, 0]))
    30.0
    """
    tail = (1 - ALPHA) * len(lost)
    weights = np.clip(tail - np.arange(len(lost)), 0, 1)
    return round(float(np.sort(lost)[::-1] @ weights / tail), 9)
