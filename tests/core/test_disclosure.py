"""No count below eleven can be reckoned from what is shown: a solver tries on invented tables, with the rule known to it."""

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.figures.disclosure import LEAST, CannotShow, Dimension, disclosed, hide

SEX = Dimension("sex", ("women", "men"))
YEARS = Dimension("year", ("2023", "2024", "2025", "2026"), ordered=True)
WAYS = Dimension("way", ("a", "b", "c"))


def between(cells, sums, total, wanted, *, by=()):
    """The least and the most that a cell can be, for whoever knows all that is shown: HiGHS over every table that fits."""
    solver = highspy.Highs()
    solver.silent()
    place = {}
    for cell, shown in cells.items():
        place[cell] = len(place)
        solver.addVar(0 if shown is None else shown, total if shown is None else shown)
    for at, of in enumerate(sums):
        for name, count in of.items():
            inside = [number for cell, number in place.items() if cell[at] == name]
            solver.addRow(count, count, len(inside), inside, [1.0] * len(inside))
    found = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        for number in place.values():
            solver.changeColCost(number, 1.0 if number == place[wanted] else 0.0)
        solver.changeObjectiveSense(sense)
        solver.run()
        found.append(round(solver.getInfo().objective_function_value, 6))
    return tuple(found)


def broken(counts, shown):
    """Small counts that the solver narrows to below eleven, although they are left out."""
    small = [cell for cell, count in shown.cells.items() if count is None and counts.get(cell, 0) < LEAST]
    return {cell: found for cell in small
            if not (found := between(shown.cells, shown.sums, shown.total, cell))[0] < LEAST <= found[1]}


def renamed(counts, shown):
    """The counts under the categories that were put together."""
    after = {}
    for cell, count in counts.items():
        new = tuple(of[name] for name, of in zip(cell, shown.called, strict=True))
        after[new] = after.get(new, 0) + count
    return after


@st.composite
def tables(draw):
    dimensions = draw(st.sampled_from([[YEARS], [SEX, YEARS], [SEX, WAYS], [SEX, WAYS, YEARS]]))
    few = st.one_of(st.integers(0, 14), st.integers(0, 60))
    cells = [()]
    for one in dimensions:
        cells = [(*cell, name) for cell in cells for name in one.categories]
    return dimensions, {cell: draw(few) for cell in cells}


@pytest.mark.refuses("H-11")
@settings(max_examples=60, deadline=None, derandomize=True)
@given(tables())
def test_a_solver_reckons_no_count_below_eleven_from_what_is_shown(given_):
    dimensions, counts = given_
    try:
        shown = disclosed(counts, dimensions, rounded=1)  # unrounded: it must hold without that help
    except CannotShow:
        return
    true = renamed(counts, shown)
    assert all(count is None or count == true.get(cell, 0) >= LEAST for cell, count in shown.cells.items())
    assert all(count >= LEAST for of in shown.sums for count in of.values()) and shown.total == sum(counts.values())
    assert broken(true, shown) == {}


@pytest.mark.refuses("H-11")
def test_leaving_out_the_small_ones_alone_gives_them_away_and_the_solver_sees_it():
    counts = {("women", "a"): 30, ("women", "b"): 3, ("women", "c"): 40, ("men", "a"): 25, ("men", "b"): 20, ("men", "c"): 19}
    shown = disclosed(counts, [SEX, WAYS], rounded=1)
    assert broken(counts, shown) == {} and {cell for cell, count in shown.cells.items() if count is None} == {
        ("women", "b"), ("men", "b"), ("women", "a"), ("men", "a")}
    alone = {cell: None if count < LEAST else count for cell, count in counts.items()}
    assert between(alone, shown.sums, shown.total, ("women", "b")) == (3, 3)  # the control: the attack works


@pytest.mark.refuses("H-11")
def test_small_categories_are_put_together_small_tables_refused_and_what_is_shown_is_rounded():
    shown = disclosed({("2023",): 4, ("2024",): 8, ("2025",): 50, ("2026",): 23}, [YEARS])
    assert shown.dimensions[0].categories == ("2023–2024", "2025", "2026") and dict(shown.cells) == {
        ("2023–2024",): 10, ("2025",): 50, ("2026",): 25} and shown.total == 85
    with pytest.raises(CannotShow, match="Fewer than 11"):
        disclosed({("2023",): 10}, [YEARS])
    with pytest.raises(CannotShow, match="below nothing"):
        disclosed({("2023",): -1}, [YEARS])
    with pytest.raises(CannotShow, match="Count by less"):
        disclosed({(sex, way): 5 + (sex == "men") for sex in SEX.categories for way in WAYS.categories}, [SEX, WAYS])
    one = disclosed({("women",): 30, ("men",): 2}, [SEX])  # put together, one is left: only the sum is shown
    assert dict(one.cells) == {("other",): 30} and one.together == ("women", "men")
    assert hide({("a",): 12, ("b",): 13, ("c",): 14}, [WAYS]) == frozenset()
