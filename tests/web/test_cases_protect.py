"""Consent in code: a referral without a yes is blocked and names what is missing; screenings, vital interest, steps by two."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.cases import actions_asked, actions_consent, actions_screens, queries_consent
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

A, C = "0a" * 16, "0c" * 16


class Stage:
    def __init__(self, office):
        self.office = office
        self.chief, self.other = (member(office, name, ("coordinator",)) for name in ("chief", "other"))
        self.worker = member(office, "worker", ("case_worker",))
        people = [{"id": A, "code": "A", "birth": "1985"}, {"id": C, "code": "C", "birth": "2018"}]
        with writing():
            self.case = records.make(self.chief, "case", {"ref": "K7Q2", "people": people, "request_status": "assessed",
                                                          "worker": self.worker.id.hex()}, holders=[self.worker.id]).id

    def body(self):
        with writing():
            return kept.one(self.chief, self.case, "case").body

    def record(self):
        return kept.one(self.chief, self.case, "case", looked=False)

    def say(self, said="yes", **more):
        actions_consent.say(self.worker, self.case, {
            "person": A, "purpose": "referral", "recipient": "health", "data": ["needs", "name"], "said": said, "until": "",
            "country": "", "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "worker",
            "mode": "spoken", "guardian_agrees": False} | more)

    def refer(self, **more):
        actions_consent.refer(self.worker, self.case, {
            "person": A, "recipient": "health", "organisation": "A clinic (invented)", "country": "", "data": ["needs"], "note": "",
            "agreement_until": self.office.now.date() + timedelta(days=30), "vital": ""} | more)

    def move(self, event, actor=None, **more):
        return actions_consent.move(actor or self.chief, self.case, event, {"reason": "x"} | more)


@pytest.fixture
def stage(office):
    return Stage(office)


def missing(act, **more):
    with pytest.raises(actions_consent.Missing) as why:
        act(**more)
    return why.value.why


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


@pytest.mark.refuses("H-21")
def test_a_referral_without_a_yes_is_blocked_and_shares_nothing(stage):
    assert missing(stage.refer).missing == {"needs"} and "referrals" not in stage.body()
    stage.say()
    stage.refer()
    assert stage.body()["referrals"][0]["organisation"] == "A clinic (invented)"
    assert missing(stage.refer, data=["needs", "health"]).missing == {"health"}
    assert missing(stage.refer, recipient="legal").missing == {"needs"}


@pytest.mark.refuses("H-21")
def test_taking_it_back_acts_at_once_and_asks_whoever_was_told_to_stop(stage):
    stage.say()
    stage.refer()
    stage.say("withdrawn", recipient="")
    assert missing(stage.refer).rule == "H-21"
    assert [task["text"] for task in stage.body()["tasks"]] == ["Ask them to delete what they were given: A clinic (invented)"]


@pytest.mark.refuses("H-25")
def test_no_agreement_no_referral(stage):
    stage.say()
    assert rule(stage.refer, agreement_until=stage.office.now.date() - timedelta(days=1)) == "H-25"
    assert rule(stage.refer, agreement_until=None) == "H-25"


@pytest.mark.refuses("H-05", "H-23", "H-30")
@pytest.mark.parametrize(("more", "wish", "found"), [
    ({"interpreter_is_broker": True}, {}, "H-30"), ({"person": C}, {"person": C}, "H-23"),
    ({"recipient": "rok", "country": "KR"}, {"recipient": "rok"}, "H-05"),
    ({"recipient": "host_state", "country": "CN"}, {"recipient": "host_state", "country": "CN"}, "H-05")])
def test_brokers_children_and_states(stage, more, wish, found):
    stage.say(**more)
    assert missing(stage.refer, **wish).rule == found
    assert "referrals" not in stage.body()


@pytest.mark.refuses("H-23")
def test_nothing_about_a_child_is_shared_before_two_signed_what_is_best_for_it(stage):
    stage.say(person=C, guardian_agrees=True)
    assert rule(stage.refer, person=C) == "H-23"
    actions_asked.for_child(stage.worker, stage.case, {"person": C, "text": "With A.", "guardian": "A"})
    assert rule(stage.refer, person=C) == "H-23"  # one signature is not two
    actions_asked.second_for_child(stage.chief, stage.case, stage.body()["best_interest"][0]["id"])
    assert missing(stage.refer, person=C, recipient="legal").rule == "H-21"
    stage.refer(person=C)
    assert stage.body()["referrals"][0]["person"] == C


@pytest.mark.refuses("H-21")
def test_vital_interest_is_another_ground_read_by_a_second_person_for_a_day(stage):
    actions_consent.vital_interest(stage.worker, stage.case, person=A, reason="She bleeds.")
    item = stage.body()["vital"][0]["id"]
    assert missing(stage.refer, vital=item).rule == "vital"
    assert rule(actions_consent.read_vital, stage.worker, stage.case, item) == "same_person"
    actions_consent.read_vital(stage.chief, stage.case, item)
    stage.refer(vital=item)
    assert stage.body()["referrals"][0]["ground"] == "vital"
    stage.office.pass_time(days=2)
    assert missing(stage.refer, vital=item).rule == "vital"


@pytest.mark.proves("S000-20")
@pytest.mark.refuses("H-31")
def test_screenings_are_offered_to_everybody_and_a_no_is_written_down_too(stage):
    with writing():
        held = kept.one(stage.chief, stage.case, "case", looked=False)
        records.change(stage.chief, held, {"request_status": "accepted", "status": "assessing"}, what="test")
    blank = {"person": A}
    for what in ("trafficking", "violence", "suicide"):
        actions_screens.screen(stage.worker, stage.case, blank | {"what": what, "refused": "no"})
        assert rule(stage.move, "plan", stage.worker) == "H-31"
    actions_screens.screen(stage.worker, stage.case, blank | {"what": "power", "refused": "yes"})
    assert stage.move("plan", stage.worker) == "moved" and stage.body()["status"] == "planning"
    assert "score" not in str(stage.body()["screens"])


@pytest.mark.refuses("H-34")
def test_a_request_is_accepted_by_two_and_declined_only_with_an_answer_and_a_referral(stage):
    there = {"decline": "no_capacity", "answered": True, "referral_tried": True}
    for lacks in there:
        assert rule(stage.move, "decline", **{name: there[name] for name in there if name != lacks}) == "H-34"
    assert rule(stage.move, "decline", **there | {"decline": "they were rude"}) == "H-34"
    assert stage.move("accept", capacity=True) == "asked" and stage.body()["request_status"] == "assessed"
    assert rule(stage.move, "accept", capacity=True) == "same_person"
    assert stage.move("accept", stage.other, capacity=True) == "moved"
    assert stage.body()["request_status"] == "accepted" and "step" not in stage.body()
    assert rule(stage.move, "decline") == "no_such_move"


@pytest.mark.refuses("H-34")
def test_a_decline_has_a_name_that_both_sign_and_the_second_reads_first(stage):
    said = {"decline": "no_capacity", "answered": True, "referral_tried": True}
    assert stage.move("decline", **said, reason="No bed (invented).") == "asked"
    (step,) = [one for one in queries_consent.page(stage.other, stage.case).steps if one.waits]
    assert (step.event, step.reason, step.decline, step.own) == ("decline", "No bed (invented).", "no_capacity", False)
    assert next(one for one in queries_consent.page(stage.chief, stage.case).steps if one.waits).own
    assert stage.move("decline", stage.other, **said | {"decline": "withdrawn"}, reason="y") == "moved"
    assert (stage.body()["request_status"], stage.body()["decline_reason"]) == ("declined", "no_capacity")


@pytest.mark.refuses("H-04", "H-21", "H-23", "H-29")
def test_nobody_leaves_without_instruction_consent_yes_and_care_for_each_child(stage):
    with writing():
        held = kept.one(stage.chief, stage.case, "case", looked=False)
        records.change(stage.chief, held, {"request_status": "accepted", "status": "active"}, what="test")
    assert rule(stage.move, "depart") == "H-29"
    actions_asked.instruct(stage.worker, stage.case, {
        "person": A, "tell": "nobody", "tell_not": "", "name": "no", "public": "no", "proxy": "", "guardian": "",
        "signed_on": "2026-03-01", "explained_by": "worker", "language": "kor"})
    assert rule(stage.move, "depart") == "H-21"
    stage.say()
    assert rule(stage.move, "depart") == "H-04"
    actions_asked.answer(stage.worker, stage.case, {"person": A, "plan": "", "answer": "yes", "said": "", "language": "kor",
                                                    "interpreter": "", "interpreter_is_broker": False, "present": ""})
    assert rule(stage.move, "depart") == "H-23"
    actions_asked.for_child(stage.worker, stage.case, {"person": C, "text": "With A.", "guardian": "A"})
    actions_asked.second_for_child(stage.chief, stage.case, stage.body()["best_interest"][0]["id"])
    assert stage.move("depart") == "asked" and stage.move("depart", stage.other) == "moved"
    assert stage.body()["status"] == "in transit"


def test_somebody_who_is_not_in_the_case_is_nobody(stage):
    with pytest.raises(NoSuchVault):
        stage.say(person="0f" * 16)


@pytest.mark.refuses("H-06", "H-21")
def test_the_page_names_the_missing_yes_and_ticks_nothing(office):
    worker = office.person(roles={"case_worker"}, handle="lark")
    stage = Stage(office)
    with writing():
        records.share(stage.chief, stage.case, "case", worker.id, reason="their worker")
    client, case = office.sign_in(worker), stage.case.hex()
    page = client.get(reverse("case-consents", kwargs={"case": case})).content.decode()
    assert " checked" not in page and "Nobody was asked." in page
    sent = {"person": A, "recipient": "health", "organisation": "A clinic (invented)", "agreement_until": "2026-12-31", "data": ["needs"]}
    blocked = client.post(reverse("case-refer", kwargs={"case": case}), sent)
    assert blocked.status_code == 409 and "A yes is missing for: <b>A · referral to a partner · health · needs</b>" in blocked.content.decode()
    said = {"person": A, "purpose": "referral", "recipient": "health", "data": ["needs"], "said": "yes", "language": "kor",
            "explained_by": "lark", "broker": "no", "mode": "spoken"}
    assert client.post(reverse("case-consent-say", kwargs={"case": case}), said | {"recipient": ""}).status_code == 400
    assert client.post(reverse("case-consent-say", kwargs={"case": case}), said | {"recipient": "rok"}).status_code == 400
    assert client.post(reverse("case-consent-say", kwargs={"case": case}), said).status_code == 302
    assert client.post(reverse("case-refer", kwargs={"case": case}), sent).status_code == 302
    assert "A clinic (invented)" in client.get(reverse("case-consents", kwargs={"case": case})).content.decode()
    page = client.get(reverse("case-consents", kwargs={"case": case})).content.decode()
    assert "What stands today" in page and " checked" not in page
    back = {"person": A, "purpose": "referral", "recipient": "health"}
    assert client.post(reverse("case-consent-back", kwargs={"case": case}), back | {"recipient": ""}).status_code == 400
    assert client.post(reverse("case-consent-back", kwargs={"case": case}), back).status_code == 302
    page = client.get(reverse("case-consents", kwargs={"case": case})).content.decode()
    assert "No yes stands today" in page and "What stands today" not in page
