"""What stops at once: after somebody withdrew, after a yes was taken back, after vital interest was used; each adult is asked."""

from datetime import timedelta

import pytest
from acts import member
from test_cases_protect import A, C, Stage, missing, rule

from waystation.casework.consent import RECIPIENTS
from waystation.casework.status import CASE, REQUEST
from waystation_web.cases import (
    actions_asked,
    actions_consent,
    actions_screens,
    pages,
    queries_consent,
    words,
    words_consent,
)
from waystation_web.gateways.database import writing
from waystation_web.office import Cannot
from waystation_web.office.making import make
from waystation_web.records import actions as records
from waystation_web.vault.errors import NoSuchVault

B = "0b" * 16
BLANK = {"refused": "no"}
SCREENS = ("trafficking", "violence", "suicide", "power")


@pytest.fixture
def stage(office):
    return Stage(office)


def stand(stage, status, **more):
    with writing():
        held = stage.record()
        records.change(stage.chief, held, {"request_status": "accepted", "status": status, **more}, what="test")


def with_another_adult(stage):
    with writing():
        held = stage.record()
        records.change(stage.chief, held, {"people": [*held.body["people"], {"id": B, "code": "B", "birth": "1990"}]}, what="test")


def read_by_two(stage):
    actions_consent.vital_interest(stage.worker, stage.case, person=A, reason="She bleeds.")
    item = stage.body()["vital"][-1]["id"]
    actions_consent.read_vital(stage.chief, stage.case, item)
    return item


def sign_what_is_to_happen(stage, person):
    actions_asked.instruct(stage.worker, stage.case, {
        "person": person, "tell": "nobody", "tell_not": "", "name": "no", "public": "no", "proxy": "", "guardian": "",
        "signed_on": "2026-03-01", "explained_by": "worker", "language": "kor"})


@pytest.mark.refuses("H-21")
def test_after_somebody_withdrew_nothing_is_shared_and_everybody_told_is_asked_to_stop(stage):
    stand(stage, "planning")
    stage.say()
    stage.refer()
    stage.move("withdraw", stage.worker, reason="I do not want this any more.")
    assert [task["text"] for task in stage.body().get("tasks", ())] == ["Ask them to delete what they were given: A clinic (invented)"]
    assert rule(stage.refer) == "H-21"
    assert len(stage.body()["referrals"]) == 1


def test_a_yes_that_was_taken_back_or_has_ended_is_no_consent_on_the_road(stage):
    stand(stage, "active")
    sign_what_is_to_happen(stage, A)
    stage.say()
    assert rule(stage.move, "depart") == "H-04"  # consent is there, the next guard speaks
    stage.say("withdrawn")
    assert rule(stage.move, "depart") == "H-21"
    stage.say(until=(stage.office.now.date()).isoformat())
    assert rule(stage.move, "depart") == "H-04"
    stage.office.pass_time(days=1)
    assert rule(stage.move, "depart") == "H-21"


def test_every_adult_is_asked_for_consent_and_a_no_is_an_answer(stage):
    stand(stage, "open", interpreter={"code": "I", "is_broker_of_case": False})
    with_another_adult(stage)
    stage.say()
    assert rule(stage.move, "assess", stage.worker) == "H-21"
    stage.say("no", person=B, recipient="")
    assert stage.move("assess", stage.worker) == "moved"


@pytest.mark.refuses("H-21")
def test_the_yes_of_one_adult_is_not_the_yes_of_another_on_the_road(stage):
    stand(stage, "active")
    with_another_adult(stage)
    sign_what_is_to_happen(stage, A)
    assert rule(stage.move, "depart") == "H-29"
    sign_what_is_to_happen(stage, B)
    stage.say()
    assert rule(stage.move, "depart") == "H-21"
    stage.say(person=B)
    assert rule(stage.move, "depart") == "H-04"


@pytest.mark.proves("S000-20")
@pytest.mark.refuses("H-31")
def test_screenings_of_one_adult_are_not_those_of_another(stage):
    stand(stage, "assessing")
    with_another_adult(stage)
    for what in SCREENS:
        actions_screens.screen(stage.worker, stage.case, BLANK | {"person": A, "what": what})
    assert rule(stage.move, "plan", stage.worker) == "H-31"
    for what in SCREENS:
        assert rule(stage.move, "plan", stage.worker) == "H-31"
        actions_screens.screen(stage.worker, stage.case, BLANK | {"person": B, "what": what, "refused": "yes"})
    assert stage.move("plan", stage.worker) == "moved"


@pytest.mark.refuses("H-21")
def test_vital_interest_is_for_one_act(stage):
    item = read_by_two(stage)
    stage.refer(vital=item)
    assert missing(stage.refer, vital=item, recipient="legal").rule == "vital"
    stage.refer(vital=read_by_two(stage), recipient="legal")
    assert [one["ground"] for one in stage.body()["referrals"]] == ["vital", "vital"]


@pytest.mark.parametrize(("recipient", "country"), [("rok", "KR"), ("host_state", "CN"), ("other", "KP")])
def test_vital_interest_names_nobody_to_a_state(stage, recipient, country):
    item = read_by_two(stage)
    assert missing(stage.refer, vital=item, recipient=recipient, country=country).rule == "H-05"
    assert "referrals" not in stage.body()


def test_the_page_of_a_case_counts_only_a_yes_that_stands(stage):
    def counted():
        return {row.person.id: row.consents for row in pages.case_page(stage.chief, stage.case).party}

    stage.say("no")
    assert counted() == {A: 0, C: 0}
    stage.say()
    stage.say(recipient="legal")
    stage.say(person=C)
    assert counted() == {A: 2, C: 0}  # nobody asked the child's guardian
    stage.say("withdrawn", recipient="legal")
    stage.say(person=C, guardian_agrees=True)
    assert counted() == {A: 1, C: 1}


