"""A small displacement network made by hand, with every trap set on purpose: what is read, what is said, what is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.build import network_of
from waystation.network.closures import Closure, open_spans
from waystation.network.displacement import Assumptions, import_network
from waystation.network.distance import great_circle_km
from waystation.network.files import read_book, write_json, write_workbook
from waystation.network.locations import Location, codes_for
from waystation.network.problems import InvalidBook

NOW = date(2012, 3, 3)  # day 3
# On the equator a tenth of a degree is 11.12 km: NORTH to SOUTH 111 km, SOUTH to CAMP ONE 55.6 km.
CLEAN = {
    "sim_period.csv": "StartDate,2012-02-29\nLength,100\n",
    "locations.csv": '#name,region,country,latitude,longitude,location_type,conflict_date,population\n'
                     "North_Town,Upland,Mali,0.0,10.0,conflict_zone,0,1000\n"
                     "South_Town,Lowland,Mali,0.0,11.0,town,,\n"
                     "Camp_One,Border,Niger,0.0,11.5,camp,,500\n",
    "routes.csv": "#name1,name2,distance,forced_redirection\nNorth_Town,South_Town,120,0\nSouth_Town,Camp_One,60,\n",
}


def folder_of(tmp_path, **files):
    """The clean network with some files replaced; a file of None is left out."""
    home = tmp_path / "net" / "input_csv"
    home.mkdir(parents=True, exist_ok=True)
    for name, text in {**CLEAN, **{key.replace("__", "/") + ".csv": text for key, text in files.items()}}.items():
        if text is not None:
            path = home / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return home.parent


def imported(tmp_path, *, now=NOW, assumptions=None, **files):
    return import_network(folder_of(tmp_path, **files), now=now, assumptions=assumptions)


def notes(tmp_path, **files):
    """Cells and codes of the warnings, without the three assumptions that every import states."""
    _, warnings = imported(tmp_path, **files)
    codes = [(warning.cell, warning.code) for warning in warnings]
    for assumed in (("routes.csv", "RB914"), ("routes.csv distance", "RB915"), ("conflicts.csv", "RB916")):
        codes.remove(assumed)
    return codes


def refused(tmp_path, **files):
    with pytest.raises(InvalidBook) as caught:
        imported(tmp_path, **files)
    assert all(problem.file == "net" for problem in caught.value.problems)
    return [(problem.cell, problem.code) for problem in caught.value.problems]


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_clean_network_has_no_warning_but_its_assumptions(tmp_path):
    assert notes(tmp_path) == []


def test_places_areas_goals_and_names(tmp_path):
    book, _ = imported(tmp_path)
    assert [(area.code, area.country) for area in book.areas] == [("R-UPLAND", "ML"), ("R-LOWLAND", "ML"), ("R-BORDER", "NE")]
    assert [(p.code, p.area, p.kind, p.goal) for p in book.places] == [
        ("NORTH-TOWN", "R-UPLAND", "town", False), ("SOUTH-TOWN", "R-LOWLAND", "town", False),
        ("CAMP-ONE", "R-BORDER", "other", True)]
    assert [(p.near, p.map_lat, p.map_lon) for p in book.places] == [
        ("North Town", 0.0, 10.0), ("South Town", 0.0, 11.0), ("Camp One", 0.0, 11.5)]
    assert dict(book.names) == {"R-UPLAND": "Upland", "R-LOWLAND": "Lowland", "R-BORDER": "Border",
                                "NORTH-TOWN": "North_Town", "SOUTH-TOWN": "South_Town", "CAMP-ONE": "Camp_One"}
    assert book.book.fictional is False and book.book.as_of is None


def test_routes_run_both_ways_and_are_called_by_their_rows(tmp_path):
    book, _ = imported(tmp_path)
    assert [(leg.code, leg.start, leg.end, leg.mode, leg.profile) for leg in book.legs] == [
        ("W2A", "NORTH-TOWN", "SOUTH-TOWN", "car", "KM120"), ("W2B", "SOUTH-TOWN", "NORTH-TOWN", "car", "KM120"),
        ("W3A", "SOUTH-TOWN", "CAMP-ONE", "car", "KM60"), ("W3B", "CAMP-ONE", "SOUTH-TOWN", "car", "KM60")]
    assert {leg.cost.amount for leg in book.legs} == {0} and {leg.status for leg in book.legs} == {"open"}
    assert book.windows == ()


def test_durations_by_the_stated_speed(tmp_path):
    """120 km at 300, 200 and 100 km a day: 9.6, 14.4 and 28.8 hours."""
    book, _ = imported(tmp_path)
    profiles = {profile.code: profile for profile in book.profiles}
    assert profiles["KM120"].hours == (9.6, 14.4, 28.8)
    assert profiles["KM120"].shares == (0.25, 0.5, 0.25)
    assert book.book.step_hours == 12


def test_another_speed_is_a_parameter_and_is_said(tmp_path):
    book, warnings = imported(tmp_path, assumptions=Assumptions(mode="foot", km_per_day=20.0))
    said = next(warning.sentence for warning in warnings if warning.code == "RB915")
    assert "on foot, 20 km a day as a rule, 30 at best, 10 at worst" in said
    profiles = {profile.code: profile for profile in book.profiles}
    assert profiles["KM120"].hours == (96.0, 144.0, 288.0)
    assert {(leg.mode, leg.walk_km, leg.exertion) for leg in book.legs} == {("foot", 20.0, 3)}


def test_a_long_walk_makes_longer_steps(tmp_path):
    """120 km at 7 km a day, the worst, are 17.1 days: more than 31 steps of half a day."""
    book, _ = imported(tmp_path, assumptions=Assumptions(mode="foot", km_per_day=14.0))
    assert book.book.step_hours == 24


def test_no_hazard_and_no_prior_is_invented(tmp_path):
    book, _ = imported(tmp_path)
    assert (book.priors, book.outcomes, book.waiting_loss, book.silence, book.guides) == ((), (), (), (), ())


def test_conditions_change_slowly_and_the_assumption_is_said(tmp_path):
    """A condition lasts about 60 days of two steps: 1 / 120 a step."""
    book, warnings = imported(tmp_path)
    shares = {(row.scope, row.from_condition, row.to_condition): row.share for row in book.chains}
    assert shares["ML", "calm", "alert"] == shares["NE", "alert", "calm"] == 0.008333
    assert {row.strength for row in book.chains} == {1.0}
    assert any(warning.code == "RB916" and "60 days" in warning.sentence for warning in warnings)
    net = network_of(book)
    assert net.occurs.all() and net.conditions == ("calm", "alert")


def test_the_book_goes_through_files_without_loss(tmp_path):
    book, _ = imported(tmp_path)
    assert read_book(write_json(book)) == read_book(write_workbook(book)) == book


def test_files_may_stand_in_the_folder_itself(tmp_path):
    book, _ = imported(tmp_path)
    direct, _ = import_network(tmp_path / "net" / "input_csv", now=NOW)
    assert direct == book


def test_without_a_heading_columns_stand_in_the_usual_order(tmp_path):
    book, _ = imported(tmp_path)
    bare = {name: text.split("\n", 1)[1] for name, text in CLEAN.items() if name != "sim_period.csv"}
    again, _ = imported(tmp_path / "bare", locations=bare["locations.csv"], routes=bare["routes.csv"])
    assert [place.code for place in again.places] == [place.code for place in book.places]
    assert [leg.code for leg in again.legs] == ["W1A", "W1B", "W2A", "W2B"]


def test_a_quoted_heading_other_orders_and_remarks(tmp_path):
    locations = ('"#""name""",country,region,lon,lat,location_type,conflict_date,pop/cap\n# a remark\n'
                 "North_Town,Mali,Upland,10.0,0.0,conflict_zone,0,1000\nSouth_Town,Mali,Lowland,11.0,0.0,town,,\n"
                 "Camp_One,Niger,Border,11.5,0.0,camp,,500\n")
    book, _ = imported(tmp_path, locations=locations)
    assert (book.places[0].near, book.places[0].map_lat, book.places[0].map_lon) == ("North Town", 0.0, 10.0)


