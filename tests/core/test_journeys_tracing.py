"""To find somebody: what must never be asked, of whom, and why."""

from datetime import date

import pytest

from waystation.casework.consent import ORIGIN, RETURNING
from waystation.journeys.tracing import (
    BODIES,
    EMBARGO,
    OF_A_STATE,
    ORIGIN_IS_TOLD,
    TELL_IT,
    Step,
    hand_over,
    held,
    waiting,
)

DAY = date(2030, 5, 1)


@pytest.mark.refuses("H-05")
@pytest.mark.parametrize("body", BODIES)
def test_in_the_country_they_fled_nobody_is_asked_whatever_anybody_said_yes_to(body):
    assert {held(body, state, said_yes=True) for state in ORIGIN} == {ORIGIN_IS_TOLD}


@pytest.mark.refuses("H-05")
@pytest.mark.parametrize("body", BODIES)
def test_of_a_state_that_hands_people_over_nobody_is_asked_who_tells_it(body):
    for state in (*RETURNING, "TH"):
        assert (held(body, state, hand_over={"TH"}, said_yes=True) is not None) is (body in TELL_IT), state


@pytest.mark.refuses("H-05")
@pytest.mark.parametrize("body", BODIES)
def test_any_other_state_is_asked_with_a_yes_to_it_alone_and_is_named_first(body):
    of_a_state = body in OF_A_STATE
    assert (held(body, "TH") is not None) is of_a_state and held(body, "TH", said_yes=True) is None
    assert (held(body, "", said_yes=True) is not None) is of_a_state


@pytest.mark.parametrize("body", BODIES)
def test_an_embargo_holds_everything_back(body):
    assert held(body, "TH", said_yes=True, embargo=True) == EMBARGO


def test_who_hands_over_is_whoever_ever_gave_somebody_to_one_that_leads_back():
    assert hand_over([("VN", "LA"), ("LA", "CN"), ("TH", "KR"), ("CN", "KP"), ("MM", ""), ("", "CN")]) == {"VN", "LA"}
    assert hand_over([]) == frozenset()


def test_what_comes_next_is_what_has_a_day_the_earliest_first():
    steps = [Step("a", DAY, False, date(2030, 5, 9)), Step("b", None, False, DAY), Step("c", DAY, True, None), Step("d", DAY, True, DAY)]
    assert [one.id for one in waiting(steps)] == ["b", "d", "a"]
