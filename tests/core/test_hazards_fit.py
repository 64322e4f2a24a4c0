"""From a route book to beliefs: hand calculations, who covers what, shares, draws, waiting and the circle."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.hazards.experts import stated
from waystation.hazards.model import COUNTRY
from waystation.hazards.posterior import Leaf, Posterior, fit
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS, Alike
from waystation.network.rows import MODES, Break, Ended, Outcome, Prior, Season, WaitingLoss
from worlds.little import NOW, TODAY, little_book, outcomes

ONE_LEVEL = replace(DEFAULTS, alike=Alike.everywhere(1e6))  # children equal their parents: the tree is one conjugate level


def foot(split: str = "lost", **changes) -> Prior:
    given = {"mode": "foot", "country": "", "condition": "", "most_likely": 3.0, "surely_below": 10.0, "author": "desk",
             "stated": date(2030, 1, 1), "basis": "invented"}
    return Prior(split=split, **(given | changes))


def learnt(now=NOW, defaults=DEFAULTS, silent="censored", prior_scale=1.0, strength_scale=1.0, **sheets) -> Posterior:
    return fit(network_of(little_book(**sheets)), now=now, defaults=defaults, silent=silent, prior_scale=prior_scale,
               strength_scale=strength_scale)


def leaf(found: Posterior, mode: str, condition: str = "calm", season: str = "all") -> int:
    (i,) = [i for i, x in enumerate(found.leaves)
            if (x.kind, x.mode, x.condition, x.season) == ("leg", mode, condition, season) and x.area != "END"]
    return i


def kappa(prior: Prior, **given) -> tuple[float, float]:
    """a and b of a statement."""
    one = stated(0, prior, 1.0, DEFAULTS, **given)
    return one.events, one.events * (1 - one.mean) / one.mean


# ------------------------------------------------------------------------------------------------------- one level, by hand


@pytest.mark.parametrize("split", ["lost", "turned_back"])
def test_outcomes_move_a_belief_as_calculated_by_hand(split):
    """The circle in small: Beta(a, b), then y of n more parties at weight 1: (a + y) / (a + b + n)."""
    a, b = kappa(foot())
    kind = Ended.INTERCEPTED if split == "lost" else Ended.TURNED_BACK
    sheet = (foot(split),)
    before = learnt(defaults=ONE_LEVEL, priors=sheet, outcomes=())
    rows = tuple(Outcome("WALK", TODAY, "calm", "", end, TODAY, None, 2) for end in [kind] * 2 + [Ended.ARRIVED] * 10)
    after = learnt(defaults=ONE_LEVEL, priors=sheet, outcomes=rows)
    mean = (lambda p: p.lost) if split == "lost" else (lambda p: p.back)
    for condition in ("calm", "alert"):
        i = leaf(before, "foot", condition)
        assert mean(before)[i] == pytest.approx(a / (a + b), rel=1e-3)
        assert mean(after)[i] == pytest.approx((a + 2) / (a + b + 12), rel=1e-3)
    i = leaf(after, "foot")
    sd = after.lost_sd if split == "lost" else after.back_sd
    m = (a + 2) / (a + b + 12)
    assert sd[i] == pytest.approx(np.sqrt(m * (1 - m) / (a + b + 13)), rel=5e-3)


def test_one_more_record_a_year_old_counts_half():
    a, b = kappa(foot())
    day = TODAY - timedelta(days=365)
    rows = outcomes("WALK", arrived=20, intercepted=1, day=day)
    found = learnt(defaults=ONE_LEVEL, priors=(foot(),), outcomes=rows)
    i = leaf(found, "foot")
    assert found.lost[i] == pytest.approx((a + 0.5) / (a + b + 10.5), rel=1e-3)
    assert found.n_eff[i] == pytest.approx(10.5) and found.n_raw[i] == 21 and found.newest_age_d[i] == 365


def test_a_break_of_regime_by_hand():
    """Before the break 30 parties, 3 lost, count a tenth; after it 10 arrive. The expert spoke after the break."""
    spoke = replace(foot(), stated=TODAY - timedelta(days=5))
    a, b = kappa(spoke)
    rows = outcomes("WALK", arrived=27, intercepted=3, day=TODAY - timedelta(days=20)) + outcomes("WALK", arrived=10, day=TODAY)
    found = learnt(defaults=ONE_LEVEL, priors=(spoke,), outcomes=rows, breaks=(Break(TODAY - timedelta(days=10), "TH"),))
    old = 0.1 * 2 ** (-20 / 365)
    assert found.lost[leaf(found, "foot")] == pytest.approx((a + 3 * old) / (a + b + 30 * old + 10), rel=1e-3)


def test_kinds_of_loss_by_hand():
    """Three losses worth one each before any; then 2 intercepted and 1 missing."""
    rows = tuple(Outcome("WALK", TODAY, "calm", "", end, TODAY, None, 2)
                 for end in (Ended.INTERCEPTED, Ended.INTERCEPTED, Ended.MISSING, Ended.ARRIVED))
    found = learnt(outcomes=rows)
    assert found.kind[leaf(found, "foot")] == pytest.approx([3 / 6, 1 / 6, 2 / 6])
    assert found.kind[leaf(found, "foot", "alert")] == pytest.approx([3 / 6, 1 / 6, 2 / 6])  # pooled over conditions
    assert found.kind[leaf(found, "boat")] == pytest.approx([1 / 3] * 3)


@pytest.mark.refuses("H-27")
def test_silent_parties_are_between_arrived_and_lost():
    silent = outcomes("WALK", arrived=20, silent=6, day=TODAY - timedelta(days=30))
    gone = learnt(outcomes=outcomes("WALK", arrived=20, day=TODAY - timedelta(days=30)))
    fine = learnt(outcomes=outcomes("WALK", arrived=26, day=TODAY - timedelta(days=30)))
    found, worst = learnt(outcomes=silent), learnt(outcomes=silent, silent="lost")
    i = leaf(found, "foot")
    assert fine.lost[i] < gone.lost[i] < found.lost[i] < worst.lost[i]
    assert found.back[i] == pytest.approx(gone.back[i], rel=1e-12)  # silent parties enter the first split only
    assert found.n_raw[i] == 20


def test_the_pessimistic_end_by_hand():
    a, b = kappa(foot())
    rows = outcomes("WALK", arrived=10, intercepted=1, silent=4, day=TODAY)
    found = learnt(defaults=ONE_LEVEL, priors=(foot(),), outcomes=rows, silent="lost")
    assert found.lost[leaf(found, "foot")] == pytest.approx((a + 5) / (a + b + 15), rel=1e-3)


def test_silence_is_read_in_one_of_two_ways():
    with pytest.raises(ValueError, match="censored"):
        learnt(silent="safe")


# ------------------------------------------------------------------------------------------------------------- who speaks


def test_an_expert_speaks_for_what_is_under_the_node():
    found = learnt(priors=(foot(), foot("lost", condition="alert", most_likely=30.0, surely_below=50.0)), outcomes=())
    calm, alert, boat = leaf(found, "foot"), leaf(found, "foot", "alert"), leaf(found, "boat")
    assert found.prior_rows[calm] == (0,) and found.prior_rows[alert] == (0, 1) and found.prior_rows[boat] == ()
    assert found.named[[calm, alert, boat]].tolist() == [True, True, False]
    assert found.lost[alert] > 1.5 * found.lost[calm] > 1.5 * found.lost[boat]  # what was said of alert reaches its kin


def test_where_nobody_spoke_the_vague_default_holds_and_is_not_named():
    found = learnt(priors=(), outcomes=())
    assert found.lost[leaf(found, "foot")] == pytest.approx(DEFAULTS.vague_lost.mean, rel=0.01)
    assert found.back[leaf(found, "foot")] == pytest.approx(DEFAULTS.vague_turned_back.mean, rel=0.01)
    assert not found.named[: -1 + len(found.leaves) // 2].any()


@pytest.mark.proves("S001-33")
def test_a_dated_expert_assessment_gives_a_danger_that_varies_with_time():
    rows = (foot(most_likely=20.0, surely_below=40.0), replace(foot(most_likely=2.0, surely_below=6.0), stated=date(2030, 4, 1)))
    danger = []
    for now in (date(2029, 12, 1), date(2030, 2, 1), date(2030, 5, 1)):
        found = learnt(now=datetime(now.year, now.month, now.day, tzinfo=UTC), priors=rows, outcomes=())
        danger.append((float(found.lost[leaf(found, "foot")]), found.prior_rows[leaf(found, "foot")]))
    assert [who for _, who in danger] == [(), (0,), (1,)]
    assert danger[0][0] == pytest.approx(0.05, rel=0.01)  # nobody had spoken
    assert danger[1][0] == pytest.approx(stated(0, rows[0], 1.0, DEFAULTS).mean, rel=0.01)
    assert danger[2][0] == pytest.approx(stated(0, rows[1], 1.0, DEFAULTS).mean, rel=0.01)


def test_a_statement_on_any_mode_speaks_where_no_mode_s_own_does():
    found = learnt(priors=(foot(mode="", most_likely=30.0, surely_below=50.0), foot()), outcomes=())
    assert found.prior_rows[leaf(found, "foot")] == (1,) and found.prior_rows[leaf(found, "boat")] == (0,)
    assert found.lost[leaf(found, "boat")] > 5 * found.lost[leaf(found, "foot")]


def test_a_statement_on_a_country_is_spread_over_its_conditions():
    """TH is calm 5/7 of the time: its calm node gets 5/7 of the statement's worth, alert 2/7."""
    found = learnt(priors=(foot(country="TH", most_likely=1.0, surely_below=3.0),), outcomes=())
    calm, alert = leaf(found, "foot"), leaf(found, "foot", "alert")
    assert found.prior_rows[calm] == found.prior_rows[alert] == (0,)
    assert found.lost[calm] < found.lost[alert] < 0.05
    assert learnt(priors=(foot(country="KR"),), outcomes=()).named.tolist() == learnt(priors=(), outcomes=()).named.tolist()