def test_kinds_of_locations_and_which_camps_are_goals(tmp_path):
    more = ("Hub,Border,Niger,0.0,11.6,forwarding_hub,,\nCamp_Two,Lowland,Mali,0.0,11.2,camp,,10\n"
            "Camp_Three,Border,Niger,0.0,11.7,idpcamp,,10\nFlood,Border,Niger,0.0,11.8,flood_zone,,\n"
            "Mark,Border,Niger,0.0,11.9,marker,,\n")
    chain = "".join(f"South_Town,{name},{km},0\n" for name, km in (
        ("Hub", 70), ("Camp_Two", 25), ("Camp_Three", 80), ("Flood", 90), ("Mark", 101)))
    book, _ = imported(tmp_path, locations=CLEAN["locations.csv"] + more, routes=CLEAN["routes.csv"] + chain)
    assert {place.code: (place.kind, place.goal) for place in book.places[2:]} == {
        "CAMP-ONE": ("other", True), "HUB": ("hub", False), "CAMP-TWO": ("other", False), "CAMP-THREE": ("other", False),
        "FLOOD": ("town", False), "MARK": ("other", False)}


def test_codes_are_unique_and_never_a_country():
    assert list(codes_for(["A b", "A_b", "A-b", "ÄÖU", "日本", "ML", "x" * 30]).values()) == [
        "A-B", "A-B-2", "A-B-3", "AOU", "PLACE", "ML-2", "X" * 20]


