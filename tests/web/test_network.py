"""The route book in the office: row by row, sealed, and yet the same book as a file; wrong rows are told, not kept."""

import pytest
from acts import member

from waystation.network.example import example_book
from waystation.network.files import read_book, write_json
from waystation.network.problems import InvalidBook
from waystation.network.rows import RouteBook
from waystation.network.tables import cells_of
from waystation_web.gateways.database import writing
from waystation_web.network import actions, queries
from waystation_web.network.chain import Chain
from waystation_web.network.faults import Unsound
from waystation_web.network.reading import rows_held
from waystation_web.network.row import TYPE_OF, body_of
from waystation_web.records import actions as records
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted


@pytest.fixture
def coordinator(office):
    return member(office, "heron", ("coordinator",))


def keep(actor, book: RouteBook):
    """Every row of a book, written as an import writes it."""
    with writing():
        for sheet, rows in cells_of(book).items():
            for cells in rows:
                records.make(actor, TYPE_OF[sheet], body_of(sheet, cells))


def opened(actor):
    with writing():
        return queries.book(actor)


def rows(actor, sheet=None):
    with writing():
        return [row for row in rows_held(actor) if sheet in {None, row.sheet}]


def row(actor, sheet, code):
    return next(one for one in rows(actor, sheet) if one.code == code)


def test_the_rows_make_the_book_that_its_file_makes(coordinator):
    keep(coordinator, example_book())
    book = opened(coordinator)
    for field in book.__slots__:
        if field != "book":
            assert set(getattr(book, field)) == set(getattr(example_book(), field)), field
    assert book.book == example_book().book
    assert read_book(write_json(book)) == book and opened(coordinator) == book  # the same order each time, here and there


def test_the_digest_says_which_book_it_was(coordinator):
    keep(coordinator, example_book())
    with writing():
        before = queries.digest(coordinator)
        assert queries.digest(coordinator) == before
    leg = row(coordinator, "legs", "L1")
    actions.change_row(coordinator, leg.id, leg.cells | {"cost": "16"}, revision=1)
    with writing():
        assert queries.digest(coordinator) != before


BEGINNING = (
    ("book", {"title": "Invented", "fictional": "yes", "step_hours": "12", "money_value": "10", "money_currency": "USD",
              "conditions": "calm;alert", "seasons": "all:1-12", "as_of": ""}),
    ("areas", {"code": "WEST", "country": "TH"}),
    ("places", {"code": "A", "area": "WEST", "kind": "town"}),
    ("places", {"code": "B", "area": "WEST", "kind": "un_office", "goal": "yes"}),
    ("profiles", {"code": "P", "min": "5", "mode": "6", "max": "7", "q1": "0.25", "q2": "0.5", "q3": "0.25"}),
    ("legs", {"code": "L", "from": "A", "to": "B", "mode": "bus", "profile": "P", "cost": "15", "currency": "USD"}))
SHARES = {("calm", "calm"): "0.9", ("calm", "alert"): "0.1", ("alert", "alert"): "1", ("alert", "calm"): "0"}


def test_a_book_grows_row_by_row_from_nothing(coordinator):
    with pytest.raises(InvalidBook):
        opened(coordinator)
    for one in BEGINNING:
        actions.add_rows(coordinator, [one])
    actions.write_chain(coordinator, Chain("TH", "", SHARES, {}))
    assert [leg.code for leg in opened(coordinator).legs] == ["L"] and len(opened(coordinator).chains) == 3


@pytest.mark.parametrize(("sheet", "cells", "code"), [
    ("places", {"code": "C", "area": "WET", "kind": "town"}, "RB301"),       # speaks of an area that is not there
    ("areas", {"code": "WEST", "country": "TH"}, "RB604"),                   # stands already
    ("areas", {"code": "EAST", "country": "THAI"}, "RB220"),                 # no country
    ("legs", {"code": "M", "from": "A", "to": "B", "mode": "bus", "profile": "P", "cost": "15"}, "RB201"),
])
def test_even_while_it_is_being_written_no_row_may_be_wrong_in_itself(coordinator, sheet, cells, code):
    for one in BEGINNING:
        actions.add_rows(coordinator, [one])
    before = len(rows(coordinator))
    with pytest.raises(Unsound) as why:
        actions.add_rows(coordinator, [(sheet, cells)])
    assert code in {fault.code for fault in why.value.faults} and len(rows(coordinator)) == before


def test_a_change_keeps_what_stood_before_by_whom(office, coordinator):
    keep(coordinator, example_book())
    leg = row(coordinator, "legs", "L1")
    office.pass_time(hours=2)
    actions.change_row(coordinator, leg.id, leg.cells | {"status": "closed", "reason": "a bridge fell"}, revision=1)
    now = row(coordinator, "legs", "L1")
    (line,) = now.written.history
    assert (line["by"], line["what"], line["was"]["row"]) == (coordinator.id.hex(), "row", leg.cells)
    assert now.cells["status"] == "closed" and opened(coordinator).legs[0].reason == "a bridge fell"


@pytest.mark.parametrize(("sheet", "code", "change", "said", "column"), [
    ("legs", "L1", {"to": "NOWHERE"}, "RB302", "to"),
    ("legs", "L1", {"cost": "cheap"}, "RB202", "cost"),
    ("legs", "L4", {"reason": ""}, "RB702", "reason"),             # a forbidden leg says why
    ("places", "START", {"map_lat": "15.23", "map_lon": "101.1"}, "RB701", "map_lat"),   # finer than a province
    ("areas", "WEST", {"code": "WESTERN"}, "RB301", "area"),       # places still speak of the old code
])
def test_a_change_that_breaks_the_book_is_refused_where_it_breaks(coordinator, sheet, code, change, said, column):
    keep(coordinator, example_book())
    before = opened(coordinator)
    one = row(coordinator, sheet, code)
    with pytest.raises(Unsound) as why:
        actions.change_row(coordinator, one.id, one.cells | change, revision=1)
    assert (said, column) in {(fault.code, fault.column) for fault in why.value.faults}
    assert all(fault.sentence.count(": ") >= 1 for fault in why.value.faults)   # what is wrong: what to do
    assert opened(coordinator) == before


