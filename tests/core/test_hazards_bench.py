"""What the benchmark of dangers measures, on its own small instances, and that it says what was lost."""

import json
from dataclasses import replace

import numpy as np
import pytest

from waystation.cli import main
from waystation.hazards import bench, measured
from waystation.hazards.bench import OURS, Learnt, Ranked, excess, inside, on_line, on_trees
from waystation.hazards.instances import ROOTS, SHAPES, VOLUMES, travelled
from waystation.hazards.invented import line, outcomes
from waystation.hazards.measured import ALONE, RAW, RAW_STRATUM, chi_square, goals, table
from waystation.hazards.rivals import rivals
from waystation.network.build import network_of
from waystation.network.rows import Ended
from waystation.trust.instances import STATED

CHAIN = np.array([STATED, STATED])
PUBLISHED = (12, 40, 6.329792283, 24)  # places, legs, sum of dangers, silent of 400: seed 0 on that chain


@pytest.fixture(scope="module")
def trees():
    return on_trees(1, first=20_000)


@pytest.fixture(scope="module")
def lines():
    return on_line(20_000, (5, 20))


def test_a_published_line_is_the_one_that_was_decided():
    made = line(0, CHAIN)
    assert (len(made.book.places), len(made.book.legs)) == PUBLISHED[:2]
    assert float(made.lost.sum()) == pytest.approx(PUBLISHED[2], abs=1e-9)
    assert [one.ended for one in outcomes(made, 400, 0)].count(Ended.SILENT) == PUBLISHED[3]


def test_no_way_leads_back_into_an_area_that_was_left_and_the_goal_is_reached():
    for seed in range(20_000, 20_010):
        made = line(seed, CHAIN)
        ends = np.array([int(leg.end[1:]) for leg in made.book.legs])
        assert (made.area[ends] >= made.area[made.start_of]).all()
        assert all((ends[made.start_of == i] > i).any() for i in range(len(made.area) - 1))
        assert not (made.start_of == len(made.area) - 1).any()
        assert ((made.lost > 0) & (made.lost <= 0.6)).all() and (np.diff(made.lost, axis=1) >= 0).all()


def test_parties_travel_as_many_as_were_asked_for():
    for shape in SHAPES:
        tree = shape.tree()
        sent = travelled(tree, 100, np.random.default_rng(3))
        assert sum(int(n.sum()) for n in sent) == 100 and [len(n) for n in sent] == [len(key) for key in tree.key]


def test_true_dangers_lie_in_the_intervals_of_90_of_100(trees):
    """24 runs of the right prior, one node each: 90 % within 4.5 standard errors of so few."""
    right = np.concatenate([one.deepest for one in trees if one.wrong == 1])
    assert len(right) == len(SHAPES) * len(ROOTS) * len(VOLUMES)
    assert abs(inside(right).mean() - 0.9) < 4.5 * (0.09 / len(right)) ** 0.5


def test_a_prior_that_is_wrong_moves_ranks_the_other_way(trees):
    """The same truths of modes, believed three times as high and three times as low."""
    mean = {times: np.mean([one.level[0].mean() for one in trees if one.wrong == times]) for times in (1.0, 3.0, 1 / 3)}
    assert mean[3.0] < mean[1.0] < mean[1 / 3]


def test_excess_log_loss_is_none_for_who_knows_and_grows_with_the_error():
    true, shares = np.array([[0.01, 0.2]]), np.array([[0.7, 0.3]])
    assert excess(true, true, shares) == 0
    assert 0 < excess(true * 1.5, true, shares) < excess(true * 3, true, shares)


def test_rivals_are_rates_of_known_ends():
    """By hand: the raw rate of everything; a stratum of which nothing is known has it too."""
    made = line(20_000, CHAIN)
    past = outcomes(made, 100, 20_000)
    known = [one.ended for one in past if one.ended != Ended.SILENT]
    lost = sum(one in (Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING) for one in known)
    found = rivals(network_of(replace(made.book, outcomes=past)))
    assert found[RAW] == pytest.approx(np.full(made.lost.shape, lost / len(known)))
    nothing = rivals(network_of(made.book))
    assert (nothing[RAW_STRATUM] == 0.001).all() and nothing[ALONE] == pytest.approx(np.full(made.lost.shape, 0.05), rel=0.02)


def test_every_way_to_learn_is_measured(lines):
    assert {one.way for one in lines} == {*bench.SCALES, RAW, RAW_STRATUM, ALONE}
    assert all(one.excess > 0 for one in lines)
    assert all(len(one.inside) == 2 * (one.way in bench.SCALES) for one in lines)


def test_ranks_that_are_not_uniform_are_noticed():
    assert chi_square(np.repeat(np.arange(100), 4)) == 0
    assert chi_square(np.zeros(400, int)) == 19 * 400
    assert chi_square(np.concatenate([np.arange(100)] * 2 + [np.arange(50)] * 4)) > measured.ONE_CELL


def test_the_table_says_what_was_missed(trees, lines):
    told = table(trees, lines)
    for words in ("all levels", "prior 3 times the truth", "a used leg, turned back", RAW_STRATUM, "log loss of no pooling minus ours"):
        assert words in told
    wrong = [Ranked("one line", 0, 5, 1.0, np.zeros((5, 400), int), np.zeros(400, int))]
    bad = [Learnt(0, 5, OURS, 0.2, ((False, False), (False, True))), Learnt(0, 5, bench.NO_EXPERTS, 0.2, ()),
           *(Learnt(0, 5, name, 0.1, ()) for name in (RAW, RAW_STRATUM, ALONE))]
    assert [met for _, _, met in goals(wrong, bad)] == [False] * 3 + [False, False] + [False] * 6
    assert "MISSED  coverage on trees, 5 parties: 0.000" in table(wrong, bad)


def test_the_verb_measures_dangers(monkeypatch, capsys, trees, lines):
    monkeypatch.setattr(bench, "on_trees", lambda *, progress: trees)
    monkeypatch.setattr(bench, "on_lines", lambda *, progress: lines)
    assert main(["bench", "--hazards"]) == 0
    assert "coverage of 90 % intervals on lines" in capsys.readouterr().out
    assert main(["bench", "--hazards", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"trees", "lines", "log_loss", "goals"}
    monkeypatch.setattr(measured, "goals", lambda _ranked, _learnt: [("never", 0.0, False)])
    assert main(["bench", "--hazards", "--strict"]) == 4
