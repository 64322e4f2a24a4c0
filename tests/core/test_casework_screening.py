"""Screenings: act, means and purpose; agreeing undoes nothing; who holds what; a plan to keep safe; never a number."""

import inspect
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.casework import screening
from waystation.casework.codes import HELD_BY
from waystation.casework.screening import (
    ACTS,
    HELD,
    MEANS,
    NEXT,
    OTHERS,
    PURPOSES,
    REFUSED,
    UNKNOWN,
    Found,
    next_of,
    power,
    trafficking,
)

# worked by hand: act, means, purpose told; of an adult, of a child (or of whom nobody knows)
TOLD = {
    (True, True, True): (Found.ALL, Found.ALL), (True, False, True): (Found.SOME, Found.ALL),
    (True, True, False): (Found.SOME, Found.SOME), (False, True, True): (Found.SOME, Found.SOME),
    (True, False, False): (Found.SOME, Found.SOME), (False, True, False): (Found.SOME, Found.SOME),
    (False, False, True): (Found.SOME, Found.SOME), (False, False, False): (Found.NOTHING, Found.NOTHING)}


@pytest.mark.parametrize("told", TOLD)
def test_act_means_and_purpose(told):
    act, means, purpose = (["moved"] * told[0], ["deception"] * told[1], ["marriage"] * told[2])
    adult, child = TOLD[told]
    assert trafficking(act, means, purpose, child=False) == adult
    assert trafficking(act, means, purpose, child=True) == trafficking(act, means, purpose, child=None) == child


def test_agreement_cannot_be_told_because_it_undoes_nothing():
    assert set(inspect.signature(trafficking).parameters) == {"acts", "means", "purposes", "child"}
    assert not {word for codes in (ACTS, MEANS, PURPOSES) for word in codes if "consent" in word or "agree" in word}
    assert "does not undo it" in screening.TRAFFICKING[Found.ALL]


@given(st.sets(st.sampled_from(sorted(ACTS))), st.sets(st.sampled_from(sorted(MEANS))), st.sets(st.sampled_from(sorted(PURPOSES))),
       st.sampled_from(sorted(ACTS)))
def test_more_told_never_makes_it_less(acts, means, purposes, more):
    order = [Found.NOTHING, Found.SOME, Found.ALL]
    for child in (True, False, None):
        before, after = trafficking(acts, means, purposes, child=child), trafficking(acts | {more}, means, purposes, child=child)
        assert order.index(after) >= order.index(before)


def test_a_word_that_is_no_code_tells_nothing():
    assert trafficking(["x"], ["y"], ["z"], child=True) is Found.NOTHING


@pytest.mark.refuses("H-33")
def test_who_holds_what():
    assert power(dict.fromkeys(HELD, "self")) == ()
    assert power({}) == tuple((what, UNKNOWN) for what in HELD)
    for what, holder in product(HELD, HELD_BY):
        expected = ((what, NEXT[what]),) if holder in OTHERS else ()
        assert power(dict.fromkeys(HELD, "self") | {what: holder}) == expected
    assert set(HELD_BY) >= OTHERS == {"broker", "employer", "spouse"}


def test_a_plan_to_keep_safe_comes_next_and_a_no_is_offered_again():
    assert "tonight" in next_of("suicide", refused=False, planned=False)
    assert "children" in next_of("violence", refused=False, planned=False)
    assert next_of("violence", refused=False, planned=True) == ""
    assert next_of("suicide", refused=True, planned=False) == REFUSED


def test_no_screening_gives_a_number():
    for name, function in inspect.getmembers(screening, inspect.isfunction):
        assert inspect.signature(function).return_annotation not in {int, float, bool}, name
