"""What one report is worth: its weight, its likelihood, and the caps that no flood of reports can pass.

A report is right with weight w and otherwise a guess. The claim "one of the set X" is then as likely, when the truth
is s and C conditions occur, as

    l(X | s) = w [s in X] + (1 - w) |X| / C

For a right reporter names a set that holds s, and a guess of |X| out of C conditions holds s by luck with chance
|X| / C; it is also the sum of the one-condition formula w [x = s] + (1 - w) / C over X. w = 0, and X = everything, say
nothing. No report is read in reverse: a known liar has w = 0, for whoever lies predictably could otherwise steer the
planner.

    w = w_source * w_credibility * w_hand                      admiralty grades A..F, 1..6; first, second, further hand

The letter A..F is where a source begins; what its reports were worth since multiplies w_source (`sources.py`), up to
that of the letter A.

Caps are on the size of what was said, max minus min over s of log l. They use the day of receipt, which nobody can
backdate. Above a cap, log l is multiplied by cap / size: order and direction stay, force does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import numpy as np

from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats
from waystation.network.rows import Report

_LEAST = 1e-12  # a likelihood is never 0: no report, however graded, rules a condition out for good


@dataclass(frozen=True, slots=True)
class Said:
    """Reports on one area and how far each moves the belief over its C conditions."""

    reports: tuple[Report, ...]  # n
    log: Floats  # n x C: log likelihood after the caps
    tempered_source: bool  # one source or origin said more than its share
    tempered_day: bool  # one day's reports said more than their share


def weight(report: Report, defaults: Defaults = DEFAULTS, factors: Mapping[str, float] = MappingProxyType({})) -> float:
    """How far a report is better than a guess, 0..1; `factors`: what was learnt of roots. Raises `KeyError` for a
    grade that does not exist.

    >>> from waystation.units import instant
    >>> seen = instant("2030-05-01")
    >>> weight(Report("RIV", frozenset({"calm"}), seen, seen, "S1", "S1", "B", 2, hand=2))
    0.3825
    """
    source = defaults.w_source[report.reliability] * factors.get(origin(report), 1.0)
    grades = min(source, max(defaults.w_source.values())) * defaults.w_credibility[report.credibility]
    return round(grades * defaults.w_hand[report.hand], 12)


def likelihood(claimed: Sequence[bool], w: float) -> Floats:
    """l(X | s) for each of the C conditions that occur, given which of them are claimed.

    >>> likelihood([False, True, True], 0.5).round(4).tolist()
    [0.3333, 0.8333, 0.8333]
    """
    inside = np.asarray(claimed, float)
    share: Floats = w * inside + (1 - w) * inside.mean()
    return np.maximum(share, _LEAST)


def utc(when: datetime) -> datetime:
    """The same instant in UTC; a time without a zone is taken to be UTC already."""
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def origin(report: Report) -> str:
    """Where the report comes from in the end: its common origin, or the source itself."""
    return report.origin or report.source


def said(reports: Iterable[Report], conditions: Sequence[str], defaults: Defaults = DEFAULTS,
         factors: Mapping[str, float] = MappingProxyType({})) -> Said:
    """Log likelihoods of reports on one area, after the caps, over the conditions that occur there (C).

    The result does not depend on the order of the reports; the same report entered twice is one report.
    """
    unique = tuple(sorted(set(reports), key=_order))
    claims = [[c in r.conditions for c in conditions] for r in unique]
    raw = [np.log(likelihood(x, weight(r, defaults, factors))) for x, r in zip(claims, unique, strict=True)]
    log = np.array(raw).reshape(len(unique), len(conditions))
    size = _size(log)
    factor = np.ones(len(unique))
    for name in (lambda r: ("source", r.source), lambda r: ("origin", origin(r))):
        for member in _groups([name(r) for r in unique]):
            received = [utc(unique[i].received_at) for i in member]
            factor[member] = np.minimum(factor[member], _source_factors(received, size[member], defaults))
    alone = np.minimum(1.0, np.log(defaults.source_odds) / np.maximum(size, _LEAST))  # met by one report
    too_much = bool((factor < alone - 1e-12).any())
    log = log * factor[:, None]
    busy = False
    for member in _groups([utc(r.received_at).date() for r in unique]):
        whole = float(_size(log[member].sum(0)))
        if whole > np.log(defaults.day_odds):
            log[member] *= np.log(defaults.day_odds) / whole
            busy = True
    return Said(unique, log, too_much, busy)


def _source_factors(received: Sequence[datetime], size: Floats, defaults: Defaults) -> Floats:
    """Factors (n) that keep one source under its cap in *every* stretch of `source_days`, received times ascending.

    The sum of sizes bounds the size of the sum, so that the cap still holds after other caps weakened some of the
    reports; a source that contradicts itself is thereby weakened as much as one that repeats itself.
    """
    cap, stretch = np.log(defaults.source_odds), timedelta(days=defaults.source_days)
    factor = np.ones(len(size))
    end = 0
    for first, start in enumerate(received):
        while end < len(received) and received[end] < start + stretch:
            end += 1
        total = float(size[first:end].sum())
        if total > cap:
            factor[first:end] = np.minimum(factor[first:end], cap / total)
    return factor


def _size(log: Floats) -> Floats:
    """Max minus min over the last axis: how far the odds of two conditions are moved, as a logarithm."""
    return np.asarray(log.max(-1) - log.min(-1))


def _groups(keys: Sequence[object]) -> list[list[int]]:
    """Indices that share a key, in the order of first appearance."""
    found: dict[object, list[int]] = {}
    for i, key in enumerate(keys):
        found.setdefault(key, []).append(i)
    return list(found.values())


def _order(report: Report) -> tuple[object, ...]:
    return (utc(report.received_at), utc(report.observed_at), report.source, report.origin, sorted(report.conditions),
            report.reliability, report.credibility, report.hand, report.valid_for_h, report.area)
