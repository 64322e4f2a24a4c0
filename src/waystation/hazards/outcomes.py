"""What happened, as weighted records: age, breaks of regime, unknown conditions, and parties that fell silent.

The unit is one party on one leg, never a person: members share a fate. A record of age d days counts 2^(-d / H), and
`keep` times for every break of regime that came after its start and covers it.

Silent parties are censored, not safe. Of one last heard of u hours ago it is known only that no word came, which has
the chance alpha = 1 - rho_lost F_lost(u) if it is lost and beta = 1 - rho_ok F_ok(u) if not: the factor `alpha theta +
beta (1 - theta)`. rho is the chance that such an end is ever reported, F the delay of the report, log-normal through
its median and its 95 % point. (Klein and Moeschberger, Survival Analysis, 2003, ch. 3.)

A record without a condition is spread over the conditions of its area by their long-run shares, so that it still
counts once. A record of a leg that the book does not have cannot be placed and raises `ValueError`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.network.conditions import season_index, stationary_within
from waystation.network.defaults import Defaults
from waystation.network.network import Floats, Ints, Network
from waystation.network.rows import MODES, Ended, Outcome, Silence
from waystation.trust.reports import utc

ENDS = (Ended.ARRIVED, Ended.TURNED_BACK, Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING, Ended.SILENT)
ARRIVED, TURNED_BACK, FIRST_LOSS, SILENT = 0, 1, 2, 5
Z95 = 1.6448536269514722  # 95 % point of the standard normal


@dataclass(frozen=True, slots=True)
class Ways:
    """Where each leg of the book belongs: L' legs, also those that no network uses any more."""

    codes: tuple[str, ...]
    mode: Ints  # index into MODES
    area: Ints  # of the start place, whose condition the leg is said to have
    country: Ints  # index into `countries`
    countries: tuple[str, ...]
    area_country: Ints  # A


@dataclass(frozen=True, slots=True)
class Records:
    """Outcomes known at one time; one entry per record and condition it may have had."""

    leg: Ints  # index into Ways
    condition: Ints
    season: Ints
    ended: Ints  # index into ENDS
    weight: Floats  # what it counts: share of the condition, age and breaks
    share: Floats  # share of the condition alone
    certain: NDArray[np.bool_]  # the condition was recorded
    age_d: Floats
    started: Ints  # ordinal of the day
    alpha: Floats  # of a silent party: chance of its silence if it is lost
    beta: Floats  # and if it is not

    @property
    def resolved(self) -> NDArray[np.bool_]:
        """Whether the end is known."""
        return np.asarray(self.ended != SILENT)

    def place(self, ways: Ways) -> tuple[Ints, Ints]:
        """Mode and area of each record."""
        return ways.mode[self.leg], ways.area[self.leg]


def ways(net: Network) -> Ways:
    """Mode, area and country of every leg of the book."""
    area_of = {place.code: place.area for place in net.book.places}
    areas = {code: a for a, code in enumerate(net.areas)}
    countries = tuple(sorted(set(net.countries)))
    area_country = np.array([countries.index(c) for c in net.countries], np.int32)
    area = np.array([areas[area_of[leg.start]] for leg in net.book.legs], np.int32)
    mode = np.array([MODES.index(leg.mode) for leg in net.book.legs], np.int32)
    return Ways(tuple(leg.code for leg in net.book.legs), mode, area, area_country[area], countries, area_country)


def records(net: Network, found: Ways, *, now: datetime, defaults: Defaults) -> Records:
    """The outcomes of a network's book that were known at `now`."""
    today, index = utc(now).date(), {code: i for i, code in enumerate(found.codes)}
    known = [o for o in net.book.outcomes if _last_word(o) <= today and o.started <= today]
    if any(o.leg not in index for o in known):
        raise ValueError("an outcome belongs to a leg that the book does not have")
    leg = np.array([index[o.leg] for o in known], np.int32)
    started = np.array([o.started.toordinal() for o in known], np.int32)
    age = np.array([(today - _last_word(o)).days for o in known], float)
    half = np.array([defaults.half_life_d[mode] for mode in MODES])
    place = (found.mode[leg], found.area[leg])
    weight = 2.0 ** (-age / half[place[0]]) * breaks_keep(net, place, started, today=today)
    alpha, beta = silence(net, [_silent_h(o, now) for o in known], defaults)
    ended = np.array([ENDS.index(o.ended) for o in known], np.int32)
    season = np.array([season_of(net, o) for o in known], np.int32)
    which, condition, share = _conditions(net, found, known, leg, season)
    certain = np.array([bool(o.condition) for o in known], bool)
    return Records(leg[which], condition, season[which], ended[which], weight[which] * share, share,
                   certain[which], age[which], started[which], alpha[which], beta[which])