def test_what_something_else_needs_is_not_removed(coordinator):
    keep(coordinator, example_book())
    with pytest.raises(Unsound) as why:
        actions.remove_row(coordinator, row(coordinator, "profiles", "DAYS").id, revision=1)
    assert [(fault.sheet, fault.about, fault.column) for fault in why.value.faults] == [("legs", "L3", "profile")]
    leg = row(coordinator, "legs", "L3")
    actions.remove_row(coordinator, leg.id, revision=1)
    actions.remove_row(coordinator, row(coordinator, "profiles", "DAYS").id, revision=1)
    assert "L3" not in {one.code for one in opened(coordinator).legs}
    with pytest.raises(Unsound):
        actions.restore_row(coordinator, leg.id, revision=2)       # its profile is gone now
    assert row(coordinator, "legs", "L3").removed


def test_a_removed_row_comes_back_as_it_was(coordinator):
    keep(coordinator, example_book())
    before, leg = opened(coordinator), row(coordinator, "legs", "L3")
    actions.remove_row(coordinator, leg.id, revision=1)
    assert opened(coordinator) != before
    actions.restore_row(coordinator, leg.id, revision=2)
    assert opened(coordinator) == before
    assert [line["what"] for line in row(coordinator, "legs", "L3").written.history] == ["removed", "put_back"]


def test_a_new_goal_comes_with_the_leg_to_it(coordinator):
    keep(coordinator, example_book())
    goal = ("places", {"code": "NEW", "area": "EAST", "kind": "mission", "goal": "yes"})
    leg = ("legs", {"code": "L9", "from": "MID", "to": "NEW", "mode": "car", "profile": "HALFDAY", "cost": "5", "currency": "USD"})
    with pytest.raises(Unsound) as why:
        actions.add_rows(coordinator, [goal])
    assert [fault.code for fault in why.value.faults] == ["RB601"]
    actions.add_rows(coordinator, [goal, leg])
    assert "NEW" in {place.code for place in opened(coordinator).places}


def test_two_who_write_one_row_do_not_overwrite_each_other(office, coordinator):
    other = member(office, "finch", ("coordinator",))
    keep(coordinator, example_book())
    leg = row(coordinator, "legs", "L1")
    actions.change_row(other, leg.id, leg.cells | {"cost": "20"}, revision=1)
    with pytest.raises(Changed):
        actions.change_row(coordinator, leg.id, leg.cells | {"cost": "30"}, revision=1)
    assert row(coordinator, "legs", "L1").cells["cost"] == 20


def test_the_shares_of_a_chain_change_together(coordinator):
    keep(coordinator, example_book())
    calm = next(one for one in rows(coordinator, "chains") if one.cells["scope"] == "TH" and one.cells["to_condition"] == "alert")
    with pytest.raises(Unsound) as why:
        actions.change_row(coordinator, calm.id, calm.cells | {"share": "0.2"}, revision=1)
    assert {fault.code for fault in why.value.faults} == {"RB403"}
    revisions = {one.id: 1 for one in rows(coordinator, "chains") if one.cells["scope"] == "TH"}
    shares = {("calm", "calm"): "0.8", ("calm", "alert"): "0.2", ("alert", "calm"): "0.3", ("alert", "alert"): "0.7"}
    actions.write_chain(coordinator, Chain("TH", "", shares, {"calm": "6"}, revisions))
    shown = {(one.from_condition, one.to_condition): (one.share, one.strength) for one in opened(coordinator).chains if one.scope == "TH"}
    assert shown[("calm", "alert")] == (0.2, 6.0) and shown[("alert", "alert")] == (0.7, 4.0)
    with pytest.raises(Changed):
        actions.write_chain(coordinator, Chain("TH", "", shares, {"calm": "7"}, revisions))


def test_whoever_does_not_coordinate_has_no_book(office, coordinator):
    keep(coordinator, example_book())
    for role in ("case_worker", "field_liaison", "finance", "security_officer"):
        other = member(office, role[:8], (role,))
        assert rows(other) == []
        with pytest.raises(InvalidBook):
            opened(other)
        with pytest.raises(NotPermitted):
            actions.add_rows(other, [("areas", {"code": "NORTH", "country": "LA"})])
        with pytest.raises(NoSuchVault):
            actions.change_row(other, row(coordinator, "legs", "L1").id, {}, revision=1)


def test_who_came_later_is_given_the_whole_book(office, coordinator):
    keep(coordinator, example_book())
    late = member(office, "late", ("coordinator",))
    assert rows(late) == []
    assert actions.admit(coordinator, late.id, reason="joined") == len(rows(coordinator))
    assert opened(late) == opened(coordinator)


def test_a_row_that_does_not_open_is_no_smaller_book(coordinator):
    """A plan without a leg that somebody damaged would be another plan: the whole book is refused."""
    from waystation_web.vault.errors import Refused
    from waystation_web.vault.models import Vault

    keep(coordinator, example_book())
    leg = row(coordinator, "legs", "L3")
    held = Vault.objects.get(pk=leg.id)
    Vault.objects.filter(pk=leg.id).update(payload=bytes(held.payload[:-1]) + bytes([held.payload[-1] ^ 1]))
    with pytest.raises(Refused):
        opened(coordinator)
