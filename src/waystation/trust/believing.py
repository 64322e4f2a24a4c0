"""Belief per area on a day from reports of sources whose reliability nobody told us: who is right is learnt with it.

    repeat    what was true on each day, by the smoother, if the sources are as is believed now      (filtering.py)
              what habit each root has, if that was true                                             (habits.py)
    at last   the filter: what is believed today

Copies count once (copies.py); no source and no root moves a belief past the cap, also while learning (caps.py). This is
expectation maximisation with one hidden chain per area and one hidden habit per root. It uses what was reported up to
the day that is asked for and nothing later, and it does not depend on the order of the reports. Where nobody reported,
the chain alone is the answer, and `data` says so: 0.
"""

from dataclasses import dataclass

import numpy as np

from waystation.network.network import Floats
from waystation.trust.caps import Voices, capped, voices
from waystation.trust.copies import originals
from waystation.trust.filtering import filtered, smoothed
from waystation.trust.habits import counted, habits, learnt, told
from waystation.trust.heard import Heard, Ints


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided by people; the caps are those of the graded reports (network/defaults.toml)."""

    odds: float = 8.0  # that a root moves at most, per area
    window: int = 7  # within so many days
    rounds: int = 10  # of learning; 0: every source stays as it is believed to be before it spoke
    days: int = 180  # older reports are forgotten

    @property
    def cap(self) -> float:
        """The cap in natural logarithms."""
        return float(np.log(self.odds))


TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed on a day."""

    p: Floats  # A x C, rows sum to 1
    data: Floats  # A, 0..1: how much of it is reports: 1 - 1/e^s, s = the sizes of what was said, aged by the chain
    newest: Ints  # A: day of the newest report, or NEVER
    reports: Ints  # A: reports that count
    roots: Ints  # A: roots that they come from
    copies: int  # reports that repeat another and were not counted
    habit: Floats  # N x K: which habit each source has (habits.NAMES, then one for each condition always named)
    right: Floats  # N: chance that it names the true condition, if each is equally often true


NEVER = np.iinfo(np.intp).min


def believe(heard: Heard, chain: Floats, *, areas: int, now: int, terms: Terms = TERMS) -> Believed:
    """Belief over C conditions of each area on the day `now`, from reports of up to that day and a chain per day.

    `chain` is C x C, or A x C x C where areas have chains of their own.

    >>> P = np.array([[0.9, 0.1], [0.3, 0.7]])
    >>> heard = Heard(np.zeros(2, int), np.array([4, 5]), np.array([0, 1]), np.eye(2, dtype=bool)[[1, 1]], ("", ""),
    ...               np.array([0, 1]))
    >>> found = believe(heard, P, areas=2, now=5)
    >>> found.p.round(3).tolist(), found.data.round(3).tolist()
    ([[0.547, 0.453], [0.75, 0.25]], [0.592, 0.0])
    """
    heard = heard.only((heard.day <= now) & (heard.day > now - terms.days))
    first = originals(heard)
    whole = len(first)
    heard = heard.only(first == np.arange(whole))
    start = int(heard.day.min()) if len(heard.day) else now
    habit, log, said, who = _learnt(heard, chain, areas, now - start + 1, start, terms)
    p = filtered(log, chain)[:, -1]
    return Believed(
        p=p, data=_data(said, who, chain, areas, now), newest=_newest(heard, areas),
        reports=np.bincount(heard.area, minlength=areas), roots=_roots(heard, areas), copies=whole - len(heard.day),
        habit=habit, right=habit @ np.trace(habits(p.shape[1])[0], axis1=1, axis2=2) / p.shape[1])


def _learnt(heard: Heard, chain: Floats, areas: int, days: int, start: int,
            terms: Terms) -> tuple[Floats, Floats, Floats, Voices]:
    """Kind of each source N x K, log likelihoods A x T x C and of the voices m x C, and the voices."""
    C = heard.claim.shape[1]
    tables, share = habits(C)
    _, root = np.unique(heard.root, return_inverse=True)
    habit = np.repeat(share[None], int(root.max(initial=-1)) + 1, axis=0)
    who = voices(heard)
    for left in range(terms.rounds, -1, -1):
        table = np.einsum("nk,ksx->nsx", habit[root[heard.source]], tables)
        said, _ = capped(told(heard.claim, table), who, cap=terms.cap, window=terms.window)
        log = np.zeros((areas, days, C))
        np.add.at(log, (who.area, who.day - start), said)
        if not left:
            break
        truth = smoothed(log, chain)[heard.area, heard.day - start]
        habit = learnt(counted(heard, root, table, truth, who.of), tables, share)
    return habit[root], log, said, who


def _data(said: Floats, who: Voices, chain: Floats, areas: int, now: int) -> Floats:
    """How much of the belief is reports, A."""
    keeps = np.abs(np.linalg.eigvals(np.broadcast_to(chain, (areas, *chain.shape[-2:]))))
    second = np.sort(keeps, axis=1)[:, -2] if keeps.shape[1] > 1 else np.zeros(areas)
    size = np.zeros(areas)
    np.add.at(size, who.area, (said.max(1) - said.min(1)) * second[who.area] ** (now - who.day) if len(said) else 0.0)
    return np.asarray(1 - np.exp(-size))


def _newest(heard: Heard, areas: int) -> Ints:
    newest = np.full(areas, NEVER)
    np.maximum.at(newest, heard.area, heard.day)
    return newest


def _roots(heard: Heard, areas: int) -> Ints:
    pairs = np.unique(np.stack([heard.area, heard.root[heard.source]]), axis=1)
    return np.bincount(pairs[0], minlength=areas)
