"""What stands in the way of a story: nothing with all that is asked, and each thing taken away alone by its own rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from waystation.casework.consent import Row, Said
from waystation.stories.clearance import Count, Facts, Picture, Road, Told, in_the_way
from waystation.stories.coarse import marks
from waystation.stories.fitting import Described, Known, matching
from waystation.stories.parts import AREAS, Segment

TODAY = date(2030, 5, 1)


def yes(purpose: str = "story", data: str = "testimony journey picture", **more: object) -> Row:
    return Row(**{"person": "A", "purpose": purpose, "recipient": "media", "data": frozenset(data.split()), "said": Said.YES,
                  "day": date(2030, 4, 1), "interpreter_is_broker": False, **more})


ASKED = Told(person="A", data=frozenset({"testimony", "journey", "picture"}), rows=(yes(),), child=False)
ALL = Facts(
    today=TODAY, segments=(Segment(label="testimony", text="We walked.", proof="t1"), Segment(label="re-enactment", text="A boat.")),
    course=("KP", "CN-YN", "LA"), words=(("1", "We walked in the spring of 2019."),), people=(ASKED,),
    roads=(Road(over=True, helpers_safe=True),), embargo=False, counts=(Count(by="a", matches=11),), inside_identifiable=False,
    roster=(), pictures=(Picture(name="p", label="footage", alt="A river.", holder="the office", licence="this page", third_persons=False),),
    motifs=(("a hat", "left out"),), selection=frozenset({"why", "withheld"}))


@pytest.mark.refuses("H-12")
def test_with_all_that_is_asked_nothing_stands_in_the_way() -> None:
    assert in_the_way(ALL) == ()


@pytest.mark.refuses("H-12")
@pytest.mark.proves("S001-62")
@pytest.mark.parametrize("changed", [
    {"roads": None}, {"roads": (Road(over=None, helpers_safe=True),)}, {"roads": (Road(over=False, helpers_safe=True),)},
    {"roads": (Road(over=True, helpers_safe=True), Road(over=True, helpers_safe=None))}, {"roads": (Road(over=True, helpers_safe=False),)},
    {"embargo": True}, {"embargo": None}, {"until": date(2030, 5, 2)}, {"inside_identifiable": True}, {"inside_identifiable": None},
    {"counts": ()}, {"motifs": (("a hat", ""),)}])
def test_no_story_while_somebody_may_be_in_danger_or_nobody_knows(changed: dict[str, object]) -> None:
    assert [one.rule for one in in_the_way(replace(ALL, **changed))] == ["H-12"]


@pytest.mark.refuses("H-12")
@pytest.mark.parametrize(("counts", "free"), [
    ([4], False), ([5], False), ([10], False), ([11], True), ([4, 40], False), ([5, 40], True), ([10, 10], True), ([11, 4], False)])
def test_fewer_than_five_are_too_few_and_below_eleven_another_person_counts(counts: list[int], free: bool) -> None:
    said = tuple(Count(by=str(k), matches=number) for k, number in enumerate(counts))
    assert (in_the_way(replace(ALL, counts=said)) == ()) is free


@pytest.mark.refuses("H-12")
def test_whoever_counts_twice_is_one_person() -> None:
    assert in_the_way(replace(ALL, counts=(Count(by="a", matches=7), Count(by="a", matches=9))))


@pytest.mark.refuses("H-09")
@pytest.mark.parametrize("segments", [
    (Segment(label="", text="We walked."),), (Segment(label="true story", text="We walked."),), (),
    (Segment(label="fiction", text="We walked.", proof="t1"),), (Segment(label="re-enactment", text="A boat.", proof="t1"),)])
def test_no_piece_without_its_label_and_nothing_invented_as_proof(segments: tuple[Segment, ...]) -> None:
    assert [one.rule for one in in_the_way(replace(ALL, segments=segments))] == ["H-09"]


@pytest.mark.refuses("H-21")
@pytest.mark.parametrize(("told", "rule"), [
    ({"rows": ()}, "H-21"), ({"rows": (yes(data="testimony journey"),)}, "H-21"), ({"rows": (yes("media"),)}, "H-21"),
    ({"rows": (yes(recipient="research"),)}, "H-21"), ({"rows": (yes(until=date(2030, 4, 30)),)}, "H-21"),
    ({"rows": (yes(), yes(said=Said.WITHDRAWN, recipient="", day=TODAY))}, "H-21"), ({"rows": (yes(interpreter_is_broker=True),)}, "H-30"),
    ({"withdrawn": True}, "H-21"), ({"data": frozenset()}, "H-21"), ({"byline": "Reed"}, "H-21"), ({"child": None, "child_by_two": True}, "H-23"),
    ({"child": True, "rows": (yes(guardian_agrees=True),)}, "H-23")])
def test_no_story_without_the_standing_yes_of_each_to_what_is_used_of_theirs(told: dict[str, object], rule: str) -> None:
    assert [one.rule for one in in_the_way(replace(ALL, people=(ASKED, replace(ASKED, person="A", **told))))] == [rule]


@pytest.mark.refuses("H-21")
@pytest.mark.parametrize(("until", "through", "free"), [
    (date(2031, 1, 1), None, False), (None, None, True), (date(2030, 6, 1), date(2030, 6, 1), True),
    (date(2030, 5, 31), date(2030, 6, 1), False), (None, date(2030, 6, 1), True)])
def test_a_yes_lasts_as_long_as_it_can_be_read_and_what_is_public_has_no_last_day(until: date | None, through: date | None, free: bool) -> None:
    found = in_the_way(replace(ALL, through=through, people=(replace(ASKED, rows=(yes(until=until),)),)))
    assert [one.rule for one in found] == ([] if free else ["H-21"])


@pytest.mark.proves("S003-26")
def test_a_pen_name_stands_under_a_story_with_a_yes_to_just_that() -> None:
    signed = replace(ASKED, byline="Reed", rows=(yes(), yes("public", "name")))
    assert in_the_way(replace(ALL, people=(signed,))) == ()
    assert in_the_way(replace(ALL, people=(replace(signed, rows=(yes(),)),)))


def test_testimony_without_anybody_whose_it_is_stops_it() -> None:
    assert [one.rule for one in in_the_way(replace(ALL, people=()))] == ["H-21"]


@pytest.mark.parametrize("text", [
    "on 12 March 2019", "March 3rd", "2019-03-12", "12.3.2019", "3월 12일", "2019년 3월 12일", "at 04:30", "4 am", "aged 23", "a 23-year-old",
    "23살", "3,000 yuan", "¥3000", "500만 원", "+1 555 0100 199", "010-5550-1234", "41.768, 123.432", "E12345678", "京A12345", "x@example.org"])
def test_what_is_too_exact_is_found_and_stops_it(text: str) -> None:
    assert marks(text)
    assert [one.rule for one in in_the_way(replace(ALL, words=(("1", text),)))] == ["exact"]


@pytest.mark.parametrize("text", [
    "In the spring of 2019 they marched thirty kilometres.", "between 2017 and 2019", "2017-2019", "a woman in her twenties",
    "봄이었다. 두 사람이 강을 건넜다.", "seven of us", "They may wait until March.", "세상", "원래"])
def test_seasons_years_and_decades_of_life_are_let_by(text: str) -> None:
    assert marks(text) == ()


@pytest.mark.parametrize("changed", [
    {"course": ("KP", "41.7,123.4")}, {"course": ("KP-08",)}, {"roster": None}, {"roster": ("title",)}, {"perhaps": ("1",)}])
def test_no_place_finer_than_a_province_and_no_name_of_the_roster(changed: dict[str, object]) -> None:
    assert [one.rule for one in in_the_way(replace(ALL, **changed))] == ["H-02"]


def test_the_line_bends_at_whole_degrees_and_in_the_country_fled_at_nothing_but_the_country() -> None:
    assert all(isinstance(degrees, int) for _, *where in AREAS.values() for degrees in where)
    assert [code for code in AREAS if code.startswith("KP")] == ["KP"]


@pytest.mark.parametrize(("changed", "rule"), [
    ({"label": ""}, "H-09"), ({"label": "testimony-like"}, "H-09"), ({"holder": ""}, "rights"), ({"licence": ""}, "rights"), ({"alt": ""}, "alt"),
    ({"third_persons": None}, "W-17"), ({"third_persons": True}, "W-17")])
def test_a_picture_says_whose_it_is_what_it_is_and_that_nobody_else_is_seen(changed: dict[str, object], rule: str) -> None:
    (picture,) = ALL.pictures
    assert [one.rule for one in in_the_way(replace(ALL, pictures=(replace(picture, **changed),)))] == [rule]


def test_it_is_written_down_why_this_story_and_what_is_withheld() -> None:
    assert [one.rule for one in in_the_way(replace(ALL, selection=frozenset({"why"})))] == ["selection"]


def test_whoever_is_not_known_to_fit_does_not_count() -> None:
    told = Described(sex="2", band="30 to 39", from_year=2018, to_year=2019, areas=frozenset({"CN"}), traits=frozenset({"pregnant"}))
    fits = Known(sex="2", age=34, year=2019, areas=frozenset({"CN", "LA"}), traits=frozenset({"pregnant"}))
    others = [replace(fits, sex="1"), replace(fits, age=40), replace(fits, age=None), replace(fits, year=2020), replace(fits, year=None),
              replace(fits, areas=frozenset()), replace(fits, traits=frozenset())]
    assert matching([fits, fits, *others], told) == 2
    assert matching([fits, *others], Described()) == 8