def test_a_request_is_referred_only_with_a_yes_to_a_referral(stage):
    stage.say(purpose="services")
    assert rule(stage.move, "refer") == "H-21"
    stage.say()
    assert stage.move("refer") == "moved" and stage.body()["request_status"] == "referred"


def test_a_crisis_after_the_arrival_leads_back_to_it(stage):
    stand(stage, "settling")
    assert stage.move("crisis") == "moved"
    assert stage.move("resolve") == "asked" and stage.move("resolve", stage.other) == "moved"
    assert stage.body()["status"] == "settling"
    stand(stage, "in transit")
    stage.move("crisis")
    stage.move("resolve")
    stage.move("resolve", stage.other)
    assert stage.body()["status"] == "active"  # everybody is asked again before the road


def test_a_colleague_without_the_case_writes_nothing_in_it(office, stage):
    stranger = member(office, "stranger", ("case_worker",))
    with pytest.raises(NoSuchVault):
        actions_screens.screen(stranger, stage.case, BLANK | {"person": A, "what": "power"})


def test_a_first_signature_lasts_a_day_and_then_the_step_is_begun_anew(stage):
    assert stage.move("accept", capacity=True, reason="first") == "asked"
    stage.office.pass_time(days=2)
    assert stage.move("accept", stage.other, capacity=True, reason="second") == "asked"
    assert stage.body()["step"]["reason"] == "second"
    assert stage.move("accept", capacity=True, reason="") == "moved"


@pytest.mark.refuses("H-32")
def test_the_reason_is_what_both_sign(stage):
    stage.move("accept", capacity=True, reason="There is a bed (invented).")
    with writing():
        held = stage.record()
        records.change(stage.chief, held, {"step": held.body["step"] | {"reason": "Something else."}}, what="test")
    assert rule(stage.move, "accept", stage.other, capacity=True)
    assert stage.body()["request_status"] == "assessed"


def test_a_request_that_waits_comes_back_within_seven_days(stage):
    with writing():
        records.change(stage.chief, stage.record(), {"need_scale": {"value": 3, "reason": "x"}, "safety_scale": {"value": 2, "reason": "x"}}, what="test")
    today = stage.office.now.date()
    assert rule(stage.move, "queue") == rule(stage.move, "queue", review=today + timedelta(days=8)) == "review"
    assert stage.move("queue", review=today + timedelta(days=7)) == "moved"
    assert [(task["text"], task["due"]) for task in stage.body()["tasks"]] == [
        ("Look at the request again", (today + timedelta(days=7)).isoformat())]


def test_one_press_takes_back_every_datum_of_a_line_and_no_other_line(stage):
    stage.say()
    stage.say(recipient="legal")
    stage.refer()
    actions_consent.take_back(stage.worker, stage.case, person=A, purpose="referral", recipient="health")
    page = queries_consent.page(stage.worker, stage.case)
    assert [(one.code, one.purpose, one.recipient, one.data) for one in page.stands] == [("A", "referral", "legal", ("needs", "name"))]
    assert missing(stage.refer).rule == "H-21"
    assert [task["text"] for task in stage.body()["tasks"]] == ["Ask them to delete what they were given: A clinic (invented)"]
    stage.say()
    assert len(queries_consent.page(stage.worker, stage.case).stands) == 2  # asked again, and yes


@pytest.mark.refuses("H-21")
@pytest.mark.parametrize("damage", [{"said": "revoked"}, {"said": None}, {"day": "soon"}, {"until": "soon"}, {"data": "needs"}, {"data": []}])
def test_a_row_that_nobody_can_read_takes_everything_back(stage, damage):
    stage.say()
    stage.refer()
    stage.say()
    with writing():
        held = stage.record()
        rows = held.body["consents"]
        records.change(stage.chief, held, {"consents": [*rows[:-1], rows[-1] | damage]}, what="test")
    assert missing(stage.refer).rule == "H-21" and queries_consent.page(stage.worker, stage.case).stands == ()


def test_every_step_and_every_line_about_protection_has_words_of_its_own():
    stages = {status for table in (CASE, REQUEST) for key, move in table.items() for status in (key[0], move.to)} - {""}
    assert stages <= set(words.STAGE) and {event for table in (CASE, REQUEST) for _, event in table} <= set(words_consent.EVENTS)
    assert {*SCREENS, *RECIPIENTS, "yes", "no", "withdrawn", "not_yet", "signed", "written", "by two"} <= set(words.TOLD)


@pytest.mark.proves("S000-11")
def test_one_organisation_brings_somebody_out_and_stays_with_them_after_the_arrival(office, stage):
    """The same office, the same case and the same people from the road to a settled life; and no second organisation in it."""
    stand(stage, "in transit")
    walked = [("arrive", stage.chief), ("settle", stage.worker), ("follow", stage.worker)]
    for event, who in walked:
        assert stage.move(event, who) == "moved"
    assert rule(stage.move, "close", stage.worker, checklist=range(1, 7)) == "checklist"
    done = {"checklist": range(1, 8)}
    assert stage.move("close", stage.worker, **done) == "asked" and stage.move("close", stage.chief, **done) == "moved"
    assert stage.body()["status"] == "closed" and stage.body()["worker"] == stage.worker.id.hex()
    with pytest.raises(Cannot, match="is not empty"):
        make(office.installation.home, organisation="Another house (invented)", origin="http://localhost:8700")
    assert stage.move("reopen", stage.worker) == "moved"  # years later, by the same worker
