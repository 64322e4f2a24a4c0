"""A party may be divided only so that nobody is left, no bond is cut and no child is without its guardian."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.casework.people import Household
from waystation.journeys.parts import Doubt, Fault, Part, Person, Warned, Wrong, joined, kept, warned, wrong
from waystation.journeys.status import JOURNEY, ON_THE_ROAD


def grown(name, **more):
    return Person(id=name, **{"child": False, "needs_somebody": False, **more})


def child(name, *guardians, **more):
    return Person(id=name, **{"child": True, "needs_somebody": False, "guardians": frozenset(guardians), **more})


MOTHER, FATHER, SON, OLD = grown("mother"), grown("father"), child("son", "mother"), grown("old", needs_somebody=True)
FOUR = [MOTHER, FATHER, SON, OLD]
MAY = [Household(("mother", "father", "son", "old"), "may")]
GOOD = [["mother", "son"], ["father", "old"]]


def test_a_division_that_keeps_every_bond_has_nothing_wrong():
    assert wrong(FOUR, MAY, GOOD) == () and warned(FOUR, MAY, GOOD) == ()
    assert kept(FOUR, MAY, GOOD)


@pytest.mark.parametrize(("division", "fault"), [
    ([["mother", "father", "son", "old"]], Fault(Wrong.FEW)),
    ([*GOOD, []], Fault(Wrong.EMPTY)),
    ([["mother", "son", "guest"], ["father", "old"]], Fault(Wrong.STRANGER, ("guest",))),
    ([["mother", "son"], ["old", "mother"], ["father"]], Fault(Wrong.TWICE, ("mother",))),
    ([["mother", "son"], ["father", "old", "father"]], Fault(Wrong.TWICE, ("father",))),
    ([["mother"], ["father", "son", "old"]], Fault(Wrong.GUARDIAN, ("son",))),
    ([["mother", "son"], ["father"], ["old"]], Fault(Wrong.ALONE, ("old",))),
    ([["mother", "son"], ["old"]], Fault(Wrong.NOWHERE, ("father",))),
])
def test_each_thing_that_is_wrong_is_named_with_whom_it_concerns(division, fault):
    assert fault in wrong(FOUR, MAY, division)
    assert not kept(FOUR, MAY, division, why_apart="there is one boat of two")


def test_a_child_is_not_sent_on_with_somebody_who_is_not_its_guardian():
    two = [MOTHER, FATHER, SON]
    assert wrong(two, [], [["mother"], ["father", "son"]]) == (Fault(Wrong.GUARDIAN, ("son",)),)
    assert wrong(two, [], [["father"], ["mother", "son"]]) == ()


def test_one_of_two_guardians_is_enough_and_a_child_is_no_guardian():
    both = [MOTHER, FATHER, child("son", "mother", "father")]
    assert wrong(both, [], [["mother"], ["father", "son"]]) == ()
    siblings = [MOTHER, child("sister", "mother"), child("baby", "sister", "mother")]
    assert wrong(siblings, [], [["mother"], ["sister", "baby"]]) == (
        Fault(Wrong.GUARDIAN, ("sister",)), Fault(Wrong.GUARDIAN, ("baby",)))


def test_who_has_no_age_is_looked_after_and_looks_after_nobody():
    unknown = grown("unknown", child=None)
    assert Fault(Wrong.GUARDIAN, ("unknown",)) in wrong([MOTHER, FATHER, unknown], [], [["mother"], ["father", "unknown"]])
    son = child("son", "unknown")
    assert Fault(Wrong.GUARDIAN, ("son",)) in wrong([MOTHER, unknown, son], [], [["mother"], ["unknown", "son"]])


@pytest.mark.parametrize("rule", ["must", "", "whatever"])
def test_a_household_stays_together_where_it_must_and_where_nobody_asked(rule):
    house = Household(("mother", "father"), rule)
    assert wrong([MOTHER, FATHER], [house], [["mother"], ["father"]]) == (
        Fault(Wrong.HOUSEHOLD, ("father", "mother")),)


def test_a_household_that_would_rather_stay_together_is_warned_of_and_needs_a_reason():
    house, apart = [Household(("mother", "father"), "prefer")], [["mother"], ["father"]]
    assert wrong([MOTHER, FATHER], house, apart) == ()
    assert warned([MOTHER, FATHER], house, apart) == (Doubt(Warned.PREFER, ("father", "mother")),)
    assert not kept([MOTHER, FATHER], house, apart) and not kept([MOTHER, FATHER], house, apart, why_apart="  ")
    assert kept([MOTHER, FATHER], house, apart, why_apart="there is one boat of two")


@pytest.mark.parametrize("rule", ["may", "prefer", "must", ""])
def test_who_is_never_to_be_parted_is_not_parted_whatever_the_rule(rule):
    house = [Household(("mother", "father", "old"), rule, (("mother", "old"),))]
    found = wrong([MOTHER, FATHER, OLD], house, [["mother"], ["father", "old"]])
    assert Fault(Wrong.NEVER, ("mother", "old")) in found


def test_who_of_a_household_did_not_come_parts_nobody():
    house = [Household(("mother", "stayed behind"), "must", (("mother", "stayed behind"),))]
    assert wrong([MOTHER, FATHER], house, [["mother"], ["father"]]) == ()


def test_a_person_of_whom_nothing_is_known_goes_nowhere_alone():
    nothing = Person(id="x")
    assert {one.wrong for one in wrong([MOTHER, nothing], [], [["mother"], ["x"]])} == {Wrong.GUARDIAN, Wrong.ALONE}


@pytest.mark.parametrize("status", ["moving", "replanning", "split", "approved", "ready", "a step of tomorrow"])
def test_nobody_is_together_while_a_part_is_on_its_way_or_in_a_step_nobody_knows(status):
    rest = [Part("resting", "PLUM", ("a",)), Part("resting", "PLUM", ("b",))]
    assert joined(rest) == ("a", "b")
    assert joined([*rest, Part(status, "PLUM", ("c",))]) == ()


@pytest.mark.parametrize("status", ["suspended", "left", "handed over", "complete", "learnt"])
def test_a_part_that_was_taken_left_or_arrived_stays_its_own(status):
    rest = [Part("resting", "PLUM", ("b",)), Part("resting", "PLUM", ("a",))]
    assert joined([*rest, Part(status, "PLUM", ("c",))]) == ("a", "b")
    assert joined([rest[0], Part(status, "PLUM", ("c",))]) == ()  # one part alone is not together


def test_one_place_is_one_place_and_no_place_is_none():
    assert joined([Part("resting", "PLUM", ("a",)), Part("resting", "REED", ("b",))]) == ()
    assert joined([Part("resting", "", ("a",)), Part("resting", "", ("b",))]) == ()
    assert joined([]) == ()


STATUSES = sorted({to.to for to in JOURNEY.values()} | {start for start, _ in JOURNEY})
PART = st.builds(Part, st.sampled_from(["resting", "resting", *STATUSES]), st.sampled_from(["", "PLUM", "PLUM", "REED"]),
                 st.just(("x",)))


@given(st.lists(PART, max_size=4))
@settings(max_examples=300)
def test_whoever_joins_rests_and_nobody_on_the_road_is_overlooked(parts):
    together = joined(parts)
    resting = [one for one in parts if one.status == "resting"]
    away = [one for one in parts if one.status in {*ON_THE_ROAD, "", "approved", "ready", "split", "joined"} - {"resting"}]
    places = {one.at for one in resting}
    assert len(together) == (len(resting) if len(resting) >= 2 and not away and len(places) == 1 and places != {""} else 0)


IDS = "abcde"
PEOPLE = st.tuples(*(st.builds(
    Person, id=st.just(one), child=st.sampled_from([True, False, False, None]),
    guardians=st.frozensets(st.sampled_from(IDS), max_size=3), needs_somebody=st.booleans()) for one in IDS))
GROUP = st.lists(st.sampled_from("abcdeg"), min_size=1, max_size=4, unique=True).map(tuple)
HOUSES = st.lists(st.builds(Household, GROUP, st.sampled_from(["must", "prefer", "may", ""]),
                            st.lists(GROUP, max_size=2).map(tuple)), max_size=2)


@st.composite
def divisions(draw):
    """Mostly each person in one part, as a form would send it; sometimes anything at all."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.lists(st.lists(st.sampled_from("abcdeg"), max_size=5), max_size=4))
    of = {one: draw(st.integers(0, 2)) for one in IDS}
    return [[one for one in IDS if of[one] == part] for part in sorted(set(of.values()))]


