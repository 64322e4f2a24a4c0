"""What a closed journey taught: what happened on each leg, what was believed without it and with it, and never a number too many."""

import json
from datetime import timedelta

import pytest
import world
from django.urls import reverse
from roads import Road

from waystation import worlds
from waystation.network.files import read_book
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_close, queries_taught
from waystation_web.network import actions_import
from waystation_web.network import queries as network
from waystation_web.plans import child
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

SPOKEN = {"state": "THIN", "low": 0.021, "high": 0.134, "n": 32, "weighs": 42}
MUTE = {"state": "PRIOR_ONLY", "low": None, "high": None, "n": 3, "weighs": 9}


def said(leg, before, now, moved=0, *, by_one=False, ended="arrived", stands=True):
    return {"leg": leg, "ended": ended, "stands": stands, "before": before, "now": now, "moved": moved, "by_one": by_one}


class Closed(Road):
    """A journey as it lies there when it is over, and a child that answers what it is told to."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)
        actions_import.take_in(self.first, read_book(worlds.world("long-way")))
        self.asked, self.answers = [], []

    def went(self, *legs, status="complete", **more):
        at = self.office.now
        began = [{"leg": leg, "start": start, "end": end, "guide": "Heron", "started": (at - timedelta(hours=9)).isoformat(),
                  "due": [at.isoformat()] * 4, "arrived": 3, "itself": False, "condition": "", "code": code,
                  "ended": at.isoformat() if code else None, "heard": at.isoformat()} for leg, start, end, code in legs]
        with writing():
            self.journey = records.make(self.first, "journey", {
                "case": self.case.hex(), "case_ref": "K7Q2", "plan": self.plan.hex(), "decision": "00" * 16, "size": 3, "goals": [],
                "status": status, "at": "MINT", "legs": began} | more).id
        return self

    def closed(self, *legs, **more):
        self.went(*legs, **more)
        actions_close.learn(self.first, self.journey, reason="Debriefed.")
        return self

    def child(self, monkeypatch, *rows):
        def answers(question):
            self.asked.append(json.loads(json.dumps(question)))
            yield {"taught": list(rows)}

        monkeypatch.setattr(child, "answered", answers)
        return queries_taught.lessons(self.first, self.journey)


CAME = (("R01", "HEARTH", "ALDER", "passed"), ("C02", "ALDER", "MINT", "seen"))


STOOD = []  # to take the book in takes longer than a test: each gets a copy of one office that has it


@pytest.fixture
def road(office):
    if not STOOD:
        first = Closed(office)
        STOOD.append((world.Kept.of(office), dict(vars(first))))
    [(stood, known)] = STOOD
    stood.put_back(office)
    road = Closed.__new__(Closed)
    vars(road).update(known, office=office, asked=[], answers=[])
    return road


def test_each_leg_says_in_a_sentence_what_was_believed_what_happened_and_what_is_believed_now(road, monkeypatch):
    road.closed(*CAME)
    first, second = road.child(monkeypatch, said("R01", SPOKEN, SPOKEN | {"low": 0.019, "high": 0.129, "n": 33}, -1),
                               said("C02", MUTE, MUTE | {"n": 4}, -1, by_one=True)).rows
    assert (first.where, first.happened) == ("HEARTH → ALDER", "passed")
    assert first.before == "Of 100 parties between 2 and 13 are lost. Known ends of the same kind in 12 months: 32."
    assert first.now == "Of 100 parties between 2 and 13 are lost. Known ends of the same kind in 12 months: 33."
    assert first.moved == "The danger that is believed fell, by less than one party of 100."
    assert first.why == "One outcome, beside a belief that weighs as much as 42."
    assert second.before == "We do not know. Known ends of the same kind in 12 months: 3." and not second.speaks
    assert second.moved == "The danger that is believed fell." and "of 100" not in second.before + second.now + second.moved


def test_what_is_asked_is_the_book_as_it_stands_and_the_rows_that_closing_wrote(road, monkeypatch):
    road.closed(*CAME)
    road.child(monkeypatch, said("R01", SPOKEN, SPOKEN), said("C02", SPOKEN, SPOKEN))
    (asked,) = road.asked
    legs, book = asked["taught"]["legs"], asked["taught"]["book"]
    assert [(one["leg"], one["ended"], one["party_size"], one["condition"]) for one in legs] == [
        ("R01", "arrived", 3, ""), ("C02", "arrived", 3, "")]
    for one in legs:  # each stands there, word for word
        assert any(all(row.get(name, "") == one[name] for name in ("leg", "started", "ended", "ended_at", "last_heard", "party_size"))
                   for row in book["outcomes"]), one
    assert set(asked) == {"taught"} and set(asked["taught"]) == {"book", "now", "legs"}


def test_the_child_itself_takes_this_journey_out_and_puts_it_in(road):
    """The real child on the invented world: the rows are found, and the belief moves the way in which it must."""
    road.closed(("R01", "HEARTH", "ALDER", "passed"), ("C02", "ALDER", "MINT", "captured"), status="suspended")
    came, taken = queries_taught.lessons(road.first, road.journey).rows
    assert taken.moved.startswith("The danger that is believed rose") and taken.happened == "captured"
    assert came.moved.startswith("The danger that is believed fell") and came.before and came.now and came.why


def test_silence_is_said_as_silence(road):
    leg = actions_close.begun(road.went(("R01", "HEARTH", "ALDER", "")).now)[0]
    row = queries_taught.happened(leg)
    assert row.happened == "Nobody knows how it ended. It counts as silence, and not as an arrival." and not row.known


def test_own_choice_a_changed_row_and_a_leg_that_is_gone_are_said(road, monkeypatch):
    road.closed(("R01", "HEARTH", "ALDER", "left"), ("C02", "ALDER", "MINT", "passed"), ("C05", "MINT", "PLUM", "passed"), status="left")
    own, changed, gone = road.child(monkeypatch, said("R01", None, None, ended=None), said("C02", SPOKEN, SPOKEN, stands=False),
                                    said("C05", None, None)).rows
    assert own.moved == "It teaches nothing of this leg's danger." and road.asked[0]["taught"]["legs"][0] == {"leg": "R01", "ended": ""}
    assert "changed or taken out" in changed.moved and not changed.before and changed.now
    assert gone.moved == "This leg is no part of the route book any more."


def test_the_page_shows_what_happened_and_works_out_the_rest_when_it_is_asked_to(road, monkeypatch):
    road.closed(*CAME)
    client = road.office.sign_in(road.heron)
    where = reverse("journey-taught", kwargs={"journey": road.journey.hex()})
    page = client.get(where).content.decode()
    assert "passed, but seen" in page and "Believed before" not in page and "Why one journey changes little" in page
    rows = [said("R01", SPOKEN, SPOKEN, -1), said("C02", MUTE, MUTE, 1)]
    monkeypatch.setattr(child, "answered", lambda _asked: iter([{"taught": rows}]))
    shown = client.post(where).content.decode()
    assert "between 2 and 13 are lost" in shown and '<span class="hatched">We do not know.' in shown and "state is" not in shown
    broken = [{"taught": rows[:1]}]  # of two legs one: nothing is shown of it
    monkeypatch.setattr(child, "answered", lambda _asked: iter(broken))
    refused = client.post(where)
    assert refused.status_code == 409 and "It could not be worked out" in refused.content.decode()
    journey = client.get(reverse("journey", kwargs={"journey": road.journey.hex()})).content.decode()
    assert f'href="{where}"' in journey


def test_a_book_with_faults_teaches_nothing_and_says_so(road, monkeypatch):
    road.closed(*CAME)

    def faulty(_actor):
        raise queries_taught.InvalidBook([])

    monkeypatch.setattr("waystation_web.network.queries.book", faulty)
    answer = road.office.sign_in(road.heron).post(reverse("journey-taught", kwargs={"journey": road.journey.hex()}))
    assert answer.status_code == 409 and "The route book has faults" in answer.content.decode()


def test_a_journey_that_is_not_closed_has_taught_nothing_yet_and_others_see_none(road):
    road.went(*CAME)
    for ask in (queries_taught.page, queries_taught.lessons):
        with pytest.raises(NoSuchVault):
            ask(road.first, road.journey)
    road.closed(*CAME)
    for nobody in (road.worker, road.guard):
        with pytest.raises(NoSuchVault):
            queries_taught.page(nobody, road.journey)


def test_who_makes_no_plans_sees_what_happened_and_has_nothing_worked_out(road, monkeypatch):
    """Not even somebody who was let read the whole book as well."""
    road.closed(*CAME)
    with writing():
        book = network.book(road.first)
    monkeypatch.setattr(network, "book", lambda _actor: book)
    monkeypatch.setattr(child, "answered", lambda _asked: iter([{"taught": [said("R01", SPOKEN, SPOKEN), said("C02", SPOKEN, SPOKEN)]}]))
    with writing():
        held = kept.one(road.first, road.journey, "journey", looked=False)
        records.let_sign(road.first, held.id, "journey", road.guard.id)
    page = queries_taught.page(road.guard, road.journey)
    assert [row.happened for row in page.rows] == ["passed", "passed, but seen"] and not page.may_ask
    with pytest.raises(NotPermitted):
        queries_taught.lessons(road.guard, road.journey)
