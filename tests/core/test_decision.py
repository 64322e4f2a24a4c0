"""Who may sign what, and when: every guard alone, by hand, and against a slow twin on every combination."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.planning.decision import Adult, Chosen, Facts, Seen, may_open, may_sign, warnings
from waystation.planning.results import Knowledge

NIGHT = datetime(2030, 5, 1, 3, tzinfo=UTC)
GO = Facts(
    chosen=Chosen.GO, reasons="Three calm days.", change_of_mind="A raid.", abort_rule="Turn back if the guide is late.",
    today=NIGHT.date(), now=NIGHT, biases_asked=True, digest_seen="ab", digest_now="ab", forbidden_leg=False,
    adults=(Adult("K7Q2-1", True), Adult("K7Q2-2", True)), interpreter_is_broker=False, standing_signed=True,
    children=2, guardian_recorded=True, best_interest_by_two=True, signatures=2)

# One thing taken away from a whole decision to go, and the rule that must then say no.
TAKEN = {
    "nobody chose": ({"chosen": None}, "chosen"),
    "no reasons": ({"reasons": " "}, "reasons"),
    "nothing would change it": ({"change_of_mind": ""}, "change_of_mind"),
    "the questions were not asked": ({"biases_asked": False}, "biases"),
    "a day that is past": ({"look_again": date(2030, 4, 30)}, "look_again"),
    "no plan": ({"digest_now": None}, "plan"),
    "another plan": ({"digest_now": "cd"}, "digest"),
    "a newer decision": ({"superseded": True}, "superseded"),
    "a forbidden leg": ({"forbidden_leg": True}, "H-04"),
    "no abort rule": ({"abort_rule": ""}, "H-28"),
    "nobody to ask": ({"adults": ()}, "H-28"),
    "one said no": ({"adults": (Adult("a", True), Adult("b", False))}, "H-04"),
    "one was not asked": ({"adults": (Adult("a", True), Adult("b", None))}, "H-28"),
    "the broker interpreted": ({"interpreter_is_broker": True}, "H-30"),
    "no standing instruction": ({"standing_signed": False}, "H-29"),
    "no guardian": ({"guardian_recorded": False}, "H-04"),
    "no best-interest record": ({"best_interest_by_two": False}, "H-23"),
    "too much would be known": ({"exposed_beyond_limit": ("REED",)}, "exposure"),
}


def rules(missing):
    return [one.rule for one in missing]


def test_a_floor_that_is_not_reached_is_said_before_anybody_signs():
    assert [rule for rule, _ in warnings(Seen(state=Knowledge.MEASURED, n=61, below_floor=True))] == ["W-floor"]


def test_a_whole_decision_is_signed_and_opens_a_journey():
    assert may_sign(GO) == may_sign(GO, second=True) == may_open(GO) == ()


@pytest.mark.proves("S001-49")
@pytest.mark.refuses("H-04", "H-23", "H-28", "H-29", "H-30", "W-09")
@pytest.mark.parametrize("what", TAKEN)
def test_each_thing_taken_away_is_missed_by_its_rule_and_nothing_opens(what):
    fields, rule = TAKEN[what]
    without = replace(GO, **fields)
    assert rule in rules(may_sign(without))
    assert may_open(without)


def test_a_no_needs_reasons_and_a_day_but_no_traveller_s_yes():
    no = Facts(chosen=Chosen.NO, reasons="The river rises.", change_of_mind="Three calm days.", today=NIGHT.date(),
               now=NIGHT, biases_asked=True, digest_seen="ab", digest_now="ab", look_again=date(2030, 5, 8))
    assert may_sign(no) == ()
    assert rules(may_sign(replace(no, look_again=None))) == ["look_again"]
    assert rules(may_open(replace(no, signatures=2))) == ["not_go"]


@pytest.mark.parametrize("chosen", [Chosen.WAIT, Chosen.REROUTE, Chosen.NO])
def test_only_a_go_opens_a_journey(chosen):
    assert rules(may_open(replace(GO, chosen=chosen, look_again=GO.today))) == ["not_go"]


@pytest.mark.refuses("H-32")
def test_one_signature_opens_nothing():
    assert rules(may_open(replace(GO, signatures=1))) == ["H-32"]


@pytest.mark.proves("S001-49")
@pytest.mark.refuses("H-32")
def test_after_a_loss_the_second_signature_waits_72_hours_to_the_second():
    lost = replace(GO, last_loss=NIGHT - timedelta(hours=72) + timedelta(seconds=1))
    assert may_sign(lost) == ()  # the first may be given: it says what one thinks
    assert rules(may_sign(lost, second=True)) == ["H-32"]
    (waits,) = may_sign(lost, second=True)
    assert waits.until == NIGHT + timedelta(seconds=1)
    assert may_sign(replace(lost, now=waits.until), second=True) == ()
    assert rules(may_open(lost)) == ["H-32"]
    assert may_sign(replace(lost, chosen=Chosen.NO, look_again=GO.today), second=True) == ()  # a no may always be said


def test_an_organisation_may_wait_longer_after_a_loss():
    lost = replace(GO, last_loss=NIGHT - timedelta(hours=100), cool_off_h=120)
    assert rules(may_sign(lost, second=True)) == ["H-32"]


def test_the_defaults_of_facts_refuse():
    bare = Facts(today=NIGHT.date(), now=NIGHT, chosen=Chosen.GO)
    assert set(rules(may_sign(bare))) >= {"reasons", "biases", "plan", "H-04", "H-28", "H-29"}


ANSWERS = st.lists(st.sampled_from([True, False, None]), max_size=5)


@pytest.mark.refuses("H-04")
@given(ANSWERS, st.booleans(), st.integers(0, 3), st.booleans(), st.booleans(), st.booleans())
def test_it_opens_exactly_when_the_slow_twin_says_so(answers, broker, children, guardian, best, standing):
    facts = replace(GO, adults=tuple(Adult(str(k), one) for k, one in enumerate(answers)), interpreter_is_broker=broker,
                    children=children, guardian_recorded=guardian, best_interest_by_two=best, standing_signed=standing)
    twin = bool(answers) and all(one is True for one in answers) and not broker and standing and (
        children == 0 or (guardian and best))
    assert (may_open(facts) == ()) is twin


@pytest.mark.proves("S001-64", "S000-31")
@pytest.mark.refuses("H-28")
def test_no_party_moves_while_one_adult_has_not_said_yes():
    for answers in product([True, False, None], repeat=3):
        facts = replace(GO, adults=tuple(Adult(str(k), one) for k, one in enumerate(answers)))
        assert (may_open(facts) == ()) is all(one is True for one in answers)


@pytest.mark.refuses("H-27", "W-02", "W-03", "W-07", "W-08")
@pytest.mark.parametrize(("seen", "rule"), [
    (Seen(state=Knowledge.THIN, n=19), "W-01"), (Seen(state=Knowledge.MEASURED, n=None), "W-01"),
    (Seen(state=Knowledge.PRIOR_ONLY, n=40), "W-01"), (Seen(state=Knowledge.THIN, n=20, stale=True), "W-02"),
    (Seen(state=Knowledge.THIN, n=20, one_source=True), "W-03"), (Seen(state=Knowledge.THIN, n=20, infants=1), "W-07"),
    (Seen(state=Knowledge.THIN, n=20, pregnancy_weeks=28), "W-07"), (Seen(state=Knowledge.THIN, n=20, oldest_y=71), "W-07"),
    (Seen(state=Knowledge.THIN, n=20, winter_river=True), "W-07"),
    (Seen(state=Knowledge.THIN, n=20, losses_90_days=2), "W-08")])
def test_each_warning_at_its_edge(seen, rule):
    assert [one for one, _ in warnings(seen)] == [rule]


def test_no_warning_within_the_edges():
    assert warnings(Seen(state=Knowledge.THIN, n=20, pregnancy_weeks=27, oldest_y=70, losses_90_days=1)) == ()
