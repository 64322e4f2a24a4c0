"""The expected value of sample information: by how much one more report on an area would better the first step.

    EVSI = sum_y p(y) max_a Q(a | b^y) - max_a Q(a | b)

y is what the report says, b^y what is believed of the area afterwards, a the first action, chosen without knowing
today's condition. For the area of the start Q is read per condition; for another area the model is solved again under
each b^y, since what is believed of it moves the value of every way that leads there. These solves do not depend on each
other, and the compiled solver lets go of the interpreter: they run side by side, and are added up in their order.
(Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961, ch. 4.)
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from waystation.network.conditions import forecast
from waystation.network.defaults import DEFAULTS
from waystation.network.network import Floats
from waystation.planning.engine.kernels import solve
from waystation.planning.explain import action_values
from waystation.planning.mdp import Model

Indices = NDArray[np.intp]
HARDLY = 1e-12  # a report this improbable is not waited for
LEAST_FLOW = 0.01  # of journeys that enter an area: of another no report is asked for
POSSIBLE = 1e-6  # nor does one this improbable turn the first step


@dataclass(frozen=True, slots=True)
class Question:
    """A solved model, and what is believed as the question is asked."""

    model: Model
    start: int
    belief: Floats  # C: of the start's area, on the day of departure
    now: Floats  # A x C: of every area, as the question is asked
    chain: Floats  # S x A x C x C
    seasons: NDArray[np.uint8]  # of every step from now on
    lead: int  # steps from now to departure
    value: Floats  # T+1 x n x C x NB: of every state, as things are believed now

    @property
    def here(self) -> int:
        """The start's area."""
        return int(self.model.area[self.start])


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more report on an area is worth."""

    area: int
    value: float  # never below 0
    turns: bool  # whether what it says could change the first step


def report_likelihood(count: int, *, grade: str = "B2") -> Floats:
    """l[y, s]: chance that a first-hand report of this grade claims y when s is true, C x C.

    >>> report_likelihood(2, grade="A1").round(2).tolist()
    [[0.95, 0.05], [0.05, 0.95]]
    """
    weight = DEFAULTS.w_source[grade[0]] * DEFAULTS.w_credibility[int(grade[1])]
    return weight * np.eye(count) + (1 - weight) / count


def worths(asked: Question, occurs: Sequence[Indices], *, grade: str = "B2", workers: int | None = None) -> list[Worth]:
    """What a report on each area is worth. `occurs` names the conditions of each; fewer than two: it is not asked for.

    `workers` is how many solves run at once: one for each core if nothing is said. The answer does not depend on it.
    """
    heard = [(area, chance, after) for area, found in enumerate(occurs) if len(found) > 1
             for chance, after in _heard(asked.now[area], found, grade)]
    before = first_step(asked.model, asked.value, asked.start, asked.belief)
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        best = list(pool.map(lambda one: _after(asked, one[0], one[2]), heard))
    told = []
    for area, found in enumerate(occurs):
        mine = [(chance, done) for (of, chance, _), done in zip(heard, best, strict=True) if of == area]
        gain = sum((chance * done[0] for chance, done in mine), -before[0])
        if len(found) > 1:
            turns = any(done[1] != before[1] and chance > POSSIBLE for chance, done in mine)
            told.append(Worth(area, max(0.0, gain), turns))
    return told


def _heard(belief: Floats, occurs: Indices, grade: str) -> list[tuple[float, Floats]]:
    """What a report may say: how likely that is, and what is believed of its area afterwards (C)."""
    found = []
    for row in report_likelihood(len(occurs), grade=grade):
        after = np.zeros(len(belief))
        after[occurs] = belief[occurs] * row
        chance = float(after.sum())
        if chance >= HARDLY:
            found.append((chance, after / chance))
    return found


def _after(asked: Question, area: int, belief: Floats) -> tuple[float, int]:
    """Value and first action once an area is believed to be otherwise."""
    ahead = forecast(belief[None], asked.chain[:, area, None], asked.seasons)[asked.lead:, 0]
    if area == asked.here:
        return first_step(asked.model, asked.value, asked.start, ahead[0])
    believed = np.array(asked.model.forecast)
    believed[:, area] = ahead
    model = replace(asked.model, forecast=believed)
    surface = solve(model, start=asked.start, keep_policy=False, keep_value=True)
    assert surface.value is not None
    return first_step(model, surface.value, asked.start, asked.belief)


def first_step(model: Model, value: Floats, start: int, belief: Floats) -> tuple[float, int]:
    """Value of the best first action, chosen without knowing today's condition at the start, and which it is."""
    q = action_values(model, value, step=0, place=start, budget=model.budget)
    by_action = np.where(np.isfinite(q).all(axis=1), np.where(np.isfinite(q), q, 0.0) @ belief, -np.inf)
    action = int(np.argmax(by_action))
    return float(by_action[action]), action
