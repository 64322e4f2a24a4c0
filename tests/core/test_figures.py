"""Published numbers: sums as printed, accounts that differ side by side, no estimate without an interval, eras and changes by hand."""

import pytest

from waystation.figures.changes import change_points
from waystation.figures.published import STRATA, BadTable, published, read

TABLES = {
    "sources": "code,author,author_is,titles,address\na,,handle,An article,x",
    "arrivals": "period,men,women,total,source,mark,as_of\n2011,1,2,3,a,verify,2026-01-01",
    "observations": "indicator,place,stratum,period,low,high,unit,status,estimate,method,words,source,mark,as_of\n"
                    "hidden,CN,in hiding,2011,5,9,people,disputed,yes,x,x,a,verify,2026-01-01",
    "eras": "first,last,label,reason,source,mark,as_of\n1990,1998,x,y,a,verify,2026-01-01",
}


@pytest.mark.proves("S004-01", "S004-24", "S004-28")
def test_sums_shares_and_years_are_those_of_the_official_table():
    there = {one.period: one for one in published().arrivals}
    assert sum(one.men for one in there.values()) == 9564 and sum(one.women for one in there.values()) == 24695
    assert published().cumulative()[-1] == ("2024-01/2024-09", 34259)
    assert (there["2011"].total, there["2012"].total) == (2706, 1502)
    assert (there["2011"].share, there["2015"].share) == (70.6, 80.3)
    years = [one.period for one in there.values() if one.period.isdigit() and one.share >= 80]
    assert years[0] == "2015"  # "about 80 %" was first true then


@pytest.mark.proves("S002-24", "S000-04")
def test_accounts_that_differ_stand_side_by_side_and_none_is_averaged():
    conflicts = {(group[0].indicator, group[0].period): group for group in published().conflicts()}
    first = conflicts["arrivals", "2011"]
    assert {one.said for one in first} == {"2,706", "2,500", "2,737"} and published().resolved(first).said == "2,706"
    women = conflicts["arrivals, women", "2024"]
    assert {one.said for one in women} == {"210", "216"} and published().resolved(women) is None
    assert all(one.sources for group in conflicts.values() for one in group)
    (claim,) = published().of("end of the Korean War agreed")
    assert (claim.status, claim.said) == ("overstated", "") and claim.sources
    assert {one.status for one in published().observations} == {"reported", "disputed", "superseded", "overstated"}


@pytest.mark.refuses("W-16")
@pytest.mark.proves("S003-24", "S004-39")
def test_an_estimate_without_an_interval_is_refused():
    assert all(one.high > one.low for one in published().observations if one.estimate)
    assert published().of("hidden population")[0].said == "50,000–300,000"
    assert "80,000–120,000" in [one.said for one in published().of("prisoners in camps")]
    assert read(TABLES).of("hidden")[0].said == "5–9"
    for wrong in ("5,,", "5,5,", ",9,"):
        with pytest.raises(BadTable, match=r"observations.csv, line 2: an estimate has an interval"):
            read(TABLES | {"observations": TABLES["observations"].replace("5,9,", wrong)})


@pytest.mark.parametrize(("table", "old", "new", "words"), [
    ("observations", ",a,verify", ",b,verify", "sources.csv"), ("observations", "in hiding", "hiding", "none of"), ("observations", "yes", "no", ""),
    ("arrivals", "2,3,", "2,4,", "total"), ("eras", "x,y,", "x,,", "reason"), ("observations", "disputed", "true", "none of"),
    ("sources", "handle", "nobody", "none of")])
def test_a_bad_row_is_told_with_its_place(table, old, new, words):
    changed = TABLES | {table: TABLES[table].replace(old, new)}
    if not words:
        changed[table] = changed[table].replace("5,9,", "9,5,")
    with pytest.raises(BadTable, match=f"{table}.csv, line 2"):
        read(changed)


@pytest.mark.proves("S004-34")
def test_forced_returns_are_at_least_so_many_and_never_exactly():
    assert published().returned() == (50 + 80 + 40 + 500 + 60, None)
    assert [one.said for one in published().of("forced returns, cumulative")] == ["≥ 670", "≥ 1,076"]


@pytest.mark.proves("S000-07", "S000-08")
def test_each_number_is_of_one_stratum_and_those_inside_are_told_from_those_on_the_way():
    assert {one.stratum for one in published().observations} == set(STRATA) == {"inside", "in transit", "in hiding", "resettled"}
    assert {one.stratum for one in published().of("prisoners in camps")} == {"inside"}


@pytest.mark.proves("S002-01", "S004-25")
def test_eras_have_a_reason_and_the_break_after_2011_is_found_in_the_counts():
    eras = published().eras
    assert eras[0].first <= 1995 and all(one.reason and one.source for one in eras)
    assert [one.last + 1 for one in eras[:-1]] == [one.first for one in eras[1:]]
    counts = [(int(one.period), one.total) for one in published().arrivals if one.period.isdigit()]
    found = [counts[at][0] for at in change_points([count for _, count in counts], price=200.0)]
    assert 2012 in found and 2020 in found and all(2002 <= year <= 2023 for year in found)
    assert change_points([10, 10, 10, 40, 40, 40], price=3.0) == (3,)  # by hand: one cut saves 29
    assert change_points([10, 10, 10, 40, 40, 40], price=100.0) == () == change_points([], price=1.0)
    with pytest.raises(ValueError, match="price"):
        change_points([1], price=0.0)


@pytest.mark.proves("S003-01", "S004-55")
def test_a_work_has_many_titles_and_a_missing_author_is_said():
    film, article = published().sources["F"], published().sources["004"]
    assert [kind for kind, _ in film.titles] == ["original", "romanised", "marketing", "marketing"]
    assert "로기완" in film.cited and "Finding Hope" in film.cited and film.cited.startswith("[author not known]")
    assert article.cited.startswith("[author known by a handle only]")
