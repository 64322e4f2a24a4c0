"""What a capture would give away, step by step: worked by hand on a small way, and against a slow twin."""

from dataclasses import replace

from answers import BASE
from hypothesis import given
from hypothesis import strategies as st

from waystation.network.example import example_book
from waystation.planning.exposure import TOO_MUCH_KNOWN, Served, beyond_limit, exposure, without_exposed
from waystation.planning.histories import MOST, Way, fullest, histories
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
    assert [row.most for row in rows] == [1, 5, 5, 8]  # at B, turned back on L2, they have met Lark: not 4 but 5
    assert [row.over for row in rows] == [False, True, True, True]
    assert beyond_limit(rows) == ("B", "C")
    assert beyond_limit(exposure(way(*MAIN), SERVED, limit=7)) == ("C",)
    assert beyond_limit(exposure(way(*MAIN), SERVED, limit=8)) == ()
    assert beyond_limit(exposure(way(*MAIN), SERVED)) == ()  # no limit was set


def test_a_branch_knows_what_the_main_way_knew_at_its_fork_and_not_what_it_leaves_out():
    branch = Contingency("A", "B", "if the river is high", (leg("B", "D", "L9"),), None)
    row = exposure(way(*MAIN, branches=[branch]), SERVED)[-1]
    assert (row.branch, row.leg, sorted(row.helpers), sorted(row.houses)) == ("A", "L9", ["Heron", "Wren"], ["B"])


def test_a_branch_knows_the_guides_of_the_main_way_before_its_fork():
    """Wren leads L1 and is no contact: on L9, after the fork at B, Wren is known all the same."""
    branch = Contingency("A", "B", "if the river is high", (leg("B", "D", "L9"),), None)
    row = exposure(way(*MAIN, branches=[branch]), Served())[-1]
    assert (row.leg, sorted(row.helpers), sorted(row.houses)) == ("L9", ["Wren"], ["B"])


def test_the_worst_history_is_counted_where_branches_meet_again():
    """To C by L2 (Lark) or by way of D: L8 (Snipe), L7. Each alone counts Wren, Heron, B, P7 and one more: 5, and with
    C and Plover 7. Turned back on one and arrived by the other they have met both, and on L3 at C Wren's P9: 9."""
    served = Served({**SERVED.helpers, "L8": frozenset({"Snipe"})}, SERVED.parties)
    branch = Contingency("A", "B", "if the river is high", (leg("B", "D", "L8"), leg("D", "C", "L7")), None, "C")
    rows = exposure(way(*MAIN, branches=[branch]), served)
    last = next(row for row in rows if row.leg == "L3")
    assert (last.count, last.most) == (8, 9)
    assert [(row.count, row.most) for row in rows if row.leg == "L8"] == [(5, 6)]  # and Lark, turned back on L2


def test_helpers_who_are_taken_know_the_houses_they_serve():
    served = Served({"L1": frozenset({"Wren"}), "C": frozenset({"Wren"}), "B": frozenset({"Heron"})})
    assert [sorted(row.beyond) for row in exposure(way(*MAIN), served)] == [["C"], ["C"], ["C"], []]


def test_a_leg_that_alone_gives_too_much_away_is_taken_out_and_no_other():
    """Into and out of the house B, and what Wren and Heron serve. On L1 alone: Wren; arrived: Wren, Heron, B, P7."""
    book = example_book()  # START -L1-> MID -L2-> GOAL, START -L3-> GOAL; L4 is forbidden; the guide G1 leads L2
    book = replace(book, places=(book.places[0], replace(book.places[1], kind="safe_house"), book.places[2]))
    served = Served({"L1": frozenset({"Wren"}), "MID": frozenset({"Heron"})}, {"MID": frozenset({"P7"})})

    def shut(limit, **more):
        return [row.code for row in without_exposed(book, served, limit, **more).legs if row.status == "closed"]

    assert (shut(4), shut(3), shut(0)) == ([], ["L1", "L2"], ["L1", "L2"])  # on L2: G1, MID, Heron and P7
    assert shut(3, goals={"MID"}) == ["L2"]  # nobody is taken where they wanted to go
    assert shut(None) == [] and without_exposed(book, served, None) is book
    told = without_exposed(book, served, 0)
    assert {row.code: row.reason for row in told.legs if row.status == "closed"}["L1"] == TOO_MUCH_KNOWN
    assert next(row for row in told.legs if row.code == "L4").status == "forbidden"
    two = replace(book, guides=(*book.guides, replace(book.guides[0], code="G2")))
    closed = [row.code for row in without_exposed(two, served, 3).legs if row.status == "closed"]
    assert closed == ["L1"]  # of two guides who could lead L2 none is counted


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
        serve = {house for house in ("B", "C") if set(helpers.get(house, ())) & named}
        assert set(row.beyond) == ({two for one in named for two in knows.get(one, ())} - named) | (serve - met)
        assert row.houses == frozenset(met & {"B", "C"})
        assert row.over is (row.most > limit) and row.most >= row.count
    assert [row.count for row in rows] == sorted(row.count for row in rows)  # nobody forgets


# --- histories: against a twin that drops none ----------------------------------------------------------------------

NODES = "ABCDE"
graphs = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda ends: ends[0] != ends[1]),
                  min_size=1, max_size=6)


def walked(start, graph, carries):
    """Every (place, set met) that can be reached, one by one: no history is ever dropped."""
    first = (start, frozenset({start}) & carries)
    seen, todo = {first}, [first]
    while todo:
        place, met = todo.pop()
        for one in graph:
            if one.start == place:
                on_it = met | (carries & {one.leg})
                for then in ((place, on_it), (one.end, on_it | (carries & {one.end}))):
                    if then not in seen:
                        seen.add(then)
                        todo.append(then)
    return seen


@given(graphs, st.sets(st.sampled_from(NODES + "012345")))
def test_the_fullest_histories_are_those_of_all_walks(ends, carries):
    graph = [Way(start, str(number), end) for number, (start, end) in enumerate(ends)]
    found = histories("A", graph, carries=frozenset(carries))
    slow = walked("A", graph, frozenset(carries))
    assert {place for place, _ in slow} == set(found)
    for place, kept in found.items():
        all_ = {met for at, met in slow if at == place}
        assert set(kept) == {one for one in all_ if not any(one < other for other in all_)}


@given(graphs, st.data())
def test_the_most_is_that_of_the_worst_walk(ends, data):
    graph = [Way(start, str(number), end) for number, (start, end) in enumerate(ends)]
    there = {place for place, _ in walked("A", graph, frozenset())}
    codes = [*NODES, *(one.leg for one in graph)]
    named = st.frozensets(st.sampled_from("uvwxyz"), max_size=2)
    helpers = {code: data.draw(named) for code in codes}
    steps = [leg(one.start, one.end, one.leg) for one in graph if one.start in there]
    branches = [Contingency(chr(65 + number), one.place, "", (one,), None) for number, one in enumerate(steps)]
    rows = exposure(way(wait("A"), branches=branches), Served(helpers))
    slow = walked("A", graph, frozenset(codes))
    for row in rows:
        counts = []
        for place, met in slow:
            if place == row.place:
                met = met | {row.place, row.leg} - {""}
                counts.append(len({name for key in met for name in helpers.get(key, ())}) + len(met & {"B", "C"}))
        assert row.most == max(counts) >= row.count


def test_too_many_histories_become_one_that_has_met_everything():
    many = [frozenset({str(number), "x"}) for number in range(MOST + 1)]
    assert fullest(many) == (frozenset().union(*many),)
    assert len(fullest(many[:-1])) == MOST