def test_one_region_name_in_two_countries_makes_two_areas(tmp_path):
    book, _ = imported(tmp_path, locations=CLEAN["locations.csv"].replace("Border,Niger", "Upland,Niger"))
    assert [(area.code, area.country) for area in book.areas] == [
        ("R-UPLAND-ML", "ML"), ("R-LOWLAND", "ML"), ("R-UPLAND-NE", "NE")]
    assert dict(book.names)["R-UPLAND-NE"] == "Upland"


def test_many_distances_share_profiles(tmp_path):
    routes = CLEAN["routes.csv"] + "".join(f"North_Town,South_Town,{112 + n},0\n" for n in range(70))
    book, warnings = imported(tmp_path, routes=routes)
    assert len(book.profiles) <= 64
    assert [(w.code, w.row) for w in warnings if w.code == "RB917"] == [("RB917", 0)]
    assert "whole 2 km" in next(warning.sentence for warning in warnings if warning.code == "RB917")
    hours = {profile.code: profile.hours for profile in book.profiles}
    assert hours["KM114"][1] >= 113 / 200 * 24  # rounded up, never down


# --- conflict ---------------------------------------------------------------------------------------------------------

TABLE = "#Day, North_Town, South_Town, Camp_One,\n0,1,0,0,\n1,1,0,0,\n2,1,0,0,\n3,1,0.4,0,\n4,0,0,0,\n"


def claims(book):
    return {report.area: set(report.conditions) for report in book.reports}


def test_reports_say_what_the_table_says_on_the_day_of_import(tmp_path):
    book, warnings = imported(tmp_path, conflicts=TABLE)
    assert claims(book) == {"R-UPLAND": {"alert"}, "R-LOWLAND": {"alert"}, "R-BORDER": {"calm"}}
    report = book.reports[0]
    assert report.observed_at == report.received_at == datetime(2012, 3, 3, tzinfo=UTC)
    assert (report.source, report.origin, report.reliability, report.credibility, report.hand) == (
        "CONFLICTS", "CONFLICTS", "B", 2, 2)
    assert [warning.code for warning in warnings] == ["RB914", "RB915", "RB916"]


def test_later_days_of_the_table_are_not_read(tmp_path):
    book, _ = imported(tmp_path, conflicts=TABLE, now=date(2012, 3, 1))
    assert claims(book)["R-LOWLAND"] == {"calm"}
    assert all(report.observed_at.date() <= date(2012, 3, 1) for report in book.reports)


