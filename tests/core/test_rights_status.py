"""Durations, findings, the chain of States and the memo that rests on them: worked by hand, and by a slow twin."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.papers.checks import checked
from waystation.papers.text import as_text
from waystation.rights.chain import Link, responsible
from waystation.rights.durations import ENOUGH, FOUR_OF_FIVE, Seen, Spell, by_when, curve, seen, span
from waystation.rights.facts import Mark
from waystation.rights.findings import ANY, PROFILES, finding_of, findings, outcome_of
from waystation.rights.library import library
from waystation.rights.memo import NOT_CHECKED, Matter, memo
from waystation.rights.steps import LOOK_AGAIN_DAYS, begins, clock

DAY = date(2026, 11, 28)
spells = st.lists(st.builds(Spell, st.integers(0, 12), st.booleans()), max_size=12)


def twin(told):
    """The same share by another way: everybody carries one part; whoever leaves untold hands theirs on to who waits longer."""
    mass = {number: Fraction(1, len(told)) for number in range(len(told))}
    order = sorted(range(len(told)), key=lambda one: (told[one].days, not told[one].ended))
    found = {}
    for place, one in enumerate(order):
        if told[one].ended:
            found[told[one].days] = found.get(told[one].days, Fraction(0)) + mass[one]
        elif later := order[place + 1:]:
            for other in later:
                mass[other] += mass[one] / len(later)
    gone, out = Fraction(0), {}
    for day in sorted(found):
        gone += found[day]
        out[day] = 1 - gone
    return out


@settings(max_examples=60, deadline=None)
@given(spells)
def test_the_curve_of_waits_is_that_of_its_slow_twin(told):
    assert {one.day: one.share for one in curve(told)} == twin(told)


@pytest.mark.proves("S004-50")
def test_own_waits_count_those_who_still_wait_and_say_nothing_below_twenty():
    ended = [Spell(30, True)] * 10
    assert seen(ended) == Seen(10, 10, 30, 30) and not seen(ended).known
    waiting = [*ended, *[Spell(90, False)] * 15]
    assert seen(waiting).known and (seen(waiting).median, seen(waiting).most) == (None, None)  # 10 of 25 are through, 15 wait
    assert seen([*ended, *[Spell(90, False)] * 10]).median == 30
    assert len(ended) < ENOUGH <= len(waiting)


@pytest.mark.proves("S004-50")
def test_a_faster_step_shortens_the_whole_way_by_what_it_saves_and_what_nobody_reported_is_counted_apart():
    way = library().pathways()["P1"]
    assert sum(one.days_most or 0 for one in way) == span(way).most == 0 + 30 + 45 + 60 + 90 + 84
    assert (span(way).unknown, span(way).steps) == (3, 9)
    assert span(way).most - span(way, {6: 30}).most == 60 and span(way, {6: 30}).least == span(way).least
    assert span(way, {5: 3}).unknown == 2  # a step that nobody reported is known once somebody says how long it lasts
    with pytest.raises(ValueError):
        span(way, {99: 1})


def test_the_alarm_of_a_step_follows_the_earliest_count_and_somebody_looks_where_nobody_counted():
    questioning, exit_ = library().pathways()["P1"][5], library().pathways()["P1"][4]
    assert clock(questioning, DAY, DAY).alarm == DAY + timedelta(90)
    assert clock(questioning, DAY, DAY, Seen(ENOUGH - 1, 19, 2, 3)).alarm == DAY + timedelta(90)  # too few say nothing
    own = clock(questioning, DAY, DAY + timedelta(12), Seen(ENOUGH, 20, 5, 11))
    assert (own.alarm, own.by, own.late) == (DAY + timedelta(11), "own", True)
    nobody = clock(exit_, DAY, DAY)
    assert (nobody.alarm, nobody.by, nobody.last) == (DAY + timedelta(LOOK_AGAIN_DAYS), "nobody", None)
    assert by_when((), FOUR_OF_FIVE) is None


def test_protection_begins_at_the_first_state_of_a_course_from_which_a_way_leads():
    assert begins(["LA", "TH"]).step.pathway == "P3" and begins(["KP", "RU"]) is None
    assert begins(["MM", "TH"]).place == 1


# ------------------------------------------------------------------------------------------------------------ findings
@pytest.mark.proves("S000-19")
def test_what_is_feared_is_ordered_by_how_grave_it_is_for_who_somebody_is():
    told = findings()
    for profile in PROFILES:
        feared = told.feared({profile})
        assert [one.severity for one in feared] == sorted((one.severity for one in feared), reverse=True)
        assert {one.profile for one in feared} <= {ANY, profile} and len({one.outcome for one in feared}) == len(feared)
    assert told.feared({"religion"})[0].outcome == "execution" and told.feared(set())[0].severity < 4
    assert {one.finding for one in told.outcomes} <= set(told.findings)


@pytest.mark.proves("S000-19")
def test_a_paragraph_is_checked_only_with_the_digest_of_what_was_seen():
    row = {"code": "X", "paragraphs": "para. 1", "crimes": "", "violations": "", "profiles": "any", "text_sha256": ""}
    common = {"words": "x", "sources": ("43",), "mark": Mark.VERIFY, "as_of": DAY}
    assert finding_of(row, common).mark is Mark.VERIFY
    with pytest.raises(ValueError, match="SHA-256"):
        finding_of(row, common | {"mark": Mark.VERIFIED})
    with pytest.raises(ValueError):
        finding_of(row | {"profiles": "tall"}, common)
    with pytest.raises(ValueError):
        outcome_of({"profile": "any", "outcome": "x", "severity": "6", "finding": "X"}, common)


@pytest.mark.proves("S002-19")
def test_a_position_stands_word_by_word_with_its_day_its_place_and_its_source():
    told, known = findings(), library()
    assert {one.of for one in told.wordings} <= {*known.countries(), *(one.code for one in known.obligations)}
    for one in told.wordings:
        assert one.words and one.where and one.sources and one.said_on < one.as_of
    (us,) = told.worded("US")
    assert us.words.startswith("For purposes of eligibility for refugee status") and us.said_on == date(2004, 10, 18)
    assert told.worded("MM") == ()


@pytest.mark.proves("S004-17")
def test_a_chance_is_a_range_of_counted_decisions_or_not_known():
    told = findings()
    (belgium,) = told.decided_in("BE")
    assert (belgium.n, belgium.between) == (126, (15, 30)) and told.decided_in("TH") == ()
    assert [one.between for one in told.decided_in("GB")] == [(14, 41), (12, 47)]  # two years stay apart: never one number


# --------------------------------------------------------------------------------------------------- chain and the memo
CHAIN = (Link("VN", "CN", date(2014, 3, 1), "a consul"), Link("TH", "CN", date(2024, 6, 12)), Link("CN", "KP"))


@pytest.mark.proves("S004-46")
def test_each_state_answers_for_what_bound_it_on_that_day():
    early, later, undated = responsible(CHAIN)
    assert [one.obligation.code for one in early.bound] == ["ICCPR7"]  # not yet bound by the Convention against Torture
    assert [one.obligation.code for one in later.bound] == ["CAT3", "ICCPR7"]  # CED16 came a day later
    after = responsible([replace(CHAIN[1], day=date(2024, 6, 13))])[0]
    assert [one.obligation.code for one in after.bound] == ["CAT3", "ICCPR7", "CED16"]
    assert {one.obligation.code: one.applies for one in undated.bound} == {"RC33": None, "RC31": None, "CAT3": None}  # no day: it may have
    assert responsible([Link("MM", "CN", DAY)])[0].silent
    first = responsible([Link("VN", "CN", date(2015, 3, 1))])[0]
    assert {one.obligation.code: one.applies for one in first.bound}["CAT3"] is None  # in that very year: nobody can say


@pytest.mark.proves("S002-05")
def test_a_memo_takes_its_paragraphs_by_who_somebody_is_and_counts_what_nobody_checked():
    plain = as_text(memo(Matter(code="A", state="CN"), DAY))
    paper = memo(Matter(code="A", state="CN", profiles=frozenset({"pregnant"}), nationality="authority", chain=CHAIN), DAY)
    text = as_text(paper)
    assert checked(paper) is paper and "forced to abort" in text.lower() and "forced to abort" not in plain.lower()
    assert "A/HRC/25/63 paras. 38-45" in text and "No Contracting State shall expel" in text
    notes = [note for section in paper.sections for said in section.paragraphs for note in said.notes]
    assert f"{NOT_CHECKED}: {sum(NOT_CHECKED in one for one in notes)}." in text
    assert all("written down" in one or one.startswith("As told") for one in notes)
    assert "Viet Nam handed the person on to China" in text and "could take a nationality is not that they have it" in text
    assert [one.heading for one in paper.sections][-3:] == ["States that handed the person on", "Agreements on return", "Nationality"]


@pytest.mark.proves("S003-08")
def test_how_strong_a_fear_is_stands_in_the_memo_in_their_own_words():
    said = "I would rather die than go back. (Invented.)"
    assert said in as_text(memo(Matter(code="A", state="CN", fear=said), DAY))
    assert "fear of return the person says" not in as_text(memo(Matter(code="A", state="CN"), DAY))


def test_a_memo_about_an_unknown_profile_or_answer_is_refused():
    for wrong in (Matter(code="A", state="CN", profiles=frozenset({"tall"})), Matter(code="A", state="CN", nationality="maybe")):
        with pytest.raises(ValueError):
            memo(wrong, DAY)
