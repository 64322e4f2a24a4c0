"""The print rule, the four states of knowledge, and what JSON and terminal may say."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from answers import ANSWERS, BASE, DANGERS, MEASURED, PRIOR_ONLY, PRIOR_ONLY_SHOWN, REFUSED, THIN, UNKNOWN, usd
from hypothesis import given
from hypothesis import strategies as st

from waystation.planning.results import Knowledge, Point
from waystation.report.amounts import about, age, between, days_between, hours, money, parties
from waystation.report.charts import chance_words
from waystation.report.facts import FORM
from waystation.report.phrases import arrive, attribution, basis, ends, known_from, way
from waystation.report.silence import SaidTooMuch, forbidden, speaks_of_chance
from waystation.report.words import facts, headline, refusal_facts, refusal_text, text

QUIET = {name: ANSWERS[name] for name in ("unknown", "prior_only")}
CHANCE_KEYS = {"mean", "low", "high", "pessimistic", "loss", "share", "intercepted", "harmed", "missing", "safe", "lost",
               "stopped", "late", "value", "worst_chance", "prior_share", "changes_decision", "shrinks_sd", "own", "pooled",
               "prior", "n", "coverage", "after_first_crossing"}


def numbers_of_chance(values, path=""):
    """Paths of JSON values that state a chance, a share or a count of journeys."""
    if isinstance(values, dict):
        for key, value in values.items():
            if key in CHANCE_KEYS and isinstance(value, int | float) and not isinstance(value, bool):
                yield f"{path}.{key}"
            yield from numbers_of_chance(value, f"{path}.{key}")
    elif isinstance(values, list):
        for k, value in enumerate(values):
            yield from numbers_of_chance(value, f"{path}[{k}]")


def test_print_rule_as_written_in_the_manual():
    told = replace(THIN, mean=0.8613, low=0.742, high=0.9386, n=31, newest_age_d=122)
    assert headline(replace(BASE, assessment=told)) == (
        "Of 100 parties like this, about 86 arrive (between 74 and 94). Known from 31 similar legs, newest 4 months old.")


def test_an_interval_wider_than_20_points_stands_alone():
    wide, narrow = replace(THIN, low=0.70, high=0.901), replace(THIN, low=0.70, high=0.899)
    assert arrive(wide) == "Of 100 parties like this, between 70 and 90 arrive."
    assert arrive(narrow) == "Of 100 parties like this, about 86 arrive (between 70 and 90)."
    assert chance_words(Point(usd(1), 0.8, 0.7, 0.901)) == "between 70 and 90"


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_no_chance_is_rounded_to_none_or_all(p):
    assert parties(p) not in ("0", "100", "none", "all")
    assert not re.search(r"\d\.\d", parties(p))
    assert (parties(0.0), parties(1.0)) == ("none", "all")
    assert about(p).removeprefix("about ") == parties(p)


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_interval_is_whole_parties_in_order(a, b):
    said = [int(word) for word in re.findall(r"\d+", between(min(a, b), max(a, b)))]
    assert said == sorted(said)
    assert all(0 < number < 100 for number in said) or {0.0, 1.0} & {a, b}


def test_headline_of_each_state():
    assert headline(UNKNOWN) == "We do not know."
    assert headline(PRIOR_ONLY) == "We do not know. Expert judgement, no record of our own."
    assert headline(PRIOR_ONLY_SHOWN) == (
        "We do not know. Expert judgement, no record of our own: of 100 parties like this, between 74 and 94 arrive.")
    assert headline(ANSWERS["measured"]) == (
        "Of 100 parties like this, about 86 arrive (between 79 and 91). Known from 61 similar legs, newest 9 days old.")


def test_how_much_record_there_is():
    assert known_from(replace(MEASURED, n=1, newest_age_d=1)) == "Known from 1 similar leg, newest 1 day old."
    assert known_from(replace(MEASURED, n=0, newest_age_d=None)) == "Known from no similar leg."
    assert [age(d) for d in (0, 13, 14, 59, 60, 729, 730)] == [
        "from today", "13 days old", "2 weeks old", "8 weeks old", "2 months old", "24 months old", "2 years old"]


def test_days_hours_and_money_as_people_say_them():
    assert days_between(date(2030, 12, 30), date(2031, 1, 2)) == "30 December 2030 to 2 January 2031"
    assert (hours((1, 1)), hours((48, 72)), hours((0.5, 30))) == ("1 hour", "2 to 3 days", "0 to 30 hours")
    assert (money(usd(1234.5)), money(usd(0))) == ("1,234.5 USD", "nothing")


@pytest.mark.parametrize("name", QUIET)
def test_no_number_where_nothing_is_known(name):
    answer = QUIET[name]
    told = facts(answer)
    assert told["p_safe"] is None
    assert told["ends"] is None
    assert told["curves"] == []
    assert list(numbers_of_chance(told)) == []
    for words in (text(answer), json.dumps(told)):
        assert "%" not in words
        assert not speaks_of_chance(words)
    assert "We do not know." in text(answer)


def test_the_search_for_numbers_finds_planted_ones():
    assert list(numbers_of_chance(facts(BASE)))
    assert speaks_of_chance(text(BASE))
    planted = json.loads(json.dumps(facts(UNKNOWN)))
    planted["dangers"][2]["loss"] = 0.02
    planted["rests_on"]["n"] = 12
    assert list(numbers_of_chance(planted)) == [".rests_on.n", ".dangers[2].loss"]


def test_days_of_the_plan_are_not_told_when_nothing_is_known():
    assert all(step["earliest"] is step["latest"] is None for step in facts(UNKNOWN)["steps"])
    assert facts(PRIOR_ONLY)["steps"][0]["earliest"] == "2030-05-01"
    assert "2 to 5 May" not in text(UNKNOWN)
    assert "2 to 5 May" in text(PRIOR_ONLY)


LEAKS = {
    "assessment.mean": lambda a: replace(a, assessment=replace(a.assessment, mean=0.8)),
    "assessment.n": lambda a: replace(a, assessment=replace(a.assessment, n=3)),
    "assessment.sensitivity[1]": lambda a: replace(a, assessment=replace(a.assessment, sensitivity=THIN.sensitivity)),
    "assessment.priors[0].share": lambda a: replace(a, assessment=replace(a.assessment, priors=THIN.priors)),
    "tree.main[0]": lambda a: replace(a, tree=replace(a.tree, main=BASE.tree.main)),
    "tree.contingencies[0]": lambda a: replace(a, tree=replace(a.tree, contingencies=BASE.tree.contingencies)),
    "tree.coverage": lambda a: replace(a, tree=replace(a.tree, coverage=0.9)),
    "dangers[0]": lambda a: replace(a, dangers=DANGERS),
    "after_first_crossing": lambda a: replace(a, after_first_crossing=0.7),
    "curves": lambda a: replace(a, curves=BASE.curves),
    "weighings[0]": lambda a: replace(a, weighings=BASE.weighings),
    "choices[0]": lambda a: replace(a, choices=BASE.choices),
    "worth[0]": lambda a: replace(a, worth=BASE.worth),
    "low_money": lambda a: replace(a, low_money=0.8),
    "warnings[0] (a sentence)": lambda a: replace(a, warnings=("About 3 of 100 are captured.",)),
    "first[0] (a sentence)": lambda a: replace(a, first="Go: 86 % arrive."),
}


@pytest.mark.parametrize("field", LEAKS)
@pytest.mark.parametrize("name", QUIET)
def test_a_number_that_slipped_through_stops_the_printing(name, field):
    leaky = LEAKS[field](QUIET[name])
    assert field in forbidden(leaky)
    for say in (text, facts):
        with pytest.raises(SaidTooMuch, match=re.escape(field)):
            say(leaky)


def test_an_interval_may_stand_under_judgement_but_not_where_nothing_is_known():
    shown = replace(UNKNOWN, assessment=replace(UNKNOWN.assessment, low=0.7, high=0.9))
    assert forbidden(shown) == ("assessment.low", "assessment.high")
    assert forbidden(PRIOR_ONLY_SHOWN) == ()
    assert facts(PRIOR_ONLY_SHOWN)["p_safe"] == {"mean": None, "low": 0.742, "high": 0.9386, "pessimistic": None}


@pytest.mark.parametrize("name", ANSWERS)
def test_terminal_page_fits_80_columns_and_calls_itself_advice(name):
    said = text(ANSWERS[name])
    assert max(map(len, said.splitlines())) <= 80
    assert said.endswith("Advice. A named person decides.\n")
    assert ("FICTIONAL WORLD" in said) is ANSWERS[name].fictional
    for never in ("guaranteed", "certain", "illegal", "low risk", "terminated", "lost"):
        assert not re.search(rf"\b{never}\b", said, re.IGNORECASE)


@pytest.mark.parametrize("name", ANSWERS)
def test_facts_are_json_and_call_themselves_advice(name):
    told = facts(ANSWERS[name])
    assert json.loads(json.dumps(told)) == told
    assert (told["waystation_answer"], told["kind"]) == (FORM, "advice") == (1, "advice")
    assert "decision" not in json.dumps(told).replace("changes_decision", "").lower()
    assert told["state"] == ANSWERS[name].assessment.state
    assert told["terms"]["budget"] == "3000 USD"


def test_facts_lose_nothing_that_may_be_said():
    told = facts(BASE)
    assert told["p_safe"] == {"mean": 0.8613, "low": 0.742, "high": 0.9386, "pessimistic": 0.71}
    assert told["made"]["seed"] == 7
    assert [len(curve["points"]) for curve in told["curves"]] == [25] * 5
    assert told["contingencies"][0]["steps"][0]["to"] == "LANTERN"
    assert told["vetoes"][1]["forbidden"] is True


def test_a_refusal_says_why_and_has_no_number():
    said = refusal_text(REFUSED)
    assert all(" ".join(reason.split()) in " ".join(said.replace("\n    ", " ").split()) for reason in REFUSED.reasons)
    assert not re.search(r"\d", said)
    assert refusal_facts(REFUSED) == {"waystation_answer": 1, "kind": "refusal", "note": "Advice. A named person decides.",
                                      "reasons": list(REFUSED.reasons)}


def test_the_way_in_words_names_each_stop_once_in_order():
    assert way(BASE) == ("HEARTH", "ORCHARD", "FORGE", "LANTERN", "MILL", "TERRACE", "PAVILION", "REED", "FERRY", "GARDEN",
                         "HARBOR")


def test_states_are_the_four_of_the_manual():
    assert {answer.assessment.state for answer in ANSWERS.values()} == set(Knowledge)


def test_only_the_largest_dangers_are_told_and_the_rest_is_counted():
    answer = replace(BASE, dangers=DANGERS + DANGERS)
    assert "And 6 more legs and stops with less danger each." in text(answer)
    assert "And 1 more leg or stop with less danger each." in text(replace(BASE, dangers=(*DANGERS, *DANGERS[:2])))
    assert "with less danger each" not in text(BASE)
    assert len(facts(answer)["dangers"]) == 14


def test_what_the_danger_rests_on_is_said_in_parts():
    assert basis(replace(THIN, prior_share=0.0)) == "None of the danger shown rests on expert judgement."
    assert basis(replace(THIN, prior_share=0.62)) == "Of every 100 parts of the danger shown, about 62 rest on expert judgement."
    assert basis(UNKNOWN.assessment) == ""
    assert attribution(replace(THIN, priors=())) == ""
    assert ends(UNKNOWN.assessment) == ""
