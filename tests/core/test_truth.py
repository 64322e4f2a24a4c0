"""Belief from graded reports: worked by hand, by enumeration of every path, and under attack."""

import itertools
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.build import network_of
from waystation.network.conditions import draw_chains, stationary
from waystation.network.defaults import DEFAULTS
from waystation.network.rows import Report, Season
from waystation.trust.reports import likelihood, origin, said, weight
from waystation.trust.truth import belief, beliefs, beliefs_under
from worlds.little import little_book

NOW = datetime(2030, 5, 1, 6, tzinfo=UTC)
TWO = np.array([[0.9, 0.1], [0.3, 0.7]])  # tends to (3/4, 1/4); lambda_2 = 0.6
THREE = np.array([[0.9, 0.08, 0.02], [0.2, 0.7, 0.1], [0.05, 0.25, 0.7]])
NAMES = ("calm", "alert", "crackdown")
UNCAPPED = replace(DEFAULTS, source_odds=1e9, day_odds=1e9, forgotten_after_half_lives=1e9)


def report(*claim: str, hours: float = 0, late: float = 0, source: str = "S1", origin: str = "", grade: str = "A1",
           hand: int = 1, valid: float = 168.0) -> Report:
    """A report observed so many hours before now and received `late` hours after."""
    seen = NOW - timedelta(hours=hours)
    return Report("RIV", frozenset(claim), seen, seen + timedelta(hours=late), source, origin or source, grade[0],
                  int(grade[1]), hand, valid)


def believed(reports, chain=TWO, **given):
    C = chain.shape[-1]
    asked = {"occurs": np.ones(C, bool), "conditions": NAMES[:C], "step_hours": 12, "now": NOW,
             "season_at": lambda when: 0, "defaults": DEFAULTS} | given
    return belief(reports, chain, **asked)


# ------------------------------------------------------------------------------------------------- what a report is worth


@pytest.mark.proves("S001-40")
def test_hearsay_is_graded_by_source_report_and_distance():
    assert weight(report("calm", grade="B2")) == pytest.approx(0.75 * 0.85)
    assert weight(report("calm", grade="B2", hand=2)) == pytest.approx(0.75 * 0.85 * 0.6)
    assert weight(report("calm", grade="F6", hand=3)) == pytest.approx(0.25 * 0.5 * 0.3)
    order = [weight(report("calm", grade=letter + digit, hand=hand)) for letter, digit, hand in
             (("A", "1", 1), ("A", "1", 2), ("A", "1", 3), ("C", "3", 3), ("E", "5", 3))]
    assert order == sorted(order, reverse=True)
    near, heard = (believed([report("alert", grade="B2", hand=hand)]).p[1] for hand in (1, 3))
    assert near > heard > 0.25  # hearsay moves the belief, and less


def test_a_grade_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        weight(report("calm", grade="G1"))


def test_the_likelihood_of_one_condition():
    assert likelihood([True, False, False], 0.6) == pytest.approx([0.6 + 0.4 / 3, 0.4 / 3, 0.4 / 3])


@given(st.integers(1, 6), st.data())
def test_a_claim_of_a_set_is_the_sum_of_its_conditions(C, data):
    claimed = data.draw(st.lists(st.booleans(), min_size=C, max_size=C))
    w = data.draw(st.floats(0, 0.95))
    alone = [likelihood([x == c for x in range(C)], w) for c in range(C) if claimed[c]]
    if alone:
        assert likelihood(claimed, w) == pytest.approx(sum(alone), abs=1e-11)


def test_a_set_is_as_likely_as_a_right_reporter_and_a_guesser_of_sets_make_it():
    """w: names one of the C-1 over |X|-1 sets that hold the truth; else: one of all C over |X| sets."""
    C, size, w, truth = 4, 2, 0.7, 1
    sets = list(itertools.combinations(range(C), size))
    holding = [x for x in sets if truth in x]
    for x in sets:
        exact = w * (x in holding) / len(holding) + (1 - w) / len(sets)
        assert likelihood([c in x for c in range(C)], w)[truth] == pytest.approx(exact * len(holding))


