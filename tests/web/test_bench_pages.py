"""The benchmark of pages runs, small: it fills a house, asks both servers, and refuses to compare what is not the same."""

import json
from dataclasses import replace

import pytest

from waystation_web.office import Cannot, bench_base, bench_pages
from waystation_web.office import main as office_main

pytestmark = pytest.mark.once

FOUND = bench_pages.Row("SQLite", "list", 100.0, 299.0, 50.0, 60.0, 60)


@pytest.mark.soak
def test_a_small_house_is_filled_and_asked(monkeypatch, capsys):
    monkeypatch.setattr(bench_base, "programs", lambda: None)
    assert bench_pages.report(as_json=True, strict=False, cases=40, rounds=2, searches=1) == 0
    said = capsys.readouterr()
    acts = {row["act"]: row for row in json.loads(said.out)["rows"]}
    assert set(bench_pages.GOALS) <= set(acts)
    assert {"list of 20", "plan of 20", "search name of 20"} <= set(acts)
    assert acts["list of 20"]["times"] == 20
    assert all(row["p95"] >= row["p50"] > 0 and row["plain_p95"] >= row["plain_p50"] > 0 for row in acts.values())
    assert "PostgreSQL: not measured" in said.err


def test_what_was_missed_is_said(monkeypatch, capsys):
    slow = replace(FOUND, p95=301.0)
    monkeypatch.setattr(bench_pages, "everywhere", lambda **_: [slow])
    assert office_main(["bench", "--pages", "--strict"]) == 4
    assert "Missed: list, SQLite: 301 ms" in capsys.readouterr().out
    monkeypatch.setattr(bench_pages, "everywhere", lambda **_: [FOUND])
    assert office_main(["bench", "--pages", "--strict"]) == 0
    told = capsys.readouterr().out
    assert "Missed" not in told
    assert "2.00" in told  # as long as plain Django, times


def test_different_pages_are_not_compared():
    ours = bench_pages.Timed({}, {("list", "/cases/"): "a"})
    bench_pages.same(ours, ours)
    with pytest.raises(Cannot, match="different pages: list"):
        bench_pages.same(ours, bench_pages.Timed({}, {("list", "/cases/"): "b"}))
