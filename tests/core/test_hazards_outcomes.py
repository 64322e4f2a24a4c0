"""Records: what each counts after age, breaks and unknown conditions, and what silence says."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from waystation.hazards.experts import current, keep_after, stated
from waystation.hazards.outcomes import ENDS, SILENT, records, reported_by, ways
from waystation.network.build import network_of
from waystation.network.defaults import DEFAULTS
from waystation.network.rows import Break, Ended, Outcome, Prior, Season, Silence
from worlds.little import NOW, TODAY, little_book


def outcome(leg: str = "WALK", *, days: int = 0, ended: Ended = Ended.ARRIVED, condition: str = "calm", season: str = "",
            heard: int | None = None) -> Outcome:
    """An outcome of so many days ago; a silent party was last heard of `heard` days ago."""
    day = TODAY - timedelta(days=days)
    if ended is Ended.SILENT:
        return Outcome(leg, day, condition, season, ended, None, None if heard is None else TODAY - timedelta(days=heard), 2)
    return Outcome(leg, day, condition, season, ended, day, None, 2)


def known(*rows: Outcome, **sheets):
    net = network_of(little_book(outcomes=rows, **sheets))
    way = ways(net)
    return net, way, records(net, way, now=NOW, defaults=DEFAULTS)


def test_a_leg_belongs_to_the_area_where_it_starts():
    net, way, _ = known()
    assert dict(zip(way.codes, (net.areas[a] for a in way.area), strict=True)) == {
        "WALK": "NEAR", "RIDE": "NEAR", "ROW": "FAR", "MINED": "NEAR"}
    assert [way.countries[c] for c in way.country] == ["TH", "TH", "LA", "TH"]


@pytest.mark.parametrize(("leg", "days", "weight"), [("WALK", 0, 1), ("WALK", 365, 0.5), ("WALK", 730, 0.25),
                                                     ("RIDE", 180, 0.5), ("ROW", 365, 0.5)])
def test_a_record_counts_half_after_its_mode_s_half_life(leg, days, weight):
    assert known(outcome(leg, days=days))[2].weight == pytest.approx([weight])


def test_what_is_dated_after_now_is_not_read():
    later = replace(outcome(), ended_at=TODAY + timedelta(days=1))
    assert len(known(outcome(days=-1), later)[2].leg) == 0


@pytest.mark.parametrize(("scope", "left"), [("all", [0.1, 0.1, 0.1]), ("foot", [0.1, 1, 1]), ("TH", [0.1, 0.1, 1]),
                                             ("FAR", [1, 1, 0.1]), ("LA", [1, 1, 0.1]), ("train", [1, 1, 1])])
def test_a_break_of_regime_counts_what_came_before_it_a_tenth_within_its_scope(scope, left):
    rows = (outcome("WALK"), outcome("RIDE"), outcome("ROW"))
    assert known(*rows, breaks=(Break(TODAY + timedelta(days=1), scope),))[2].weight == pytest.approx([1, 1, 1])  # not yet
    older = tuple(replace(row, started=TODAY - timedelta(days=2)) for row in rows)
    assert known(*older, breaks=(Break(TODAY, scope),))[2].weight == pytest.approx(left)
    assert known(*rows, breaks=(Break(TODAY, scope),))[2].weight == pytest.approx([1, 1, 1])  # set out on that day


def test_breaks_multiply_and_zero_voids():
    older = outcome(days=0)
    older = replace(older, started=TODAY - timedelta(days=9))
    day = [TODAY - timedelta(days=d) for d in (3, 2, 1)]
    assert known(older, breaks=(Break(day[0], "all", 0.5), Break(day[1], "foot", 0.4)))[2].weight == pytest.approx([0.2])
    assert known(older, breaks=(Break(day[2], "all", 0.0),))[2].weight == pytest.approx([0])


def test_an_unknown_condition_is_spread_by_long_run_shares_and_still_counts_once():
    net, _, found = known(outcome(condition=""), outcome())
    assert found.share == pytest.approx([5 / 7, 2 / 7, 1])
    assert found.weight[:2].sum() == pytest.approx(1) and found.certain.tolist() == [False, False, True]
    assert [net.conditions[c] for c in found.condition] == ["calm", "alert", "calm"]


def test_an_outcome_of_a_leg_that_the_book_does_not_have_is_an_error():
    with pytest.raises(ValueError, match="a leg that the book does not have"):
        known(replace(outcome(), leg="NOWHERE"))


def test_a_leg_outside_the_network_still_teaches():
    _, way, found = known(outcome("MINED"))
    assert way.codes[found.leg[0]] == "MINED" and found.weight.tolist() == [1]


def test_the_season_is_the_recorded_one_or_that_of_the_start():
    seasons = (Season("dry", 11, 4), Season("wet", 5, 10))
    book = little_book()
    net = network_of(replace(book, book=replace(book.book, seasons=seasons), outcomes=(
        outcome(), outcome(season="dry"), outcome(days=40), outcome(season="monsoon"))))
    found = records(net, ways(net), now=NOW, defaults=DEFAULTS)
    assert found.season.tolist() == [1, 0, 0, 1]


# ------------------------------------------------------------------------------------------------------------ silence

ROWS = (Silence("lost", 0.5, 240.0, 2400.0), Silence("ok", 0.9, 48.0, 480.0))


def test_the_delay_of_a_report_is_log_normal_through_its_two_points():
    row = ROWS[0]
    assert (reported_by(row, 0), reported_by(row, 240)) == (0, 0.5)
    assert reported_by(row, 2400) == pytest.approx(0.95, abs=1e-12)
    sigma = math.log(10) / 1.6448536269514722
    assert reported_by(row, 240 * math.exp(sigma)) == pytest.approx(0.8413447, abs=1e-7)  # one standard deviation
    never_late = replace(row, delay_95_h=240.0)
    assert [reported_by(never_late, h) for h in (239, 240)] == [0, 1]


def test_silence_by_hand():
    """Silent for 10 days and 6 hours: 246 h. alpha = 1 - .5 F_lost, beta = 1 - .9 F_ok."""
    _, _, found = known(outcome(days=12, ended=Ended.SILENT, heard=10), silence=ROWS)
    assert found.ended.tolist() == [SILENT] and ENDS[SILENT] is Ended.SILENT and not found.resolved.any()
    assert found.alpha == pytest.approx([1 - 0.5 * reported_by(ROWS[0], 246)])
    assert found.beta == pytest.approx([1 - 0.9 * reported_by(ROWS[1], 246)])


def test_the_longer_the_silence_the_more_it_tells():
    rows = [outcome(days=h, ended=Ended.SILENT, heard=h) for h in (0, 3, 10, 40, 5000)]
    _, _, found = known(*rows)
    ratio = found.alpha / found.beta
    assert (np.diff(ratio[:4]) > 0).all() and ratio[0] < 1.1 and ratio[3] > 10
    assert ratio[4] == pytest.approx((1 - 0.5) / (1 - 0.97), rel=1e-3)  # in the end, the two chances of never hearing


def test_a_party_never_heard_of_is_silent_since_it_left():
    _, _, never = known(outcome(days=10, ended=Ended.SILENT))
    _, _, heard = known(outcome(days=10, ended=Ended.SILENT, heard=10))
    assert never.alpha == heard.alpha and never.age_d == heard.age_d == [10]


# ------------------------------------------------------------------------------------------------------------ experts


def said(**changes) -> Prior:
    given = {"mode": "foot", "country": "", "condition": "", "split": "lost", "most_likely": 3.0, "surely_below": 10.0,
             "author": "desk", "stated": date(2030, 1, 1), "basis": "invented"}
    return Prior(**(given | changes))


def test_a_statement_is_the_beta_of_its_median_and_95_percent_point():
    one = stated(0, said(), 1.0, DEFAULTS)
    rng = np.random.default_rng(1)
    b = one.events * (1 - one.mean) / one.mean
    assert np.quantile(rng.beta(one.events, b, 400_000), [0.5, 0.95]) == pytest.approx([0.03, 0.10], rel=0.02)


def test_a_statement_counts_four_events_at_most():
    sharp = stated(0, said(most_likely=5.0, surely_below=6.0), 1.0, DEFAULTS)
    assert sharp.events == 4 and sharp.mean == pytest.approx(0.05, rel=0.01)
    assert stated(0, said(most_likely=5.0, surely_below=5.0), 1.0, DEFAULTS).events == 4
    free = replace(DEFAULTS, expert_events_max=1e9)
    assert stated(0, said(most_likely=5.0, surely_below=6.0), 1.0, free).events > 40


def test_scale_moves_the_danger_and_strength_its_worth():
    base = stated(0, said(), 1.0, DEFAULTS)
    twice = stated(0, said(), 1.0, DEFAULTS, scale=2.0)
    assert (twice.mean, twice.events) == pytest.approx((2 * base.mean, base.events))
    weak = stated(0, said(), 0.1, DEFAULTS, strength=2.0)
    assert (weak.mean, weak.events) == pytest.approx((base.mean, 0.2 * base.events))
    assert stated(0, said(most_likely=60.0, surely_below=80.0), 1.0, DEFAULTS, scale=2.0).mean == 0.95


def test_most_likely_none_can_be_said():
    assert 0 < stated(0, said(most_likely=0.0, surely_below=2.0), 1.0, DEFAULTS).mean < 0.01


@pytest.mark.parametrize("numbers", [(5.0, 4.0), (-1.0, 4.0), (5.0, 100.0)])
def test_impossible_statements_are_an_error(numbers):
    with pytest.raises(ValueError, match="most likely"):
        stated(0, said(most_likely=numbers[0], surely_below=numbers[1]), 1.0, DEFAULTS)


def test_a_later_statement_of_the_same_author_replaces_the_earlier():
    rows = (said(), said(stated=date(2030, 3, 1)), said(author="field"), said(split="turned_back"), said(condition="alert"),
            said(stated=date(2031, 1, 1)))
    assert current(rows, TODAY) == [1, 2, 3, 4]
    assert current(rows, date(2030, 2, 1)) == [0, 2, 3, 4]


def test_breaks_weaken_what_was_said_before_them():
    breaks = (Break(date(2030, 3, 1), "TH", 0.5), Break(date(2030, 4, 1), "foot", 0.1), Break(date(2030, 6, 1), "all", 0.0))
    assert keep_after(breaks, date(2030, 1, 1), ("foot", "TH"), today=TODAY) == pytest.approx(0.05)
    assert keep_after(breaks, date(2030, 3, 15), ("foot", "TH"), today=TODAY) == pytest.approx(0.1)
    assert keep_after(breaks, date(2030, 1, 1), ("boat", "LA"), today=TODAY) == 1


def test_now_may_be_written_in_any_zone():
    net = network_of(little_book(outcomes=(outcome(),)))
    plain = datetime(2030, 5, 1, 6)
    for now in (plain, plain.replace(tzinfo=UTC)):
        assert len(records(net, ways(net), now=now, defaults=DEFAULTS).leg) == 1
