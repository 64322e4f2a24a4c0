"""When the date of a computer is believed: hand-worked clocks, in hours since a person said which day it is."""

import pytest

from waystation.casework.reckoning import DAY, HOUR, Doubt, Machine, judged, said

T0 = 1_772_442_000.0  # 2 March 2026, 9:00 UTC


def at(hours, *, on=None, awake=None, boot="a"):
    """The clocks so many hours later, by the wall; by default the computer ran all the while."""
    on = hours if on is None else on
    return Machine(T0 + hours * HOUR, boot, 100 + (on if awake is None else awake) * HOUR, 100 + on * HOUR)


def after(*looks):
    """What is known and doubted after one look after another."""
    known, why = said(at(0)), None
    for one in looks:
        known, why = judged(known, one)
    return known, why


@pytest.mark.parametrize(("looks", "why"), [
    ([at(9_000)], None),                                              # it ran for a year, and nobody looked
    ([at(11, on=0)], None),                                           # a time zone that was set wrongly
    ([at(13, on=0)], Doubt.AHEAD),
    ([at(24 * 365, on=1)], Doubt.AHEAD),
    ([at(7, on=0), at(8, on=1), at(14, on=1)], Doubt.AHEAD),          # in steps, each of them small
    ([at(90, on=0, boot="b")], None),                                 # off from Friday to Tuesday
    ([at(97, on=0, boot="b")], Doubt.AWAY),
    ([at(97, on=97, awake=0)], Doubt.AWAY),                           # asleep is off: its clock is taken on trust as well
    ([at(90, on=90, awake=0)], None),
    ([at(-11)], None), ([at(-13)], Doubt.BEHIND),
    ([at(-500), at(2)], None),                                        # a dead battery, until the network said the hour
    ([at(2_000, on=1), at(2)], None),                                 # ahead, and right again
    ([at(50, on=1), at(51, on=0, boot="b")], Doubt.AWAY),             # ahead, and then started again
    ([at(50, on=1), at(2), at(51, on=0, boot="b")], None),            # ahead, right again, and off for two days
    ([at(50, on=0, boot="")], None), ([at(50, on=50, boot=""), at(99, on=99, boot="")], None),
])
def test_a_clock_is_believed_as_far_as_the_computer_ran(looks, why):
    assert after(*looks)[1] is why


def test_nights_that_it_was_off_are_taken_on_trust_for_thirty_days_in_all():
    known, hours = said(at(0)), 0
    for nights in range(99):
        hours += 14   # off over night; nobody says the day
        known, why = judged(known, at(hours, on=0, boot=f"start {nights}"))
        if why:
            break
        hours += 10
        known, why = judged(known, at(hours, on=10, boot=f"start {nights}"))
        assert why is None
    assert (why, nights) == (Doubt.AWAY, 51) and 51 * 14 * HOUR <= 30 * DAY < 52 * 14 * HOUR
    assert judged(said(at(hours, on=0, boot="z")), at(hours + 1, on=1, boot="z"))[1] is None


def test_in_doubt_nothing_is_learnt_and_a_clock_that_is_late_costs_nothing_later():
    known, _ = after(at(5), at(900, on=6))
    assert (known.until, known.doubted) == (T0 + 5 * HOUR, True)
    slow, _ = after(at(99, on=100), at(199, on=200))          # an hour late for days
    assert slow.until == T0 + 200 * HOUR
    assert judged(slow, at(199 + 96, on=0, boot="b"))[1] is None  # and off for four days


def test_a_counter_that_ran_backwards_is_another_start():
    known, _ = after(at(50))
    assert judged(known, at(53, on=3))[0].away == 3 * HOUR    # the same name of a start, and fewer hours since it
