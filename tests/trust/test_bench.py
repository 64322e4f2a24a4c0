"""What the benchmark of beliefs measures, and that it says what was lost."""

import json

import numpy as np
import pytest

from oracles.peer import needs
from waystation.cli import main
from waystation.planning import attack
from waystation.trust import bench, peers
from waystation.trust.believing import believe
from waystation.trust.bench import CEILING, OURS, Scored, as_json, each_day, goals, scores, table
from waystation.trust.instances import GRID, HOSTILE, Setting, world

LITTLE = Setting("contrary", areas=2, days=12, sources=6, known=2)


@pytest.fixture(scope="module")
def little():
    return world(LITTLE, 0.30, 1)


def test_measures_are_what_was_decided():
    truth = np.array([[0, 2, 2]])
    p = np.array([[[1.0, 0, 0], [0.6, 0.2, 0.2], [0.1, 0.1, 0.8]]])
    accuracy, brier, log, missed = scores(p, truth, truth >= 0)
    assert (accuracy, missed) == (pytest.approx(2 / 3), 0.5)
    assert brier == pytest.approx((0 + 0.36 + 0.04 + 0.64 + 0.01 + 0.01 + 0.04) / 3)
    assert log == pytest.approx(-(np.log(0.2) + np.log(0.8)) / 3)
    assert scores(np.array([[[1.0, 0, 0]]]), np.array([[2]]), np.ones((1, 1), bool))[2] == pytest.approx(np.log(1000))


def test_votes_are_shares_and_the_chain_where_nobody_spoke(little):
    day, week = peers.votes(little), peers.votes(little, days=7)
    assert day.sum(2) == pytest.approx(np.ones(little.truth.shape))
    heard = little.heard
    k = len(heard.day) // 2
    same = (heard.area == heard.area[k]) & (heard.day == heard.day[k])
    newest = {int(s): heard.claim[j] for j, s in enumerate(heard.source) if same[j]}
    assert day[heard.area[k], heard.day[k]] == pytest.approx(np.mean(list(newest.values()), axis=0))
    assert not np.array_equal(day, week)


def test_nobody_sees_later_days(little):
    """A day's belief is that of the reports up to it; repeats left out once for all days change nothing."""
    beliefs = each_day(little)
    for t in (0, 5, 11):
        assert beliefs[:, t] == pytest.approx(believe(little.heard, little.stated, areas=2, now=t).p, abs=1e-9)


def test_who_knows_all_sources_believes_best():
    made = world(GRID[0], 0.45, 1003)
    everywhere = made.truth >= 0
    best, votes = scores(peers.all_knowing(made), made.truth, everywhere), scores(peers.votes(made), made.truth, everywhere)
    assert best[0] > votes[0] and best[1] < votes[1] and best[2] < votes[2]


def test_ours_stands_between_the_votes_and_who_knows_all_sources():
    made = world(GRID[1], 0.45, 1003)
    everywhere = made.truth >= 0
    ours = scores(each_day(made), made.truth, everywhere)
    assert scores(peers.all_knowing(made), made.truth, everywhere)[1] < ours[1]
    assert ours[1] < scores(peers.votes(made, days=7), made.truth, everywhere)[1]


def found(ours=0.2, other=0.4):
    return [Scored(setting.name, hostile, seed, name, row, row) for setting in GRID for hostile in HOSTILE for seed in (0, 1)
            for name, row in ((OURS, (0.9, ours, ours, float("nan"))), ("votes", (0.8, other, other, 0.5)), (CEILING, (1, 0, 0, 0)))]


def test_the_table_holds_every_row_and_says_where_ours_lost():
    told = table(found())
    assert told.count("votes ") >= 2 * len(GRID)
    assert "+0.200 ± 0.000" in told and "MISSED" not in told
    assert "MISSED  Brier of votes minus ours, at its least: -0.2000" in table(found(ours=0.6))
    assert [met for _, _, met in goals(found(ours=0.6))] == [False, False]
    assert as_json(found())["worlds"][0]["everywhere"]["danger missed"] is None


@pytest.mark.parametrize("method", ["DawidSkene", "GLAD", "MACE"])
def test_a_peer_answers_where_somebody_reported(little, method):
    needs("crowdkit")
    p = peers.crowd(little, method)
    assert p.sum(2) == pytest.approx(np.ones(little.truth.shape), abs=1e-6)
    silent = np.ones(little.truth.shape, bool)
    silent[little.heard.area, little.heard.day] = False
    assert not silent.any() or p[silent] == pytest.approx(peers.votes(little)[silent])


def test_the_verb_measures_beliefs_and_the_worst_case(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(bench, "bench", lambda *, seeds, progress: asked.append(seeds) or found())
    monkeypatch.setattr(attack, "bench", lambda *, progress: [attack.Lost("S", 0, k, 1.0, 2.0, 1.5, 3.0) for k in attack.ATTACKERS])
    assert main(["bench", "--trust", "2", "--strict"]) == 0
    assert asked == [(0, 1)]
    out = capsys.readouterr().out
    assert "one root floods" in out and "arrivals lost per 100" in out
    assert main(["bench", "--trust", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"beliefs", "attack"}
    monkeypatch.setattr(bench, "bench", lambda *, seeds, progress: found(ours=0.6))
    assert main(["bench", "--trust", "1", "--strict"]) == 4
