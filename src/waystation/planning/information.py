"""What is worth finding out: two rankings, best first.

1. *changes the decision*: the expected value of one more report of a given grade on an area (`evsi.py`), and of what
   somebody says who knows one leg (`asking.py`), in one order, counted in arrivals per 100.
2. *shrinks the interval*: how much k more traversals of a stratum would take off the sd, g^2 v k / (E + k) of its
   variance (exact for a Beta; g = slope of P(safe), v = variance, E = equivalent sample size).
"""

import numpy as np

from waystation.hazards.strata import Leaf
from waystation.network.network import Floats
from waystation.planning.asking import worths_of_legs
from waystation.planning.evsi import LEAST_FLOW, Question, Worth, worths
from waystation.planning.knowledge import NO_REPORT, NOBODY_KNOWS, WORLD_CHANGED, Ground
from waystation.planning.plan import Plan, slope, slope_of_hazards
from waystation.planning.results import CHANGES_FIRST, CHANGES_LATER, CHANGES_NOTHING, Assessment, ReportValue
from waystation.planning.setting import posterior_hazards

TRAVERSALS = 10
SHOWN = 3
LEAST_GAIN = 0.05  # arrivals of 100: less changes nothing that could be seen


def worth_knowing(made: Plan, value: Floats, deviation: float, *, grade: str = "B2") -> tuple[ReportValue, ...]:
    """Both rankings, at most three rows of areas, of legs and of strata; `value` is the whole surface, `deviation` the
    sd of P(safe).
    """
    told = [*_best(_of_areas(made, value, grade)), *_best(_of_legs(made, value))]
    return (*_best(told, 2 * SHOWN), *_traversals(made, deviation)[:SHOWN])


def _best(rows: list[ReportValue], most: int = SHOWN) -> list[ReportValue]:
    return sorted(rows, key=lambda row: -(row.changes_decision or 0.0))[:most]


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


def _of_areas(made: Plan, value: Floats, grade: str) -> list[ReportValue]:
    asked, net = made.setting, made.setting.net
    question = Question(made.model, asked.start, asked.belief, np.array([b.p for b in made.beliefs]), net.chain,
                        asked.seasons, asked.lead, value)
    met = _areas_met(made)
    occurs = [np.flatnonzero(net.occurs[area]) if area in met else np.array([], int) for area in range(len(net.areas))]
    found = {one.area: one for one in worths(question, occurs, grade=grade)}
    nothing = Worth(-1, 0.0, turns=False)  # with one condition alone nothing can be heard of it
    return [_sentence(net.areas[area], found.get(area, nothing), grade) for area in met]


def _sentence(area: str, worth: Worth, grade: str) -> ReportValue:
    report = f"One more first-hand report on {area} (grade {grade})"
    return _row("changes_decision", area, report, worth.value, turns=worth.turns)


def _of_legs(made: Plan, value: Floats) -> list[ReportValue]:
    """What somebody who knows a leg could say; only where it would change something at all."""
    answer = "What somebody who knows {} says of its danger".format
    return [_row("leg_changes_decision", one.leg, answer(one.leg), one.value, turns=one.turns)
            for one in worths_of_legs(made, value) if 100 * one.value >= LEAST_GAIN]


def _row(kind: str, about: str, what: str, worth: float, *, turns: bool) -> ReportValue:
    gain = 100 * worth
    changes = CHANGES_FIRST if turns else CHANGES_LATER if gain >= LEAST_GAIN else CHANGES_NOTHING
    return ReportValue(about, kind, gain, None, f"{what} {changes}")


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
