"""Beliefs from reports: the same as every path written out, never past the cap, honest where nobody reported."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_twin import believed, capped_voices, paths

from waystation.network.conditions import stationary
from waystation.trust.believing import NEVER, Terms, believe
from waystation.trust.caps import capped, voices
from waystation.trust.filtering import filtered, smoothed
from waystation.trust.habits import NAMES, habits
from waystation.trust.heard import Heard
from waystation.trust.instances import STATED

PAIR = np.array([[0.9, 0.1], [0.3, 0.7]])
TERMS = Terms()


def heard(rows, *, C, root=None, words=None):
    """Reports (area, day, source, claimed conditions)."""
    area, day, source, claim = zip(*rows, strict=True) if rows else ((), (), (), ())
    said = np.array([[c in x for c in range(C)] for x in claim], bool).reshape(len(rows), C)
    root = np.arange(max([*source, 0]) + 1) if root is None else np.array(root)
    return Heard(np.array(area, int), np.array(day, int), np.array(source, int), said, tuple(words or [""] * len(rows)), root)


@st.composite
def chains(draw, C):
    rows = np.array(draw(st.lists(st.lists(st.floats(0.02, 1), min_size=C, max_size=C), min_size=C, max_size=C)))
    return rows / rows.sum(1, keepdims=True)


@st.composite
def reports(draw, C, *, areas=2, days=4, sources=4, most=8):
    row = st.tuples(st.integers(0, areas - 1), st.integers(0, days - 1), st.integers(0, sources - 1),
                    st.frozensets(st.integers(0, C - 1), max_size=C))
    root = draw(st.lists(st.integers(0, 2), min_size=sources, max_size=sources))
    return heard(draw(st.lists(row, max_size=most)), C=C, root=root)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_filter_and_smoother_are_every_path_written_out(data):
    C = data.draw(st.integers(1, 3))
    P = data.draw(chains(C))
    log = np.array(data.draw(st.lists(st.lists(st.floats(-6, 0), min_size=C, max_size=C), min_size=1, max_size=4)))
    last, smooth = paths(log, P)
    assert np.abs(filtered(log[None], P)[0, -1] - last).max() < 1e-9
    assert np.abs(smoothed(log[None], P)[0] - smooth).max() < 1e-9


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_beliefs_and_kinds_are_those_of_the_slow_twin(data):
    C = data.draw(st.integers(2, 3))
    P, said = data.draw(chains(C)), data.draw(reports(C))
    terms = Terms(odds=data.draw(st.sampled_from([1.5, 8.0])), window=data.draw(st.integers(1, 3)), rounds=2)
    slow, habit = believed(said, P, areas=2, now=3, terms=terms)
    fast = believe(said, P, areas=2, now=3, terms=terms)
    assert np.abs(fast.p - slow).max() < 1e-9
    for source in set(said.source.tolist()):
        assert np.abs(fast.habit[source] - habit[int(said.root[source])]).max() < 1e-9


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_root_says_more_than_the_cap_in_any_stretch_of_days(data):
    said = data.draw(reports(3, days=12, most=25))
    log = np.log(np.array(data.draw(st.lists(st.lists(st.floats(0.001, 1), min_size=3, max_size=3), min_size=len(said.day),
                                             max_size=len(said.day)))).reshape(-1, 3))
    cap, window = data.draw(st.floats(0.1, 4)), data.draw(st.integers(1, 8))
    who = voices(said)
    kept, factor = capped(log, who, cap=cap, window=window)
    slow = capped_voices(zip(said.root[said.source].tolist(), said.area.tolist(), said.day.tolist(), log, strict=True), cap, window)
    assert np.abs(np.array(sorted(np.ptp(x) for x in slow.values())) - np.sort(np.ptp(kept, axis=1))).max(initial=0) < 1e-9
    assert ((factor >= 0) & (factor <= 1)).all()
    for pair in range(int(who.pair.max(initial=-1)) + 1):
        for start in range(-8, 13):
            inside = (who.pair == pair) & (who.day >= start) & (who.day < start + window)
            assert np.ptp(kept[inside], axis=1).sum() <= cap + 1e-9


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_ten_voices_of_one_root_move_no_odds_past_the_cap(data):
    """The theorem of caps.py, whatever others said, on each later day: with and without the root, weights as they are."""
    P, others = data.draw(chains(3)), data.draw(reports(3, days=12, most=10))
    claim = data.draw(st.lists(st.tuples(st.integers(0, 1), st.integers(3, 9), st.integers(4, 13),
                                         st.frozensets(st.integers(0, 2), min_size=1, max_size=2)), min_size=1, max_size=30))
    rows = [(int(a), int(d), int(s), frozenset(np.flatnonzero(c).tolist()))
            for a, d, s, c in zip(others.area, others.day, others.source, others.claim, strict=True)]
    every = heard([*rows, *claim], C=3, root=[*others.root.tolist(), *[77] * 10])
    terms = Terms(rounds=0, odds=data.draw(st.sampled_from([2.0, 8.0])), window=7)  # all is said within the stretch
    for now in (9, 12, 15):
        one = np.log(believe(every, P, areas=2, now=now, terms=terms).p)
        two = np.log(believe(every.only(every.root[every.source] != 77), P, areas=2, now=now, terms=terms).p)
        assert np.ptp(one - two, axis=1).max() <= terms.cap + 1e-9


def test_the_cap_is_reached_so_that_the_theorem_says_something():
    flood = heard([(0, 5, s, {1}) for s in range(10)], C=2, root=[9] * 10)
    odds = believe(flood, PAIR, areas=1, now=5, terms=Terms(rounds=0)).p[0]
    assert (odds[1] / odds[0]) / (0.25 / 0.75) == pytest.approx(8.0)


def test_what_a_liar_says_never_speaks_against_what_it_says():
    rows = [(0, day, s, {0}) for day in range(12) for s in range(3)]  # three say calm, each day
    rows += [(0, day, 3, {1}) for day in range(12)]  # the fourth always contradicts
    found = believe(heard(rows, C=2), PAIR, areas=1, now=11)
    without = believe(heard([row for row in rows if row[2] != 3], C=2), PAIR, areas=1, now=11)
    assert found.right[3] < 0.5 < found.right[0]
    assert found.p[0, 0] <= without.p[0, 0] + 1e-3


def test_where_nobody_reported_the_chain_answers_and_says_so():
    found = believe(heard([(0, 2, 0, {1})], C=2), PAIR, areas=2, now=4)
    assert found.p[1].tolist() == pytest.approx(stationary(PAIR).tolist())
    assert found.data[1] == 0 < found.data[0] < 1
    assert (found.newest.tolist(), found.reports.tolist(), found.roots.tolist()) == ([2, NEVER], [1, 0], [1, 0])
    nothing = believe(heard([], C=2), PAIR, areas=1, now=0)
    assert nothing.p[0].tolist() == pytest.approx([0.75, 0.25])
    assert nothing.data.tolist() == [0]


def test_later_reports_are_not_known_yet_and_old_ones_are_forgotten():
    rows = [(0, 1, 0, {1}), (0, 9, 1, {1})]
    assert believe(heard(rows, C=2), PAIR, areas=1, now=8).reports.tolist() == [1]
    assert believe(heard(rows, C=2), PAIR, areas=1, now=8, terms=Terms(days=3)).data.tolist() == [0]
    ages = [float(believe(heard(rows[:1], C=2), PAIR, areas=1, now=now).data[0]) for now in (1, 3, 30)]
    assert ages == sorted(ages, reverse=True)


def test_a_copy_counts_once():
    words = ["soldiers at the bridge since dawn and nobody crosses"] * 6
    rows = [(0, 3, s, {1}) for s in range(6)]
    told = believe(heard(rows, C=2, words=words), PAIR, areas=1, now=3)
    alone = believe(heard(rows[:1], C=2, words=words[:1]), PAIR, areas=1, now=3)
    assert told.copies == 5
    assert told.p[0].tolist() == pytest.approx(alone.p[0].tolist())
    short = believe(heard(rows, C=2, words=["soldiers at the bridge"] * 6), PAIR, areas=1, now=3)
    assert short.copies == 0  # words that everybody would use prove nothing


@given(reports(3), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_reports_changes_nothing(said, random):
    order = np.array(random.sample(range(len(said.day)), len(said.day)), int)
    other = Heard(said.area[order], said.day[order], said.source[order], said.claim[order], said.words, said.root)
    assert np.abs(believe(said, STATED, areas=2, now=3).p - believe(other, STATED, areas=2, now=3).p).max() < 1e-9


def test_the_one_who_always_says_calm_is_known_by_it():
    rng = np.random.default_rng(5)
    truth = [(day // 6) % 3 for day in range(48)]
    rows = [(0, day, s, {truth[day] if rng.random() < 0.85 else (truth[day] + 1) % 3}) for day in range(48) for s in range(4)]
    rows += [(0, day, 4, {0}) for day in range(48)]
    found = believe(heard(rows, C=3), STATED, areas=1, now=47)
    assert int(found.habit[4].argmax()) == len(NAMES)  # always says the calmest
    assert found.right[4] < 0.4 < found.right[0]


def test_kinds_are_tables_of_chances():
    for C in (1, 2, 3, 6):
        tables, share = habits(C)
        assert tables.sum(2) == pytest.approx(np.ones(tables.shape[:2]))
        assert share.sum() == pytest.approx(1)
        assert (tables > 0).all() or C == 1


@pytest.mark.parametrize("fault", [{"words": ("",)}, {"root": np.zeros(1, int)}, {"claim": np.ones(2, bool)}])
def test_arrays_that_do_not_fit_are_refused(fault):
    fine = {"area": np.zeros(2, int), "day": np.zeros(2, int), "source": np.array([0, 1]), "claim": np.eye(2, dtype=bool),
            "words": ("", ""), "root": np.arange(2)}
    with pytest.raises(ValueError, match="each"):
        Heard(**(fine | fault))
