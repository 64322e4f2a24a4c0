"""Until when a leg may start: the same as asking each minute anew; what nobody wrote is not known."""

import random
from datetime import date, datetime, timedelta

import pytest

from waystation.network.rows import Window
from waystation.network.windows import AHEAD_H, EARLIEST_H, ahead, standing, windows_of, within
from waystation.units import is_night

NOON = datetime(2030, 5, 2, 12)  # a Thursday


@pytest.mark.parametrize(("window", "at", "opened", "until"), [
    (Window("L1", to_date=date(2030, 5, 2)), NOON, True, datetime(2030, 5, 3)),
    (Window("L1", from_date=date(2030, 5, 4)), NOON, False, datetime(2030, 5, 4)),
    (Window("L1", part="night"), NOON, False, datetime(2030, 5, 2, 18)),
    (Window("L1", part="night"), datetime(2030, 5, 2, 23), True, datetime(2030, 5, 3, 6)),
    (Window("L1", part="night", to_date=date(2030, 5, 2)), datetime(2030, 5, 2, 23), True, datetime(2030, 5, 3)),
    (Window("L1", part="day"), NOON, True, datetime(2030, 5, 2, 18)),
    (Window("L1", weekdays=frozenset({3})), NOON, True, datetime(2030, 5, 3)),
    (Window("L1", months=frozenset({5})), NOON, True, datetime(2030, 6, 1)),
    (Window("L1", months=frozenset({4})), NOON, False, datetime(2031, 4, 1)),
    (Window("L1", to_date=date(2030, 5, 1)), NOON, False, None),
    (Window("L1"), NOON, True, None),
])
def test_a_window_closes_and_opens_at_its_turns(window, at, opened, until):
    found = standing([window], at)
    assert (found.open, found.until) == (opened, until)


def test_windows_of_one_leg_are_alternatives():
    both = [Window("L1", to_date=date(2030, 5, 2)), Window("L1", from_date=date(2030, 5, 3), to_date=date(2030, 5, 4))]
    assert standing(both, NOON).until == datetime(2030, 5, 5)


def test_without_a_window_nothing_is_known():
    with pytest.raises(ValueError, match="no window"):
        standing([], NOON)


def test_it_is_what_asking_each_half_hour_would_find():
    draw = random.Random(7)
    for _ in range(60):
        windows = [Window("L1", from_date=draw.choice((None, date(2030, 5, draw.randint(1, 9)))),
                          to_date=draw.choice((None, date(2030, 5, draw.randint(1, 20)))), part=draw.choice(("day", "night", "any")),
                          weekdays=frozenset(draw.sample(range(7), draw.randint(0, 5)))) for _ in range(draw.randint(1, 3))]
        at = datetime(2030, 5, draw.randint(1, 12), draw.randint(0, 23), draw.choice((0, 30)))

        def opened(moment, windows=windows):
            return any(within(one, moment.date(), night=is_night(moment)) for one in windows)

        later = (at + timedelta(minutes=30 * half) for half in range(1, 48 * 40))
        slow = next((moment for moment in later if opened(moment) != opened(at)), None)
        found = standing(windows, at)
        assert found.open == opened(at)
        assert found.until == slow or (slow is None and found.until > at + timedelta(days=39))


def test_the_clock_of_a_place_that_is_not_known_is_taken_as_the_earliest():
    assert ahead("KR") == (timedelta(hours=9), True)
    for country in ("", "XX", "RU", "MN"):  # MN and RU keep several
        assert ahead(country) == (timedelta(hours=EARLIEST_H), False)
    assert max(AHEAD_H.values()) <= EARLIEST_H


def test_a_row_that_cannot_be_read_is_no_window():
    assert windows_of([{"leg": "L1", "from_date": "2030-05-01"}, {"leg": "L1", "part": "noon"}]) == (
        Window("L1", from_date=date(2030, 5, 1)), None)
