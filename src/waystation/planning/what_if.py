"""What would change if the world were otherwise: the same possible worlds, lived through before and after.

People plan anew for the changed world, at its mean dangers; then both plans are followed through the same draws of
dangers, chains and beliefs (common random numbers), so that what the two share falls out of the difference. A change
that changes nothing gives a difference of exactly zero. What may be said is decided by the state of knowledge of both
plans: where one of them is not known, no number leaves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.posterior import Posterior, fit
from waystation.network.build import network_of
from waystation.network.changing import Change, both_of, goals_of, times_of
from waystation.network.conditions import forecast
from waystation.network.network import Floats, Network
from waystation.network.rows import RouteBook
from waystation.party import Party, Terms
from waystation.planning.engine.kernels import follow
from waystation.planning.knowledge import assess
from waystation.planning.mdp import Model
from waystation.planning.plan import Plan, solved
from waystation.planning.results import Knowledge, Refused
from waystation.planning.setting import Hazards, Setting, setting, with_hazards
from waystation.planning.uncertainty import Worlds, worlds
from waystation.trust.truth import Belief, beliefs

LOW, HIGH = 0.05, 0.95
MEASURES = ("arrive", "lost", "days", "spent")  # of 100, of 100, of those who arrive, per party in units of the book
SPEAKS = (Knowledge.THIN, Knowledge.MEASURED)
Progress = Callable[[str], None]
Times = tuple[dict[str, float], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Lived:
    """What became of 100 parties in each of k possible worlds. Nobody arriving, there are no days and no money."""

    arrive: Floats  # k, of 100
    lost: Floats    # k, of 100
    days: Floats    # k, mean of those who arrive; NaN where nobody does
    spent: Floats   # k, units of the book, mean of those who arrive


@dataclass(frozen=True, slots=True)
class Range:
    """Mean, 5 % and 95 % over the possible worlds. No mean where experts alone speak, and were asked to be shown."""

    mean: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure: as it is, as it would be, and the difference, world by world."""

    measure: str
    before: Range | None
    after: Range | None
    difference: Range | None
    better: float | None  # share of the worlds in which it is better afterwards; half of those in which it is equal


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change would do. `known` is the worse of the two states of knowledge."""

    title: str
    before: tuple[str, ...]   # why nobody goes, as it is; empty where somebody can
    after: tuple[str, ...]
    known: Knowledge
    reasons: tuple[str, ...]  # for that state
    rows: tuple[Compared, ...]
    money: str                # what one unit is: "1 USD"
    draws: int
    seed: int


def what_if(book: RouteBook, change: Change, party: Party, terms: Terms, *, now: datetime, draws: int = 1000,
            seed: int = 7, show_expert: bool = False, progress: Progress | None = None) -> WhatIf | Refused:
    """Compare a party's chances in the book and in the changed book. `show_expert` as for a plan.

    Raises `InvalidTerms` where the question does not fit, `InvalidChange` where the changed book is none.
    """
    tell = progress or (lambda _: None)
    tell("learning dangers and solving both ...")
    sides = both_settings(book, change, party, terms, now=now)
    made = [one if isinstance(one, Refused) else solved(*one) for one in sides]
    plans = [one for one in made if isinstance(one, Plan)]
    if not plans:
        return next(one for one in sides if isinstance(one, Refused))
    tell(f"drawing {draws} possible worlds ...")
    drawn = worlds(plans[-1].setting, plans[-1].posterior, draws=draws, seed=seed)
    known, reasons = known_of(plans, drawn)
    lived: list[Lived | None] = [None, None]
    if known in SPEAKS or (show_expert and known is Knowledge.PRIOR_ONLY):
        tell("living through each of them twice ...")
        times = times_of(both_of(book, change)[1], change)
        lived = [live(one, drawn, factors) if isinstance(one, Plan) else nobody(draws)
                 for one, factors in zip(made, (None, times), strict=True)]
    before, after = (one.reasons if isinstance(one, Refused) else () for one in made)
    return WhatIf(change.title, before, after, known, reasons,
                  tuple(compared(name, *lived, means=known in SPEAKS) for name in MEASURES),
                  str(plans[0].setting.net.unit.money(1)), draws, seed)


Side = tuple[Setting, Posterior, tuple[Belief, ...]]


def both_settings(book: RouteBook, change: Change, party: Party, terms: Terms, *,
                  now: datetime) -> tuple[Side | Refused, Side | Refused]:
    """The question before and after, on dangers learnt once: a leg keeps its leaf wherever it stands in its network."""
    books, goals = both_of(book, change), goals_of(book, terms.goals, change)
    nets = [network_of(one) for one in books]
    learnt = fit(nets[1], now=now)
    found: list[Side | Refused] = []
    for net, goal, times in zip(nets, goals, (None, times_of(books[1], change)), strict=True):
        place = [nets[1].legs.index(code) for code in net.legs]
        own = replace(learnt, leg_leaf=learnt.leg_leaf[:, place])
        believed = beliefs(net, now=now)
        if not goal:
            found.append(Refused(("There is no place where people can apply.",)))
            continue
        asked = setting(net, own, believed, party, replace(terms, goals=goal), now=now)
        if isinstance(asked, Refused):
            found.append(asked)
            continue
        if times is not None:
            asked = replace(asked, model=times_as_dangerous(asked, asked.model, times))
        found.append((asked, own, believed))
    return found[0], found[1]


def live(made: Plan, drawn: Worlds, times: Times | None) -> Lived:
    """Follow a plan through every possible world."""
    policy = made.surface.policy
    assert policy is not None
    rows = np.array([_one_world(made.setting, policy, drawn, k, times) for k in range(drawn.count)])
    return Lived(*(rows[:, column] for column in range(4)))


def compared(measure: str, before: Lived | None, after: Lived | None, *, means: bool = True) -> Compared:
    """One measure of both, world by world; nothing where nothing may be said.

    >>> was, now = (Lived(np.array(x), np.zeros(2), np.ones(2), np.ones(2)) for x in ([80.0, 90.0], [85.0, 90.0]))
    >>> row = compared("arrive", was, now)
    >>> row.difference.mean, row.better
    (2.5, 0.75)
    """
    if before is None or after is None:
        return Compared(measure, None, None, None, None)
    was, now = getattr(before, measure), getattr(after, measure)
    apart = now - was
    told = apart[~np.isnan(apart)]
    good = told if measure == "arrive" else -told
    better = float(((good > 0) + 0.5 * (good == 0)).mean()) if len(told) and means else None
    return Compared(measure, _range(was, means), _range(now, means), _range(apart, means), better)


def _range(values: Floats, means: bool) -> Range | None:
    there = values[~np.isnan(values)]
    if not len(there):
        return None
    low, high = np.quantile(there, [LOW, HIGH])
    return Range(float(there.mean()) if means else None, float(low), float(high))


def nobody(draws: int) -> Lived:
    """Where there is no way, nobody arrives and nobody is lost on it; what staying costs is not in here."""
    zero, none = np.zeros(draws), np.full(draws, np.nan)
    return Lived(zero, zero, none, none)


def known_of(plans: list[Plan], drawn: Worlds) -> tuple[Knowledge, tuple[str, ...]]:
    """The worst state of knowledge of the plans that there are: both numbers leave, or none does."""
    worst = min((assess(one, drawn) for one in plans), key=lambda one: list(Knowledge).index(one.state))
    return worst.state, worst.reasons


def _one_world(asked: Setting, policy: NDArray[np.uint8], drawn: Worlds, k: int,
               times: Times | None) -> tuple[float, float, float, float]:
    hazards, futures = drawn.hazards, drawn.futures
    model = with_hazards(asked, Hazards(hazards.lost[k], hazards.back[k], hazards.kind[k]))
    ahead = forecast(futures.believed[k], futures.chains[k], asked.seasons)[asked.lead:]
    model = replace(model, chain=futures.chains[k], forecast=ahead)
    if times is not None:
        model = times_as_dangerous(asked, model, times)
    chain = follow(model, policy, start=asked.start, belief=ahead[0, model.area[asked.start]], budget=model.budget)
    safe = float(chain.safe)
    if safe <= 0:
        return 0.0, 100 * float(chain.lost.sum()), float("nan"), float("nan")
    days = float(np.arange(len(chain.arrivals)) @ chain.arrivals) / safe * asked.net.step_hours / 24
    return 100 * safe, 100 * float(chain.lost.sum()), days, model.budget - float(chain.money_left) / safe


def times_as_dangerous(asked: Setting, model: Model, times: Times) -> Model:
    """The same process with some dangers so many times as large, never above certainty; who is not lost, as before."""
    of_leg, of_place = times
    net: Network = asked.net
    legs = np.array([of_leg[net.legs[leg]] for leg in asked.leg_of])
    places = np.array([of_place[net.places[place]] for place in asked.place_of])
    if (legs == 1).all() and (places == 1).all():
        return model
    lost, wait = model.lost.sum(-1), model.wait_loss.sum(-1)
    more, longer = np.minimum(lost * legs[None, :, None], 1.0), np.minimum(wait * places[None, :, None], 1.0)
    kept = np.divide(1 - more, 1 - lost, out=np.zeros_like(lost), where=lost < 1)
    return replace(model, arrive=model.arrive * kept, back=model.back * kept,
                   lost=model.lost * _ratio(more, lost)[..., None],
                   wait_loss=model.wait_loss * _ratio(longer, wait)[..., None])


def _ratio(more: Floats, was: Floats) -> Floats:
    return np.asarray(np.divide(more, was, out=np.ones_like(was), where=was > 0))

