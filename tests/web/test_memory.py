"""What an organisation knows after years: who said what of a leg and of a contact stays, though its people leave."""

from datetime import timedelta

import pytest
from acts import member
from test_network import keep, row

from waystation.network.example import example_book
from waystation_web.accounts import people
from waystation_web.contacts import actions as contacts
from waystation_web.contacts import queries as contact_pages
from waystation_web.network import actions, queries

pytestmark = pytest.mark.both


@pytest.mark.proves("S001-13")
def test_what_was_known_of_a_leg_and_of_a_contact_outlives_whoever_wrote_it(office):
    old, stays = member(office, "oldest", ("coordinator",)), member(office, "stays", ("coordinator",))
    liaison = member(office, "liaison", ("field_liaison",))
    keep(old, example_book())
    leg = row(old, "legs", "L1")
    said = [leg.cells["cost"]]
    for cost in ("20", "45"):  # two more years, two more prices
        office.pass_time(days=365)
        was = row(old, "legs", "L1")
        actions.change_row(old, leg.id, {**was.cells, "cost": cost}, revision=was.written.revision)
        said.append(cost)
    wren = contacts.keep(liaison, {"code_name": "Wren", "roles": ["guide"], "legs": ["L1"]})
    for letter, why in (("B", "Three came through."), ("D", "One was turned back.")):
        contacts.grade(liaison, wren, grade=letter, reason=why, ends=office.now.date() + timedelta(days=180))
        office.pass_time(days=300)
    people.remove(office.actor(office.people["anna"]), old.id, reason="left after many years")
    page = queries.row(stays, leg.id)
    assert [before.by for before in page.history] == ["oldest", "oldest"] and page.made_by == "oldest"
    assert [str(was) for before in page.history for name, was, _ in before.was if name == "cost"] == [
        str(one) for one in reversed(said[:-1])]
    assert page.history[0].at - page.history[1].at >= timedelta(days=364)
    kept = contact_pages.page(stays, wren)
    assert [(one.grade, one.reason, one.reviewer) for one in kept.contact.grades] == [
        ("B", "Three came through.", "liaison"), ("D", "One was turned back.", "liaison")]
    assert kept.line.grade == "F"  # both have ended: remembered, and no longer relied on
