"""After a capture: what was known equals a brute-force walk; a frozen place, leg or guide is in no plan of the book."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import attempt, book

from waystation.journeys.stoploss import frozen, knew
from waystation.planning.results import Refused

NAMES = "ABCDEFG"
graphs = st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from(NAMES)), max_size=7)


def walked(known, taken):
    """Every way without a repeat, and of each end the shortest: slow and obvious."""
    shortest = {}

    def walk(way):
        for code in known.get(way[-1], ()):
            if code not in way:
                if code not in taken:
                    shortest[code] = min(shortest.get(code, 99), len(way))
                walk([*way, code])

    for one in taken:
        walk([one])
    return shortest


@settings(max_examples=200, deadline=None)
@given(graphs, st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=3))
def test_what_was_known_is_what_a_brute_force_walk_finds(known, taken):
    found = knew(known, taken)
    assert {one.code: one.distance for one in found} == walked(known, taken)
    for one in found:
        assert one.through[0] in taken and len(one.through) == one.distance
        assert all(b in known[a] for a, b in pairwise((*one.through, one.code)))


def test_nearer_things_come_first_and_what_nobody_met_is_not_known():
    known = {"party": frozenset({"Wren", "MILL"}), "Wren": frozenset({"Reed"}), "Reed": frozenset({"QUAY"}),
             "Heron": frozenset({"FAR"})}
    assert [(one.code, one.distance) for one in knew(known, {"party"})] == [
        ("MILL", 1), ("Wren", 1), ("Reed", 2), ("QUAY", 3)]
    assert knew(known, {"nobody"}) == ()


def touched(plan):
    """Codes of every place and leg that the plan may come to, with any chance at all."""
    net, asked = plan.setting.net, plan.setting
    legs = {int(asked.leg_of[i]) for i in np.flatnonzero(plan.chain.leg_flow.sum((0, 2)) > 0)}
    places = {int(asked.place_of[i]) for i in np.flatnonzero(plan.chain.wait_flow.sum((0, 2)) > 0)}
    return {net.legs[i] for i in legs} | {net.places[i] for i in places} | {
        net.places[int(end)] for i in legs for end in (net.source[i], net.dst[i])}


def used(name, which):
    plan = attempt(name, which)
    net = plan.setting.net
    return sorted(touched(plan) - {net.places[plan.setting.place_of[plan.setting.start]]}
                  - {place.code for place in book(name).places if place.goal})


@pytest.mark.parametrize("code", used("river", "two"))
def test_a_frozen_place_or_leg_is_never_in_the_next_plan(code):
    found = attempt("river", "two", frozen(book("river"), {code}))
    assert isinstance(found, Refused) or code not in touched(found)


def test_a_frozen_house_of_the_long_way_is_gone_around_where_there_is_a_way():
    whole = attempt("long-way", "family")
    around = 0
    for code in used("long-way", "family"):
        after = attempt("long-way", "family", frozen(book("long-way"), {code}))
        assert isinstance(after, Refused) or code not in touched(after)
        around += not isinstance(after, Refused) and after.chain.safe < whole.chain.safe + 1e-9
    assert around >= 5


def test_a_party_in_a_frozen_house_may_leave_it_and_nobody_comes_back():
    legs = {leg.code: leg for leg in frozen(book("long-way"), {"CLOVE"}, leaving="CLOVE").legs}
    out = [leg for leg in book("long-way").legs if leg.start == "CLOVE" and leg.status == "open"]
    back = [leg for leg in book("long-way").legs if leg.end == "CLOVE"]
    assert out and all(legs[leg.code].status == "open" for leg in out)
    assert back and all(legs[leg.code].status == "closed" for leg in back)


def test_a_forbidden_leg_stays_forbidden_and_nothing_else_changes():
    was = book("long-way")
    now = frozen(was, {leg.code for leg in was.legs})
    assert [leg.code for leg in now.legs if leg.status == "forbidden"] == [
        leg.code for leg in was.legs if leg.status == "forbidden"]
    assert frozen(was, ()) == was
