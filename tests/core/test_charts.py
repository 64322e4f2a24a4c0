"""Charts: right places, direct labels, kinds that differ without colour, and none where nothing is known."""

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from answers import ANSWERS, BASE, PRIOR_ONLY, PRIOR_ONLY_SHOWN, THIN, UNKNOWN, usd
from hypothesis import given
from hypothesis import strategies as st

from waystation.planning.results import Curve, Point
from waystation.report.bars import danger_chart, knowledge_chart
from waystation.report.charts import at_budget, hundred, money_chart, money_rows, money_sentence, own_deadline, span_bar
from waystation.report.drawing import spread

SVG = "{http://www.w3.org/2000/svg}"


def drawings(markup):
    return ET.fromstring(f"<page>{markup}</page>").findall(f"{SVG}svg")


def texts(drawing):
    return [node.text for node in drawing.iter(f"{SVG}text")]


def test_money_chart_stands_in_two_widths_and_says_its_content():
    wide, narrow = drawings(money_chart(BASE))
    assert (wide.get("width"), narrow.get("width")) == ("640", "328")
    for drawing in (wide, narrow):
        assert drawing.get("role") == "img"
        assert "about 32 (between 26 and 34) by 20 May" in drawing.get("aria-label")
        assert "this party has 3,000 USD" in texts(drawing)


def test_each_deadline_has_its_own_dash_and_its_label():
    wide, _ = drawings(money_chart(BASE))
    lines = [p for p in wide.iter(f"{SVG}path") if "curve" in p.get("class", "").split()]
    dashes = [line.get("stroke-dasharray") for line in lines]
    assert len(set(dashes)) == len(BASE.curves)
    assert [d is None for d in dashes] == [False] * 4 + [True]  # the own one is solid, and drawn last
    labels = [t for t in texts(wide) if t.startswith("by ")]
    assert sorted(labels) == sorted(["by 20 May", "by 1 June", "by 15 June", "by 30 June", "by 31 July"])


def test_labels_at_the_curves_do_not_cover_each_other():
    for drawing in drawings(money_chart(BASE)):
        rows = sorted(float(t.get("y")) for t in drawing.iter(f"{SVG}text") if "label" in (t.get("class") or "")
                      and t.get("text-anchor") is None and t.text != "this party has 3,000 USD")
        assert min(b - a for a, b in itertools.pairwise(rows)) > 16.5
        assert 0 < rows[0] <= rows[-1] < 330


def test_a_curve_rises_at_its_points_only_and_marks_them():
    points = (Point(usd(0), 0.0, 0.0, 0.0), Point(usd(50), 0.5, 0.4, 0.6), Point(usd(100), 1.0, 1.0, 1.0))
    answer = replace(BASE, curves=(Curve(BASE.terms.deadline, points),), terms=replace(BASE.terms, budget=usd(50)))
    wide, _ = drawings(money_chart(answer))
    line = next(p for p in wide.iter(f"{SVG}path") if "curve" in p.get("class", ""))
    assert line.get("d") == "M40.0 286.0H281.0V166.0H522.0V46.0"  # left 40, right 522; chance 0 at 286, 1 at 46
    band = next(p for p in wide.iter(f"{SVG}path") if "band" in p.get("class", ""))
    assert band.get("d") == "M40.0 286.0H281.0V142.0H522.0V46.0V46.0V190.0H281.0V286.0H40.0Z"
    dots = [(d.get("cx"), d.get("cy")) for d in wide.iter(f"{SVG}circle")]
    assert dots == [("40.0", "286.0"), ("281.0", "166.0"), ("522.0", "46.0")]


def test_a_sum_that_was_not_computed_is_not_claimed():
    points = (Point(usd(0), 0.0, 0.0, 0.0), Point(usd(1000), 0.5, 0.45, 0.55), Point(usd(9000), 0.9, 0.85, 0.95))
    answer = replace(BASE, curves=(Curve(BASE.terms.deadline, points),))  # the party has 3000
    assert money_rows(answer)[0][1] == "about 50 (between 45 and 55), with 1,000 USD"
    assert own_deadline(answer) == ("By 30 June, of 100 parties like this about 50 (between 45 and 55) arrive with 1,000 USD, "
                                    "and about 90 (between 85 and 95) with 9,000 USD.")
    assert "with 1,000 USD by 30 June" in money_sentence(answer)


