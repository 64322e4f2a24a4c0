"""What States signed, say and do, and which door is open: the shipped tables, and a table of matters worked by hand."""

from dataclasses import replace
from datetime import date

import pytest

from waystation.rights import library as reading
from waystation.rights.facts import Age, Instrument, Mark, Standing
from waystation.rights.library import BadTable, first_protection, library
from waystation.rights.openings import Matter, openings

TODAY = date(2026, 11, 27)
TABLES = ("instruments", "positions", "practice", "cooperation", "obligations", "mechanisms", "steps")


# ------------------------------------------------------------------------------------------------ the shipped tables
def test_every_row_has_words_a_known_source_and_a_day():
    books = library()
    rows = [one for name in TABLES for one in getattr(books, name)]
    assert len(rows) == 161
    for one in rows:
        assert one.words and one.sources and set(one.sources) <= set(books.sources) and one.as_of <= TODAY
        assert one.mark is Mark.VERIFY or "G" not in one.sources  # general knowledge was never seen in a primary source


def test_what_a_state_signed_is_there_for_every_state_and_treaty_once():
    found = [(one.country, one.instrument) for one in library().instruments]
    countries = {country for country, _ in found}
    assert len(found) == len(set(found)) == 4 * len(countries) and countries >= {"CN", "KP", "KR", "LA", "VN", "TH", "KH", "MN"}
    assert {one.country for one in library().positions} >= countries  # and what each of them says of these people
    assert library().instrument("LA", "CAT").status is Standing.PARTY and library().instrument("TH", "RC").status is Standing.NOT_PARTY


def test_every_step_of_a_way_is_numbered_and_a_reported_range_is_one():
    for code, steps in library().pathways().items():
        assert [one.order for one in steps] == list(range(1, len(steps) + 1)), code
        assert len({(one.title, one.country, one.goal) for one in steps}) == 1
        for one in steps:
            assert one.days_least is None or one.days_most is None or one.days_least <= one.days_most
    first = {code: one and one.order for code, one in ((code, first_protection(steps)) for code, steps in library().pathways().items())}
    assert (first["P1"], first["P4"], first["P7"], first["P10"]) == (4, 1, 1, None)


@pytest.mark.parametrize(("column", "said"), [
    ("source", ""), ("source", "nowhere"), ("mark", "sure"), ("as_of", ""), ("as_of", "soon"), ("words", " "), ("status", "friend")])
def test_a_row_without_a_source_a_day_or_words_is_refused_with_its_place(monkeypatch, column, said):
    good = {"country": "TH", "instrument": "CAT", "status": "party", "since": "2007", "words": "party 2007", "source": "72",
            "mark": "verified", "as_of": "2026-11-27"}
    rows = {"sources": [{"code": "72", "address": "somewhere"}], "instruments": [good, good | {column: said}]}
    monkeypatch.setattr(reading, "rows", lambda table: rows.get(table, []))
    with pytest.raises(BadTable, match=r"instruments\.csv, line 3"):
        library.__wrapped__()
    rows["instruments"].pop()
    assert len(library.__wrapped__().instruments) == 1  # the control


# ------------------------------------------------------------------------------------------------ ages
@pytest.mark.refuses("W-15")
@pytest.mark.parametrize(("days", "mark", "age"), [
    (0, "verified", Age.CHECKED), (179, "verified", Age.CHECKED), (180, "verified", Age.AMBER), (364, "verified", Age.AMBER),
    (365, "verified", Age.RED), (0, "verify", Age.UNCHECKED), (180, "verify", Age.AMBER), (365, "verify", Age.RED)])
def test_a_fact_ages_and_what_nobody_checked_is_never_shown_as_checked(days, mark, age):
    fact = replace(library().positions[0], mark=Mark(mark), as_of=date(2026, 1, 1))
    assert fact.age(date.fromordinal(fact.as_of.toordinal() + days)) is age


@pytest.mark.parametrize(("status", "since", "day", "binds"), [
    ("party", "2024-06-13", "2024-06-12", False), ("party", "2024-06-13", "2024-06-13", True),
    ("party", "2012", "2011-12-31", False), ("party", "2012", "2012-07-01", None), ("party", "2012", "2013-01-01", True),
    ("party", "", "2020-01-01", None), ("signed", "2008", "2020-01-01", False), ("not party", "", "2020-01-01", False)])
def test_whether_a_treaty_bound_a_state_on_a_day(status, since, day, binds):
    row = Instrument(words="x", sources=("1",), mark=Mark.VERIFY, as_of=TODAY, country="XX", instrument="CED",
                     status=Standing(status), since=since)
    assert row.binds(date.fromisoformat(day)) is binds


