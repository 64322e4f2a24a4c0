"""Were we right? Every outcome is scored against what was predicted before it was known.

    Brier = mean (p - x)^2        log score = mean -log p(what happened)        skill = 1 - score / score of the parent
    rate

The parent rate is the belief one level up in the tree: what would have been said without looking closer. Skill above 0
means that looking closer helped. Intervals are 5 % and 95 % of a bootstrap over parties, for a party's legs are not
independent. Before 10 losses or 200 traversals nothing is shown: "too early to say whether we were right".
(Brier, Monthly Weather Review 78, 1950; Dawid, JRSS A 147, 1984: prequential.)
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from waystation.hazards.outcomes import season_of
from waystation.hazards.posterior import Posterior, fit
from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats, Network
from waystation.network.rows import Ended, Outcome
from waystation.trust.reports import utc

TOO_EARLY = "Too early to say whether we were right."
_LOSSES = (Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING)
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Scored:
    """One prediction and what happened."""

    party: str  # legs of one party share it
    split: str  # lost | turned_back
    predicted: float
    parent: float  # predicted one level up
    happened: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How good the predictions of one split were. All None while it is too early."""

    n: int
    events: int
    brier: float | None
    log: float | None
    brier_skill: float | None
    brier_interval: tuple[float, float] | None
    log_skill: float | None
    log_interval: tuple[float, float] | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same size, and how often what they predicted happened."""

    low: float
    high: float
    n: int
    events: int
    predicted: float  # mean
    observed: float


def enough(scored: Sequence[Scored], defaults: Defaults = DEFAULTS) -> bool:
    """Whether there are losses or traversals enough to judge.

    >>> enough([Scored("P1", "lost", 0.05, 0.05, False)] * 200), enough([])
    (True, False)
    """
    lost = [one for one in scored if one.split == "lost"]
    return sum(one.happened for one in lost) >= defaults.losses_min or len(lost) >= defaults.traversals_min


def score(
    scored: Sequence[Scored], split: str, *, rng: np.random.Generator, defaults: Defaults = DEFAULTS
) -> Score:
    """Brier and log score of one split, their skill over the parent rate, and intervals over parties.

    >>> early = score([Scored("P1", "lost", 0.05, 0.05, False)], "lost", rng=np.random.default_rng(1))
    >>> early.brier, early.sentence
    (None, 'Too early to say whether we were right.')
    """
    own = [one for one in scored if one.split == split]
    events = sum(one.happened for one in own)
    if not own or not enough(scored, defaults):
        return Score(len(own), events, None, None, None, None, None, None, TOO_EARLY)
    x = np.array([one.happened for one in own], float)
    p = np.array([[one.predicted, one.parent] for one in own]).clip(_LEAST, 1 - _LEAST)
    losses = np.stack([(p - x[:, None]) ** 2, -np.log(np.where(x[:, None] == 1, p, 1 - p))])  # 2 x n x 2
    names = sorted({one.party for one in own})
    member = np.array([names.index(one.party) for one in own])
    by_party = np.zeros((len(names), 2, 2))
    np.add.at(by_party, member, losses.transpose(1, 0, 2))
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), defaults.resamples)
    resampled = np.tensordot(drawn, by_party, 1)
    skill, low, high = (_skill(losses.sum(1)), *np.quantile(_skill(resampled), (0.05, 0.95), axis=0))
    mean = losses[:, :, 0].mean(-1)
    return Score(len(own), events, float(mean[0]), float(mean[1]), float(skill[0]), (float(low[0]), float(high[0])),
                 float(skill[1]), (float(low[1]), float(high[1])), _sentence(float(low[1]), float(high[1])))


def _skill(sums: Floats) -> Floats:
    """1 - own / parent, for sums ... x 2 scores x (own, parent)."""
    return np.asarray(1 - sums[..., 0] / np.maximum(sums[..., 1], _LEAST))


def _sentence(low: float, high: float) -> str:
    if low > 0:
        return "Looking closer than the broad rate made the predictions better."
    if high < 0:
        return "The broad rate predicted better than the closer look: the small strata are not to be trusted."
    return "The predictions were about as good as the broad rate."


def reliability(scored: Sequence[Scored], split: str, *, defaults: Defaults = DEFAULTS) -> tuple[Bin, ...]:
    """Predictions of one split in ascending bins of at least 20 events each; none while there are fewer.

    Equal predictions stay together. What is left over at the upper end joins the last bin.
    """
    own = sorted((one for one in scored if one.split == split), key=lambda one: one.predicted)
    bins: list[list[Scored]] = [[]]
    inside, left = 0, sum(one.happened for one in own)
    for one in own:
        enough_on_both_sides = min(inside, left) >= defaults.bin_events
        if enough_on_both_sides and one.predicted > bins[-1][-1].predicted:
            bins.append([])
            inside = 0
        bins[-1].append(one)
        inside, left = inside + one.happened, left - one.happened
    return tuple(_bin(b) for b in bins) if inside >= max(1, defaults.bin_events) else ()


def _bin(inside: Sequence[Scored]) -> Bin:
    events, n = sum(one.happened for one in inside), len(inside)
    predicted = math.fsum(one.predicted for one in inside) / n
    return Bin(inside[0].predicted, inside[-1].predicted, n, events, predicted, events / n)


def replay(net: Network, *, now: datetime, defaults: Defaults = DEFAULTS) -> tuple[Scored, ...]:
    """Every ended outcome of the book beside the prediction of the evening before its party set out.

    For a book whose predictions were not kept. One fit for each day on which somebody set out; each record is its own
    party, for a book does not say which records belong together. Records without a condition are left out: nobody
    could have said which prediction was meant.
    """
    legs = {code: i for i, code in enumerate(net.legs)}
    found = []
    known = [(i, o) for i, o in enumerate(net.book.outcomes)
             if o.ended != Ended.SILENT and o.condition and o.leg in legs and _ended(o) <= utc(now).date()]
    for day in sorted({o.started for _, o in known}):
        evening = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(seconds=1)
        before = fit(net, now=evening, defaults=defaults)
        for i, outcome in known:
            if outcome.started == day:
                found += _scored(net, before, outcome, f"R{i + 1}", legs[outcome.leg])
    return tuple(found)


def _scored(net: Network, before: Posterior, outcome: Outcome, party: str, leg: int) -> list[Scored]:
    leaf = before.leg_leaf[season_of(net, outcome), leg, net.conditions.index(outcome.condition)]
    lost, lost_above = float(before.lost[leaf]), float(before.parent[leaf, 0])
    out = [Scored(party, "lost", lost, lost_above, outcome.ended in _LOSSES)]
    if outcome.ended not in _LOSSES:
        back, above = float(before.back[leaf]), float(before.parent[leaf, 1])
        out.append(Scored(party, "turned_back", back, above, outcome.ended == Ended.TURNED_BACK))
    return out


def _ended(outcome: Outcome) -> date:
    return outcome.ended_at or outcome.started


def reports_right(net: Network, *, now: datetime) -> dict[str, tuple[int, int]]:
    """By letter of the source: (right, n) of the reports whose area was met that very day by a party that noted it.

    A report is resolved by an outcome that started in its area on the day the report speaks of.
    """
    area_of = {place.code: place.area for place in net.book.places}
    start_of = {leg.code: area_of[leg.start] for leg in net.book.legs}
    met: dict[tuple[str, date], set[str]] = {}
    for outcome in net.book.outcomes:
        if outcome.condition and outcome.started <= utc(now).date():
            met.setdefault((start_of[outcome.leg], outcome.started), set()).add(outcome.condition)
    found: dict[str, tuple[int, int]] = {}
    for report in net.book.reports:
        seen = met.get((report.area, utc(report.observed_at).date()), set())
        if len(seen) == 1 and utc(report.received_at) <= utc(now):
            right, n = found.get(report.reliability, (0, 0))
            found[report.reliability] = (right + (seen <= report.conditions), n + 1)
    return dict(sorted(found.items()))


def durations_right(net: Network, *, now: datetime) -> tuple[int, int]:
    """(inside, n): arrivals whose days on the way can lie inside the stated range of their leg's profile.

    Days are all that is recorded: d days apart may be d - 1 to d + 1 days of travel.
    """
    profile = {row.code: row.hours for row in net.book.profiles}
    hours_of = {leg.code: profile[leg.profile] for leg in net.book.legs}
    inside = n = 0
    for outcome in net.book.outcomes:
        if outcome.ended == Ended.ARRIVED and outcome.ended_at and outcome.ended_at <= utc(now).date():
            low, high = hours_of[outcome.leg][0], hours_of[outcome.leg][2]
            days = (outcome.ended_at - outcome.started).days
            n += 1
            inside += low <= 24 * (days + 1) and 24 * (days - 1) <= high
    return inside, n
