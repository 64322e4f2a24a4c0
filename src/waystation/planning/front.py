"""What time and money buy: one solve a deadline gives every budget; one solve a penalty gives the front.

Every deadline is a model of its own, since windows, seasons and forecasts tie the clock to the calendar. The solve
covers budgets up to twice what the party has, so that the same surface tells what more money would change. Curves carry
bands by the adjoint, on the logit scale, so that they stay between 0 and 1.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from waystation.network.network import Floats
from waystation.party import Terms
from waystation.planning.engine.kernels import solve
from waystation.planning.mdp import Surface
from waystation.planning.plan import Plan, followed, solved, with_penalty
from waystation.planning.results import Assessment, Curve, Point, Refused
from waystation.planning.setting import InvalidTerms, Setting, posterior_hazards, setting
from waystation.planning.uncertainty import Worlds, adjoint, deviations

DEADLINES, MONEY_POINTS = 8, 9
SHORTEST, LONGEST = 0.4, 1.5  # of the time the party has
MORE_MONEY = 2  # times what the party has
MOST_UNITS = 400
SIGMAS_90 = 1.645
LEAST_STEP = 1e-4  # of value: what is less is not worth a point
CURVE_CUT = 1e-7  # occupancy below this is not followed for a point of a curve; all that is dropped widens its band


@dataclass(frozen=True, slots=True)
class Deadline:
    """A solved question for one deadline, with budgets up to `units`."""

    day: date
    setting: Setting
    surface: Surface



def deadline_days(made: Plan) -> tuple[date, ...]:
    """Up to 8 deadlines around the party's own, which is always one of them."""
    terms = made.setting.terms
    days = (terms.deadline - terms.depart_from).days
    offered = {max(1, round(days * share)) for share in np.linspace(SHORTEST, LONGEST, DEADLINES)}
    nearest = min(offered, key=lambda offer: (abs(offer - days), offer))
    return tuple(terms.depart_from + timedelta(days=offer) for offer in sorted(offered - {nearest} | {days}))


def deadlines(made: Plan) -> tuple[Deadline, ...]:
    """Solve each offered deadline; one by which no way leads to a goal is left out."""
    found = []
    for day in deadline_days(made):
        asked = _more_money(made, replace(made.setting.terms, deadline=day))
        if asked is not None:
            found.append(Deadline(day, asked, solve(asked.model, start=asked.start)))
    return tuple(found)


def _more_money(made: Plan, terms: Terms) -> Setting | None:
    """The question with another deadline and more money; None if it cannot be asked."""
    own, net = made.setting, made.setting.net
    units = min(max(MORE_MONEY * own.model.budget, own.model.budget + 1), max(MOST_UNITS, own.model.budget))
    richer = replace(terms, budget=net.unit.money(units))
    try:
        asked = setting(net, made.posterior, made.beliefs, own.party, richer, now=own.now)
    except InvalidTerms:  # too far away: more than the longest horizon
        return None
    return None if isinstance(asked, Refused) else asked


def curves(made: Plan, offered: tuple[Deadline, ...], drawn: Worlds, known: Assessment) -> tuple[Curve, ...]:
    """P(safe) against money for each deadline, with 90 % bands.

    `known` is what the draws say of the plan itself. The adjoint is a straight line through a bent world: at the plan
    it is compared with the draws, and all curves are moved, and stretched on either side, by what it misses there, on
    the logit scale. So the chart goes through the printed answer, and its band there is the printed one.
    """
    hazards = posterior_hazards(made.posterior)
    anchor = _anchor(made.chain.safe, known)
    asked = [(deadline, unit) for deadline in offered for unit in _money_points(deadline, made.model.budget)]
    if not asked:
        return ()
    slopes, cut = [], []
    for deadline, unit in asked:
        chain = followed(deadline.setting, deadline.surface, budget=unit, cut=CURVE_CUT)
        slopes.append(adjoint(deadline.setting, chain, hazards))
        cut.append(chain.cut)
    safe = np.array([steep.safe for steep in slopes])
    middle, low, high = _band(safe, deviations(slopes, drawn), anchor)
    low, high = np.clip(low - cut, 0, 1), np.clip(high + cut, 0, 1)
    rows = np.stack([middle, low, high], axis=1)
    found = []
    for deadline in offered:
        mine = [k for k, (other, _) in enumerate(asked) if other is deadline]
        found.append(Curve(deadline.day, _filled(deadline, [asked[k][1] for k in mine], rows[mine])))
    return tuple(found)


