"""Invented lines with known dangers, as route books: what judges how we learn and decide. Normative: the draw order.

A line leads from the first of 6 to 20 places on a strip to the last. Areas are stretches of it, one or several to a
country. Ways lead to the three nearest places and to the nearest ahead, on foot and often by road; from some places a
train or boat goes far, on some days of the week only. No way leads back into an area that was left. Dangers are *not*
drawn from the model that learns them: each is a product of what its mode, country, area and the leg itself add, which
are log-normal, and of the condition; some legs are guarded. Experts state each mode and condition, wrong by a factor of
their own. Past parties used some legs much and most hardly, met the conditions as the chains have them, and are known
of only as word comes: the silent are silent as `outcomes` says, and one condition in seven was not recorded.

Nothing here is a real place, and nothing in here knows how dangers are learnt. Fixed in decisions 0035 and 0036.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np

from waystation.hazards.outcomes import reported_by
from waystation.network.conditions import stationary
from waystation.network.defaults import DEFAULTS
from waystation.network.network import Floats
from waystation.network.rows import (
    Area,
    BookRow,
    ChainRow,
    Ended,
    Leg,
    Outcome,
    Place,
    Prior,
    Profile,
    RouteBook,
    Season,
    WaitingLoss,
    Window,
)
from waystation.trust.heard import Ints
from waystation.trust.instances import CONDITIONS, STATED
from waystation.units import Money, MoneyUnit

NOW = datetime(2030, 5, 1, 6, tzinfo=UTC)
TODAY = NOW.date()
STATED_ON = date(2030, 1, 1)
FOOT, ROAD, FAR = "foot", "bus", ("train", "boat")
BASE = {"foot": 0.010, "bus": 0.015, "train": 0.012, "boat": 0.020}  # lost on a leg in calm, of the middle of lines
LONGEST, MOST = 6, 0.6  # days of the shortest of a leg's durations; no danger is above this
GUARDED, GUARDED_TIMES = 0.08, 5.0
KINDS, KIND_SHARES = (Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING), (0.6, 0.25, 0.15)
PAST_DAYS = (20, 540)


@dataclass(frozen=True, slots=True)
class Line:
    """An invented line. Only `book` may be known to whoever plans; the arrays are in the order of the book's rows."""

    book: RouteBook  # chains and experts as stated; no outcomes, no reports
    chain: Floats  # A x C x C per day: the true ones
    area: Ints  # n
    start_of: Ints  # L
    lost: Floats  # L x C
    back: Floats  # L x C: of those not lost
    wait: Floats  # n x C: lost a day
    used: Floats  # L: share of the past parties