def test_a_break_that_voids_takes_away_what_was_said_before_it():
    said = learnt(priors=(foot(),), outcomes=(), breaks=(Break(TODAY, "TH", 0.0), Break(TODAY, "boat", 0.0)))
    assert said.prior_rows[leaf(said, "foot")] == (0,)  # neither break covers every leg on foot
    void = learnt(priors=(foot(),), outcomes=(), breaks=(Break(TODAY, "foot", 0.0),))
    assert void.prior_rows[leaf(void, "foot")] == ()
    assert void.lost[leaf(void, "foot")] == pytest.approx(DEFAULTS.vague_lost.mean, rel=0.01)


def test_two_experts_are_shown_apart_and_believed_half_each():
    low, high = foot(most_likely=1.0, surely_below=3.0), foot(author="field", most_likely=20.0, surely_below=40.0)
    alone = [learnt(priors=(one,), outcomes=()) for one in (low, high)]
    both = learnt(priors=(low, high), outcomes=())
    i = leaf(both, "foot")
    assert both.lost[i] == pytest.approx((alone[0].lost[i] + alone[1].lost[i]) / 2, rel=1e-9)
    assert both.prior_rows[i] == (0, 1)


def test_halving_and_doubling_what_experts_said():
    base, half, twice = (learnt(prior_scale=x, outcomes=()) for x in (1.0, 0.5, 2.0))
    i = leaf(base, "foot")
    assert half.lost[i] == pytest.approx(base.lost[i] / 2, rel=0.1) and twice.lost[i] == pytest.approx(2 * base.lost[i], rel=0.15)
    assert half.back[i] == pytest.approx(base.back[i] / 2, rel=0.02)
    strong = learnt(strength_scale=2.0, outcomes=())
    assert strong.lost_sd[i] < base.lost_sd[i]
    wait = base.wait_leaf[0, 0, 0]
    assert twice.lost[wait] == pytest.approx(2 * base.lost[wait], rel=0.01)


