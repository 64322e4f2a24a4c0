"""What deciding this way is worth: arrivals of 100 on invented lines, beside simple rules and who knows all.

Worlds, rules, measure and goals are those of decision 0036. Each policy is followed through the true process, true
dangers, chains and today's conditions, so that its arrivals are computed and not sampled. No way leads back into an
area that was left: the planner's process is then the true one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.ideal import means
from waystation.hazards.invented import KIND_SHARES, NOW, TODAY, Line, line, outcomes
from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.conditions import forecast, stationary
from waystation.network.network import Floats, Network
from waystation.network.rows import Outcome
from waystation.party import Party, Terms
from waystation.planning.engine.kernels import follow, solve
from waystation.planning.mdp import Model
from waystation.planning.results import Refused
from waystation.planning.rules import days_of, going, in_calm, least
from waystation.planning.setting import Setting, setting
from waystation.trust.believing import believe
from waystation.trust.instances import GRID, HOSTILE, STATED, World, world
from waystation.trust.truth import Belief
from waystation.units import Money

SEEDS, KNOWN, SOURCES, EACH = range(500), (5, 10, 20, 50, 100), 12, 125
OURS, EXPERTS, CEILING = "ours", "planner on experts alone", "all-knowing planner"
RULES = ("shortest", "cheapest", "expert's way", "wait for calm", "only in calm")
PARTY = Party(size=1, youngest_y=30, oldest_y=30, all_agree=True, guardian_ok=True)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Arrivals of 100 in one world, by who decided."""

    seed: int
    hostile: float  # of the sources
    rules: dict[str, float]  # what needs no outcome: RULES, EXPERTS, CEILING
    ours: dict[int, float]  # by the number of outcomes


@dataclass(frozen=True, slots=True)
class Asked:
    """One world and the question that is asked in it."""

    made: Line
    told: World
    terms: Terms
    true: Model


