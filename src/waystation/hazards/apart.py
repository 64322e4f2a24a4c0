"""Why an interval of a danger is as wide as it is, and what a narrower one would cost (decision 0074).

Only for lines of tuning seeds, 10,000 and more. Two questions. On which side do intervals miss, and how wide are they,
under any starting values: `missed`. And if an interval were a fixed multiple of the danger that is believed, how often
would it hold the truth with experts that are right, and with experts that are not: `exchange`. Where nearly nothing is
known but what experts said, an interval is such a multiple, but for how a model varies it from leg to leg.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from waystation.hazards.bench import drawn_line
from waystation.hazards.grid import LOG_THETA, THETA, kernel
from waystation.hazards.invented import NOW, Line, outcomes
from waystation.hazards.posterior import Posterior, fit
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats, Ints

FIRST_TUNING = 10_000
_MANY = 499  # draws: their 25th and 475th are the ends of 90 %


@dataclass(frozen=True, slots=True)
class Missed:
    """Of all legs and conditions, by their shares: truths below and above the interval, and how wide it is."""

    below: float
    above: float
    width: float  # mean log of upper over lower end


@dataclass(frozen=True, slots=True)
class Off:
    """Logs of the truth over what was believed, of many legs and conditions, and what each counts."""

    log: Floats
    weight: Floats  # sums to 1

    def at(self, share: float) -> float:
        """What so large a share lies below.

        >>> Off(np.array([0.3, 0.1, 0.2]), np.full(3, 1 / 3)).at(0.5)
        0.2
        """
        order = np.argsort(self.log)
        return float(self.log[order][np.searchsorted(np.cumsum(self.weight[order]), share)])

    def held(self, low: float, high: float) -> float:
        """The share between two bounds."""
        return float(self.weight[(self.log >= low) & (self.log <= high)].sum())


def log_variance(strengths: tuple[float, ...], danger: float = 0.02) -> float:
    """Variance of the log of a child's danger around its parent's, which is alike by one of these strengths.

    >>> [round(log_variance((s,)), 2) for s in (1.0, 4.0, 16.0)], round(log_variance((1.0, 2.0, 4.0, 8.0, 16.0)), 1)
    ([1.62, 0.28, 0.06], 0.6)
    """
    row = kernel(strengths)[int(np.abs(THETA - danger).argmin())]
    mean = float(row @ LOG_THETA)
    return float(row @ LOG_THETA**2) - mean**2


def missed(seeds: Iterable[int], known: int, *, scale: float = 1.0, defaults: Defaults = DEFAULTS) -> list[Missed]:
    """How 90 % intervals miss after so many outcomes, for `lost` and for `turned back`, on the lines of these seeds."""
    found = []
    for seed in seeds:
        made, shares, belief, at = _learnt(seed, known, scale, defaults)
        drawn = belief.draws(_MANY, np.random.default_rng([13, seed]))
        found.append([_sides(np.sort(part[:, at], axis=0)[[24, 474]], true, shares)
                      for part, true in ((drawn.lost, made.lost), (drawn.back, made.back))])
    return [Missed(*(float(x) for x in row)) for row in np.mean(found, axis=0)]


def _sides(ends: Floats, true: Floats, shares: Floats) -> tuple[float, float, float]:
    weight = shares / shares.sum()
    low, high = ends
    return (float(weight[true < low].sum()), float(weight[true > high].sum()),
            float((weight * np.log(high / low)).sum()))


def off(seeds: Iterable[int], known: int, *, scale: float = 1.0, split: str = "lost") -> Off:
    """How far the truth is from what is believed after so many outcomes, if all experts say `scale` times as much."""
    logs, weights = [], []
    for seed in seeds:
        made, shares, belief, at = _learnt(seed, known, scale, DEFAULTS)
        true, said = (made.lost, belief.lost) if split == "lost" else (made.back, belief.back)
        logs.append(np.log(true / said[at]).ravel())
        weights.append((shares / shares.sum()).ravel())
    return Off(np.concatenate(logs), np.concatenate(weights) / len(weights))


def exchange(right: Off, wrong: Iterable[Off], below: float, above: float) -> list[float]:
    """How often one interval around the belief holds the truth with each wrong expert, if with the right one it leaves
    these shares below and above it.

    >>> even = np.full(100, 0.01)
    >>> right, low = Off(np.arange(100.0), even), Off(np.arange(100.0) + 50, even)
    >>> [round(x, 2) for x in exchange(right, [right, low], 0.05, 0.05)]
    [0.9, 0.45]
    """
    low, high = right.at(below + 1e-9), right.at(1 - above - 1e-9)
    return [one.held(low, high) for one in wrong]


def _learnt(seed: int, known: int, scale: float, defaults: Defaults) -> tuple[Line, Floats, Posterior, Ints]:
    """A line, the shares of its conditions, what is believed of it, and where in it each leg and condition stands."""
    if seed < FIRST_TUNING:
        raise ValueError(f"seed {seed} is a published one: what is taken apart has seeds from {FIRST_TUNING} on")
    made, shares = drawn_line(seed, np.random.default_rng([10, seed]))
    net = network_of(replace(made.book, outcomes=outcomes(made, known, seed)))
    belief = fit(net, now=NOW, prior_scale=scale, defaults=defaults, grounds=False)
    return made, shares, belief, belief.leg_leaf[0, [net.legs.index(leg.code) for leg in made.book.legs]]
