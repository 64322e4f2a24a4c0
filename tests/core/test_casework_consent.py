"""Consent as a matrix: absence is no, the newest word counts, States are named, children and brokers; against a slow twin."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.casework.consent import Allowed, Refused, Row, Said, Vital, Wish, allows, standing, vital

DAY = date(2030, 5, 1)
WISH = Wish(person="A", purpose="referral", recipient="health", data=frozenset({"needs", "name"}), day=DAY, child=False)
YES = Row(person="A", purpose="referral", recipient="health", data=frozenset({"needs", "name"}), said=Said.YES, day=DAY,
          interpreter_is_broker=False)

REFUSED = {
    "nobody asked": ([], {}, "H-21"),
    "another person": ([replace(YES, person="B")], {}, "H-21"),
    "another purpose": ([replace(YES, purpose="services")], {}, "H-21"),
    "another recipient": ([replace(YES, recipient="legal")], {}, "H-21"),
    "less data": ([replace(YES, data=frozenset({"needs"}))], {}, "H-21"),
    "a later day": ([replace(YES, day=DAY + timedelta(days=1))], {}, "H-21"),
    "ended": ([replace(YES, until=DAY - timedelta(days=1))], {}, "H-21"),
    "they said no": ([YES, replace(YES, said=Said.NO)], {}, "H-21"),
    "taken back the same day": ([YES, replace(YES, said=Said.WITHDRAWN)], {}, "H-21"),
    "taken back for everybody": ([YES, replace(YES, said=Said.WITHDRAWN, recipient="")], {}, "H-21"),
    "the broker interpreted": ([replace(YES, interpreter_is_broker=True)], {}, "H-30"),
    "a child without its guardian": ([YES], {"child": True}, "H-23"),
    "nobody knows whether a child": ([YES], {"child": None}, "H-23"),
    "a State that is not named": ([replace(YES, recipient="rok")], {"recipient": "rok"}, "H-05"),
    "another State": ([replace(YES, recipient="rok", country="KR")], {"recipient": "rok", "country": "US"}, "H-21"),
    "the country of origin": ([replace(YES, recipient="host_state", country="KP")], {"recipient": "host_state", "country": "KP"}, "H-05"),
    "a State that sends back": ([replace(YES, recipient="host_state", country="CN")], {"recipient": "host_state", "country": "CN"}, "H-05"),
}


def test_a_yes_to_exactly_this_is_a_yes():
    assert allows([YES], WISH) == Allowed((YES,))
    assert allows([replace(YES, said=Said.NO), YES], WISH) == Allowed((YES,))  # asked again, and now yes
    assert isinstance(allows([replace(YES, guardian_agrees=True)], replace(WISH, child=True)), Allowed)
    named = replace(YES, recipient="rok", country="KR")
    assert allows([named], replace(WISH, recipient="rok", country="KR")) == Allowed((named,))


@pytest.mark.refuses("H-05", "H-21", "H-23", "H-30")
@pytest.mark.parametrize("what", REFUSED)
def test_each_thing_in_the_way_is_named(what):
    rows, change, rule = REFUSED[what]
    found = allows(rows, replace(WISH, **change))
    assert isinstance(found, Refused) and found.rule == rule


def test_the_missing_cells_are_named():
    assert allows([replace(YES, data=frozenset({"needs"}))], WISH).missing == {"name"}


def test_two_people_and_the_person_open_the_wall():
    row = replace(YES, recipient="host_state", country="CN")
    wish = replace(WISH, recipient="host_state", country="CN", two_people=True)
    assert isinstance(allows([row], wish), Allowed)
    assert isinstance(allows([], wish), Refused)


ROWS = st.lists(st.builds(
    Row, person=st.sampled_from("AAAB"), purpose=st.sampled_from(["referral", "referral", "un"]),
    recipient=st.sampled_from(["health", "health", "legal", ""]),
    data=st.sampled_from([frozenset({"needs", "name"}), frozenset({"needs", "name"}), frozenset({"needs"}), frozenset({"name"})]),
    said=st.sampled_from([Said.YES, Said.YES, Said.YES, Said.NO, Said.WITHDRAWN]),
    day=st.dates(DAY - timedelta(days=3), DAY + timedelta(days=1)), until=st.sampled_from([None, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]),
    interpreter_is_broker=st.sampled_from([False, False, True]), guardian_agrees=st.booleans()), min_size=1, max_size=3)


@pytest.mark.refuses("H-21", "H-23")
@settings(max_examples=200)
@given(ROWS, st.sampled_from([False, False, True, None]))
def test_the_slow_twin_goes_through_the_answers_in_their_order(rows, child):
    def cell(data):
        state = None
        for _, row in sorted(enumerate(rows), key=lambda one: (one[1].day, one[0])):
            if row.day > DAY or row.person != "A" or row.purpose != "referral" or data not in row.data:
                continue
            if row.said is Said.YES and row.recipient == "health":
                state = row
            elif row.said is not Said.YES and row.recipient in {"health", ""}:
                state = None
        return (state is not None and (state.until is None or state.until >= DAY) and not state.interpreter_is_broker
                and (child is False or state.guardian_agrees))

    assert isinstance(allows(rows, replace(WISH, child=child)), Allowed) is all(cell(data) for data in WISH.data)


GROUND = Vital(person="A", reason="She bleeds.", day=DAY, by="anna", reviewer="bela")


@pytest.mark.refuses("H-21")
@pytest.mark.parametrize(("ground", "wish"), [
    (None, WISH), (replace(GROUND, reason=" "), WISH), (replace(GROUND, person="B"), WISH), (replace(GROUND, reviewer="anna"), WISH),
    (replace(GROUND, reviewer=""), WISH), (replace(GROUND, used=True), WISH), (GROUND, replace(WISH, day=DAY + timedelta(days=2))), (GROUND, replace(WISH, purpose="story"))])
def test_vital_interest_is_another_ground_with_a_reason_and_a_second_reader(ground, wish):
    assert vital(GROUND, WISH) is None
    assert vital(ground, wish) is not None


@pytest.mark.parametrize("recipient", ["media", "research"])
def test_nobody_s_life_hangs_on_whoever_publishes(recipient):
    assert getattr(vital(GROUND, replace(WISH, recipient=recipient)), "rule", "") == "vital"


@pytest.mark.refuses("H-05")
@pytest.mark.parametrize("wish", [
    replace(WISH, recipient="host_state", country="CN"), replace(WISH, recipient="rok", country="KR"),
    replace(WISH, recipient="other", country="KP"), replace(WISH, purpose="state")])
def test_vital_interest_names_nobody_to_a_state(wish):
    assert vital(GROUND, wish) == Refused("H-05", "Vital interest names nobody to a State. Ask for consent that names it.")


@pytest.mark.parametrize(("rows", "there"), [
    ([], False), ([YES], True), ([replace(YES, person="B")], False), ([YES, replace(YES, said=Said.WITHDRAWN)], False),
    ([YES, replace(YES, said=Said.WITHDRAWN, data=frozenset({"name"}))], True), ([replace(YES, said=Said.NO)], False),
    ([replace(YES, until=DAY - timedelta(days=1))], False), ([replace(YES, until=DAY)], True),
    ([replace(YES, interpreter_is_broker=True)], False), ([replace(YES, day=DAY + timedelta(days=1))], False),
    ([YES, replace(YES, said=Said.WITHDRAWN, recipient=""), replace(YES, purpose="un", said=Said.NO)], False)])
def test_a_yes_stands_until_it_ends_or_is_taken_back(rows, there):
    assert bool(standing(rows, "A", DAY)) is there


def test_only_the_cells_that_stand_are_counted():
    back = replace(YES, said=Said.WITHDRAWN, data=frozenset({"name"}))
    assert standing([YES, back], "A", DAY) == {("referral", "health", "", "needs")}
    assert standing([replace(YES, recipient="rok", country="KR")], "A", DAY) == {
        ("referral", "rok", "KR", "needs"), ("referral", "rok", "KR", "name")}
    assert not standing([YES], "A", DAY, child=True) and not standing([YES], "A", DAY, child=None)
    assert len(standing([replace(YES, guardian_agrees=True)], "A", DAY, child=True)) == 2