def test_an_area_is_on_alert_if_one_of_its_places_is(tmp_path):
    book, _ = imported(tmp_path, conflicts=TABLE, locations=CLEAN["locations.csv"].replace("Lowland", "Upland"))
    assert claims(book) == {"R-UPLAND": {"alert"}, "R-BORDER": {"calm"}}


def test_without_a_table_the_locations_speak(tmp_path):
    locations = CLEAN["locations.csv"].replace("town,,", "conflict_zone,4,")
    book, _ = imported(tmp_path, locations=locations)
    assert claims(book) == {"R-UPLAND": {"alert"}, "R-LOWLAND": {"calm"}, "R-BORDER": {"calm"}}
    later, _ = imported(tmp_path, locations=locations, now=date(2012, 3, 4))
    assert claims(later)["R-LOWLAND"] == {"alert"}


def test_a_day_that_the_table_does_not_have(tmp_path):
    book, _ = imported(tmp_path, conflicts=TABLE, now=date(2013, 1, 1))
    assert book.reports == ()
    assert ("conflicts.csv", "RB911") in [(w.cell, w.code) for w in imported(tmp_path, now=date(2013, 1, 1))[1]]


def test_a_day_before_the_period_without_a_table(tmp_path):
    book, warnings = imported(tmp_path, now=date(2012, 2, 1))
    assert book.reports == ()
    assert [warning.code for warning in warnings if warning.sheet == "sim_period.csv"] == ["RB911"]


# --- closures ---------------------------------------------------------------------------------------------------------


def windows(book, leg):
    return [(window.from_date, window.to_date) for window in book.windows if window.leg == leg]


CLOSED = "#closure_type,name1,name2,closure_start,closure_end\n"


def test_a_border_closure_opens_after_its_last_day_both_ways(tmp_path):
    book, _ = imported(tmp_path, closures=CLOSED + "country,Mali,Niger,0,22\n")
    assert windows(book, "W3A") == windows(book, "W3B") == [(date(2012, 3, 23), None)]
    assert windows(book, "W2A") == []


def test_a_closure_in_the_middle_leaves_two_windows(tmp_path):
    book, _ = imported(tmp_path, closures=CLOSED + "link,Camp_One,South_Town,10,19\n")
    assert windows(book, "W3A") == [(None, date(2012, 3, 9)), (date(2012, 3, 20), None)]


def test_closures_join(tmp_path):
    both = CLOSED + "country,Mali,Niger,0,5\nlink,South_Town,Camp_One,4,8\n"
    book, _ = imported(tmp_path, closures=both)
    assert windows(book, "W3A") == [(date(2012, 3, 9), None)]


def test_a_closure_without_end_closes_the_leg(tmp_path):
    book, _ = imported(tmp_path, closures=CLOSED + "link,North_Town,South_Town,0,-1\n")
    closed = [leg for leg in book.legs if leg.status == "closed"]
    assert [leg.code for leg in closed] == ["W2A", "W2B"] and all(leg.reason for leg in closed)
    later, _ = imported(tmp_path, closures=CLOSED + "link,North_Town,South_Town,7,-1\n")
    assert windows(later, "W2A") == [(None, date(2012, 3, 6))]


@pytest.mark.parametrize("kind", ["camp", "idpcamp"])
def test_a_closed_camp_takes_nobody_in_and_lets_people_out(tmp_path, kind):
    book, _ = imported(tmp_path, closures=CLOSED + f"{kind},Camp_One,,0,9\n")
    assert windows(book, "W3A") == [(date(2012, 3, 10), None)]
    assert windows(book, "W3B") == []


def test_a_sealed_place_has_no_way_in_or_out(tmp_path):
    book, _ = imported(tmp_path, closures=CLOSED + "location,South_Town,,0,9\n")
    assert all(windows(book, leg.code) == [(date(2012, 3, 10), None)] for leg in book.legs)


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(0, 12)).filter(
    lambda span: span[1] is None or span[1] >= span[0]), max_size=4))
