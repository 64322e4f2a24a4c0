"""What closes: the windows of the leg that is next, the plan's last day, and what nobody wrote down. Nothing of it is green."""

from datetime import timedelta

import pyrage
import pytest
from acts import member
from django.urls import reverse
from test_board import Desk, rows
from test_network import keep

from waystation.network.example import example_book
from waystation_web.desk.today import today
from waystation_web.gateways.database import writing
from waystation_web.journeys.board import board
from waystation_web.network import actions_export
from waystation_web.network.row import body_of
from waystation_web.plans import actions_decide
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

pytestmark = pytest.mark.both

UTC8 = timedelta(hours=8)  # all places of the invented way lie where clocks show so much more


@pytest.fixture
def desk(office):
    return Desk(office)


def window(desk, leg="R01", **cells):
    with writing():
        return records.make(desk.first, "leg", body_of("windows", {"leg": leg} | cells))


def terms(desk, **more):
    """What the plan was asked with."""
    with writing():
        held = kept.one(desk.first, desk.plan, "plan", looked=False)
        facts = held.body["facts"]
        records.change(desk.first, held, {"facts": facts | {"terms": facts["terms"] | more}}, what="plan")
    return desk


def day(office, days=0):
    return (office.now + UTC8 + timedelta(days)).date().isoformat()


def whole(row):
    return row.ref, row.state, row.look, row.what


