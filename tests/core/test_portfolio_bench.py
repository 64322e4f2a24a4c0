"""The benchmark of a proposal measures the published months, and says what was missed and what is not installed."""

import json
import sys
from dataclasses import replace

import pytest

from waystation import worlds
from waystation.cli import main
from waystation.planning.engine import bench as engine
from waystation.planning.engine.measured import Result
from waystation.portfolio import bench, bench_rival
from waystation.portfolio.instances import SCENARIOS, stress
from waystation.portfolio.missions import digest
from waystation.portfolio.missions_file import read_missions

ONE = bench.Searched(0, 794, 2.4, 3.4, 330.6, 331.0)


@pytest.fixture
def little(monkeypatch):
    """The benchmark on the river month, and no engine to measure."""
    river = read_missions(worlds.month("river", "missions"), worlds.month("river", "caps"))
    monkeypatch.setattr(bench, "stress", lambda seed: river)
    monkeypatch.setattr(bench, "DIGESTS", {0: digest(*river)})
    monkeypatch.setattr(engine, "bench", lambda *_, **__: Result((), None, None, {}, 0.0))
    return river


def test_the_months_are_the_published_ones_of_200_missions_in_five_ways():
    month, caps = stress(0)
    assert digest(month, caps) == bench.DIGESTS[0]
    assert [len(one.variants) for one in month.missions] == [5] * 200
    assert SCENARIOS == 200


def test_a_month_that_is_not_the_published_one_is_not_measured(monkeypatch):
    monkeypatch.setattr(bench, "DIGESTS", {0: "another"})
    with pytest.raises(ValueError, match="nothing was measured"):
        bench.bench()


@pytest.mark.parametrize(("change", "missed"), [
    ({}, []), ({"factored": 10.5}, ["a month of 200 missions at most 10 s of CPU"]), ({"value": 320.0}, ["its gap at most 1%"])])
def test_a_missed_goal_is_named(change, missed):
    found = (ONE, replace(ONE, **change))
    assert [goal.name for goal in bench.goals(found) if not goal.met] == missed
    assert ("MISSED" in bench.table(found)) == bool(missed)


def test_bench_says_what_was_measured_of_a_month(little, capsys):
    assert main(["bench"]) == 0
    out = capsys.readouterr().out
    assert "10.7 people, at most 10.7 (gap 0.00%)" in out
    assert main(["bench", "--json", "--strict"]) == 0
    told = json.loads(capsys.readouterr().out)["portfolio"]
    assert [one["options"] for one in told["months"]] == [7]
    assert all(goal["met"] for goal in told["goals"])


def test_strict_ends_with_4_where_a_month_took_too_long(little, monkeypatch, capsys):
    monkeypatch.setattr(bench, "MOST_SECONDS", 0.0)
    assert main(["bench", "--strict"]) == 4
    assert main(["bench"]) == 0
    assert "MISSED" in capsys.readouterr().out


def test_with_sizes_or_without_the_solver_no_month_is_measured(little, monkeypatch, capsys):
    assert main(["bench", "S"]) == 0
    assert "month" not in capsys.readouterr().out
    monkeypatch.setitem(sys.modules, "highspy", None)
    assert main(["bench", "--strict"]) == 0
    assert "Not measured: A portfolio needs the solver HiGHS" in capsys.readouterr().out
    assert main(["bench", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["portfolio"] is None


def test_cp_sat_answers_the_same_rows_in_a_process_of_its_own_and_no_better_than_the_bound(little):
    """The river month has 7 ways, of which the best set brings 10.7 people to safety: both solvers prove it."""
    assert bench_rival.installed(), "OR-Tools is a peer of the benchmark: run `make setup`"
    (one,) = bench.bench()
    assert one.cp_sat is not None
    assert (round(one.cp_sat.value, 1), round(one.cp_sat.bound, 1)) == (10.7, 10.7) == (round(one.value, 1), round(one.bound, 1))
    assert "CP-SAT" in bench.table((one,)) and "CP-SAT is not installed" in bench.table((ONE,))


def test_a_rival_that_fails_is_told_and_not_left_out(little, monkeypatch):
    monkeypatch.setattr(bench_rival, "__name__", "waystation.no_such_module")
    with pytest.raises(bench_rival.RivalFailed, match="no_such_module"):
        bench.bench()
