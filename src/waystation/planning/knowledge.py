"""How much is known, and what may therefore be said (the four states).

UNKNOWN, no number at all, when any of these holds: strata without a named judgement and without records cause 10 % of
the loss or more; the newest report of the start area is stale; the interval is wider than 50 points; the prior share is
0.95 or more and the answer moves by more than 15 points when the experts are halved or doubled; a regime break in the
last 90 days, on strata that cause 10 % of the loss, with no outcome since.
PRIOR_ONLY, the interval only and on request: fewer than 20 comparable traversals in 12 months, or prior share > 0.8.
THIN, natural frequency with interval, prior share and sensitivity: n_eff < 100 or prior share > 0.5.
MEASURED, natural frequency with interval, n and newest age: otherwise.

Comparable traversals differ from stratum to stratum. The plan's n is the loss-weighted median: at least half of the
danger shown rests on strata with n or fewer. A mean would let one well-known leg hide nine unknown ones.
"""

from dataclasses import dataclass, replace

import numpy as np

from waystation.hazards.posterior import Posterior, fit
from waystation.network.network import Floats
from waystation.planning.engine.chain import start_value
from waystation.planning.engine.kernels import evaluate
from waystation.planning.plan import Plan, leaves_of, rates_of
from waystation.planning.results import Assessment, Knowledge, PriorNamed, Sensitivity
from waystation.planning.setting import Hazards, posterior_hazards
from waystation.planning.uncertainty import Worlds, drawn_safety, plan_deviation, worlds
from waystation.units import of_100

UNNAMED_SHARE = 0.10
WIDEST = 0.50
NOBODY_KNOWS = ("Of a good part of the danger on this way nobody has a record, and no named person has judged it.")
NO_REPORT = "There is no report from the start area that still holds."
WORLD_CHANGED = "Things changed on this way less than 90 days ago, and nobody has come through since."
PRIOR_SURE, PRIOR_MOVES = 0.95, 0.15
TELLS_APART = 0.8
FEW_TRAVERSALS, PRIOR_MOST, THIN_EFFECTIVE, PRIOR_HALF = 20, 0.8, 100.0, 0.5


@dataclass(frozen=True, slots=True)
class Ground:
    """What a plan's danger rests on, weighted by the loss that each stratum causes under the policy."""

    weight: Floats  # leaves: share of the loss, sums to 1
    loss: float  # probability of being lost
    shares: Floats  # 3: own, pooled, prior
    n: int
    n_eff: float
    newest_age_d: float  # inf if there is no record at all
    unnamed: float  # share of the loss from strata of which nobody said or saw anything
    broken: float  # share of the loss from strata after a break with no outcome since


def ground(made: Plan) -> Ground:
    """What the danger of a plan rests on."""
    posterior = made.posterior
    loss = loss_by_leaf(made)
    total = float(loss.sum())
    weight = loss / total if total > 0 else _next_to_the_start(made)
    silent = ~posterior.named & (posterior.n_eff < 1)
    return Ground(
        weight, total, weight @ posterior.shares, int(_weighted_median(posterior.n_raw.astype(float), weight)),
        _weighted_median(posterior.n_eff, weight), float(posterior.newest_age_d[weight > 0].min(initial=np.inf)),
        float(weight[silent].sum()), float(weight[posterior.broken].sum()),
    )


def _next_to_the_start(made: Plan) -> Floats:
    """A plan that meets no danger stays because of what lies next to the start: these strata count alike."""
    model, asked = made.model, made.setting
    leaves = asked.leg_leaf[:, model.ptr[asked.start]:model.ptr[asked.start + 1]]
    weight = np.zeros(len(made.posterior.leaves))
    weight[np.unique(leaves[leaves >= 0])] = 1.0
    return np.asarray(weight / max(float(weight.sum()), 1.0))


def loss_by_leaf(made: Plan) -> Floats:
    """Probability of being lost, by stratum (leaves)."""
    model, chain, asked = made.model, made.chain, made.setting
    loss = np.zeros(len(made.posterior.leaves))
    for leaf, flow, lost in ((asked.leg_leaf, chain.leg_flow, model.lost),
                             (asked.wait_leaf, chain.wait_flow, model.wait_loss)):
        met = flow > 0
        np.add.at(loss, leaf[met], flow[met] * lost.sum(-1)[met])
    return loss


