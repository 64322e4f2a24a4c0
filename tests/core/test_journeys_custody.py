"""Who handed somebody on to whom: in the order of days, with what nobody knows as a link of its own."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.journeys.custody import HandOver, chain, holder

MAY = [date(2030, 5, day) for day in range(1, 8)]


def said(links):
    return [(one.from_, one.to, one.known) for one in links]


@pytest.mark.proves("S002-04")
def test_a_chain_of_three_states_is_told_in_any_order_and_is_one_chain():
    told = [HandOver("CN", "KP", MAY[4], "a neighbour"), HandOver("LA", "TH", MAY[0], "counsel"), HandOver("TH", "CN", MAY[2], "a newspaper")]
    assert said(chain(told)) == [("LA", "TH", True), ("TH", "CN", True), ("CN", "KP", True)]
    assert [one.how_known for one in chain(told)] == ["counsel", "a newspaper", "a neighbour"]
    assert holder(told) == "KP"


def test_where_nobody_knows_how_they_came_there_the_chain_says_so():
    told = [HandOver("LA", "TH", MAY[0]), HandOver("CN", "KP", MAY[4])]
    assert said(chain(told)) == [("LA", "TH", True), ("TH", "CN", False), ("CN", "KP", True)]
    assert said(chain([HandOver("", "CN"), HandOver("CN", "")])) == [("", "CN", True), ("CN", "", True)]
    assert (holder([HandOver("CN", "")]), holder([])) == ("", "")


def test_what_has_no_day_comes_after_whatever_was_written_before_it():
    told = [HandOver("TH", "CN", MAY[2]), HandOver("CN", "CN"), HandOver("LA", "TH", MAY[0]), HandOver("CN", "KP", MAY[4])]
    assert said(chain(told)) == [("LA", "TH", True), ("TH", "CN", True), ("CN", "CN", True), ("CN", "KP", True)]


HANDED = st.lists(st.builds(HandOver, st.sampled_from(["LA", "TH", "CN", "KP", ""]), st.sampled_from(["LA", "TH", "CN", "KP", ""]),
                            st.one_of(st.none(), st.sampled_from(MAY)), st.text(max_size=3)), max_size=8)


@given(HANDED)
def test_nothing_that_was_told_is_lost_and_no_link_is_invented_between_equal_ends(told):
    links = chain(told)
    kept = sorted((one.from_, one.to, str(one.day), one.how_known) for one in links if one.known)
    assert kept == sorted((one.from_, one.to, str(one.day), one.how_known) for one in told)
    assert all(before.to == after.from_ for before, after in pairwise(links))
    assert all(one.from_ != one.to for one in links if not one.known)
    days = [one.day for one in links if one.day]
    assert days == sorted(days)
