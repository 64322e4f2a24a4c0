"""Vetoes: what a party cannot do is taken out before anything is computed, each with its reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from waystation.network.rows import Guide, Leg, Window
from waystation.network.windows import within
from waystation.party import Party, Terms
from waystation.planning.limits import _calendar, _never, refusals
from waystation.units import Money

NOTHING = Money(Decimal(0), "USD")
LEG = Leg("L1", "A", "B", "foot", "P", NOTHING)
PARTY = Party(size=2, youngest_y=30, oldest_y=35, all_agree=True, guardian_ok=True)


@pytest.mark.parametrize(("leg", "party", "words"), [
    ({"swim": True}, {}, "swim"),
    ({"exertion": 4}, {"exertion_max": 3}, "too hard"),
    ({"walk_km": 20}, {"walk_km_day": 10}, "walking"),
    ({"group_max": 1}, {}, "at most 1"),
    ({"min_age": 12}, {"youngest_y": 11}, "under 12"),
    ({"max_age": 65}, {"oldest_y": 66}, "over 65"),
    ({"exposure": frozenset({"water"})}, {"oldest_y": 71}, "water"),
    ({"exposure": frozenset({"altitude"})}, {"youngest_y": 2}, "altitude"),
    ({"pregnancy_max_weeks": 30}, {"pregnancy_weeks": 31}, "pregnancy beyond 30"),
    ({"status": "closed", "reason": "burnt"}, {}, "closed: burnt"),
    ({"status": "forbidden", "reason": "mined"}, {}, "forbidden for everybody: mined"),
])
def test_a_leg_beyond_the_weakest_member_is_taken_out_with_its_reason(leg, party, words):
    assert words in _never(replace(LEG, **leg), replace(PARTY, **party))


@pytest.mark.parametrize("leg", [
    {"swim": True}, {"exertion": 3}, {"walk_km": 10}, {"group_max": 2}, {"min_age": 30}, {"max_age": 35},
    {"pregnancy_max_weeks": 30}, {"exposure": frozenset({"water", "altitude", "cold"})},
])
def test_a_leg_just_within_the_limits_stays(leg):
    able = replace(PARTY, swim=True, exertion_max=3, walk_km_day=10, pregnancy_weeks=30)
    assert _never(replace(LEG, **leg), able) == ""


@pytest.mark.refuses("H-04")
@pytest.mark.parametrize(("party", "words"), [
    ({"all_agree": False}, "has not said yes"), ({"guardian_ok": False}, "guardian")])
def test_no_plan_without_every_adults_yes_or_a_childs_guardian(party, words):
    assert any(words in reason for reason in refusals(replace(PARTY, **party)))
    assert refusals(PARTY) == ()


@pytest.mark.proves("S000-25")
def test_pregnancy_closes_a_leg_from_the_day_its_limit_is_passed():
    # 30 weeks on 1 May; the limit of 31 weeks is passed after 7 days: 8 May is exactly 31, 9 May is beyond.
    leg, party = replace(LEG, pregnancy_max_weeks=31), replace(PARTY, pregnancy_weeks=30)
    terms = Terms(start="A", goals=(), depart_from=date(2030, 5, 1), deadline=date(2030, 5, 11), budget=NOTHING)
    column, reason = _calendar(leg, party, terms, [], 20, 12)
    assert column.tolist() == [True] * 16 + [False] * 4
    assert reason == "from 9 May 2030: pregnancy beyond 31 weeks"


@pytest.mark.parametrize(("exposure", "month", "party", "closed"), [
    ("cold", 1, {"oldest_y": 71}, True), ("cold", 7, {"oldest_y": 71}, False), ("cold", 1, {"cold": False}, True),
    ("cold", 1, {}, False), ("heat", 7, {"youngest_y": 2}, True), ("heat", 1, {"youngest_y": 2}, False)])
def test_cold_and_heat_close_a_leg_in_their_months_for_those_who_cannot_bear_it(exposure, month, party, closed):
    leg = replace(LEG, exposure=frozenset({exposure}))
    terms = Terms(start="A", goals=(), depart_from=date(2030, month, 10), deadline=date(2030, month, 12), budget=NOTHING)
    column, _ = _calendar(leg, replace(PARTY, **party), terms, [], 4, 12)
    assert column.any() != closed


def test_a_night_window_opens_night_steps_only():
    terms = Terms(start="A", goals=(), depart_from=date(2030, 5, 1), deadline=date(2030, 5, 3), budget=NOTHING)
    column, reason = _calendar(LEG, PARTY, terms, [Window("L1", part="night")], 4, 12)
    assert column.tolist() == [False, True, False, True]
    assert reason == ""


@pytest.mark.parametrize(("window", "day", "night", "inside"), [
    (Window("L1", from_date=date(2030, 5, 2)), date(2030, 5, 1), False, False),
    (Window("L1", to_date=date(2030, 5, 2)), date(2030, 5, 2), False, True),
    (Window("L1", to_date=date(2030, 5, 2)), date(2030, 5, 3), False, False),
    (Window("L1", months=frozenset({5})), date(2030, 5, 3), False, True),
    (Window("L1", months=frozenset({6})), date(2030, 5, 3), False, False),
    (Window("L1", weekdays=frozenset({4})), date(2030, 5, 3), False, True),  # a Friday
    (Window("L1", weekdays=frozenset({0})), date(2030, 5, 3), False, False),
    (Window("L1", part="day"), date(2030, 5, 3), True, False),
])
def test_windows(window, day, night, inside):
    assert within(window, day, night=night) == inside


def test_a_leg_outside_all_its_windows_says_so():
    terms = Terms(start="A", goals=(), depart_from=date(2030, 5, 1), deadline=date(2030, 5, 3), budget=NOTHING)
    column, reason = _calendar(LEG, PARTY, terms, [Window("L1", months=frozenset({12}))], 4, 12)
    assert not column.any()
    assert "outside its windows" in reason


def test_guides_who_cannot_take_the_party_are_passed_over():
    from waystation.planning.limits import _guide

    small, large = Guide("G1", ("L1",), NOTHING, 1), Guide("G2", ("L1",), NOTHING, 5)
    assert _guide((small, large), "L1", PARTY) == large
    assert _guide((small,), "L1", PARTY) is None
    assert _guide((large,), "L2", PARTY) is None