def _weighted_median(value: Floats, weight: Floats) -> float:
    order = np.argsort(value, kind="stable")
    reached = np.cumsum(weight[order])
    return float(value[order][min(np.searchsorted(reached, 0.5 * reached[-1]), len(value) - 1)])


def assess(made: Plan, drawn: Worlds, *, show_expert: bool = False) -> Assessment:
    """State of knowledge and what it lets us say. `show_expert` shows the interval under PRIOR_ONLY."""
    base = ground(made)
    safety = drawn_safety(made, drawn)
    low, high = np.quantile(safety, [0.05, 0.95])
    low, high = max(0.0, float(low) - made.chain.cut), min(1.0, float(high) + made.chain.cut)
    asked = _asked_otherwise(made)
    start = made.beliefs[made.setting.net.area[made.setting.place_of[made.setting.start]]]
    moves = max(abs(asked["half"] - asked["base"]), abs(asked["double"] - asked["base"]))
    state, reasons = state_of(base, stale=start.stale, width=high - low, moves=moves)
    full = Assessment(
        state=state, reasons=reasons, mean=float(safety.mean()), low=low, high=high,
        pessimistic=float(np.clip(safety.mean() + asked["silent"] - asked["base"], 0, 1)),
        own_share=float(base.shares[0]), pooled_share=float(base.shares[1]), prior_share=float(base.shares[2]),
        n=base.n, newest_age_d=None if np.isinf(base.newest_age_d) else int(base.newest_age_d),
        ends=made.ends, sd_adjoint=plan_deviation(made, drawn),
        sensitivity=tuple(Sensitivity(label, float(np.clip(safety.mean() + asked[key] - asked["base"], 0, 1)))
                          for key, label in _LABELS.items()),
        priors=_priors(made, base),
    )
    return withheld(full, show_expert=show_expert)


def withheld(full: Assessment, *, show_expert: bool) -> Assessment:
    """Take out what the state forbids: after this, nothing downstream can print it."""
    if full.state in (Knowledge.THIN, Knowledge.MEASURED):
        return full
    shows = full.state is Knowledge.PRIOR_ONLY and show_expert
    return replace(
        full, mean=None, low=full.low if shows else None, high=full.high if shows else None, pessimistic=None,
        own_share=None, pooled_share=None, prior_share=None, n=None, newest_age_d=None, ends=None, sd_adjoint=None,
        sensitivity=tuple(replace(row, mean=None) for row in full.sensitivity),
        priors=tuple(replace(prior, share=None) for prior in full.priors),
    )


_LABELS = {"half": "if every danger stated by experts were half as high",
           "double": "if every danger stated by experts were twice as high",
           "weak": "if experts were believed half as firmly",
           "firm": "if experts were believed twice as firmly"}


def _asked_otherwise(made: Plan) -> dict[str, float]:
    """P(safe) of the same policy at the mean dangers of other fits: pessimistic, experts scaled."""
    net, now = made.setting.net, made.setting.now
    fits = {
        "base": made.posterior,
        "silent": fit(net, now=now, silent="lost", grounds=False),
        "half": fit(net, now=now, prior_scale=0.5, grounds=False),
        "double": fit(net, now=now, prior_scale=2.0, grounds=False),
        "weak": fit(net, now=now, strength_scale=0.5, grounds=False),
        "firm": fit(net, now=now, strength_scale=2.0, grounds=False),
    }
    return dict(zip(fits, _safety_under(made, list(fits.values())), strict=True))


def _safety_under(made: Plan, posteriors: list[Posterior]) -> list[float]:
    hazards = [posterior_hazards(posterior) for posterior in posteriors]
    columns = Hazards(np.stack([h.lost for h in hazards], 1), np.stack([h.back for h in hazards], 1), hazards[0].kind)
    model, chain = made.model, made.chain
    numbers = np.repeat(chain.numbers(model.chain, model.forecast)[:, None], len(hazards), axis=1)
    values = evaluate(chain, leaves_of(made.setting, chain), numbers, rates_of(columns), first_only=True)
    return [float(value) for value in start_value(chain, values, made.setting.belief)]