def test_a_claim_of_everything_says_nothing():
    assert likelihood([True, True, True], 0.9).tolist() == [1, 1, 1]
    found = believed([report("calm", "alert")])
    assert found.p == pytest.approx([0.75, 0.25], abs=1e-15) and found.n_reports == 0 and found.stale


# ------------------------------------------------------------------------------------------------------------ by hand


def test_one_report_two_steps_ago_by_hand():
    """w = .75 * .85 = .6375: l(alert) = .6375 + .18125 = .81875 if alert, .18125 if calm.

    Then: calm .75 * .18125 = .1359375, alert .25 * .81875 = .2046875, so calm 0.39908. Two steps later the distance to
    .75 has shrunk by .6^2: calm .75 + .36 (.39908 - .75) = .62367.
    """
    found = believed([report("alert", hours=24, grade="B2")])
    calm = 0.1359375 / (0.1359375 + 0.2046875)
    assert found.p[0] == pytest.approx(0.75 + 0.36 * (calm - 0.75), abs=1e-14)
    assert (found.newest_age_h, found.n_reports, found.n_origins, found.stale) == (24.0, 1, 1, False)


def test_two_reports_by_hand():
    """The second, E1 calm now, has w = .1: l = .55 if calm, .45 if alert."""
    found = believed([report("alert", hours=24, grade="B2"), report("calm", grade="E1", source="S2")])
    first = believed([report("alert", hours=24, grade="B2")]).p
    by_hand = first * [0.55, 0.45]
    assert found.p == pytest.approx(by_hand / by_hand.sum(), abs=1e-14)


def test_no_report_is_the_long_run_and_stale():
    found = believed([], THREE)
    assert np.allclose(found.p, stationary(THREE), atol=1e-15)
    assert found.newest_age_h == math.inf and found.stale and found.n_reports == 0
    assert not found.p.flags.writeable


def test_the_age_of_a_report_is_counted_to_the_nearest_step():
    same = [believed([report("alert", hours=h)]).p[1] for h in (18.5, 24, 29.5)]
    assert same[0] == same[1] == same[2]
    assert believed([report("alert", hours=17.5)]).p[1] > same[0] > believed([report("alert", hours=30.5)]).p[1]


def test_a_late_report_runs_the_filter_again_from_its_day():
    early, late = report("alert", hours=72, grade="B2"), report("calm", hours=24, grade="C2", source="S2")
    arrived_late = replace(early, received_at=NOW)
    assert believed([early, late]).p == pytest.approx(believed([late, arrived_late]).p, abs=1e-14)


def test_what_is_not_yet_received_is_not_known():
    found = believed([report("alert", hours=1, late=2)])
    assert found.p == pytest.approx([0.75, 0.25], abs=1e-15) and found.newest_age_h == math.inf and found.warnings == ()


def test_a_report_dated_after_now_is_left_out_and_said():
    wrong = replace(report("alert"), observed_at=NOW + timedelta(hours=3))
    found = believed([wrong])
    assert found.p == pytest.approx([0.75, 0.25], abs=1e-15)
    assert found.warnings == ("a report dated after now was left out",)


def test_times_without_a_zone_are_utc():
    plain = replace(report("alert", hours=24), observed_at=datetime(2030, 4, 30, 6), received_at=datetime(2030, 4, 30, 6))
    assert believed([plain]).p.tolist() == believed([report("alert", hours=24)]).p.tolist()


# -------------------------------------------------------------------------------------------------------- enumeration


