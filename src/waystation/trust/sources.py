"""How far each source of a route book is believed: its letter before it spoke, then what its reports were worth.

A report can be *checked* if, within a week of the day it speaks of, somebody of another root spoke of the same area,
or a party of ours that set out there noted what it met. A report that nobody can check teaches nothing: whoever speaks
alone is never a witness in their own case.

    repeat    what was true, by the smoother, from all that was said and met                     (filtering.py)
              what habit each root has, from what of it could be checked, if that was true       (habits.py)
    prior of a root over the habits    share * e^(x * worth), x so that the mean worth is its letter's
    habit of a root                    its prior and what of it could be checked
    weight    letter * mean worth of its habits now / mean worth before it spoke, at most that of the letter A

Worth of a habit is (q - 1/C) / (1 - 1/C), q how often it names the true condition of C: that of who is contrary, who
guesses or who always says the same is nothing. A source that is never checked is believed as its letter says, to the
last digit. What was true is found without looking at letters, by the method that was measured (believing.py,
decision 0027): otherwise who is graded well and lies would have the honest condemned. The letter is the prior over a
source, the record moves it once five of its reports could be checked, `reports.said` then caps what anybody may move.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from waystation.network.conditions import season_index, stationary_within
from waystation.network.defaults import DEFAULTS, Defaults
from waystation.network.network import Floats, Network
from waystation.network.rows import Report
from waystation.trust.caps import capped, voices
from waystation.trust.filtering import smoothed
from waystation.trust.habits import counted, habits, learnt, told
from waystation.trust.heard import Bools, Heard, Ints
from waystation.trust.reports import origin, utc

DAYS = 180  # older reports teach nothing
ROUNDS = 5
WITHIN_DAYS = 7
MOST = 6.0  # a letter tilts the odds of two habits by e^6 at most: no letter puts anybody beyond learning
MET_RIGHT = 0.95  # how often a party of ours names rightly what it met
ENOUGH = 5.0  # checked reports, below which the letter stands and nothing is said


@dataclass(frozen=True, slots=True)
class Source:
    """What was learnt of everybody who comes from one root."""

    root: str
    checked: float  # reports that could be checked; hearsay and doubtful ones count in part, several of one day once
    right: float  # of them, how many named the condition rightly, as far as is believed
    before: float  # mean worth of its habits by its letter, 0..1
    after: float  # and now

    @property
    def factor(self) -> float:
        """What its letter's weight is multiplied by; 1 while too few of its reports could be checked."""
        return self.after / self.before if self.checked >= ENOUGH else 1.0

    @property
    def sentence(self) -> str:
        """What was learnt of it, in one sentence; empty while too few of its reports could be checked."""
        if self.checked < ENOUGH:
            return ""
        right, how = round(10 * self.right / self.checked), "about as"
        if not 0.9 <= self.factor <= 1.1:
            how = "less than" if self.factor < 1 else "more than"
        return (f"Source {self.root} named the condition rightly in about {right} of 10 reports that could be checked "
                f"({round(self.checked)}): it is believed {how} its grade says.")


def sources(net: Network, *, now: datetime, defaults: Defaults = DEFAULTS) -> dict[str, Source]:
    """What is known by `now` of each root of a book's reports; it does not depend on their order.

    >>> from waystation.network.build import network_of
    >>> from waystation.network.example import example_book
    >>> from waystation.units import instant
    >>> sources(network_of(example_book()), now=instant("2000-01-01"))
    {}
    """
    kept = _kept(net, now)
    if not kept:
        return {}
    roots = sorted({origin(r) for r in kept})
    prior, worth = _priors(kept, roots, net, defaults)
    heard, root_of = _heard(kept, roots, net)
    doubt = np.array([defaults.w_credibility[r.credibility] * defaults.w_hand[r.hand] for r in kept])
    met = _met(net, now)
    known = checkable(heard, root_of, met.area, met.day)
    chance, truth = _judged(heard, root_of, doubt, prior, net, met, known, defaults)
    who = voices(heard)
    share = known * doubt / np.maximum(np.bincount(who.of, weights=known), 1)[who.of]
    right = (truth * heard.claim).sum(1) * share
    return {name: Source(name, float(share[root_of == k].sum()), float(right[root_of == k].sum()),
                         float(prior[k] @ worth), float(chance[k] @ worth)) for k, name in enumerate(roots)}


@dataclass(frozen=True, slots=True)
class _Met:
    """What parties of ours noted where they set out."""

    area: Ints
    day: Ints
    condition: Ints


def _kept(net: Network, now: datetime) -> tuple[Report, ...]:
    """Reports of the last half year that say something, in an order of their own."""
    first = utc(now) - timedelta(days=DAYS)
    here = {area: {c for c, there in zip(net.conditions, net.occurs[a], strict=True) if there}
            for a, area in enumerate(net.areas)}
    kept = {r for r in net.book.reports if first < utc(r.observed_at) <= utc(now) and utc(r.received_at) <= utc(now)
            and 0 < len(r.conditions & here[r.area]) < len(here[r.area])}
    return tuple(sorted(kept, key=lambda r: (utc(r.observed_at), utc(r.received_at), r.area, r.source, r.origin,
                                             sorted(r.conditions), r.reliability, r.credibility, r.hand)))


