"""No source, and no crowd of one root, moves a belief past the cap.

What a report says is its log likelihood over the conditions; its *size* is max minus min of it, which is how far it can
move the odds of any two conditions. What all sources of a root say of one area on one day is added up first: there
several voices are one. Then, from the newest day to the oldest, each day gets as much of its size as is left:

    factor_d = min(1, (cap - what the root already has in d+1 .. d+W-1) / size_d)

So in *every* stretch of W days the sizes of a root on an area add up to at most the cap. A root that changed its mind
is heard with its newest word. Theorem: whatever a root says within W days, the belief in that area differs by at most
a factor e^cap in the odds of any two conditions, on any day, from what it would be without it. Proof: to add a log
likelihood of size x moves a belief by x in Hilbert's metric (the largest log odds between two beliefs); ageing with a
chain never widens that distance (Birkhoff, Transactions AMS 85, 1957), nor does what others said, being the same on
both sides; the moves add up to at most the cap. With k roots it is k caps.
"""

from dataclasses import dataclass

import numpy as np

from waystation.network.network import Floats
from waystation.trust.heard import Heard, Ints


@dataclass(frozen=True, slots=True)
class Voices:
    """Reports gathered by root, area and day: m voices of p pairs of a root and an area."""

    of: Ints  # n: the voice of each report
    area: Ints  # m
    day: Ints  # m, ascending
    pair: Ints  # m, 0..p-1
    bounds: Ints  # days+1: the voices of the d-th day are bounds[d]:bounds[d+1]
    first_day: int


def voices(heard: Heard) -> Voices:
    """The voices in which reports speak; a root speaks of an area on a day with one voice."""
    if not len(heard.day):
        none = np.zeros(0, np.intp)
        return Voices(none, none, none, none, np.zeros(1, np.intp), 0)
    key = np.stack([heard.day, heard.area, heard.root[heard.source]])
    found, of = np.unique(key, axis=1, return_inverse=True)
    _, pair = np.unique(found[1:], axis=1, return_inverse=True)
    first, last = int(found[0, 0]), int(found[0, -1])
    bounds = np.searchsorted(found[0], np.arange(first, last + 2))
    return Voices(of.reshape(-1), found[1], found[0], pair.reshape(-1), bounds, first)


def capped(log: Floats, who: Voices, *, cap: float, window: int) -> tuple[Floats, Floats]:
    """Log likelihoods of the voices after the caps, m x C, from those of the reports, n x C; and their factors, m.

    `cap` is in natural logarithms, `window` in days.

    >>> heard = Heard(np.zeros(3, int), np.array([1, 4, 9]), np.zeros(3, int), np.eye(2, dtype=bool)[[0, 1, 1]],
    ...               ("",) * 3, np.zeros(1, int))
    >>> said, factor = capped(np.array([[2.0, 0], [0, 1.0], [0, 1.0]]), voices(heard), cap=2.0, window=7)
    >>> factor.round(3).tolist()
    [0.5, 1.0, 1.0]
    """
    total = np.zeros((len(who.day), log.shape[1]))
    np.add.at(total, who.of, log)
    size = total.max(1) - total.min(1) if len(total) else np.zeros(0)
    factor = np.ones(len(size))
    spent = np.zeros((int(who.pair.max(initial=-1)) + 1, window))  # of each pair on each of the days of a stretch
    for d in range(len(who.bounds) - 2, -1, -1):
        slot = d % window
        spent[:, slot] = 0.0  # the day that has just left the stretch
        here = slice(int(who.bounds[d]), int(who.bounds[d + 1]))
        pair = who.pair[here]
        left = np.maximum(cap - spent[pair].sum(1), 0.0)
        factor[here] = np.minimum(1.0, left / np.maximum(size[here], 1e-300))
        spent[pair, slot] = factor[here] * size[here]
    return total * factor[:, None], factor