@pytest.mark.proves("S004-26")
def test_a_crackdown_is_a_condition_with_a_danger_of_its_own():
    """Losses in a crackdown raise the danger of crackdowns, and that of calm days hardly: a covariate."""
    before = learnt(outcomes=outcomes("WALK", arrived=30))
    bad = tuple(replace(o, condition="alert") for o in outcomes("WALK", arrived=5, intercepted=8))
    after = learnt(outcomes=outcomes("WALK", arrived=30) + bad)
    calm, alert = leaf(before, "foot"), leaf(before, "foot", "alert")
    assert after.lost[alert] > 2 * before.lost[alert]
    assert after.lost[calm] < 1.1 * before.lost[calm] and after.lost[calm] < after.lost[alert] / 5


# ------------------------------------------------------------------------------------------------------ what it rests on


def test_shares_add_up_and_say_who_taught():
    found = learnt(outcomes=outcomes("WALK", arrived=60, intercepted=2) + outcomes("RIDE", arrived=3))
    assert np.abs(found.shares.sum(-1) - 1).max() < 1e-12 and found.shares.min() >= 0
    own, none = (found.shares[leaf(found, *x)] for x in (("foot",), ("boat", "alert")))
    assert own[0] > 0.5 and own[0] > own[1]
    assert none.tolist() == [0, 0, 1]
    beside = learnt(legs=(*little_book().legs, replace(little_book().legs[0], code="PATH")), priors=(),
                    outcomes=outcomes("WALK", arrived=60, intercepted=2))
    (rest,) = (beside.shares[i] for i, x in enumerate(beside.leaves) if (x.leg, x.condition) == ("PATH", "calm"))
    assert rest[0] == 0 and rest[1] > 0  # what one leg taught is pooled for the other
    assert found.shares[found.wait_leaf[0, 0, 0]].tolist() == [0, 0, 1]


