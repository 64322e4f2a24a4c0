r"""Is this more than chance? Parties betrayed with one guide, or after one house, against the danger that was learnt.

The honest but unlucky guide walks dangerous legs and loses parties too. So what is asked is not "how many", but: with
the danger that was known of just these passages, how often would an honest one lose as many or more? With chances
p_1..p_n of the single passages the number of losses K is Poisson-binomial, and its tail is exact (no normal curve):

    P(K >= k),   by convolution of the n single passages        (Wang, Statistica Sinica 3, 1993)

Where a danger is itself uncertain, it is given as joint draws and the tail is the mean over them: two passages of one
leg then share their fate in being worse than believed, which speaks for the guide, as it should.

A flag rises only from the second loss on, and only where tail x (how many guides or houses were looked at) is at most
1 in 20 (Bonferroni): if all of them are honest, at most 1 time in 20 is any of them flagged. Whose end nobody knows
counts neither way and is said.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from waystation.network.network import Floats
from waystation.trust.flags import Fact, Flag

RARE = 0.05  # for all that are looked at together
FEWEST = 2  # one betrayal condemns nobody
RECORD = "{record}"  # the form of a fact that says a whole record: in another language it is said from its numbers


@dataclass(frozen=True, slots=True)
class Passage:
    """One party with somebody, or in a house, once. `chance`: of its loss, as learnt before; one number or d draws."""

    party: str
    on: date
    chance: float | tuple[float, ...]
    betrayed: bool | None  # None: nobody knows what became of it


@dataclass(frozen=True, slots=True)
class Record:
    """What stands against somebody and what chance says of it."""

    losses: tuple[Passage, ...]
    known: int  # passages whose end is known
    unknown: int
    expected: float  # losses that the learnt danger alone would bring
    tail: float  # of as many or more losses by chance
    looked_at: int

    @property
    def beyond(self) -> bool:
        """Whether it is more than chance explains, given how many were looked at."""
        return len(self.losses) >= FEWEST and self.tail * self.looked_at <= RARE

    @property
    def sentence(self) -> str:
        """The count and what chance says of it; no verdict."""
        unknown = f" Of {self.unknown} more nobody knows the end." if self.unknown else ""
        if not self.known:
            return f"No passage with a known end.{unknown}"
        said = (f"{len(self.losses)} of {self.known} parties were lost; the danger known of these passages would bring "
                f"{self.expected:.1f}.")
        if not self.losses:
            return said + unknown
        return f"{said} As many or more come by chance {once_in(self.tail)}.{unknown}"


def tail(k: int, chances: Floats) -> float:
    """P(K >= k) of independent passages: `chances` is n, or d x n joint draws over which the mean is taken.

    >>> round(tail(2, np.array([0.5, 0.5, 0.5])), 12), tail(0, np.array([0.1])), tail(2, np.array([0.1]))
    (0.5, 1.0, 0.0)

    Raises `ValueError` for a chance that is none.
    """
    p = np.atleast_2d(np.asarray(chances, float))
    if not np.all((p >= 0) & (p <= 1)):  # also for what is no number
        raise ValueError("a chance lies between 0 and 1")
    if k <= 0:
        return 1.0
    if k > p.shape[1]:
        return 0.0
    below = np.zeros((len(p), k))  # P(exactly j of the passages so far), j < k; what reaches k stays there
    below[:, 0], reached = 1.0, np.zeros(len(p))
    for one in p.T:
        reached = reached + below[:, -1] * one
        below[:, 1:] = below[:, 1:] * (1 - one)[:, None] + below[:, :-1] * one[:, None]
        below[:, 0] *= 1 - one
    return float(min(1.0, reached.mean()))


def record(passages: Sequence[Passage], *, looked_at: int = 1) -> Record:
    """What is known of somebody's passages. `looked_at`: how many people or houses are examined with them.

    Raises `ValueError` for draws of different numbers.
    """
    known = [one for one in passages if one.betrayed is not None]
    lost = tuple(one for one in known if one.betrayed)
    draws = _draws(known)
    return Record(lost, len(known), len(passages) - len(known), float(draws.sum(1).mean()), tail(len(lost), draws),
                  max(1, looked_at))


def _draws(passages: Sequence[Passage]) -> Floats:
    """d x n; single numbers are repeated."""
    told = [one.chance if isinstance(one.chance, tuple) else (one.chance,) for one in passages]
    d = max(map(len, told), default=1)
    if any(len(one) not in {1, d} for one in told):
        raise ValueError("every passage has one chance, or as many draws as the others")
    return np.array([one * d if len(one) == 1 else one for one in told], float).reshape(len(told), d).T


def beyond_chance(of: Mapping[str, Sequence[Passage]], rule: str,
                  beside: Mapping[str, Sequence[str]] | None = None) -> tuple[Flag, ...]:
    """Flags of one rule ("beyond_chance" of guides, "sold_out" of houses) for all that are examined together.

    `beside`: what else each party had with it (party -> names), so that nobody takes the house for its guide: what
    every lost party shared besides stands among the facts.

    >>> sold = {"CEDAR": [Passage(f"P{n}", date(2030, 1, n), 0.05, n < 4) for n in range(1, 7)]}
    >>> [(one.rule, one.about) for one in beyond_chance(sold, "sold_out")]
    [('sold_out', 'CEDAR')]
    """
    found = []
    for name in sorted(of):
        seen = record(of[name], looked_at=len(of))
        if not seen.beyond:
            continue
        facts = [Fact(seen.sentence, form=RECORD, values=(("record", seen),)),
                 *(Fact.told("{party} was lost.", one.on, party=one.party) for one in seen.losses)]
        shared = _shared(seen, beside or {}) - {name}
        if shared:
            facts.append(Fact.told("What all of them shared besides: {shared}. It may be that instead.",
                                   shared=", ".join(sorted(shared))))
        found.append(Flag(rule, name, tuple(facts)))
    return tuple(found)


def _shared(seen: Record, beside: Mapping[str, Sequence[str]]) -> set[str]:
    each = [set(beside.get(one.party, ())) for one in seen.losses]
    return set.intersection(*each) if each else set()


def once_in(chance: float) -> str:
    """A chance in words, rounded up: never told as rarer than it is.

    >>> once_in(0.3), once_in(0.0102), once_in(0.00117), once_in(0.0004)
    ('about 30 times in 100', 'about 2 times in 100', 'about 2 times in 1,000', 'less than once in 1,000')
    """
    if chance < 0.001:
        return "less than once in 1,000"
    of = 1000 if chance < 0.01 else 100
    times = math.ceil(round(of * chance, 9))
    return f"about {times} times in {of:,}" if times > 1 else f"about once in {of:,}"