def enumerated(reports, chain, season_at, steps: int) -> np.ndarray:
    """Belief now by adding up every path of conditions over the last `steps` steps."""
    C = chain.shape[-1]
    seasons = [season_at(NOW - timedelta(hours=12 * k)) for k in range(steps + 1)]
    start = stationary(chain[seasons[steps]])
    total = np.zeros(C)
    for path in itertools.product(range(C), repeat=steps + 1):  # path[0] is `steps` steps ago
        chance = start[path[0]]
        for i in range(steps):
            chance *= chain[seasons[steps - i], path[i], path[i + 1]]
        for r in reports:
            state = path[steps - round((NOW - r.observed_at) / timedelta(hours=12))]
            w = weight(r)
            chance *= w * (NAMES[state] in r.conditions) + (1 - w) * len(r.conditions) / C
        total[path[-1]] += chance
    return total / total.sum()


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_the_filter_is_the_sum_over_all_paths(seed):
    rng = np.random.default_rng(seed)
    chain = np.stack([THREE, rng.dirichlet(np.ones(3), 3)])
    claims = [("calm",), ("alert",), ("crackdown",), ("alert", "crackdown"), ("calm", "alert")]
    reports = [report(*claims[rng.integers(5)], hours=12 * float(k), source=f"S{i}", grade=str(rng.choice(list("ABCDE"))) + str(
        rng.integers(1, 7))) for i, k in enumerate((5, *rng.integers(0, 6, 2)))]

    def season_at(when: datetime) -> int:
        return int(when < NOW - timedelta(hours=30))

    found = believed(reports, chain, season_at=season_at, defaults=UNCAPPED)
    assert np.abs(found.p - enumerated(reports, chain, season_at, 5)).max() < 1e-12
    assert abs(found.p.sum() - 1) < 1e-12


def test_long_gaps_are_the_same_by_powers_as_step_by_step():
    reports = [report("crackdown", hours=12 * 40, grade="C1"), report("alert", hours=12 * 3, grade="C1", source="S2")]
    found = believed(reports, THREE, defaults=UNCAPPED)
    b = stationary(THREE) * likelihood([False, False, True], 0.5)
    for _ in range(37):
        b = b @ THREE
    b = b * likelihood([False, True, False], 0.5)
    for _ in range(3):
        b = b @ THREE
    assert found.p == pytest.approx(b / b.sum(), abs=1e-13)


REPORTS = st.builds(
    report, st.sampled_from(NAMES), hours=st.integers(0, 400).map(float), late=st.integers(0, 48).map(float),
    source=st.sampled_from(["S1", "S2", "S3"]), origin=st.sampled_from(["", "O1", "O2"]),
    grade=st.sampled_from(["A1", "B2", "C3", "E5", "F6"]), hand=st.integers(1, 3),
)


