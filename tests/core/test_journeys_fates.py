"""Of those who were taken, how many were sent back: counted, with the unknown on both sides, and silent about few."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.journeys.fates import DIED, FEWEST, FREE, HELD, RETURNED, Fate, by_then


def taken(returned=0, free=0, held=0, hours=10.0):
    return [Fate("CN", RETURNED, hours)] * returned + [Fate("CN", FREE, hours)] * free + [Fate("CN", HELD, hours)] * held


@pytest.mark.proves("S000-18")
def test_the_share_sent_back_has_the_unknown_on_both_sides_by_hand():
    """Of 7 three were sent back, three got free, of one nobody knows: by hand from the tables of the F distribution."""
    found = by_then(taken(returned=3, free=3, held=1), 72)
    assert (found.n, found.returned, found.unknown) == (7, 3, 1)
    assert found.low == pytest.approx(0.12876, abs=1e-5)    # 3 of 7, lower 5 %: beta(3, 5)
    assert found.high == pytest.approx(0.87124, abs=1e-5)   # 4 of 7, upper 5 %: beta(5, 3)


def test_what_comes_later_is_not_counted_yet_and_who_was_free_before_is_known():
    seen = [Fate("CN", RETURNED, 80.0), Fate("CN", FREE, 5.0), Fate("CN", DIED, 6.0), Fate("CN", HELD, 200.0), Fate("CN", HELD, 70.0)]
    at = {hours: (found.returned, found.unknown) for hours in (24, 72, 79.9, 80, 720) for found in [by_then(seen, hours)]}
    assert at == {24: (0, 0), 72: (0, 1), 79.9: (0, 1), 80: (1, 1), 720: (1, 2)}


def test_of_few_only_the_counts_are_said():
    found = by_then(taken(returned=FEWEST - 1), 72)
    assert (found.low, found.high, found.returned) == (None, None, FEWEST - 1)
    assert by_then(taken(returned=FEWEST), 72).high == 1.0 and by_then(taken(free=FEWEST), 72).low == 0.0
    assert by_then([], 72).low is None


FATES = st.lists(st.builds(Fate, st.just("CN"), st.sampled_from([RETURNED, FREE, DIED, HELD]), st.floats(0, 100)), min_size=FEWEST, max_size=30)


@given(FATES, st.floats(0, 100))
def test_the_bounds_are_those_of_the_exact_interval_and_hold_whatever_became_of_the_unknown(seen, hours):
    found = by_then(seen, hours)

    def tail(k, p):
        return sum(comb(found.n, i) * p**i * (1 - p) ** (found.n - i) for i in range(k, found.n + 1))

    most = found.returned + found.unknown
    assert found.low <= found.returned / found.n <= most / found.n <= found.high
    assert found.low == 0.0 if found.returned == 0 else tail(found.returned, found.low) == pytest.approx(0.05, abs=1e-6)
    assert found.high == 1.0 if most == found.n else 1 - tail(most + 1, found.high) == pytest.approx(0.05, abs=1e-6)
    for end in (RETURNED, FREE):  # had we known of everybody
        known = by_then([Fate(one.state, end, hours) if one.end == HELD and one.hours < hours else one for one in seen], hours)
        assert found.low <= known.low + 1e-9 and known.high <= found.high + 1e-9
