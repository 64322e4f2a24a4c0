"""After a capture: what may be told is worked out, a person freezes, the planner obeys; the hours have owners; a demand waits."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse
from roads import Road

from waystation.journeys.stoploss import knew
from waystation.ledger.signatures import Choice
from waystation.units import Money
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_incident, exposure, queries
from waystation_web.journeys.board import board
from waystation_web.journeys.models import Watch
from waystation_web.journeys.queries_incident import page
from waystation_web.ledger import actions as ledger
from waystation_web.ledger import actions_sign
from waystation_web.ledger.entry import line_of
from waystation_web.network import freezes
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.models import Account

TYPED = {"kind": "capture", "how_known": "The host saw the car. (Invented.)", "province": "Jilin", "force": "", "stop": True}


class Caught(Road):
    """A party on its first leg, and what people do then."""

    def __init__(self, office):
        self.heron = office.person(roles={"coordinator"}, handle="heron")
        super().__init__(office)
        self.rights, self.rights2 = member(office, "rights", ("rights_officer",)), member(office, "rights2", ("rights_officer",))
        self.money = member(office, "money", ("finance",))

    def taken(self, **more):
        self.moving()
        self.incident = actions_incident.report(self.first, self.journey, TYPED | more)
        return self

    @property
    def page(self):
        return page(self.first, self.incident)

    def act(self, event, actor=None, **typed):
        return actions_incident.make_step(actor or self.first, self.incident, event, {"reason": "As it is."} | typed)

    def answered(self):
        self.act("suspect", graded=True)
        for name in ("codes", "next_legs", "payments"):
            actions_incident.own(self.first, self.incident, name, self.second.id)
        self.act("respond")
        return self


@pytest.fixture
def road(office):
    return Caught(office)


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


@pytest.mark.proves("S002-13")
@pytest.mark.parametrize(("kind", "words"), [("capture", "taken"), ("forced_return", "sent back")])
def test_a_report_stops_the_journey_and_stands_first_on_the_board(road, office, kind, words):
    road.taken(kind=kind)
    assert road.now.status == "suspended" and road.now.legs[0].code == "captured" and not Watch.objects.exists()
    office.now += timedelta(hours=1, minutes=40)
    row = board(road.second).clocks[0]
    assert (row.ref, row.state, row.what) == ("K7Q2", words, "for 1 h 40 min")
    assert [one["code"] for one in road.page.instructions] == ["A", "B"]  # what they signed comes first
    assert road.told()[-1] == ("incident", "reported")
    with writing():
        assert kept.maybe(road.worker, road.incident, "incident") is not None  # the case's worker reads it
        assert kept.maybe(road.rights, road.incident, "incident") is not None


@pytest.mark.proves("S000-27")
def test_how_they_were_taken_away_and_what_held_them_is_asked_and_never_guessed(road, office):
    road.taken()
    assert road.page.held_how == ()  # not asked is not "nothing held them"
    client = office.sign_in(road.heron)
    where = reverse("incident-new", kwargs={"journey": road.journey.hex()})
    form = client.get(where).content.decode()
    assert form.count('name="restraint"') == 8 and "checked" not in form and '<option value="" selected>not known' in form
    sent = client.post(where, TYPED | {"moved_by": "motorbike", "restraint": ["close", "blindfold"], "stop": ""})
    shown = client.get(sent["Location"]).content.decode()
    assert "by motorbike, eyes covered, made to hold on to whoever took them" in shown
    refused = client.post(where, TYPED | {"moved_by": "camel", "restraint": ["magic"]})
    assert refused.status_code == 400


def test_what_may_be_told_is_a_walk_over_what_is_written_down(road):
    road.taken()
    found = {one["code"]: (one["distance"], one["through"]) for one in road.page.proposals}
    assert found["Heron"] == (1, "party") and found["R01"] == (1, "party") and found["HEARTH"][0] == 1
    assert "Wren" not in found  # serves a leg that they never saw, and Heron does not know her
    with writing():
        contacts = exposure.people.contacts(road.first)
    known = exposure.known(contacts, road.now, [])
    seen, ring = set(), {"party"}
    while ring:  # by hand: everything that anybody knows, until nothing is new
        seen |= ring
        ring = {code for who in ring for code in known.get(who, ())} - seen
    assert {one.code for one in knew(known, {"party"})} == seen - {"party"} == set(found) - {"K7Q2"}
    assert found["K7Q2"] == (0, "")  # and before all what is paid for the party itself


def test_a_person_confirms_and_the_planner_and_the_next_stop_obey_at_once(road):
    road.taken()
    with writing():
        assert freezes.codes(road.first) == frozenset()  # a proposal is no freeze
    assert rule(actions_incident.confirm, road.first, road.incident, ["PLUM"]) == "proposal"
    assert actions_incident.confirm(road.first, road.incident, ["Heron", "ALDER"]) == 2
    with writing():
        assert freezes.codes(road.first) == {"Heron", "ALDER"}
    assert {one["code"]: one["state"] for one in road.page.proposals}["ALDER"] == "frozen"
    road.step("free", asked_again=True)
    road.step("free", actor=road.second)
    assert queries.next_stops(road.first, road.journey) == ()  # its only way leads into a frozen place
    assert rule(road.release) == "next_stop"


def test_a_frozen_place_is_in_no_plan_until_somebody_lets_it_go(road):
    from waystation import worlds
    from waystation.network.files import read_book
    from waystation_web.network import actions_import
    from waystation_web.plans import asking

    road.taken()
    actions_import.take_in(road.first, read_book(worlds.world("long-way")))
    actions_incident.confirm(road.first, road.incident, ["ALDER"])
    shut = [leg for leg in asked_book(road, asking) if leg["to"] == "ALDER" or leg["from"] == "ALDER"]
    assert shut and all(leg.get("status") in {"closed", "forbidden"} for leg in shut)
    actions_incident.let_go(road.first, road.incident, ["ALDER"], reason="Nobody came to ask for it.")
    assert any(leg.get("status", "open") == "open" for leg in asked_book(road, asking) if leg["to"] == "ALDER")


def asked_book(road, asking):
    """The legs that the child would be given."""
    from datetime import date
    from decimal import Decimal

    from waystation_web.records import actions as records

    able = {"exertion": 4, "walk_km_day": 20, "swim": False, "cold": True, "slower_percent": 100}
    with writing():
        held = kept.one(road.first, road.case, "case", looked=False)
        people = [{**one, "fitness": able} for one in held.body["people"]]
        ties = [{"id": "1", "from": people[0]["id"], "to": people[2]["id"], "type": "parent"}]
        records.change(road.first, held, {"people": people, "relations": ties}, what="people")
        asked = asking.load(road.first, road.case, asking.Terms(
            "HEARTH", ("HARBOR",), date(2026, 10, 22), date(2026, 12, 31), Money(Decimal(9000), "USD")))
    return asked.question["book"]["legs"]


def test_nothing_is_answered_before_each_loss_has_an_owner(road, office):
    road.taken()
    assert rule(road.act, "suspect") == "grade"
    road.act("suspect", graded=True)
    assert rule(road.act, "respond") == "stop_loss"
    for name in ("codes", "next_legs"):
        actions_incident.own(road.first, road.incident, name, road.second.id)
    assert rule(road.act, "respond") == "stop_loss"
    actions_incident.own(road.first, road.incident, "payments", road.first.id)
    assert road.act("respond") == "moved" and road.page.status == "being answered"


def test_the_hours_count_from_the_first_report(road, office):
    road.taken()
    began = office.now
    due = {one.name: (one.due, one.late) for one in road.page.tasks}
    assert due["codes"] == (began + timedelta(hours=1), False) and due["again_72"][0] == began + timedelta(hours=72)
    office.now += timedelta(hours=1, minutes=1)
    assert {one.name for one in road.page.tasks if one.late} == {"codes", "next_legs", "payments", "watch_over"}
    actions_incident.own(road.first, road.incident, "codes", road.second.id)
    actions_incident.done(road.second, road.incident, "codes")
    line = next(one for one in road.page.tasks if one.name == "codes")
    assert (line.owner, line.done_by, line.late) == ("second", "second", False)
    with pytest.raises(NoSuchVault):
        actions_incident.done(road.first, road.incident, "dance")


def test_an_appeal_takes_what_they_signed_their_consent_a_rights_officer_and_a_security_officer(road, office):
    road.taken().answered()
    assert rule(road.act, "appeal") == "role"
    said = {"instruction_read": True, "publicity": True, "consent": True, "other": road.guard.id.hex()}
    for name, asked in (("instruction_read", "H-29"), ("publicity", "publicity"), ("consent", "H-06")):
        assert rule(road.act, "appeal", actor=road.rights, **said | {name: False}) == asked
    for other in ("", road.rights2.id.hex(), road.first.id.hex()):           # nobody, one of the same office, one of neither
        assert rule(road.act, "appeal", actor=road.rights, **said | {"other": other}) == "office"
    with writing():
        assert kept.maybe(road.guard, road.incident, "incident") is None    # reads no incident, until somebody asks for a signature
    assert road.act("appeal", actor=road.rights, **said) == "asked"
    assert {rule(road.act, "appeal", actor=one) for one in (road.rights, road.rights2)} == {"office"}
    assert rule(actions_incident.own, road.guard, road.incident, "draft", road.guard.id) == "second_signature"  # writes nothing alone
    assert road.act("appeal", actor=road.guard) == "moved" and road.page.status == "an appeal is out"
    office.now += timedelta(days=15)
    with writing():
        assert kept.maybe(road.guard, road.incident, "incident") is None    # for a fortnight


def test_who_holds_both_offices_signs_for_one_of_them(road):
    both = member(road.office, "both", ("coordinator", "security_officer"))
    with writing():
        records.admit(road.first, ["case"], both.id, reason="came later")
    road.taken().answered()
    actions_incident.demand(both, road.incident, amount=Money.parse("9000 USD"), words="By tomorrow. (Invented.)", note="x",
                            second=road.money.id, other=road.second.id)
    assert rule(road.act, "demand", actor=both) == "same_person"
    assert road.act("demand", actor=road.second) == "moved"


def test_whoever_signed_first_and_is_not_here_any_more_signed_for_no_office(road):
    road.taken().answered()
    said = {"instruction_read": True, "publicity": True, "consent": True, "other": road.guard.id.hex()}
    road.act("appeal", actor=road.rights, **said)
    Account.objects.filter(pk=road.rights.id).update(state=Account.State.REMOVED)
    assert rule(road.act, "appeal", actor=road.guard) == "office"


@pytest.mark.proves("S002-17")
@pytest.mark.refuses("H-32")
def test_a_demand_becomes_a_line_of_the_ledger_that_waits(road, office):
    road.taken().answered()
    line = actions_incident.demand(road.first, road.incident, amount=Money.parse("9000 USD"), words="By tomorrow. (Invented.)",
                                   note="Counsel was asked.", second=road.money.id, other=road.guard.id)
    with writing():
        found = line_of(kept.one(road.first, line, "money", looked=False))
    assert (found.entry.kind.value, found.amount, found.state.value) == ("ransom", "9,000.00 USD", "unsigned")
    assert road.page.demand == line.hex() and road.page.status == "being answered"  # a second person signs the hold
    assert rule(road.act, "demand", actor=road.second) == "office"      # two coordinators are one office
    signs = next(one for one in page(road.guard, road.incident).steps if one.event == "demand")
    assert (signs.missing, signs.waits, signs.own) == ("", True, False)
    assert road.act("demand", actor=road.guard) == "moved" and road.page.status == "a demand waits"
    assert rule(road.act, "pay", proof_asked=True, legal_note=True) == "H-32"
    assert "waits a day" in next(one.missing for one in road.page.steps if one.event == "pay")
    office.now += timedelta(hours=24, minutes=1)
    assert rule(road.act, "pay", legal_note=True) == "proof_of_life"
    assert rule(road.act, "pay", proof_asked=True, legal_note=True) == "H-32"  # nobody has decided it in the ledger


def held_for(road, office):
    """A demand that two signed to hold, a day ago: its line of the ledger."""
    road.taken().answered()
    line = actions_incident.demand(road.first, road.incident, amount=Money.parse("9000 USD"), words="By tomorrow. (Invented.)",
                                   note="Counsel was asked.", second=road.money.id, other=road.guard.id)
    road.act("demand", actor=road.guard)
    office.now += timedelta(hours=24, minutes=1)
    return line


SAID = {"proof_asked": True, "legal_note": True}


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize(("choice", "event", "others"), [
    (Choice.PAY, "pay", ("refuse", "other")), (Choice.REFUSE, "refuse", ("pay", "other")), (Choice.OTHER, "other", ("pay", "refuse"))])
def test_a_demand_is_decided_once_in_the_ledger_and_the_incident_follows(road, office, choice, event, others):
    line = held_for(road, office)
    actions_sign.ask(road.first, line, choice=choice, reason="What is left. (Invented.)")
    assert rule(road.act, event, **SAID) == "H-32"  # one has signed
    actions_sign.sign(road.money, line, reason="I have read it. (Invented.)")
    for other in others:
        assert rule(road.act, other, **SAID, decided=True) == "H-32"
    ways = {one.event: one.missing for one in road.page.steps if one.event in {event, *others}}
    assert [name for name, missing in ways.items() if not missing] == [event]
    assert "line of the ledger" in ways[others[0]]
    assert road.act(event, **SAID) == "asked"
    assert road.act(event, actor=road.second) == "moved" and road.page.status == "being answered"


def test_what_was_decided_otherwise_in_between_is_not_signed_second_by_whoever_can_read_it(road, office):
    line = held_for(road, office)
    actions_sign.ask(road.first, line, choice=Choice.PAY, reason="What is left. (Invented.)")
    actions_sign.sign(road.money, line, reason="I have read it. (Invented.)")
    road.act("pay", **SAID)
    with writing():
        records.share(road.first, line, "money", road.second.id, reason="Signs second.")
    actions_sign.refuse(road.money, line, reason="The caller was another one. (Invented.)")
    assert rule(road.act, "pay", actor=road.second) == "H-32"


def test_a_demand_that_was_taken_back_is_not_paid_and_may_be_let_go(road, office):
    line = held_for(road, office)
    ledger.take_back(road.first, line, reason="It was a wrong number. (Invented.)")
    assert rule(road.act, "pay", **SAID) == "H-32"
    assert road.act("other", **SAID) == "asked"


def test_a_demand_before_the_losses_are_stopped_is_no_step(road):
    road.taken()
    assert rule(actions_incident.demand, road.first, road.incident, amount=Money.parse("9 USD"), words="x", note="x",
                second=road.money.id, other=road.guard.id) == "no_such_move"


def test_the_pages_of_an_incident_open_and_do_what_they_say(road, office):
    road.moving()
    client = office.sign_in(road.heron)
    at = reverse("incident-new", kwargs={"journey": road.journey})
    assert client.get(at).status_code == 200 and client.post(at, {"kind": "capture"}).status_code == 400
    where = client.post(at, {name: one for name, one in TYPED.items() if name != "stop"} | {"stop": "on"})["Location"].split("?")[0]
    assert b"What they signed before they left" in client.get(where).content
    assert client.post(where + "line/", {"name": "codes", "owner": road.second.id.hex()}).status_code == 302
    assert client.post(where + "line/", {"name": "codes", "owner": "zz"}).status_code == 404
    assert client.post(where + "freeze/", {"code": ["Heron"]}).status_code == 302
    assert client.post(where + "step/", {"event": "suspect", "reason": "Two voices.", "graded": "on"}).status_code == 302
    assert client.post(where + "step/", {"event": "respond", "reason": ""}).status_code == 400
    page = client.get(where).content.decode()
    assert "suspected" in page and "frozen" in page and "second" in page
