"""Clocks at their edges, reckoned by hand: Mondays, never later than was promised; holds, never shorter."""

from datetime import date, timedelta

import pytest

from waystation.casework import retention as clocks


@pytest.mark.refuses("H-37")
@pytest.mark.parametrize(("clock_", "start", "day"), [
    ("road", date(2026, 3, 1), date(2026, 3, 30)),        # Sunday + 30 = Tuesday 31 March
    ("road", date(2026, 2, 28), date(2026, 3, 30)),       # Saturday + 30 = Monday 30 March: that day itself
    ("road", date(2026, 2, 27), date(2026, 3, 23)),       # Friday + 30 = Sunday 29 March
    ("handle", date(2026, 1, 1), date(2026, 3, 30)),      # + 90 = Wednesday 1 April
    ("declined", date(2026, 12, 1), date(2027, 3, 1)),    # + 90 = Monday 1 March of the next year
    ("declined", date(2026, 11, 30), date(2027, 2, 22)),  # + 90 = Sunday 28 February
])
def test_a_day_is_a_monday_and_never_later_than_was_promised(clock_, start, day):
    found = clocks.due(clock_, start)
    assert found == day and found.weekday() == 0
    assert timedelta(0) <= start + timedelta(days=clocks.CLOCKS[clock_].days) - found < timedelta(days=7)


@pytest.mark.refuses("H-37")
def test_each_term_is_the_one_that_was_promised_and_has_its_reason():
    assert {name: one.days for name, one in clocks.CLOCKS.items()} == {
        "road": 30, "season": 30, "handle": 90, "declined": 90, "testimony": None, "signatures": 180, "money": None}
    assert all(one.why and one.starts and (one.done or one.open) for one in clocks.CLOCKS.values())
    with pytest.raises(ValueError, match="no number of days"):
        clocks.due("money", date(2026, 1, 1))


@pytest.mark.parametrize(("end", "day"), [
    (date(2026, 3, 2), date(2026, 3, 16)), (date(2026, 3, 3), date(2026, 3, 23)), (date(2026, 3, 8), date(2026, 3, 23))])
def test_what_was_held_goes_no_sooner_than_a_fortnight_after(end, day):
    assert clocks.free_again(end) == day and day.weekday() == 0 and day - end >= timedelta(days=14)


@pytest.mark.parametrize(("end", "may"), [
    (date(2026, 3, 2), False), (date(2026, 3, 3), True), (date(2027, 3, 3), True), (date(2027, 3, 4), False)])
def test_a_hold_ends_after_today_and_within_a_year(end, may):
    assert clocks.may_hold(date(2026, 3, 2), end) == may