def covers(scope: str, net: Network, place: tuple[Ints, Ints]) -> NDArray[np.bool_]:
    """Which of these (mode, area) a scope covers: `all`, a mode, a country or an area. Mode -1 is no mode.

    A country covers what starts in it: a leg is judged by the condition of the area in which it starts.
    """
    mode, area = place
    if scope == "all":
        return np.ones(len(area), bool)
    if scope in MODES:
        return np.asarray(mode == MODES.index(scope))
    inside = np.array([scope in (a, c) for a, c in zip(net.areas, net.countries, strict=True)], bool)
    return inside[area]


def breaks_keep(net: Network, place: tuple[Ints, Ints], started: Ints, *, today: date) -> Floats:
    """What the breaks of regime up to today leave of records of these (mode, area) that started then (ordinals)."""
    keep = np.ones(len(started))
    for row in net.book.breaks:
        if row.day <= today:
            keep[covers(row.scope, net, place) & (started < row.day.toordinal())] *= row.keep
    return keep


def silence(net: Network, hours: Sequence[float], defaults: Defaults) -> tuple[Floats, Floats]:
    """alpha and beta of parties last heard of so many hours ago, from the book's `silence` sheet or the defaults."""
    rows = {"lost": defaults.silence_lost, "ok": defaults.silence_ok} | {row.outcome: row for row in net.book.silence}
    alpha = [1 - rows["lost"].ever_reported * reported_by(rows["lost"], u) for u in hours]
    beta = [1 - rows["ok"].ever_reported * reported_by(rows["ok"], u) for u in hours]
    return np.array(alpha), np.array(beta)


def reported_by(row: Silence, hours: float) -> float:
    """F(u): share of the reports that ever come which came within so many hours.

    >>> row = Silence("ok", 0.97, 72.0, 336.0)
    >>> reported_by(row, 72.0), round(reported_by(row, 336.0), 12), reported_by(row, 0.0)
    (0.5, 0.95, 0.0)
    """
    if hours <= 0:
        return 0.0
    spread = math.log(row.delay_95_h / row.delay_median_h) / Z95
    if spread <= 0:
        return float(hours >= row.delay_median_h)
    return 0.5 * (1 + math.erf(math.log(hours / row.delay_median_h) / spread / math.sqrt(2)))


def season_of(net: Network, outcome: Outcome) -> int:
    """The season an outcome was recorded in; from its start if none, or one that the book no longer has, was given."""
    names = [season.name for season in net.seasons]
    return names.index(outcome.season) if outcome.season in names else season_index(net.seasons, outcome.started.month)


def long_run(net: Network, area: int, season: int) -> Floats:
    """Long-run shares of the conditions (C) of one area in one season."""
    return stationary_within(net.chain[season, area], net.occurs[area])


def _conditions(
    net: Network, found: Ways, known: Sequence[Outcome], leg: Ints, season: Ints
) -> tuple[NDArray[np.intp], Ints, Floats]:
    """(which record, condition, share) for every condition that a record may have had."""
    index = {name: c for c, name in enumerate(net.conditions)}
    rows: list[tuple[int, int, float]] = []
    for i, outcome in enumerate(known):
        if outcome.condition:
            rows.append((i, index[outcome.condition], 1.0))
        else:
            shares = long_run(net, int(found.area[leg[i]]), int(season[i]))
            rows += [(i, c, float(share)) for c, share in enumerate(shares) if share > 0]
    which, condition, share = ([row[j] for row in rows] for j in range(3))
    return np.array(which, np.intp), np.array(condition, np.int32), np.array(share, float)


def _last_word(outcome: Outcome) -> date:
    return outcome.ended_at or outcome.last_heard or outcome.started


def _silent_h(outcome: Outcome, now: datetime) -> float:
    heard = outcome.last_heard or outcome.started
    return (utc(now) - datetime(heard.year, heard.month, heard.day, tzinfo=UTC)) / timedelta(hours=1)
