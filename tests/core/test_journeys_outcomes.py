"""What a journey leaves to the next plan: codes by hand, silence never a success, and the circle closes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import ask, attempt, book

from waystation.journeys.outcomes import CODES, ENDS, OWN_CHOICE, WORDS, Begun, outcomes
from waystation.network.rows import Ended

AT = datetime(2030, 3, 1, 20, tzinfo=UTC)


def begun(code, **more):
    return Begun("FORD", AT, 2, **({"code": code, "ended": AT + timedelta(hours=9) if code else None} | more))


@pytest.mark.parametrize(("code", "ended"), [
    ("killed", Ended.HARMED), ("shot_at", Ended.ARRIVED), ("seen", Ended.ARRIVED), ("captured", Ended.INTERCEPTED),
    ("turned_back", Ended.TURNED_BACK), ("passed", Ended.ARRIVED), ("missing", Ended.MISSING), ("", Ended.SILENT)])
def test_each_way_for_a_leg_to_end_is_learnt_from(code, ended):
    (row,) = outcomes([begun(code)])
    assert (row.leg, row.ended, row.party_size, row.started) == ("FORD", ended, 2, AT.date())
    assert row.ended_at == ((AT + timedelta(hours=9)).date() if code else None)


def test_every_code_has_a_word_and_their_own_choice_says_nothing_of_the_danger():
    assert set(WORDS) == set(CODES) == {*ENDS, OWN_CHOICE}
    assert outcomes([begun(OWN_CHOICE)]) == ()


@pytest.mark.refuses("H-27")
@given(st.lists(st.sampled_from(["", *CODES]), max_size=12))
def test_a_leg_without_a_code_is_never_counted_as_passed(codes):
    rows = outcomes([begun(code) for code in codes])
    assert sum(row.ended is Ended.ARRIVED for row in rows) == sum(ENDS.get(code) is Ended.ARRIVED for code in codes)
    assert len(rows) == len(codes) - codes.count(OWN_CHOICE)


@pytest.mark.parametrize("wrong", [begun("lost"), begun("passed", ended=AT - timedelta(hours=1)),
                                   begun("", ended=AT)])
def test_what_cannot_have_happened_is_refused(wrong):
    with pytest.raises(ValueError, match="leg"):
        outcomes([wrong])


def test_what_happened_on_a_leg_changes_the_next_plan():
    """The circle: two parties are caught at the ford; the next plan believes less of it, and says so."""
    now, before = ask("river", "two").now, attempt("river", "two")
    started = now - timedelta(days=9)
    caught = outcomes([Begun("FORD", started, 2, "calm", "captured", started + timedelta(hours=8)) for _ in range(2)])
    passed = outcomes([Begun("FORD", started, 2, "calm", "passed", started + timedelta(hours=8)) for _ in range(2)])
    world = book("river")
    worse, better = (attempt("river", "two", replace(world, outcomes=(*world.outcomes, *rows))) for rows in (caught, passed))
    assert worse.chain.safe < before.chain.safe < better.chain.safe
