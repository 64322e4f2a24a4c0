"""The best that anybody could learn of an invented line: who knows how lines are drawn, and reasons exactly.

No organisation knows that. It is a yardstick: what this learner cannot find out of so many outcomes, no model can.
Everything that a line is drawn from is normal or a function of normals (`hazards.invented`), so the posterior is
walked by elliptical slice sampling (Murray, Adams and MacKay 2010), a block of the normals at a time.
"""

from dataclasses import dataclass
from math import erf, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.invented import (
    BASE,
    GUARDED,
    GUARDED_TIMES,
    KINDS,
    MOST,
    NOW,
    TODAY,
    Line,
)
from waystation.hazards.outcomes import reported_by
from waystation.network.conditions import stationary
from waystation.network.defaults import DEFAULTS
from waystation.network.network import Floats
from waystation.network.rows import Ended, Outcome
from waystation.trust.instances import CONDITIONS, STATED

Indices = NDArray[np.intp]
SPLITS = (("lost", 1.0, (4.0, 10.0), MOST), ("turned_back", 2.0, (3.0, 8.0), 0.5))  # as in `invented`
GUARDED_BELOW = NormalDist().inv_cdf(GUARDED)
LEAST_SAID, MOST_SAID, SAID_SD = np.log(0.1), np.log(30), 0.3
FIRST_TRIES, BURNT = 200, 0.2


@dataclass(frozen=True, slots=True)
class Means:
    """Posterior means of what one try of a leg ends as, L x C each; they sum to 1."""

    arrive: Floats
    back: Floats
    lost: Floats


@dataclass(frozen=True, slots=True)
class _Known:
    """What was seen and said, as arrays."""

    mode: Indices     # L
    area: Indices     # L
    country: Indices  # L
    modes: tuple[int, ...]
    said: Floats   # split x modes x C: logs of what experts said of 100
    leg: Indices      # outcomes
    met: Floats    # outcomes x C: chance of the condition met
    heard: Floats  # outcomes x 2: chance that word had come by now, if lost and if not
    ended: Indices    # outcomes: 0 lost, 1 turned back, 2 arrived, 3 silent


def means(made: Line, past: tuple[Outcome, ...], *, seed: int, steps: int = 30_000) -> Means:
    """What who knows how lines are drawn believes of every leg after these outcomes, and what experts said."""
    known, rng = _known(made, past), np.random.default_rng([11, seed, len(past)])
    blocks, size = _blocks(known)
    tries = [rng.standard_normal(size) for _ in range(FIRST_TRIES)]
    z = max(tries, key=lambda one: _weighed(known, one)[0])
    weight = _weighed(known, z)[0]
    total, count = np.zeros((3, *made.lost.shape)), 0
    for step in range(steps):
        z, weight, lost, back = _moved(known, z, weight, blocks[int(rng.integers(len(blocks)))], rng)
        if step >= BURNT * steps:
            total += (1 - lost) * (1 - back), (1 - lost) * back, lost
            count += 1
    return Means(*(total / count))


def _moved(known: _Known, z: Floats, weight: float, block: Indices,
           rng: np.random.Generator) -> tuple[Floats, float, Floats, Floats]:
    """One elliptical slice over a block of the normals."""
    other, level = rng.standard_normal(len(block)), weight + np.log(rng.random())
    angle = rng.uniform(0, 2 * np.pi)
    low, high, here = angle - 2 * np.pi, angle, z[block].copy()
    while True:
        new = z.copy()
        new[block] = here * np.cos(angle) + other * np.sin(angle)
        found = _weighed(known, new)
        if found[0] > level:
            return new, *found
        low, high = (angle, high) if angle < 0 else (low, angle)
        angle = rng.uniform(low, high)


def _blocks(known: _Known) -> tuple[list[Indices], int]:
    L, M = len(known.mode), len(known.modes)
    found: list[Indices] = []
    first = 0
    for _ in SPLITS:
        shared, legs, guarded, rest = (np.arange(a, b) for a, b in (
            (first, first + 36), (first + 36, first + 36 + L), (first + 36 + L, first + 36 + 2 * L),
            (first + 36 + 2 * L, first + 38 + 2 * L + M)))
        found += [shared, rest, np.concatenate([shared, rest])]
        for part in np.array_split(np.arange(L), 4):
            found += [legs[part], guarded[part], np.concatenate([legs[part], guarded[part]])]
        first += 38 + 2 * L + M
    return found, first


