"""What a plan says in the reader's language: never more than the planner let out, whatever the state of knowledge."""

import sys
from pathlib import Path

import pytest
from django.utils import translation

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "core"))
from answers import ANSWERS

from waystation.report.facts import facts
from waystation.report.silence import speaks_of_chance
from waystation.rights.library import library
from waystation_web.plans.earliest import Earliest, earliest
from waystation_web.plans.saying import first_step, headline, lines

KOREAN = {
    "measured": "이런 일행 100팀 가운데 약 86팀이 도착합니다 (79~91팀). 비슷한 구간 61건에서 알게 된 것이며, 가장 새로운 것은 9일 전입니다.",
    "prior_only": "모릅니다. 전문가의 판단만 있고 우리 기록은 없습니다.",
    "prior_only_shown": "모릅니다. 우리 기록은 없고 전문가의 판단으로는 이런 일행 100팀 가운데 74~94팀이 도착합니다.",
    "unknown": "모릅니다.",
}


def body(name):
    told = facts(ANSWERS[name])
    rows = [{"branch": "", "number": 1, "count": 2, "most": 3, "over": True}]
    return {"facts": told, "state": told["state"], "headline": told["answer"], "exposed": rows}


@pytest.mark.parametrize("name", KOREAN)
def test_the_answer_in_korean_is_the_answer(name):
    with translation.override("ko"):
        assert headline(body(name)) == KOREAN[name]
    with translation.override("en"):
        assert headline(body(name)) == facts(ANSWERS[name])["answer"]


def test_an_interval_too_wide_for_a_middle_stands_alone():
    told = body("measured")
    told["facts"] = told["facts"] | {"p_safe": {"mean": 0.8, "low": 0.6, "high": 0.9, "pessimistic": 0.5}}
    with translation.override("ko"):
        assert headline(told).startswith("이런 일행 100팀 가운데 60~90팀이 도착합니다.")


@pytest.mark.parametrize("name", [name for name in ANSWERS if name not in ("measured", "thin")])
def test_no_step_holds_a_chance_that_its_state_forbids(name):
    rows = lines(body(name))
    assert rows and all(row.lost == "" for row in rows)
    assert not any(speaks_of_chance(f"{row.does} {row.when}") for row in rows)
    if ANSWERS[name].assessment.state == "UNKNOWN":
        assert all(row.first is None for row in rows)


def test_steps_stand_in_the_order_of_the_way_with_their_branches():
    answer = ANSWERS["measured"]
    rows = lines(body("measured"))
    assert [row.number for row in rows[:len(answer.tree.main)]] == [str(n) for n in range(1, len(answer.tree.main) + 1)]
    first = next(row for row in rows if row.branch == "A")
    assert first.number == "A1" and first.when == answer.tree.contingencies[0].when
    assert [row.when for row in rows if row.branch == "A"][1:] == [""] * (len(answer.tree.contingencies[0].steps) - 1)
    assert (rows[0].known, rows[0].most, rows[0].over) == (2, 3, True) and rows[1].known is None
    lost = [(step.loss, row.lost) for step, row in zip(answer.tree.main, rows, strict=False) if step.loss]
    assert all(said == ("fewer than 1" if chance < 0.005 else str(max(1, round(100 * chance)))) for chance, said in lost)


@pytest.mark.parametrize("name", [name for name in ANSWERS if ANSWERS[name].choices])
def test_the_first_act_is_the_choice_and_not_the_first_line(name):
    """The steps tell what happens to most parties; with the choice on a later line, that line is the first act."""
    told = body(name)
    step = next(one for one in told["facts"]["steps"] if one["leg"])
    waits = step | {"leg": "", "action": "wait", "to": step["place"]}
    told["facts"] = told["facts"] | {"terms": told["facts"]["terms"] | {"start": step["place"]}, "steps": [waits, step]}
    for leg, said in ((step["leg"], f"{step['place']} → {step['to']} · "), ("", f"{step['place']} · wait here")):
        told["facts"]["choices"] = [{"leg": "other", "chosen": False}, {"leg": leg, "chosen": True}]
        with translation.override("en"):
            assert first_step(told).startswith(said)
    told["facts"]["choices"] = [{"leg": "not on these lines", "chosen": True}]
    assert first_step(told) == told["facts"]["first"]


def test_a_plan_without_a_choice_says_the_planners_words():
    told = body("measured")
    told["facts"] = told["facts"] | {"choices": []}
    assert first_step(told) == told["facts"]["first"]


def course(*states):
    """A plan that walks through states, one place each."""
    legs = [{"place": f"P{n}", "to": f"P{n + 1}", "leg": f"P{n}-P{n + 1}"} for n in range(len(states) - 1)]
    wait = [{"place": "P0", "to": "P0", "leg": ""}]
    return {"places": [{"code": f"P{n}", "country": state} for n, state in enumerate(states)], "facts": {"steps": wait + legs}}


def test_protection_begins_at_the_first_state_with_a_way_and_nowhere_behind_one_that_nobody_knows():
    today = library().steps[0].as_of
    found = earliest(course("KP", "MM", "LA", "TH"), today)
    assert (found.place, found.country, found.title) == ("P2", "LA", "Laos to South Korea")
    assert found.sources[0][0] == "57" and found.as_of == today and found.age == "nobody checked it in the original"
    assert earliest(course("KP", "", "TH"), today) == earliest(course("KP", "XA"), today) == earliest({}, today) == Earliest()
    assert earliest(course("KP", "XA", "TH"), today.replace(year=today.year + 1)).look == "bad"  # an old source says that it is old
