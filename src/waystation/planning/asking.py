"""About which single legs somebody should be asked: what an answer would better the decision by.

    worth = sum_y p(y) V(y) - V

y is what the answer leaves us believing of the leg, from mild to bad in five groups of equally many draws, in all its
conditions at once; V the value of the best first step. What will be believed after an answer varies less than the
danger itself: of a danger that is believed as firmly as E events, an answer worth N events leaves the mean to vary by
the share N / (N + E) of the variance. (Jalal and Alarid-Escudero, Medical Decision Making 38, 2018, 174-188.)

Looked at are the legs on which the chance of the plan leans most, and those of the plan that would be made if every
danger were as low as it may well be: what is never looked at is never heard of. (Docs: decision 0075.)
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from waystation.network.network import Floats, Ints
from waystation.planning.engine.kernels import solve
from waystation.planning.evsi import POSSIBLE, first_step
from waystation.planning.plan import Plan, followed, slope, slope_of_hazards
from waystation.planning.setting import Hazards, Setting, posterior_hazards, with_hazards

ANSWER = 2.0  # events: "most likely m, surely below three times that" is a Beta worth about two
DRAWS, GROUPS, CANDIDATES = 60, 5, 8
MILD = 0.2  # "as low as it may well be": one time in five it is lower still
SEED = 0  # the draws are the same for every plan: which legs are named hangs on no chance


@dataclass(frozen=True, slots=True)
class LegWorth:
    """What an answer about one leg is worth."""

    leg: str
    value: float  # never below 0
    turns: bool  # whether it could change the first step


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What may be believed of every stratum after an answer: draws x leaves."""

    lost: Floats
    back: Floats

    def spread(self, steep: tuple[Floats, Floats]) -> Floats:
        """How much each leaf moves a plan that leans on it so (leaves)."""
        return np.asarray(np.abs(steep[0]) * self.lost.std(0) + np.abs(steep[1]) * self.back.std(0))


def worths_of_legs(made: Plan, value: Floats, *, workers: int | None = None) -> list[LegWorth]:
    """What an answer about each leg worth looking at is worth, best first; `value` is the whole surface of the plan.

    `workers` is how many solves run at once: one for each core if nothing is said. The answer does not depend on it.
    """
    asked, hazards = made.setting, posterior_hazards(made.posterior)
    ahead = _ahead(made, hazards)
    legs = _candidates(made, hazards, ahead)
    before = first_step(asked.model, value, asked.start, asked.belief)
    cases = [(leg, case) for leg in legs for case in _cases(made.posterior.leg_leaf[:, leg], hazards, ahead)]
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        after = list(pool.map(lambda one: _solved_first(asked, one[1]), cases))
    found = []
    for leg in legs:
        mine = [done for (of, _), done in zip(cases, after, strict=True) if of == leg]
        gain = sum(worth for worth, _ in mine) / GROUPS - before[0]
        turns = any(action != before[1] for _, action in mine) and gain > POSSIBLE
        found.append(LegWorth(asked.net.legs[leg], max(0.0, gain), turns))
    return sorted(found, key=lambda one: -one.value)


def _ahead(made: Plan, hazards: Hazards) -> _Ahead:
    """Draws of what will be believed once somebody answered, around what is believed now."""
    drawn = made.posterior.draws(DRAWS, np.random.default_rng(SEED))
    found = []
    for mean, draws, size in ((hazards.lost, drawn.lost, made.posterior.ess[:, 0]),
                              (hazards.back, drawn.back, made.posterior.ess[:, 1])):
        events = np.maximum(mean * size, 0.0)
        share = np.sqrt(ANSWER / (ANSWER + events))
        found.append(mean + share * (draws - draws.mean(0)))  # around the mean itself: the few draws do not move it
    return _Ahead(*(x.clip(0.0, 0.95) for x in found))


def _candidates(made: Plan, hazards: Hazards, ahead: _Ahead) -> list[int]:
    """Legs of the network: of this plan, then of the one that would be best if all legs were mild."""
    asked, leaf_of = made.setting, made.posterior.leg_leaf
    legs = np.unique(leaf_of)
    mild = Hazards(hazards.lost.copy(), hazards.back.copy(), hazards.kind)
    mild.lost[legs] = np.quantile(ahead.lost[:, legs], MILD, axis=0)
    mild.back[legs] = np.quantile(ahead.back[:, legs], MILD, axis=0)
    hopeful = replace(asked, model=with_hazards(asked, mild))
    other = followed(hopeful, solve(hopeful.model, start=asked.start))
    found: list[int] = []
    for chain, at in ((made.chain, hazards), (other, mild)):
        moved = ahead.spread(slope_of_hazards(slope(asked, chain, at), at))[leaf_of].sum((0, 2))  # L
        best = np.argsort(-moved, kind="stable")[:CANDIDATES]
        found += [int(leg) for leg in best if moved[leg] > 0 and leg not in found]
    return found


def _cases(leaf: Ints, hazards: Hazards, ahead: _Ahead) -> list[Hazards]:
    """The groups of what may be believed of one leg (S x C leaves): from mild to bad, equally likely."""
    leaves = np.unique(leaf)
    order = np.argsort(ahead.lost[:, leaves].mean(1) + ahead.back[:, leaves].mean(1), kind="stable")
    cases = []
    for group in np.array_split(order, GROUPS):
        lost, back = hazards.lost.copy(), hazards.back.copy()
        lost[leaves], back[leaves] = ahead.lost[group][:, leaves].mean(0), ahead.back[group][:, leaves].mean(0)
        cases.append(Hazards(lost, back, hazards.kind))
    return cases


def _solved_first(asked: Setting, hazards: Hazards) -> tuple[float, int]:
    model = with_hazards(asked, hazards)
    value = solve(model, start=asked.start, keep_policy=False, keep_value=True).value
    assert value is not None
    return first_step(model, value, asked.start, asked.belief)
