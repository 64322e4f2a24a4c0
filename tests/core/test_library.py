"""Publications: citations whose authors may be incomplete, a page cleaned before anything is kept, dates as intervals, packs with sources."""

import json
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.casework.dates import Span
from waystation.library.briefing import Cited, Fact, NotBriefed, Note, Public, briefing
from waystation.library.citation import KINDS, Author, Citation, author_of, in_words, reviewed, typed
from waystation.library.cleaning import ReadersList, cleaned
from waystation.library.exchange import CSL, RIS, csl_json, ris
from waystation.library.reachable import reachable, without
from waystation.library.said import as_written, read, whens
from waystation.papers.checks import checked
from waystation.papers.paper import strings

DAY = date(2030, 6, 15)
ON = Span(DAY, DAY)
PAGE = """Home | News | Opinion | Films
Saturday, June 15, 2030  Invented City  23°C
Advertisement
Songs that cross a river
By A. Critic, critic@paper.example, 02-555-0100
Posted 2 years ago
Last year the film was shown in three towns. It was made by two sisters.
Yesterday its makers said that the next one is short. Follow them: @river_film
232 people added this to a collection
Sign up for our newsletter: enter your e-mail
© 2028 An invented paper. All rights reserved.
"""


def spans(line, on=ON):
    return [as_written(one.span) for one in whens(line, on)]


@pytest.mark.proves("S000-02")
def test_an_age_of_a_page_is_an_interval_that_holds_both_ways_of_counting():
    assert spans("2 years ago") == ["2027-06-15/2028-12-15"]    # counted down, or to the nearest
    assert spans("a month ago") == ["2030-04-15/2030-05-30"]
    assert spans("3 weeks ago") == ["2030-05-18/2030-05-28"]
    assert spans("1 day ago") == ["2030-06-13/2030-06-14"]
    assert spans("30 hours ago") == ["2030-06-13/2030-06-15"]
    assert spans("yesterday") == ["2030-06-14"] and spans("last year") == ["2029"] and spans("last month") == ["2030-05"]
    assert spans("last week") == ["2030-06-03/2030-06-09"]
    assert spans("2년 전") == spans("2 years ago") and spans("어제") == ["2030-06-14"] and spans("지난해") == ["2029"]
    assert spans("3개월 전") == spans("three months ago") and spans("지난달") == ["2030-05"]
    assert spans("May 17, 2013") == spans("17 May 2013") == spans("2013년 5월 17일") == spans("2013.05.17.") == ["2013-05-17"]
    assert spans("in May 2013 and 2013년, since 2012") == ["2013-05", "2013", "2012"] and spans("31 February 2013") == []
    assert spans("yesterday", Span(date(2028, 1, 1), date(2028, 12, 31))) == ["2027-12-31/2028-12-30"]  # of a day that is not known better
    assert as_written(read("2027-06-15/2028-12-15")) == "2027-06-15/2028-12-15"
    with pytest.raises(ValueError, match="earlier day first"):
        read("2028/2027")


@pytest.mark.proves("S000-02", "S002-23", "S002-21")
def test_a_pasted_page_is_parted_into_what_it_says_and_what_says_nothing_and_nobody_can_be_reached_by_it():
    page = cleaned(PAGE, looked_up=DAY)
    assert page.title == "Songs that cross a river" and page.published.words == "2 years ago" and page.author == "A. Critic"
    assert as_written(page.published.span) == "2027-06-15/2028-12-15"  # not the day over the weather, on which the page was printed
    assert [(line.why, line.text.split()[0]) for line in page.left] == [
        ("menu", "Home"), ("weather", "Saturday,"), ("advert", "Advertisement"), ("title", "Songs"), ("author", "By"), ("day", "Posted"),
        ("counter", "232"), ("sign_up", "Sign"), ("rights", "©")]
    kept = "\n".join(line.text for line in page.kept)
    assert "made by two sisters" in kept and "newsletter" not in kept and "232" not in kept
    assert page.removed == {"address": 1, "phone": 1, "handle": 1}
    assert not any(way in str(page.lines) for way in ("critic@", "0100", "@river_film"))
    said = [(one.words, as_written(one.span)) for line in page.kept for one in line.dates]
    assert said == [
        ("Last year", "2026-01-01/2027-12-31"), ("Yesterday", "2027-06-14/2028-12-14")]  # against the day of publication, not today
    bare = cleaned("A title\nYesterday it was shown, in 2013 too.", looked_up=DAY)
    assert bare.published is None and [one.words for line in bare.kept for one in line.dates] == ["in 2013"]
    for wrong in ("", " \n ", "x" * 200_001):
        with pytest.raises(ValueError, match="text"):
            cleaned(wrong, looked_up=DAY)


@pytest.mark.parametrize("again", ["@ab ", "02-555-0100 ", "2 years ago "])
def test_a_page_of_one_long_line_is_read_in_time(again):
    began = process_time()
    cleaned(f"A title\n{again * (199_000 // len(again))}", looked_up=DAY)
    assert process_time() - began < 5  # each against its neighbours, never against all that was found before


@pytest.mark.proves("S000-02")
def test_a_list_of_readers_is_refused_whole():
    for readers in ("name,address\nA,a@x.example\nB,b@x.example\nC,c@x.example", "a@x.example\nb@x.example\nc@x.example\nThank you"):
        with pytest.raises(ReadersList, match="nothing of it is kept"):
            cleaned(readers, looked_up=DAY)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab @.+-()[]0123456789atdo/\n|©", max_size=120))
