"""Why intervals are as wide as they are: what a spread adds, on which side they miss, and what a narrower one costs."""

from dataclasses import replace

import numpy as np
import pytest

from waystation.hazards.apart import exchange, log_variance, missed, off
from waystation.network.defaults import DEFAULTS

FEW = range(10_000, 10_003)


@pytest.mark.parametrize("strength", [2.0, 4.0, 8.0, 16.0])
def test_a_strength_s_log_variance_is_that_of_a_gamma(strength):
    """For rare dangers a Beta worth s events is a Gamma of shape s, whose log varies by the sum of 1 / (s + k)^2."""
    by_hand = float((1 / (strength + np.arange(200_000)) ** 2).sum())
    assert log_variance((strength,), 0.01) == pytest.approx(by_hand, rel=0.03)


def test_kin_that_are_taken_to_be_more_alike_make_intervals_narrower_and_miss_more_below():
    close = replace(DEFAULTS, alike=replace(DEFAULTS.alike, strengths=(16.0,), legs=(16.0,)))
    ours, narrow = missed(FEW, 5), missed(FEW, 5, defaults=close)
    assert len(ours) == len(narrow) == 2
    for wide, tight in zip(ours, narrow, strict=True):
        assert 0 <= wide.below <= tight.below <= 1 and 0 <= wide.above <= 1
        assert tight.width < 0.8 * wide.width


def test_experts_who_say_more_move_the_truth_below_what_is_believed():
    right, high = off(FEW, 5), off(FEW, 5, scale=3.0)
    assert right.weight.sum() == pytest.approx(1) and len(right.log) == len(high.log)
    assert high.at(0.5) < right.at(0.5) - 0.7
    assert off(FEW, 5, split="turned_back").at(0.5) != right.at(0.5)
    assert exchange(right, [right], 0.05, 0.05)[0] == pytest.approx(0.9, abs=0.02)


def test_published_lines_are_not_taken_apart():
    with pytest.raises(ValueError, match="seed 999 is a published one"):
        missed([999], 5)
    with pytest.raises(ValueError, match="from 10000 on"):
        off([0], 5)


@pytest.mark.soak
def test_an_interval_that_meets_the_goal_with_few_outcomes_fails_with_experts_three_times_wrong():
    """Decision 0074: at 95 of 100 with right experts, on whichever side the other five are, one of the two falls."""
    seeds = range(10_000, 10_060)
    for split in ("lost", "turned_back"):
        right, high, low = (off(seeds, 5, scale=scale, split=split) for scale in (1.0, 3.0, 1 / 3))
        for below in (0.01, 0.02, 0.025, 0.03, 0.04):
            assert min(exchange(right, [high, low], below, 0.05 - below)) < 0.85