def kind_of(seed: int) -> tuple[int, float, int]:
    """Setting of the lies, share of hostile sources and number of areas of a seed.

    >>> kind_of(0), kind_of(499), kind_of(10_130)
    ((0, 0.0, 2), (1, 0.45, 4), (2, 0.1, 4))
    """
    return seed % len(GRID), HOSTILE[seed // EACH % len(HOSTILE)], 2 + seed // 6 % 3


def arrived(seed: int, known: Iterable[int] = KNOWN) -> Arrived:
    """Everybody's arrivals in the world of a seed."""
    lies, hostile, areas = kind_of(seed)
    told = world(replace(GRID[lies], areas=areas, sources=SOURCES), hostile, seed)
    asked = asked_in(line(seed, told.chain), told, seed)
    heard = believe(told.heard, told.stated, areas=areas, now=told.truth.shape[1] - 1).p
    past = outcomes(asked.made, max(known), seed)
    ours = {k: safe(asked, taught_by(asked, past[:k], heard)) for k in known}
    rules = by_rules(asked)
    none = np.repeat(stationary(STATED)[None], areas, 0)
    rules[EXPERTS] = safe(asked, taught_by(asked, (), none))
    rules[CEILING] = safe(asked, _policy(asked.true))
    return Arrived(seed, hostile, rules, ours)


def bench(seeds: Iterable[int] = SEEDS, *, progress: Callable[[str], None] = lambda _text: None) -> list[Arrived]:
    """Every world of these seeds: half a second each."""
    found = []
    for seed in seeds:
        if seed % 10 == 0:
            progress(f"arrivals in world {seed}")
        found.append(arrived(seed))
    return found


# --- one world ------------------------------------------------------------------------------------------------------


def asked_in(made: Line, told: World, seed: int) -> Asked:
    """The terms of a world: money up to what the fastest way costs, days by the fastest way that can be paid."""
    rng = np.random.default_rng([8, seed])
    net = network_of(made.book)
    rich = _true(made, told, net, _terms(200, 60))
    cost = _cost_of_fastest(rich)
    money = int(rng.integers(0, cost + 1))
    days, _ = least(rich, days_of(rich))
    time = int(np.ceil(rng.uniform(1.5, 3.0) * days[0, money])) + 7
    terms = _terms(money, time)
    return Asked(made, told, terms, _true(made, told, net, terms))


def _terms(money: int, days: int) -> Terms:
    return Terms(start="P0", goals=(), depart_from=TODAY, deadline=TODAY + timedelta(days=days),
                 budget=Money(Decimal(money), "USD"), penalty=0.0)


def _cost_of_fastest(model: Model) -> int:
    """What the fastest way costs if money is no matter: the least money with which nothing faster can be had."""
    days, _ = least(model, days_of(model))
    return int(np.flatnonzero(days[0] <= days[0, -1] + 1e-9)[0])


def _setting(net: Network, terms: Terms, belief: Floats) -> Setting:
    beliefs = tuple(Belief(p, 0.0, 1, 1, (), False, ()) for p in belief)
    asked = setting(net, fit(net, now=NOW, grounds=False), beliefs, PARTY, terms, now=NOW)
    assert not isinstance(asked, Refused)  # every line leads to its goal, and there is time enough
    return asked


def _true(made: Line, told: World, net: Network, terms: Terms) -> Model:
    """The process as it is: true dangers and chains, and today's true conditions."""
    today = np.eye(made.lost.shape[1])[told.truth[:, -1]]
    asked = _setting(net, terms, today)
    order = [int(code[1:]) for code in net.legs]
    lost, back, kinds = made.lost[order][None], made.back[order][None], np.array(KIND_SHARES)
    return replace(
        asked.model, arrive=(1 - lost) * (1 - back), back=(1 - lost) * back, lost=lost[..., None] * kinds,
        wait_loss=made.wait[None, :, :, None] * kinds, chain=made.chain[None],
        forecast=forecast(today, made.chain[None], asked.model.season_of))


def _policy(model: Model) -> NDArray[np.uint8]:
    policy = solve(model, start=0).policy
    assert policy is not None
    return policy


def taught_by(asked: Asked, past: tuple[Outcome, ...], belief: Floats) -> NDArray[np.uint8]:
    """What the product's planner does on these outcomes and beliefs."""
    net = network_of(replace(asked.made.book, outcomes=past))
    return _policy(_setting(net, asked.terms, belief).model)


def by_rules(asked: Asked) -> dict[str, float]:
    """Arrivals of 100 by each simple rule."""
    return {name: safe(asked, policy) for name, policy in _rules(asked).items()}


def _rules(asked: Asked) -> dict[str, NDArray[np.uint8]]:
    true = asked.true
    days = days_of(true)
    usual = stationary(STATED)
    experts = _setting(network_of(asked.made.book), asked.terms, np.repeat(usual[None], len(asked.made.chain), 0))
    danger = experts.model.lost[0].sum(-1) @ usual
    found = (going(true, days), going(true, true.cost + days / 1000), going(true, -np.log1p(-danger)),
             in_calm(true, days, at_last=True), in_calm(true, days, at_last=False))
    return dict(zip(RULES, found, strict=True))


def safe(asked: Asked, policy: NDArray[np.uint8]) -> float:
    """Arrivals of 100 under the true process."""
    true = asked.true
    start = true.forecast[0, true.area[0]]
    return 100 * follow(true, policy, start=0, belief=start, budget=true.budget).safe


def best_learner(seed: int, known: int, *, steps: int = 30_000) -> float:
    """Arrivals of 100 by our planner on what the best possible learner believes of the legs (`hazards.ideal`)."""
    lies, hostile, areas = kind_of(seed)
    told = world(replace(GRID[lies], areas=areas, sources=SOURCES), hostile, seed)
    asked = asked_in(line(seed, told.chain), told, seed)
    heard = believe(told.heard, told.stated, areas=areas, now=told.truth.shape[1] - 1).p
    believed = means(asked.made, outcomes(asked.made, known, seed), seed=seed, steps=steps)
    net = network_of(asked.made.book)
    order = [int(code[1:]) for code in net.legs]
    model = replace(
        _setting(net, asked.terms, heard).model, arrive=believed.arrive[order][None], back=believed.back[order][None],
        lost=believed.lost[order][None][..., None] * np.array(KIND_SHARES))
    return safe(asked, _policy(model))
