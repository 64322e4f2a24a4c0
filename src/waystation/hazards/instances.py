"""The trees and the volumes on which the inference of dangers is judged. Normative: the draw order matters.

Three trees, from one line of strata to two modes in three conditions, two countries, two seasons and four areas, some
of whose legs have a danger of their own; two priors of the root, vague and stated; 5, 20, 100 or 1,000 parties, some of
which fall silent. The same with two priors that are wrong, three times too high and three times too low.

Fixed before any result was looked at (decision 0035). Whoever tunes anything does so on seeds of 10,000 and more.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from waystation.hazards.model import AREA, LEG, Tree, tree_of
from waystation.network.defaults import Vague
from waystation.network.network import Ints

VOLUMES = (5, 20, 100, 1000)  # parties
WRONG = (1.0, 3.0, 1 / 3)  # what is believed of the root, over what is true
ROOTS = (Vague(0.05, 0.5), Vague(0.03, 2.0))  # the vague default; an expert
CALIBRATION_RUNS = 400  # of each tree, root and volume
COVERAGE_SEEDS = range(1000)  # invented networks


@dataclass(frozen=True, slots=True)
class Shape:
    """How many of each there are below the one above; the first area of each country has so many legs of its own."""

    name: str
    modes: int
    conditions: int
    countries: int
    seasons: int
    areas: int  # of each country
    legs: int = 0

    def tree(self) -> Tree:
        """The tree of this shape.

        >>> [len(key) for key in SHAPES[2].tree().key]
        [2, 6, 12, 24, 48, 48]
        """
        rows = []
        ranges = (self.modes, self.conditions, self.countries, self.seasons, self.areas)
        for mode, condition, country, season, area in product(*map(range, ranges)):
            place = [mode, condition, country, season, country * self.areas + area]
            own = range(self.legs) if area == 0 else ()
            rows += [[*place, leg] for leg in (-1, *(country * self.legs + leg for leg in own))]
        return tree_of(np.array(rows))[0]


SHAPES = (Shape("one line", 1, 1, 1, 1, 1), Shape("conditions and areas", 1, 3, 2, 1, 3),
          Shape("all levels", 2, 3, 2, 2, 2, legs=2))


def travelled(tree: Tree, parties: int, rng: np.random.Generator) -> tuple[Ints, ...]:
    """How many parties travelled at each node: some areas and legs are used much, most are hardly used.

    >>> [int(n.sum()) for n in travelled(SHAPES[0].tree(), 20, np.random.default_rng(1))]
    [0, 0, 0, 0, 20, 0]
    """
    areas, legs = (len(tree.key[level]) for level in (AREA, LEG))
    each = rng.multinomial(parties, rng.dirichlet(np.full(areas + legs, 0.5))).astype(np.int32)
    return (*(np.zeros(len(tree.key[level]), np.int32) for level in range(AREA)), each[:areas], each[areas:])
