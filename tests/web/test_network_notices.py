"""What the office knows beside the book: dated, with its source, never changed, and shown where it matters."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from markup import Page
from test_network import keep, opened, row
from test_network_pages import page, text

from waystation.network.example import example_book
from waystation_web.gateways.database import writing
from waystation_web.network import actions, queries
from waystation_web.network.notice import notice_of
from waystation_web.network.noting import NotSaid
from waystation_web.records import queries as records
from waystation_web.vault.errors import NoSuchVault

HEAD = {"date": "2030-02-08", "source": "S7", "reliability": "B", "credibility": "2"}


@pytest.fixture
def heron(office):
    person = office.person(roles={"coordinator"}, handle="heron")
    keep(office.actor(person), example_book())
    return person


@pytest.fixture
def client(office, heron):
    return office.sign_in(heron)


@pytest.fixture
def actor(office, heron):
    return office.actor(heron)


def note(client, kind, status=302, **fields):
    answer = client.post(reverse("book-notice-new", kwargs={"kind": kind}), HEAD | fields)
    assert answer.status_code == status, text(answer.content.decode())
    return answer.content.decode()


@pytest.mark.proves("S000-03")
def test_an_event_stands_on_the_timeline_and_may_change_how_much_the_past_counts(client, actor):
    note(client, "event", event="meeting", countries="KP;KR", note="leaders met, invented")
    note(client, "event", date="2030-02-05", event="crackdown", countries="TH", note="invented wave of arrests", keep="0.2", scope="TH")
    shown = text(page(client, "book-notices"))
    assert re.search(r"2030-02-08 .*meeting of states.*2030-02-05 .*crackdown", shown)      # the newest first
    (new,) = [one for one in opened(actor).breaks if one.scope == "TH"]                      # what the planner reads
    assert (new.day, new.keep, new.reason) == (date(2030, 2, 5), 0.2, "invented wave of arrests")
    assert len(opened(actor).breaks) == 2                       # the meeting changed nothing that was learnt


@pytest.mark.proves("S000-05", "S000-06")
def test_how_two_states_stand_is_a_history_with_dates(client, actor):
    note(client, "relation", date="2029-05-01", one="KP", other="KR", level="hostile")
    note(client, "relation", date="2029-11-01", one="KR", other="KP", level="talking", note="whichever is named first")
    note(client, "relation", date="2029-12-01", one="KP", other="CN", level="open")
    board = queries.notices(actor)
    assert [(pair, [(line.day.isoformat(), dict(line.said)["level"]) for line in lines]) for pair, lines in board.relations] == [
        ("CN – KP", [("2029-12-01", "open")]), ("KP – KR", [("2029-11-01", "talking"), ("2029-05-01", "hostile")])]
    shown = text(page(client, "book-notices"))
    assert re.search(r"KP – KR talking · 2029-11-01 hostile · 2029-05-01", shown)


@pytest.mark.proves("S001-52")
def test_a_river_above_its_level_says_so_on_the_board(client):
    note(client, "river", date="2030-02-01", about_areas="EAST", level_cm="180", threshold_cm="250")
    assert "nobody crosses" not in text(page(client, "book")).partition("What is said of each area")[2]
    note(client, "river", date="2030-02-07", about_areas="EAST", level_cm="250", threshold_cm="250")
    assert "At or above the level from which nobody crosses" in text(page(client, "book"))
    shown = text(page(client, "book-notices"))
    assert shown.index("Level in cm: 250") < shown.index("Level in cm: 180") and shown.count("At or above the level") == 1


@pytest.mark.proves("S001-53")
def test_a_count_counts_less_the_older_it_is(client, actor):
    note(client, "count", about_areas="WEST", counted="police", low="10", high="15", half_life_d="7", date="2030-01-27")
    note(client, "count", about_areas="WEST", counted="checkpoints", low="2", high="2", half_life_d="7", date="2030-02-10")
    counts = {dict(line.said)["counted"]: line.counts for _, lines in queries.notices(actor).others for line in lines}
    assert counts == {"police": 25, "checkpoints": 100}          # two half-lives, and today
    assert "by its age it counts 25 of 100" in text(page(client, "book-notices"))


@pytest.mark.proves("S001-10")
def test_police_are_about_at_a_kind_of_place_and_a_time(client):
    note(client, "police", about_areas="WEST", place_kind="hub", part="night", weekdays="fri;sat", activity="much")
    shown = text(page(client, "book"))
    assert "transport hub" in shown and "by night" in shown and "Fri, Sat" in shown and "much" in shown


@pytest.mark.proves("S001-09")
def test_a_transport_hub_says_whether_papers_are_checked(client, actor):
    note(client, "hub", about_places="MID", id_checks="yes", cameras="unknown")
    shown = text(page(client, "book-row", row=row(actor, "places", "MID").id.hex()))
    assert "Kind transport hub" in shown and "Papers are checked: yes" in shown and "Cameras: we do not know" in shown


@pytest.mark.proves("S001-18")
def test_a_safe_house_has_a_code_a_capacity_a_host_a_rest_and_may_be_known_to_others(client, actor):
    actions.add_rows(actor, [("places", {"code": "OWL", "area": "WEST", "kind": "safe_house"})])
    note(client, "house", about_places="OWL", capacity="6", host="C-12", rests_until="2030-03-01", compromised="suspected")
    shown = text(page(client, "book-row", row=row(actor, "places", "OWL").id.hex()))
    for words in ("safe house", "People at once: 6", "Host, by code: C-12", "Rests until: 2030-03-01", "Known to others: suspected"):
        assert words in shown
    assert "OWL" not in {place.code for place in opened(actor).places if place.map_lat is not None}   # and no position


@pytest.mark.proves("S001-11", "S004-14")
def test_a_leg_on_foot_has_its_length_ground_exertion_and_hours_of_the_night(client, actor):
    actions.add_rows(actor, [("legs", {"code": "L5", "from": "MID", "to": "GOAL", "mode": "foot", "profile": "DAYS", "cost": "0",
                                       "currency": "USD", "exertion": "5", "walk_km": "25"})])
    actions.add_rows(actor, [("windows", {"leg": "L5", "part": "night"})])
    note(client, "ground", about_legs="L5", km="200", terrain="jungle")
    shown = text(page(client, "book-row", row=row(actor, "legs", "L5").id.hex()))
    assert "on foot" in shown and "Exertion, 1 to 5 5" in shown and "Kilometres: 200" in shown and "Ground: jungle" in shown
    leg = next(one for one in opened(actor).legs if one.code == "L5")
    assert (leg.exertion, leg.walk_km, [one.part for one in opened(actor).windows if one.leg == "L5"]) == (5, 25.0, ["night"])
    assert re.search(r"MID → GOAL on foot 24–96", text(page(client, "book")))


@pytest.mark.proves("S004-15")
def test_armed_people_are_named_beside_the_leg_until_somebody_says_that_they_are_gone(client):
    note(client, "armed", date="2030-02-01", about_legs="L2", who="smugglers")
    assert re.search(r"MID → GOAL by boat .{0,120}armed: smugglers", text(page(client, "book")))
    note(client, "armed", date="2030-02-06", about_legs="L2", who="nobody_now")
    assert "armed:" not in text(page(client, "book"))


@pytest.mark.proves("S004-11")
def test_cold_and_ice_of_a_river_stand_beside_the_exposure_of_its_leg(client, actor):
    note(client, "ice", about_areas="EAST", degrees="-18", ice="thin")
    shown = text(page(client, "book"))
    assert "Degrees Celsius -18" in shown and "Ice thin" in shown
    assert next(leg for leg in opened(actor).legs if leg.code == "L2").exposure == {"water", "cold"}
    assert [season.name for season in opened(actor).book.seasons] == ["winter", "summer"]


@pytest.mark.parametrize(("kind", "fields", "field"), [
    ("event", {"event": "meeting", "countries": "KP;ZZ"}, "countries"), ("event", {"event": "party", "countries": "KP"}, "event"),
    ("event", {"event": "law", "countries": "KP", "note": "call 010-1234-5678"}, "note"),
    ("event", {"event": "law", "countries": "KP", "date": "2030-02-11"}, "date"), ("event", {"event": "law", "countries": "KP", "date": "soon"}, "date"),
    ("event", {"event": "law", "countries": "KP", "source": "Mr Kim"}, "source"), ("event", {"event": "law"}, "countries"),
    ("relation", {"one": "KP", "other": "KP", "level": "cold"}, "other"), ("river", {"about_areas": "NOWHERE", "level_cm": "1", "threshold_cm": "2"}, "about_areas"),
    ("river", {"about_areas": "EAST", "level_cm": "high", "threshold_cm": "2"}, "level_cm"),
    ("count", {"about_areas": "EAST", "counted": "police", "low": "9", "high": "3", "half_life_d": "7"}, "high"),
    ("count", {"about_areas": "EAST", "counted": "police", "low": "1", "high": "3", "half_life_d": "0"}, "half_life_d"),
    ("police", {"about_areas": "EAST", "place_kind": "hub", "part": "day", "activity": "much", "weekdays": "monday"}, "weekdays"),
    ("house", {"about_places": "MID", "capacity": "6", "host": "0101234567890", "compromised": "no"}, "host"),
    ("house", {"about_places": "MID", "capacity": "-1", "compromised": "no"}, "note"),
    ("ground", {"about_legs": "L1", "km": "99999999", "terrain": "road"}, "km"),
    ("ground", {"about_legs": "L1", "km": "3", "terrain": "road", "note": "41.71234, 129.81234"}, "note"),
])
def test_what_is_typed_wrongly_is_not_kept_and_stands_beside_its_field(client, actor, kind, fields, field):
    html = note(client, kind, status=400, **fields)
    assert f'id="id_{field}"' in html and '<span class="fault">' in html.partition(f'id="id_{field}"')[2].partition("</p>")[0]
    with pytest.raises(NotSaid) as why:
        actions.note(actor, kind, HEAD | fields)
    assert set(why.value.faults) == {field}
    board = queries.notices(actor)
    assert (board.timeline, board.others) == ((), ())


def test_a_day_that_changed_the_world_is_checked_like_any_row_and_then_nothing_is_kept(client, actor):
    html = note(client, "event", status=400, event="law", countries="KP", keep="2")
    assert "RB401" in html and queries.notices(actor).timeline == () and len(opened(actor).breaks) == 1


def test_a_notice_is_never_changed_only_withdrawn(client, actor):
    note(client, "armed", about_legs="L2", who="soldiers")
    (line,) = dict(queries.notices(actor).others)["armed"]
    where = reverse("book-notice-withdraw", kwargs={"notice": line.id.hex()})
    assert client.post(where, {"reason": ""}).status_code == 400
    assert client.post(where, {"reason": "another valley was meant"}).status_code == 302
    shown = text(page(client, "book-notices"))
    assert "withdrawn: another valley was meant" in shown and "soldiers" in shown and "armed:" not in text(page(client, "book"))
    with writing():
        held = records.one(actor, line.id, "report", looked=False)
    assert notice_of(held).fields["who"] == "soldiers" and held.history[0]["what"] == "withdrawn"


def test_a_report_of_the_book_is_no_notice_and_a_notice_no_row(client, actor):
    report = row(actor, "reports", "WEST")
    assert client.post(reverse("book-notice-withdraw", kwargs={"notice": report.id.hex()}), {"reason": "x"}).status_code == 404
    before = opened(actor)
    note(client, "armed", about_legs="L2", who="soldiers")
    assert opened(actor) == before                               # the planner reads none of it
    (line,) = dict(queries.notices(actor).others)["armed"]
    assert client.get(reverse("book-row", kwargs={"row": line.id.hex()})).status_code == 404


def test_every_form_of_a_notice_has_labels_and_is_for_coordinators(office, client, actor):
    from waystation_web.network.words import NOTICES

    worker = office.sign_in(office.person(roles={"case_worker"}, handle="finch"))
    for kind in NOTICES:
        html = page(client, "book-notice-new", kind=kind)
        for field in [field for form in Page(html).forms for field in form.fields if field.kind != "hidden" and field.name in form_names(html)]:
            assert f'for="id_{field.name}"' in html, field.name
        where = reverse("book-notice-new", kwargs={"kind": kind})
        assert worker.get(where).status_code == 404 and worker.post(where, HEAD).status_code == 404
    assert worker.get(reverse("book-notices")).status_code == 404
    with pytest.raises(NoSuchVault):
        actions.withdraw_note(office.actor(office.people["finch"]), bytes(16), reason="x")


def form_names(html):
    return set(re.findall(r'id="id_([a-z_]+)"', html))


def test_half_lives_by_hand():
    from waystation_web.network.notice import Notice

    one = Notice(None, "count", date(2030, 1, 1), "S", "B2", {"half_life_d": 10}, "")
    assert [one.counts(date(2030, 1, 1) + timedelta(days=n)) for n in (0, 5, 10, 20, 100)] == [100, 71, 50, 25, 0]
    assert one.counts(date(2029, 1, 1)) == 100
