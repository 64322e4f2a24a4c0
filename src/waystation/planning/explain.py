"""Why this plan: where its danger is, what else could be done first, and what would change the advice.

Nothing here is an attribution by rule of thumb: forward occupancy times the hazard of a leg is the probability of being
lost on it, and these add up exactly, 1 - P(safe) = lost + stopped + late.
"""

import numpy as np

from waystation.network.network import Floats, Ints
from waystation.network.rows import by
from waystation.planning.engine.chain import Chain
from waystation.planning.engine.kernels import follow, solve
from waystation.planning.front import Deadline
from waystation.planning.mdp import FIRST_LEG, STOP, WAIT, Model
from waystation.planning.plan import Plan
from waystation.planning.results import Change, Choice, Danger
from waystation.planning.setting import Hazards, posterior_hazards, with_hazards
from waystation.units import Money, day_words

BEST_CHOICES = 3
FACTOR_MOST, FACTOR_STEPS = 8.0, 5
LEGS_TRIED = 4


def action_values(model: Model, value: Floats, *, step: int, place: int, budget: int) -> Floats:
    """Q of every action here: (2 + legs out) x C; -inf where it cannot be done. `value` is T+1 x n x C x NB.

    The same equations as in `mdp.py`, for one place and budget.
    """
    q = np.full((FIRST_LEG + model.ptr[place + 1] - model.ptr[place], model.chain.shape[-1]), -np.inf)
    chain = model.chain[model.season_of[step], model.area[place]]
    q[STOP] = model.stay_value[place]
    loss = model.wait_loss[model.season_of[step], place]
    after, left = model.wait_to[place], budget - model.wait_cost[place]
    if after >= 0 and left >= 0:
        q[WAIT] = (1 - loss.sum(-1)) * (chain @ value[step + 1, after, :, left]) - loss @ model.penalty
    for action, leg in enumerate(range(model.ptr[place], model.ptr[place + 1]), FIRST_LEG):
        left = budget - model.cost[leg]
        if model.leg_open[step, leg] and left >= 0:
            q[action] = _leg_value(model, value, step, place, leg, left, chain)
    return q


def _leg_value(model: Model, value: Floats, step: int, place: int, leg: int, left: int, chain: Floats) -> Floats:
    season, end = model.season_of[step], model.dst[leg]
    arriving, returning = np.zeros(len(chain)), np.zeros(len(chain))
    for duration, share in zip(model.prof_dur[model.profile[leg]], model.prof_q[model.profile[leg]], strict=True):
        then = step + int(duration)
        if then > model.steps:
            continue
        power = np.linalg.matrix_power(chain, int(duration))
        returning += share * (power @ value[then, place, :, left])
        if model.area[end] == model.area[place]:
            arriving += share * (power @ value[then, end, :, left])
        else:
            arriving += share * (model.forecast[then, model.area[end]] @ value[then, end, :, left])
    return np.asarray(model.arrive[season, leg] * arriving + model.back[season, leg] * returning
                      - model.lost[season, leg] @ model.penalty)


# --- where the danger is --------------------------------------------------------------------------------------------


def dangers(made: Plan) -> tuple[Danger, ...]:
    """Loss by leg and by waiting place, largest first; the shares add up to the whole loss."""
    chain, model, asked, net = made.chain, made.model, made.setting, made.setting.net
    legs, places = len(net.legs), len(net.places)
    leg_loss, leg_prior = _by_row(made, asked.leg_leaf, chain.leg_flow, model.lost, asked.leg_of, legs)
    wait_loss, wait_prior = _by_row(made, asked.wait_leaf, chain.wait_flow, model.wait_loss, asked.place_of, places)
    total = float(leg_loss.sum() + wait_loss.sum())
    home = net.countries[net.area[asked.place_of[asked.start]]]
    rows = [_danger(made, "", int(place), int(place), wait_loss[place], wait_prior[place], total, home)
            for place in np.flatnonzero(wait_loss.sum(-1) > 0)]
    rows += [_danger(made, net.legs[leg], int(net.source[leg]), int(net.dst[leg]), leg_loss[leg], leg_prior[leg], total,
                     home) for leg in np.flatnonzero(leg_loss.sum(-1) > 0)]
    return tuple(sorted(rows, key=lambda row: (-(row.loss or 0.0), row.leg, row.place)))


def _by_row(made: Plan, leaf: Ints, flow: Floats, lost: Floats, owner: Ints, count: int) -> tuple[Floats, Floats]:
    """Loss by kind of each leg or place of the network, and how much of it rests on experts."""
    loss = flow[..., None] * lost  # S x L' x C x 3
    prior = np.where(leaf >= 0, made.posterior.shares[leaf, 2], 0.0) * loss.sum(-1)
    by_kind, by_prior = np.zeros((count, 3)), np.zeros(count)
    np.add.at(by_kind, owner, loss.sum((0, 2)))
    np.add.at(by_prior, owner, prior.sum((0, 2)))
    return by_kind, by_prior


