"""The benchmark of boards runs, small: everybody who holds a journey is told of an act and has it on their list."""

import json
from dataclasses import replace

import pytest

from waystation_web.office import bench_base, bench_board, bench_boards
from waystation_web.office import main as office_main

pytestmark = pytest.mark.once

FOUND = bench_board.Row("SQLite", bench_board.EVERYBODY, 90.0, 180.0, 400.0, 999.0, 80.0, 120.0, 60)
COST = bench_board.Cost("SQLite", 500.0, 30.0, 170.0, 200.0, 210.0)


@pytest.mark.soak
def test_a_small_house_is_put_on_the_road_and_its_boards_are_told(monkeypatch, capsys):
    monkeypatch.setattr(bench_base, "programs", lambda: None)
    assert bench_board.report(as_json=True, strict=False, journeys=40, boards=22, acts=2, rest=0.0) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    found = {row["boards"]: row for row in told["rows"]}
    assert set(found) == {bench_board.SHARE, bench_board.WHOLE, bench_board.EVERYBODY}
    # 22 boards: one of whoever holds all, two of the first coordinator, one of each other; an act by the first two
    assert [found[name]["times"] for name in (bench_board.WHOLE, bench_board.SHARE)] == [2, 3]
    # a stream may speak before the answer to the act has arrived: that counts as told after no time at all
    assert all(row["list_p95"] >= row["list_p50"] >= row["told_p50"] >= 0 <= row["floor_p50"] for row in found.values()), found
    assert found[bench_board.EVERYBODY]["list_p95"] > 0 < found[bench_board.EVERYBODY]["floor_p95"], found
    (cost,) = told["costs"]
    assert cost["cpu"] > 0 and cost["peak"] >= cost["open"] > cost["before"] > 0
    assert "PostgreSQL: not measured" in said.err


def test_what_was_missed_is_said(monkeypatch, capsys):
    monkeypatch.setattr(bench_board, "everywhere", lambda **_: ([replace(FOUND, list_p95=1000.0)], [COST]))
    assert office_main(["bench", "--board", "--strict"]) == 4
    assert "Missed: every board, SQLite: 1000 ms" in capsys.readouterr().out
    monkeypatch.setattr(bench_board, "everywhere", lambda **_: ([FOUND], [COST]))
    assert office_main(["bench", "--board", "--strict"]) == 0
    told = capsys.readouterr().out
    assert "Missed" not in told and "Met:" in told
    assert "5.00" in told and "210 MB at most" in told  # times the floor


def test_the_same_journey_is_not_acted_on_twice_and_each_coordinator_has_a_turn():
    late = [(b"a", b"b"), (b"c", b"d")]
    assert list(bench_board.asked(late, 9)) == [(0, b"a", True), (1, b"c", True), (0, b"b", False), (1, b"d", False)]


def test_an_answer_in_pieces_is_put_together():
    assert bench_boards._whole(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") == b"abcde"
