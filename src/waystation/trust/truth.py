"""What graded reports make us believe of today's conditions: a forward filter over each area's chain.

    b_t  proportional to  (b_{t-1} P) * prod over reports observed at t of l(X | .)          sums to 1

Reports stand at the time they were *observed*, so that ageing is done by P alone; a second discount for age would count
it twice, and a late report simply re-runs the filter from its day. The filter starts from the stationary distribution
at the oldest report that still matters: what is older than 5 half-lives the chain has forgotten. What a report is worth
is in `reports.py`, what was learnt of who says it in `sources.py`. (Rabiner, Proceedings of the IEEE 77, 1989: the
forward algorithm.)
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from waystation.network.conditions import half_life_h, season_index, stationary
from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats, Network
from waystation.network.rows import Report
from waystation.trust.reports import Said, origin, said, utc
from waystation.trust.sources import Source, sources

_LOOP = 12  # so many steps are taken one by one; more by powers of the chain


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of one area now, and how well it is founded."""

    p: Floats  # C, sums to 1
    newest_age_h: float  # inf if there is no report
    n_reports: int  # that the belief rests on
    n_origins: int
    contradictions: tuple[str, ...]  # "S1:calm / S2:alert+crackdown", never averaged away unsaid
    stale: bool  # no report, or the newest is older than it said it would hold
    warnings: tuple[str, ...]
    sources: tuple[str, ...] = ()  # what was learnt of those who reported, each a sentence


@dataclass(frozen=True, slots=True)
class _Heard:
    """The reports on one area that still matter, placed on the steps before now."""

    said: Said
    steps: NDArray[np.intp]  # n: how many steps ago each was observed
    known: tuple[Report, ...]  # also those the chain has forgotten
    warnings: tuple[str, ...]


def belief(
    reports: Iterable[Report],
    chain: Floats,
    *,
    occurs: NDArray[np.bool_],
    conditions: tuple[str, ...],
    step_hours: int,
    now: datetime,
    season_at: Callable[[datetime], int],
    defaults: Defaults = DEFAULTS,
    known: Mapping[str, Source] = MappingProxyType({}),
) -> Belief:
    """Belief over the C conditions of one area, from its reports and its chain (C x C, or S x C x C by season).

    `known`: what was learnt of roots; of others the letter is believed. Only what was received by `now` counts. With no
    report it is the stationary distribution, and stale.

    >>> from waystation.units import instant
    >>> seen = Report("RIV", frozenset({"calm"}), instant("2030-05-01"), instant("2030-05-01"), "S1", "S1", "C", 1)
    >>> found = belief([seen], np.eye(2), occurs=np.array([True, True]), conditions=("calm", "alert"), step_hours=12,
    ...                now=instant("2030-05-02"), season_at=lambda when: 0)
    >>> found.p.round(6).tolist(), found.newest_age_h, found.stale
    ([0.75, 0.25], 24.0, False)
    """
    seasons = chain if chain.ndim == 3 else chain[None]
    heard = _heard(reports, seasons, occurs, conditions, step_hours=step_hours, now=now, defaults=defaults, known=known)
    p = _filtered(heard, seasons, occurs, step_hours=step_hours, now=now, season_at=season_at)
    if not heard.known:
        return Belief(_locked(p), math.inf, 0, 0, (), True, heard.warnings)
    newest = max(utc(r.observed_at) for r in heard.known)
    holds = max(r.valid_for_h for r in heard.known if utc(r.observed_at) == newest)
    age = (utc(now) - newest) / timedelta(hours=1)
    origins = len({origin(r) for r in heard.said.reports})
    warnings = list(heard.warnings)
    if origins == 1:
        warnings.append("everything known of this area comes from one origin")
    if heard.said.tempered_source:
        warnings.append("one source or origin said more than its share: its reports were weakened to the cap")
    if heard.said.tempered_day:
        warnings.append("the reports of one day said more than their share: they were weakened to the cap")
    return Belief(_locked(p), age, len(heard.said.reports), origins, _contradictions(heard.known, conditions, now),
                  age > holds, tuple(warnings), _learnt(heard, known))


def beliefs(net: Network, *, now: datetime, defaults: Defaults = DEFAULTS) -> tuple[Belief, ...]:
    """Belief over the conditions of each area of a network (A), from the reports of its book."""
    known = sources(net, now=now, defaults=defaults)
    return tuple(
        belief(reports, net.chain[:, a], occurs=net.occurs[a], conditions=net.conditions, step_hours=net.step_hours,
               now=now, season_at=_season_at(net), defaults=defaults, known=known)
        for a, reports in enumerate(_by_area(net))
    )


def beliefs_under(net: Network, chains: Floats, *, now: datetime, defaults: Defaults = DEFAULTS) -> Floats:
    """The same beliefs if the chains were others (k x S x A x C x C, e.g. draws): k x A x C.

    Which reports still matter, and whom to believe how far, is judged by the network's own chains, so that all draws
    rest on the same reports.
    """
    known = sources(net, now=now, defaults=defaults)
    out = np.empty((len(chains), len(net.areas), len(net.conditions)))
    for a, reports in enumerate(_by_area(net)):
        heard = _heard(reports, net.chain[:, a], net.occurs[a], net.conditions, step_hours=net.step_hours, now=now,
                       defaults=defaults, known=known)
        out[:, a] = _filtered(heard, chains[:, :, a], net.occurs[a], step_hours=net.step_hours, now=now,
                              season_at=_season_at(net))
    return out


