"""What is worth finding out: two rankings, best first.

1. *changes the decision*: the expected value of one more report of a given grade on an area,
   EVSI = sum_y p(y) max_a Q(a | b^y) - max_a Q(a | b), counted in arrivals per 100. For the start area Q is read per
   condition; for another area the model is solved again under each b^y.
2. *shrinks the interval*: how much k more traversals of a stratum would take off the sd, g^2 v k / (E + k) of its
   variance (exact for a Beta; g = slope of P(safe), v = variance, E = equivalent sample size).
"""

from dataclasses import replace

import numpy as np

from waystation.hazards.strata import Leaf
from waystation.network.conditions import forecast
from waystation.network.defaults import DEFAULTS
from waystation.network.network import Floats
from waystation.planning.engine.kernels import solve
from waystation.planning.explain import action_values
from waystation.planning.knowledge import NO_REPORT, NOBODY_KNOWS, WORLD_CHANGED, Ground
from waystation.planning.mdp import Model
from waystation.planning.plan import Plan, slope, slope_of_hazards
from waystation.planning.results import CHANGES_FIRST, CHANGES_LATER, CHANGES_NOTHING, Assessment, ReportValue
from waystation.planning.setting import posterior_hazards

TRAVERSALS = 10
LEAST_FLOW = 0.01
SHOWN = 3


def report_likelihood(count: int, *, grade: str = "B2") -> Floats:
    """l[y, s]: chance that a first-hand report of this grade claims y when s is true, C x C.

    >>> report_likelihood(2, grade="A1").round(2).tolist()
    [[0.95, 0.05], [0.05, 0.95]]
    """
    weight = DEFAULTS.w_source[grade[0]] * DEFAULTS.w_credibility[int(grade[1])]
    return weight * np.eye(count) + (1 - weight) / count


def worth_knowing(made: Plan, value: Floats, deviation: float, *, grade: str = "B2") -> tuple[ReportValue, ...]:
    """Both rankings, at most three rows each; `value` is the whole surface, `deviation` the sd of P(safe)."""
    reports = sorted((_of_area(made, value, area, grade) for area in _areas_met(made)),
                     key=lambda row: -(row.changes_decision or 0.0))
    return (*reports[:SHOWN], *_traversals(made, deviation)[:SHOWN])


def what_helps(made: Plan, base: Ground, known: Assessment) -> tuple[ReportValue, ...]:
    """Under UNKNOWN and PRIOR_ONLY: what would let us speak, most urgent first; words alone, no number."""
    net, posterior = made.setting.net, made.posterior
    silent = ~posterior.named & (posterior.n_eff < 1)
    start = net.areas[net.area[made.setting.place_of[made.setting.start]]]
    wanted = []
    if NO_REPORT in known.reasons:
        wanted.append((start, f"A new first-hand report from {start}: the newest one no longer holds."))
    for reason, dark, sentence in (
        (NOBODY_KNOWS, silent, "A named person's judgement, or the outcome of one party, on {}: there is neither."),
        (WORLD_CHANGED, posterior.broken, "The outcome of one journey since things changed, on {}."),
    ):
        if reason in known.reasons:
            words = leaf_words(posterior.leaves[int(np.argmax(np.where(dark, base.weight, -1.0)))])
            wanted.append((words, sentence.format(words)))
    judged = np.where(posterior.named, base.weight * posterior.shares[:, 2], 0.0)  # of the rest nobody judged anything
    if judged.any():
        words = leaf_words(posterior.leaves[int(np.argmax(judged))])
        wanted.append((words, f"How more parties fare on {words}: what is said of it rests mostly on judgement."))
    return tuple(ReportValue(about, "lets_us_speak", None, None, sentence) for about, sentence in wanted)


def _areas_met(made: Plan) -> list[int]:
    """Areas that at least one journey in a hundred enters."""
    chain, net = made.chain, made.setting.net
    area = net.area[made.setting.place_of[chain.place]]
    return [int(a) for a in np.unique(area) if chain.mass[area == a].sum() >= LEAST_FLOW]


def _of_area(made: Plan, value: Floats, area: int, grade: str) -> ReportValue:
    asked, net = made.setting, made.setting.net
    occurs = np.flatnonzero(net.occurs[area])
    if len(occurs) < 2:
        return _sentence(net.areas[area], 0.0, False, grade)
    belief = made.beliefs[area].p
    likelihood = report_likelihood(len(occurs), grade=grade)
    before = _best(made, made.model, value, asked.belief)
    worth, turns = -before[0], False
    for row in likelihood:
        after = np.zeros(len(belief))
        after[occurs] = belief[occurs] * row
        chance = float(after.sum())
        if chance < 1e-12:
            continue
        best = _after(made, value, area, after / chance)
        worth += chance * best[0]
        turns = turns or (best[1] != before[1] and chance > 1e-6)
    return _sentence(net.areas[area], max(0.0, 100 * worth), turns, grade)


def _after(made: Plan, value: Floats, area: int, belief: Floats) -> tuple[float, int]:
    """Value and first action once an area is believed to be otherwise."""
    asked = made.setting
    now = np.array([b.p for b in made.beliefs])
    now[area] = belief
    ahead = forecast(now, asked.net.chain, asked.seasons)[asked.lead:]
    here = asked.net.area[asked.place_of[asked.start]]
    if area == here:
        return _best(made, made.model, value, ahead[0, here])
    model = replace(made.model, forecast=ahead)
    surface = solve(model, start=asked.start, keep_policy=False, keep_value=True)
    assert surface.value is not None
    return _best(made, model, surface.value, asked.belief)


def _best(made: Plan, model: Model, value: Floats, belief: Floats) -> tuple[float, int]:
    q = action_values(model, value, step=0, place=made.setting.start, budget=model.budget)
    by_action = np.where(np.isfinite(q).all(axis=1), np.where(np.isfinite(q), q, 0.0) @ belief, -np.inf)
    action = int(np.argmax(by_action))
    return float(by_action[action]), action


def _sentence(area: str, worth: float, turns: bool, grade: str) -> ReportValue:
    report = f"One more first-hand report on {area} (grade {grade})"
    if turns:
        sentence = f"{report} {CHANGES_FIRST}"
    elif worth >= 0.05:
        sentence = f"{report} {CHANGES_LATER}"
    else:
        sentence = f"{report} {CHANGES_NOTHING}"
    return ReportValue(area, "changes_decision", worth, None, sentence)


def leaf_words(leaf: Leaf) -> str:
    """A stratum in words and codes, from broad to narrow."""
    words = (leaf.mode or "waiting", leaf.country, leaf.area, leaf.leg, leaf.condition, leaf.season)
    return ", ".join(word for word in words if word)


def _traversals(made: Plan, deviation: float) -> list[ReportValue]:
    """Strata of which more outcomes would narrow the interval most."""
    posterior, hazards = made.posterior, posterior_hazards(made.posterior)
    steep, _ = slope_of_hazards(slope(made.setting, made.chain, hazards), hazards)
    drop = steep**2 * posterior.lost_sd**2 * TRAVERSALS / (posterior.ess[:, 0] + TRAVERSALS)
    found = []
    for leaf in np.argsort(-drop, kind="stable")[:SHOWN]:
        if drop[leaf] <= 0 or deviation <= 0:
            break
        words = leaf_words(posterior.leaves[leaf])
        shrink = deviation - np.sqrt(max(deviation**2 - drop[leaf], 0.0))
        found.append(ReportValue(words, "shrinks_interval", None, float(shrink),
                                 f"Knowing how {TRAVERSALS} more parties fared ({words}) would narrow the range most."))
    return found