def _heard(kept: tuple[Report, ...], roots: list[str], net: Network) -> tuple[Heard, Ints]:
    root_of = np.array([roots.index(origin(r)) for r in kept])
    claim = np.array([[c in r.conditions for c in net.conditions] for r in kept])
    area = np.array([net.areas.index(r.area) for r in kept])
    day = np.array([utc(r.observed_at).toordinal() for r in kept])
    return Heard(area, day, root_of, claim, ("",) * len(kept), np.arange(len(roots))), root_of


def _priors(kept: tuple[Report, ...], roots: list[str], net: Network, defaults: Defaults) -> tuple[Floats, Floats]:
    """Chance of each habit by the letter of each root's newest report, R x K, and the worth of the habits, K."""
    C = len(net.conditions)
    tables, share = habits(C)
    worth = np.maximum(0.0, (np.trace(tables, axis1=1, axis2=2) / C - 1 / C) / max(1e-12, 1 - 1 / C))
    worth[7:] = 0.0  # who always says the same
    letter = {origin(r): defaults.w_source[r.reliability] for r in kept}
    return np.array([_tilted(share, worth, letter[name]) for name in roots]), worth


def _tilted(share: Floats, worth: Floats, wanted: float) -> Floats:
    """The shares, tilted by worth until their mean is the wanted one, as far as a letter may tilt."""
    low, high = -MOST, MOST
    for _ in range(50):
        middle = (low + high) / 2
        tilted = share * np.exp(middle * worth)
        tilted /= tilted.sum()
        low, high = (middle, high) if tilted @ worth < wanted else (low, middle)
    return np.asarray(tilted)


def _met(net: Network, now: datetime) -> _Met:
    """Conditions that our own parties noted, by the area and the day on which they set out."""
    area_of = {place.code: place.area for place in net.book.places}
    start = {leg.code: net.areas.index(area_of[leg.start]) for leg in net.book.legs}
    today: date = utc(now).date()
    rows = sorted({(start[o.leg], o.started.toordinal(), net.conditions.index(o.condition)) for o in net.book.outcomes
                   if o.condition and today - timedelta(days=DAYS) < o.started and (o.ended_at or o.started) <= today})
    found = np.array(rows, np.intp).reshape(-1, 3)
    return _Met(found[:, 0], found[:, 1], found[:, 2])


def _days(heard: Heard, met: _Met) -> tuple[int, int]:
    """First day and number of days."""
    every = np.concatenate([heard.day, met.day])
    return int(every.min()), int(every.max() - every.min()) + 1


def checkable(heard: Heard, root_of: Ints, met_area: Ints, met_day: Ints) -> Bools:
    """Of each report whether another root, or a party of ours, spoke of its area within a week, n."""
    near = np.abs(heard.day[:, None] - heard.day) < WITHIN_DAYS
    other = (root_of[:, None] != root_of) & (heard.area[:, None] == heard.area)
    own = (np.abs(heard.day[:, None] - met_day) < WITHIN_DAYS) & (heard.area[:, None] == met_area)
    return np.asarray((near & other).any(1) | own.any(1))


def _judged(heard: Heard, root_of: Ints, doubt: Floats, prior: Floats, net: Network, met: _Met, known: Bools,
            defaults: Defaults) -> tuple[Floats, Floats]:
    """Habits of each root R x K, and what was true of each report n x C: nothing where it could not be checked."""
    C, who = len(net.conditions), voices(heard)
    tables, share = habits(C)
    days = _days(heard, met)
    chain, seen = _chains(net, days), _seen(net, met, days)
    chance, counts, truth = np.tile(share, (len(prior), 1)), np.zeros((len(prior), C, C)), np.zeros(heard.claim.shape)
    for _ in range(ROUNDS):
        table = doubt[:, None, None] * np.einsum("nk,ksx->nsx", chance[root_of], tables)
        table += (1 - doubt)[:, None, None] / C
        said, _ = capped(told(heard.claim, table), who, cap=float(np.log(defaults.source_odds)), window=1)
        log = seen.copy()
        np.add.at(log, (who.area, who.day - days[0]), said)
        truth = np.where(known[:, None], smoothed(log, chain)[heard.area, heard.day - days[0]], 0.0)
        counts = counted(heard, heard.root, table, truth * doubt[:, None], who.of)
        chance = learnt(counts, tables, share)
    graded = np.stack([learnt(counts[k : k + 1], tables, prior[k])[0] for k in range(len(prior))])
    return np.where(counts.sum((1, 2))[:, None] > 0, graded, prior), truth


def _seen(net: Network, met: _Met, days: tuple[int, int]) -> Floats:
    """What our own parties say, as log likelihoods A x T x C."""
    C = len(net.conditions)
    log = np.zeros((len(net.areas), days[1], C))
    right = np.log(MET_RIGHT) - np.log((1 - MET_RIGHT) / max(1, C - 1))
    np.add.at(log, (met.area, met.day - days[0], met.condition), right)
    return log


def _chains(net: Network, days: tuple[int, int]) -> Floats:
    """The chain of each area from each day to the next, A x T x C x C: that of its season, over a day of steps."""
    steps, daily = max(1, round(24 / net.step_hours)), np.empty_like(net.chain)
    for s, chains in enumerate(net.chain):
        for a, P in enumerate(np.array(chains)):
            P[~net.occurs[a]] = stationary_within(P, net.occurs[a])  # what does not occur is left at once
            daily[s, a] = np.linalg.matrix_power(P, steps)
    season = [season_index(net.seasons, date.fromordinal(days[0] + t).month) for t in range(days[1])]
    return np.asarray(daily[season].swapaxes(0, 1))