def test_shares_of_one_level_through_a_whole_book():
    """With one level every share is exact: prior = kappa / (kappa + n)."""
    a, b = kappa(foot())
    n = 80
    mean = a / (a + b)
    y = round(mean * n)
    found = learnt(defaults=ONE_LEVEL, priors=(foot(),), outcomes=outcomes("WALK", arrived=n - y, intercepted=y, day=TODAY))
    assert found.shares[leaf(found, "foot")] == pytest.approx([n / (a + b + n), 0, (a + b) / (a + b + n)], abs=5e-3)
    assert found.ess[leaf(found, "foot"), 0] == pytest.approx(a + b + n, rel=5e-3)


def test_every_leg_has_a_danger_of_its_own_and_what_is_not_known_of_it_widens_it():
    """Also one that nobody ever used: it is thought to be like its area, and less surely so than the area is known."""
    found = learnt(outcomes=outcomes("RIDE", arrived=400, intercepted=8))
    net = network_of(little_book())
    assert {found.leaves[i].leg for i in found.leg_leaf[0, net.legs.index("WALK")]} == {"WALK"}
    rows = [found.leg_leaf[0, net.legs.index(leg), 0] for leg in net.legs]
    assert len(set(rows)) == len(rows)


def test_comparable_is_the_same_mode_condition_and_country():
    rows = outcomes("WALK", arrived=5) + tuple(replace(o, condition="") for o in outcomes("WALK", arrived=7))
    rows += tuple(replace(o, condition="alert") for o in outcomes("WALK", arrived=3, day=date(2029, 1, 1)))
    found = learnt(outcomes=rows)
    calm, alert, boat = leaf(found, "foot"), leaf(found, "foot", "alert"), leaf(found, "boat")
    assert found.n_raw[[calm, alert, boat]].tolist() == [5, 0, 0]  # no condition: not counted; older than a year: neither
    fresh, old = 2 ** (-61 / 365), 2 ** (-485 / 365)
    assert found.n_eff[[calm, alert, boat]] == pytest.approx([fresh * (5 + 5), fresh * 2 + old * 3, 0])
    assert found.newest_age_d[[calm, alert, boat]].tolist() == [61, 61, np.inf]


def test_a_recent_break_with_no_outcome_since_leaves_a_danger_unknown():
    recent, old = TODAY - timedelta(days=30), TODAY - timedelta(days=100)
    before, since = outcomes("WALK", arrived=5, day=recent - timedelta(days=1)), outcomes("WALK", arrived=1, day=recent)
    silent = outcomes("WALK", silent=3, day=recent)
    foot_calm = leaf(learnt(), "foot")
    for rows, breaks, broken in ((before, (Break(recent, "TH"),), True), (before + since, (Break(recent, "TH"),), False),
                                 (before + silent, (Break(recent, "all"),), True), (before, (Break(old, "TH"),), False),
                                 (before, (Break(recent, "LA"),), False), (before, (Break(recent, "foot"),), True),
                                 (before + since, (Break(recent, "TH"), Break(TODAY, "NEAR")), True)):
        assert learnt(outcomes=rows, breaks=breaks).broken[foot_calm] == broken
    found = learnt(outcomes=before, breaks=(Break(recent, "LA"),))
    assert found.broken[found.wait_leaf[0, 1, 0]] and not found.broken[found.wait_leaf[0, 0, 0]]


# ---------------------------------------------------------------------------------------------------------- leaves, draws


def seasonal(**sheets):
    book = little_book(**sheets)
    return network_of(replace(book, book=replace(book.book, seasons=(Season("dry", 11, 4), Season("wet", 5, 10)))))


