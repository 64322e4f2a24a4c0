"""Grades end, roles stay apart, and who sells people is no contact: by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.trust.vetting import (
    BROUGHT,
    ENDED,
    NOBODY,
    RELIABILITY,
    ROLES,
    STANDING,
    UNJUDGED,
    UNUSABLE,
    Grade,
    Helper,
    Judged,
    fits,
    judged,
    may_be_contact,
    may_use,
    standing_on,
)

B = Grade("B", "Three parties came through.", "anna", date(2030, 1, 1), date(2030, 7, 1))
D = Grade("D", "Two reports were wrong.", "bela", date(2030, 3, 1), date(2030, 5, 1))


@pytest.mark.parametrize(("day", "grade", "sentence"), [
    (date(2029, 12, 31), "F", NOBODY), (date(2030, 1, 1), "B", "usually reliable"), (date(2030, 2, 28), "B", "usually reliable"),
    (date(2030, 3, 1), "D", "not usually reliable"), (date(2030, 5, 1), "D", "not usually reliable"), (date(2030, 5, 2), "F", ENDED)])
def test_the_newest_grade_counts_until_it_ends_and_no_older_one_comes_back(day, grade, sentence):
    found = judged([D, B], day)
    assert (found.grade, found.sentence) == (grade, sentence)


@pytest.mark.proves("S001-24")
def test_who_was_brought_by_others_starts_lower():
    assert judged([], date(2030, 1, 1), brought_by_others=True) == Judged("D", BROUGHT)
    assert judged([], date(2030, 1, 1)) == Judged(UNJUDGED, NOBODY)
    assert judged([B], date(2030, 2, 1), brought_by_others=True).grade == "B"


@pytest.mark.proves("S002-20")
def test_four_codes_are_kept_apart_and_who_sells_people_is_no_contact():
    assert len(set(Helper)) == 4
    assert [may_be_contact(one) is None for one in Helper] == [True, True, True, False]


@pytest.mark.proves("S004-06")
def test_roles_have_names_and_officials_and_intermediaries_are_among_them():
    assert {"guide", "broker", "official", "intermediary", "informant"} <= set(ROLES) and len(set(ROLES.values())) == len(ROLES)


@pytest.mark.refuses("W-04")
@pytest.mark.parametrize("standing", STANDING)
def test_who_must_not_be_used_is_said_whatever_the_grade(standing):
    said = may_use(standing, Judged("A", "reliable"))
    assert bool(said) is (standing in UNUSABLE | {"expired"})
    assert len(may_use(standing, Judged("F", ENDED), holds_papers_or_children=True)) == 2 + (standing in UNUSABLE | {"expired"})


@pytest.mark.parametrize(("grade", "reason", "ends", "why"), [
    ("G", "x", date(2030, 2, 1), "from A to F"), ("A", "", date(2030, 2, 1), "needs a reason"),
    ("A", "x", date(2030, 1, 1), "ends after"), ("A", "x", date(2031, 1, 3), "within a year"), ("A", "x", date(2031, 1, 2), "")])
def test_what_a_grade_needs(grade, reason, ends, why):
    assert (why in fits(grade, reason, date(2030, 1, 1), ends)) and bool(fits(grade, reason, date(2030, 1, 1), ends)) is bool(why)


@given(st.lists(st.tuples(st.sampled_from(sorted(RELIABILITY)), st.dates(date(2028, 1, 1), date(2030, 1, 1)), st.integers(1, 366)), max_size=6),
       st.dates(date(2028, 1, 1), date(2031, 1, 1)))
def test_the_slow_twin_looks_day_by_day(some, day):
    from datetime import timedelta

    grades = [Grade(grade, "x", "r", given_, given_ + timedelta(days=length)) for grade, given_, length in some]
    newest = None
    for one in grades:
        if one.given <= day and (newest is None or one.given >= newest.given):
            newest = one
    expected = UNJUDGED if newest is None or day > newest.ends else newest.grade
    assert judged(grades, day).grade == expected


@pytest.mark.parametrize(("standing", "days_after", "now"), [
    ("new", 1, "new"), ("probation", 0, "probation"), ("probation", 1, "expired"), ("cleared", 0, "cleared"),
    ("cleared", 1, "expired"), ("restricted", 1, "expired"), ("suspended", 900, "suspended"), ("burnt", 900, "burnt"),
    ("blocked", 900, "blocked")])
def test_a_clearance_ends_by_itself_and_a_stop_never_does(standing, days_after, now):
    ends = date(2030, 7, 1)
    assert standing_on(standing, ends, date.fromordinal(ends.toordinal() + days_after)) == now


def test_who_stands_lapsed_is_warned_about_though_the_grade_still_holds():
    good = judged([B], date(2030, 6, 1))
    assert may_use("cleared", good) == ()
    assert may_use("expired", good) == ("What was decided about this contact has ended. Vet them anew before relying on them.",)
    assert standing_on("cleared", None, date(2030, 7, 1)) == "expired"  # a decision without an end is none
