"""What one journey taught: of each leg that it began, what was believed of its danger without it, and with it.

Both beliefs are of the same moment and from the book as it stands, once without the outcomes of this journey and once
with them: nothing else that came in, and no ageing, is taken for its lesson. The danger of a leg is that in the
condition which was recorded, or where nobody recorded one, that over the long-run shares of its area's conditions: as
such an outcome is counted (`hazards.outcomes`).

What may be said follows the four states of `knowledge`: a range of 100 in THIN and MEASURED, nothing but counts and the
direction in the others. One journey changes little, because it is one outcome beside a belief that weighs as much as
E = m (1 - m) / v - 1 of them (`hazards.posterior`); with k lost of n and a Beta of E events the mean moves by
(x - m) / (E + 1), x being 1 for a loss and 0 else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from waystation.hazards.outcomes import long_run, season_of
from waystation.hazards.posterior import Posterior, fit
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS
from waystation.network.network import Floats, Ints, Network
from waystation.network.rows import Ended, Outcome, RouteBook
from waystation.planning.knowledge import Ground, state_of
from waystation.planning.results import Knowledge
from waystation.trust.reports import utc
from waystation.units import of_100

SPEAKS = frozenset({Knowledge.THIN, Knowledge.MEASURED})
DRAWS, SEED = 1000, 7
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Begun:
    """A leg that the journey began. `outcome` is None where its end says nothing of its danger."""

    leg: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of the danger of a leg. `low` and `high`: 5 % and 95 %, None where no number may be said."""

    state: Knowledge
    low: float | None
    high: float | None
    n: int  # known ends of the same kind in 12 months
    weighs: int | None  # as much as so many outcomes; None where nobody knows anything


@dataclass(frozen=True, slots=True)
class Lesson:
    """One leg. `moved`: -1 the danger fell, 1 it rose, 0 neither; `by_one` if by a party of 100 or more."""

    leg: str
    ended: Ended | None
    stands: bool  # its outcome is in the book as it was written
    before: Belief | None  # None: the leg is no part of the book's network any more, or its end says nothing
    now: Belief | None
    moved: int
    by_one: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """One leg under one posterior."""

    mean: float
    belief: Belief


def taught(book: RouteBook, begun: Sequence[Begun], *, now: datetime) -> tuple[Lesson, ...]:
    """A lesson for each leg, in their order. Raises `ValueError` as `hazards.posterior.fit`."""
    left, stands = _without(book.outcomes, [one.outcome for one in begun])
    nets = [network_of(replace(book, outcomes=left)), network_of(book)]
    found = [fit(net, now=now) for net in nets]
    drawn = [one.draws(DRAWS, np.random.default_rng(SEED)).lost for one in found]
    lessons = []
    for one, there in zip(begun, stands, strict=True):
        if one.outcome is None or one.leg not in nets[1].legs:
            lessons.append(Lesson(one.leg, one.outcome.ended if one.outcome else None, there, None, None, 0, False))
            continue
        was, is_ = (_seen(net, posterior, lost, one.outcome, now)
                    for net, posterior, lost in zip(nets, found, drawn, strict=True))
        step = is_.mean - was.mean
        moved = 0 if abs(step) <= SAME else 1 if step > 0 else -1
        lessons.append(Lesson(one.leg, one.outcome.ended, there, was.belief, is_.belief, moved,
                              of_100(was.mean) != of_100(is_.mean)))
    return tuple(lessons)


def _without(rows: Sequence[Outcome], ours: Sequence[Outcome | None]) -> tuple[tuple[Outcome, ...], list[bool]]:
    """The rows without ours, and which of ours stood there; a row that stands twice is taken out once for each."""
    left, stands = list(rows), []
    for one in ours:
        stands.append(one is not None and one in left)
        if one is not None and one in left:
            left.remove(one)
    return tuple(left), stands


def _seen(net: Network, posterior: Posterior, lost: Floats, outcome: Outcome, now: datetime) -> _Seen:
    leg, season = net.legs.index(outcome.leg), season_of(net, outcome)
    area = int(net.area[_start(net, outcome.leg)])
    if outcome.condition:
        share = np.eye(len(net.conditions))[net.conditions.index(outcome.condition)]
    else:
        share = long_run(net, area, season)
    leaves: Ints = posterior.leg_leaf[season, leg]
    mean = float(share @ posterior.lost[leaves])
    low, high = (float(end) for end in np.quantile(lost[:, leaves] @ share, [0.05, 0.95]))
    ground = _ground(net, posterior, leaves, share, outcome, now)
    state, _ = state_of(ground, stale=False, width=high - low, moves=0.0)
    speaks = state in SPEAKS
    weighs = None if state is Knowledge.UNKNOWN else max(1, round(float(share @ posterior.ess[leaves, 0])))
    return _Seen(mean, Belief(state, low if speaks else None, high if speaks else None, ground.n, weighs))


def _ground(net: Network, posterior: Posterior, leaves: Ints, share: Floats, outcome: Outcome, now: datetime) -> Ground:
    """What the danger of one leg rests on; its conditions weigh by how often they hold and how dangerous they are."""
    loss = share * posterior.lost[leaves]
    weight = loss / loss.sum()
    silent = ~posterior.named[leaves] & (posterior.n_eff[leaves] < 1)
    n = int(posterior.n_raw[leaves] @ share) if outcome.condition else _alike(net, outcome, now)
    return Ground(weight=weight, loss=float(loss.sum()), shares=weight @ posterior.shares[leaves], n=n,
                  n_eff=float(weight @ posterior.n_eff[leaves]),
                  newest_age_d=float(posterior.newest_age_d[leaves].min()), unnamed=float(weight @ silent),
                  broken=float(weight @ posterior.broken[leaves]))


def _alike(net: Network, outcome: Outcome, now: datetime) -> int:
    """Known ends of the same mode and country in 12 months, whatever the condition was."""
    today = utc(now).date()
    areas = {area.code: area.country for area in net.book.areas}
    countries = {place.code: areas[place.area] for place in net.book.places}
    kind = {leg.code: (leg.mode, countries[leg.start]) for leg in net.book.legs}
    days = [(today - (one.ended_at or one.last_heard or one.started)).days for one in net.book.outcomes
            if one.ended is not Ended.SILENT and kind[one.leg] == kind[outcome.leg]]
    return sum(0 <= day <= DEFAULTS.comparable_days for day in days)


def _start(net: Network, leg: str) -> int:
    return net.places.index(next(one.start for one in net.book.legs if one.code == leg))
