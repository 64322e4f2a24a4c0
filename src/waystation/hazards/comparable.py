"""What a danger is known from: how many comparable traversals, how much they still weigh, how old the newest is.

Comparable means the same mode, condition and country, on any leg. Only traversals whose end is known are counted; one
whose condition was not recorded weighs in `n_eff` by its shares but is not counted in `n_raw`. A danger is broken if a
break of regime within 90 days covers it and no comparable traversal in the scope of the break started since.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waystation.hazards.outcomes import Records, Ways, covers
from waystation.hazards.waiting import Waits
from waystation.network.defaults import Defaults
from waystation.network.network import Floats, Ints, Network


@dataclass(frozen=True, slots=True)
class Comparable:
    """Of each leaf: those of legs first, then those of waits."""

    n_raw: Ints
    n_eff: Floats
    newest_age_d: Floats  # inf if there is none
    broken: NDArray[np.bool_]


def comparable(
    net: Network, ways: Ways, found: Records, strata: Ints, waits: Waits, *, today: date, defaults: Defaults
) -> Comparable:
    """Counts and breaks for the strata of legs (R x 6) and the leaves of waits."""
    known = found.resolved
    own = _code(ways.mode[found.leg], found.condition, ways.country[found.leg], net, ways)[known]
    mine = _code(strata[:, 0], strata[:, 1], strata[:, 2], net, ways)
    size = int(max(own.max(initial=0), mine.max(initial=0))) + 1
    fresh = found.certain[known] & (found.age_d[known] <= defaults.comparable_days)
    raw = np.bincount(own[fresh], minlength=size)
    weight = np.bincount(own, found.weight[known], size)
    newest = np.full(size, np.inf)
    np.minimum.at(newest, own, found.age_d[known])
    broken = _broken_legs(net, ways, found, strata, today=today, defaults=defaults)
    wait_broken = _broken_waits(net, ways, found, waits, today=today, defaults=defaults)
    none = len(waits.leaf)
    return Comparable(
        np.concatenate([raw[mine], np.zeros(none)]).astype(np.int32),
        np.concatenate([weight[mine], np.zeros(none)]),
        np.concatenate([newest[mine], np.full(none, np.inf)]),
        np.concatenate([broken, wait_broken]),
    )


def _code(mode: Ints, condition: Ints, country: Ints, net: Network, ways: Ways) -> NDArray[np.int64]:
    C, K = len(net.conditions), len(ways.countries)
    return (mode.astype(np.int64) * C + condition) * K + country


def _recent(net: Network, today: date, defaults: Defaults) -> list[tuple[str, int]]:
    """Scope and day (ordinal) of the breaks that are recent."""
    return [(row.scope, row.day.toordinal()) for row in net.book.breaks
            if 0 <= (today - row.day).days <= defaults.break_days]


def _broken_legs(
    net: Network, ways: Ways, found: Records, strata: Ints, *, today: date, defaults: Defaults
) -> NDArray[np.bool_]:
    mine = _code(strata[:, 0], strata[:, 1], strata[:, 2], net, ways)
    theirs = _code(ways.mode[found.leg], found.condition, ways.country[found.leg], net, ways)
    broken = np.zeros(len(strata), bool)
    for scope, day in _recent(net, today, defaults):
        since = covers(scope, net, found.place(ways)) & found.resolved & (found.started >= day)
        inside = covers(scope, net, (strata[:, 0], strata[:, 4]))
        broken |= inside & ~np.isin(mine, theirs[since])
    return broken


def _broken_waits(
    net: Network, ways: Ways, found: Records, waits: Waits, *, today: date, defaults: Defaults
) -> NDArray[np.bool_]:
    area = np.array([a for _, a, _ in waits.leaf], np.int32)
    no_mode = np.full(len(area), -1, np.int32)
    broken = np.zeros(len(area), bool)
    for scope, day in _recent(net, today, defaults):
        since = found.resolved & (found.started >= day)
        inside = covers(scope, net, (no_mode, area))
        broken |= inside & ~np.isin(area, ways.area[found.leg][since])
    return broken
