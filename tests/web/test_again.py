"""A party is planned anew from where it is: what is known stands in the form with where it comes from, the rest is empty."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from doors_plans import answered
from test_decide import A, C
from test_divided import Divided

from waystation import worlds
from waystation.ledger.entries import Direction, Entry, Kind
from waystation.network.files import read_book
from waystation.units import Money
from waystation_web.duty import actions as duty
from waystation_web.gateways.database import writing
from waystation_web.journeys.queries_again import again
from waystation_web.ledger import actions as ledger
from waystation_web.ledger import actions_sign
from waystation_web.network import queries as network
from waystation_web.plans import actions_ask, asking, child
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

ABLE = {"exertion": 3, "walk_km_day": 10, "swim": False, "cold": False}
TERMS = {"start": "HEARTH", "goals": ["HARBOR"], "depart_from": "2026-10-22", "deadline": "2026-12-31", "budget": "3000 USD"}
WORLD = read_book(worlds.world("long-way"))
STEPS = [{"leg": "R01", "cost": "900 USD"}, {"leg": "C02", "cost": "1 EUR"}, {"leg": "", "cost": None}]


class Anew(Divided):
    """A party in the invented world, of people of whom everything is asked; their plan names days and money."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)
        duty.set_limits(self.guard, {"second_signature_above": "5000 USD", "cool_off_hours": 72, "ransom_hold_hours": 24, "review_days": 7,
                                     "safety_floor": None})
        self.able(**ABLE)

    def able(self, **fitness):
        with writing():
            held = kept.one(self.first, self.case, "case", looked=False)
            records.change(self.first, held, {"people": [one | {"fitness": fitness} for one in held.body["people"]]}, what="people")
        return self

    def planned(self, **before):
        plan = super().planned(**before)
        self.write("plan", plan, facts={"party": {"size": 3}, "terms": TERMS, "steps": STEPS})
        return plan

    def write(self, type_, id_, **fields):
        with writing():
            records.change(self.first, kept.one(self.first, id_, type_, looked=False), fields, what="x")

    def says(self, **terms):
        self.write("plan", self.now.plan, facts={"party": {"size": 3}, "terms": TERMS | terms, "steps": STEPS})
        return self

    def paid(self, amount, kind=Kind.FEE, *, by=None, pay=True, **more):
        entry = Entry(**{"ref": "", "kind": kind, "amount": Money.parse(amount), "day": self.office.now.date(), "contact": "heron-9",
                         "direction": Direction.OUT} | more)
        made = ledger.new(by or self.first, ledger.Typed(entry, self.case, "the way", "unknown", None, False, ()))
        if pay:
            actions_sign.pay(by or self.first, made, day=self.office.now.date(), no_receipt="Nobody writes one.")
        return made

    def known(self, name, actor=None, journey=None):
        return again(actor or self.first, journey or self.journey).known[name]


@pytest.fixture
def road(office, monkeypatch):
    monkeypatch.setattr(network, "book", lambda _actor: WORLD)             # how it is kept and opened is asked elsewhere (test_network)
    return Anew(office).bound()


@pytest.mark.proves("S001-25")
def test_where_they_are_and_what_is_left_stand_there_with_their_sources(road):
    road.moving()
    page = again(road.first, road.journey)
    assert page.first == {"start": "HEARTH", "goals": ["HARBOR"], "depart_from": page.offer.first, "deadline": date(2026, 12, 31),
                          "money": "2100.00 USD", "part": 0}
    assert page.offer.first == date(2026, 10, 21)                           # the evening of the 20th it is in that book: a plan begins in the morning
    assert "they left it on 2026-03-02 for ALDER" in page.whence["start"]
    assert page.whence["deadline"].endswith(f"{(date(2026, 12, 31) - page.offer.first).days} days are left.")
    assert page.whence["money"] == (
        "The plan they follow had 3,000.00 USD. No line of the ledger that you may read says what was paid since. "
        "By that plan the legs they have begun since cost 900.00 USD.")
    assert page.whence["part"] == "Those of this journey: A, B, C."
    road.reach()
    assert (road.known("start").value, road.known("start").why) == ("ALDER", "Where they are by the last step of this journey.")


def test_the_larger_of_what_was_paid_and_what_the_legs_cost_is_taken_off(road):
    road.moving()
    road.paid("400 USD")
    assert road.known("money").value == "2100.00 USD"                       # the leg cost 900 by the plan
    road.paid("700.50 USD", Kind.FOOD)
    assert road.known("money").value == "1899.50 USD"
    assert road.known("money").why == (
        "The plan they follow had 3,000.00 USD. Paid since, by lines of the ledger that you may read: 1,100.50 USD. "
        "By that plan the legs they have begun since cost 900.00 USD. The larger of the two is taken off.")
    road.paid("50 USD", Kind.LEGAL), road.paid("80 USD", pay=False)
    road.paid("60 USD", Kind.GRANT, direction=Direction.IN)
    ledger.take_back(road.first, road.paid("90 USD"), reason="Twice.")
    assert road.known("money").value == "1899.50 USD"                       # neither a lawyer nor what is owed, comes in or was taken back


def test_only_what_whoever_asks_may_read_is_counted(road):
    road.moving()
    road.paid("1500 USD", by=road.worker)
    assert "No line of the ledger that you may read" in road.known("money").why and road.known("money").value == "2100.00 USD"
    with writing():
        (line,) = kept.every(road.worker, "money")
        records.share(road.worker, line.id, "money", road.first.id, reason="x")
    assert "1,500.00 USD" in road.known("money").why and road.known("money").value == "1500.00 USD"


