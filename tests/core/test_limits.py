"""Vetoes: what a party cannot do is taken out before anything is computed, each with its reason."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from waystation.network.build import network_of
from waystation.network.example import example_book
from waystation.network.files import read_book, write_json
from waystation.network.rows import Guide, Leg, Place, Window
from waystation.network.windows import within
from waystation.party import Party, Terms
from waystation.planning.limits import _calendar, _never, allowed, refusals
from waystation.units import Money

NOTHING = Money(Decimal(0), "USD")
LEG = Leg("L1", "A", "B", "foot", "P", NOTHING)
END = Place("B", "AREA", "town")
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
    assert words in _never(replace(LEG, **leg), END, replace(PARTY, **party))


@pytest.mark.parametrize("leg", [
    {"swim": True}, {"exertion": 3}, {"walk_km": 10}, {"group_max": 2}, {"min_age": 30}, {"max_age": 35},
    {"pregnancy_max_weeks": 30}, {"exposure": frozenset({"water", "altitude", "cold"})},
])
def test_a_leg_just_within_the_limits_stays(leg):
    able = replace(PARTY, swim=True, exertion_max=3, walk_km_day=10, pregnancy_weeks=30)
    assert _never(replace(LEG, **leg), END, able) == ""


# What a leg asks for against what a party of three can bear, by hand. The load is shared: 4 kg for each is 12 kg for all.
LOADS = [
    (None, None, ""), (None, 30, "what must be carried is not known"), (None, 0, "what must be carried is not known"),
    (0, None, ""), (0, 0, ""), (4, None, "12 kg to carry for all, and nobody has said"),
    (4, 12, ""), (4, 11, "more to carry than they can: 12 kg for all, 11 kg at most"),
]
# Hours without cold on the leg, whether where it ends cools again, hours for which the medicine keeps, pace.
COLDS = [
    (None, None, None, 1.0, ""), (90, False, None, 1.0, ""),
    (None, True, 24, 1.0, "how long medicine is without cold is not known"), (24, True, 24, 1.0, ""),
    (25, True, 24, 1.0, "without cold for 25 hours; it keeps for 24"),
    (20, True, 24, 1.5, "without cold for 30 hours; it keeps for 24"), (10, True, 11, 1.1, ""), (24, True, 24, 0.5, ""),
    (25, True, 24, 0.5, "for 25 hours"), (0, True, 0, 1.5, ""), (0, False, 24, 1.0, "cannot be cooled again at B"),
    (0, None, 24, 1.0, "whether medicine can be cooled again at B is not known"),
]


@pytest.mark.proves("S001-06")
@pytest.mark.parametrize(("asked", "can", "words"), LOADS)
def test_a_leg_asks_no_more_to_be_carried_than_they_can_together(asked, can, words):
    three = replace(PARTY, size=3, carry_kg=can)
    found = _never(replace(LEG, carry_kg=asked), END, three)
    assert words in found and bool(found) == bool(words)


@pytest.mark.proves("S001-06")
@pytest.mark.parametrize(("without", "cooling", "keeps", "pace", "words"), COLDS)
def test_medicine_that_must_be_kept_cold_closes_a_leg_on_which_it_would_spoil(without, cooling, keeps, pace, words):
    found = _never(replace(LEG, uncooled_h=without), replace(END, cooling=cooling), replace(PARTY, uncooled_h=keeps, pace=pace))
    assert words in found and bool(found) == bool(words)


@pytest.mark.proves("S001-06")
def test_walking_hardship_cold_load_and_medicine_take_legs_out_of_a_book_each_with_its_reason():
    """The example's three open legs: 2 km, by boat in the cold with 4 kg, 18 km with 6 kg and four days without cold."""
    net = network_of(example_book())
    terms = Terms(start="START", goals=(), depart_from=date(2030, 2, 11), deadline=date(2030, 2, 13), budget=NOTHING)

    def out(**can):
        found = allowed(net, replace(PARTY, **{"carry_kg": 20} | can), terms, steps=4)
        assert all(not found.open[:, net.legs.index(one.leg)].any() for one in found.vetoes)
        return {one.leg: one.reason for one in found.vetoes if not one.forbidden}

    assert out() == {}
    assert out(walk_km_day=10) == {"L3": "more walking a day than the weakest member can do"}
    assert out(exertion_max=2) == dict.fromkeys(["L2", "L3"], "too hard for the weakest member")
    assert list(out(cold=False).items()) == [("L2", "from 11 February 2030: cold, with somebody who cannot bear it")]
    assert out(carry_kg=11) == {"L3": "more to carry than they can: 12 kg for all, 11 kg at most"}
    assert out(uncooled_h=48) == {"L3": "medicine would be without cold for 96 hours; it keeps for 48"}


def test_a_book_from_before_says_nothing_of_loads_and_cold_and_closes_them_for_whoever_has_such_a_limit():
    new = ("carry_kg", "uncooled_h", "cooling")
    told = json.loads(write_json(example_book()))
    for row in (*told["legs"], *told["places"]):
        for name in new:
            row.pop(name, None)
    net = network_of(read_book(json.dumps(told).encode(), name="old.json"))
    assert not any(name in row for row in json.loads(write_json(net.book))["legs"] for name in new)
    terms = Terms(start="START", goals=(), depart_from=date(2030, 2, 11), deadline=date(2030, 2, 13), budget=NOTHING)
    out = [{one.leg for one in allowed(net, replace(PARTY, **can), terms, steps=4).vetoes if not one.forbidden}
           for can in ({}, {"carry_kg": 99}, {"uncooled_h": 99})]
    assert out == [set(), {"L1", "L2", "L3"}, {"L1", "L2", "L3"}]


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
