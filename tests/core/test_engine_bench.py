"""The benchmark: what it measures, what it refuses to measure, and what it says about its goals."""

import json
from dataclasses import replace

import numpy as np
import pytest

from oracles.solvers import NATIVE_BUILT, needs_native
from waystation.planning import evsi
from waystation.planning.engine import bench as benchmark
from waystation.planning.engine import limit, peers, processes
from waystation.planning.engine.instances import model_of_instance, model_of_peer
from waystation.planning.engine.measured import Result, Row, as_json, goals, missed, table
from waystation.planning.engine.processes import Cost, peak_megabytes

ROWS = (
    Row("M", 8_370_000, 5.0, None, 0.5, 0.025, 0.01, 1e-15, 90.0),
    Row("L-60", 45_900_000, 40.0, None, 3.0, 0.1, 0.06, 2e-15, 150.0),
    Row("L", 183_600_000, None, None, 12.0, 0.8, 0.3, 1e-15, 320.0))
RESULT = Result(ROWS, Cost(1.2, 1.3), Cost(2.5, 3.0), {"python": "3", "native": "avx2"}, 0.5)


def test_goals_compare_what_was_measured():
    found = {goal.name: (goal.measured, goal.met) for goal in goals(RESULT)}
    assert found["Storm / native on M at least 150"] == (200.0, True)
    assert found["native / limit on M at most 2"] == (2.5, False)
    assert found["peak memory on L at most 500 MB"] == (320.0, True)
    assert found["all answers alike within 1e-9"] == (2e-15, True)
    assert "Storm / native on L at least 100" not in found
    assert missed(RESULT) == ["native / limit on M at most 2", "native / limit on L at most 2"]


@pytest.mark.parametrize(("change", "name"), [
    ({"first_answer": Cost(1.6, 1.0)}, "cold process to its first answer at most 1.5 s"),
    ({"whole_report": Cost(1.0, 4.1)}, "whole report at most 4 s of CPU"),
    ({"rows": (replace(ROWS[0], difference=2e-9),)}, "all answers alike within 1e-9"),
    ({"rows": (replace(ROWS[0], storm=3.0),)}, "Storm / native on M at least 150"),
    ({"reports": 1.01}, "worth of reports on M at most 1 s"),
    ({"rows": (replace(ROWS[2], peak_mb=501.0),)}, "peak memory on L at most 500 MB")])
def test_a_missed_goal_is_named(change, name):
    assert name in missed(replace(RESULT, **change))


def test_table_shows_ratios_gaps_and_a_busy_machine():
    text = table(replace(RESULT, load=3.0, whole_report=None))
    line = next(line for line in text.splitlines() if line.startswith("M "))
    assert line.split() == ["M", "8,370,000", "5.0000", "-", "0.5000", "0.0250", "200", "0.0100", "2.5", "1e-15", "90"]
    assert "MISSED  native / limit on M at most 2: 2.5" in text
    assert "whole report on long-way: could not be measured" in text
    assert "The machine was busy (load 3.0)" in text and "busy" not in table(RESULT)
    assert "one budget, one deadline" in text


def test_json_holds_ratios_and_goals():
    found = json.loads(json.dumps(as_json(RESULT)))
    assert found["rows"][0]["storm_over_native"] == 200 and found["rows"][2]["storm_over_native"] is None
    assert {"name", "measured", "met"} == set(found["goals"][0])


def test_an_instance_that_is_not_the_published_one_is_not_measured(monkeypatch):
    monkeypatch.setitem(benchmark.DIGESTS, "S", "0" * 16)
    with pytest.raises(ValueError, match="not the published one"):
        benchmark.bench(("S",))


@pytest.mark.parametrize("with_peers", [True, False])
def test_small_instances_are_measured(monkeypatch, with_peers):
    costs = iter([Cost(2.0, 1.0), Cost(1.0, 3.0), Cost(3.0, 2.0)])
    monkeypatch.setattr(benchmark, "first_answer", lambda: next(costs))
    monkeypatch.setattr(benchmark, "whole_report", lambda: None)
    if not with_peers:
        monkeypatch.setattr(peers, "installed", lambda _peer: False)
    said = []
    result = benchmark.bench(("S",), rounds=1, progress=said.append)
    assert result.first_answer == Cost(2.0, 2.0) and result.whole_report is None
    assert [row.instance for row in result.rows] == ["Q", "S"] and "measuring S" in said
    for row in result.rows:
        assert row.numpy > 0 and (row.native is not None) == NATIVE_BUILT
        assert (row.storm is not None) == peers.installed("stormpy")
        assert row.difference is None or row.difference <= 1e-9
    assert (result.rows[0].quantecon is not None) == peers.installed("quantecon")
    assert result.rows[0].states == 50 * 3 * 40 * 11 and result.rows[1].quantecon is None


def test_work_is_the_published_count():
    """Multiplications of the design's table for S and M, in thousands of millions."""
    for size, expected, half in (("S", 0.0174, 5e-5), ("M", 0.330, 5e-4)):
        assert limit.work_of(model_of_instance(size), 0).multiply_adds / 1e9 == pytest.approx(expected, abs=half)


@needs_native
def test_limit_is_below_what_a_solve_takes():
    assert 0 < limit.least_seconds(model_of_peer(), 0) < 0.01


def test_without_a_native_solver_there_is_no_limit(monkeypatch):
    def missing(_name):
        raise ImportError

    monkeypatch.setattr(limit, "import_module", missing)
    assert limit.least_seconds(model_of_peer(), 0) is None


def test_memory_is_that_of_the_child_alone():
    held = np.ones(60_000_000)  # 480 MB here, none of it there
    peak = peak_megabytes("S", steps=20, levels=5, backend="numpy")
    assert peak is None or (20 < peak < 300 and held[0])


def test_a_process_that_fails_has_no_cost():
    assert processes.cost_of(("no-such-verb",)) is None
    cost = processes.cost_of(("--version",))
    assert cost is not None and cost.wall > 0 and cost.cpu > 0


@pytest.mark.soak
def test_fresh_processes_answer():
    assert processes.first_answer() is not None
    assert processes.whole_report() is not None


def test_what_reports_are_worth_is_measured_on_a_small_instance_and_does_not_depend_on_how_many_solve_at_once(monkeypatch):
    asked = []

    def kept(question, occurs):
        asked.append([evsi.worths(question, occurs, workers=workers) for workers in (1, 3)])

    monkeypatch.setattr(benchmark, "worths", kept)
    assert benchmark.seconds_of_reports("S") > 0
    alone, beside = asked[0]
    assert alone == beside and alone and max(one.value for one in alone) > 0
