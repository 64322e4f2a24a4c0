"""What would be known if they are taken here: worked by hand, and against a slow twin that walks every history."""

from dataclasses import replace
from datetime import date

from answers import BASE
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.example import example_book
from waystation.planning.exposure import (
    TOO_MUCH_KNOWN,
    Exposed,
    Helper,
    Known,
    Told,
    beyond,
    exposure,
    known_of,
    told,
    without_exposed,
)
from waystation.planning.histories import MOST, Way, fullest, histories
from waystation.planning.results import Contingency, Placed, Step, Tree

DAY = date(2030, 5, 1)


def leg(start, code, end, guide=""):
    return Step(start, "leg", end, code, "foot", DAY, DAY, None, None, None, None, guide=guide)


def stay(place, action="wait"):
    return Step(place, action, place, "", "", DAY, DAY, None, None, None, None)


def plan(main, branches=(), goals=("D",)):
    """An answer whose tree is this one; start A, goal D."""
    codes = {step.place for step in main} | {step.to for step in main}
    codes |= {code for one in branches for step in one.steps for code in (step.place, step.to)}
    places = tuple(Placed(code, "", "town", "CN", None, None, code in goals) for code in sorted(codes))
    return replace(BASE, tree=Tree(tuple(main), tuple(branches), None), places=places,
                   terms=replace(BASE.terms, start="A", goals=()))


KNOWN = Known(
    serves={"1": frozenset({"HERON"}), "B": frozenset({"OTTER"}), "2": frozenset({"FOX"}), "3": frozenset({"WREN"}),
            "E": frozenset({"MOLE"})},
    houses=frozenset({"B", "C"}),
    parties={"B": frozenset({"P-7"}), "3": frozenset({"P-9"})},
    onward={"OTTER": frozenset({"FOX", "C"}), "FOX": frozenset({"3"})},
)
MAIN = (leg("A", "1", "B"), stay("B"), leg("B", "2", "C"), leg("C", "3", "D"))


def at(rows, letter, where):
    return next(row for row in rows if row.letter == letter and where in ({row.leg} if row.leg else {row.place}))


def test_knowledge_grows_along_the_way_and_never_holds_what_lies_ahead():
    """A: nobody. On 1: HERON. At B: HERON, OTTER, house B, party P-7; OTTER, taken too, tells of FOX and house C."""
    rows = exposure(plan(MAIN), KNOWN)
    assert [(row.place, row.leg, row.told.count) for row in rows] == [
        ("A", "", 0), ("A", "1", 1), ("B", "", 6), ("B", "2", 6), ("C", "", 6), ("C", "3", 8)]
    assert at(rows, "", "1").told == Told(("HERON",))
    assert at(rows, "", "B").told == Told(("FOX", "HERON", "OTTER"), ("B", "C"), ("P-7",), ("C", "FOX"))
    # on leg 2 OTTER is known but free: what OTTER knows onward is not counted; FOX, taken too, knows who uses leg 3
    assert at(rows, "", "2").told == Told(("FOX", "HERON", "OTTER"), ("B",), ("P-7", "P-9"), ("P-9",))
    assert at(rows, "", "C").told == Told(("FOX", "HERON", "OTTER"), ("B", "C"), ("P-7",))
    assert at(rows, "", "3").told == Told(("FOX", "HERON", "OTTER", "WREN"), ("B", "C"), ("P-7", "P-9"))


def test_nobody_is_taken_at_the_goal_and_a_wait_adds_nothing():
    rows = exposure(plan(MAIN), KNOWN)
    assert not [row for row in rows if row.place == "D"]
    assert len([row for row in rows if row.place == "B" and not row.leg]) == 1


def test_the_guide_of_a_step_is_known_on_it_though_no_contact_says_so():
    rows = exposure(plan((leg("A", "1", "B", guide="G-1"), leg("B", "2", "D"))), Known())
    assert [row.told.helpers for row in rows] == [(), ("G-1",), ("G-1",), ("G-1",)]


def test_a_branch_begins_with_what_the_main_way_has_met():
    branch = Contingency("A", "B", "if it is on alert", (leg("B", "4", "E"), leg("E", "5", "C")), None, "C")
    rows = exposure(plan(MAIN, (branch,)), KNOWN)
    assert at(rows, "A", "E").told == Told(("HERON", "MOLE", "OTTER"), ("B",), ("P-7",))
    # at C by way of E they have met MOLE instead of FOX; turned back on 2 and then by E, both; turned back on 3, WREN
    assert at(rows, "A", "C").told == Told(("HERON", "MOLE", "OTTER"), ("B", "C"), ("P-7",))
    assert at(rows, "", "C").worst == Told(("FOX", "HERON", "MOLE", "OTTER", "WREN"), ("B", "C"), ("P-7", "P-9"))


def test_who_was_turned_back_knows_the_leg():
    """At B after being turned back on 2: FOX is known there too, though the drawn way has not met FOX yet."""
    row = at(exposure(plan(MAIN), replace(KNOWN, onward={})), "", "B")
    assert row.told.helpers == ("HERON", "OTTER") and row.worst.helpers == ("FOX", "HERON", "OTTER")


