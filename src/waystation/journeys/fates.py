"""Of those who were taken, how many were sent back, and how soon: what an office has seen, with what it does not know.

    by_then(fates, hours)     of n taken, r were sent back by then, and of u nobody knows whether they were

Nothing is assumed about those of whom nobody knows: the share lies between r / n, if none of them was sent back, and
(r + u) / n, if all were (Manski, Journal of Human Resources 24, 1989). Around both ends stands what so few can tell at
all: the exact interval of 90 of 100 (Clopper and Pearson, Biometrika 26, 1934). Whoever was free or had died before is
known not to have been sent back. With fewer than five nothing is said but the counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, fsum, lgamma, log

RETURNED, FREE, DIED, HELD = "returned", "free", "died", "held"
FEWEST = 5
LEVEL = 0.90
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Fate:
    """One incident: in whose hands they were first (a State, or empty), and what is known `hours` after."""

    state: str
    end: str  # of the four above; held: nothing else is known by then
    hours: float


@dataclass(frozen=True, slots=True)
class Returned:
    """What is known some hours after capture. `low` and `high` are shares of 0 to 1; None with fewer than `FEWEST`."""

    hours: float
    n: int
    returned: int
    unknown: int
    low: float | None
    high: float | None


def by_then(fates: Iterable[Fate], hours: float) -> Returned:
    """How many of them were sent back within some hours.

    >>> seen = [Fate("XX", "returned", 20)] * 3 + [Fate("XX", "free", 30)] * 3 + [Fate("XX", "held", 10)]
    >>> found = by_then(seen, 72)
    >>> found.returned, found.n, found.unknown, round(found.low, 3), round(found.high, 3)
    (3, 7, 1, 0.129, 0.871)
    """
    seen = list(fates)
    returned = sum(one.end == RETURNED and one.hours <= hours for one in seen)
    unknown = sum(one.end == HELD and one.hours < hours for one in seen)
    n = len(seen)
    low, high = bounds(returned, unknown, n) if n >= FEWEST else (None, None)
    return Returned(hours, n, returned, unknown, low, high)


def bounds(k: int, unknown: int, n: int) -> tuple[float, float]:
    """The share of which k of n are known and some unknown, with both doubts: of the unknown, and of so few.

    >>> [round(end, 4) for end in bounds(1, 0, 2)], bounds(0, 2, 2)
    ([0.0253, 0.9747], (0.0, 1.0))
    """
    return _lowest(k, n), _highest(k + unknown, n)


def _at_least(k: int, n: int, p: float) -> float:
    """The chance of k or more of n; by logarithms, for the counts of a large n are no floats. `p` is inside (0, 1)."""
    return fsum(exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log(1 - p))
                for i in range(k, n + 1))


def _lowest(k: int, n: int) -> float:
    """The least share under which k or more of n is no great surprise."""
    return 0.0 if k == 0 else _where(lambda p: _at_least(k, n, p) >= (1 - LEVEL) / 2)


def _highest(k: int, n: int) -> float:
    """The greatest share under which k or fewer of n is no great surprise."""
    return 1.0 if k == n else _where(lambda p: _at_least(k + 1, n, p) >= 1 - (1 - LEVEL) / 2)


def _where(holds: Callable[[float], bool]) -> float:
    """From which share on something holds, by halving."""
    low, high = 0.0, 1.0
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
