"""The whole line judged by worlds whose truth is known: learn, plan, and ask whether the interval holds the truth.

Each world draws its true dangers from what the experts' judgements alone say, lets parties travel through them, and gives
the planner only the outcomes. If learning, planning and drawing are right, 90 of 100 intervals hold the true chance.
"""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.rows import Ended, Outcome
from waystation.planning.engine.chain import evaluate, start_value
from waystation.planning.plan import leaves_of, plan, rates_of
from waystation.planning.setting import Hazards
from waystation.planning.uncertainty import drawn_safety, worlds
from waystation.trust.truth import beliefs
from worlds.little import NOW, PARTY, little_book, terms

PARTIES_A_LEG = 15  # below 20, so that no leg gets a stratum of its own and truth and plan share their strata
SURE = 1e6  # changes seen: the chains are known, the dangers are what is learnt


def book_of_a_world():
    """The little book without outcomes, its chains known."""
    book = little_book(outcomes=())
    return replace(book, chains=tuple(replace(row, strength=SURE) for row in book.chains))


def travelled(net, truth, rng):
    """Outcomes of parties in calm, under the true dangers."""
    day = (NOW - timedelta(days=1)).date()
    found = []
    for index, leg in enumerate(net.legs):
        if leg == "MINED":
            continue
        leaf = fit(net, now=NOW).leg_leaf[0, index, 0]
        for _ in range(PARTIES_A_LEG):
            lost, back = rng.random() < truth.lost[leaf], rng.random() < truth.back[leaf]
            ended = Ended.INTERCEPTED if lost else Ended.TURNED_BACK if back else Ended.ARRIVED
            found.append(Outcome(leg, day, "calm", "", ended, day, None, 1))
    return tuple(found)


def held(seed) -> bool:
    """Whether the 90 % interval of one world's plan holds the true chance."""
    rng = np.random.default_rng(seed)
    book = book_of_a_world()
    net = network_of(book)
    drawn = fit(net, now=NOW).draws(1, rng)
    truth = Hazards(drawn.lost[0], drawn.back[0], drawn.kind[0])
    learnt = network_of(replace(book, outcomes=travelled(net, truth, rng)))
    posterior = fit(learnt, now=NOW)
    made = plan(learnt, posterior, beliefs(learnt, now=NOW), PARTY, terms(), now=NOW)
    model, chain = made.model, made.chain
    numbers = chain.numbers(model.chain, model.forecast)
    values = evaluate(chain, leaves_of(made.setting, chain), numbers[:, None], rates_of(truth))
    true = float(start_value(chain, values, made.setting.belief)[0])
    safety = drawn_safety(made, worlds(made.setting, posterior, draws=200, seed=seed))
    low, high = np.quantile(safety, [0.05, 0.95])
    return bool(low <= true <= high)


def test_intervals_of_a_few_worlds_hold_the_truth_about_as_often_as_they_say():
    # 20 worlds: fewer than 14 would happen less than once in 400 runs of honest intervals.
    assert sum(held(seed) for seed in range(20)) >= 14


@pytest.mark.soak
def test_intervals_of_500_worlds_hold_the_truth_nine_times_in_ten():
    share = np.mean([held(seed) for seed in range(500)])
    assert 0.87 <= share <= 0.93