def test_every_leg_season_and_condition_has_its_leaf():
    net = seasonal()
    found = fit(net, now=NOW)
    assert found.leg_leaf.shape == (2, 4, 2) and found.wait_leaf.shape == (2, 3, 2)
    for s, season in enumerate(net.seasons):
        for l, (mode, place) in enumerate(zip(net.modes, net.source, strict=True)):
            for c, condition in enumerate(net.conditions):
                x = found.leaves[found.leg_leaf[s, l, c]]
                area = net.areas[net.area[place]]
                assert (x.kind, x.mode, x.condition, x.season, x.area) == ("leg", mode, condition, season.name, area)
    used = np.concatenate([found.leg_leaf.ravel(), found.wait_leaf.ravel()])
    assert set(used.tolist()) == set(range(len(found.leaves)))  # and no leaf that nothing can meet


def test_a_condition_that_an_area_does_not_have_points_to_one_that_it_has():
    chains = tuple(row for row in little_book().chains if row.scope != "NEAR" or (row.from_condition, row.to_condition) == ("alert",) * 2)
    net = network_of(little_book(chains=chains))
    found = fit(net, now=NOW)
    walk = net.legs.index("WALK")
    assert found.leaves[found.leg_leaf[0, walk, 0]].condition == "alert"
    assert found.leg_leaf[0, walk, 0] == found.leg_leaf[0, walk, 1] and found.wait_leaf[0, 0, 0] == found.wait_leaf[0, 0, 1]
    assert not any((x.area, x.condition) == ("NEAR", "calm") for x in found.leaves)


def test_draws_have_the_means_and_spreads_that_are_shown():
    found = fit(seasonal(), now=NOW)
    k = 30_000
    draws = found.draws(k, np.random.default_rng(3))
    assert draws.lost.shape == draws.back.shape == (k, len(found.leaves)) and draws.kind.shape == (k, len(found.leaves), 3)
    for drawn, mean, sd in ((draws.lost, found.lost, found.lost_sd), (draws.back, found.back, found.back_sd)):
        assert (np.abs(drawn.mean(0) - mean) <= 4.5 * sd / np.sqrt(k) + 1e-15).all()
        assert np.allclose(drawn.std(0), sd, rtol=0.08)
        assert drawn.min() >= 0 and drawn.max() < 1
    assert np.abs(draws.kind.sum(-1) - 1).max() < 1e-12
    assert np.allclose(draws.kind.mean(0), found.kind, atol=0.01)
    waits = [x.kind == "wait" for x in found.leaves]
    assert (draws.back[:, waits] == 0).all()


def test_seasons_of_one_leg_move_together():
    """As much as they share: their covariance is the variance of what is believed of the country they are in."""
    found = fit(seasonal(outcomes=()), now=NOW)
    drawn = found.draws(60_000, np.random.default_rng(3)).lost
    near, far = leaf(found, "foot", season="dry"), leaf(found, "foot", season="wet")
    boat = leaf(found, "boat", season="dry")
    tree, lost = found._sources.lost.tree, found._sources.lost
    at = next(n for n, key in enumerate(tree.key[COUNTRY]) if key[0] == MODES.index("foot") and key[1] == 0)
    together = np.cov(drawn[:, near], drawn[:, far])[0, 1]
    assert together == pytest.approx(lost.variance[COUNTRY][at], rel=0.1)
    assert abs(np.corrcoef(drawn[:, near], drawn[:, boat])[0, 1]) < 0.05


def test_the_same_seed_gives_the_same_draws_and_the_same_book_the_same_beliefs():
    first, second = learnt(), learnt()
    assert np.array_equal(first.lost, second.lost) and first.leaves == second.leaves
    a, b = (found.draws(50, np.random.default_rng(9)) for found in (first, second))
    assert np.array_equal(a.lost, b.lost) and np.array_equal(a.kind, b.kind)


def test_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        learnt().lost[0] = 0.0


@given(st.permutations(range(8)))
@settings(max_examples=8)
def test_the_order_of_the_rows_changes_nothing(order):
    rows = outcomes("WALK", arrived=3, intercepted=1, silent=1) + outcomes("ROW", arrived=2, intercepted=1)
    priors = little_book().priors
    mixed = learnt(outcomes=tuple(rows[i] for i in order), priors=priors[::-1])
    plain = learnt(outcomes=rows, priors=priors)
    assert mixed.lost == pytest.approx(plain.lost, rel=1e-9) and mixed.shares == pytest.approx(plain.shares, abs=1e-9)