def test_open_days_are_those_that_no_closure_holds(closed):
    spans = open_spans(closed)
    for day in range(15):
        shut = any(first <= day and (last is None or day <= last) for first, last in closed)
        inside = [first for first, last in spans if (first is None or first <= day) and (last is None or day <= last)]
        assert len(inside) == (0 if shut else 1)


def test_a_closure_of_a_country_does_not_shut_roads_within_it():
    here = Location(2, "A", "R", "Mali", "ML", 0, 0, "town", None, 0)
    there = Location(3, "B", "R", "Niger", "NE", 0, 0, "town", None, 0)
    border = Closure(2, "country", "Niger", "Mali", 0, None)
    assert border.shuts(here, there) and border.shuts(there, here)
    assert not border.shuts(here, here)


# --- traps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"locations": CLEAN["locations.csv"].replace("0.0,11.0", "0.04,11.0")}, [("locations.csv:3 lat", "RB901")]),
        ({"locations": CLEAN["locations.csv"].replace("0.0,11.0", "0.0,11.001")}, [("locations.csv:3 lon", "RB901")]),
        ({"locations": CLEAN["locations.csv"].replace("0.0,11.0", "0.04,11.001")}, [("locations.csv:3 lat", "RB901")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,Nowhere,10,0\n"}, [("routes.csv:4 name2", "RB902")]),
        ({"routes": CLEAN["routes.csv"] + "Nowhere,Noplace,10,0\n"},
         [("routes.csv:4 name1", "RB902"), ("routes.csv:4 name2", "RB902")]),
        ({"closures": CLOSED + "link,North_Town,Nowhere,0,9\n"}, [("closures.csv:2 name2", "RB903")]),
        ({"closures": CLOSED + "country,Mali,Atlantis,0,9\n"}, [("closures.csv:2 name2", "RB903")]),
        ({"closures": CLOSED + "location,Nowhere,,0,9\n"}, [("closures.csv:2 name1", "RB903")]),
        ({"closures": CLOSED + "location,North_Town,,0,9\n"}, [("closures.csv:2 name1", "RB904")]),
        ({"closures": CLOSED + "location,South_Town,,0,9\n"}, []),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,100,0\n"}, [("routes.csv:4 distance", "RB906")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,111,0\n"}, []),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,440,0\n"}, []),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,450,0\n"}, [("routes.csv:4 distance", "RB907")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,130,2\n"}, [("routes.csv:4 forced_redirection", "RB908")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,0,0\n"}, [("routes.csv:4 distance", "RB918")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,North_Town,9,0\n"}, [("routes.csv:4 name2", "RB918")]),
        ({"closures": CLOSED + "remove_forced_redirection,North_Town,South_Town,0,9\n"}, [("closures.csv:2 type", "RB909")]),
        ({"closures": CLOSED + "link,North_Town,South_Town,9,3\n"}, [("closures.csv:2 last", "RB919")]),
        ({"locations": CLEAN["locations.csv"] + "Camp_Two,Border,Niger,0.0,11.6,camp,,5\n"},
         [("locations.csv:5 name", "RB910")]),
        ({"conflicts": TABLE.replace(" Camp_One,", " Camp_One, Nowhere")}, [("conflicts.csv:1 column 5", "RB912")]),
        ({"conflicts": TABLE.replace("0,1,0,0,\n1,", "1,")}, [("locations.csv:2 conflict_date", "RB913")]),
        ({"conflicts": TABLE}, []),
        ({"data_layout": "total,refugees.csv\nCamp_One,one.csv\n", "one": "2012-02-29,0\n2012-03-10,500\n2012-04-01,20\n"},
         [("locations.csv:4 pop_or_cap", "RB905")]),
        ({"data_layout": "Camp_One,one.csv,two.csv\n", "one": "2012-02-29,200\n", "two": "2012-03-10,300\n"},
         [("locations.csv:4 pop_or_cap", "RB905")]),
        ({"data_layout": "Camp_One,one.csv\n", "one": "2012-02-29,0\n2012-03-10,499\n"}, []),
        ({"data_layout": "Camp_One,missing.csv\n"}, [("data_layout.csv:1 file", "RB920")]),
        ({"data_layout": "Camp_One,../locations.csv\n"}, [("data_layout.csv:1 file", "RB920")]),
        ({"data_layout": "Camp_Nine,one.csv\n", "one": "2012-02-29,0\n"}, [("data_layout.csv:1 camp", "RB920")]),
        ({"data_layout": "Camp_One,one.csv\n", "one": "2012-02-29,many\n"}, [("one.csv:1 count", "RB202")]),
    ],
)
def test_every_trap_is_said_with_its_row_and_the_import_goes_on(tmp_path, files, expected):
    assert notes(tmp_path, **files) == expected