def _danger(made: Plan, leg: str, place: int, to: int, loss: Floats, prior: float, total: float, home: str) -> Danger:
    net = made.setting.net
    country = net.countries[net.area[place]]
    mode = net.modes[net.legs.index(leg)] if leg else ""
    all_loss = float(loss.sum())
    return Danger(leg, net.places[place], net.places[to], mode, country, all_loss, all_loss / total, float(loss[0]),
                  float(loss[1]), float(loss[2]), country != home, float(prior) / all_loss)


def after_first_crossing(rows: tuple[Danger, ...]) -> float | None:
    """Share of the loss that lies beyond the first border: on legs and at places that start in another country.

    A crossing itself starts in the country fled from, so it counts before.
    """
    total = sum(row.loss or 0.0 for row in rows)
    return sum(row.loss or 0.0 for row in rows if row.after_first_crossing) / total if total > 0 else None


# --- what else could be done first ----------------------------------------------------------------------------------


def first_action(made: Plan) -> int:
    """What most journeys do first."""
    chain = made.chain
    first = slice(chain.layer[0], chain.layer[1])
    return int(np.argmax(np.bincount(chain.action[first], chain.mass[first])))


def action_words(made: Plan, action: int) -> str:
    """An action at the start, in words and codes."""
    net, asked = made.setting.net, made.setting
    place = net.places[asked.place_of[asked.start]]
    if action == STOP:
        return f"stay at {place} and do not leave yet"
    if action == WAIT:
        return f"wait at {place}"
    leg = asked.leg_of[made.model.ptr[asked.start] + action - FIRST_LEG]
    return f"go {by(net.modes[leg])} from {place} to {net.places[net.dst[leg]]} ({net.legs[leg]})"


def choices(made: Plan, value: Floats) -> tuple[Choice, ...]:
    """The plan, and the best other first actions done whatever the condition; `value` is the whole surface."""
    model, asked = made.model, made.setting
    by_condition = action_values(model, value, step=0, place=asked.start, budget=model.budget)
    q = np.where(np.isfinite(by_condition), by_condition, 0.0) @ asked.belief
    chosen = first_action(made)
    q[chosen] = asked.belief @ made.surface.start[0, :, model.budget]  # the plan looks at the condition before it acts
    possible = np.flatnonzero(np.isfinite(by_condition).all(axis=1))
    ranked = sorted(possible, key=lambda action: (action != chosen, -q[action]))[:BEST_CHOICES]
    return tuple(_choice(made, int(action), float(q[action]), chosen) for action in ranked)


def _choice(made: Plan, action: int, value: float, chosen: int) -> Choice:
    model, asked, policy = made.model, made.setting, made.surface.policy
    assert policy is not None
    forced = policy.copy()
    forced[0, asked.start, :, model.budget] = action
    chain = made.chain
    if action != chosen:
        chain = follow(model, forced, start=asked.start, belief=asked.belief, budget=model.budget)
    worst, chance = max(zip(("intercepted", "harmed", "missing"), chain.lost, strict=True), key=lambda row: row[1])
    leg = asked.leg_of[model.ptr[asked.start] + action - FIRST_LEG] if action >= FIRST_LEG else -1
    return Choice(action_words(made, action), asked.net.legs[leg] if leg >= 0 else "", value, chain.safe,
                  float(chain.lost.sum()), _median_days(made, chain), _spent(made, chain), worst, float(chance),
                  action == chosen)


def _median_days(made: Plan, chain: Chain) -> float | None:
    """Median days to the goal, of those who arrive."""
    if chain.safe <= 0:
        return None
    reached = np.cumsum(chain.arrivals)
    return int(np.searchsorted(reached, reached[-1] / 2)) * made.setting.net.step_hours / 24


def _spent(made: Plan, chain: Chain) -> Money | None:
    """Expected spending of those who arrive, rounded up to whole units."""
    if chain.safe <= 0:
        return None
    return made.setting.net.unit.money(int(np.ceil(made.model.budget - chain.money_left / chain.safe - 1e-9)))


# --- what would change the advice -----------------------------------------------------------------------------------


def changes(made: Plan, offered: tuple[Deadline, ...]) -> tuple[Change, ...]:
    """What would change the first action: a condition, money, time, or a danger judged otherwise."""
    return (*_by_condition(made), *_by_money(made, offered), *_by_time(made, offered), *_by_hazard(made))


def _likeliest(made: Plan) -> int:
    return int(np.argmax(made.setting.belief))