def _heard(
    reports: Iterable[Report], chain: Floats, occurs: NDArray[np.bool_], conditions: tuple[str, ...], *,
    step_hours: int, now: datetime, defaults: Defaults, known: Mapping[str, Source],
) -> _Heard:
    """Reports received by now that say something, with the likelihoods of those that the chain has not forgotten."""
    here = tuple(c for c, there in zip(conditions, occurs, strict=True) if there)
    received = [r for r in set(reports) if utc(r.received_at) <= utc(now)]
    warnings = []
    if any(utc(r.observed_at) > utc(now) for r in received):
        warnings.append("a report dated after now was left out")
    if any(not r.conditions & set(here) for r in received):
        warnings.append("a report of a condition that this area does not have was left out")
    told = [r for r in received if utc(r.observed_at) <= utc(now) and 0 < len(r.conditions & set(here)) < len(here)]
    half = max(half_life_h(P[np.ix_(occurs, occurs)], step_hours) for P in chain)
    matters = math.ceil(defaults.forgotten_after_half_lives * half / step_hours) if half < math.inf else math.inf
    factors = {root: one.factor for root, one in known.items()}
    kept = said((r for r in told if _steps_ago(r, now, step_hours) <= matters), here, defaults, factors)
    steps = np.array([_steps_ago(r, now, step_hours) for r in kept.reports], np.intp)
    return _Heard(kept, steps, tuple(told), tuple(warnings))


def _filtered(
    heard: _Heard, chain: Floats, occurs: NDArray[np.bool_], *, step_hours: int, now: datetime,
    season_at: Callable[[datetime], int],
) -> Floats:
    """The forward filter, ... x C, over chains ... x S x C x C."""
    P = chain[..., occurs, :][..., occurs]
    oldest = int(heard.steps.max(initial=0))
    if chain.shape[-3] == 1:
        season = [0] * (oldest + 1)
    else:  # season[k] is that of the step that starts k steps before now
        season = [season_at(now - timedelta(hours=step_hours * k)) for k in range(oldest + 1)]
    b = stationary(P[..., season[oldest], :, :])
    at = oldest
    for step in sorted(set(heard.steps.tolist()) | {0}, reverse=True):
        b = _aged(b, P, season[step + 1 : at + 1][::-1])
        log = heard.said.log[heard.steps == step].sum(0)
        log = np.where(b > 0, log, -np.inf)
        b = b * np.exp(log - log.max(-1, keepdims=True))
        b /= b.sum(-1, keepdims=True)
        at = step
    out = np.zeros((*b.shape[:-1], len(occurs)))
    out[..., occurs] = b
    return out


def _aged(b: Floats, P: Floats, seasons: list[int]) -> Floats:
    """b (... x C) after one step of P (... x S x C x C) in each of the seasons, in this order."""
    while seasons:
        run = next((i for i, s in enumerate(seasons) if s != seasons[0]), len(seasons))
        step = P[..., seasons[0], :, :]
        if run > _LOOP:
            b = (b[..., None, :] @ np.linalg.matrix_power(step, run))[..., 0, :]
        else:
            for _ in range(run):
                b = (b[..., None, :] @ step)[..., 0, :]
        seasons = seasons[run:]
    return b


def _steps_ago(report: Report, now: datetime, step_hours: int) -> int:
    """Whole steps since a report was observed, to the nearest."""
    return math.floor((utc(now) - utc(report.observed_at)) / timedelta(hours=step_hours) + 0.5)


def _contradictions(known: tuple[Report, ...], conditions: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """Pairs of sources whose last claims exclude each other while both are said to hold, one of them still now."""
    latest: dict[tuple[str, frozenset[str]], Report] = {}
    for r in known:
        key = (r.source, r.conditions)
        if key not in latest or utc(latest[key].observed_at) < utc(r.observed_at):
            latest[key] = r
    held = sorted(latest.values(), key=lambda r: (utc(r.observed_at), r.source, sorted(r.conditions)))
    found = []
    for i, early in enumerate(held):
        for late in held[i + 1 :]:
            both = utc(late.observed_at) < _until(early) and max(_until(early), _until(late)) >= utc(now)
            another = early.source != late.source or utc(early.observed_at) == utc(late.observed_at)
            if both and another and not early.conditions & late.conditions:
                found.append(" / ".join(sorted(_claim(r, conditions) for r in (early, late))))
    return tuple(sorted(set(found)))


def _learnt(heard: _Heard, known: Mapping[str, Source]) -> tuple[str, ...]:
    """What was learnt of those whose reports count here."""
    roots = sorted({origin(r) for r in heard.said.reports} & set(known))
    return tuple(sentence for root in roots if (sentence := known[root].sentence))


def _until(report: Report) -> datetime:
    return utc(report.observed_at) + timedelta(hours=report.valid_for_h)


def _claim(report: Report, conditions: tuple[str, ...]) -> str:
    return f"{report.source}:{'+'.join(c for c in conditions if c in report.conditions)}"


def _by_area(net: Network) -> list[list[Report]]:
    found: dict[str, list[Report]] = {area: [] for area in net.areas}
    for report in net.book.reports:
        found[report.area].append(report)
    return [found[area] for area in net.areas]


def _season_at(net: Network) -> Callable[[datetime], int]:
    return lambda when: season_index(net.seasons, when.month)


def _locked(p: Floats) -> Floats:
    p.flags.writeable = False
    return p
