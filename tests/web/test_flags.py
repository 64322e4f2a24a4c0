"""A flag on a contact holds what is paid to them for two people, says why, rests for a reason until a day, and is never taken away."""

import json
from datetime import timedelta

import pytest
from acts import member
from money import House, Kind
from test_ledger import pay, signed

from waystation.ledger.signatures import Missing, Why
from waystation_web.contacts import actions as contacts
from waystation_web.contacts import flags, queries
from waystation_web.duty import flagged
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions_sign
from waystation_web.ledger.actions_sign import Incomplete
from waystation_web.ledger.entry import State
from waystation_web.ledger.question import question
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NoSuchVault, NotPermitted

SMALL = {"amount": "20 USD", "contact": "reed"}  # one person pays it, were it not for the flag
SAID = "900 USD after 500 USD had been paid, by a call. (Invented.)"


@pytest.fixture
def house(office):
    made = House(office)
    made.keeper = member(office, "keeper", ("field_liaison",))
    made.other = member(office, "other", ("field_liaison",))
    made.reed = contacts.keep(made.keeper, {"code_name": "Reed", "roles": ["intermediary"]}, deputy=made.other.id)
    return made


def raised(house, rule="grows"):
    return flags.raise_flag(house.keeper, house.reed, rule=rule, on=house.today, told=SAID)


def held(house, entry):
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    return refused.value.missing


@pytest.mark.refuses("H-32", "H-35")
def test_a_payment_to_whoever_is_flagged_waits_for_two_whatever_the_amount_and_says_why(house):
    before, other = house.new(**SMALL), house.new(amount="20 USD", contact="Finch")
    assert house.line(before).why is None
    raised(house)
    entry = house.new(**SMALL)
    assert house.line(entry).why is Why.FLAGGED and house.line(entry).state is State.UNSIGNED
    assert Missing.SECOND in held(house, entry) and Missing.SECOND in held(house, before)  # also what was written before
    shown = question(house.fi, entry)
    assert shown.raised == ("The amount rose after a payment.",) and "Two people look" in shown.why
    assert SAID not in repr(shown) and question(house.fi, other).raised == ()
    pay(house, other)
    house.office.pass_time(minutes=1)
    signed(house, entry, house.co, house.fi)
    pay(house, entry)
    assert house.line(entry).state is State.PAID


@pytest.mark.refuses("H-32")
def test_who_signed_before_a_flag_was_raised_did_not_know_of_it_and_is_asked_again(house):
    entry = house.new(amount="5000 USD", contact="Reed")
    signed(house, entry, house.co, house.fi)
    raised(house)
    assert held(house, entry) == (Missing.FLAG_SINCE,)
    house.office.pass_time(minutes=1)
    actions_sign.refuse(house.fi, entry, reason="A flag is new. (Invented.)")
    signed(house, entry, house.co, house.fi)
    pay(house, entry)


@pytest.mark.refuses("H-32")
def test_a_flag_that_the_writer_of_a_line_marks_asks_for_two_as_well(house):
    entry = house.new(amount="20 USD", contact="Finch", flags=("soon",))
    assert house.line(entry).why is Why.FLAGGED and Missing.SECOND in held(house, entry)


def test_a_flag_rests_by_another_liaison_for_a_reason_until_a_day_and_stays_on_the_page(house):
    flag, ends = raised(house), house.today + timedelta(days=30)
    with pytest.raises(NotPermitted) as why:
        flags.lift(house.keeper, house.reed, flag, reason="He is well known.", ends=ends)
    assert why.value.rule == "same_person"
    with pytest.raises(NotPermitted):
        flags.lift(house.co, house.reed, flag, reason="x", ends=ends)  # a coordinator reads contacts and writes none
    for reason, day in ((" ", ends), ("x", house.today), ("x", house.today + timedelta(days=93))):
        with pytest.raises(flags.NoLift):
            flags.lift(house.other, house.reed, flag, reason=reason, ends=day)
    with pytest.raises(NoSuchVault):
        flags.lift(house.other, house.reed, "0" * 16, reason="x", ends=ends)
    flags.lift(house.other, house.reed, flag, reason="The son was heard. (Invented.)", ends=ends)
    with writing():
        assert not flagged.raised(house.fi, "Reed")
    (shown,) = queries.page(house.co, house.reed).flags
    assert (shown.rests.by, shown.rests.ends, shown.flag.told) == ("other", ends, SAID) and not shown.may_lift
    pay(house, house.new(**SMALL))
    house.office.pass_time(days=31)
    (shown,) = queries.page(house.co, house.reed).flags
    assert shown.rests is None and shown.flag.lifts[0].reason == "The son was heard. (Invented.)"
    assert house.line(house.new(**SMALL)).why is Why.FLAGGED
    assert "A flag is raised on this contact. Read what raised it before relying on them." in queries.page(house.co, house.reed).line.warnings


