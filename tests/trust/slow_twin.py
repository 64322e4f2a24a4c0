"""The slow twin: every path of conditions is written out, and the caps are kept by looking at each stretch of days."""

from itertools import pairwise, product

import numpy as np

from waystation.network.conditions import stationary
from waystation.trust.habits import habits


def paths(log, P):
    """Filtered belief of the last day and smoothed beliefs of all days (T x C), by enumeration, for one area."""
    T, C = log.shape
    start = stationary(P)
    last, smooth = np.zeros(C), np.zeros((T, C))
    for path in product(range(C), repeat=T):
        weight = start[path[0]] * np.prod([P[a, b] for a, b in pairwise(path)])
        weight *= np.exp(sum(log[t, s] for t, s in enumerate(path)))
        last[path[-1]] += weight
        for t, s in enumerate(path):
            smooth[t, s] += weight
    return last / last.sum(), smooth / smooth.sum(1, keepdims=True)


def capped_voices(reports, cap, window):
    """{(root, area, day): log likelihood} after the caps; reports are (root, area, day, log)."""
    said = {}
    for root, area, day, log in reports:
        said[root, area, day] = said.get((root, area, day), 0) + np.asarray(log)
    for root, area, day in sorted(said, key=lambda key: -key[2]):
        later = sum(np.ptp(said[r, a, d]) for r, a, d in said if (r, a) == (root, area) and day < d < day + window)
        size = np.ptp(said[root, area, day])
        said[root, area, day] = said[root, area, day] * (min(1.0, max(0.0, cap - later) / size) if size else 1.0)
    return said


def told(claim, table):
    """Log likelihood of one claim, C, read word by word."""
    C = len(table)
    if not any(claim):
        return np.zeros(C)
    log = [np.log(max(sum(table[s][x] for x in range(C) if claim[x]), 1e-12)) for s in range(C)]
    least = min(log[x] for x in range(C) if claim[x])
    return np.array([log[s] if claim[s] else min(log[s], least) for s in range(C)])


def believed(heard, P, *, areas, now, terms):
    """What `believe` answers, for reports without copies: p A x C and the habit of each root, by loops alone."""
    tables, share = habits(len(P))
    at = [k for k in range(len(heard.day)) if now - terms.days < heard.day[k] <= now]
    first = min([int(heard.day[k]) for k in at], default=now)
    roots = {int(heard.root[heard.source[k]]) for k in at}
    habit = dict.fromkeys(roots, share)
    for left in range(terms.rounds, -1, -1):
        table = {root: np.einsum("k,ksx->sx", habit[root], tables) for root in roots}
        of = [int(heard.root[heard.source[k]]) for k in at]
        said = capped_voices([(r, int(heard.area[k]), int(heard.day[k]), told(heard.claim[k], table[r]))
                              for k, r in zip(at, of, strict=True)], terms.cap, terms.window)
        log = np.zeros((areas, now - first + 1, len(P)))
        for (_, area, day), moved in said.items():
            log[area, day - first] += moved
        worked = [paths(log[a], P) for a in range(areas)]
        if not left:
            return np.array([last for last, _ in worked]), habit
        score = {root: np.log(share) for root in roots}
        for k, root in zip(at, of, strict=True):
            for s in range(len(P)):
                shares = heard.claim[k] * table[root][s] / max((heard.claim[k] * table[root][s]).sum(), 1e-12)
                voice = (root, heard.area[k], heard.day[k])
                together = sum((r, heard.area[j], heard.day[j]) == voice for j, r in zip(at, of, strict=True))
                weight = worked[heard.area[k]][1][heard.day[k] - first][s] / together
                score[root] = score[root] + weight * np.array([(shares * np.log(one[s])).sum() for one in tables])
        habit = {root: np.exp(x - x.max()) / np.exp(x - x.max()).sum() for root, x in score.items()}
    raise AssertionError("rounds are never negative")
