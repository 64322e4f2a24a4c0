"""Copies for one reader each: their lines tell them apart, words stay the same, and what lies outside is due until it is gone."""

from datetime import date, timedelta

import pytest

from waystation.casework.consent import Row, Said
from waystation.stories.clearance import Audience, Facts, Told, of_the_cases
from waystation.stories.copies import WIDEST, alone, laid, lines_of, whose
from waystation.stories.reading import ANSWER, Line, Reading, due, out, over

ENGLISH = " ".join(f"The {one} stood by the road and nobody of the {two} asked for it until the spring had come."
                   for one in ("pot", "lamp", "cart") for two in ("elders", "children", "neighbours", "guards"))
KOREAN = " ".join(f"{one}이 오기 전에 우리는 {two}을 들고 강가의 마을을 떠났고 아무도 뒤를 돌아보지 않았다." for one in ("봄", "가을", "밤")
                  for two in ("솥", "짐", "등불", "책"))
MARKS = [f"{number:08x}" for number in range(12)]
END = date(2030, 6, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("text", [ENGLISH, KOREAN])
def test_eight_lines_point_to_their_copy_and_to_no_other(text):
    copies = {mark: laid(text, mark, 0) for mark in MARKS}
    known = {mark: lines_of([one]) for mark, one in copies.items()}
    for mark, one in copies.items():
        assert " ".join(one.split()) == text
        assert whose("\n".join(one.splitlines()[3:11]), known).points_to == mark
        assert alone(known[mark], [other for name, other in known.items() if name != mark])
    assert max(map(len, copies["00000000"].splitlines())) <= WIDEST


def test_a_tired_reader_and_a_scanner_are_forgiven_and_words_that_flow_are_not():
    one, other = laid(ENGLISH, "a", 0), laid(ENGLISH, "b", 0)
    known = {"a": lines_of([one]), "b": lines_of([other])}
    typed = "\n".join(f"  {line.upper()} . " for line in one.splitlines()[2:8])
    assert whose(typed, known).points_to == "a"
    assert whose(ENGLISH, known).points_to == "" == whose("", known).points_to == whose(one, {}).points_to


def test_two_lines_point_to_nobody():
    one = laid(ENGLISH, "a", 0)
    assert whose("\n".join(one.splitlines()[2:4]), {"a": lines_of([one])}).points_to == ""


def test_lines_that_stand_so_in_two_copies_point_to_nobody():
    one = laid(ENGLISH, "a", 0)
    assert whose(one, {"a": lines_of([one]), "b": lines_of([one])}).points_to == ""
    assert not alone(lines_of([one]), [lines_of([one])]) and not alone(lines_of(["two words"]), [])


def reading(*words, until=END, stopped=None):
    return Reading(until=until, log=tuple(Line(word, date(2030, 5, 1)) for word in words), stopped=stopped)


def test_what_lies_outside_is_due_until_somebody_says_that_it_is_destroyed():
    assert list(due(reading("made", "handed", "came"), END)) == [] and not over(reading("made"), END)
    assert [code for code, _ in due(reading("made", "handed", "came"), END + DAY)] == ["destroyed"]
    assert over(reading("made"), END + DAY) and out(reading("made"))
    for word in ("destroyed", "returned"):
        assert list(due(reading("made", "came", word), END + 90 * DAY)) == [] and not out(reading("made", word))
    assert list(due(reading(), END + DAY)) == []  # no copy was ever made


def test_a_reader_who_was_stopped_is_told_and_then_asked():
    stopped = reading("made", "came", stopped=date(2030, 5, 9))
    assert list(due(stopped, date(2030, 5, 9))) == [("told", date(2030, 5, 9))]
    before = Reading(until=END, log=(*stopped.log, Line("told", date(2030, 5, 8))), stopped=stopped.stopped)
    after = Reading(until=END, log=(*stopped.log, Line("told", date(2030, 5, 9))), stopped=stopped.stopped)
    assert [code for one in (before, after) for code, _ in due(one, date(2030, 5, 10))] == ["told", "destroyed"]


def test_nobody_waits_for_word_that_it_came_longer_than_a_week():
    assert list(due(reading("made", "handed"), date(2030, 5, 1) + ANSWER - DAY)) == []
    assert list(due(reading("made", "handed"), date(2030, 5, 1) + ANSWER)) == [("came", date(2030, 5, 1) + ANSWER)]
    assert list(due(reading("made", "handed", "read"), date(2030, 5, 20))) == []


def test_lines_of_a_copy_that_nobody_here_knows_point_to_nobody():
    known = {mark: lines_of([laid(ENGLISH, mark, 0)]) for mark in MARKS}
    for number in range(20):
        assert whose("\n".join(laid(ENGLISH, f"unknown {number}", 0).splitlines()[3:11]), known).points_to == ""


def test_a_yes_to_one_kind_of_reader_for_one_purpose_is_none_to_another():
    used = frozenset({"testimony"})
    row = Row(person="a", purpose="research", recipient="other", data=used, said=Said.YES, day=END, interpreter_is_broker=False)
    told = Told(person="a", data=used, rows=(row,), child=False)

    def refused(purpose, recipient):
        return {one.rule for one in of_the_cases(Facts(today=END, to=Audience(purpose, recipient), people=(told,), roads=(), embargo=False))}

    assert refused("research", "other") == set()
    assert refused("research", "media") == refused("story", "other") == refused("story", "media") == {"H-21"}