def test_each_flag_holds_for_itself(house):
    first, _second = raised(house), raised(house, "haste")
    flags.lift(house.other, house.reed, first, reason="x", ends=house.today + timedelta(days=9))
    with writing():
        assert flagged.raised(house.fi, " REED ").rules == ("haste",)


def test_who_is_called_otherwise_now_is_flagged_under_both_names(house):
    raised(house)
    contacts.keep(house.other, {"code_name": "Sedge"}, contact=house.reed)
    with writing():
        assert [bool(flagged.raised(house.fi, name)) for name in ("Reed", "Sedge", "Finch", "")] == [True, True, False, False]


def test_those_who_pay_are_told_the_rule_by_marks_and_no_name_and_who_cannot_read_it_asks_for_two(house):
    raised(house)
    with writing():
        (one,) = [each for each in kept.every(house.fi, "duty", looked=False) if each.body["sort"] == "flagged"]
    told = json.dumps(one.body).casefold()
    assert "reed" not in told and SAID.casefold() not in told and house.reed.hex() not in told and one.body["rule"] == "grows"
    late = member(house.office, "late", ("finance",))
    with writing():
        assert flagged.raised(late, "Finch").unknown and bool(flagged.raised(late, "Finch")) and not flagged.raised(late, "")


def test_a_flag_needs_a_rule_a_day_that_has_come_and_words(house):
    for rule, ahead, told in (("liar", 0, "x"), ("copied", 0, "x"), ("grows", 1, "x"), ("grows", 0, " ")):
        with pytest.raises(ValueError, match="flag"):
            flags.raise_flag(house.keeper, house.reed, rule=rule, on=house.today + timedelta(days=ahead), told=told)
    with pytest.raises(NotPermitted):
        flags.raise_flag(house.co, house.reed, rule="grows", on=house.today, told="x")


def test_a_ransom_keeps_its_own_hold_beside_a_flag(house):
    raised(house)
    entry = house.new(amount="20 USD", contact="Reed", kind=Kind.RANSOM)
    assert house.line(entry).why is Why.KIND and {Missing.HOLD, Missing.PROOF_ASKED} <= set(held(house, entry))
    assert question(house.co, entry).raised


def test_pages_raise_and_lift_and_say_it(house):
    office = house.office
    liaisons = [office.person(roles={"field_liaison"}, handle=name) for name in ("plover", "dunlin")]
    one, two = (office.sign_in(person) for person in liaisons)
    where = f"/contacts/{contacts.keep(office.actor(liaisons[0]), {'code_name': 'Wren'}, deputy=liaisons[1].id).hex()}/"
    assert "Nobody raised a flag. That does not say that there is nothing." in one.get(where).content.decode()
    assert one.post(where + "flag/", {"rule": "grows", "on": "2100-01-01", "told": "x"}).status_code == 400
    assert one.post(where + "flag/", {"rule": "grows", "on": house.today.isoformat(), "told": SAID}, follow=True).status_code == 200
    page = one.get(where).content.decode()
    assert "The amount rose after a payment." in page and SAID in page and "let it rest" not in page.lower()  # not their own
    flag = two.get(where).context["page"].flags[0].flag.id
    bad = two.post(where + "lift/", {"flag": flag, "reason": "x", "ends": house.today.isoformat()})
    assert bad.status_code == 400 and "A flag rests until a day after today." in bad.content.decode()
    assert two.post(where + "lift/", {"flag": flag, "reason": "Heard him.", "ends": (house.today + timedelta(days=9)).isoformat()}).status_code == 302
    assert "Heard him." in one.get(where).content.decode()


