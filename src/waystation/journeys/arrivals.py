"""How long it takes on a leg until word of an arrival comes, learnt from few arrivals and from silence.

Hours from departure to word are log-normal. What is believed of the median and of the spread stands on a grid: first
what the leg's profile says, then every arrival by its density, and every party that is still silent by

    q + (1 - q) S(t)        q  the danger of the leg, S(t) the chance of silence after t hours for whoever does arrive

because whoever was lost says nothing of how long the way takes. What is said of the next party is averaged over the
grid. (Censored durations: Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data, 2002, ch. 3; mixtures
with a share that never arrives: Farewell, Biometrics 38, 1982.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from waystation.network.network import Floats
from waystation.network.rows import Profile

ENOUGH = 20           # arrivals from which on the leg is said to speak for itself
WORD_H = 2.0          # hours from an arrival until somebody can say so, unless the organisation states others
LEAST_SPREAD = 0.15   # of log hours: nobody arrives to the minute
_MEDIANS, _SPREADS = 61, 25
_MEDIAN_SD, _SPREAD_SD = 0.35, 0.4  # how wrong a profile may be, in logs: usually within a factor of 1.4
_REACH = 3.5          # of these, on either side
_erfc = np.frompyfunc(math.erfc, 1, 1)


@dataclass(frozen=True, slots=True)
class Seen:
    """One earlier party on the leg: hours until word came, or of silence so far and the danger it ran (0 to 1)."""

    hours: float
    arrived: bool = True
    danger: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What is believed of the hours until word of an arrival. The grid has 61 medians and 25 spreads."""

    medians: Floats = field(repr=False)  # 61 x 1: logs of hours
    spreads: Floats = field(repr=False)  # 1 x 25: of log hours
    weights: Floats = field(repr=False)  # 61 x 25, sum 1
    arrived: int
    silent: int

    @property
    def speaks_for_itself(self) -> bool:
        """Whether there are arrivals enough; before that, what is said comes from the leg's profile, and is said to."""
        return self.arrived >= ENOUGH

    def silence(self, hours: float) -> float:
        """The chance that a party that does arrive is still silent after so many hours.

        >>> told = learnt(Profile("DAY", (8.0, 12.0, 24.0), (0.2, 0.6, 0.2)))
        >>> told.silence(0.0), told.silence(24.0) < 0.2 < told.silence(10.0)
        (1.0, True)
        """
        if hours <= 0:
            return 1.0
        return min(1.0, float((self.weights * _above(math.log(hours), self.medians, self.spreads)).sum()))

    def word_per_hour(self, hours: float) -> float:
        """The chance per hour, at departure, that word of an arrival comes just then: the density of the hours."""
        if hours <= 0:
            return 0.0
        at = math.log(hours)
        density = np.exp(-0.5 * ((at - self.medians) / self.spreads) ** 2) / (self.spreads * math.sqrt(2 * math.pi))
        return float((self.weights * density).sum()) / hours

    def hours_until(self, chance: float) -> float:
        """After how many hours of silence only `chance` (0 to 1, both excluded) of all who arrive are still silent."""
        if not 0 < chance < 1:
            raise ValueError("a chance lies between 0 and 1")
        low, high = -7.0, float(self.medians[-1, 0] + 12 * self.spreads[0, -1])
        for _ in range(48):
            middle = (low + high) / 2
            low, high = (middle, high) if self.silence(math.exp(middle)) > chance else (low, middle)
        return math.exp(high)


def learnt(profile: Profile, seen: Iterable[Seen] = (), *, word_h: float = WORD_H) -> Arrivals:
    """What a leg's profile and its earlier parties say of the hours until word of an arrival.

    Raises `ValueError` for hours that are not positive or a danger outside 0 to 1.
    """
    parties = tuple(seen)
    if word_h <= 0 or any(not one.hours > 0 or not 0 <= one.danger <= 1 for one in parties):
        raise ValueError("hours are positive, and a danger lies between 0 and 1")
    centre, spread = _of_profile(profile, word_h)
    steps = np.linspace(-_REACH, _REACH, _MEDIANS)
    widths = np.linspace(-_REACH, _REACH, _SPREADS)
    medians = (centre + _MEDIAN_SD * steps)[:, None]
    spreads = np.maximum(LEAST_SPREAD, spread * np.exp(_SPREAD_SD * widths))[None, :]
    log_weight = -0.5 * steps[:, None] ** 2 - 0.5 * widths[None, :] ** 2 + _likelihood(parties, medians, spreads)
    weights = np.exp(log_weight - log_weight.max())
    arrived = sum(one.arrived for one in parties)
    return Arrivals(medians, spreads, weights / weights.sum(), arrived, len(parties) - arrived)


def _of_profile(profile: Profile, word_h: float) -> tuple[float, float]:
    """Mean and spread of the log hours that a profile says, word included."""
    logs = np.log(np.array(profile.hours) + word_h)
    shares = np.array(profile.shares)
    mean = float(shares @ logs)
    return mean, max(LEAST_SPREAD, math.sqrt(float(shares @ (logs - mean) ** 2)))


def _likelihood(parties: Sequence[Seen], medians: Floats, spreads: Floats) -> Floats:
    total = np.zeros((_MEDIANS, _SPREADS))
    for one in parties:
        at = math.log(one.hours)
        if one.arrived:
            total += -0.5 * ((at - medians) / spreads) ** 2 - np.log(spreads)
        else:
            total += np.log(one.danger + (1 - one.danger) * _above(at, medians, spreads) + 1e-300)
    return total


def _above(at: float, medians: Floats, spreads: Floats) -> Floats:
    """The chance of more than `at` log hours at every point of the grid."""
    return np.asarray(_erfc((at - medians) / (spreads * math.sqrt(2))), np.float64) / 2
