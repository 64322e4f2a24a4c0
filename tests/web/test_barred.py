"""Who is known for exploiting people is blocked for every role on every journey: no plan, no next stop, no payment, no second contact."""

from dataclasses import replace
from datetime import timedelta
from inspect import signature

import pytest
from acts import member
from django.urls import reverse
from roads import Road
from test_journeys import rule
from test_stopped import line, missing

from waystation.ledger.signatures import Missing
from waystation.trust.vetting import judged
from waystation_web.contacts import actions, queries
from waystation_web.contacts.barred import names_of
from waystation_web.contacts.contact import contact_of
from waystation_web.contacts.forms import GradeForm
from waystation_web.duty import exploiters
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_escort, stops
from waystation_web.vault.errors import NotPermitted

EXPLOITS = {"helper": "exploitative_broker", "exploitation": "Kept two sisters for a debt. (Invented.)"}


@pytest.fixture
def road(office):
    road = Road(office)
    road.other, road.money = member(office, "other", ("field_liaison",)), member(office, "money", ("finance",))
    return road


def wren(road):
    with writing():
        return next(one for one in queries.contacts(road.liaison) if one.code_name == "Wren")


def known_for_it(road, **more):
    actions.keep(road.liaison, EXPLOITS | more, contact=wren(road).id)
    return road


def vetted(road, by, result="cleared"):
    actions.vet(by, wren(road).id, {"speaks_for": "x", "against": "y", "result": result, "cleared_for": "C02",
                                    "ends": road.office.now.date() + timedelta(days=90)})


def recipients(road, leg):
    here = road.now
    with writing():
        return {one.leg: one.recipients for one in stops.stops(road.first, here)}[leg]


def listed(actor, *names):
    with writing():
        return exploiters.listed(actor, names)


@pytest.mark.proves("S001-35")
def test_whoever_exploits_leads_nobody_goes_along_with_nobody_and_is_not_paid(road):
    road.moving().reach()
    assert "Wren" in recipients(road, "C02")
    road.release(leg="C02", to="Wren")
    entry = line(road, "wren")
    known_for_it(road)
    assert wren(road).standing(road.office.now.date()) == "blocked" and wren(road).vettings[-1].against == EXPLOITS["exploitation"]
    assert rule(road.step, "go_on", rested=True) == "company"               # although the stop was released before
    assert "Wren" not in recipients(road, "C02")
    assert rule(actions_escort.ask, road.first, road.journey, leg="C05", who="Wren", risk="x") == "contact"
    assert missing(road, entry) == (Missing.FROZEN,)


def test_everybody_can_ask_by_a_name_and_nobody_learns_one(road):
    known_for_it(road, aliases=["Old Tree"])
    assert listed(road.money, "wren", "old-tree", "Heron") == {"wren", "old-tree"}  # finance opens no contact
    actions.keep(road.liaison, {"code_name": "Rook"}, contact=wren(road).id)
    assert listed(road.money, "Wren", "Rook") == {"Wren", "Rook"}           # another name takes nobody off
    with pytest.raises(NotPermitted) as why:
        actions.keep(road.other, {"code_name": "old tree"})                 # and nobody is kept anew under it
    assert why.value.rule == "exploits"
    mine = actions.keep(road.other, {"code_name": "Lark"})
    with pytest.raises(NotPermitted) as why:
        actions.keep(road.other, {"aliases": ["Rook"]}, contact=mine)
    assert why.value.rule == "exploits"


@pytest.mark.proves("S001-35")
def test_the_planner_goes_by_no_guide_who_exploits(road, monkeypatch):
    from types import SimpleNamespace

    from waystation_web.plans import asking

    shut = {}

    def seen(_book, codes, **_more):
        shut["codes"] = frozenset(codes)
        raise RuntimeError

    guide = SimpleNamespace(code="Wren")
    monkeypatch.setattr(asking, "frozen", seen)
    monkeypatch.setattr(asking, "standing_still", lambda book: book)
    monkeypatch.setattr(asking.network, "book", lambda _actor: SimpleNamespace(guides=(guide,)))
    monkeypatch.setattr(asking.travellers, "party", lambda *_a, **_m: SimpleNamespace(subgroups=()))
    monkeypatch.setattr(asking, "replace", lambda one, **_more: one)
    terms = asking.Terms("HEARTH", ("PLUM",), road.office.now.date(), road.office.now.date(), None)
    for there in (False, True):
        if there:
            known_for_it(road)
        with writing(), pytest.raises(RuntimeError):
            asking.load(road.first, road.case, terms)
        assert ("Wren" in shut["codes"]) is there


def test_the_list_stands_above_all_contacts(road):
    liaison = road.office.person(roles={"field_liaison"}, handle="heron")
    client, actor = road.office.sign_in(liaison), road.office.actor(liaison)
    where = reverse("contacts")
    actions.keep(actor, {"code_name": "Lark"})
    assert "Known for exploiting people" not in client.get(where).content.decode()
    assert client.post(reverse("contact-new"), {"code_name": "Shrike"} | EXPLOITS).status_code == 302
    shown = client.get(where).content.decode()
    assert "Known for exploiting people" in shown and shown.index("Shrike") < shown.index("Lark") and EXPLOITS["exploitation"] in shown


def test_the_block_is_lifted_by_two_and_never_by_an_edit_alone(road):
    known_for_it(road)
    actions.give(road.liaison, wren(road).id, account=road.other.id, reason="to vet", until=None)
    with pytest.raises(NotPermitted) as why:
        vetted(road, road.other)
    assert why.value.rule == "exploits"                                     # while it is written that they exploit
    actions.keep(road.liaison, {"helper": "paid_broker"}, contact=wren(road).id)
    assert wren(road).standing(road.office.now.date()) == "blocked" and listed(road.money, "Wren")
    vetted(road, road.other, "burnt")
    assert listed(road.money, "Wren")
    vetted(road, road.other)
    assert wren(road).standing(road.office.now.date()) == "cleared" and not listed(road.money, "Wren")
    known_for_it(road)
    assert listed(road.money, "Wren") and wren(road).standing(road.office.now.date()) == "blocked"


def test_a_contact_written_before_there_was_a_list_is_blocked_too(road):
    held = wren(road).record
    one = contact_of(replace(held, body=held.body | EXPLOITS))
    assert one.standing(road.office.now.date()) == "blocked" and names_of([one]) == {"Wren"}


@pytest.mark.proves("S004-30")
def test_a_language_gives_no_grade(road):
    """Whoever speaks the language of those who travel is judged by nothing else than whoever does not."""
    actions.keep(road.liaison, {"languages": "Korean"}, contact=wren(road).id)
    day = road.office.now.date()
    assert (wren(road).reliability(day).grade, wren(road).standing(day)) == ("F", "new")
    liaison = road.office.person(roles={"field_liaison"}, handle="heron")
    client, mine = road.office.sign_in(liaison), actions.keep(road.office.actor(liaison), {"code_name": "Lark", "languages": "Korean"})
    assert "is not reliable for that" in client.get(reverse("contact", kwargs={"contact": mine})).content.decode()
    assert "languages" not in signature(judged).parameters and not {"language", "languages"} & set(GradeForm.base_fields)