def test_nothing_that_reaches_anybody_is_left_after_it_was_taken_out(text):
    clean, counts = without(text)
    assert (clean == text) == (not counts) and sum(counts.values()) == clean.count("[…]")
    page = text if text.strip() else "x"
    try:
        found = cleaned(page, looked_up=DAY)
    except ValueError:
        return
    assert len(found.lines) == sum(bool(line.strip()) for line in page.splitlines()) and len(found.kept) + len(found.left) == len(found.lines)


@pytest.mark.parametrize("text", ["a@b.example", "a (at) b.example", "+82 2 555 0100", "010-5555-0100", "(02) 555-0100", "t.me/river",
                                  "https://www.instagram.com/river", "KakaoTalk ID: river7", "카카오톡: river7", "see @river_film"])
def test_a_way_to_reach_somebody_is_found(text):
    assert reachable(f"Say {text} again") and not reachable(without(f"Say {text} again")[0])


@pytest.mark.parametrize("text", ["2013-05-17", "2010-2015", "between 2011 and 2012", "34,259 people", "ISBN 978-89-0000-000-0", "4,828 km",
                                  "https://paper.example/2013/05/17/a-film", "doi:10.1000/182"])
def test_a_date_a_number_and_the_address_of_a_page_are_no_way_to_reach_somebody(text):
    assert not reachable(text)


@pytest.mark.proves("S004-55")
def test_an_author_may_be_a_handle_or_missing_and_nobody_completes_it():
    handle = Citation(key="a", kind="post", title="On a film", authors=(author_of("@river_reader"),), looked_up=DAY)
    assert handle.incomplete and "a handle; the name is not known" in in_words(handle) and "아이디만" in in_words(handle, "ko")
    assert json.loads(csl_json([handle]))[0]["author"] == [{"literal": "@river_reader"}]
    nobody = Citation(key="b", kind="page", title="x")
    assert nobody.incomplete and in_words(nobody).startswith("Author not known") and "author" not in json.loads(csl_json([nobody]))[0]
    for line in ("@river_reader", "[A ministry]", "Doe, Jane", "Jane Doe"):
        assert typed(author_of(line)) == line
    assert author_of("[A ministry]") == Author("A ministry", "body")


@pytest.mark.proves("S001-01")
def test_citations_go_to_other_programs_with_no_more_than_they_hold():
    film = Citation(key="f", kind="film", title="A film", titles=("영화",), authors=(author_of("Doe, Jane"), author_of("[A studio]")),
                    issued=read("2027"), genres=("documentary",))
    review = Citation(key="r", kind="review", title="On it", authors=(author_of("Roe, R."),), container="An invented paper",
                      issued=read("2027-06-15/2028-12-15"), words="2 years ago", looked_up=DAY, reviews="A film", address="https://paper.example/1")
    first, second = json.loads(csl_json([film, review]))
    assert first["type"] == "motion_picture" and first["issued"] == {"date-parts": [[2027]]}
    assert first["director"] == [{"family": "Doe", "given": "Jane"}, {"literal": "A studio"}]
    assert second["issued"] == {"date-parts": [[2027, 6, 15], [2028, 12, 15]]} and second["reviewed-title"] == "A film"
    assert second["accessed"] == {"date-parts": [[2030, 6, 15]]} and second["container-title"] == "An invented paper"
    text = ris([film, review])
    assert text.count("TY  - ") == text.count("ER  - ") == 2 and "RI  - A film\r\n" in text and "DA  - 2027///\r\n" in text
    assert "DA  - 2027///2027-06-15–2028-12-15\r\n" in text and "A1  - Doe, Jane\r\n" in text
    assert set(CSL) == set(RIS) == set(KINDS)
    assert "between 2027-06-15 and 2028-12-15 (the page says “2 years ago”)" in in_words(review)
    assert "On: “A film”" in in_words(review) and "also as 영화" in in_words(film)
    assert reviewed("f", [("r", "f"), ("q", "f"), ("f", "f"), ("x", "")]) == ("r", "q")  # several of one work; none of itself
    assert ris([Citation(key="x", kind="page", title="a\r\nER  - \r\nTY  - JOUR")]).count("\r\n") == 4  # a title ends no record


@pytest.mark.proves("S000-14", "S001-44")
def test_each_statement_of_a_pack_has_its_source_at_its_foot_and_what_has_none_is_refused():
    film = Cited(Citation(key="f", kind="film", title="A film", issued=read("2027")), (Fact("It was shown in three towns.", "12:30"), Fact("It lasts an hour.")))
    note = Note("Why a river", "It is a border.", "A. Scholar", "An invented history, page 3")
    person = Public("Jane Doe", "film maker", "Made a film.", "An invented paper")
    for language in ("en", "ko"):
        paper = checked(briefing("For a guest", language=language, day=DAY, cited=[film], notes=[note], people=[person]))
        said = [one for section in paper.sections[1:] for one in section.paragraphs]
        assert len(said) == 4 and all(one.notes and one.notes[0] for one in said)
        assert said[0].notes[0].endswith("An invented history, page 3") and "A. Scholar" in said[0].notes[0] and said[1].notes[0].endswith(" 12:30")
        assert any(where.startswith("table") and "A film" in text for where, text in strings(paper))
    for wrong, words in (({"notes": [Note("x", "x", "", "y")]}, "who wrote it"), ({"notes": [Note("x", "x", "y", " ")]}, "on what it rests"),
                         ({"people": [Public("x", "x", "x", "")]}, "write a source"), ({}, "nothing is chosen"),
                         ({"people": [Public("x", "x", "Write to x@y.example", "z")]}, "how to reach somebody")):
        with pytest.raises(NotBriefed, match=words):
            briefing("x", language="en", day=DAY, **{"cited": []} | wrong)
