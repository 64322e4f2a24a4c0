"""What one journey taught, leg by leg: with and without it at one moment, in ranges or not at all, and hardly ever much."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from waystation.hazards.posterior import fit
from waystation.network.build import network_of
from waystation.network.rows import Ended, Outcome
from waystation.planning.results import Knowledge
from waystation.planning.taught import Begun, taught
from worlds.little import NOW, little_book, outcomes

DAY = date(2030, 4, 20)
CAME = Outcome("RIDE", DAY, "calm", "", Ended.ARRIVED, DAY, DAY, 2)
TAKEN, SILENT = replace(CAME, ended=Ended.INTERCEPTED), replace(CAME, ended=Ended.SILENT, ended_at=None)


def lesson(one, *, ridden=30, taken=2, **sheets):
    """Of a journey over one leg, after so many earlier ones came through it."""
    before = outcomes("RIDE", arrived=ridden, intercepted=taken)
    (found,) = taught(replace(little_book(), outcomes=(*before, one), **sheets), [Begun(one.leg, one)], now=NOW)
    return found


def test_one_party_that_came_through_lowers_it_by_less_than_a_party_of_a_hundred():
    found = lesson(CAME, ridden=28)
    assert (found.moved, found.by_one, found.stands, found.ended) == (-1, False, True, Ended.ARRIVED)
    assert (found.before.n, found.now.n) == (30, 31) and found.before.state is found.now.state is Knowledge.THIN
    assert (found.before.low, found.before.high) == (pytest.approx(0.02, abs=0.01), pytest.approx(0.13, abs=0.01))


def test_one_party_that_was_taken_moves_it_by_one_part_of_what_the_belief_weighs():
    """(1 - m) / (E + 1), as for a Beta; m = 0.06 and E = 42 by hand from 2 lost of 32 and the expert's word: about 2 of 100."""
    book = replace(little_book(), outcomes=(*outcomes("RIDE", arrived=30, intercepted=2), TAKEN))
    (found,) = taught(book, [Begun("RIDE", TAKEN)], now=NOW)
    assert (found.moved, found.by_one) == (1, True)
    means = []
    for rows in (book.outcomes[:-1], book.outcomes):  # the same asked of the danger itself
        net = network_of(replace(book, outcomes=rows))
        learnt = fit(net, now=NOW)
        means.append(float(learnt.lost[learnt.leg_leaf[0, net.legs.index("RIDE"), net.conditions.index("calm")]]))
    weighs = found.before.weighs
    assert means[1] - means[0] == pytest.approx((1 - means[0]) / (weighs + 1), rel=0.25) and 30 <= weighs <= 60
    assert found.now.low > found.before.low and found.now.high > found.before.high


def test_of_whom_nobody_heard_it_rises_a_little_and_never_falls():
    found = lesson(SILENT)
    assert (found.moved, found.now.n, found.before.n) == (1, 32, 32)  # no known end
    assert found.now.high < lesson(TAKEN).now.high  # and less than by a loss


def test_under_twenty_known_ends_no_number_is_said_only_which_way():
    found = lesson(replace(CAME, leg="WALK"), ridden=3, taken=0)
    for belief in (found.before, found.now):
        assert (belief.state, belief.low, belief.high) == (Knowledge.PRIOR_ONLY, None, None)
    assert (found.before.n, found.now.n, found.moved) == (0, 1, -1)
    nobody = lesson(CAME, ridden=0, taken=0, priors=())
    assert (nobody.before.state, nobody.before.weighs, nobody.before.low) == (Knowledge.UNKNOWN, None, None)


def test_an_outcome_without_a_condition_teaches_of_each_condition_its_part():
    book = replace(little_book(), outcomes=(*outcomes("RIDE", arrived=30, intercepted=2), replace(TAKEN, condition="")))
    (found,) = taught(book, [Begun("RIDE", book.outcomes[-1])], now=NOW)
    assert found.moved == 1 and found.before.high > lesson(TAKEN).before.high  # alert is in it, which is worse
    assert (found.before.n, found.now.n) == (32, 33)


def test_only_this_journey_is_left_out_and_nothing_that_came_in_beside_it():
    others = outcomes("RIDE", arrived=5, intercepted=3, day=DAY + timedelta(days=1))
    book = replace(little_book(), outcomes=(*outcomes("RIDE", arrived=30), CAME, *others))
    (found,) = taught(book, [Begun("RIDE", CAME)], now=NOW)
    assert found.moved == -1 and (found.before.n, found.now.n) == (38, 39)  # three losses since are in both


def test_a_row_that_stands_twice_is_taken_out_once_and_one_that_was_changed_since_is_said():
    book = replace(little_book(), outcomes=(*outcomes("RIDE", arrived=30), CAME, CAME))
    (found,) = taught(book, [Begun("RIDE", CAME)], now=NOW)
    assert (found.before.n, found.now.n) == (31, 32)
    (gone,) = taught(replace(book, outcomes=book.outcomes[:30]), [Begun("RIDE", CAME)], now=NOW)
    assert (gone.stands, gone.moved, gone.before) == (False, 0, gone.now)


def test_who_stopped_by_their_own_choice_and_a_leg_that_is_no_more_teach_nothing():
    walk, ride = taught(replace(little_book(), outcomes=(CAME,)), [Begun("WALK", None), Begun("GONE", replace(CAME, leg="GONE"))], now=NOW)
    assert (walk.ended, walk.before, walk.now, walk.moved) == (None, None, None, 0)
    assert (ride.before, ride.stands) == (None, False)
