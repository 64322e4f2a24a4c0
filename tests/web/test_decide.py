"""Named people decide, and the travellers too: what is asked, what is refused, what is signed and stays."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation.planning.decision import Bias, Chosen
from waystation_web.cases import actions_asked
from waystation_web.gateways.database import writing
from waystation_web.plans import actions_decide, actions_sheet
from waystation_web.plans import queries_decide as queries
from waystation_web.plans.decided import decision_of
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

A, B, C = (f"{k:032x}" for k in range(3))
BEFORE = {"n": 24, "newest_age_d": 2, "stale": False, "one_source": False, "pregnancy_weeks": None, "infants": 0,
          "oldest_y": 41, "winter_river": False, "losses_90_days": 0, "forbidden_leg": False, "last_loss": None}
SHEET = [{"language": "en", "title": "Before you decide", "names_number": True,
          "parts": [{"heading": "How many arrive", "sentences": ["About 81 of the 100 arrive."]}]}]


class Stage:
    """Two coordinators, a case worker, a security officer; a case of two adults and a child, and a plan for it."""

    def __init__(self, office):
        self.office = office
        self.first, self.second = (member(office, name, ("coordinator",)) for name in ("first", "second"))
        self.worker, self.guard = member(office, "worker", ("case_worker",)), member(office, "guard", ("security_officer",))
        people = [{"id": A, "code": "A", "birth": "1985"}, {"id": B, "code": "B", "birth": "1988"},
                  {"id": C, "code": "C", "birth": "2018"}]
        with writing():
            self.case = records.make(self.first, "case", {"ref": "K7Q2", "people": people}, holders=[self.worker.id]).id
        self.plan = self.planned()

    def planned(self, **before):
        body = {"case": self.case.hex(), "case_ref": "K7Q2", "question": "K7Q2: 3", "headline": "About 81 of 100 arrive.",
                "state": "THIN", "digest": "ab" * 16, "aloud": SHEET, "before": BEFORE | before, "exposed": [],
                "made_at": "2026-03-02T09:00:00+00:00", "exposed_beyond_limit": [], "fictional": True, "facts": {}}
        with writing():
            return records.make(self.first, "plan", body).id

    def everything(self, plan=None):
        """What must be there before anybody goes: sheet, answers, instruction, best interest by two."""
        plan = plan or self.plan
        actions_sheet.give(self.first, plan)
        for person in (A, B):
            self.said(person, "yes", plan)
            actions_asked.instruct(self.worker, self.case, {
                "person": person, "tell": "nobody", "tell_not": "", "name": "no", "public": "no", "proxy": "", "guardian": "",
                "signed_on": "2026-03-01", "explained_by": "worker", "language": "kor"})
        self.best()
        return self

    def said(self, person, answer, plan=None, **more):
        actions_asked.answer(self.worker, self.case, {
            "person": person, "plan": (plan or self.plan).hex(), "answer": answer, "said": "", "language": "kor",
            "interpreter": "", "interpreter_is_broker": False, "present": ""} | more)

    def best(self):
        actions_asked.for_child(self.worker, self.case, {"person": C, "text": "Stays with both.", "guardian": "A, mother"})
        with writing():
            item = kept.one(self.first, self.case, "case").body["best_interest"][-1]["id"]
        actions_asked.second_for_child(self.first, self.case, item)

    def ask(self, actor=None, plan=None, second=None, **more):
        typed = actions_decide.Typed(**{
            "chosen": Chosen.GO, "reasons": "Three calm days.", "change_of_mind": "A raid.", "abort_rule": "If the guide is late.",
            "biases": dict.fromkeys(Bias, False)} | more)
        return actions_decide.ask(actor or self.first, plan or self.plan, typed, second=(second or self.second).id)

    def decision(self, decision, actor=None):
        with writing():
            return decision_of(kept.one(actor or self.first, decision, "decision", looked=False))


@pytest.fixture
def stage(office):
    return Stage(office)


def missing(act, *given, **more):
    with pytest.raises(actions_decide.Incomplete) as why:
        act(*given, **more)
    return {one.rule for one in why.value.missing}


@pytest.mark.proves("S001-49", "S001-48")
def test_two_people_decide_and_it_stands_as_it_is(stage):
    decision = stage.everything().ask()
    assert stage.decision(decision).status == "asked"
    actions_decide.sign(stage.second, decision)
    found = stage.decision(decision)
    assert (found.status, found.asked_by, found.signed_by) == ("decided", stage.first.id, stage.second.id)
    assert found.knew["headline"] == "About 81 of 100 arrive." and found.digest_seen == "ab" * 16
    assert found.knew["travellers"]["adults"] == [{"code": "A", "answer": True}, {"code": "B", "answer": True}]
    assert dict(found.biases) == dict.fromkeys((bias.value for bias in Bias), False)
    with writing():
        told = [(line["kind"], line["text"]) for line in kept.one(stage.first, stage.case, "case").body["timeline"]]
    assert told[-2:] == [("decision", "asked:go"), ("decision", "decided:go")]


@pytest.mark.refuses("W-01", "W-02", "W-03", "W-07", "W-08")
def test_what_was_warned_of_stands_on_the_page_and_with_the_decision(stage):
    """Fewer than twenty journeys, old reports of one mouth, an infant, two losses: read before signing, kept afterwards."""
    plan = stage.planned(n=19, stale=True, one_source=True, infants=1, losses_90_days=2)
    shown = queries.deciding(stage.first, plan).warnings
    assert [rule for rule, _ in shown] == ["W-01", "W-02", "W-03", "W-07", "W-08"]
    decision = stage.everything(plan).ask(plan=plan)
    assert stage.decision(decision).knew["warnings"] == [list(one) for one in shown]
    assert [rule for rule, _ in queries.deciding(stage.first, stage.plan).warnings] == []


@pytest.mark.proves("S001-64", "S004-23")
@pytest.mark.refuses("H-04", "H-23", "H-28", "H-29", "H-30")
def test_without_the_yes_of_every_adult_to_this_plan_nobody_signs_a_go(stage):
    assert missing(stage.ask) >= {"H-28", "H-29", "H-30", "H-04", "H-23"}
    stage.everything()
    assert stage.ask()
    other = stage.planned()
    assert missing(stage.ask, plan=other) == {"H-28", "H-30"}  # nobody was asked about the new plan


@pytest.mark.proves("S000-31")
@pytest.mark.refuses("H-04")
def test_a_no_that_comes_later_counts_and_stops_the_second_signature(stage):
    decision = stage.everything().ask()
    stage.said(B, "no")
    assert missing(actions_decide.sign, stage.second, decision) == {"H-04"}
    stage.said(B, "yes")
    actions_decide.sign(stage.second, decision)


@pytest.mark.refuses("H-04")
def test_a_no_to_leaving_at_all_is_a_no_to_every_plan(stage):
    stage.everything()
    actions_asked.answer(stage.worker, stage.case, {
        "person": A, "plan": "", "answer": "no", "said": "I stay.", "language": "kor", "interpreter": "",
        "interpreter_is_broker": False, "present": ""})
    assert missing(stage.ask) == {"H-04"}


@pytest.mark.refuses("H-30")
def test_the_broker_of_a_case_never_interprets(stage):
    actions_sheet.give(stage.first, stage.plan)
    with pytest.raises(NotPermitted) as why:
        stage.said(A, "yes", interpreter_is_broker=True)
    assert why.value.rule == "H-30"
    with writing():
        assert "choices" not in kept.one(stage.first, stage.case, "case").body


@pytest.mark.refuses("H-23")
def test_a_best_interest_record_by_one_or_with_a_changed_word_is_none(stage):
    stage.everything()
    with writing():
        held = kept.one(stage.first, stage.case, "case", looked=False)
        records.replace_item(stage.first, held, "best_interest", held.body["best_interest"][0]["id"], {"text": "Other words."},
                             what="tampered")
    assert missing(stage.ask) == {"H-23"}
    actions_asked.for_child(stage.worker, stage.case, {"person": C, "text": "x", "guardian": "A"})
    with writing():
        item = kept.one(stage.worker, stage.case, "case").body["best_interest"][-1]["id"]
    with pytest.raises(NotPermitted) as why:
        actions_asked.second_for_child(stage.worker, stage.case, item)
    assert why.value.rule == "same_person"


@pytest.mark.proves("S001-49")
@pytest.mark.refuses("H-32")
def test_one_person_never_signs_twice(stage):
    stage.everything()
    with pytest.raises(NotPermitted) as why:
        stage.ask(second=stage.first)
    assert why.value.rule == "same_person"
    decision = stage.ask()
    with pytest.raises(NotPermitted) as why:
        actions_decide.sign(stage.first, decision)
    assert why.value.rule == "same_person"


@pytest.mark.proves("S001-49")
@pytest.mark.refuses("H-32")
def test_after_a_loss_the_second_signature_waits(stage):
    lost = (stage.office.now - timedelta(hours=70)).isoformat()
    plan = stage.planned(last_loss=lost)
    decision = stage.everything(plan).ask(plan=plan)
    assert missing(actions_decide.sign, stage.second, decision) == {"H-32"}
    stage.office.pass_time(hours=2)
    actions_decide.sign(stage.second, decision)


def test_a_security_officer_signs_second_with_what_was_read_to_them(stage):
    decision = stage.everything().ask(second=stage.guard)
    actions_decide.sign(stage.guard, decision)  # holds neither the case nor the network: plan and decision were shared
    assert stage.decision(decision).signed_by == stage.guard.id
    with writing(), pytest.raises(NoSuchVault):
        kept.one(stage.guard, stage.case, "case")


@pytest.mark.refuses("H-04")
def test_exposure_beyond_the_limit_and_a_forbidden_leg_are_no_go(stage):
    stage.everything()
    with writing():
        held = kept.one(stage.first, stage.plan, "plan", looked=False)
        records.change(stage.first, held, {"exposed_beyond_limit": ["REED"]}, what="test")
    assert missing(stage.ask) == {"exposure"}
    assert missing(stage.ask, plan=stage.planned(forbidden_leg=True)) >= {"H-04"}


def test_a_plan_that_changed_since_is_not_signed(stage):
    decision = stage.everything().ask()
    with writing():
        held = kept.one(stage.first, stage.plan, "plan", looked=False)
        records.change(stage.first, held, {"digest": "cd" * 16}, what="test")
    assert missing(actions_decide.sign, stage.second, decision) == {"digest"}


@pytest.mark.refuses("H-28")
@pytest.mark.parametrize("field", ["reasons", "chosen", "look_again", "knew", "biases", "abort_rule", "digest_seen"])
def test_not_a_word_of_a_decision_can_be_changed_afterwards(stage, field):
    decision = stage.everything().ask()
    actions_decide.sign(stage.second, decision)
    with writing():
        held = kept.one(stage.first, decision, "decision", looked=False)
        records.change(stage.first, held, {field: {"chosen": "no", "knew": {}, "biases": {}}.get(field, "other")}, what="tampered")
    with pytest.raises(Refused):
        stage.decision(decision)


def test_the_second_person_may_say_no_and_their_words_stay(stage):
    decision = stage.everything().ask()
    actions_decide.decline(stage.second, decision, text="The river is higher than you think.")
    found = stage.decision(decision)
    assert found.status == "not_signed" and found.dissent[0].text == "The river is higher than you think."
    with pytest.raises(NotPermitted):
        actions_decide.sign(stage.second, decision)


def test_a_newer_decision_takes_the_place_of_the_older_which_stays(stage):
    old = stage.everything().ask()
    new = stage.ask(chosen=Chosen.WAIT, look_again=stage.office.now.date() + timedelta(days=3), dissent="I would go.")
    assert stage.decision(old).status == "superseded" and stage.decision(old).superseded_by == new
    assert stage.decision(new).dissent[0].text == "I would go."
    with pytest.raises(NotPermitted):
        actions_decide.sign(stage.second, old)


def test_a_no_needs_no_traveller_s_yes_and_a_day_to_look_again(stage):
    assert missing(stage.ask, chosen=Chosen.NO) == {"look_again"}
    decision = stage.ask(chosen=Chosen.NO, look_again=stage.office.now.date())
    actions_decide.sign(stage.second, decision)
    assert stage.decision(decision).status == "decided"


def test_who_writes_no_decisions_makes_none(stage):
    with pytest.raises((NoSuchVault, NotPermitted)):
        stage.ask(actor=stage.worker)
    with writing():
        assert queries.waiting(stage.worker) == []


def test_decisions_wait_on_the_second_person_s_desk(stage):
    decision = stage.everything().ask()
    with writing():
        assert [one.id for one in queries.waiting(stage.second)] == [decision]
        assert queries.waiting(stage.first) == []
    stage.office.pass_time(hours=25)
    with writing():
        assert queries.waiting(stage.second) == []


# ---------------------------------------------------------------------------------------------------------------- pages
@pytest.fixture
def browsers(office):
    """Two coordinators at browsers, there before the case."""
    one, two = (office.person(roles={"coordinator"}, handle=name) for name in ("heron", "wren"))
    return office.sign_in(one, stepped_up=True), office.sign_in(two, stepped_up=True), two


@pytest.mark.proves("S001-48")
@pytest.mark.refuses("H-07")
def test_the_page_asks_and_chooses_nothing(browsers, office):
    first, second, other = browsers
    stage = Stage(office).everything()
    where = reverse("plan-decide", kwargs={"plan": stage.plan.hex()})
    page = first.get(where).content.decode()
    assert 'type="radio"' in page and " checked" not in page and "Everything that must be there is there" in page
    sent = {"chosen": "go", "reasons": "Calm.", "change_of_mind": "A raid.", "abort_rule": "Late guide.", "second": other.id.hex()}
    assert first.post(where, sent).status_code == 400  # the questions to oneself were not answered
    sent |= {f"bias_{bias.value}": "no" for bias in Bias}
    answer = first.post(where, sent)
    assert answer.status_code == 302 and answer["Location"].endswith("?done=asked")
    decision = answer["Location"].split("/")[2]
    assert "I sign it too" in second.get(reverse("decision", kwargs={"decision": decision})).content.decode()
    assert second.post(reverse("decision-sign", kwargs={"decision": decision})).status_code == 302
    shown = first.get(reverse("decision", kwargs={"decision": decision})).content.decode()
    assert "decided by two" in shown and "I sign it too" not in shown
    assert "Calm." in shown and "A raid." in shown and "Late guide." in shown  # why, what would change it, when to turn back


def test_what_is_missing_is_said_and_nothing_is_saved(browsers, office):
    first, _, other = browsers
    stage = Stage(office)
    where = reverse("plan-decide", kwargs={"plan": stage.plan.hex()})
    assert "Nobody is moved" not in first.get(where).content.decode()
    sent = {"chosen": "go", "reasons": "Calm.", "change_of_mind": "A raid.", "abort_rule": "x", "second": other.id.hex()}
    sent |= {f"bias_{bias.value}": "yes" for bias in Bias}
    answer = first.post(where, sent)
    assert answer.status_code == 409 and "A has not answered to this plan" in answer.content.decode()
    with writing():
        assert kept.every(stage.first, "decision") == []


@pytest.mark.proves("S001-64", "S004-23")
def test_the_sheet_goes_into_the_case_and_is_read_there_by_who_sees_no_network(browsers, office):
    first, _, _ = browsers
    worker = office.person(roles={"case_worker"}, handle="lark")
    stage = Stage(office)
    with writing():
        records.share(stage.first, stage.case, "case", worker.id, reason="their worker")
    sheet = reverse("plan-sheet", kwargs={"plan": stage.plan.hex()})
    assert "About 81 of the 100 arrive." in first.get(sheet).content.decode()
    assert first.post(sheet, {}).status_code == 400 and first.post(sheet, {"sure": "on"}).status_code == 302
    client = office.sign_in(worker)
    assert client.get(sheet).status_code == 404
    where = reverse("case-choices", kwargs={"case": stage.case.hex()})
    page = client.get(where).content.decode()
    assert "About 81 of the 100 arrive." in page and " checked" not in page
    sent = {"person": A, "answer": "yes", "language": "kor", "broker": "no", "said": "I want to see my sister."}
    assert client.post(reverse("case-answer", kwargs={"case": stage.case.hex()}), sent).status_code == 302
    assert "I want to see my sister." in client.get(where).content.decode()
    assert client.post(reverse("case-answer", kwargs={"case": stage.case.hex()}), sent | {"broker": "yes"}).status_code == 403
    assert client.post(reverse("case-answer", kwargs={"case": stage.case.hex()}), {"person": A}).status_code == 400