def _weighed(known: _Known, z: Floats) -> tuple[float, Floats, Floats]:
    """The log likelihood of what was seen and said under these normals, and the dangers that they make."""
    L, M, at, weight = len(known.mode), len(known.modes), 0, 0.0
    base, found = np.array(list(BASE.values())), []
    for split, (_, times, crackdown, most) in enumerate(SPLITS):
        own = z[at:at + 38 + 2 * L + M]
        at += len(own)
        of_mode, of_country, of_area = 0.4 * own[:4], 0.5 * own[4:20].reshape(4, 4), 0.4 * own[20:36].reshape(4, 4)
        of_leg, guarded = 0.4 * own[36:36 + L], own[36 + L:36 + 2 * L] < GUARDED_BELOW
        worse, wrong = [_share(x) for x in own[36 + 2 * L:38 + 2 * L]], 0.4 * own[38 + 2 * L:]
        by_condition = np.array([1.0, 1.5 + 2 * worse[0], crackdown[0] + (crackdown[1] - crackdown[0]) * worse[1]])
        log = of_mode[known.mode] + of_country[known.mode, known.country] + of_area[known.mode, known.area] + of_leg
        danger = times * base[known.mode] * np.exp(log) * np.where(guarded, GUARDED_TIMES, 1.0)
        danger = np.clip(danger[:, None] * by_condition, 0.0005, most)
        mean = np.array([danger[known.mode == mode].mean(0) for mode in known.modes])
        weight += _said(known.said[split], np.log(100 * mean) + wrong[:, None])
        found.append(danger)
    return weight + _seen(known, *found), found[0], found[1]


def _said(said: Floats, mean: Floats) -> float:
    """What experts said, given what they would say on the mean; at the ends of what may be said, all beyond it."""
    off = (said - mean) / SAID_SD
    weight = -0.5 * off**2
    for end, sign in ((MOST_SAID, 1), (LEAST_SAID, -1)):
        for i, j in zip(*np.nonzero(sign * (said - end) >= -1e-9), strict=True):
            weight[i, j] = np.log(max(_share(sign * (mean[i, j] - end) / SAID_SD), 1e-12))
    return float(weight.sum())


def _seen(known: _Known, lost: Floats, back: Floats) -> float:
    if not len(known.leg):
        return 0.0
    lose, turn, told = lost[known.leg], back[known.leg], known.heard
    if_lost, if_not = told[:, :1], told[:, 1:]
    ends = np.stack([lose * if_lost, (1 - lose) * turn * if_not, (1 - lose) * (1 - turn) * if_not,
                     lose * (1 - if_lost) + (1 - lose) * (1 - if_not)])
    return float(np.log((ends[known.ended, np.arange(len(known.leg))] * known.met).sum(1)).sum())


def _share(z: float) -> float:
    return 0.5 * (1 + erf(z / sqrt(2)))


def _known(made: Line, past: tuple[Outcome, ...]) -> _Known:
    names, book = list(BASE), made.book
    mode = np.array([names.index(leg.mode) for leg in book.legs])
    area = made.area[made.start_of]
    country = np.array(["ABCD".index(one.country[1]) for one in book.areas])[area]
    modes = tuple(int(x) for x in np.unique(mode))
    likely = {(one.mode, one.condition, one.split): one.most_likely for one in book.priors}
    said = np.log([[[likely[names[m], c, split] for c in CONDITIONS] for m in modes] for split, *_ in SPLITS])
    usual, leg = stationary(STATED), np.array([int(one.leg[1:]) for one in past], int)
    met = np.array([np.eye(3)[CONDITIONS.index(one.condition)] if one.condition else usual for one in past])
    hours = [24.0 * (TODAY - one.started).days + NOW.hour for one in past]
    words = (DEFAULTS.silence_lost, DEFAULTS.silence_ok)
    heard = np.array([[word.ever_reported * reported_by(word, h) for word in words] for h in hours])
    ended = np.array([3 if one.ended is Ended.SILENT else 0 if one.ended in KINDS else 1
                      if one.ended is Ended.TURNED_BACK else 2 for one in past], int)
    return _Known(mode, area, country, modes, said, leg, met, heard, ended)
