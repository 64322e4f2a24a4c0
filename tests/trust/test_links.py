"""Who hangs together with whom, and how rare a row of losses is: by hand, and against slow and obvious twins."""

from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.trust.chance import tail
from waystation.trust.links import HUB, Graph, Sighting, Sort, graph, groups

DAY = date(2030, 3, 1)
NAMES = "ABCDEFGH"
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12)


def phone(who, value):
    return Sighting(who, Sort.PHONE, value)


def at(who, place, first, last):
    return Sighting(who, Sort.PLACE, place, DAY + timedelta(days=first), DAY + timedelta(days=last))


def closed(pairs):
    """Everybody whom somebody reaches: links are followed until nothing is new."""
    reach = {one: {one} for one in NAMES}
    while True:
        more = {one: set().union(seen, *(other for other in reach.values() if other & seen)) for one, seen in reach.items()}
        for one, other in pairs:
            more[one] |= {other}
            more[other] |= {one}
        if more == reach:
            return {tuple(sorted(seen)) for seen in reach.values()}
        reach = more


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_groups_are_the_closure_of_the_links(pairs):
    found = groups(NAMES, pairs)
    assert set(found) == closed(pairs) and list(found) == sorted(found)
    assert sorted(one for each in found for one in each) == list(NAMES)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_degrees_are_the_least_number_of_links(pairs):
    seen = graph([phone(who, f"n{n}") for n, pair in enumerate(pairs) for who in pair] + [phone(one, f"own {one}") for one in NAMES])
    step = np.array([[one == other or any({link.one, link.other} == {one, other} for link in seen.links) for other in NAMES]
                     for one in NAMES])
    for k, of in enumerate(NAMES):
        walk, far = np.eye(len(NAMES), dtype=bool)[k], {}
        for n in range(len(NAMES)):
            far |= {NAMES[j]: n for j in np.flatnonzero(walk) if NAMES[j] not in far}
            walk = walk @ step
        assert dict(seen.degrees(of)) == far


@settings(max_examples=40, deadline=None)
@given(st.permutations([phone("A", "1 2"), phone("B", "12"), phone("C", "3"), Sighting("C", Sort.ALIAS, "Kim Byeol-dam"),
                        Sighting("D", Sort.ALIAS, "김별담"), at("D", "ALDER", 0, 2), at("A", "ALDER", 5, 9)]))
def test_the_order_in_which_it_is_told_changes_nothing(told):
    found = graph(told)
    assert [(one.one, one.other, one.sort.value, one.through) for one in found.links] == [
        ("A", "B", "phone", "1 2"), ("A", "D", "place", "ALDER"), ("C", "D", "alias", "Kim Byeol-dam")]
    assert found.groups == (("A", "B", "C", "D"),) and dict(found.degrees("B")) == {"B": 0, "A": 1, "D": 2, "C": 3}


def test_a_number_that_everybody_has_and_our_own_join_nobody_and_are_said():
    crowd = [phone(f"P{n}", "800 100") for n in range(HUB + 1)]
    few = graph(crowd[:-1])
    assert len(few.groups) == 1 and few.hubs == ()
    seen = graph([*crowd, phone("P0", "55"), phone("P1", "5-5")], own=[(Sort.PHONE, "55")])
    assert seen.links == () and len(seen.groups) == HUB + 1
    assert [(one.value, one.shared_by, one.own) for one in seen.hubs] == [("55", 2, True), ("800 100", HUB + 1, False)]


@pytest.mark.parametrize(("first", "linked"), [(2, True), (5, True), (6, False)])
def test_a_place_joins_whoever_was_there_in_the_same_days(first, linked):
    assert bool(graph([at("A", "ALDER", 0, 2), at("B", "ALDER", first, first)]).links) is linked
    assert graph([at("A", "ALDER", 0, 2), at("B", "CEDAR", 0, 2), Sighting("C", Sort.PLACE, "ALDER")]).links == ()


def test_a_phone_is_no_account_and_a_name_that_may_be_another_is_no_link():
    assert graph([phone("A", "12"), Sighting("B", Sort.ACCOUNT, "12")]).links == ()
    assert graph([Sighting("A", Sort.ALIAS, "Kim Byeol-dam"), Sighting("B", Sort.ALIAS, "Park Byeol-dam")]).links == ()
    assert graph([phone("A", "- -"), phone("B", "()")]).links == () and graph([]) == Graph((), (), (), ())


def enumerated(k, chances):
    """Every way in which the passages can end, each with its chance."""
    ways = product((0, 1), repeat=len(chances))
    return sum(np.prod([p if lost else 1 - p for lost, p in zip(way, chances, strict=True)]) for way in ways if sum(way) >= k)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1), max_size=8), st.integers(0, 9))
def test_the_tail_is_what_counting_every_way_gives(chances, k):
    assert tail(k, np.array(chances)) == pytest.approx(enumerated(k, chances), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=5), st.integers(0, 5))
def test_over_draws_the_tail_is_the_mean_of_the_tails(draws, k):
    assert tail(k, np.array(draws)) == pytest.approx(np.mean([enumerated(k, one) for one in draws]), abs=1e-12)


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_a_chance_that_is_none_is_refused(chance):
    with pytest.raises(ValueError, match="between 0 and 1"):
        tail(1, np.array([chance]))
