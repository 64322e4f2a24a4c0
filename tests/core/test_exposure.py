"""What a capture would give away, step by step: worked by hand on a small way, and against a slow twin."""

from dataclasses import replace

import pytest
from answers import BASE
from hypothesis import given
from hypothesis import strategies as st

from waystation.planning.exposure import Served, beyond_limit, exposure
from waystation.planning.results import Contingency, Placed, Step, Tree

DAY = BASE.tree.main[0].earliest


def leg(place, to, code, guide=""):
    return Step(place, "leg", to, code, "foot", DAY, DAY, None, None, None, None, guide=guide)


def wait(place):
    return Step(place, "wait", place, "", "", DAY, DAY, None, None, None, None)


def way(*steps, branches=()):
    places = tuple(Placed(code, "", kind, "CN", None, None, False)
                   for code, kind in (("A", "town"), ("B", "safe_house"), ("C", "safe_house"), ("D", "mission")))
    return replace(BASE, tree=Tree(steps, tuple(branches), None), places=places)


MAIN = (leg("A", "B", "L1", guide="Wren"), wait("B"), leg("B", "C", "L2"), leg("C", "D", "L3"))
SERVED = Served(
    helpers={"L1": frozenset({"Wren"}), "B": frozenset({"Heron"}), "L2": frozenset({"Lark"}), "C": frozenset({"Plover"}),
             "L3": frozenset({"Wren"})},
    parties={"B": frozenset({"P7"}), "L3": frozenset({"P9"})},
    knows={"Wren": frozenset({"Heron", "Egret"}), "Heron": frozenset({"Wren"}), "Lark": frozenset({"Plover"})})


@pytest.mark.proves("S001-37")
def test_what_would_be_known_grows_with_every_step_and_what_lies_ahead_is_not_known():
    rows = exposure(way(*MAIN), SERVED)
    said = [(row.place, row.leg, sorted(row.helpers), sorted(row.houses), sorted(row.parties), sorted(row.beyond), row.count)
            for row in rows]
    assert said == [
        ("A", "L1", ["Wren"], [], [], ["Egret", "Heron"], 1),
        ("B", "", ["Heron", "Wren"], ["B"], ["P7"], ["Egret"], 4),
        ("B", "L2", ["Heron", "Lark", "Wren"], ["B"], ["P7"], ["Egret", "Plover"], 5),
        ("C", "L3", ["Heron", "Lark", "Plover", "Wren"], ["B", "C"], ["P7", "P9"], ["Egret"], 8)]


def test_a_limit_names_the_places_at_which_it_is_passed():
    rows = exposure(way(*MAIN), SERVED, limit=4)
    assert [row.over for row in rows] == [False, False, True, True]
    assert beyond_limit(rows) == ("B", "C")
    assert beyond_limit(exposure(way(*MAIN), SERVED, limit=8)) == ()
    assert beyond_limit(exposure(way(*MAIN), SERVED)) == ()  # no limit was set


def test_a_branch_knows_what_the_main_way_knew_at_its_fork_and_not_what_it_leaves_out():
    branch = Contingency("A", "B", "if the river is high", (leg("B", "D", "L9"),), None)
    row = exposure(way(*MAIN, branches=[branch]), SERVED)[-1]
    assert (row.branch, row.leg, sorted(row.helpers), sorted(row.houses)) == ("A", "L9", ["Heron", "Wren"], ["B"])


def test_nobody_serves_is_nobody_known():
    assert [row.count for row in exposure(way(*MAIN[1:]), Served())] == [1, 1, 2]  # the houses alone


CODES = st.sampled_from(["A", "B", "C", "L1", "L2", "L3"])
NAMES = st.frozensets(st.sampled_from(["a", "b", "c", "d"]), max_size=3)


@given(st.dictionaries(CODES, NAMES), st.dictionaries(CODES, NAMES), st.dictionaries(st.sampled_from("abcd"), NAMES),
       st.integers(0, 9))
def test_the_slow_twin_counts_the_same(helpers, parties, knows, limit):
    rows = exposure(way(*MAIN), Served(helpers, parties, knows), limit=limit)
    for number, row in enumerate(rows, 1):
        met = set()
        for step in MAIN[:number]:
            met |= {step.place, step.leg}
        named = {name for key in met for name in helpers.get(key, ())} | {"Wren"}
        others = {name for key in met for name in parties.get(key, ())}
        assert (set(row.helpers), set(row.parties)) == (named, others)
        assert set(row.beyond) == {two for one in named for two in knows.get(one, ())} - named
        assert row.houses == frozenset(met & {"B", "C"})
        assert row.over is (len(named) + len(others) + len(row.houses) > limit)
    assert [row.count for row in rows] == sorted(row.count for row in rows)  # nobody forgets