@given(st.lists(REPORTS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_reports_and_doubles_change_nothing(reports, chance):
    mixed = reports + reports[:3]
    chance.shuffle(mixed)
    first, second = believed(reports, THREE), believed(mixed, THREE)
    assert np.array_equal(first.p, second.p)
    assert first.contradictions == second.contradictions and first.warnings == second.warnings
    assert abs(first.p.sum() - 1) < 1e-12 and (first.p >= 0).all()


# --------------------------------------------------------------------------------------------------------------- caps


def size(log: np.ndarray) -> float:
    total = log.sum(0)
    return float(total.max() - total.min())


@given(st.lists(REPORTS, min_size=1, max_size=40))
@settings(max_examples=60)
def test_no_group_passes_its_cap(reports):
    found = said(reports, NAMES)
    times = [r.received_at for r in found.reports]
    for key in (lambda r: r.source, origin):
        for name in {key(r) for r in found.reports}:
            for start in times:
                inside = [start <= t < start + timedelta(days=7) and key(r) == name
                          for t, r in zip(times, found.reports, strict=True)]
                if any(inside):
                    assert size(found.log[inside]) <= math.log(8) + 1e-9
    for day in {t.date() for t in times}:
        assert size(found.log[[t.date() == day for t in times]]) <= math.log(20) + 1e-9


@given(st.lists(REPORTS, min_size=1, max_size=20))
def test_a_cap_weakens_and_never_turns_a_report_round(reports):
    free, capped = said(reports, NAMES, UNCAPPED).log, said(reports, NAMES).log
    for raw, kept in zip(free, capped, strict=True):
        factor = (kept.max() - kept.min()) / (raw.max() - raw.min())
        assert 0 < factor <= 1 + 1e-12
        assert np.allclose(kept, factor * raw, atol=1e-9)


def test_one_report_of_the_best_grade_meets_the_cap_alone_without_a_warning():
    found = believed([report("alert")], np.eye(2))  # even odds before; 19 to 1 without the cap
    assert found.p[1] / found.p[0] == pytest.approx(8, rel=1e-12)
    assert found.warnings == ("everything known of this area comes from one origin",)


def flood(n: int, *, days: float = 0, **given) -> list[Report]:
    """n false reports of the best grade, all of one instant, with different validity so that they are not doubles."""
    return [report("calm", hours=24 * days, valid=100.0 + i, **given) for i in range(n)]


def test_a_thousand_false_reports_of_one_source_move_the_odds_by_eight_a_week():
    before = believed([], np.eye(2)).p
    week = believed(flood(1000), np.eye(2))
    assert week.p[0] / week.p[1] == pytest.approx(8 * before[0] / before[1], rel=1e-12)
    assert "one source or origin said more than its share: its reports were weakened to the cap" in week.warnings
    two = believed(flood(1000) + flood(1000, days=7), np.eye(2))
    assert two.p[0] / two.p[1] == pytest.approx(64 * before[0] / before[1], rel=1e-12)
    spread = believed([r for d in range(7) for r in flood(150, days=d)], np.eye(2))
    assert spread.p[0] / spread.p[1] <= 8 * (1 + 1e-9)  # the week has no seam to slip through


def test_backdated_reports_count_on_the_day_they_come_in():
    backdated = [report("calm", hours=24 * d, late=24 * d, valid=100.0 + i) for d in range(30) for i in range(20)]
    found = believed(backdated, np.eye(2))
    assert found.p[0] / found.p[1] == pytest.approx(8, rel=1e-9)


def test_a_flood_cannot_move_a_changing_area_further_either():
    honest = [report("alert", hours=36, source="H1", grade="B2"), report("crackdown", hours=12, source="H2", grade="C2")]
    clean, poisoned = believed(honest, THREE).p, believed(honest + flood(1000, days=1, source="LIAR"), THREE).p
    ratio = np.log(poisoned / clean)
    assert ratio.max() - ratio.min() <= math.log(8) + 1e-9


def test_many_mouths_of_one_origin_are_one_source():
    one = believed([report("calm", source=f"S{i}", origin="SHOP") for i in range(50)], np.eye(2))
    assert one.p[0] / one.p[1] == pytest.approx(8, rel=1e-9)
    assert one.n_origins == 1 and one.n_reports == 50
    assert "everything known of this area comes from one origin" in one.warnings


def test_all_reports_of_one_day_together_move_the_odds_by_twenty():
    found = believed([report("calm", source=f"S{i}") for i in range(50)], np.eye(2))
    assert found.p[0] / found.p[1] == pytest.approx(20, rel=1e-9)
    assert "the reports of one day said more than their share: they were weakened to the cap" in found.warnings


def test_a_source_without_weight_says_nothing():
    mute = replace(DEFAULTS, w_source=MappingProxyType({**DEFAULTS.w_source, "E": 0.0}))
    found = believed([report("alert", hours=24, grade="E1")], defaults=mute)
    assert found.p == pytest.approx([0.75, 0.25], abs=1e-15)


# ------------------------------------------------------------------------------------------- what is said of the belief


def test_a_belief_is_stale_when_its_newest_report_no_longer_holds():
    assert not believed([report("calm", hours=47, valid=48.0)]).stale
    assert believed([report("calm", hours=49, valid=48.0)]).stale
    old_but_long = [report("calm", hours=49, valid=48.0), report("calm", hours=60, valid=1000.0, source="S2")]
    assert believed(old_but_long).stale  # the newest decides


def test_what_the_chain_has_forgotten_is_left_out():
    """Half-life of TWO: ln 2 / -ln 0.6 = 1.357 steps; five of them are 6.8 steps, so 7 still count."""
    kept, gone = believed([report("alert", hours=84)]), believed([report("alert", hours=96)])
    assert kept.n_reports == 1 and kept.p[1] > 0.25
    assert gone.n_reports == 0 and gone.p == pytest.approx([0.75, 0.25], abs=1e-15)
    assert gone.newest_age_h == 96 and not gone.stale


def test_contradictions_are_listed():
    reports = [report("calm", hours=10), report("alert", "crackdown", hours=20, source="S2"), report("calm", hours=30, source="S3")]
    found = believed(reports, THREE)
    assert found.contradictions == ("S1:calm / S2:alert+crackdown", "S2:alert+crackdown / S3:calm")


@pytest.mark.parametrize(
    "reports",
    [
        [report("calm", hours=10), report("calm", "alert", hours=10, source="S2")],  # they can both be right
        [report("calm", hours=10), report("alert", hours=30)],  # one source, news
        [report("calm", hours=10), report("alert", hours=300, source="S2", valid=24.0)],  # no longer held
        [report("calm", hours=300, valid=24.0), report("alert", hours=310, source="S2", valid=24.0)],  # both history
    ],
)
def test_these_do_not_contradict_each_other(reports):
    assert believed(reports, THREE).contradictions == ()


def test_one_source_that_says_two_things_of_one_moment_contradicts_itself():
    assert believed([report("calm"), report("alert")], THREE).contradictions == ("S1:alert / S1:calm",)


def test_a_condition_that_the_area_does_not_have_cannot_be_reported():
    occurs = np.array([True, True, False])
    chain = np.eye(3)
    chain[:2, :2] = TWO
    found = believed([report("crackdown")], chain, occurs=occurs)
    assert found.p == pytest.approx([0.75, 0.25, 0], abs=1e-15) and found.n_reports == 0
    assert found.warnings == ("a report of a condition that this area does not have was left out",)
    partly = believed([report("alert", "crackdown")], chain, occurs=occurs)
    assert partly.p == pytest.approx(np.append(believed([report("alert")]).p, 0), abs=1e-14)


# --------------------------------------------------------------------------------------------------------- whole books


def test_beliefs_of_a_book_go_to_their_areas():
    net = network_of(little_book())
    near, far, end = beliefs(net, now=NOW)
    assert near.n_reports == 1 and near.p[0] > 5 / 7 and not near.stale
    assert far.stale and end.stale and np.allclose(far.p, [5 / 7, 2 / 7], atol=1e-14)


def test_beliefs_under_the_network_s_own_chains_are_the_beliefs():
    book = little_book()
    seasons = (Season("dry", 11, 4), Season("wet", 5, 10))
    old = [replace(book.reports[0], observed_at=NOW - timedelta(hours=h), received_at=NOW, source=f"S{h}") for h in (200, 30)]
    net = network_of(replace(book, book=replace(book.book, seasons=seasons), reports=(*book.reports, *old)))
    own = np.array([b.p for b in beliefs(net, now=NOW)])
    assert np.allclose(beliefs_under(net, net.chain[None], now=NOW)[0], own, atol=1e-15)


def test_beliefs_under_draws_are_those_of_each_draw():
    net = network_of(little_book())
    chains = draw_chains(net, 5, np.random.default_rng(1))
    found = beliefs_under(net, chains, now=NOW)
    assert found.shape == (5, 3, 2) and np.allclose(found.sum(-1), 1, atol=1e-12)
    area = [r for r in net.book.reports if r.area == "NEAR"]
    alone = believed(area, chains[3, 0, 0])
    assert np.allclose(found[3, 0], alone.p, atol=1e-14)
    assert np.allclose(found[3, 1], stationary(chains[3, 0, 1]), atol=1e-14)
