"""Two signatures on one act: who may sign, what is signed, when, how often; and each check taken away once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from acts import member

from waystation_web.gateways.database import writing
from waystation_web.records import actions, queries
from waystation_web.vault import approvals, labels
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.models import Account

MANIFEST = {"what": "payment", "amount": "120.00", "currency": "USD"}


@pytest.fixture
def asked(office):
    """A record of two coordinators, with the first signature in it."""
    first, second = member(office, "first", ("coordinator",)), member(office, "second", ("coordinator",))
    with writing():
        held = actions.make(first, "case", {"ref": "K7Q2"})
    return office, first, second, held.id, approvals.ask(first, held.id, MANIFEST)


def rule(act, *given):
    """The rule by which something is not permitted; a signature that does not hold comes too late to be the reason."""
    with pytest.raises((NotPermitted, Refused)) as why:
        act(*given)
    return getattr(why.value, "rule", "refused")


@pytest.mark.refuses("H-32")
def test_two_people_sign_and_it_is_done_once(asked):
    _, first, second, vault, block = asked
    assert block["manifest"] == MANIFEST and "approved_by" not in block
    both = approvals.approve(second, vault, block, MANIFEST)
    approval = approvals.checked(vault, both, MANIFEST)
    assert (approval.asked_by, approval.approved_by) == (first.id, second.id)
    used = approvals.use(vault, both, MANIFEST)
    assert rule(approvals.use, vault, used, MANIFEST) == "used"
    assert rule(approvals.approve, second, vault, both, MANIFEST) == "signed"


def test_one_signature_is_not_two(asked):
    _, _, _, vault, block = asked
    assert rule(approvals.use, vault, block, MANIFEST) == "second_signature"


@pytest.mark.refuses("H-32")
def test_nobody_signs_twice(asked):
    _, first, _, vault, block = asked
    assert rule(approvals.approve, first, vault, block, MANIFEST) == "same_person"


@pytest.mark.refuses("H-32")
def test_whom_the_asker_invited_this_week_does_not_sign_second(asked):
    office, first, second, vault, block = asked
    row = Account.objects.get(pk=second.id)
    invited = replace(labels.read_label(row), invited_by=first.id, invited_on=office.now.date())
    Account.objects.filter(pk=second.id).update(label=labels.seal_label(second.id, invited))
    assert rule(approvals.approve, second, vault, block, MANIFEST) == "newcomer"
    long_ago = replace(invited, invited_on=office.now.date() - timedelta(days=7))
    Account.objects.filter(pk=second.id).update(label=labels.seal_label(second.id, long_ago))
    assert "approved_by" in approvals.approve(second, vault, block, MANIFEST)


@pytest.mark.refuses("H-32")
def test_whoever_invited_the_asker_this_week_does_not_sign_second(asked):
    """Somebody with a second account asks with it and signs with the first: the other way round is the same."""
    office, first, second, vault, block = asked
    row = Account.objects.get(pk=first.id)
    invited = replace(labels.read_label(row), invited_by=second.id, invited_on=office.now.date())
    Account.objects.filter(pk=first.id).update(label=labels.seal_label(first.id, invited))
    assert rule(approvals.approve, second, vault, block, MANIFEST) == "newcomer"
    long_ago = replace(invited, invited_on=office.now.date() - timedelta(days=7))
    Account.objects.filter(pk=first.id).update(label=labels.seal_label(first.id, long_ago))
    assert "approved_by" in approvals.approve(second, vault, block, MANIFEST)


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize("state", [Account.State.LOCKED, Account.State.REMOVED])
def test_what_somebody_signed_who_was_locked_or_removed_since_is_not_done(asked, state):
    """Found out between the first signature and the second, or between the second and the act."""
    _, first, second, vault, block = asked
    both = approvals.approve(second, vault, block, MANIFEST)
    for gone in (first, second):
        Account.objects.filter(pk=gone.id).update(state=state)
        assert rule(approvals.use, vault, both, MANIFEST) == "signer_gone"
        assert approvals.checked(vault, both, MANIFEST).approved_by == second.id  # what was done stands
        if gone is first:
            assert rule(approvals.approve, second, vault, block, MANIFEST) == "signer_gone"
        Account.objects.filter(pk=gone.id).update(state=Account.State.ACTIVE)
    assert "used_at" in approvals.use(vault, both, MANIFEST)


def test_an_invitation_says_by_whom_and_keeps_it_when_roles_change(office):
    from waystation.access import Role
    from waystation_web.accounts import people

    one = office.person(roles={"coordinator"}, handle="newcomer")
    anna = office.actor(office.people["anna"])
    people.change_roles(anna, one.id, roles=frozenset({Role.FINANCE}))
    label = labels.read_label(office.account(one))
    assert (label.invited_by, label.invited_on, label.roles) == (anna.id, office.now.date(), {Role.FINANCE})


@pytest.mark.refuses("H-32")
def test_a_day_is_long_enough(asked):
    office, _, second, vault, block = asked
    office.pass_time(hours=24)
    both = approvals.approve(second, vault, block, MANIFEST)
    office.pass_time(hours=24)
    approvals.use(vault, both, MANIFEST)
    office.pass_time(seconds=1)
    assert rule(approvals.use, vault, both, MANIFEST) == "too_late"
    assert rule(approvals.approve, second, vault, block, MANIFEST) == "too_late"


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize("who", ["first", "second"])
def test_both_confirm_who_they_are(asked, who):
    _, first, second, vault, block = asked
    if who == "first":
        act, given = approvals.ask, (replace(first, stepped_up_until=None), vault, MANIFEST)
    else:
        act, given = approvals.approve, (replace(second, stepped_up_until=None), vault, block, MANIFEST)
    with pytest.raises(NotPermitted) as why:
        act(*given)
    assert why.value.step_up


@pytest.mark.refuses("H-32")
def test_what_was_changed_since_is_not_signed_and_not_done(asked):
    _, _, second, vault, block = asked
    other = MANIFEST | {"amount": "1200.00"}
    assert rule(approvals.approve, second, vault, block, other) == "changed"
    both = approvals.approve(second, vault, block, MANIFEST)
    assert rule(approvals.use, vault, both, other) == "changed"


@pytest.mark.parametrize("name", ["asked_sig", "approved_sig"])
def test_a_signature_of_somebody_else_or_for_another_record_is_refused(asked, name):
    office, _, second, vault, block = asked
    both = approvals.approve(second, vault, block, MANIFEST)
    with pytest.raises(Refused):
        approvals.use(bytes(16), both, MANIFEST)  # moved to another record
    with pytest.raises(Refused):
        approvals.use(vault, both | {name: "00" * 64}, MANIFEST)
    with pytest.raises(Refused):
        approvals.use(vault, both | {name: "not hex"}, MANIFEST)
    third = member(office, "third", ("coordinator",))
    with pytest.raises(Refused):
        approvals.use(vault, both | {name.replace("sig", "by"): third.id.hex()}, MANIFEST)


@pytest.mark.refuses("H-32")
def test_a_block_that_names_one_person_twice_is_refused(asked):
    """Whoever controls the server could copy the first signature into the second place."""
    _, _, _, vault, block = asked
    forged = block | {"approved_by": block["asked_by"], "approved_sig": block["asked_sig"],
                      "approved_at": block["asked_at"]}
    with pytest.raises(Refused):
        approvals.checked(vault, forged, MANIFEST)
    with pytest.raises(Refused):
        approvals.use(vault, forged, MANIFEST)


@pytest.mark.parametrize(("name", "broken"), [
    ("digest_of", lambda manifest: bytes(32)), ("signed_by", lambda *_: True), ("_newcomer", lambda *_: True),
    ("_confirmed", lambda *_: None)])
def test_each_check_taken_away_is_seen(asked, monkeypatch, name, broken):
    _, first, second, vault, block = asked
    with monkeypatch.context() as patch:
        patch.setattr(approvals, name, broken)
        if name == "digest_of":
            same = approvals.ask(first, vault, MANIFEST)
            assert approvals.approve(second, vault, same, MANIFEST | {"amount": "9"})["approved_by"]
        elif name == "signed_by":
            both = approvals.approve(second, vault, block, MANIFEST)
            assert approvals.use(vault, both | {"asked_sig": "00" * 64}, MANIFEST)
        elif name == "_newcomer":
            assert rule(approvals.approve, second, vault, block, MANIFEST) == "newcomer"
        else:
            assert approvals.ask(replace(first, stepped_up_until=None), vault, MANIFEST)


def test_a_grant_that_needs_two_signatures_goes_through_with_them_alone(office):
    liaison, other = member(office, "liaison", ("field_liaison",)), member(office, "other", ("coordinator",))
    with writing():
        held = actions.make(liaison, "handle", {"value": "none"})
    given = (liaison, held.id, "handle", other.id)
    until = office.now.date() + timedelta(days=3)
    with writing():
        assert rule(lambda: actions.share(*given, reason="a call", until=until)) == "second_signature"
    with writing():
        actions.share(*given, reason="a call", until=until, second=bytes(16))
    with writing():
        assert queries.one(other, held.id, "handle").body == {"value": "none"}
