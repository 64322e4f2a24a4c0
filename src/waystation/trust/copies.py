"""Copied reports: the same claim of the same area in nearly the same words, told again within days. They count once.

Two reports are alike by the share of their words that both have (Jaccard, Bulletin de la Société vaudoise 37, 1901).
Words that everybody would use prove nothing, so a report of fewer than six different words is nobody's copy. The
earliest telling stands; of two on one day, the first in the list.
"""

import numpy as np

from waystation.trust.heard import Heard, Ints

ALIKE, WITHIN_DAYS, FEWEST_WORDS = 0.6, 3, 6


def originals(heard: Heard) -> Ints:
    """Of each report the one it repeats, n; itself if it repeats none. The original of an original is itself.

    >>> told = "soldiers at the bridge since dawn , nobody crosses"
    >>> heard = Heard(np.array([0, 0, 0]), np.array([1, 2, 2]), np.array([0, 1, 2]), np.eye(3, dtype=bool)[[2, 2, 2]],
    ...               (told, told + " today", "two trucks and dogs were seen near the ford"), np.arange(3))
    >>> originals(heard).tolist()
    [0, 0, 2]
    """
    first = np.arange(len(heard.day))
    words = [frozenset(text.lower().split()) for text in heard.words]
    seen: dict[tuple[int, bytes], list[int]] = {}
    for k in np.argsort(heard.day, kind="stable").tolist():
        if len(words[k]) < FEWEST_WORDS:
            continue
        told = seen.setdefault((int(heard.area[k]), heard.claim[k].tobytes()), [])
        for j in told:
            if heard.day[k] - heard.day[j] <= WITHIN_DAYS and alike(words[j], words[k]) >= ALIKE:
                first[k] = first[j]
                break
        told.append(k)
    return first


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of their words that both have, 0..1.

    >>> alike(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    return len(one & other) / len(one | other) if one or other else 0.0
