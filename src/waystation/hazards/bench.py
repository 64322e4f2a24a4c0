"""How well dangers are learnt, on trees and on invented lines: calibration, coverage, log loss (decision 0035).

On trees a true danger is ranked among 99 draws of the belief; if the inference is right the rank is uniform and lies in
5..94 nine times of ten. On lines the same is asked of one leg in one condition, after `fit` has learnt from a route
book; and predictions are compared by

    excess log loss = sum over legs and conditions of share * (t log(t/p) + (1-t) log((1-t)/(1-p)))     t true, p said

which is what a prediction costs more, on the average, than knowing the danger: no chance is left in it. (Talts et al.,
arXiv 1804.06788; Good, Journal of the Royal Statistical Society B 14, 1952.)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from waystation.hazards.instances import CALIBRATION_RUNS, COVERAGE_SEEDS, ROOTS, SHAPES, VOLUMES, WRONG, travelled
from waystation.hazards.invented import NOW, Line, line, outcomes
from waystation.hazards.model import AREA
from waystation.hazards.posterior import fit
from waystation.hazards.ranks import ranks
from waystation.hazards.rivals import rivals
from waystation.network.build import network_of
from waystation.network.conditions import stationary
from waystation.network.network import Floats, Ints
from waystation.trust.instances import chain_of

OURS, NO_EXPERTS = "ours", "ours, no experts"
HIGH, LOW = "ours, experts 3 times too high", "ours, experts 3 times too low"
SCALES = {OURS: 1.0, NO_EXPERTS: 1.0, HIGH: 3.0, LOW: 1 / 3}
PLACES = ("a leg", "a used leg")
SPLITS = ("lost", "turned back")
DRAWS, INSIDE = 99, (5, 95)
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ranks of one shape, root, volume and prior: of one node of each level, and of one of the deepest, runs each."""

    shape: str
    root: int
    parties: int
    wrong: float  # what is believed of the root, over what is true
    level: Ints  # levels that have nodes x runs
    deepest: Ints  # runs


@dataclass(frozen=True, slots=True)
class Learnt:
    """What one way to learn made of the first outcomes of one line."""

    seed: int
    known: int
    way: str
    excess: float  # log loss above that of who knows all dangers
    inside: tuple[tuple[bool, ...], ...]  # of PLACES, of SPLITS: whether the 90 % interval holds the truth; () if none


def inside(rank: Ints) -> Ints:
    """Whether ranks among 99 draws lie in the interval of 90 %.

    >>> inside(np.array([4, 5, 94, 95])).tolist()
    [False, True, True, False]
    """
    return np.asarray((rank >= INSIDE[0]) & (rank < INSIDE[1]))


def on_trees(runs: int = CALIBRATION_RUNS, *, first: int = 0, wrong: Iterable[float] = WRONG,
             progress: Progress = lambda _text: None) -> list[Ranked]:
    """Ranks of every shape, root, volume and prior. `first` is the number of the first run: 0, or 10,000 for trials."""
    found, number = [], 0
    for shape in SHAPES:
        tree = shape.tree()
        for r, root in enumerate(ROOTS):
            for parties in VOLUMES:
                for times in wrong:
                    progress(f"calibration on {shape.name}, root {r}, {parties} parties, prior times {times:.2g}")
                    held = replace(root, mean=root.mean * times)
                    levels, deepest = [], []
                    for run in range(first, first + runs):
                        rng = np.random.default_rng([9, number, run])
                        rank = ranks(tree, travelled(tree, parties, rng), runs=1, rng=rng, root=root, draws=DRAWS,
                                     believed=held)[0]
                        sizes = [len(key) for key in tree.key if len(key)]
                        ends = np.cumsum([0, *sizes])
                        levels.append([rank[ends[d] + rng.integers(n)] for d, n in enumerate(sizes)])
                        deepest.append(rank[ends[AREA] + rng.integers(len(rank) - ends[AREA])])
                    found.append(Ranked(shape.name, r, parties, times, np.array(levels).T, np.array(deepest)))
                number += 1
    return found


def on_lines(seeds: Iterable[int] = COVERAGE_SEEDS, *, progress: Progress = lambda _text: None) -> list[Learnt]:
    """Every way to learn, of every volume of outcomes, on the lines of these seeds: a second each."""
    found = []
    for seed in seeds:
        if seed % 20 == 0:
            progress(f"dangers of line {seed}")
        found += on_line(seed)
    return found


def drawn_line(seed: int, rng: np.random.Generator) -> tuple[Line, Floats]:
    """The line of a seed with chains of its own, and the long-run shares of its conditions on each leg (L x C)."""
    chain = np.array([chain_of(rng.uniform(0.01, 0.06), rng.uniform(0.02, 0.08), rng.uniform(0.05, 0.2),
                               rng.uniform(0.05, 0.15)) for _ in range(2 + seed % 3)])
    made = line(seed, chain)
    return made, np.array([stationary(one) for one in chain])[made.area[made.start_of]]


def on_line(seed: int, volumes: Iterable[int] = VOLUMES) -> list[Learnt]:
    """Every way to learn on one line."""
    rng = np.random.default_rng([10, seed])
    made, shares = drawn_line(seed, rng)
    legs = int(rng.integers(len(shares))), int(rng.choice(len(shares), p=made.used))
    asked = [(leg, int(rng.choice(shares.shape[1], p=shares[leg]))) for leg in legs]
    past = outcomes(made, max(VOLUMES), seed)
    found = []
    for known in volumes:
        book = replace(made.book, outcomes=past[:known])
        for way, scale in SCALES.items():
            said = replace(book, priors=()) if way == NO_EXPERTS else book
            net = network_of(said)
            belief = fit(net, now=NOW, prior_scale=scale, grounds=False)
            at = belief.leg_leaf[0, [net.legs.index(leg.code) for leg in book.legs]]  # L x C, as the book has them
            drawn = belief.draws(DRAWS, rng)
            held = tuple(tuple(bool(inside(np.asarray((part[:, at[where]] < true[where]).sum())))
                               for part, true in ((drawn.lost, made.lost), (drawn.back, made.back))) for where in asked)
            found.append(Learnt(seed, known, way, excess(belief.lost[at], made.lost, shares), held))
        order = [net.legs.index(leg.code) for leg in book.legs]
        found += [Learnt(seed, known, name, excess(p[order], made.lost, shares), ()) for name, p in rivals(net).items()]
    return found


def excess(said: Floats, true: Floats, shares: Floats) -> float:
    """The excess log loss of predictions L x C, legs alike, conditions by their shares.

    >>> round(excess(np.array([[0.02]]), np.array([[0.01]]), np.ones((1, 1))), 6)
    0.003119
    """
    lost = true * np.log(true / said) + (1 - true) * np.log((1 - true) / (1 - said))
    return float((shares * lost).sum() / len(shares))
