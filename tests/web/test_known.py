"""What became known of an incident: the chain of hand-overs, for what they were sold; and the lines that only some incidents have."""

from datetime import date, timedelta
from inspect import signature

import pytest
from django.urls import reverse
from test_decide import B
from test_incidents import Caught

from waystation.casework.screening import trafficking
from waystation_web.cases.forms_screens import TraffickingForm
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_incident, actions_known
from waystation_web.journeys.forms_incident import ReportForm
from waystation_web.journeys.forms_known import PurposeForm
from waystation_web.journeys.responding import more_lines
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

HANDED = {"from_": "TH", "to": "CN", "day": date(2026, 3, 3), "how_known": "Counsel rang. (Invented.)"}


@pytest.fixture
def road(office):
    return Caught(office)


def lines(page):
    return [one.name for one in page.tasks]


def needs(road, who, *codes):
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        people = [one | ({"needs": list(codes)} if one["id"] == who else {}) for one in held.body["people"]]
        records.change(road.first, held, {"people": people}, what="people")


@pytest.mark.proves("S002-04", "S004-47")
def test_nine_who_were_told_a_lie_by_officials_are_followed_from_state_to_state(road, office):
    """They were told that they go on to safety, and were flown back: who handed whom to whom, children first, hours running."""
    road.taken(kind="official_deception")
    assert road.page.name == "deceived by officials" and road.page.known.holder == ""
    actions_known.handed(road.worker, road.incident, HANDED)
    actions_known.handed(road.first, road.incident, HANDED | {"from_": "LA", "to": "TH", "day": date(2026, 3, 2)})
    actions_known.handed(road.first, road.incident, HANDED | {"from_": "KP", "to": "KP", "day": None, "how_known": "nobody"})
    assert [(one.from_, one.to, one.known) for one in road.page.known.links] == [
        ("LA", "TH", True), ("TH", "CN", True), ("CN", "KP", False), ("KP", "KP", True)]
    assert road.page.known.holder == "KP" and road.page.log[0][0].text == "KP → KP"
    children = next(one for one in road.page.tasks if one.name == "children")
    assert (children.due - office.now).total_seconds() == 2 * 3600 and children.owner == ""
    actions_incident.own(road.first, road.incident, "children", road.worker.id)
    assert next(one for one in road.page.tasks if one.name == "children").owner == "worker"


@pytest.mark.proves("S000-28")
@pytest.mark.parametrize(("kind", "has"), [("escape", True), ("violence", True), ("betrayal", False)])
def test_whoever_got_away_is_looked_at_for_injuries_first(road, kind, has):
    road.taken(kind=kind, stop=False)
    assert ("injuries" in lines(road.page)) is has
    if has:
        assert lines(road.page).index("injuries") < lines(road.page).index("who")


@pytest.mark.parametrize(("codes", "kind", "line", "said"), [
    (("NK-SI",), "injury", True, True), ((), "capture", True, False), ((), "injury", False, False)])
def test_who_would_rather_die_than_be_returned_is_not_left_alone(road, codes, kind, line, said):
    needs(road, B, *codes)
    road.taken(kind=kind)
    assert ("watch_over" in lines(road.page)) is line
    told = "they would rather die than be returned"
    assert (told in page_of(road)) is said and road.page.feared is said


def page_of(road):
    return road.office.sign_in(road.heron).get(reverse("incident", kwargs={"incident": road.incident})).content.decode()


def test_where_the_case_cannot_be_read_no_line_is_left_out(road):
    road.moving()
    assert more_lines("betrayal", None, road.now) == {"more": ["children"], "feared": False}
    assert more_lines("capture", None, road.now) == {"more": ["children", "watch_over"], "feared": False}


