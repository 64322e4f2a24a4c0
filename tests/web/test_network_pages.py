"""Pages of the route book: what is known and how old it is, rows in tables, reports in seconds; nothing in addresses."""

import re

import pytest
from django.urls import reverse
from markup import Page
from test_network import keep, opened, row, rows

from waystation.network.example import example_book
from waystation_web.gateways.database import writing
from waystation_web.network import actions
from waystation_web.records import actions as changes
from waystation_web.records import queries as records


@pytest.fixture
def heron(office):
    return office.person(roles={"coordinator"}, handle="heron")


@pytest.fixture
def client(office, heron):
    keep(office.actor(heron), example_book())
    return office.sign_in(heron)


@pytest.fixture
def actor(office, heron, client):
    return office.actor(heron)


def page(client, name, status=200, **where):
    answer = client.get(reverse(name, kwargs=where))
    assert answer.status_code == status
    return answer.content.decode()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.refuses("H-27")
def test_the_book_says_first_what_it_does_not_know(client):
    shown = text(page(client, "book"))
    assert "Example, all invented" in shown and "all invented" in shown
    assert "START → MID" in shown and "by bus" in shown and "6–30" in shown and "15 USD" in shown
    assert re.search(r"We do not know 1 of 1: too few", shown)          # one party arrived: that says nothing
    assert re.search(r"We do not know never heard from: 1", shown)      # and a silent one even less
    assert "START → GOAL" in shown and "mined in this story" in shown.partition("Forbidden for everybody")[2]


@pytest.mark.refuses("H-04")
def test_a_forbidden_leg_stands_apart_with_its_reason(client):
    shown = page(client, "book")
    legs = shown.partition('id="legs-table"')[2].partition("</table>")[0]
    assert "L4" not in legs and "L3" in legs
    assert "mined in this story" in shown.partition('id="forbidden"')[2]


def test_every_sheet_and_row_has_a_page(client, actor):
    from waystation_web.network.sheets import NAMES

    for sheet in NAMES:
        assert "<h1>" in page(client, "book-sheet", sheet=sheet)
    for one in rows(actor):
        assert "History" in page(client, "book-row", row=one.id.hex())


def fields(html, action=None):
    form = next(form for form in Page(html).forms if (action is None or form.action == action) and len(form.fields) > 3
                and any(field.name == "revision" for field in form.fields))
    chosen = dict(re.findall(r'<select name="([^"]+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]*)" selected>', html, re.DOTALL))
    return {field.name: chosen.get(field.name, "") if field.kind == "select" else field.value for field in form.fields}


def test_a_row_is_changed_in_its_form_and_the_history_says_by_whom(client, actor):
    leg = row(actor, "legs", "L1")
    html = page(client, "book-row", row=leg.id.hex())
    typed = fields(html)
    assert (typed["from"], typed["cost"], typed["swim"], typed["revision"]) == ("START", "15", "no", "1")
    done = client.post(reverse("book-row", kwargs={"row": leg.id.hex()}), typed | {"cost": "22"})
    assert done.status_code == 302 and done["Location"].endswith("?done=written")
    shown = text(client.get(done["Location"]).content.decode())
    assert "Written. What stood before is in the history." in shown and "heron · changed" in shown and "Cost: 15 → 22" in shown


def test_a_form_without_a_change_changes_nothing(client, actor):
    before = opened(actor)
    for one in rows(actor):
        if one.sheet != "chains":
            typed = fields(page(client, "book-row", row=one.id.hex()))
            assert client.post(reverse("book-row", kwargs={"row": one.id.hex()}), typed).status_code == 302, one.sheet
    assert opened(actor) == before and all(one.written.revision == 1 for one in rows(actor))


def test_what_is_wrong_stands_beside_its_column_with_the_remedy(client, actor):
    leg = row(actor, "legs", "L1")
    typed = fields(page(client, "book-row", row=leg.id.hex()))
    answer = client.post(reverse("book-row", kwargs={"row": leg.id.hex()}), typed | {"cost": "-3"})
    assert answer.status_code == 400 and "negative" in answer.content.decode()
    assert row(actor, "legs", "L1").cells["cost"] == 15