def state_of(base: Ground, *, stale: bool, width: float, moves: float) -> tuple[Knowledge, tuple[str, ...]]:
    """The state of knowledge and its reasons; `width` of the interval, `moves` when experts are halved or doubled."""
    prior = float(base.shares[2])
    unknown = (
        (base.unnamed >= UNNAMED_SHARE, NOBODY_KNOWS),
        (stale, NO_REPORT),
        (width > WIDEST, "What is known leaves nearly everything open: the interval is too wide to be of use."),
        (prior >= PRIOR_SURE and moves > PRIOR_MOVES,
         "Nearly everything rests on expert judgement, and the answer turns with it."),
        (base.broken >= UNNAMED_SHARE, WORLD_CHANGED),
    )
    if reasons := tuple(sentence for true, sentence in unknown if true):
        return Knowledge.UNKNOWN, reasons
    only = (
        (base.n < FEW_TRAVERSALS, "Too few journeys on legs like these in the last 12 months to speak from a record."),
        (prior > PRIOR_MOST, "Most of the danger shown rests on expert judgement."),
    )
    if reasons := tuple(sentence for true, sentence in only if true):
        return Knowledge.PRIOR_ONLY, reasons
    if base.n_eff < THIN_EFFECTIVE or prior > PRIOR_HALF:
        return Knowledge.THIN, ("The record is thin: read the whole range, not its middle.",)
    return Knowledge.MEASURED, ("The record of legs like these is long enough to speak from.",)


def _priors(made: Plan, base: Ground) -> tuple[PriorNamed, ...]:
    """The expert statements behind the danger, by how much of it each carries; those under 1 % are left out."""
    book, posterior = made.setting.net.book, made.posterior
    share: dict[tuple[str, int], float] = {}
    for leaf, rows in enumerate(posterior.prior_rows):
        kind = posterior.leaves[leaf].kind
        for row in rows:
            key = (kind, row)
            share[key] = share.get(key, 0.0) + float(base.weight[leaf] * posterior.shares[leaf, 2]) / len(rows)
    named = []
    for (kind, row), part in sorted(share.items(), key=lambda item: (-item[1], item[0])):
        if part < 0.01:
            continue
        if kind == "leg":
            prior = book.priors[row]
            covers = ", ".join(word for word in (prior.mode, prior.country, prior.condition) if word)
            named.append(PriorNamed(prior.author, prior.stated, prior.basis, covers, part))
        else:
            waiting = book.waiting_loss[row]
            covers = ", ".join(word for word in ("waiting", waiting.scope, waiting.condition) if word)
            named.append(PriorNamed(waiting.author, waiting.stated, waiting.basis, covers, part))
    return tuple(named)


def compare(ours: Plan, theirs: Plan, *, draws: int, seed: int, state: Knowledge) -> str:
    """Which of two plans is safer, on the same draws; without a number unless the state lets us speak."""
    longest = max((ours, theirs), key=lambda made: made.model.steps)
    drawn = worlds(longest.setting, ours.posterior, draws=draws, seed=seed)
    a, b = drawn_safety(ours, drawn), drawn_safety(theirs, drawn)
    better = float((a > b).mean() + 0.5 * (a == b).mean())
    if state not in (Knowledge.THIN, Knowledge.MEASURED) or max(better, 1 - better) < TELLS_APART:
        return "The data cannot tell these two plans apart."
    first = better >= TELLS_APART
    low, high = np.quantile(a - b if first else b - a, [0.05, 0.95])
    name, worlds_of_100 = ("first" if first else "other"), of_100(max(better, 1 - better))
    return (f"The {name} plan is safer in {worlds_of_100} of 100 possible worlds. The difference lies between "
            f"{100 * low:+.0f} and {100 * high:+.0f} arrivals of 100 in its favour.")