def test_more_is_better_known():
    """Ten times the same experience: nearer to what was seen, and narrower."""
    few, many = (learnt(outcomes=outcomes("WALK", arrived=18 * k, intercepted=2 * k)) for k in (1, 10))
    i, j = leaf(few, "foot"), leaf(many, "foot")
    assert abs(many.lost[j] - 0.1) < abs(few.lost[i] - 0.1) and many.lost_sd[j] < few.lost_sd[i]
    assert many.shares[j, 2] < few.shares[i, 2]


def test_the_parent_is_what_one_would_say_without_looking_closer():
    found = learnt(outcomes=outcomes("WALK", arrived=10, intercepted=10))
    i = leaf(found, "foot")
    assert found.leaves[i].leg == "WALK" and found.parent[i, 0] < found.lost[i]
    boat = leaf(found, "boat")
    assert found.parent[boat, 0] == pytest.approx(found.lost[boat], rel=1e-3)


# ------------------------------------------------------------------------------------------------------------- waiting


def loss(scope: str = "NEAR", condition: str = "", **changes) -> WaitingLoss:
    given = {"most_likely": 2.0, "surely_below": 6.0, "author": "desk", "stated": date(2030, 1, 1), "basis": "invented"}
    return WaitingLoss(scope, condition, **(given | changes))


def test_a_week_s_danger_is_used_per_step():
    """14 steps of half a day: 1 - (1 - u)^14 is a week's danger again."""
    found = learnt(waiting_loss=(loss(),))
    i = found.wait_leaf[0, 0, 0]
    drawn = found.draws(40_000, np.random.default_rng(1)).lost[:, i]
    week = 1 - (1 - drawn) ** 14
    assert np.quantile(week, [0.5, 0.95]) == pytest.approx([0.02, 0.06], rel=0.05)
    assert found.leaves[i] == Leaf("wait", "", "calm", "TH", "", "NEAR", "")


def test_a_place_speaks_before_its_area_and_a_condition_before_any():
    sheet = (loss(), loss("NEAR", "alert", most_likely=10.0, surely_below=30.0), loss("HERE", "calm", most_likely=0.2, surely_below=1.0))
    found = learnt(waiting_loss=sheet)
    calm, alert = found.wait_leaf[0, 0]
    assert (found.prior_rows[calm], found.leaves[calm].leg) == ((2,), "HERE")
    assert (found.prior_rows[alert], found.leaves[alert].leg) == ((1,), "")
    assert found.lost[calm] < found.lost[alert] / 10
    nobody = found.wait_leaf[0, 1, 0]
    assert not found.named[nobody] and found.prior_rows[nobody] == ()
    week = 1 - (1 - found.lost[nobody]) ** 14
    assert week == pytest.approx(DEFAULTS.vague_waiting_week.mean, rel=0.15)


def test_one_statement_on_waiting_is_one_draw():
    found = learnt(waiting_loss=(loss(), loss("FAR"), loss("END")))
    drawn = found.draws(200, np.random.default_rng(1)).lost
    calm, alert = found.wait_leaf[0, 0]
    other = found.wait_leaf[0, 1, 0]
    assert np.array_equal(drawn[:, calm], drawn[:, alert]) and not np.array_equal(drawn[:, calm], drawn[:, other])


def test_a_break_weakens_what_was_said_of_waiting_and_never_below_the_vague_guess():
    base, weak = (learnt(waiting_loss=(loss(),), breaks=b) for b in ((), (Break(TODAY, "TH", 0.5),)))
    i = base.wait_leaf[0, 0, 0]
    assert weak.lost_sd[i] > base.lost_sd[i] and weak.lost[i] == pytest.approx(base.lost[i], rel=0.05)
    tenth = learnt(waiting_loss=(loss(),), breaks=(Break(TODAY, "TH", 1e-6),))
    assert tenth.lost_sd[i] < 3 * base.lost_sd[i]
    void = learnt(waiting_loss=(loss(),), breaks=(Break(TODAY, "TH", 0.0),))
    assert not void.named[i]


def test_a_refit_without_grounds_has_the_same_dangers():
    from waystation.network.build import network_of
    from worlds import AS_OF, two_ways

    net = network_of(two_ways())
    whole, bare = fit(net, now=AS_OF), fit(net, now=AS_OF, grounds=False)
    assert np.array_equal(whole.lost, bare.lost)
    assert np.array_equal(whole.back, bare.back)
    assert np.isnan(bare.shares[:len(bare.leaves) - len(np.unique(bare.wait_leaf))]).all()
    assert np.isfinite(whole.shares).all()