def line(seed: int, chain: Floats) -> Line:
    """The line of a seed, whose areas have these true chains a day (A x C x C).

    >>> made = line(10_000, np.array([STATED, STATED]))
    >>> len(made.book.places), len(made.book.legs), made.lost.shape
    (13, 55, (55, 3))
    """
    rng = np.random.default_rng([6, seed])
    n, A = int(rng.integers(6, 21)), len(chain)
    xy = np.c_[np.sort(rng.uniform(0, 3, n)), rng.uniform(0, 1, n)]
    area = np.searchsorted(np.sort(rng.permutation(n - 1)[: A - 1]) + 1, np.arange(n), side="right")
    country = np.minimum(np.arange(A), int(rng.integers(1, A + 1)) - 1)
    legs = _legs(xy, area, rng)
    modes = sorted({mode for _, _, mode, _ in legs})
    src = np.array([i for i, _, _, _ in legs])
    dangers = _dangers(legs, area[src], country[area[src]], rng)
    wait = (rng.uniform(0, 0.004, n) * np.exp(0.4 * rng.standard_normal(A))[area])[:, None] * [1.0, 2.0, 6.0]
    rows = [Leg(f"L{k}", f"P{i}", f"P{j}", mode, f"D{days}", _usd(_cost(mode, apart)))
            for k, (i, j, mode, apart) in enumerate(legs) for days in (_days(mode, apart),)]
    costs = rng.random(n) < 0.2
    book = RouteBook(
        book=BookRow("an invented line", True, 24, MoneyUnit(Decimal(1), "USD"), CONDITIONS, (Season("all", 1, 12),),
                     NOW),
        areas=tuple(Area(f"A{a}", "X" + "ABCD"[country[a]]) for a in range(A)),
        places=tuple(Place(f"P{i}", f"A{area[i]}", "town", goal=i == n - 1, wait_cost=_usd(int(costs[i] and i < n - 1)))
                     for i in range(n)),
        profiles=tuple(Profile(f"D{d}", (24.0 * d, 24.0 * (d + 1), 24.0 * (d + 3)), (0.6, 0.3, 0.1))
                       for d in range(1, LONGEST + 1)),
        legs=tuple(rows), windows=_windows(rows, rng), chains=tuple(
            ChainRow(f"A{a}", was, then, float(STATED[x, y])) for a in range(A)
            for x, was in enumerate(CONDITIONS) for y, then in enumerate(CONDITIONS)),
        priors=_experts(modes, legs, dangers, rng), waiting_loss=_on_waiting(area, wait, rng))
    used = rng.dirichlet(np.full(len(legs), 0.5))
    return Line(book, chain, area, src, dangers[0], dangers[1], wait, used)


def outcomes(made: Line, count: int, seed: int) -> tuple[Outcome, ...]:
    """What is known now of so many past parties, one after the other: the first k are those of a smaller count.

    >>> made = line(10_000, np.array([STATED, STATED]))
    >>> outcomes(made, 9, 1) == outcomes(made, 20, 1)[:9]
    True
    """
    rng = np.random.default_rng([7, seed])
    met = np.array([stationary(one) for one in made.chain])
    return tuple(_outcome(made, met, rng) for _ in range(count))


def _outcome(made: Line, met: Floats, rng: np.random.Generator) -> Outcome:
    leg = int(rng.choice(len(made.used), p=made.used))
    condition = int(rng.choice(len(CONDITIONS), p=met[made.area[made.start_of[leg]]]))
    lost, back = rng.random() < made.lost[leg, condition], rng.random() < made.back[leg, condition]
    kind = KINDS[int(rng.choice(len(KINDS), p=KIND_SHARES))]
    ended = kind if lost else Ended.TURNED_BACK if back else Ended.ARRIVED
    age, told, recorded = int(rng.integers(*PAST_DAYS)), rng.random(), rng.random() >= 1 / 7
    word = DEFAULTS.silence_lost if lost else DEFAULTS.silence_ok
    started = TODAY - timedelta(days=age)
    name = CONDITIONS[condition] if recorded else ""
    hours = 24.0 * age + NOW.hour
    if told >= word.ever_reported * reported_by(word, hours):
        return Outcome(f"L{leg}", started, name, "", Ended.SILENT, None, started, 1)
    return Outcome(f"L{leg}", started, name, "", ended, started + timedelta(days=3), None, 1)


# --- ways -------------------------------------------------------------------------------------------------------------


def _legs(xy: Floats, area: Ints, rng: np.random.Generator) -> list[tuple[int, int, str, float]]:
    """From, to, mode and distance in mean gaps between places; none out of the last place, which is the goal."""
    n = len(xy)
    apart = np.linalg.norm(xy[:, None] - xy[None], axis=2) / np.sqrt(3 / n)
    legs = []
    for i in range(n - 1):
        near = [int(j) for j in np.argsort(apart[i]) if j != i]
        ends = {*near[:3], next(j for j in near if j > i)}
        for j in sorted(j for j in ends if area[j] >= area[i]):
            legs.append((i, j, FOOT, float(apart[i, j])))
            if rng.random() < 0.4:
                legs.append((i, j, ROAD, float(apart[i, j])))
        if rng.random() < 0.25:
            ahead = [j for j in near if j > i and apart[i, j] >= 2]
            legs += [(i, j, FAR[int(rng.integers(2))], float(apart[i, j])) for j in ahead[:2]]
    return legs


