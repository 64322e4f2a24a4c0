"""Where two rooms meet: who counts as another person everywhere, and records of one type that hold two things."""

from dataclasses import replace

import pytest
from acts import member
from test_cases_protect import A, Stage

from waystation_web.cases import (
    actions,
    actions_asked,
    actions_consent,
    actions_people,
    actions_team,
    actions_work,
)
from waystation_web.contacts import actions as contacts
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault import labels
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.models import Account


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


def invite(office, one, by):
    """As if `by` had invited `one` today."""
    row = Account.objects.get(pk=one.id)
    label = replace(labels.read_label(row), invited_by=by.id, invited_on=office.now.date())
    Account.objects.filter(pk=one.id).update(label=labels.seal_label(one.id, label))


# ------------------------------------------------------------------------------------------------- who is another person
@pytest.mark.parametrize("first", ["worker", "chief"], ids=["invited the reader", "was invited by the reader"])
def test_whoever_reads_a_reason_of_vital_interest_is_nobody_s_second_account(office, first):
    stage = Stage(office)
    actions_consent.vital_interest(stage.worker, stage.case, person=A, reason="She bleeds.")
    item = stage.body()["vital"][-1]["id"]
    both = {"worker": stage.worker, "chief": stage.chief}
    by = both.pop(first)
    invite(office, *both.values(), by)
    assert rule(actions_consent.read_vital, stage.chief, stage.case, item) == "newcomer"
    assert "read_by" not in stage.body()["vital"][-1]
    office.pass_time(days=7)
    actions_consent.read_vital(stage.chief, stage.case, item)


def test_whoever_vets_a_contact_is_not_the_second_account_of_whoever_keeps_it(office):
    keeps, vets = member(office, "keeps", ("field_liaison",)), member(office, "vets", ("field_liaison",))
    contact = contacts.keep(keeps, {"code_name": "Wren"}, deputy=vets.id)
    invite(office, vets, keeps)
    typed = {"speaks_for": "brought two", "against": "talks", "result": "cleared", "cleared_for": "guide"}
    typed["ends"] = office.now.date().replace(year=office.now.year + 1)
    assert rule(contacts.vet, vets, contact, typed) == "newcomer"
    office.pass_time(days=7)
    contacts.vet(vets, contact, typed)


# ------------------------------------------------------------------------------------------- one type that holds two things
def acts_on(actor, vault, other):
    """Every act of casework, on a record that is no case."""
    person = {"person": A, "purpose": "referral", "recipient": "health", "said": "withdrawn"}
    return {
        "note": lambda: actions_work.add_note(actor, vault, "heard"),
        "task": lambda: actions_work.add_task(actor, vault, text="call", due=None),
        "watch": lambda: actions_work.watch(actor, vault, next_check=None, every_days=3, text=""),
        "person": lambda: actions_people.add_person(actor, vault, {}),
        "names": lambda: actions_people.seal_names(actor, vault, "", {"name": "Invented"}),
        "write": lambda: actions.write(actor, vault, {"wish": "x"}, what="wish", revision=1),
        "assign": lambda: actions_team.assign(actor, vault, worker=other, deputy=b"", end_old=False, reason="x"),
        "vital": lambda: actions_consent.vital_interest(actor, vault, person=A, reason="x"),
        "consent": lambda: actions_consent.say(actor, vault, person),
        "step": lambda: actions_consent.move(actor, vault, "accept", {"reason": "x"}),
        "child": lambda: actions_asked.for_child(actor, vault, {"person": A, "text": "x", "guardian": "x"}),
    }


@pytest.mark.parametrize("what", ["import", "undone"])
@pytest.mark.parametrize("act", sorted(acts_on(None, b"", b"")))
def test_what_is_no_case_is_not_there_for_any_act_on_cases(office, what, act):
    """The file of an import lies in a record of the type case, and so does what is left of a case that was taken back:
    a note would vanish there, and a team would be given a list of everybody."""
    both, other = member(office, "both", ("coordinator", "case_worker")), member(office, "other", ("case_worker",))
    body = {"case_import": {"state": "begun"}} if what == "import" else {"import_undone": "00" * 16}
    with writing():
        vault = records.make(both, "case", body).id
    with pytest.raises(NoSuchVault):
        acts_on(both, vault, other.id)[act]()
    with writing():
        held = kept.one(both, vault, "case", looked=False)
        assert (held.body, held.revision, kept.maybe(other, vault, "case")) == (body, 1, None)