@pytest.mark.parametrize(("terms", "field", "value", "why"), [
    ({"deadline": ""}, "deadline", None, "names no last day"),
    ({"deadline": "2026-03-01"}, "deadline", None, "was 2026-03-01: choose another one"),
    ({"budget": "x"}, "money", None, "names no money"), ({"budget": "0 USD"}, "money", None, "names no money"),
    ({"budget": "900 USD"}, "money", None, "By that nothing is left"),
    ({"budget": "3000 EUR"}, "money", None, "What is left is not known."),   # its legs are priced in dollars
])
def test_what_nobody_knows_stays_empty_and_is_said(road, terms, field, value, why):
    road.moving().says(**terms)
    assert road.known(field).value is value and why in road.known(field).why


def test_a_leg_without_a_price_another_currency_and_a_sealed_line_are_not_guessed(road):
    road.moving().write("plan", road.now.plan, facts={"party": {"size": 3}, "terms": TERMS, "steps": STEPS[1:]})
    assert road.known("money").value is None and "What is left is not known." in road.known("money").why
    road.paid("100 USD")
    assert road.known("money").value == "2900.00 USD"
    road.write("money", road.paid("100 EUR", pay=False), paid=road.office.now.date().isoformat())
    assert road.known("money").value is None and "another currency" in road.known("money").why


def test_what_was_spent_before_the_plan_they_follow_was_asked_for_is_in_it_already(road):
    road.moving()
    road.paid("1000 USD")
    road.write("plan", road.now.plan, made_at=(road.office.now + timedelta(days=1)).isoformat())
    assert road.known("money").value == "3000.00 USD"


def test_a_place_that_is_gone_from_the_book_is_not_chosen_and_other_arrivals_are_not_ticked(road):
    road.moving().write("journey", road.journey, at="NOWHERE", goals=["HARBOR", "MINT"], legs=[])
    page = again(road.first, road.journey)
    assert "start" not in page.first and "no place of the route book" in page.whence["start"] and page.first["goals"] == ["HARBOR"]


def test_a_part_is_planned_for_its_people_and_of_its_money_nobody_knows(road, monkeypatch):
    monkeypatch.setattr(child, "answered", answered)
    road.moving().split()
    assert refused(again, road.first, road.journey) == "again"               # the whole is in its parts
    page = again(road.first, road.now.parts[0])
    assert (page.people, page.journey.name, page.whence["part"]) == ((A, C), "K7Q2 · 1", "Those of this journey: A, C.")
    assert "money" not in page.first and "By its plan the whole party had 3,000.00 USD." in page.whence["money"]
    road.reached(0), road.on(0, "replan")
    browser = road.office.sign_in(road.heron)
    where = reverse("journey-again", kwargs={"journey": road.now.parts[0]})
    sent = {"start": "ALDER", "depart_from": "2026-10-22", "deadline": "2026-12-31", "money": "900 USD", "part": "0"}
    answer = browser.post(where, sent)
    assert "The plan is ready" in b"".join(answer.streaming_content).decode()
    with writing():
        (plan,) = [one.body for one in kept.every(road.first, "plan") if one.body.get("journey")]
    assert (plan["people"], plan["journey"], plan["question"].split(",")[0]) == ([A, C], road.now.parts[0].hex(), "K7Q2 · 1 × 1")
    for wrong in ({"money": "900"}, {"start": "NOWHERE"}):
        assert browser.post(where, sent | wrong).status_code == 400, wrong


def test_a_plan_from_here_is_the_plan_of_these_people_and_no_more_opens_than_one_question(road):
    """The planner gets the party of that part: the child that is with its mother, and not the other adult."""
    road.moving().split()
    asked = actions_ask.load(road.first, road.case, asking.Terms(
        "ALDER", ("HARBOR",), date(2026, 10, 22), date(2026, 12, 31), Money.parse("900 USD"), people=(A, C), journey="x"))
    party = asked.question["party"]
    assert (party["size"], party["youngest_y"], asked.people) == (2, 7, (A, C)) and party["guardian_ok"]


def refused(act, *given):
    with pytest.raises(NotPermitted) as why:
        act(*given)
    return why.value.rule


@pytest.mark.parametrize("event", ["stop", "suspend"])
def test_whoever_is_not_on_the_way_is_not_planned_anew(road, event):
    road.moving().step(event, code="captured")
    assert refused(again, road.first, road.journey) == "again"


def test_the_page_of_a_journey_leads_there_and_nothing_of_it_stands_in_an_address(road):
    road.moving()
    browser, where = road.office.sign_in(road.heron), reverse("journey-again", kwargs={"journey": road.journey})
    assert f'href="{where}"' in browser.get(reverse("journey", kwargs={"journey": road.journey})).content.decode()
    page = browser.get(where)
    text = unescape(page.content.decode())
    assert page["Cache-Control"] == "no-store" and 'value="2100.00 USD"' in text and 'value="2026-12-31"' in text
    assert '<option value="HEARTH" selected>' in text and "By that plan the legs they have begun since cost 900.00 USD." in text
    assert not re.search(r'(href|action)="[^"]*(HEARTH|HARBOR|2100|2026-12)', text)
    for name in ("start", "deadline", "money", "depart_from", "part"):
        assert f'id="id_{name}_helptext"' in text, name
    road.step("stop")
    assert where not in browser.get(reverse("journey", kwargs={"journey": road.journey})).content.decode()
    assert browser.get(where).status_code == 403


def test_whoever_may_not_open_the_case_learns_nothing_of_it_here(road):
    road.moving()
    with writing():
        records.share(road.first, road.journey, "journey", road.liaison.id, reason="Her leg.", until=date(2026, 3, 4))
    with pytest.raises(NoSuchVault):
        again(road.liaison, road.journey)
