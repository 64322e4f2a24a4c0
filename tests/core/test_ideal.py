"""The best that anybody could learn: with nothing seen it believes what lines are drawn from, and it learns what is there."""

import numpy as np
import pytest

from waystation.hazards.ideal import _known, _weighed, means
from waystation.hazards.invented import line, outcomes
from waystation.planning.worth import best_learner
from waystation.trust.instances import STATED

MADE = line(10_000, np.array([STATED, STATED]))


def test_what_it_believes_sums_to_one_and_moves_to_what_was_seen():
    few, many = (means(MADE, outcomes(MADE, count, 1), seed=1, steps=4000) for count in (5, 1000))
    for one in (few, many):
        np.testing.assert_allclose(one.arrive + one.back + one.lost, 1, rtol=0, atol=1e-9)
    used = MADE.used > 0.05

    def off(one):
        return float(np.abs(np.log(one.lost[used, 0] / MADE.lost[used, 0])).mean())
    assert off(many) < 0.8 * off(few)


def test_the_dangers_of_the_normals_that_made_them_weigh_more_than_chance():
    known = _known(MADE, outcomes(MADE, 200, 1))
    rng, size = np.random.default_rng(0), 2 * (38 + 2 * len(known.mode) + len(known.modes))
    drawn = [_weighed(known, rng.standard_normal(size)) for _ in range(200)]
    for _, lost, back in drawn:
        assert lost.shape == back.shape == MADE.lost.shape and 0.0005 <= lost.min() <= lost.max() <= 0.6
    assert np.isfinite([weight for weight, *_ in drawn]).all()


@pytest.mark.soak
def test_who_knows_how_lines_are_drawn_closes_less_than_half_of_the_gap_with_a_hundred_outcomes():
    from waystation.planning.worth import CEILING, EXPERTS, arrived

    seeds = range(40)
    known = np.array([(lambda a: (a.rules[EXPERTS], a.rules[CEILING]))(arrived(seed, (5,))) for seed in seeds]).mean(0)
    best = np.mean([best_learner(seed, 100) for seed in seeds])
    assert (best - known[0]) / (known[1] - known[0]) < 0.5
