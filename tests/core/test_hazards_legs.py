"""What somebody says of one leg: it moves that leg as calculated, in every season, and nothing else; it ages, and it is judgement."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from waystation.hazards.grid import THETA, beta_mass, beta_of
from waystation.hazards.messages import infer
from waystation.hazards.model import nothing, tree_of
from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS, Alike
from waystation.network.rows import Break, Prior, Season
from worlds.little import NOW, TODAY, little_book

STRATA = np.array([[0, 0, 0, 0, 0, 7], [0, 0, 0, 0, 0, 8], [0, 1, 0, 0, 0, 7]])


def of_leg(leg: str = "RIDE", condition: str = "calm", **changes) -> Prior:
    given = {"split": "lost", "most_likely": 20.0, "surely_below": 40.0, "author": "guide", "stated": TODAY, "basis": "invented"}
    return Prior("", "", condition, leg=leg, **(given | changes))


def learnt(*said: Prior, **sheets):
    book = little_book(**sheets)
    return fit(network_of(replace(book, priors=(*book.priors, *said))), now=NOW)


def of(found, leg: str, condition: str = "calm", season: str = "all") -> int:
    (i,) = [i for i, x in enumerate(found.leaves) if (x.leg, x.condition, x.season) == (leg, condition, season) and x.kind == "leg"]
    return i


def test_what_is_said_moves_a_leg_as_calculated_by_hand():
    """Multiplied by theta, a belief with mean m and variance v has the mean (v + m^2) / m."""
    tree, _, node = tree_of(STRATA)
    root = beta_mass(*beta_of(np.array([0.05]), 2.0))
    before = infer(tree, nothing(tree), root, Alike.everywhere(4.0))
    after = infer(tree, nothing(tree), root, Alike.everywhere(4.0), legs={int(node[0]): THETA})
    m, v = before.mean[5][node[0]], before.variance[5][node[0]]
    assert after.mean[5][node[0]] == pytest.approx((v + m**2) / m, rel=1e-9)
    assert after.mean[5][node[1:]] == pytest.approx(before.mean[5][node[1:]], rel=1e-12)
    assert all(a == pytest.approx(b, rel=1e-12) for a, b in zip(after.mean[:5], before.mean[:5], strict=True))


def test_it_moves_that_leg_alone():
    before, after = learnt(), learnt(of_leg())
    moved = np.flatnonzero(abs(after.lost / before.lost - 1) > 1e-12).tolist()
    assert moved == [of(after, "RIDE")] and after.lost[moved[0]] > 1.3 * before.lost[moved[0]]
    assert after.back == pytest.approx(before.back, rel=1e-12)


def test_draws_say_the_same_as_the_belief():
    found, leaf = learnt(of_leg()), of(learnt(), "RIDE")
    lost = found.draws(4000, np.random.default_rng(1)).lost[:, leaf]
    assert lost.mean() == pytest.approx(found.lost[leaf], rel=0.03) and lost.std() == pytest.approx(found.lost_sd[leaf], rel=0.1)


def test_in_every_season_and_in_conditions_by_how_often_they_are():
    two = replace(little_book().book, seasons=(Season("dry", 11, 4), Season("wet", 5, 10)))
    before, after = learnt(book=two), learnt(of_leg(), book=two)
    assert all(after.lost[of(after, "RIDE", season=s)] > 1.3 * before.lost[of(before, "RIDE", season=s)] for s in ("dry", "wet"))
    anywhere = learnt(of_leg(condition=""))
    calm, alert = (anywhere.lost[of(anywhere, "RIDE", c)] / learnt().lost[of(anywhere, "RIDE", c)] for c in ("calm", "alert"))
    assert 1 < alert < calm  # calm days are more, and there it says more than was believed
    assert anywhere.lost[of(anywhere, "RIDE")] < after.lost[of(after, "RIDE", season="dry")]


def test_it_ages_like_an_outcome_and_a_break_weakens_it():
    """After one half-life it is worth half its events: the same as a statement with half of them."""
    half = timedelta(days=int(DEFAULTS.half_life_d["car"]))
    old, leaf = learnt(of_leg(stated=TODAY - half)), of(learnt(), "RIDE")
    base, new = learnt().lost[leaf], learnt(of_leg()).lost[leaf]
    assert base < old.lost[leaf] < new
    change = Break(TODAY, "NEAR", 0.5, "a new post")
    broken = learnt(of_leg(stated=TODAY - timedelta(days=1)), breaks=(change,))
    assert learnt(breaks=(change,)).lost[leaf] < broken.lost[leaf] < learnt(of_leg(stated=TODAY - timedelta(days=1))).lost[leaf]
    assert learnt(of_leg(stated=date(2030, 5, 2))).lost[leaf] == base  # said tomorrow


def test_no_one_word_counts_more_than_four_events_and_two_heads_are_mixed():
    leaf = of(learnt(), "RIDE")
    sure = learnt(of_leg(most_likely=20.0, surely_below=20.5))
    surer = learnt(of_leg(most_likely=20.0, surely_below=20.1))
    assert surer.lost[leaf] == pytest.approx(sure.lost[leaf], rel=1e-3)
    mild, bad = learnt(of_leg(most_likely=1.0, surely_below=3.0)), learnt(of_leg())
    both = learnt(of_leg(), of_leg(most_likely=1.0, surely_below=3.0, author="host"))
    assert mild.lost[leaf] < both.lost[leaf] < bad.lost[leaf]
    later = learnt(of_leg(stated=TODAY - timedelta(days=9)), of_leg(most_likely=1.0, surely_below=3.0))
    assert later.lost[leaf] == mild.lost[leaf]  # the same author took it back


def test_it_counts_as_judgement_and_is_named():
    found = learnt(of_leg("ROW", "alert"), outcomes=())
    leaf = of(found, "ROW", "alert")
    assert found.shares[leaf, 2] == pytest.approx(1.0, abs=1e-6) and found.named[leaf]
    assert len(little_book().priors) in found.prior_rows[leaf]
    assert len(little_book().priors) not in found.prior_rows[of(found, "ROW")]
