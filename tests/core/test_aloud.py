"""The sheet that is read aloud: whole parties of 100, the worst named first, nothing where nothing is known."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from answers import BASE, PRIOR_ONLY, UNKNOWN

from waystation.planning.results import Ends, Knowledge
from waystation.report.aloud import LANGUAGES, aloud
from waystation.report.silence import SaidTooMuch
from waystation.units import Money

ENDS = Ends(safe=0.812, intercepted=0.068, harmed=0.05, missing=0.0449, stopped=0.0226, late=0.0025)


def measured(**more):
    told = replace(BASE.assessment, state=Knowledge.MEASURED, mean=0.812, low=0.72, high=0.884, n=61, ends=ENDS)
    return replace(BASE, assessment=replace(told, **more))


def sentences(sheet):
    return [sentence for part in sheet.parts for sentence in part.sentences]


@pytest.mark.refuses("H-30")
def test_of_100_parties_in_words_a_person_can_repeat():
    said = sentences(aloud(measured(), "en"))
    assert "Think of 100 parties like yours that set out in this way." in said
    assert "About 81 of the 100 arrive." in said
    assert "It may be as few as 72, or as many as 88." in said
    assert "It rests on what happened on ways like these, 61 times, in the last 12 months." in said
    assert "About 7 of the 100 are caught. Who is caught can be sent back by force, imprisoned or killed." in said
    assert "Fewer than 1 of the 100 are still on the way when the time is over." in said
    assert "The plan is made for an arrival by 30 June 2030." in said


def test_the_same_in_korean():
    said = sentences(aloud(measured(), "ko"))
    assert "100팀 가운데 약 81팀이 도착합니다." in said
    assert "적으면 72팀, 많으면 88팀이 도착할 수 있습니다." in said
    assert "100팀 가운데 약 7팀이 붙잡힙니다. 붙잡히면 강제로 돌려보내지거나 갇히거나 죽임을 당할 수 있습니다." in said
    assert "2030년 6월 30일까지 도착하는 것으로 계획했습니다." in said
    assert all(re.search("[가-힣]", sentence) for sentence in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_capture_stands_first_even_if_nobody_was_counted(language):
    sheet = aloud(measured(ends=replace(ENDS, safe=0.88, intercepted=0.0)), language)
    first = sheet.parts[2].sentences[0]
    assert ("sent back by force" in first) if language == "en" else ("강제로" in first)


@pytest.mark.refuses("H-27")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", [UNKNOWN, PRIOR_ONLY], ids=["unknown", "prior_only"])
def test_where_nothing_is_known_there_is_no_number_and_the_worst_is_named_all_the_same(language, answer):
    sheet = aloud(answer, language)
    chance = " ".join([*sheet.parts[1].sentences, *sheet.parts[2].sentences])
    assert not sheet.names_number and not re.search(r"\d", chance)
    assert ("do not know" in chance and "killed" in chance) if language == "en" else ("모릅니다" in chance and "죽임" in chance)


def test_a_number_that_the_state_forbids_stops_the_sheet():
    """The planted fault: a mean left in an answer of which nothing is known."""
    with pytest.raises(SaidTooMuch):
        aloud(replace(UNKNOWN, assessment=replace(UNKNOWN.assessment, mean=0.8)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_no_place_no_leg_and_no_helper(language):
    said = " ".join(sentences(aloud(measured(), language)))
    codes = {place.code for place in BASE.places} | {line.leg for line in BASE.lines if line.leg}
    codes |= {place.near for place in BASE.places if place.near} | {step.guide for step in BASE.tree.main if step.guide}
    assert len(codes) > 5 and [code for code in codes if code in said] == []
    assert [code for code in codes if code in f"{said} {BASE.places[0].code}"]  # the search does find one


def test_thin_knowledge_says_that_it_may_be_wrong():
    said = sentences(aloud(measured(state=Knowledge.THIN), "en"))
    assert "This rests on few journeys. It may turn out to be wrong." in said


def test_what_would_be_owed_is_said_or_asked_for():
    owed = sentences(aloud(measured(), "en", debt=Money(Decimal(1200), "USD")))
    assert any("1,200 USD" in sentence and "owe" in sentence for sentence in owed)
    assert "Ask what you would still owe afterwards, to whom, and by when." in sentences(aloud(measured(), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_ends_with_the_right_to_say_no(language):
    last = " ".join(aloud(measured(), language).parts[-1].sentences)
    assert ("say no" in last) if language == "en" else ("가지 않겠다고" in last)


def test_another_language_is_refused():
    with pytest.raises(KeyError):
        aloud(measured(), "xx")


@pytest.mark.refuses("H-27", "H-30")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wide_interval_is_said_without_a_middle(language):
    said = " ".join(sentences(aloud(measured(low=0.60, high=0.884), language)))
    assert "60" in said and "88" in said and "81" not in said
