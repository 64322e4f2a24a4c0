"""Our own counts: whole quarters, nothing below eleven, how it was counted beside each number, never mixed with others'."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from acts import member
from django.urls import reverse
from test_decide import BEFORE, Stage

from waystation.planning.decision import Chosen
from waystation_web.figures import counting, drawing, own
from waystation_web.figures.own import TABLES, Query, counted, quarter_before
from waystation_web.gateways.database import writing
from waystation_web.plans import actions_decide
from waystation_web.records import actions as records
from waystation_web.vault.errors import NotPermitted

pytestmark = pytest.mark.once


def arrived(actor, size, *, day="2025-06-03", sex="2", country="CN"):
    """A case of some people of one sex that arrived on a day."""
    people = [{"id": f"{k:032x}", "code": f"P{k}", "birth": "1990", "sex": sex} for k in range(size)]
    line = {"id": "0" * 16, "by": actor.id.hex(), "at": f"{day}T09:00:00+00:00", "kind": "status", "text": "arrived"}
    with writing():
        records.make(actor, "case", {"ref": "AAAA", "status": "settling", "people": people, "timeline": [line], "request": {"country": country}})


@pytest.mark.refuses("H-11")
def test_who_arrived_is_counted_over_whole_quarters_and_nobody_can_be_reckoned(office):
    heron = office.person(roles={"coordinator"}, handle="heron")
    chief, browser = member(office, "chief", ("coordinator",)), office.sign_in(heron)
    for size, more in ((30, {}), (30, {"sex": "1"}), (30, {"day": "2024-02-01"}), (3, {"day": "2024-03-01", "sex": "1"}), (9, {"day": "2026-01-05"})):
        arrived(chief, size, **more)
    page = browser.get(reverse("own-figures"), {"table": "arrivals-year-sex"}).content.decode()
    text = browser.get(reverse("own-figures-table"), {"table": "arrivals-year-sex"}).content.decode()
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == ["year", "sex", "people"] and rows[-2] == ["all", "all", "95"]  # 93, without those of this quarter
    cells = {tuple(row[:2]): row[2] for row in rows[1:-2] if "all" not in row[:2]}
    assert len(cells) == 4 and all(count == "" or int(count) >= 10 for count in cells.values()) and "" in cells.values()
    words = Query(TABLES["arrivals-year-sex"], date(2025, 12, 31)).words
    assert rows[-1] == [f"# {words}"] and words in page and "left out" in page
    assert "never put together with it" in page and "Another population" in page  # what others published stands apart
    picture = browser.get(reverse("own-figures-picture"), {"table": "arrivals-year-sex"}).content.decode()
    assert words in picture and picture.startswith("<svg") and "left out" in picture
    assert "93" not in [row[2] for row in rows if len(row) > 2]
    few = browser.get(reverse("own-figures"), {"table": "ways-means-chosen"}).content.decode()
    assert "Fewer than 11 in all" in few and "<rect" not in few
    assert browser.get(reverse("own-figures-picture"), {"table": "ways-means-chosen"}).status_code == 404
    assert browser.get(reverse("own-figures-table"), {"table": "names"}).status_code == 404


def test_the_query_stands_in_the_record_and_leaves_without_what_could_be_tried(office, monkeypatch):
    chief, other = member(office, "chief", ("coordinator",)), member(office, "other", ("case_worker",))
    arrived(chief, 12)
    told = []
    monkeypatch.setattr(counting, "record", lambda actor, event, **said: told.append(said))
    found = counting.own(chief, "arrivals-year-age")
    assert told[0]["reason"] == found.of.query.words and told[0]["count"] == 1 and len(told[0]["rows"]) == 32
    assert told[0]["rows"] not in own.table(found.of) and "1 records" not in own.table(found.of)
    assert counting.own(chief, "arrivals-year-age").of == found.of  # again, the same
    with pytest.raises(NotPermitted):
        counting.own(other, "arrivals-year-age")


def test_what_was_typed_as_a_country_never_leaves_as_it_was_typed_and_a_sex_nobody_asked_is_not_known():
    assert quarter_before(date(2026, 12, 31)) == date(2026, 9, 30)
    rows = [{"country": counting._country(one), "sex": ""} for one in ["CN"] * 12 + ["=cmd()"] * 12]
    shown = counted(Query(TABLES["arrivals-country-sex"], date(2025, 12, 31)), rows)
    assert "=cmd" not in own.table(shown) and [cell for cell, _ in drawing.drawn(shown).rows] == [("not known", "not known"), ("CN", "not known")]


@pytest.mark.proves("S001-27")
def test_which_kinds_of_ways_were_chosen_is_counted_by_means_and_countries_and_never_by_leg(office):
    stage = Stage(office)
    steps = [{"place": "SECRET-A", "to": "SECRET-B", "leg": "SECRET-LEG", "mode": "boat"}]
    places = [{"code": "SECRET-A", "country": "XA"}, {"code": "SECRET-B", "country": "XB"}]
    for number in range(12):
        with writing():
            case = records.make(stage.first, "case", {"ref": f"C{number:03d}", "people": []})
            body = {"case": case.key, "case_ref": case.body["ref"], "question": "q", "headline": "h", "state": "THIN", "digest": "ab" * 16, "aloud": [],
                    "before": BEFORE, "exposed": [], "exposed_beyond_limit": [], "made_at": "2026-03-02T09:00:00+00:00", "fictional": True,
                    "facts": {"steps": steps}, "places": places}
            plan = records.make(stage.first, "plan", body).id
        decision = stage.ask(plan=plan, chosen=Chosen.NO, look_again=office.now.date() + timedelta(days=3), alternatives="By road: nobody knows it.")
        if number < 11:
            actions_decide.sign(stage.second, decision)
        assert stage.decision(decision).alternatives == "By road: nobody knows it."
    assert counting.own(stage.first, "ways-means-chosen").of.shown is None  # the quarter is not past yet
    office.now = datetime(2026, 4, 2, 9, tzinfo=UTC)
    found = counting.own(stage.first, "ways-countries-chosen").of
    text = own.table(found)
    assert "XA → XB,no,10" in text and "SECRET" not in text and found.shown.total == 10  # eleven that two signed, rounded; one signed alone is none
    assert "boat,no,10" in own.table(counting.own(stage.first, "ways-means-chosen").of)