def test_a_window_that_closes_within_a_day_has_a_clock_in_the_time_of_its_place(desk, office):
    window(desk, to_date=day(office))
    desk.ready()
    (row,) = board(desk.first).closing
    closes = (office.now + UTC8).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(1) - UTC8
    assert row.at == closes and (row.state, row.look) == ("closes", "late")
    minutes = int((closes - office.now).total_seconds() // 60)
    assert row.what == f"the window of R01 · in {minutes // 60} h {minutes % 60:02} min"
    assert not board(desk.first).waits and not board(desk.first).nothing
    page = desk.again() and desk.get("home")[1]
    assert "Closes within a day" in page and "the window of R01" in page


def test_a_window_that_closes_later_is_no_line_yet(desk, office):
    window(desk, to_date=day(office, 2))
    desk.ready()
    assert not board(desk.first).closing and not board(desk.first).waits and board(desk.first).nothing


def test_where_nobody_wrote_a_window_it_is_said_and_never_drawn_as_open(desk):
    desk.ready()
    found = board(desk.first)
    assert [whole(row) for row in found.waits] == [
        ("K7Q2", "not known", "unknown", "no window is written for R01 · the plan names no last day")]
    assert found.nothing and not found.closing  # it is not due by that
    page = desk.again() and desk.get("board")[1]
    assert 'class="state unknown">not known' in page and "no window is written for R01" in page and "state done" not in page


def test_a_window_that_is_shut_says_when_it_opens_and_one_that_never_opens_stands_above(desk, office):
    window(desk, from_date=day(office, 6))
    desk.ready()
    (row,) = board(desk.first).waits
    assert (row.state, row.look, row.what) == ("shut", "", "the window of R01 opens · in 5 days")
    window(desk, leg="C02", to_date="2020-01-01")
    desk.release().step("depart", paid=True, rested=True)
    assert [whole(row) for row in board(desk.first).closing] == [
        ("K7Q2", "shut", "late", "no window of C02 opens within a year")]  # where they are going, nothing goes on
    assert not board(desk.first).waits  # the leg that they are on was begun: its window does not matter any more


def test_the_last_day_of_the_plan_closes_at_its_end_and_is_over_afterwards(desk, office):
    terms(desk, deadline=day(office))
    window(desk)
    desk.moving()
    (row,) = board(desk.first).closing
    assert (row.state, row.look) == ("closes", "late") and row.what.startswith("the last day of the plan · in ")
    office.now = row.at + timedelta(hours=2, minutes=5)
    assert ("K7Q2", "is over", "late", "the last day of the plan · for 2 h 05 min") in [whole(one) for one in board(desk.first).closing]


def test_where_the_clock_of_a_place_is_not_known_the_earliest_is_taken_and_said(desk, office):
    with writing():
        held = kept.one(desk.first, desk.plan, "plan", looked=False)
        records.change(desk.first, held, {"places": [one | {"country": "RU"} for one in held.body["places"]]}, what="plan")
    window(desk, to_date=(office.now + timedelta(hours=14)).date().isoformat())
    desk.ready()
    (row,) = board(desk.first).closing
    assert row.what.endswith("at the earliest: the clock of that place is not known")
    assert (row.at + timedelta(hours=14)).hour == 0 and row.at > office.now


def test_a_decided_plan_has_its_clock_before_anybody_opened_a_journey(desk, office):
    window(desk, to_date=day(office))
    desk.everything().consents()
    asked = desk.ask()
    assert len(board(desk.first).closing) == 1
    (row,) = board(desk.first).closing
    assert row.ref == "K7Q2" and row.what.endswith("not signed by two yet")
    assert row.address == reverse("decision", kwargs={"decision": asked})
    actions_decide.sign(desk.second, asked)
    (row,) = board(desk.first).closing
    assert "not signed" not in row.what
    terms(desk, deadline=day(office, -1))
    assert not board(desk.first).closing  # its last day is over: it is a matter of the past


def test_a_plan_that_begins_later_is_measured_by_the_day_on_which_they_leave(desk, office):
    window(desk, to_date=day(office))
    terms(desk, depart_from=day(office, 4))
    desk.ready()
    assert rows(board(desk.first).closing) == [("K7Q2", "shut", "late")]  # open today, and shut for good when they leave


def test_a_window_that_was_taken_out_of_the_book_counts_no_more(desk, office):
    held = window(desk, to_date=day(office))
    desk.ready()
    assert board(desk.first).closing
    with writing():
        records.change(desk.first, held, {"removed": True}, what="removed")
    found = board(desk.first)
    assert not found.closing and rows(found.waits) == [("K7Q2", "not known", "unknown")]


def test_a_copy_of_the_book_stands_with_whoever_may_sign_it_second(office):
    first, second = (member(office, handle, ("coordinator",)) for handle in ("first", "second"))
    keep(first, example_book())
    key = str(pyrage.x25519.Identity.generate().to_public())
    asked = actions_export.ask(first, purpose="a partner's desk", recipients=[("P1", key)])
    assert not board(first).sign  # one's own
    (row,) = board(second).sign
    assert whole(row) == ("Route book", "sign", "late", "a copy for somebody outside")
    assert row.address == reverse("book-export-one", kwargs={"export": asked}) and not board(second).nothing
    office.now += timedelta(hours=25)
    assert not board(second).sign  # a signature holds for a day
    office.now -= timedelta(hours=25)
    actions_export.sign(second, asked)
    assert not board(second).sign


@pytest.mark.parametrize("said", [None, {"plan": "0" * 32, "terms": {}, "legs": {"A": "X9"}, "countries": {}}])
def test_what_was_written_down_of_another_plan_does_not_count(desk, office, said):
    """Nor does its absence matter: a journey that was begun before anything was written down asks its plan."""
    window(desk, to_date=day(office))
    desk.ready()
    before = [whole(row) for row in board(desk.first).closing]
    with writing():
        held = kept.one(desk.first, desk.journey, "journey", looked=False)
        assert held.body["ahead"]["legs"] and held.body["ahead"]["plan"] == desk.plan.hex()
        records.change(desk.first, held, {"ahead": said}, what="ahead")
    assert before and [whole(row) for row in board(desk.first).closing] == before


def test_a_plan_that_does_not_open_is_counted_and_the_list_says_that_it_is_not_whole(desk):
    from waystation_web.vault.models import Vault

    desk.ready()
    assert board(desk.first).broken == 0
    row = Vault.objects.get(pk=desk.plan)
    Vault.objects.filter(pk=desk.plan).update(payload=bytes(row.payload)[:-1] + bytes([bytes(row.payload)[-1] ^ 1]))
    assert board(desk.first).broken == 1
    page = desk.again() and desk.get("now")
    assert page[0] == 200 and "not whole" in page[1]


def test_nothing_due_says_what_comes_next_and_whether_the_alarm_runs(desk, office, monkeypatch):
    from waystation_web.gateways import beats

    window(desk), window(desk, leg="C02")
    desk.moving()
    assert board(desk.first).next_ref == "K7Q2" and today(desk.first).alarm is None
    page = desk.again() and desk.get("now")[1]
    assert "Nothing is due." in page and "<b>K7Q2</b>" in page and "The alarm is not running." in page
    monkeypatch.setattr(beats, "age", lambda *_: 21.4)
    page = desk.get("now")[1]
    assert "The alarm is running (21 s)." in page and "not running" not in page
    monkeypatch.setattr(beats, "age", lambda *_: beats.GONE + 1.0)
    assert "The alarm is not running." in desk.get("now")[1]


def test_a_quiet_board_leaves_out_what_is_well_and_nothing_else(desk, office):
    desk.moving()
    client = desk.again()
    loud, quiet = (client.get(reverse("board") + more).content.decode() for more in ("", "?quiet"))
    assert "map-figure" in loud and "map-figure" not in quiet and "quiet-board" in quiet and "quiet-board" not in loud
    office.now += timedelta(hours=11)
    client = desk.again()
    assert "overdue" in client.get(reverse("board") + "?quiet").content.decode()


def test_a_hand_over_names_every_case_whose_clock_runs_once_and_not_which_clock(desk, office):
    from waystation_web.desk import handing

    window(desk, leg="C02", to_date=day(office))
    terms(desk, deadline=day(office, 1))
    desk.moving()
    office.now += timedelta(hours=11)
    assert len(board(desk.first).clocks) == 1 and board(desk.first).closing
    assert handing.draft(desk.first).open.splitlines() == ["K7Q2: a clock runs on the board"]