def test_skipped_rows_are_not_in_the_book(tmp_path):
    routes = CLEAN["routes.csv"] + "North_Town,Nowhere,10,0\nNorth_Town,South_Town,-4,0\n"
    book, _ = imported(tmp_path, routes=routes)
    assert [leg.code for leg in book.legs] == ["W2A", "W2B", "W3A", "W3B"]
    closures = CLOSED + "link,North_Town,Nowhere,0,9\nlink,North_Town,South_Town,9,3\nwall,North_Town,South_Town,0,9\n"
    assert imported(tmp_path, closures=closures)[0].windows == ()


def test_positions_are_rounded_to_one_decimal(tmp_path):
    book, _ = imported(tmp_path, locations=CLEAN["locations.csv"].replace("0.0,11.0", "-0.04,11.049"))
    assert (book.places[1].map_lat, book.places[1].map_lon) == (0.0, 11.0)


def test_warnings_hold_nothing_from_the_data(tmp_path):
    _, warnings = imported(tmp_path, routes=CLEAN["routes.csv"] + "North_Town,Hidden_Place,10,0\n",
                           conflicts=TABLE.replace(" Camp_One,", " Camp_One, Hidden_Place"))
    said = "\n".join(map(str, warnings))
    assert "RB902" in said and "RB912" in said
    assert "Hidden" not in said and "Town" not in said and "Camp_One" not in said