def test_who_loses_a_race_sees_both(office, client, actor):
    leg = row(actor, "legs", "L1")
    typed = fields(page(client, "book-row", row=leg.id.hex()))
    where = reverse("book-row", kwargs={"row": leg.id.hex()})
    assert client.post(where, typed | {"cost": "20"}).status_code == 302
    lost = client.post(where, typed | {"cost": "30"})
    shown = lost.content.decode()
    assert lost.status_code == 409 and "<dd>20</dd>" in shown and 'value="30"' in shown
    assert "Nothing of yours is saved yet" in shown and row(actor, "legs", "L1").cells["cost"] == 20
    assert client.post(where, fields(shown)).status_code == 302 and row(actor, "legs", "L1").cells["cost"] == 30


def test_removing_and_putting_back(client, actor):
    leg = row(actor, "legs", "L3").id.hex()
    assert client.post(reverse("book-row-remove", kwargs={"row": leg}), {"revision": 1}).status_code == 302
    assert "out of the book" in page(client, "book-row", row=leg)
    assert "1 row was removed" in page(client, "book-sheet", sheet="legs")
    assert client.post(reverse("book-row-remove", kwargs={"row": leg}), {"revision": 1}).status_code == 409
    assert client.post(reverse("book-row-restore", kwargs={"row": leg}), {"revision": 2}).status_code == 302
    needed = client.post(reverse("book-row-remove", kwargs={"row": row(actor, "areas", "WEST").id.hex()}), {"revision": 1})
    assert needed.status_code == 400 and "START" in needed.content.decode()   # which row needs it


def test_a_new_goal_is_written_with_its_leg(client, actor):
    where = reverse("book-row-new", kwargs={"sheet": "places"})
    goal = {"code": "NEW", "area": "EAST", "kind": "mission", "goal": "yes"}
    alone = client.post(where, goal)
    assert alone.status_code == 400 and "no leg leads to this goal" in alone.content.decode()
    leg = {"leg-code": "L9", "leg-from": "MID", "leg-to": "NEW", "leg-mode": "car", "leg-profile": "HALFDAY", "leg-cost": "5",
           "leg-currency": "USD"}
    assert client.post(where, goal | leg).status_code == 302
    assert "L9" in {one.code for one in opened(actor).legs}


def test_the_shares_of_a_chain_are_one_form(client, actor):
    one = next(one for one in rows(actor, "chains") if one.cells["scope"] == "TH")
    html = page(client, "book-chain", row=one.id.hex())
    form = next(form for form in Page(html).forms if any(field.name == "editions" for field in form.fields))
    typed = {field.name: field.value for field in form.fields}
    assert (typed["share_0_0"], typed["share_0_1"]) == ("0.9", "0.1")
    where = reverse("book-chain", kwargs={"row": one.id.hex()})
    wrong = client.post(where, typed | {"share_0_1": "0.3"})
    assert wrong.status_code == 400 and "add up" in wrong.content.decode()
    assert client.post(where, typed | {"share_0_0": "0.7", "share_0_1": "0.3"}).status_code == 302
    assert {one.share for one in opened(actor).chains if one.scope == "TH"} == {0.7, 0.3}
    assert client.post(where, typed).status_code == 409     # written meanwhile
    assert client.post(where, typed | {"editions": "../../etc"}).status_code == 400
    assert client.post(reverse("book-chain-new"), typed | {"scope": "LA", "editions": ""}).status_code == 302


def test_a_report_is_written_down_in_one_form(office, client, actor):
    html = page(client, "book-report")
    assert 'value="2030-02-10T06:00"' in html and "S1" in html       # the invented book speaks of that moment
    where = reverse("book-report")
    said = {"area": "EAST", "conditions": ["alert"], "observed": "2030-02-09T20:00", "source": "S9", "origin": "", "reliability": "C",
            "credibility": "3", "hand": "2", "valid_for": "72"}
    assert client.post(where, said | {"source": "call 010-1234-5678"}).status_code == 400
    assert client.post(where, said | {"observed": "2030-02-11T20:00"}).status_code == 400      # after now
    assert client.post(where, said).status_code == 302
    (new,) = [one for one in opened(actor).reports if one.source == "S9"]
    assert (new.origin, new.hand, new.conditions, new.received_at.isoformat()) == ("S9", 2, frozenset({"alert"}), "2030-02-10T06:00:00+00:00")
    shown = text(page(client, "book"))
    assert "alert 10 hours old · source S9 · C3 · second hand" in shown