def _days(mode: str, apart: float) -> int:
    days = 1.5 * apart if mode == FOOT else 0.7 * apart if mode == ROAD else 1 + apart / 4
    return int(np.clip(np.ceil(days), 1, LONGEST))


def _cost(mode: str, apart: float) -> int:
    return 0 if mode == FOOT else int(np.ceil(apart)) if mode == ROAD else 2 + int(np.ceil(apart / 2))


def _windows(rows: list[Leg], rng: np.random.Generator) -> tuple[Window, ...]:
    """Trains and boats go on two or three days of the week, half of them."""
    return tuple(Window(leg.code, weekdays=frozenset(rng.permutation(7)[: int(rng.integers(2, 4))].tolist()))
                 for leg in rows if leg.mode in FAR and rng.random() < 0.5)


def _usd(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


# --- dangers and who judged them --------------------------------------------------------------------------------------


def _dangers(legs: list[tuple[int, int, str, float]], area: Ints, country: Ints,
             rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Lost, and turned back of those not lost, L x C each."""
    names, L = list(BASE), len(legs)
    mode = np.array([names.index(mode) for _, _, mode, _ in legs])
    base = np.array(list(BASE.values()))
    found = []
    for times, crackdown, most in ((1.0, (4.0, 10.0), MOST), (2.0, (3.0, 8.0), 0.5)):
        of_mode = 0.4 * rng.standard_normal(len(names))
        of_country, of_area = (sd * rng.standard_normal((len(names), 4)) for sd in (0.5, 0.4))
        log = of_mode[mode] + of_country[mode, country] + of_area[mode, area] + 0.4 * rng.standard_normal(L)
        guarded = np.where(rng.random(L) < GUARDED, GUARDED_TIMES, 1.0)
        by_condition = np.array([1.0, rng.uniform(1.5, 3.5), rng.uniform(*crackdown)])
        danger = times * base[mode] * np.exp(log) * guarded
        found.append(np.clip(danger[:, None] * by_condition, 0.0005, most))
    return found[0], found[1]


def _experts(modes: list[str], legs: list[tuple[int, int, str, float]], dangers: tuple[Floats, Floats],
             rng: np.random.Generator) -> tuple[Prior, ...]:
    """Of each mode and condition, the mean over the line's legs, wrong by factors of the mode and of the statement."""
    of_leg, found = np.array([mode for _, _, mode, _ in legs]), []
    for split, danger in zip(("lost", "turned_back"), dangers, strict=True):
        for mode in modes:
            wrong = 0.4 * rng.standard_normal()
            for c, condition in enumerate(CONDITIONS):
                mean = danger[of_leg == mode, c].mean() * np.exp(wrong + 0.3 * rng.standard_normal())
                likely = float(np.clip(100 * mean, 0.1, 30))
                found.append(Prior(mode, "", condition, split, likely, 3 * likely, "desk", STATED_ON, "invented"))
    return tuple(found)


def _on_waiting(area: Ints, wait: Floats, rng: np.random.Generator) -> tuple[WaitingLoss, ...]:
    """Of each area and condition, the mean over its places a week, wrong by a factor."""
    found = []
    for a in range(int(area.max()) + 1):
        for c, condition in enumerate(CONDITIONS):
            week = 1 - (1 - wait[area == a, c].mean()) ** 7
            likely = float(np.clip(100 * week * np.exp(0.5 * rng.standard_normal()), 0.05, 30))
            found.append(WaitingLoss(f"A{a}", condition, likely, 3 * likely, "desk", STATED_ON, "invented"))
    return tuple(found)