def test_great_circle_by_hand():
    """A quarter of the equator is 2 pi 6371 / 4 km; half a degree of a meridian is 2 pi 6371 / 720."""
    here, east, north = (0.0, 0.0), (0.0, 90.0), (0.5, 0.0)
    assert great_circle_km(here, east) == pytest.approx(10007.543, abs=1e-3)
    assert great_circle_km(here, north) == pytest.approx(55.597, abs=1e-3)
    assert great_circle_km(here, here) == 0


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"sim_period": None}, [("sim_period.csv", "RB111")]),
        ({"sim_period": "Length,100\n"}, [("sim_period.csv StartDate", "RB114")]),
        ({"sim_period": "StartDate,last winter\n"}, [("sim_period.csv:1 StartDate", "RB501")]),
        ({"locations": None}, [("locations.csv", "RB111")]),
        ({"locations": ""}, [("locations.csv", "RB112")]),
        ({"routes": None}, [("routes.csv", "RB111")]),
        ({"routes": "#name1,name2,length\nNorth_Town,South_Town,9\n"},
         [("routes.csv:1 distance", "RB114"), ("routes.csv:2 distance", "RB202")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,far,0\n"}, [("routes.csv:4 distance", "RB202")]),
        ({"routes": CLEAN["routes.csv"] + "North_Town,South_Town,20001,0\n"}, [("routes.csv:4 distance", "RB205")]),
        ({"locations": CLEAN["locations.csv"].replace("Niger", "Atlantis")}, [("locations.csv:4 country", "RB220")]),
        ({"locations": CLEAN["locations.csv"].replace("0.0,11.0", "95,11.0")}, [("locations.csv:3 lat", "RB205")]),
        ({"locations": CLEAN["locations.csv"].replace("0.0,11.0", "north,11.0")}, [("locations.csv:3 lat", "RB202")]),
        ({"locations": CLEAN["locations.csv"].replace("0.0,11.0", "nan,11.0")}, [("locations.csv:3 lat", "RB202")]),
        ({"locations": CLEAN["locations.csv"].replace("zone,0,", "zone,early,")}, [("locations.csv:2 conflict_date", "RB202")]),
        ({"locations": CLEAN["locations.csv"].replace("zone,0,", "zone,0.5,")}, [("locations.csv:2 conflict_date", "RB204")]),
        ({"locations": CLEAN["locations.csv"].replace("Lowland", "")}, [("locations.csv:3 region", "RB201")]),
        ({"locations": CLEAN["locations.csv"].replace("Lowland", "call 010-1234-5678")}, [("locations.csv:3 region", "RB704")]),
        ({"locations": CLEAN["locations.csv"] + "North_Town,Upland,Mali,0.0,10.0,town,,\n"}, [("locations.csv:5 name", "RB604")]),
        ({"closures": CLOSED + "link,North_Town,South_Town,soon,-1\n"}, [("closures.csv:2 first", "RB202")]),
        ({"conflicts": TABLE.replace("0.4", "4")}, [("conflicts.csv:5 column 3", "RB401")]),
        ({"conflicts": TABLE.replace("0.4", "some")}, [("conflicts.csv:5 column 3", "RB202")]),
        ({"conflicts": TABLE.replace("\n3,", "\nthree,")}, [("conflicts.csv:5 #Day", "RB202")]),
        ({"conflicts": "0,1,0,0\n"}, [("conflicts.csv:1 #Day", "RB114")]),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(tmp_path, files, expected):
    assert refused(tmp_path, **files) == expected


def test_all_rows_that_cannot_be_read_come_at_once(tmp_path):
    assert refused(tmp_path, sim_period="StartDate,x\n", routes=CLEAN["routes.csv"] + "North_Town,South_Town,x,0\n",
                   locations=CLEAN["locations.csv"].replace("0.0,11.0", "x,y")) == [
        ("sim_period.csv:1 StartDate", "RB501"), ("locations.csv:3 lat", "RB202"), ("locations.csv:3 lon", "RB202"),
        ("routes.csv:4 distance", "RB202")]


def test_a_network_without_a_camp_abroad_has_no_goal(tmp_path):
    assert refused(tmp_path, locations=CLEAN["locations.csv"].replace("camp", "town")) == [("/places", "RB602")]


def test_a_network_without_routes(tmp_path):
    assert ("/legs", "RB112") in refused(tmp_path, routes="#name1,name2,distance\n")


def test_too_large_and_broken_files(tmp_path):
    folder = folder_of(tmp_path)
    (folder / "input_csv" / "routes.csv").write_bytes(b"\xff\xfe\x00")
    (folder / "input_csv" / "closures.csv").write_bytes(b"#" * 5_000_001)
    (folder / "input_csv" / "conflicts.csv").mkdir()
    with pytest.raises(InvalidBook) as caught:
        import_network(folder, now=NOW)
    assert [(problem.cell, problem.code) for problem in caught.value.problems] == [
        ("routes.csv", "RB103"), ("closures.csv", "RB801"), ("conflicts.csv", "RB101"), ("conflicts.csv:1 #Day", "RB114")]


def test_no_such_folder(tmp_path):
    with pytest.raises(InvalidBook):
        import_network(tmp_path / "none", now=NOW)


@settings(max_examples=60)
@given(name=st.sampled_from(["sim_period", "locations", "routes", "closures", "conflicts", "data_layout"]),
       text=st.text(max_size=40) | st.lists(st.sampled_from(["North_Town", "Mali", "1", "-1", "x", "", "#", '"', "9" * 400]),
                                            max_size=12).map(",".join))
def test_anything_in_a_file_raises_only_invalid_book(tmp_path_factory, name, text):
    home = tmp_path_factory.mktemp("any")
    wrong = []
    try:
        book, _ = imported(home, **{name: CLEAN.get(name + ".csv", "") + text})
        wrong += [] if read_book(write_json(book)) == book else ["not the same when read back"]
    except UnicodeEncodeError:
        return  # a lone surrogate cannot stand in a file at all
    except InvalidBook as refusal:
        wrong += [problem for problem in refusal.problems if not (problem.code and problem.sentence)]
    assert wrong == []
