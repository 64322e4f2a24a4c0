"""An embargo: nothing about a case leaves until two lift it; who takes something out is told by marks that name nobody."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pyrage
import pytest
from acts import member
from django.urls import reverse
from test_decide import A
from test_incidents import TYPED, Caught, rule
from test_stopped import line

from waystation_web.cases import actions_consent, leaving
from waystation_web.cases.actions_consent import Missing
from waystation_web.duty import embargoed
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_close, actions_embargo, actions_incident
from waystation_web.journeys.board import board
from waystation_web.journeys.queries_incident import page
from waystation_web.ledger import actions_figures
from waystation_web.network import actions_export, queries_export
from waystation_web.network.reading import rows_held
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.models import Vault

WHY = "Those who hid them are still there. (Invented.)"


@pytest.fixture
def road(office):
    return Caught(office).taken()


def day(road, n=30):
    return road.office.now.date() + timedelta(days=n)


def hold(road, actor=None, days=30, incident=None):
    actions_embargo.embargo(actor or road.first, incident or road.incident, review=day(road, days), reason=WHY)


def lift(road, actor=None, **more):
    typed = {"reason": "They are home, and so are those who hid them. (Invented.)", "out_of_danger": True, "other": road.guard.id}
    return actions_embargo.lift(actor or road.first, road.incident, **typed | more)


def ended(road):
    assert lift(road) == "asked" and actions_embargo.lift(road.guard, road.incident) == "lifted"


def listed(road, actor=None, **more):
    """References in the list of cases that leaves."""
    text = leaving.export(actor or road.first, reason="the yearly report", **more).decode("utf-8-sig")
    return sorted(row[0] for row in csv.reader(io.StringIO(text)))[:-1]


def lines_out(road, actor=None, **more):
    """Code names in the ledger that leaves."""
    return sorted(row[7] for row in csv.reader(io.StringIO(actions_figures.export(actor or road.money, reason="the audit", **more))))[:-1]


def other_case(road):
    with writing():
        return records.make(road.first, "case", {"ref": "M4D7"}, holders=[road.worker.id]).id


# ------------------------------------------------------------------------------------------------------ what it holds back
@pytest.mark.refuses("H-12")
def test_the_list_of_cases_leaves_without_it_and_only_if_whoever_takes_it_says_so(road):
    other_case(road)
    assert listed(road) == ["K7Q2", "M4D7"]
    hold(road)
    assert rule(listed, road) == "embargo"  # silence would mislead
    assert listed(road, without=True) == ["M4D7"]
    ended(road)
    assert listed(road) == ["K7Q2", "M4D7"]


@pytest.mark.refuses("H-12")
def test_finance_who_may_read_no_incident_takes_the_ledger_out_without_its_lines(road):
    line(road, "Wren")
    line(road, "")
    road.case, there = other_case(road), road.case
    line(road, "Crow")
    road.case = there
    hold(road)
    with writing():
        assert kept.maybe(road.money, road.incident, "incident") is None
    assert rule(lines_out, road) == "embargo"
    assert lines_out(road, without=True) == ["Crow"]
    ended(road)
    assert lines_out(road) == ["", "Crow", "Wren"]


@pytest.mark.refuses("H-12")
def test_a_referral_goes_on_for_care_alone_and_for_what_a_life_hangs_on(road):
    sent = {"person": A, "recipient": "health", "organisation": "A clinic (invented)", "data": ["needs"], "country": "", "note": "",
            "agreement_until": day(road, 90), "vital": ""}
    said = {"person": A, "purpose": "referral", "data": ["needs", "journey"], "said": "yes", "until": "", "country": "", "language": "kor",
            "interpreter": "", "interpreter_is_broker": False, "explained_by": "worker", "mode": "spoken", "guardian_agrees": False}
    for recipient in ("health", "media", "un_body"):
        actions_consent.say(road.worker, road.case, said | {"recipient": recipient})
    hold(road)
    actions_consent.refer(road.worker, road.case, sent)
    for held in ({"recipient": "media"}, {"recipient": "un_body"}, {"data": ["needs", "journey"]}):
        with pytest.raises(Missing) as why:
            actions_consent.refer(road.worker, road.case, sent | held)
        assert (why.value.why.rule, why.value.why.sentence) == ("embargo", embargoed.HELD_BACK)
    actions_consent.vital_interest(road.worker, road.case, person=A, reason="She is to be sent back tonight. (Invented.)")
    with writing():
        (ground,) = kept.one(road.first, road.case, "case", looked=False).body["vital"]
    actions_consent.read_vital(road.first, road.case, ground["id"])
    with pytest.raises(Missing) as why:
        actions_consent.refer(road.worker, road.case, sent | {"recipient": "media", "vital": ground["id"]})
    assert why.value.why.rule == "vital"  # nobody's life hangs on a publication
    actions_consent.refer(road.worker, road.case, sent | {"recipient": "un_body", "vital": ground["id"]})
    ended(road)
    actions_consent.refer(road.worker, road.case, sent | {"recipient": "media"})


@pytest.mark.refuses("H-12")
def test_no_appeal_goes_out_while_any_embargo_on_the_case_stands_also_between_two_signatures(road):
    road.answered()
    said = {"instruction_read": True, "publicity": True, "consent": True, "other": road.guard.id.hex()}
    assert road.act("appeal", actor=road.rights, **said) == "asked"
    other = actions_incident.report(road.first, road.journey, TYPED | {"kind": "injury", "stop": False})
    hold(road, incident=other)
    assert rule(road.act, "appeal", actor=road.guard) == "embargo"
    assert "embargo" in next(one.missing for one in page(road.guard, road.incident).steps if one.event == "appeal")
    road.incident, there = other, road.incident
    ended(road)
    road.incident = there
    assert road.act("appeal", actor=road.guard) == "moved"


@pytest.mark.refuses("H-12")
def test_what_two_incidents_hold_back_leaves_when_both_let_it_go(road):
    other = actions_incident.report(road.first, road.journey, TYPED | {"kind": "injury", "stop": False})
    hold(road)
    hold(road, incident=other)
    ended(road)
    assert rule(listed, road) == "embargo"
    road.incident = other
    ended(road)
    assert listed(road) == ["K7Q2"]


# --------------------------------------------------------------------------------------------------- how it begins and ends
@pytest.mark.refuses("H-12")
def test_past_its_day_it_holds_and_says_that_it_is_due_also_when_the_incident_is_over(road, office):
    hold(road, days=2)
    assert "embargo" in board(road.second).clocks[0].what and not page(road.first, road.incident).incident.embargo.due
    road.act("suspect", graded=True)
    road.act("refute")
    assert not board(road.second).clocks  # over, and nothing is due
    office.now += timedelta(days=2)
    assert page(road.first, road.incident).incident.embargo.due
    where = reverse("incident", kwargs={"incident": road.incident})
    assert [(one.ref, one.address, one.what.partition(" · ")[2]) for one in board(road.second).clocks] == [
        ("K7Q2", where, "embargo: look at it again")]
    office.now += timedelta(days=400)
    assert page(road.first, road.incident).incident.embargo.stands and rule(listed, road) == "embargo"
    hold(road)  # somebody looked: it goes on
    there = page(road.first, road.incident).incident.embargo
    assert not there.due and there.review == day(road) and not board(road.second).clocks
    assert there.at.date() < office.now.date() - timedelta(days=300)  # since when, as it was


@pytest.mark.refuses("H-12")
def test_it_is_set_by_one_for_a_reason_with_a_day_and_lifted_by_two_offices(road, office):
    assert rule(hold, road, days=0) == rule(hold, road, days=93) == "review"
    assert rule(actions_embargo.embargo, road.first, road.incident, review=day(road), reason=" ") == "reason"
    for actor in (road.guard, road.money):
        with pytest.raises(NoSuchVault):
            hold(road, actor)
    hold(road, road.worker)  # whoever sees the danger first
    with writing():
        body = kept.one(road.first, road.incident, "incident", looked=False).body["embargo"]
    assert body == {"state": "stands", "at": office.now.isoformat(), "by": road.worker.id.hex(), "reason": WHY, "review": day(road).isoformat()}
    assert rule(lift, road, road.worker) == "role"
    assert rule(lift, road, out_of_danger=False) == "H-12" and rule(lift, road, reason="") == "reason"
    for other in (b"", road.second.id, road.rights.id, road.worker.id):  # nobody, and nobody of the other office
        assert rule(lift, road, other=other) == "office"
    assert rule(lift, road, replace(road.first, stepped_up_until=None)) == "step_up"
    assert lift(road, road.rights) == "asked"
    assert {rule(actions_embargo.lift, one, road.incident) for one in (road.rights, road.first, road.second)} == {"office"}
    assert rule(listed, road) == "embargo"  # one has signed
    shown = page(road.guard, road.incident).lifting
    assert (shown.waits, shown.may_sign, shown.may_begin) == (True, True, False)
    assert actions_embargo.lift(road.guard, road.incident) == "lifted"
    found = page(road.first, road.incident)
    assert not found.incident.embargo.stands and found.lifting.lifted_by == ("rights", "guard")
    assert [one.kind for one, _, _ in found.log][:2] == ["lift", "embargo"] and found.log[1][0].text == f"{day(road)}: {WHY}"
    assert rule(lift, road) == "no_such_move"
    hold(road)  # and again, if the danger is back
    assert rule(listed, road) == "embargo"


@pytest.mark.refuses("H-12")
def test_what_was_signed_to_be_lifted_and_then_went_on_is_signed_anew(road):
    hold(road)
    assert lift(road) == "asked"
    hold(road, road.rights)
    assert rule(actions_embargo.lift, road.guard, road.incident) == "reason" and page(road.first, road.incident).incident.embargo.stands
    assert not page(road.guard, road.incident).lifting.waits
    ended(road)


# ----------------------------------------------------------------------------------------------------------- who learns what
@pytest.mark.refuses("H-12")
def test_what_is_told_to_everybody_names_nobody_and_no_day(road):
    hold(road)
    with writing():
        (held,) = [one for one in kept.every(road.money, "duty") if one.body["sort"] == "embargo"]
    told = json.dumps(held.opened.payload).casefold()
    assert "k7q2" not in told and road.case.hex() not in told and WHY.casefold() not in told and day(road).isoformat() not in told
    assert len(held.body["marks"]) == 2
    for said in (embargoed.HELD_BACK, embargoed.NOT_WHOLE):
        assert "incident" not in said and "embargo" not in said
    assert road.told()[-1] == ("incident", "reported")  # nor does the timeline of the case say it


@pytest.mark.refuses("H-12")
def test_who_came_later_and_cannot_know_takes_nothing_out_until_somebody_lets_them_read(road, office):
    line(road, "Wren")
    other_case(road)
    hold(road)
    late, chief = member(office, "late", ("finance",)), member(office, "late2", ("coordinator",))
    assert rule(lines_out, road, late, without=True) == "house"
    assert rule(listed, road, chief, without=True) == "house"
    with writing():
        assert embargoed.standing(late).on("M4D7") and not embargoed.standing(road.money).on("M4D7")
        with pytest.raises(NotPermitted) as why:
            embargoed.let_go(late, of=road.incident)
    assert why.value.rule == "house"
    assert embargoed.Embargoes((), unknown=True).on("") is False  # about nobody


@pytest.mark.refuses("H-12")
def test_where_what_is_held_back_does_not_open_nothing_leaves(road):
    from waystation_web.vault.errors import Refused

    hold(road)
    with writing():
        (held,) = [one for one in kept.every(road.money, "duty") if one.body["sort"] == "embargo"]
    row = Vault.objects.get(pk=held.id)
    row.payload = bytes(row.payload[:-1]) + bytes([row.payload[-1] ^ 1])
    row.save()
    for act in (listed, lines_out):
        with pytest.raises(Refused):
            act(road, without=True)


# ------------------------------------------------------------------------------------------------------------------ pages
def test_the_page_of_an_incident_sets_it_lets_it_go_on_and_lifts_it(road, office):
    client = office.sign_in(road.heron)
    where = reverse("incident", kwargs={"incident": road.incident})
    assert b"Lists, the ledger and referrals go out with them." in client.get(where).content
    at, lifted = where + "embargo/", where + "lift/"
    assert client.post(at, {"review": day(road, 100).isoformat(), "reason": "x"}).status_code == 400
    assert client.post(at, {"review": day(road).isoformat(), "reason": WHY}).status_code == 302
    shown = client.get(where).content.decode()
    assert "Nothing about them leaves the office." in shown and WHY in shown and day(road).isoformat() in shown
    assert client.post(lifted, {"reason": "x"}).status_code == 400
    typed = {"reason": "They are home.", "out_of_danger": "on", "other": road.guard.id.hex()}
    assert client.post(lifted, typed).status_code == 403  # not confirmed who they are
    office.step_up(client, road.heron)
    assert client.post(lifted, typed).status_code == 302
    assert "The other office must sign it too" in client.get(where).content.decode()
    assert client.post(lifted, {"sign": "1"}).status_code == 403
    office.now += timedelta(days=30)
    assert "due: look at it again" in office.sign_in(road.heron).get(where).content.decode()


def test_the_pages_of_what_leaves_say_that_it_is_not_whole_and_ask_for_a_tick(road, office):
    till = office.person(roles={"finance"}, handle="till")
    line(road, "Wren")
    pages = [(office.sign_in(road.heron), road.heron, "case-import", "case-export"), (office.sign_in(till), till, "money-export", "money-export")]
    for client, _, shown, _ in pages:
        assert b"may not leave the office now" not in client.get(reverse(shown)).content
    hold(road)
    for client, who, shown, asked in pages:
        assert b"may not leave the office now" in client.get(reverse(shown)).content
        office.step_up(client, who)
        assert client.post(reverse(asked), {"reason": "x"}).status_code == 400
        answer = client.post(reverse(asked), {"reason": "x", "without": "on"})
        assert answer.status_code == 200 and b"K7Q2" not in answer.content


# ---------------------------------------------------------------------------------------------------------- the route book
def closed(road):
    """The journey that met with the incident is closed, in an office that has the book."""
    from waystation import worlds
    from waystation.network.files import read_book
    from waystation_web.network import actions_import

    actions_import.take_in(road.first, read_book(worlds.world("long-way")))
    actions_close.learn(road.first, road.journey, reason="Looked back on. (Invented.)")
    with writing():
        found = [one for one in rows_held(road.first, looked=False) if one.about]
    assert [(one.sheet, one.about) for one in found] == [("outcomes", road.case.hex())] and "about" not in found[0].cells
    return found[0]


def asked_copy(road, key):
    return actions_export.ask(road.first, purpose="a partner's desk", recipients=[("P1", str(key.to_public()))])


def sent_copy(road, export, key):
    """Outcomes in the copy that left, and what its notes say."""
    mark = queries_export.one_export(road.first, export).copies[0].mark
    clear = json.loads(pyrage.decrypt(actions_export.fetch(road.first, export, mark), [key]))
    return clear["outcomes"], clear["read_me"]


@pytest.mark.refuses("H-12")
def test_a_copy_of_the_book_leaves_without_what_became_of_them_and_says_that_it_is_not_whole(road):
    what = closed(road).cells
    hold(road)
    key = pyrage.x25519.Identity.generate()
    export = asked_copy(road, key)
    actions_export.sign(road.second, export)
    actions_export.make_copies(road.first, export)
    assert not queries_export.one_export(road.second, export).whole
    outcomes, notes = sent_copy(road, export, key)
    assert outcomes and what not in outcomes and any("Not every outcome" in one for one in notes)
    ended(road)
    export = asked_copy(road, key)
    actions_export.sign(road.second, export)
    actions_export.make_copies(road.first, export)
    outcomes, notes = sent_copy(road, export, key)
    assert what in outcomes and len(notes) == 2


@pytest.mark.once
@pytest.mark.refuses("H-12")
def test_a_copy_that_was_signed_or_built_before_is_not_given_out_with_it(road):
    closed(road)
    key = pyrage.x25519.Identity.generate()
    signed, built = asked_copy(road, key), asked_copy(road, key)
    for export in (signed, built):
        actions_export.sign(road.second, export)
    actions_export.make_copies(road.first, built)
    hold(road)
    assert rule(actions_export.make_copies, road.first, signed) == "changed"
    assert rule(sent_copy, road, built, key) == "embargo"
    late = member(road.office, "late", ("coordinator",))
    with writing():  # the whole book, and nothing of the house
        records.admit(road.first, ("place", "leg", "report", "hazard"), late.id, reason="came later")
    assert rule(actions_export.ask, late, purpose="x", recipients=[("P1", str(key.to_public()))]) == "house"