def _usual(made: Plan) -> int:
    """The first action in the likeliest condition: what other deadlines and dangers are compared with, in the same one.

    What most journeys do first may be another: three conditions of which the two less likely agree outvote the third.
    """
    assert made.surface.policy is not None
    return int(made.surface.policy[0, made.setting.start, _likeliest(made), made.model.budget])


def _by_condition(made: Plan) -> tuple[Change, ...]:
    asked, policy = made.setting, made.surface.policy
    names = [name.replace("_", " ") for name in asked.net.conditions]
    assert policy is not None
    here = policy[0, asked.start, :, made.model.budget]
    usual = first_action(made)
    occurs = asked.net.occurs[asked.net.area[asked.place_of[asked.start]]]
    return tuple(Change("condition", f"If the start area is {names[c]}: {action_words(made, int(here[c]))}.")
                 for c in np.flatnonzero(occurs) if here[c] != usual)


def _by_money(made: Plan, offered: tuple[Deadline, ...]) -> tuple[Change, ...]:
    own = next((d for d in offered if d.day == made.setting.terms.deadline), None)
    if own is None:
        return ()
    assert own.surface.policy is not None
    row = own.surface.policy[0, own.setting.start, _likeliest(made)]
    units = made.model.budget
    more = next((b for b in range(units + 1, own.setting.model.budget + 1) if row[b] != row[units]), None)
    less = next((b for b in range(units - 1, -1, -1) if row[b] != row[units]), None)
    unit, found = made.setting.net.unit, []
    if more is not None:
        found.append(Change("money", f"With {unit.money(more - units)} more: {action_words(made, int(row[more]))}."))
    elif own.setting.model.budget > units:  # else nothing above was looked at, and nothing can be said of it
        found.append(Change("money", f"Up to {unit.money(own.setting.model.budget)}, more money would not change what "
                                     "is done first."))
    if less is not None:
        below = " or less" if less and (row[:less] == row[less]).all() else ""
        found.append(Change("money", f"With {unit.money(less)}{below}: {action_words(made, int(row[less]))}."))
    return tuple(found)


def _by_time(made: Plan, offered: tuple[Deadline, ...]) -> tuple[Change, ...]:
    usual, c, units = _usual(made), _likeliest(made), made.model.budget
    found = []
    for deadline in offered:
        assert deadline.surface.policy is not None
        action = int(deadline.surface.policy[0, deadline.setting.start, c, min(units, deadline.setting.model.budget)])
        if action != usual and deadline.day != made.setting.terms.deadline:
            found.append((deadline.day, action))
    earlier = [row for row in found if row[0] < made.setting.terms.deadline][-1:]
    later = [row for row in found if row[0] > made.setting.terms.deadline][:1]
    return tuple(Change("time", f"With {day_words(day)} as the deadline: {action_words(made, action)}.")
                 for day, action in (*earlier, *later))


def _by_hazard(made: Plan) -> tuple[Change, ...]:
    """For the most dangerous legs: the smallest factor on their danger that changes the first action."""
    worst = [row for row in dangers(made) if row.leg][:LEGS_TRIED]
    found = []
    for row in worst:
        leaves = _leaves_of_leg(made, row.leg)
        for most in (FACTOR_MOST, 1 / FACTOR_MOST):
            factor = _turning_factor(made, leaves, most)
            if factor is not None:
                words = f"{factor:.1f} times as high" if factor > 1 else f"{1 / factor:.1f} times lower"
                action = action_words(made, _first_under(made, leaves, factor))
                found.append(Change("hazard", f"If the danger of {row.leg} were about {words}: {action}."))
    if not found:
        found.append(Change("hazard", "Nothing within 8 times of any single leg's danger changes what is done first."))
    return tuple(found)


def _leaves_of_leg(made: Plan, leg: str) -> Ints:
    asked = made.setting
    rows = asked.leg_leaf[:, asked.leg_of == asked.net.legs.index(leg)]
    return np.unique(rows[rows >= 0])


def _turning_factor(made: Plan, leaves: Ints, most: float) -> float | None:
    usual = _usual(made)
    if _first_under(made, leaves, most) == usual:
        return None
    near, far = 0.0, float(np.log(most))  # on the log scale the factor is bisected evenly
    for _ in range(FACTOR_STEPS):
        middle = (near + far) / 2
        if _first_under(made, leaves, float(np.exp(middle))) == usual:
            near = middle
        else:
            far = middle
    return float(np.exp(far))


def _first_under(made: Plan, leaves: Ints, factor: float) -> int:
    """The first action when the danger of some strata is `factor` times as high."""
    base = posterior_hazards(made.posterior)
    lost = base.lost.copy()
    lost[leaves] = np.minimum(lost[leaves] * factor, 0.95)
    model = with_hazards(made.setting, Hazards(lost, base.back, base.kind))
    policy = solve(model, start=made.setting.start).policy
    assert policy is not None
    return int(policy[0, made.setting.start, _likeliest(made), model.budget])

