"""Where two rooms meet: who counts as another person everywhere, and records of one type that hold two things."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from acts import member
from money import House
from test_cases_protect import A, Stage

from waystation.casework.people import NotKnown
from waystation.ledger.signatures import Why
from waystation.units import Money
from waystation_web.cases import (
    actions,
    actions_asked,
    actions_consent,
    actions_people,
    actions_team,
    actions_work,
)
from waystation_web.contacts import actions as contacts
from waystation_web.duty import actions as house
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions_sign
from waystation_web.plans import asking
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault import labels
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.models import Account

TERMS = asking.Terms("HEARTH", (), date(2026, 10, 22), date(2026, 12, 31), Money.parse("3000 USD"))


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
@pytest.mark.refuses("H-21")
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


# ------------------------------------------------------------------------------------------ who came after the limits were set
def load(rooms):
    with writing():
        asking.load(rooms.co, rooms.case, TERMS)


def load_nothing_known(rooms):
    """That the case says too little for a plan is asked after the limits of the house: a refusal comes first."""
    with suppress(NotKnown):
        load(rooms)


def test_whoever_came_later_is_not_bound_by_the_defaults_in_place_of_the_limits(office):
    """The house wants two signatures from 100 USD on; by the defaults a newcomer would pay 900 alone."""
    guard, liaison = member(office, "guard", ("security_officer",)), member(office, "tern", ("field_liaison",))
    house.set_limits(guard, {"second_signature_above": "100 USD", "exposure_limit": 3, "cool_off_hours": 96})
    rooms = House(office)
    for act in (lambda: rooms.new(rooms.fi, amount="900 USD", case_id=None, second=None, case=""),
                lambda: load_nothing_known(rooms),
                lambda: house.go_on(rooms.co, who=rooms.co.id, start=office.now, end=office.now)):
        assert rule(act) == "house"
    for one in (rooms.fi, rooms.co):
        house.admit(liaison, one.id)
    entry = rooms.new(rooms.fi, amount="900 USD", case_id=None, second=None, case="")
    assert rooms.line(entry).why is Why.ABOVE
    with pytest.raises(NotKnown):
        load(rooms)


@pytest.mark.refuses("H-32")
def test_whoever_came_later_marks_nothing_as_paid_under_a_limit_they_cannot_read(office):
    rooms = House(office)
    entry = rooms.new(rooms.cw, amount="900 USD")
    house.set_limits(member(office, "guard", ("security_officer",)), {"second_signature_above": "100 USD"})
    late = member(office, "late", ("finance",))
    with writing():
        records.share(rooms.fi, entry, "money", late.id, reason="x")
    given = {"day": rooms.today, "no_receipt": "cash"}
    with pytest.raises((NotPermitted, actions_sign.Incomplete)) as why:
        actions_sign.pay(late, entry, **given)
    assert isinstance(why.value, NotPermitted) and why.value.rule == "house"
    with pytest.raises(actions_sign.Incomplete):
        actions_sign.pay(rooms.fi, entry, **given)


def test_where_nobody_set_anything_everybody_works_by_the_defaults(office):
    rooms = House(office)
    entry = rooms.new(rooms.cw, amount="900 USD")
    assert rooms.line(entry).why is None
