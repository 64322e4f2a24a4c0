"""Plans held against what became of their parties: counted by hand, the unknown on both sides, silent about few, never flattering."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.journeys.checks import ENOUGH, End, Seen, Verdict, checks, end_of, tenths, worst
from waystation.journeys.fates import bounds


def party(end, times, arrive=0.88, lost=0.06):
    return [Seen(arrive, lost, End(end))] * times


def test_of_plans_that_said_nine_in_ten_so_many_arrived_by_hand():
    """20 parties of 20: the lower 5 % point is the p with p^20 = 0.05; none lost of 20: 1 - 0.05^(1/20)."""
    row, everything = checks(party("arrived", 20))
    assert (row.tenths, row.n, row.ends[End.ARRIVED], everything.tenths, everything.n) == (9, 20, 20, None, 20)
    assert row.arriving.low == pytest.approx(0.05 ** (1 / 20), abs=1e-9) and row.arriving.high == 1.0
    assert row.losing.low == 0.0 and row.losing.high == pytest.approx(1 - 0.05 ** (1 / 20), abs=1e-9)
    assert (row.arriving.said, row.losing.said) == (pytest.approx(0.88), pytest.approx(0.06))
    assert (row.arriving.verdict, row.losing.verdict) == (Verdict.FITS, Verdict.FITS)


def test_of_whom_nobody_heard_is_never_counted_as_arrived():
    """Of 25 arrived 20 and of 5 nobody knows: the low end is that of 20 of 25, the high end that of 25 of 25."""
    row, _ = checks(party("arrived", 20) + party("unknown", 5))
    assert (row.arriving.happened, row.n, row.ends[End.UNKNOWN]) == (20, 25, 5)
    assert (row.arriving.low, row.arriving.high) == (bounds(20, 0, 25)[0], 1.0)
    assert row.arriving.low == pytest.approx(0.62459, abs=1e-5)  # beta(20, 6), 5 %
    assert row.losing.high == bounds(5, 0, 25)[1] and row.losing.low == 0.0  # all five may be lost


def test_under_twenty_known_ends_the_counts_stand_alone_whoever_is_unknown():
    row, _ = checks(party("arrived", ENOUGH - 1) + party("unknown", 40))
    assert ENOUGH == 20
    assert (row.arriving.low, row.arriving.high, row.arriving.verdict) == (None, None, Verdict.FEW)
    assert (row.arriving.happened, row.ends[End.UNKNOWN]) == (19, 40)
    assert checks([]) == ()


def test_plans_that_promised_too_much_and_plans_that_promised_too_little_are_said():
    much, _ = checks(party("arrived", 12) + party("lost", 13))
    assert (much.arriving.verdict, much.losing.verdict) == (Verdict.BELOW, Verdict.ABOVE)
    little, _ = checks(party("arrived", 30, arrive=0.5, lost=0.4))
    assert (little.tenths, little.arriving.verdict, little.losing.verdict) == (5, Verdict.ABOVE, Verdict.BELOW)


def test_where_the_unknown_would_let_any_share_fit_that_is_said():
    row, _ = checks(party("arrived", 20) + party("unknown", 60))
    assert row.arriving.verdict is Verdict.WIDE


def test_rows_go_by_what_was_said_and_a_plan_without_a_number_judges_nothing():
    seen = party("arrived", 1, arrive=0.849) + party("late", 1, arrive=0.85) + party("stopped", 2, arrive=None, lost=None)
    found = checks(seen)
    assert [(row.tenths, row.n) for row in found] == [(9, 1), (8, 1), (None, 2), (None, 2)]
    assert found[0].ends[End.LATE] == 1 and found[0].arriving.happened == 0
    assert [row.arriving.verdict for row in found] == [Verdict.FEW] * 3 + [Verdict.SILENT] and found[3].arriving.said is None
    assert tenths(0.0) == 0 and tenths(1.0) == 10


@pytest.mark.parametrize(("codes", "arrived", "in_time", "end"), [
    (["passed", "delayed", "shot_at"], True, True, End.ARRIVED),
    (["passed"], True, False, End.LATE),                     # a plan speaks of its last day
    (["passed", "captured", "passed"], True, True, End.LOST),  # taken and free again: lost on the way, as the plan counts
    (["injured"], False, True, End.LOST), (["missing"], False, False, End.LOST), (["killed"], False, True, End.LOST),
    (["passed", ""], False, False, End.UNKNOWN),             # silence is no arrival, however long
    (["passed", "no such code"], True, True, End.UNKNOWN),
    (["turned_back"], False, True, End.STOPPED), (["passed", "left"], False, True, End.STOPPED),
    (["passed"], False, False, End.LATE),                    # they rest somewhere, and the last day is past
])
def test_what_became_of_a_party_is_counted_as_its_plan_speaks_of_it(codes, arrived, in_time, end):
    assert end_of(codes, arrived=arrived, in_time=in_time) is end


def test_a_party_in_parts_ended_as_its_worst_part():
    assert worst([End.ARRIVED, End.LOST, End.UNKNOWN]) is End.LOST
    assert worst([End.ARRIVED, End.UNKNOWN]) is End.UNKNOWN and worst([End.ARRIVED, End.LATE, End.STOPPED]) is End.LATE


SEEN = st.lists(st.builds(Seen, st.floats(0, 1), st.floats(0, 1), st.sampled_from(End)), max_size=60)


@given(SEEN)
def test_every_party_is_counted_once_and_the_unknown_only_widen(seen):
    rows = checks(seen)
    each, all_ = rows[:-1], rows[-1:]
    assert sum(row.n for row in each) == len(seen) == sum(row.n for row in all_)
    for row in rows:
        assert sum(row.ends.values()) == row.n
        if row.arriving.low is not None:
            known = row.n - row.ends[End.UNKNOWN]
            assert row.arriving.low <= bounds(row.arriving.happened, 0, known)[0] + 1e-9
            assert row.arriving.high >= bounds(row.arriving.happened, 0, known)[1] - 1e-9


def test_bounds_of_a_thousand_are_numbers_too():
    low, high = bounds(1800, 0, 2000)
    assert (low, high) == (pytest.approx(0.8883, abs=5e-4), pytest.approx(0.9108, abs=5e-4))
