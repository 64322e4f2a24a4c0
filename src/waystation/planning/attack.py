"""The worst case: what an attacker who controls k sources and knows the model takes from those who decide by reports.

A party stands at a place and takes the first step that is best under what is believed of its area, b' instead of b. By
what is believed without the attacker it loses Q(a*(b), b) - Q(a*(b'), b) arrivals. The attacker wants most of it, and
the party stands where it can be had. Later the party sees the condition of its area itself; lies about areas ahead are
not counted here.

Bound. One root moves the odds of two conditions by at most e^cap within a window (trust/caps.py), so k of them move b
to some b' whose weights u lie between b and e^(k cap) b, up to a common factor. Action a can then only be taken in
place of a* if it is better under some such u, that is if

    sum_s b_s (e^(k cap) max(d_s, 0) + min(d_s, 0)) >= 0,        d_s = Q(a, s) - Q(a*, s)

and the bound is the largest loss of any such action: no strategy within a window can take more while the weights of
sources stay. Who speaks for months also moves what is learnt of *others*; for that nothing is promised but the bound
under *any* belief whatever, which is the same with k without end. (Robust choice among a set of beliefs: Gilboa and
Schmeidler, Journal of Mathematical Economics 18, 1989; caps as a contraction: Birkhoff, Transactions AMS 85, 1957.)
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations_with_replacement, product
from types import MappingProxyType
from typing import Any

import numpy as np

from waystation.network.network import Floats
from waystation.planning.engine.instances import model_of_instance
from waystation.planning.engine.kernels import solve
from waystation.planning.explain import action_values
from waystation.planning.mdp import Model
from waystation.trust.believing import TERMS, Terms, believe
from waystation.trust.habits import RIGHT, habits, told
from waystation.trust.heard import Heard

ATTACKERS = (1, 2, 3, 4, 5)
DAYS, HONEST, SPEAKS, HONEST_RIGHT = 28, 6, 0.3, 0.8
LIE_DAYS = (1, 3, 7)
MONTHS: Mapping[str, int] = MappingProxyType({"S": 5, "M": 1})  # of each area of these invented networks


@dataclass(frozen=True, slots=True)
class Lost:
    """Arrivals lost per 100 at the worst place of an area, for one number of attackers."""

    network: str
    area: int
    attackers: int
    in_window: float  # the best of all combinations of what may be said on the day, weights of sources as they are
    bound: float  # of that
    patient: float  # the best that was found of a month of building trust, then lying, with all learning
    bound_any: float  # under any belief whatever


def choices(model: Model, value: Floats, *, area: int) -> list[Floats]:
    """Q of the first step at each place of an area that is no goal, all money left: actions x C each.

    `value` is the surface of the solved model, T+1 x n x C x NB.
    """
    here = np.flatnonzero((model.area == area) & ~model.goal)
    every = [action_values(model, value, step=0, place=int(i), budget=model.budget) for i in here]
    return [q[np.isfinite(q).all(1)] for q in every]


def loss(q: Floats, b: Floats, believed: Floats) -> float:
    """Arrivals lost per 100 where `believed` decides and b is what would be believed without the attacker.

    >>> q = np.array([[0.9, 0.1], [0.5, 0.5]])  # go, wait; calm, crackdown
    >>> round(loss(q, np.array([0.4, 0.6]), np.array([0.8, 0.2])), 6)
    8.0
    """
    worth = q @ b
    return float(100 * (worth.max() - worth[int(np.argmax(q @ believed))]))


def bound(q: Floats, b: Floats, *, moved: float) -> float:
    """The most that can be lost per 100 if the odds are moved by e^moved; `moved` may be inf.

    >>> q = np.array([[0.9, 0.1], [0.5, 0.5]])
    >>> [round(bound(q, np.array([0.4, 0.6]), moved=x), 6) for x in (0.1, 3.0)]
    [0.0, 8.0]
    """
    worth = q @ b
    better = q - q[int(np.argmax(worth))]
    gain = np.where(better > 0, better * b, 0.0).sum(1)
    cost = np.where(better < 0, better * b, 0.0).sum(1)
    may = (gain > 0) & (moved + np.log(np.maximum(gain, 1e-300)) >= np.log(np.maximum(-cost, 1e-300)))
    return float(100 * (worth.max() - worth[may].min(initial=worth.max())))


def in_window(q: list[Floats], b: Floats, attackers: int, *, terms: Terms = TERMS) -> float:
    """The most lost by what k fully trusted roots may say on the day: every combination of all claims and silence."""
    C = len(b)
    claims = np.array([one for one in product((False, True), repeat=C) if any(one)])
    table = habits(C)[0][len(RIGHT) - 1]
    said = told(claims, np.broadcast_to(table, (len(claims), C, C)))
    size = said.max(1) - said.min(1)
    said = said * np.minimum(1.0, terms.cap / np.maximum(size, 1e-300))[:, None]
    return max(worst_loss(q, b, b * np.exp(said[list(chosen)].sum(0)))
               for chosen in combinations_with_replacement(range(len(said)), attackers))


def worst_loss(q: list[Floats], b: Floats, believed: Floats) -> float:
    """The largest `loss` of all places."""
    return max(loss(one, b, believed) for one in q)


@dataclass(frozen=True, slots=True)
class _Month:
    """A month in one area: its chain per day, what was true, and what honest sources said."""

    chain: Floats
    truth: list[int]
    rows: list[tuple[int, int, int]]  # day, source, claim

    def believed(self, lies: list[tuple[int, int, int]], terms: Terms) -> Floats:
        """Belief on the last day with these reports added."""
        day, source, claim = np.array([*self.rows, *lies]).T
        heard = Heard(np.zeros(len(day), np.intp), day, source, np.eye(len(self.chain), dtype=bool)[claim],
                      ("",) * len(day), np.arange(HONEST + max(ATTACKERS)))
        return np.asarray(believe(heard, self.chain, areas=1, now=DAYS - 1, terms=terms).p[0])


def patient(q: list[Floats], month: _Month, b: Floats, attackers: int, *, terms: Terms = TERMS) -> float:
    """The most lost by what was found: tell the truth or be silent first, lie for some days, then each word by itself.

    Every plan of (true first or silent, days of lying, lie) is tried; from the best one, each attacker's word on each
    of its last days is changed to whatever is worse for the party, once through.
    """
    C, who = len(b), range(HONEST, HONEST + attackers)
    best, plan = 0.0, dict[tuple[int, int], int]()
    for true_first, lying, x in product((True, False), LIE_DAYS, range(C)):
        tried = {(d, s): month.truth[d] for d in range(DAYS - lying) for s in who if true_first}
        tried |= {(d, s): x for d in range(DAYS - lying, DAYS) for s in who}
        found = worst_loss(q, b, month.believed([(d, s, c) for (d, s), c in tried.items()], terms))
        if found > best or not plan:
            best, plan = found, tried
    for key in [(d, s) for d in range(DAYS - 3, DAYS) for s in who]:
        for x in range(C):
            tried = plan | {key: x}
            found = worst_loss(q, b, month.believed([(d, s, c) for (d, s), c in tried.items()], terms))
            if found > best:
                best, plan = found, tried
    return best


def month_of(chain: Floats, seed: int) -> _Month:
    """An invented month in an area whose chain per day this is."""
    rng = np.random.default_rng(seed)
    C, at, truth, rows = len(chain), 0, [], []
    for _ in range(100):
        at = int((rng.random() > chain[at].cumsum()).sum().clip(0, C - 1))
    for day in range(DAYS):
        at = int((rng.random() > chain[at].cumsum()).sum().clip(0, C - 1))
        truth.append(at)
        for source in range(HONEST):
            if rng.random() < SPEAKS:
                right = rng.random() < HONEST_RIGHT
                rows.append((day, source, at if right else int((at + 1 + rng.integers(C - 1)) % C)))
    return _Month(chain, truth, rows)


def worst_case(network: str, model: Model, value: Floats, *, area: int, seed: int,
               terms: Terms = TERMS) -> Iterator[Lost]:
    """What k = 1..5 attackers take in one area of a network in an invented month, beside the bounds."""
    q = choices(model, value, area=area)
    if not q:
        return
    month = month_of(model.chain[0, area] @ model.chain[0, area], seed)  # two steps a day
    b = month.believed([], terms)
    for k in ATTACKERS:
        yield Lost(network, area, k, in_window(q, b, k, terms=terms),
                   max(bound(one, b, moved=k * terms.cap) for one in q),
                   patient(q, month, b, k, terms=terms), max(bound(one, b, moved=np.inf) for one in q))


def bench(*, months: Mapping[str, int] = MONTHS, progress: Callable[[str], None] = lambda _text: None) -> list[Lost]:
    """The worst case in every area of the published networks, in so many months each: four minutes."""
    found: list[Lost] = []
    for network, count in months.items():
        model = model_of_instance(network)
        surface = solve(model, start=0, keep_value=True)
        assert surface.value is not None
        for area, seed in product(range(int(model.area.max()) + 1), range(count)):
            progress(f"the worst case on {network}, area {area}, month {seed}")
            found += worst_case(network, model, surface.value, area=area, seed=seed)
    return found


def table(found: list[Lost]) -> str:
    """Arrivals lost per 100: mean over areas and months, and the largest."""
    lines = ["arrivals lost per 100 at the worst place of the area: mean over areas and months, and (largest)", "",
             f"{'network':9}{'roots':>6}{'on the day':>20}{'bound':>20}{'in a month':>20}{'bound, any belief':>20}"]
    for network, k in product(dict.fromkeys(one.network for one in found), ATTACKERS):
        rows = [one for one in found if (one.network, one.attackers) == (network, k)]
        cells = [[getattr(one, name) for one in rows] for name in ("in_window", "bound", "patient", "bound_any")]
        lines.append(f"{network:9}{k:6}" + "".join(f"{np.mean(x):.2f} ({max(x):.2f})".rjust(20) for x in cells))
    lines += ["", *(f"{'met   ' if met else 'MISSED'}  {name}: {number:.4f}" for name, number, met in goals(found))]
    return "\n".join(lines)


def goals(found: list[Lost]) -> list[tuple[str, float, bool]]:
    """That both bounds hold everywhere."""
    over = max((one.in_window - one.bound for one in found), default=0.0)
    over_any = max((one.patient - one.bound_any for one in found), default=0.0)
    return [("lost on the day above its bound, at most", over, over <= 1e-9),
            ("lost in a month above the bound of any belief, at most", over_any, over_any <= 1e-9)]


def as_json(found: list[Lost]) -> dict[str, Any]:
    """The same as plain values."""
    return {"lost_of_100": [asdict(one) for one in found],
            "goals": [{"name": name, "measured": number, "met": met} for name, number, met in goals(found)]}
