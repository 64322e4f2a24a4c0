"""What the benchmark of dangers found, as a table, as goals and as plain values (goals: decision 0035)."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from waystation.hazards.bench import NO_EXPERTS, OURS, PLACES, SPLITS, Learnt, Ranked, inside
from waystation.hazards.model import LEVELS
from waystation.hazards.rivals import ALONE, RAW, RAW_STRATUM
from waystation.network.network import Floats, Ints

BINS = 20
ONE_CELL, ONE_SHAPE = 58.6, 52.5  # what chi-square of all cells, of all shapes, passes one time in a thousand
LEAST, MOST = 0.85, 0.95
RIVALS = (RAW, RAW_STRATUM, ALONE)
Goal = tuple[str, float, bool]


def chi_square(rank: Ints) -> float:
    """Of ranks 0..99 in 20 bins, against uniform.

    >>> chi_square(np.arange(100))
    0.0
    """
    expected = len(rank) / BINS
    return float(((np.bincount(rank // 5, minlength=BINS) - expected) ** 2).sum() / expected)


def uniform(ranked: list[Ranked]) -> tuple[list[float], list[float]]:
    """Chi-square of every shape, root, volume and level, and of every shape and level; of the right prior."""
    right = [one for one in ranked if one.wrong == 1]
    cells = [chi_square(rank) for one in right for rank in one.level]
    shapes = []
    for name in dict.fromkeys(one.shape for one in right):
        together = np.concatenate([one.level for one in right if one.shape == name], axis=1)
        shapes += [chi_square(rank) for rank in together]
    return cells, shapes


def covered_on_trees(ranked: list[Ranked]) -> dict[tuple[float, int], float]:
    """Coverage of 90 % intervals of the deepest nodes, by how wrong the prior is and the number of parties."""
    keys = dict.fromkeys((one.wrong, one.parties) for one in ranked)
    found = {key: np.concatenate([one.deepest for one in ranked if (one.wrong, one.parties) == key]) for key in keys}
    return {key: float(inside(rank).mean()) for key, rank in found.items()}


def covered_on_lines(learnt: list[Learnt]) -> dict[tuple[str, int], Floats]:
    """Coverage by way to learn and number of outcomes: PLACES x SPLITS."""
    keys = dict.fromkeys((one.way, one.known) for one in learnt if one.inside)
    return {key: np.mean([one.inside for one in learnt if (one.way, one.known) == key], axis=0) for key in keys}


def excess_of(learnt: list[Learnt], way: str, known: int) -> Floats:
    """Excess log loss of one way on each line, per thousand parties, in the order of the lines."""
    rows = sorted((one.seed, one.excess) for one in learnt if (one.way, one.known) == (way, known))
    return 1000 * np.array([loss for _, loss in rows])


def goals(ranked: list[Ranked], learnt: list[Learnt]) -> list[Goal]:
    """The goals of decision 0035: what was measured, and whether it was met."""
    cells, shapes = uniform(ranked)
    found = [(f"chi-square of {len(cells)} combinations, largest, below {ONE_CELL}", max(cells), max(cells) < ONE_CELL),
             (f"chi-square of {len(shapes)} shapes and levels, largest, below {ONE_SHAPE}", max(shapes),
              max(shapes) < ONE_SHAPE)]
    for (wrong, parties), share in covered_on_trees(ranked).items():
        if wrong == 1:
            found.append((f"coverage on trees, {parties} parties", share, LEAST <= share <= MOST))
    for (way, known), shares in covered_on_lines(learnt).items():
        if way == OURS:
            found += [(f"coverage on lines, {known} outcomes, {split}", float(shares[0, k]),
                       bool(LEAST <= shares[0, k] <= MOST)) for k, split in enumerate(SPLITS)]
    for way, rival in product((OURS, NO_EXPERTS), RIVALS):
        least = min(float((excess_of(learnt, rival, known) - excess_of(learnt, way, known)).mean())
                    for known in dict.fromkeys(one.known for one in learnt))
        found.append((f"log loss of {rival} minus {way}, at its least", least, least > 0))
    return found


def table(ranked: list[Ranked], learnt: list[Learnt]) -> str:
    """All that was measured, and the goals."""
    reached = [f"{'met   ' if met else 'MISSED'}  {name}: {number:.3f}" for name, number, met in goals(ranked, learnt)]
    return "\n".join([*_of_ranks(ranked), "", *_of_trees(ranked), "", *_of_lines(learnt), "", *_of_loss(learnt), "",
                      *reached])


def _of_ranks(ranked: list[Ranked]) -> Iterator[str]:
    yield "chi-square of ranks in 20 bins, 19 degrees of freedom: largest of roots and volumes, and all together"
    right = [one for one in ranked if one.wrong == 1]
    for name in dict.fromkeys(one.shape for one in right):
        rows = [one.level for one in right if one.shape == name]
        for level in range(len(rows[0])):
            each = max(chi_square(row[level]) for row in rows)
            yield f"{name:24}{LEVELS[level]:12}{each:8.1f}{chi_square(np.concatenate([r[level] for r in rows])):8.1f}"


def _of_trees(ranked: list[Ranked]) -> Iterator[str]:
    found = covered_on_trees(ranked)
    parties = list(dict.fromkeys(one for _, one in found))
    yield "coverage of 90 % intervals on trees, by parties"
    yield f"{'':36}" + "".join(f"{one:>8}" for one in parties)
    for wrong in dict.fromkeys(one for one, _ in found):
        yield f"{f'prior {wrong:.2g} times the truth':36}" + "".join(f"{found[wrong, one]:8.3f}" for one in parties)


def _of_lines(learnt: list[Learnt]) -> Iterator[str]:
    found = covered_on_lines(learnt)
    known = list(dict.fromkeys(one for _, one in found))
    yield "coverage of 90 % intervals on lines, by outcomes"
    yield f"{'':36}{'':24}" + "".join(f"{one:>8}" for one in known)
    for way in dict.fromkeys(one for one, _ in found):
        for (p, place), (s, split) in product(enumerate(PLACES), enumerate(SPLITS)):
            yield f"{way:36}{f'{place}, {split}':24}" + "".join(f"{found[way, one][p, s]:8.3f}" for one in known)


def _of_loss(learnt: list[Learnt]) -> Iterator[str]:
    known = list(dict.fromkeys(one.known for one in learnt))
    yield "log loss above that of who knows the danger, nats per thousand parties, by outcomes (standard error)"
    yield f"{'':36}" + "".join(f"{one:>18}" for one in known)
    for way in dict.fromkeys(one.way for one in learnt):
        cells = [excess_of(learnt, way, one) for one in known]
        yield f"{way:36}" + "".join(f"{x.mean():.2f} ({x.std() / len(x) ** 0.5:.2f})".rjust(18) for x in cells)


def as_json(ranked: list[Ranked], learnt: list[Learnt]) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "trees": [{"shape": one.shape, "root": one.root, "parties": one.parties, "wrong": one.wrong,
                   "chi_square": [chi_square(rank) for rank in one.level],
                   "covered": float(inside(one.deepest).mean())} for one in ranked],
        "lines": [{"way": way, "outcomes": known, "covered": share.tolist()}
                  for (way, known), share in covered_on_lines(learnt).items()],
        "log_loss": [{"way": way, "outcomes": known, "of_1000": float(excess_of(learnt, way, known).mean())}
                     for way, known in dict.fromkeys((one.way, one.known) for one in learnt)],
        "goals": [{"name": name, "measured": number, "met": met} for name, number, met in goals(ranked, learnt)],
    }
