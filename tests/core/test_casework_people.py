"""Vague dates and Korean ages worked by hand; the party that people make, and what must be asked before they make one."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.casework import codes, people
from waystation.casework.dates import LUNAR_LATEST_DAYS, Span, born, span
from waystation.casework.people import Household, NotKnown, Traveller, is_child, party_of, weeks_on

DAY = date(2030, 6, 1)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2013-05-17", "2013-05-17", "2013-05-17"), ("2013-02", "2013-02-01", "2013-02-28"),
    ("2012-02", "2012-02-01", "2012-02-29"), ("2013", "2013-01-01", "2013-12-31"), ("201X", "2010-01-01", "2019-12-31"),
    ("2013~", "2012-01-01", "2014-12-31"), ("2013-05?", "2012-05-01", "2014-05-31"), ("2013-21", "2013-03-01", "2013-05-31"),
    ("2013-24", "2013-12-01", "2014-02-28"), (" 2013 ", "2013-01-01", "2013-12-31")])
def test_what_a_vague_date_may_mean(text, first, last):
    assert span(text) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "13", "2013-13", "2013-02-30", "20XX", "201X-05", "May 2013", "2013-5-1", "=2013"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"write a date|month|day|range"):
        span(text)


def test_a_lunar_day_may_lie_up_to_51_days_later():
    assert span("2013-12-31", lunar=True).last == date(2013, 12, 31) + timedelta(days=LUNAR_LATEST_DAYS) == date(2014, 2, 20)


def test_by_the_korean_count_one_is_one_at_birth_and_older_each_new_year():
    assert born(1, date(2030, 1, 1), korean=True) == Span(date(2030, 1, 1), date(2030, 12, 31))
    twenty = born(20, DAY, korean=True)
    assert (twenty.first.year, twenty.last.year) == (2011, 2011)
    assert twenty.ages(DAY) == (18, 19)  # not 20


def test_an_age_in_full_years_leaves_one_year_open():
    assert born(18, DAY) == Span(date(2011, 6, 2), date(2012, 6, 1))
    assert born(18, DAY).ages(DAY) == (18, 18)
    assert born(18, date(2032, 2, 29)).last == date(2014, 2, 28)


@pytest.mark.parametrize(("age", "korean"), [(-1, False), (0, True)])
def test_an_age_that_cannot_be_is_refused(age, korean):
    with pytest.raises(ValueError, match="cannot be"):
        born(age, DAY, korean=korean)


@given(st.dates(date(1940, 1, 1), date(2030, 6, 1)), st.dates(date(2025, 1, 1), date(2030, 6, 1)), st.booleans())
def test_whoever_told_their_age_rightly_is_within_the_span(birth, said_on, korean):
    """The slow twin counts birthdays, or new years, one by one."""
    if birth > said_on:
        birth, said_on = said_on, birth
    if korean:
        age = 1 + sum(1 for year in range(birth.year + 1, said_on.year + 1))
    else:
        age = sum(1 for year in range(birth.year + 1, said_on.year + 1)
                  if date(year, birth.month, min(birth.day, 28 if birth.month == 2 else birth.day)) <= said_on)
    told = born(age, said_on, korean=korean)
    assert told.first <= birth <= told.last or (birth.month, birth.day) == (2, 29)


def traveller(code, **more):
    return Traveller(**({"code": code, "birth": "1990", "agreed": True, "exertion": 4, "walk_km_day": 20.0, "swim": False,
                         "cold": True} | more))


FAMILY = (
    traveller("F-1", birth="1950", exertion=2, walk_km_day=6.0, cold=False, slower_percent=150),
    traveller("F-2"), traveller("F-3", birth="1988"),
    traveller("F-4", birth="2018", agreed=None, exertion=3), traveller("F-5", birth="2029-05", agreed=None, exertion=3),
)


@pytest.mark.proves("S001-05")
def test_a_family_is_as_slow_as_its_slowest_and_as_young_as_its_youngest():
    party = party_of(FAMILY, DAY, households=[Household(("F-1", "F-2", "F-3", "F-4", "F-5"), "must")])
    assert (party.size, party.youngest_y, party.oldest_y, party.infants) == (5, 1, 80, 1)
    assert (party.exertion_max, party.walk_km_day, party.pace, party.swim, party.cold) == (2, 6.0, 1.5, False, False)
    assert party.stay_together and party.subgroups == () and party.all_agree and party.guardian_ok


@pytest.mark.proves("S001-05")
def test_where_they_may_be_split_children_stay_with_an_adult_and_who_is_never_parted_stays():
    may = Household(("F-1", "F-2", "F-3", "F-4", "F-5"), "may", (("F-2", "F-4", "F-5"),))
    party = party_of(FAMILY, DAY, households=[may])
    assert not party.stay_together and sorted(group.size for group in party.subgroups) == [1, 1, 3]
    alone = next(group for group in party.subgroups if group.oldest_y == 80)
    assert (alone.size, alone.pace) == (1, 1.5)


@pytest.mark.parametrize("rule", ["must", "prefer", ""])
def test_nobody_asked_or_prefer_means_together(rule):
    assert party_of(FAMILY, DAY, households=[Household(tuple(one.code for one in FAMILY), rule)]).stay_together
    assert party_of(FAMILY, DAY).stay_together


@pytest.mark.proves("S001-06")
@pytest.mark.parametrize(("some", "carry_kg", "uncooled_h"), [
    ([{}, {}], None, None), ([{"carry_kg": 10}, {"carry_kg": 0}], 10, None),
    ([{"carry_kg": 10}, {}], 10, None),  # of whom nobody said it carries nothing
    ([{"carry_kg": 10}, {"carry_kg": 12}, {"carry_kg": 3}], 25, None),
    ([{"medicine": True, "keep_cold": False}, {}], None, None),
    ([{"medicine": True, "keep_cold": True, "uncooled_h": 36}, {"keep_cold": True, "uncooled_h": 12}], None, 12),
    ([{"medicine": True, "keep_cold": True, "uncooled_h": 36}, {"keep_cold": True}], None, 0),
])  # of which nobody said how long keeps not an hour
def test_the_load_is_shared_and_medicine_keeps_as_long_as_that_which_keeps_least(some, carry_kg, uncooled_h):
    party = party_of([traveller("ABC"[k], **one) for k, one in enumerate(some)], DAY)
    assert (party.carry_kg, party.uncooled_h) == (carry_kg, uncooled_h)


@pytest.mark.proves("S001-06")
def test_who_go_apart_carry_and_cool_each_for_themselves():
    may = Household(("A", "B"), "may")
    party = party_of([traveller("A", carry_kg=9, keep_cold=True, uncooled_h=5), traveller("B", carry_kg=4)], DAY, households=[may])
    assert (party.carry_kg, party.uncooled_h) == (13, 5)
    assert [(one.carry_kg, one.uncooled_h) for one in party.subgroups] == [(9, 5), (4, None)]


@pytest.mark.proves("S004-04")
def test_people_without_kinship_are_a_party_of_several_households():
    three = [traveller("A"), traveller("B"), traveller("C")]
    party = party_of(three, DAY, households=[Household(("A",)), Household(("B",)), Household(("C",))])
    assert party.size == 3 and [group.size for group in party.subgroups] == [1, 1, 1]


@pytest.mark.refuses("H-04")
def test_one_adult_who_was_not_asked_is_not_a_yes():
    assert not party_of([*FAMILY[:1], dataclasses.replace(FAMILY[1], agreed=None), *FAMILY[2:]], DAY).all_agree


@pytest.mark.proves("S001-07")
@pytest.mark.refuses("H-04", "H-23")
@pytest.mark.parametrize(("guardian", "best", "ok"), [(True, True, True), (True, False, False), (False, True, False)])
def test_a_child_alone_needs_a_guardian_and_a_best_interest_record_by_two(guardian, best, ok):
    child = traveller("A", birth="2015", agreed=None, accompanied=False, guardian=guardian, best_interest_by_two=best)
    assert party_of([child, traveller("B")], DAY).guardian_ok is ok


def test_who_may_be_a_child_is_protected_as_one():
    assert is_child(Traveller(code="a", birth="2012"), DAY) is True      # 17 or 18
    assert is_child(Traveller(code="a", birth="2012", adult=True), DAY) is False  # somebody decided
    assert is_child(Traveller(code="a"), DAY) is None


@pytest.mark.proves("S000-25")
def test_weeks_of_pregnancy_go_on_to_the_day_of_the_plan():
    told = traveller("A", pregnant_weeks=25, pregnant_on=DAY - timedelta(days=22))
    assert weeks_on(told, DAY) == 28 == party_of([told], DAY).pregnancy_weeks
    with pytest.raises(NotKnown) as why:
        party_of([dataclasses.replace(told, pregnant_on=DAY - timedelta(days=140))], DAY)
    assert why.value.gaps == (("A", "birth"),)


def test_what_nobody_asked_is_listed_and_nothing_is_filled_in():
    with pytest.raises(NotKnown) as why:
        party_of([Traveller(code="A"), traveller("B", walk_km_day=None, medicine=True)], DAY)
    assert why.value.gaps == (("A", "age"), ("A", "exertion"), ("A", "walk"), ("B", "walk"), ("B", "medicine"))
    with pytest.raises(NotKnown):
        party_of([], DAY)


def quieting_fields(*classes):
    words = ("quiet", "sedat", "silence", "calm", "drug", "worth", "value", "face", "voice")
    return [field.name for cls in classes for field in dataclasses.fields(cls) if any(word in field.name for word in words)]


@pytest.mark.proves("S001-07")
def test_no_field_says_how_quiet_a_child_is():
    from waystation.party import Party

    assert quieting_fields(Traveller, Party) == []
    planted = dataclasses.make_dataclass("Planted", [("quietness", int)])
    assert quieting_fields(planted) == ["quietness"]


@pytest.mark.proves("S000-22")
def test_held_by_a_captor_is_neither_hiding_nor_custody():
    assert {"held_by_captor", "in_hiding", "detained", "in_custody_of_transit_state"} <= set(codes.SITUATION)
    assert len(set(codes.SITUATION.values())) == len(codes.SITUATION)


def test_every_relation_has_its_other_side():
    for name, relation in codes.RELATION.items():
        assert codes.RELATION[relation.back].back == name


def test_needs_have_their_families_and_the_local_ones_say_so():
    assert codes.NEEDS["LP-RR"].words == "risk of forced return" and not codes.NEEDS["LP-RR"].local
    assert sum(need.local for need in codes.NEEDS.values()) == 8
    assert {code.partition("-")[0] for code in codes.NEEDS} == {"CR", "SC", "WR", "ER", "SP", "DS", "SM", "FU", "LP", "TR",
                                                               "SV", "NK"}
    assert people.ADULT_FROM_Y == 18