def test_money_in_another_currency_is_not_compared():
    other = replace(BASE, terms=replace(BASE.terms, budget=replace(BASE.terms.budget, currency="CNY")))
    assert at_budget(other.curves[0], other) == other.curves[0].points[-1]
    assert "this party has" not in money_chart(other)
    assert "with 6,000 USD by 20 May" in money_sentence(other)


def test_money_below_the_chart_reads_its_first_point():
    poor = replace(BASE, terms=replace(BASE.terms, budget=usd(-1)))
    assert at_budget(poor.curves[0], poor) == poor.curves[0].points[0]


def test_money_table_says_what_the_chart_says():
    assert money_rows(BASE)[0] == ("20 May 2030", "about 32 (between 26 and 34)", "about 41 (between 34 and 45)")


def test_a_hundred_dots_are_a_hundred_and_split_at_the_interval():
    (drawing,) = drawings(hundred(THIN))
    kinds = [dot.get("class") for dot in drawing.iter(f"{SVG}circle")]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"arrives": 74, "may": 20, "not": 6}


def test_danger_bars_are_as_long_as_their_share_and_split_by_kind():
    mid, _ = drawings(danger_chart(BASE))
    bars = [r for r in mid.iter(f"{SVG}rect") if r.get("class", "").startswith("bar ") and r.get("height") == "12.0"]
    top = [r for r in bars if r.get("y") == bars[0].get("y")]
    assert [r.get("class") for r in top] == ["bar captured", "bar harmed", "bar missing"]
    assert sum(float(r.get("width")) for r in top) == pytest.approx(440, abs=0.2)  # the largest danger fills the width
    assert float(top[0].get("width")) == pytest.approx(440 * 0.024 / 0.031, abs=0.1)
    assert "about 3 of 100" in texts(mid)
    assert "mostly expert judgement" in texts(mid)


def test_knowledge_bar_names_its_parts():
    (drawing,) = drawings(knowledge_chart(THIN))
    assert texts(drawing) == ["what happened on these legs", "12", "what happened on similar legs", "26", "expert judgement",
                              "62"]
    parts = [r for r in drawing.iter(f"{SVG}rect") if r.get("height") == "20.0" and r.get("class") != "bar-ground"]
    assert [r.get("class") for r in parts] == ["bar own", "bar pooled", "bar expert"]
    assert float(parts[2].get("width")) == pytest.approx(328 * 0.62, abs=0.1)


@pytest.mark.parametrize("answer", [UNKNOWN, PRIOR_ONLY, PRIOR_ONLY_SHOWN], ids=["unknown", "prior", "prior shown"])
def test_no_chart_where_nothing_is_known(answer):
    drawn = (money_chart(answer), danger_chart(answer), knowledge_chart(answer.assessment), hundred(answer.assessment),
             money_sentence(answer))
    assert drawn == ("", "", "", "", "")


def test_the_same_charts_appear_when_numbers_may_be_shown():
    assert all((money_chart(BASE), danger_chart(BASE), knowledge_chart(THIN), hundred(THIN), money_sentence(BASE)))


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_is_green(name):
    drawn = money_chart(ANSWERS[name]) + danger_chart(ANSWERS[name]) + knowledge_chart(ANSWERS[name].assessment)
    assert "green" not in drawn
    assert not re.search(r"#[0-9a-f]{6}", drawn)  # colours stand in the style sheet, where test_page reads them


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_spread_keeps_order_and_distance(wanted):
    placed = spread(wanted, 17.0, 0.0, 300.0)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    ordered = [placed[k] for k in order]
    assert all(b - a > 16.999 for a, b in itertools.pairwise(ordered))
    assert min(placed) >= -1e-9
    assert max(placed) <= 300 + 1e-9


@given(st.floats(-1, 2), st.floats(-1, 2))
def test_span_bars_stay_inside_their_cell(start, end):
    bar = ET.fromstring(span_bar(start, max(start, end)))
    _, mark = bar.findall("rect")
    assert 0 <= float(mark.get("x")) <= 98.81
    assert float(mark.get("width")) >= 1.1