def test_a_limit_is_held_against_the_worst_history_and_names_the_step():
    rows = exposure(plan(MAIN), KNOWN)
    assert max(row.worst.count for row in rows) == 8
    assert [(row.place, row.leg) for row in beyond(rows, 7)] == [("C", ""), ("C", "3")]  # turned back on 3
    assert beyond(rows, 8) == () and beyond(rows, None) == ()
    assert len(beyond(rows, 0)) == 6  # at A, turned back on leg 1, HERON is known: no step is free of it


def test_what_a_taken_helper_knows_is_told_of_houses_helpers_and_parties_only():
    assert told(KNOWN, frozenset({"3"}), "3") == Told(("WREN",), (), ("P-9",))
    assert told(KNOWN, frozenset({"X"}), "X") == Told()


def test_guides_and_contacts_and_houses_come_from_the_book():
    book = replace(example_book(), places=(*example_book().places[:1],
                                           replace(example_book().places[1], kind="safe_house"),
                                           *example_book().places[2:]))
    known = known_of(book, [Helper("HERON", frozenset({"L2"}), frozenset({"MID"}))], parties={"MID": frozenset({"P"})})
    assert known.houses == {"MID"} and known.serves["L2"] == {"G1", "HERON"} and known.helpers == {"G1", "HERON"}
    assert known.onward["HERON"] == {"L2", "MID"}


def test_a_leg_that_alone_gives_too_much_away_is_taken_out_before_planning():
    """L2 gives away G1 and HERON, and the house MID from which it starts: three. L1 ends in that house: one."""
    book = example_book()
    book = replace(book, places=(book.places[0], replace(book.places[1], kind="safe_house"), book.places[2]))
    known = known_of(book, [Helper("HERON", frozenset({"L2"}))])
    shut = {row.code: row for row in without_exposed(book, known, 2).legs if row.status == "closed"}
    assert list(shut) == ["L2"] and shut["L2"].reason == TOO_MUCH_KNOWN
    assert not [row for row in without_exposed(book, known, 3).legs if row.status == "closed"]
    assert {row.code for row in without_exposed(book, known, 0).legs if row.status == "closed"} == {"L1", "L2"}
    assert without_exposed(book, known, None) is book
    assert next(row for row in without_exposed(book, known, 0).legs if row.code == "L4").status == "forbidden"


# --- against a slow twin --------------------------------------------------------------------------------------------

NAMES = "ABCDE"
ways = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda ends: ends[0] != ends[1]),
                min_size=1, max_size=6)


def walked(start, graph, carries):
    """Every (place, set met) that can be reached, one by one: no history is ever dropped."""
    first = (start, frozenset({start}) & carries)
    seen, todo = {first}, [first]
    while todo:
        place, met = todo.pop()
        for way in graph:
            if way.start == place:
                on_it = met | (carries & {way.leg})
                for then in ((place, on_it), (way.end, on_it | (carries & {way.end}))):
                    if then not in seen:
                        seen.add(then)
                        todo.append(then)
    return seen


@given(ways, st.sets(st.sampled_from(NAMES + "012345")))
@settings(max_examples=200, deadline=None)
def test_the_fullest_histories_are_those_of_all_walks(ends, carries):
    graph = [Way(start, str(number), end) for number, (start, end) in enumerate(ends)]
    found = histories("A", graph, carries=frozenset(carries))
    slow = walked("A", graph, frozenset(carries))
    assert {place for place, _ in slow} == set(found)
    for place, kept in found.items():
        all_ = {met for at_, met in slow if at_ == place}
        assert set(kept) == {one for one in all_ if not any(one < other for other in all_)}


@given(ways, st.data())
@settings(max_examples=100, deadline=None)
def test_a_limit_finds_exactly_the_steps_that_some_walk_breaks(ends, data):
    """The worst count of each step, by the slow twin, from invented helpers on legs and places."""
    helper = st.sets(st.sampled_from("uvwxyz"), max_size=2).map(frozenset)
    codes = [*NAMES, *(str(number) for number in range(len(ends)))]
    some = st.sets(st.sampled_from(codes), max_size=2).map(frozenset)
    known = Known({code: data.draw(helper) for code in codes}, data.draw(some), {"A": data.draw(some)},
                  {name: data.draw(some) for name in "uvwxyz"})
    graph = [Way(start, str(number), end) for number, (start, end) in enumerate(ends)]
    there = {place for place, _ in walked("A", graph, frozenset())}
    steps = [leg(way.start, way.leg, way.end) for way in graph if way.start in there]
    branches = tuple(Contingency(chr(65 + number), one.place, "", (one,), None) for number, one in enumerate(steps))
    rows = exposure(plan((stay("A"),), branches, goals=()), known)
    slow = walked("A", graph, frozenset(codes))
    for row in rows:
        met = [history for place, history in slow if place == row.place]
        here = row.leg or row.place
        counts = [told(known, history | {row.place, here}, here).count for history in met]
        assert row.worst.count == max(counts) >= row.told.count


def test_too_many_histories_become_one_that_has_met_everything():
    many = [frozenset({str(number), "x"}) for number in range(MOST + 1)]
    assert fullest(many) == (frozenset().union(*many),)
    assert len(fullest(many[:-1])) == MOST


def test_rows_are_plain_values():
    row = exposure(plan(MAIN), KNOWN)[0]
    assert isinstance(row, Exposed) and row.mode == ""