# ------------------------------------------------------------------------------------------------ doors, worked by hand
GONE = Matter(kind="disappearance", state="CN", nationality="KP", began=date(2026, 10, 1), ongoing=True, family=True)
HELD = Matter(kind="detention", state="TH", nationality="KP", began=date(2026, 5, 1), ongoing=True, person=True)
ALWAYS = {"SP_URGENT", "QUIET"}
BY_HAND = [
    ("in China, the family agrees, eight weeks ago", GONE, ALWAYS | {"WGEID", "WGEID_URGENT"}, set()),
    ("three months and a day ago", replace(GONE, began=date(2026, 8, 26)), ALWAYS | {"WGEID"}, set()),
    ("three months ago to the day", replace(GONE, began=date(2026, 8, 27)), ALWAYS | {"WGEID", "WGEID_URGENT"}, set()),
    ("nobody asked the family", replace(GONE, family=None), ALWAYS, {"WGEID", "WGEID_URGENT"}),
    ("what the person signed is not the family's word", replace(GONE, family=None, person=True), ALWAYS, {"WGEID", "WGEID_URGENT"}),
    ("the family says no", replace(GONE, family=False), ALWAYS, set()),
    ("nobody knows since when", replace(GONE, began=None), ALWAYS | {"WGEID"}, {"WGEID_URGENT", "CED30"}),
    ("in Thailand after it was bound", replace(GONE, state="TH"), ALWAYS | {"WGEID", "WGEID_URGENT", "CED30"}, set()),
    ("in Thailand the day before it was bound", replace(GONE, state="TH", began=date(2024, 6, 12)), ALWAYS | {"WGEID"}, set()),
    ("in Thailand the day on which it was bound", replace(GONE, state="TH", began=date(2024, 6, 13)), ALWAYS | {"WGEID", "CED30"}, set()),
    ("in China, somebody of Mongolia, which is bound since 2015", replace(GONE, nationality="MN"),
     ALWAYS | {"WGEID", "WGEID_URGENT", "CED30"}, set()),
    ("in China, in the year in which Mongolia was bound", replace(GONE, nationality="MN", began=date(2015, 5, 1)), ALWAYS | {"WGEID"}, {"CED30"}),
    ("in China, of a State of which no row speaks", replace(GONE, nationality="JP"), ALWAYS | {"WGEID", "WGEID_URGENT"}, {"CED30"}),
    ("in China, nobody wrote down the nationality", replace(GONE, nationality=""), ALWAYS | {"WGEID", "WGEID_URGENT"}, {"CED30"}),
    ("it is over", replace(GONE, ongoing=False, state="TH"), {"SP_LETTER", "WGEID", "WGEID_URGENT"}, set()),
    ("nobody knows whether it goes on", replace(GONE, ongoing=None, state="TH"), {"WGEID", "WGEID_URGENT"},
     {"SP_URGENT", "SP_LETTER", "CED30", "QUIET"}),
    ("held, the person agrees", HELD, ALWAYS | {"WGAD", "WGAD_URGENT"}, set()),
    ("held, and nobody was asked", replace(HELD, person=None), ALWAYS, {"WGAD", "WGAD_URGENT"}),
    ("held, both say no", replace(HELD, person=False, family=False), ALWAYS, set()),
    ("held, this office writes Korean alone", replace(HELD, languages=frozenset({"kor"})), ALWAYS, set()),
    ("about to be returned", replace(HELD, kind="return"), ALWAYS, set()),
    ("nobody signs", replace(GONE, signs=False), set(), set()),
]


@pytest.mark.parametrize(("matter", "is_open", "unknown"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND])
def test_which_door_is_open_as_worked_by_hand(matter, is_open, unknown):
    found = openings(matter, TODAY)
    assert len(found) == 8 and {one.mechanism.code for one in found if one.open} == is_open
    assert {one.mechanism.code for one in found if one.open is None} == unknown
    assert all(bool(one.why) == (one.open is not True) for one in found)  # whatever is not open says why


def test_a_door_that_is_shut_for_two_reasons_says_both_and_a_bad_matter_is_refused():
    [letter] = [one for one in openings(replace(GONE, kind="detention", signs=False), TODAY) if one.mechanism.code == "WGEID"]
    assert len(letter.why) == 2 and "disappearance" in letter.why[0] and "anonymous" in letter.why[1]
    for bad in (replace(GONE, kind="sadness"), replace(GONE, began=date(2026, 11, 28))):
        with pytest.raises(ValueError, match="of kind"):
            openings(bad, TODAY)