def test_reports_stand_side_by_side_and_say_that_they_differ(client):
    said = {"area": "WEST", "conditions": ["calm"], "observed": "2030-02-09T20:00", "source": "S2", "origin": "O1", "reliability": "C",
            "credibility": "3", "hand": "1", "valid_for": "72"}
    assert client.post(reverse("book-report"), said).status_code == 302
    shown = text(page(client, "book"))
    assert "They contradict each other" in shown and "Possibly one common source" in shown
    assert "We do not know: no report that still counts" in shown    # of EAST


def test_filters_go_by_post_and_no_code_stands_in_an_address(client):
    answer = client.post(reverse("book"), {"mode": "boat", "area": "", "state": "", "older": ""})
    legs = answer.content.decode().partition('id="legs-table"')[2].partition("</table>")[0]
    assert "L2" in legs and "L1" not in legs
    pages = [answer.content.decode(), page(client, "book"), page(client, "book-sheet", sheet="legs")]
    for html in pages:
        for link in Page(html).links:
            assert not re.search(r"START|WEST|MID|L\d\b", link), link


@pytest.mark.parametrize("role", ["case_worker", "field_liaison", "finance", "rights_officer", "auditor", "organisation_head"])
def test_for_whoever_does_not_coordinate_there_is_no_book(office, client, actor, role):
    other = office.sign_in(office.person(roles={role}, handle="finch"))
    leg = row(actor, "legs", "L1").id.hex()
    for name, where in (("book", {}), ("book-sheet", {"sheet": "legs"}), ("book-row", {"row": leg}), ("book-report", {}),
                        ("book-row-new", {"sheet": "legs"}), ("book-chain-new", {}), ("book-colleagues", {})):
        assert other.get(reverse(name, kwargs=where)).status_code == 404, name
        if name != "book-sheet":
            assert other.post(reverse(name, kwargs=where), {}).status_code == 404, name


def test_the_book_is_given_to_who_came_later(office, client, actor):
    late = office.person(roles={"coordinator"}, handle="late")
    assert "lacks" in page(client, "book-colleagues")
    done = client.post(reverse("book-colleagues"), {"colleague": late.id.hex(), "reason": "joined the desk"})
    assert done.status_code == 302
    other = office.sign_in(late)
    assert "START → MID" in text(page(other, "book"))
    assert "lacks" not in page(client, "book-colleagues")


# ------------------------------------------------------------------------------------------------------------------ map
def on_the_map(client):
    answer = client.post(reverse("book-map"))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/geo+json" and answer["Cache-Control"] == "no-store"
    return answer.json()


def placed(actor):
    """Positions for the three invented places, by hand."""
    for code, lat, lon in (("START", "15.2", "101.3"), ("MID", "16.0", "102.1"), ("GOAL", "17.9", "102.6")):
        place = row(actor, "places", code)
        actions.change_row(actor, place.id, place.cells | {"map_lat": lat, "map_lon": lon}, revision=1)


@pytest.mark.proves("S001-26")
@pytest.mark.refuses("H-04")
def test_a_forbidden_leg_is_on_no_map(client, actor):
    placed(actor)
    legs = [one["properties"]["code"] for one in on_the_map(client)["features"] if one["properties"]["is"] == "leg"]
    assert sorted(legs) == ["L1", "L2", "L3"]                 # L4 is forbidden
    drawn = page(client, "book").partition('class="map-twin"')[2].partition('class="map-live"')[0]
    assert "START" in drawn and drawn.count('class="leg unknown"') == 6 and "mined" not in drawn   # three legs, twice