def _filled(deadline: Deadline, units: list[int], rows: Floats) -> tuple[Point, ...]:
    """The computed points (budget units; mean, low, high) and, between two of them, every sum that buys something.

    The solved value of each sum is known; between two computed points the chance is taken to rise in step with it.
    """
    value = deadline.setting.belief @ deadline.surface.start[0]

    def point(units: int, row: Floats, *, computed: bool) -> Point:
        return Point(deadline.setting.net.unit.money(units), float(row[0]), float(row[1]), float(row[2]), computed)

    points = [point(units[0], rows[0], computed=True)]
    for (a, left), (b, right) in pairwise(zip(units, rows, strict=True)):
        rise = value[b] - value[a]
        for between in range(a + 1, b):
            if rise > LEAST_STEP and value[between] - value[between - 1] > LEAST_STEP:
                row = left + (right - left) * (value[between] - value[a]) / rise
                points.append(point(between, row, computed=False))
        points.append(point(b, right, computed=True))
    return tuple(points)


def _money_points(deadline: Deadline, own: int) -> list[int]:
    """Budgets from nothing to the most, where the surface moves most, and what the party has: at most 9 of them."""
    value = deadline.setting.belief @ deadline.surface.start[0]
    steps = np.abs(np.diff(value))
    total = steps.sum()
    top = deadline.setting.model.budget
    if total <= 0:
        return sorted({0, min(own, top), top})
    reached = np.concatenate([[0.0], np.cumsum(steps)]) / total
    picked = {int(np.searchsorted(reached, share - 1e-9)) for share in np.linspace(0, 1, MONEY_POINTS - 3)}
    return sorted({0, min(own, top), top} | picked)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What the adjoint misses at the plan itself, on the logit scale: a shift, and a stretch on either side."""

    shift: float = 0.0
    below: float = 1.0
    above: float = 1.0


def _anchor(safe: float, known: Assessment) -> _Anchor:
    """Compare the adjoint's band at the plan (P(safe) at the mean dangers) with the draws."""
    if known.mean is None or known.low is None or known.high is None or not known.sd_adjoint or not 0 < safe < 1:
        return _Anchor()
    spread = SIGMAS_90 * known.sd_adjoint / (safe * (1 - safe))
    middle, low, high = (float(_logit(p)) for p in (known.mean, known.low, known.high))
    return _Anchor(middle - float(_logit(safe)), max(0.0, middle - low) / spread, max(0.0, high - middle) / spread)


def _band(safe: Floats, deviation: Floats, anchor: _Anchor = _Anchor()) -> tuple[Floats, Floats, Floats]:
    """A probability with this sd and its 90 % band: logit p + shift, stretch x 1.645 sd / (p (1 - p)) on either side.

    >>> [float(x[0].round(3)) for x in _band(np.array([0.8]), np.array([0.05]))]
    [0.8, 0.705, 0.87]
    """
    inside = np.clip(safe, 1e-9, 1 - 1e-9)
    spread = SIGMAS_90 * deviation / (inside * (1 - inside))
    certain = (deviation < 1e-15) | (safe <= 0)
    moved = (1 / (1 + np.exp(-np.clip(_logit(inside) + anchor.shift + stretch * spread, -700, 700)))
             for stretch in (0.0, -anchor.below, anchor.above))
    middle, low, high = (np.where(certain, safe, x) for x in moved)
    return middle, low, high


def _logit(p: Floats | float) -> Floats:
    inside = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(inside / (1 - inside)))


def weighed(made: Plan, penalties: tuple[float, ...]) -> tuple[tuple[float, Plan], ...]:
    """The plan for each weight of a loss; the plan itself for its own."""
    return tuple(
        (penalty, made if penalty == made.setting.terms.penalty
         else solved(with_penalty(made.setting, penalty), made.posterior, made.beliefs))
        for penalty in penalties
    )
