"""What is learnt of the sources of a book: checked by others, never by themselves; where nothing is checked the letter stands."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest

from waystation.network.build import network_of
from waystation.network.rows import Ended, Outcome, Report, Season
from waystation.trust.sources import sources
from waystation.trust.truth import belief, beliefs
from worlds.little import NOW, little_book

TURNS = [("calm", "alert")[(day // 8) % 2] for day in range(60)]  # what was true, day by day before now


def said(source, claim, day, *, origin="", grade="F", area="NEAR", late=0, **more):
    seen = NOW - timedelta(days=day)
    return Report(area, frozenset({claim}), seen, seen + timedelta(days=late), source, origin or source, grade, 1, **more)


def honest(source, **given):
    return [said(source, TURNS[day], day, **given) for day in range(2, 60, 2)]


def always(source, claim="calm", **given):
    return [said(source, claim, day, **given) for day in range(2, 60, 2)]


def met(days=range(3, 60, 6)):
    """Parties of ours that noted what they met where they set out."""
    on = [(NOW - timedelta(days=day)).date() for day in days]
    return tuple(Outcome("WALK", when, TURNS[day], "", Ended.ARRIVED, when, None, 2) for day, when in zip(days, on, strict=True))


def network(*reports, **sheets):
    return network_of(little_book(reports=tuple(reports), outcomes=(), **sheets))


def learnt(*reports, **sheets):
    return sources(network(*reports, **sheets), now=NOW)


def test_who_always_says_calm_is_found_out_and_the_honest_are_believed_more():
    found = learnt(*honest("ONE", grade="C"), *honest("TWO", grade="C"), *always("SLY", grade="B"))
    assert found["ONE"].factor > 1.5 and found["TWO"].factor > 1.5 and found["SLY"].factor < 0.1
    assert found["SLY"].sentence.startswith("Source SLY named the condition rightly in about 5 of 10 reports")
    assert found["SLY"].sentence.endswith("it is believed less than its grade says.")
    assert "9 of 10" in found["ONE"].sentence or "10 of 10" in found["ONE"].sentence


def test_what_our_own_parties_met_checks_a_source_that_nobody_else_can_check():
    found = replace(little_book(), reports=tuple(always("SLY", grade="B")), outcomes=met())
    assert sources(network_of(found), now=NOW)["SLY"].factor < 0.5


@pytest.mark.parametrize("reports", [honest("ONE"), always("ONE"), [*honest("ONE", origin="X"), *honest("TWO", origin="X")]])
def test_nobody_is_a_witness_in_their_own_case_whatever_number_of_mouths_they_have(reports):
    (one,) = learnt(*reports).values()
    assert one.checked == 0 and one.factor == 1 and not one.sentence


def test_where_nothing_can_be_checked_the_letter_is_believed_to_the_last_digit():
    far = [said("ONE", "calm", 3, grade="B"), said("TWO", "alert", 20, grade="C", area="FAR"), said("TWO", "alert", 40)]
    net = network(*far)
    alone = beliefs(network_of(replace(net.book, reports=tuple(far[:1]))), now=NOW)
    assert np.array_equal(beliefs(net, now=NOW)[0].p, beliefs(network(far[0], far[2]), now=NOW)[0].p)
    assert alone[0].sources == ()


def test_a_letter_puts_nobody_beyond_learning():
    found = learnt(*honest("ONE"), *honest("TWO"), *always("SLY", grade="A"))
    assert found["SLY"].factor < 0.1


def test_no_report_is_read_in_reverse():
    contrary = [said("ANTI", {"calm": "alert", "alert": "calm"}[TURNS[day]], day, grade="A") for day in range(2, 60, 2)]
    found = learnt(*honest("ONE"), *honest("TWO"), *contrary)
    assert 0 <= found["ANTI"].factor < 0.2
    newest = said("ANTI", "calm", 0, grade="A")
    with_it = beliefs(network(*honest("ONE"), *honest("TWO"), *contrary, newest), now=NOW)[0].p[0]
    without = beliefs(network(*honest("ONE"), *honest("TWO"), *contrary), now=NOW)[0].p[0]
    assert with_it >= without - 1e-9


def test_neither_the_order_of_reports_nor_a_report_entered_twice_changes_anything():
    reports = [*honest("ONE"), *honest("TWO", grade="C"), *always("SLY")]
    mixed = [*reports, *reports[:7]]
    Random(3).shuffle(mixed)
    assert learnt(*mixed) == learnt(*reports)


def test_what_comes_later_is_not_known_before():
    early = [*honest("ONE"), *always("SLY")]
    later = [said("TWO", TURNS[day], day, late=day + 1) for day in range(2, 60, 2)]  # received tomorrow
    assert learnt(*early, *later) == learnt(*early)


def test_a_handful_of_checked_reports_moves_nobody():
    few = learnt(*honest("ONE"), *honest("TWO"), *always("SLY", grade="A")[:5])["SLY"]
    assert few.checked == 5 and few.factor != 1
    four = learnt(*honest("ONE"), *honest("TWO"), *always("SLY", grade="A")[:4])["SLY"]
    assert four.checked == 4 and four.factor == 1 and not four.sentence


def test_hearsay_and_old_reports_teach_less():
    first = learnt(*honest("ONE"), *honest("TWO"), *always("SLY"))["SLY"]
    third = learnt(*honest("ONE"), *honest("TWO"), *always("SLY", hand=3))["SLY"]
    assert third.checked == pytest.approx(0.3 * first.checked) and third.factor > first.factor
    old = [replace(r, observed_at=r.observed_at - timedelta(days=200), received_at=r.received_at - timedelta(days=200))
           for r in (*honest("ONE"), *always("SLY"))]
    assert learnt(*old) == {}


def test_a_source_that_was_found_out_moves_the_plan_s_belief_less_and_the_belief_says_why():
    net = network(*honest("ONE"), *honest("TWO"), *always("SLY", "alert", grade="A"), said("SLY", "alert", 0, grade="A"))
    p = beliefs(net, now=NOW)[0]
    graded = belief(net.book.reports, net.chain[:, 0], occurs=net.occurs[0], conditions=net.conditions, step_hours=12, now=NOW,
                    season_at=lambda when: 0)
    assert p.p[1] < graded.p[1] - 0.05
    assert any(sentence.startswith("Source SLY named the condition rightly in about") for sentence in p.sources)


def test_seasons_and_long_steps_have_their_own_chains():
    dry = (Season("dry", 11, 4), Season("wet", 5, 10))
    book = little_book(reports=(*honest("ONE"), *honest("TWO"), *always("SLY")), outcomes=())
    for steps in (6, 24):
        changed = replace(book, book=replace(book.book, seasons=dry, step_hours=steps))
        assert sources(network_of(changed), now=NOW)["SLY"].factor < 0.3