def test_the_map_knows_provinces_and_opaque_ids(client, actor):
    placed(actor)
    made = on_the_map(client)
    assert made["fictional"] is True
    for one in made["features"]:
        if one["properties"]["is"] == "place":
            assert all(round(number, 1) == number for number in one["geometry"]["coordinates"])
            assert re.fullmatch(r"[0-9a-f]{32}", one["properties"]["id"])
    assert {one["properties"]["line"] for one in made["features"] if one["properties"]["is"] == "leg"} == {"unknown"}
    assert [one["properties"]["age_d"] for one in made["features"] if one["properties"]["is"] == "report"] == [1]


def test_an_unsound_book_is_not_drawn(client, actor):
    placed(actor)
    held = row(actor, "places", "START")
    with writing():
        changes.change(actor, held.written, {"row": held.cells | {"code": "<script>alert(1)</script>"}}, what="row")
    shown = page(client, "book")
    assert "map-twin" not in shown and "<script>alert" not in shown and "things are wrong" in shown
    assert on_the_map(client)["features"] == []


def test_the_map_is_for_whoever_holds_the_book(office, client):
    assert client.get(reverse("book-map")).status_code == 405
    other = office.sign_in(office.person(roles={"case_worker"}, handle="finch"))
    assert other.post(reverse("book-map")).status_code == 404
    assert office.client().post(reverse("book-map")).status_code == 401


@pytest.mark.proves("S001-19")
def test_the_book_says_in_which_country_nobody_serves_a_leg(office, client, actor):
    """TH has L1, L2 and L3 (L4 is forbidden); LA, where only the goal lies, has none."""
    from acts import member

    from waystation_web.contacts import actions as contacts
    from waystation_web.network.queries import overview

    liaison = member(office, "liaison", ("field_liaison",))
    assert [(one.country, one.legs, one.served, one.gaps) for one in overview(actor).coverage] == [
        ("TH", 3, 0, ("L1", "L2", "L3")), ("LA", 0, 0, ())]
    assert "we know nobody 0 of 3" in text(page(client, "book"))
    contacts.keep(liaison, {"code_name": "Wren", "legs": ["L1", "L4"], "countries": ["TH"]})
    contacts.keep(liaison, {"code_name": "Owl", "legs": ["L2"], "countries": ["LA"]})
    lines = {one.country: one for one in overview(actor).coverage}
    assert (lines["TH"].served, lines["TH"].gaps, lines["TH"].contacts, lines["LA"].contacts) == (2, ("L3",), 2, 1)
    assert "we know nobody" not in text(page(client, "book"))
    with writing():
        for held in records.every(actor, "contact"):
            if held.body["code_name"] == "Wren":
                changes.change(liaison, held, {"standing": "burnt"}, what="standing")
    assert {one.country: one.served for one in overview(actor).coverage}["TH"] == 1      # whom nobody may ask serves nothing


@pytest.mark.proves("S001-08", "S001-28")
def test_a_leg_by_car_and_a_crossing_of_a_river_are_entered_and_planned_with(client, actor):
    from waystation.network.build import network_of

    crossing = {"code": "FORD", "area": "EAST", "kind": "crossing"}         # EAST is an area whose conditions speak of a river
    leg = {"leg-code": "L6", "leg-from": "START", "leg-to": "FORD", "leg-mode": "car", "leg-profile": "HALFDAY", "leg-cost": "40",
           "leg-currency": "USD"}
    alone = client.post(reverse("book-row-new", kwargs={"sheet": "places"}), crossing | leg)
    assert alone.status_code == 400 and "none leads on" in alone.content.decode()     # one would be stuck there
    assert client.post(reverse("book-row-new", kwargs={"sheet": "places"}), crossing).status_code == 302
    onward = {"code": "L7", "from": "FORD", "to": "GOAL", "mode": "boat", "profile": "HALFDAY", "cost": "5", "currency": "USD"}
    by_car = {name.removeprefix("leg-"): value for name, value in leg.items()}
    for typed in (onward, by_car):
        assert client.post(reverse("book-row-new", kwargs={"sheet": "legs"}), typed).status_code == 302
    assert re.search(r"START → FORD by car 6–30 40 USD", text(page(client, "book")))
    assert "Kind crossing" in text(page(client, "book-row", row=row(actor, "places", "FORD").id.hex()))
    net = network_of(opened(actor))
    assert net.modes[net.legs.index("L6")] == "car" and {area.code: area.river for area in net.book.areas}["EAST"]