@pytest.mark.proves("S004-29")
def test_for_what_they_were_sold_and_what_made_it_possible_is_written_down(road):
    road.taken(kind="trafficking")
    client = road.office.sign_in(road.heron)
    at = reverse("incident-purpose", kwargs={"incident": road.incident})
    assert client.post(at, {"purposes": ["marriage", "labour"], "causes": "Few women, and a price for each. (Invented.)"}).status_code == 302
    assert road.page.known.purposes == ("marriage", "labour")
    shown = client.get(reverse("incident", kwargs={"incident": road.incident})).content.decode()
    assert "sold for marriage, forced work" in shown and "Few women, and a price for each." in shown
    assert client.post(at, {"purposes": ["nothing of the kind"]}).status_code == 400
    assert road.page.known.purposes == ("marriage", "labour")


@pytest.mark.proves("S000-18")
def test_the_page_says_how_it_went_before_by_state_and_by_time(road, office):
    """Six were taken by one State and sent back after a day, one by another and nobody knows; then one more."""
    road.taken()
    with writing():
        body = dict(kept.one(road.first, road.incident, "incident", looked=False).body)
        for number in range(7):
            at, back = office.now - timedelta(days=40), office.now - timedelta(days=39)
            line = {"by": road.first.id.hex(), "at": back.isoformat(), "kind": "return", "text": "x"}
            records.make(road.first, "incident", {
                **{name: body[name] for name in ("kind", "silent", "journey", "case", "case_ref", "status")}, "began": at.isoformat(),
                "log": [line] if number < 6 else [], "handed": [{"from": "CN" if number < 6 else "LA", "to": "", "how_known": "x"}]})
    (everywhere,) = road.page.before
    assert (everywhere.state, [(one.days, one.found.returned, one.found.unknown, one.found.n) for one in everywhere.after]) == (
        "", [(1, 6, 1, 7), (3, 6, 1, 7), (30, 6, 1, 7)])
    actions_known.handed(road.first, road.incident, HANDED | {"from_": "CN", "to": ""})
    there, everywhere = road.page.before
    assert (there.state, there.after[0].low, there.after[0].high) == ("CN", 61, 100) and everywhere.after[0].high == 100
    shown = page_of(road)
    assert "6 of 6" in shown and "between 61 and 100" in shown and "too few to say" not in shown
    actions_known.handed(road.first, road.incident, HANDED | {"from_": "LA", "to": "", "day": date(2026, 1, 1)})
    there, _everywhere = road.page.before
    assert (there.state, there.after[2].found.unknown, there.after[2].low) == ("LA", 1, None)


@pytest.mark.proves("S004-30")
def test_what_a_seller_intended_is_asked_nowhere_and_undoes_nothing(road):
    """They thought that they did a favour: it is trafficking as it is without that, and no form has a place for it."""
    asked = {name for form in (ReportForm, PurposeForm, TraffickingForm) for name in form.base_fields}
    assert not [name for name in asked if "inten" in name or "favour" in name or "meant" in name]
    assert set(signature(trafficking).parameters) == {"acts", "means", "purposes", "child"}
    road.moving()
    client = road.office.sign_in(road.heron)
    at = reverse("incident-new", kwargs={"journey": road.journey})
    assert "believed that they did a favour has sold somebody all the same" in client.get(at).content.decode()
    made = client.post(at, {"kind": "trafficking", "how_known": "An ethnic Korean who thought it a favour sold her. (Invented.)"})
    assert made.status_code == 302 and "<h1>Sold or trafficked · " in client.get(made["Location"]).content.decode()


def test_a_hand_over_needs_a_state_that_is_one_and_how_it_is_known(road):
    road.taken()
    client, at = road.office.sign_in(road.heron), reverse("incident-handed", kwargs={"incident": road.incident})
    for typed, said in (({"from_": "XX", "how_known": "x"}, "No State has this code."), ({"how_known": "x"}, "Say at least one of the two States."),
                        ({"from_": "la"}, "This field is required.")):
        refused = client.post(at, typed)
        assert refused.status_code == 400 and said in refused.content.decode()
    assert road.page.known.links == ()
    assert client.post(at, {"from_": "la", "to": "", "how_known": "x"}).status_code == 302
    assert [(one.from_, one.to) for one in road.page.known.links] == [("LA", "")]
