"""Were we right: scores by hand, nothing before there is enough, and inference that means what it says."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from waystation.hazards.calibration import (
    TOO_EARLY,
    Scored,
    durations_right,
    enough,
    reliability,
    replay,
    reports_right,
    score,
)
from waystation.hazards.model import tree_of
from waystation.hazards.posterior import fit
from waystation.hazards.ranks import ranks
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS, Vague
from waystation.network.rows import Ended, Outcome, Report
from worlds.little import NOW, TODAY, little_book, outcomes

SOME = replace(DEFAULTS, losses_min=1)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_scores_by_hand():
    """Predicted 0.2 and 0.1, the parent rate 0.5: lost, not lost."""
    scored = [Scored("P1", "lost", 0.2, 0.5, True), Scored("P2", "lost", 0.1, 0.5, False)]
    found = score(scored, "lost", rng=rng(), defaults=SOME)
    assert (found.n, found.events) == (2, 1)
    assert found.brier == pytest.approx((0.64 + 0.01) / 2)
    assert found.log == pytest.approx(-(math.log(0.2) + math.log(0.9)) / 2)
    assert found.brier_skill == pytest.approx(1 - 0.65 / 0.5)
    assert found.log_skill == pytest.approx(1 - (math.log(0.2) + math.log(0.9)) / (2 * math.log(0.5)))


def test_the_interval_is_that_of_parties_and_not_of_legs():
    """Fifty legs of one party say as much as one; of fifty parties, more."""
    right, wrong = {"predicted": 0.1, "parent": 0.3}, {"predicted": 0.4, "parent": 0.3}
    legs = [right] * 30 + [wrong] * 20
    apart = [Scored(f"P{i}", "lost", x["predicted"], x["parent"], i == 0) for i, x in enumerate(legs)]
    together = [replace(one, party=f"P{i // 25}") for i, one in enumerate(apart)]
    one, two = (score(s, "lost", rng=rng(), defaults=SOME) for s in (apart, together))
    assert one.log_skill == two.log_skill
    low, high = one.log_interval
    assert low < one.log_skill < high
    ends = [score([s for s in together if s.party == p], "lost", rng=rng(), defaults=replace(SOME, losses_min=0)).log_skill
            for p in ("P0", "P1")]
    assert two.log_interval == pytest.approx((min(ends), max(ends)))  # only three resamples exist: twice one, or both


@pytest.mark.parametrize(("losses", "traversals", "judged"), [(9, 199, False), (10, 10, True), (0, 200, True), (0, 0, False)])
def test_nothing_is_said_before_ten_losses_or_two_hundred_traversals(losses, traversals, judged):
    scored = [Scored(f"P{i}", "lost", 0.1, 0.1, i < losses) for i in range(traversals)]
    assert enough(scored) == judged
    found = score(scored, "lost", rng=rng())
    shown = (found.brier, found.log, found.brier_skill, found.brier_interval, found.log_skill, found.log_interval)
    assert (found.sentence != TOO_EARLY) == judged
    assert all((x is not None) == judged for x in shown)
    assert (found.n, found.events) == (traversals, losses)


def test_turned_back_is_judged_once_there_are_losses_enough():
    scored = [Scored("P1", "lost", 0.1, 0.1, True)] * 10 + [Scored("P1", "turned_back", 0.2, 0.2, False)] * 3
    assert score(scored, "turned_back", rng=rng()).n == 3
    assert score(scored[:10], "turned_back", rng=rng()).sentence == TOO_EARLY  # none of this split yet


@pytest.mark.parametrize(("own", "words"), [(0.02, "made the predictions better"), (0.6, "not to be trusted"), (0.1, "about as good")])
def test_the_sentence_says_whether_looking_closer_helped(own, words):
    scored = [Scored(f"P{i}", "lost", own, 0.1, i % 50 == 0) for i in range(300)]
    assert words in score(scored, "lost", rng=rng()).sentence


def test_the_same_seed_gives_the_same_interval():
    scored = [Scored(f"P{i}", "lost", 0.05 + 0.001 * (i % 7), 0.1, i % 20 == 0) for i in range(220)]
    assert score(scored, "lost", rng=rng(4)) == score(scored, "lost", rng=rng(4))


# --------------------------------------------------------------------------------------------------------- reliability


def test_bins_hold_at_least_twenty_events_and_no_prediction_is_split():
    generator = rng()
    scored = [Scored(f"P{i}", "lost", p, 0.1, bool(generator.random() < p)) for i, p in
              enumerate(generator.choice([0.02, 0.05, 0.1, 0.2, 0.4], 1500))]
    bins = reliability(scored, "lost")
    assert len(bins) >= 3 and sum(b.n for b in bins) == 1500
    for left, right in pairwise(bins):
        assert left.high < right.low
    for b in bins:
        assert b.events >= 20 and b.observed == b.events / b.n and b.low - 1e-12 < b.predicted < b.high + 1e-12
        assert abs(b.observed - b.predicted) < 4 * math.sqrt(b.predicted / b.n)


def test_fewer_than_twenty_events_make_no_bin():
    assert reliability([Scored("P1", "lost", 0.1, 0.1, True)] * 19, "lost") == ()
    assert len(reliability([Scored("P1", "lost", 0.1, 0.1, True)] * 20, "lost")) == 1
    assert reliability([], "lost") == ()


# -------------------------------------------------------------------------------------------------------------- replay


def test_every_outcome_is_scored_against_what_was_known_the_evening_before():
    days = [TODAY - timedelta(days=d) for d in (40, 20, 20)]
    rows = (Outcome("WALK", days[0], "calm", "", Ended.INTERCEPTED, days[0], None, 2),
            Outcome("WALK", days[1], "calm", "", Ended.TURNED_BACK, days[1], None, 2),
            Outcome("ROW", days[2], "alert", "", Ended.ARRIVED, days[2] + timedelta(days=1), None, 2))
    net = network_of(little_book(outcomes=rows))
    found = replay(net, now=NOW)
    assert [(s.split, s.happened) for s in found] == [
        ("lost", True), ("lost", False), ("turned_back", True), ("lost", False), ("turned_back", False)]
    assert len({s.party for s in found}) == 3
    alone = network_of(little_book(outcomes=()))
    walk = net.legs.index("WALK")
    first = fit(alone, now=datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC) - timedelta(seconds=1))
    assert found[0].predicted == first.lost[first.leg_leaf[0, walk, 0]]  # its own loss is not in its prediction
    assert found[0].parent == first.parent[first.leg_leaf[0, walk, 0], 0]
    assert found[1].predicted > found[0].predicted  # but it is in the next one


def test_what_cannot_be_scored_is_left_out():
    later = TODAY + timedelta(days=5)
    rows = (Outcome("WALK", TODAY, "", "", Ended.ARRIVED, TODAY, None, 2),
            Outcome("WALK", TODAY, "calm", "", Ended.SILENT, None, TODAY, 2),
            Outcome("WALK", TODAY, "calm", "", Ended.ARRIVED, later, None, 2))
    assert replay(network_of(little_book(outcomes=rows)), now=NOW) == ()


def test_an_outcome_without_an_end_day_is_known_from_its_start():
    row = Outcome("WALK", TODAY - timedelta(days=3), "calm", "", Ended.ARRIVED, None, None, 2)
    assert len(replay(network_of(little_book(outcomes=(row,))), now=NOW)) == 2


# ------------------------------------------------------------------------------------------------- reports and durations


def test_reports_are_right_when_a_party_met_what_they_claimed():
    day = date(2030, 3, 1)
    seen = datetime(2030, 3, 1, 9, tzinfo=UTC)

    def said(*claim: str, letter: str = "B", area: str = "NEAR", days: int = 0) -> Report:
        return Report(area, frozenset(claim), seen + timedelta(days=days), seen + timedelta(days=days), "S1", "S1", letter, 2)

    reports = (said("calm"), said("alert"), said("calm", "alert", letter="D"), said("calm", area="FAR"), said("calm", days=1),
               said("alert", letter="E"))
    net = network_of(little_book(reports=reports, outcomes=outcomes("WALK", arrived=2, silent=1, day=day)))
    assert reports_right(net, now=NOW) == {"B": (1, 2), "D": (1, 1), "E": (0, 1)}
    assert reports_right(net, now=datetime(2030, 2, 1, tzinfo=UTC)) == {}
    both = (*outcomes("WALK", arrived=1, day=day), Outcome("RIDE", day, "alert", "", Ended.ARRIVED, day, None, 1))
    assert reports_right(network_of(little_book(reports=reports, outcomes=both)), now=NOW) == {}  # they met both


def test_durations_are_right_when_the_days_can_lie_in_the_stated_range():
    """ROW takes 10 to 30 hours: 0 to 2 days apart are possible, 3 are not. WALK takes 40 to 90: 1 to 4."""
    def row(leg: str, days: int, ended: Ended = Ended.ARRIVED) -> Outcome:
        start = date(2030, 3, 1)
        return Outcome(leg, start, "calm", "", ended, start + timedelta(days=days), None, 2)

    rows = [row("ROW", d) for d in range(4)] + [row("WALK", d) for d in range(6)] + [row("ROW", 9, Ended.INTERCEPTED)]
    assert durations_right(network_of(little_book(outcomes=tuple(rows))), now=NOW) == (3 + 4, 10)


# ---------------------------------------------------------------------------------------- simulation-based calibration

STRATA = np.array([[0, c, k, s, k, leg] for c in (0, 1) for k in (0, 1) for s in (0, 1)
                   for leg in ((-1, 5) if (c, k, s) == (0, 0, 0) else (-1,))])
CHI_SQUARE_19 = 43.82  # 99.9 % point with 19 degrees of freedom


def not_calibrated(runs: int, seed: int) -> list[int]:
    """Levels whose ranks are not uniform, or whose 90 % intervals do not cover.

    One node of each level, chosen anew in every run, so that the ranks of a level are independent.
    """
    tree, _, _ = tree_of(STRATA)
    generator = rng(seed)
    trials = tuple(generator.integers(0, most, len(key)) for most, key in zip((4, 8, 8, 12, 80, 60), tree.key, strict=True))
    found = ranks(tree, trials, runs=runs, rng=generator, root=Vague(0.05, 2.0))
    start, wrong = 0, []
    for level, key in enumerate(tree.key):
        which = start + generator.integers(0, len(key), runs)
        rank = found[np.arange(runs), which]
        bins = np.bincount(rank // 5, minlength=20)
        uniform = ((bins - runs / 20) ** 2).sum() / (runs / 20) < CHI_SQUARE_19
        inside = ((rank >= 5) & (rank < 95)).mean()
        if not (uniform and abs(inside - 0.9) < 3 * math.sqrt(0.09 / runs)):
            wrong.append(level)
        start += len(key)
    return wrong


def test_true_dangers_rank_uniformly_among_draws():
    assert not_calibrated(200, 11) == []


@pytest.mark.soak
def test_true_dangers_rank_uniformly_among_draws_a_thousand_times():
    for seed in (1, 2, 3):
        assert not_calibrated(1000, seed) == []


def test_a_wrong_prior_would_be_noticed(monkeypatch):
    """The check has teeth: dangers that come from a stronger family than the one believed are not calibrated."""
    import waystation.hazards.ranks as module

    honest = module._dangers
    monkeypatch.setattr(module, "_dangers", lambda tree, root, strength, rng: [3 * x for x in honest(tree, root, strength, rng)])
    assert not_calibrated(100, 11) != []