def slowly(people, houses, division):
    """The twin: from each pair of people to whether anything forbids to part them, one question after another."""
    places = {one.id: [number for number, part in enumerate(division) for name in part if name == one.id]
              for one in people}
    counted = Counter(name for part in division for name in part)
    if len(division) < 2 or any(len(part) == 0 for part in division) or set(counted) != set(places):
        return False, False
    if any(times != 1 for times in counted.values()):
        return False, False
    place = {one: there[0] for one, there in places.items()}
    by_id = {one.id: one for one in people}

    def cut(group):
        return any(place[one] != place[other] for one, other in combinations(group, 2)
                   if one in place and other in place)

    for house in houses:
        if house.stay_together in ("must", "") and cut(house.members):
            return False, False
        if any(cut(group) for group in house.never_parted):
            return False, False
    for one in people:
        beside = [by_id[other] for other in place if other != one.id and place[other] == place[one.id]]
        grown_up = [other for other in beside if other.child is False]
        if one.child in (True, None) and not [other for other in grown_up if other.id in one.guardians]:
            return False, False
        if one.needs_somebody and not grown_up:
            return False, False
    return True, any(house.stay_together == "prefer" and cut(house.members) for house in houses)


@given(PEOPLE, HOUSES, divisions())
@settings(max_examples=400)
def test_the_slow_twin_says_the_same(people, houses, division):
    may, doubt = slowly(people, houses, division)
    assert (not wrong(people, houses, division)) == may
    if may:
        assert bool(warned(people, houses, division)) == doubt
        assert kept(people, houses, division) == (not doubt)
    assert kept(people, houses, division, why_apart="a reason") == may
