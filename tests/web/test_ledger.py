"""Two signatures on money: who may, what was signed, what is void; taken back and never edited; only code names."""

import threading
from dataclasses import replace

import pytest
from acts import member
from money import House, Kind, LegalFlag, Payer, days

from waystation.ledger.balances import by_case, by_contact
from waystation.ledger.coins import said
from waystation.ledger.signatures import Choice, Missing, Why
from waystation.units import Money
from waystation_web.audit import queries as audit
from waystation_web.contacts import actions as contacts
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions, actions_sign, words
from waystation_web.ledger.actions import InvalidEntry
from waystation_web.ledger.actions_sign import Incomplete
from waystation_web.ledger.entry import State
from waystation_web.ledger.question import question
from waystation_web.ledger.reading import ledger
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted


@pytest.fixture
def house(office):
    return House(office)


def signed(house, entry, first=None, second=None, choice=Choice.PAY):
    actions_sign.ask(first or house.cw, entry, choice=choice, reason="the last bus")
    actions_sign.sign(second or house.fi, entry, reason="I have read it")


def pay(house, entry, actor=None, **more):
    actions_sign.pay(actor or house.fi, entry, **({"day": house.today, "no_receipt": "cash, no paper"} | more))


def acts(house):
    anna = house.office.actor(house.office.people["anna"])
    with writing():
        return [str(line.event) for line in audit.read(anna)]


# ---------------------------------------------------------------------------------------------------------------- writing
def test_a_small_line_is_paid_by_one(house):
    entry = house.new(amount="200 USD")
    assert house.line(entry).state is State.OPEN and house.line(entry).entry.case == "K7Q2"
    pay(house, entry)
    line = house.line(entry)
    assert (line.state, line.entry.paid, line.body["no_receipt"]) == (State.PAID, house.today, "cash, no paper")
    assert acts(house)[0] == "paid"


def test_what_finance_holds_says_no_name_and_opens_no_person(house):
    """Finance sees the code of a case and of a contact, and can open neither."""
    entry = house.new(amount="200 USD")
    with writing():
        person = records.make(house.cw, "person", {"household": "Invented Name"}).id
        contact = kept.may_write(house.fi, "contact")
    assert not contact and (house.line(entry).entry.case, house.line(entry).entry.contact) == ("K7Q2", "heron-9")
    with writing():
        for vault, type_ in ((house.case, "case"), (person, "person")):
            assert kept.maybe(house.fi, vault, type_) is None
        for type_ in ("case", "person", "contact", "handle", "place", "leg"):
            assert kept.every(house.fi, type_, looked=False) == []
    for type_, vault in (("person", person), ("case", house.case)):
        with writing(), pytest.raises(NotPermitted):
            records.share(house.cw, vault, type_, house.fi.id, reason="curious")


def test_a_coordinator_holds_what_they_are_named_on(house):
    entry = house.new(second=house.co.id)
    assert house.line(entry, house.co).entry.amount == Money.parse("500 USD")
    with pytest.raises(NoSuchVault):
        house.line(entry, house.co2)
    actions.edit(house.cw, entry, house.typed(second=house.co2.id), revision=1)
    assert house.line(entry, house.co2).body["second"] == house.co2.id.hex()


def test_nobody_is_named_who_may_not_hold_it_and_nobody_names_themselves(house):
    officer = house.office.actor(house.office.people["bela"])
    for second, rule in ((officer.id, "recipient"), (house.cw.id, "same_person"), (b"\x00" * 16, "recipient")):
        with pytest.raises(NotPermitted) as refused:
            house.new(second=second)
        assert refused.value.rule == rule


def test_a_case_that_one_does_not_hold_is_no_case(house):
    with pytest.raises(NoSuchVault):
        house.new(house.fi, second=None)
    entry = house.new(house.fi, second=None, case_id=None, case="K7Q2")  # finance writes the code alone
    assert house.line(entry).entry.case == "K7Q2" and house.line(entry).case_id is None


@pytest.mark.parametrize(("fields", "field"), [
    ({"amount": "0 USD"}, "amount"), ({"amount": "1.005 USD"}, "amount"),
    ({"kind": Kind.BRIBE, "legal_note": " "}, "legal_note"), ({"kind": Kind.RANSOM, "legal": LegalFlag.NONE}, "legal"),
])
def test_a_line_that_cannot_stand_is_not_kept(house, fields, field):
    with pytest.raises(InvalidEntry) as refused:
        house.new(**fields)
    assert refused.value.field == field
    with writing():
        assert ledger(house.fi).lines == ()


# ------------------------------------------------------------------------------------------------------------- signatures
def limit(house):
    from waystation_web.ledger.reading import limits

    with writing():
        return limits(house.fi).second_signature_above


def above(house):
    """An amount just above the limit of the house."""
    one = limit(house)
    return f"{one.amount + 1} {one.currency}"


def test_above_the_limit_two_sign_and_then_it_is_paid_once(house):
    entry = house.new(amount=above(house))
    assert (house.line(entry).state, house.line(entry).why) == (State.UNSIGNED, Why.ABOVE)
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    assert refused.value.missing == (Missing.SECOND, Missing.REASON)
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="the last bus")
    assert house.line(entry).state is State.WAITING
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    assert refused.value.missing == (Missing.SECOND,)
    actions_sign.sign(house.co, entry, reason="I have read it")
    assert house.line(entry).state is State.SIGNED
    pay(house, entry)
    line = house.line(entry)
    assert (line.state, line.first.by, line.second.by) == (State.PAID, house.cw.id, house.co.id)
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    assert refused.value.missing == (Missing.PAID,)
    assert [one for one in acts(house) if one in {"asked_for_second", "signed_second", "paid"}] == [
        "paid", "signed_second", "asked_for_second"]


def test_what_is_split_below_the_limit_still_needs_two(house):
    one = limit(house)
    part = f"{one.amount * 3 // 5} {one.currency}"
    assert house.line(house.new(amount=part)).why is None
    assert house.line(house.new(amount=part)).why is Why.TOGETHER
    assert house.line(house.new(amount=part, contact="wren-2")).why is None
    house.office.pass_time(days=8)
    assert house.line(house.new(amount=part)).why is None


def test_a_currency_that_nobody_has_a_rate_for_needs_two(house):
    assert house.line(house.new(amount="5 THB")).why is Why.NO_RATE


@pytest.mark.proves("S001-21")
@pytest.mark.refuses("H-32")
def test_a_bribe_of_one_dollar_needs_two(house):
    entry = house.new(amount="1 USD", kind=Kind.BRIBE)
    assert house.line(entry).why is Why.KIND
    with pytest.raises(Incomplete):
        pay(house, entry)
    signed(house, entry)
    pay(house, entry)
    assert house.line(entry).state is State.PAID


@pytest.mark.parametrize(("who", "rule"), [("cw", "same_person"), ("cw2", "role")])
def test_who_does_not_sign_second(house, who, rule):
    from acts import member

    house.cw2 = member(house.office, "swallow", ("case_worker",))
    entry = house.new(amount=above(house))
    with writing():
        records.share(house.cw, entry, "money", house.cw2.id, reason="works on the case too")
    actions_sign.ask(house.fi, entry, choice=Choice.PAY, reason="x") if who == "cw2" else actions_sign.ask(
        house.cw, entry, choice=Choice.PAY, reason="x")
    person = getattr(house, who)
    with pytest.raises(NotPermitted) as refused:
        actions_sign.sign(person if who == "cw2" else replace(person, roles=house.co.roles), entry, reason="me too")
    assert refused.value.rule == rule
    assert house.line(entry).state is State.WAITING


def test_a_signature_is_given_with_oneself_confirmed_and_with_words(house):
    entry = house.new(amount=above(house))
    tired = replace(house.cw, stepped_up_until=None)
    with pytest.raises(NotPermitted) as refused:
        actions_sign.ask(tired, entry, choice=Choice.PAY, reason="x")
    assert refused.value.step_up
    with pytest.raises(ValueError, match="reason"):
        actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason=" ")
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="x")
    with pytest.raises(NotPermitted) as refused:
        actions_sign.sign(replace(house.fi, stepped_up_until=None), entry, reason="x")
    assert refused.value.step_up
    with pytest.raises(ValueError, match="reason"):
        actions_sign.sign(house.fi, entry, reason="")
    assert house.line(entry).state is State.WAITING


@pytest.mark.refuses("W-10")
@pytest.mark.parametrize("fields", [{"amount": "999999"}, {"contact": "wren-2"}, {"currency": "EUR"}, {"reason": "another"},
                                    {"choice": "refuse"}, {"purpose": "something else"}, {"due": "2026-05-01"}, {"flags": ["soon"]}])
@pytest.mark.parametrize("when", ["before the second", "after the second"])
def test_what_was_changed_after_a_signature_is_not_what_was_signed(house, fields, when):
    """Somebody who holds the key writes the record itself: the signatures no longer fit, and nothing is paid."""
    entry = house.new(amount=above(house))
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="x")
    if when == "after the second":
        actions_sign.sign(house.fi, entry, reason="y")
    with writing():
        records.change(house.cw, kept.one(house.cw, entry, "money", looked=False), fields, what="line")
    assert house.line(entry).state is State.CHANGED
    if when == "before the second":
        with pytest.raises(NotPermitted) as refused:
            actions_sign.sign(house.fi, entry, reason="y")
        assert refused.value.rule == "changed"
    with pytest.raises((NotPermitted, Incomplete)):
        pay(house, entry)
    assert house.line(entry).entry.paid is None


def test_a_block_moved_to_another_line_signs_nothing(house):
    one, other = house.new(amount=above(house)), house.new(amount=above(house))
    signed(house, one)
    with writing():
        block = kept.one(house.fi, one, "money", looked=False).body
        records.change(house.fi, kept.one(house.fi, other, "money", looked=False),
                       {name: block[name] for name in ("approval", "choice", "reason", "since")}, what="line")
    assert house.line(other).state is State.CHANGED
    with pytest.raises(NotPermitted):
        pay(house, other)


def test_signatures_older_than_a_day_are_asked_for_again(house):
    entry = house.new(amount=above(house))
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="x")
    house.office.pass_time(hours=24, seconds=1)
    assert house.line(entry).state is State.LATE
    with pytest.raises(NotPermitted) as refused:
        actions_sign.sign(house.fi, entry, reason="y")
    assert refused.value.rule == "too_late"
    signed(house, entry)
    house.office.pass_time(hours=24, seconds=1)
    with pytest.raises(NotPermitted) as refused:
        pay(house, entry)
    assert refused.value.rule == "too_late"
    signed(house, entry)
    pay(house, entry)


def test_who_was_asked_may_say_no_and_it_is_kept(house):
    entry = house.new(amount=above(house))
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="x")
    with pytest.raises(ValueError, match="reason"):
        actions_sign.refuse(house.fi, entry, reason=" ")
    actions_sign.refuse(house.fi, entry, reason="the price doubled")
    line = house.line(entry)
    assert (line.state, line.body["refused"]["text"], line.first) == (State.REFUSED, "the price doubled", None)
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    assert Missing.REFUSED in refused.value.missing
    with pytest.raises(NotPermitted):
        actions_sign.sign(house.co, entry, reason="but I would")
    signed(house, entry)  # asked for again, with other reasons, by two
    pay(house, entry)


def test_two_who_sign_second_at_once_are_one(house):
    from django.db import connection

    entry = house.new(amount=above(house), second=house.co.id)
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="x")
    gate, done = threading.Barrier(2), []

    def one(actor):
        gate.wait()
        try:
            actions_sign.sign(actor, entry, reason="y")
            done.append("second")
        except NotPermitted as why:
            done.append(why.rule)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(actor,)) for actor in (house.fi, house.co)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["second", "signed"]  # the other learns that it has two signatures already
    assert acts(house).count("signed_second") == 1


# ----------------------------------------------------------------------------------------------------------------- ransom
def ransom(house, **more):
    return house.new(**({"amount": "100 USD", "kind": Kind.RANSOM, "proof_asked": True} | more))


@pytest.mark.proves("S002-17")
@pytest.mark.refuses("H-32")
def test_a_ransom_waits_a_day_is_decided_by_a_coordinator_and_finance_and_asks_for_proof(house):
    entry = ransom(house)
    actions_sign.ask(house.co, entry, choice=Choice.PAY, reason="her mother asks for it")
    actions_sign.sign(house.fi, entry, reason="proof of life was heard")
    with pytest.raises(Incomplete) as waits:
        pay(house, entry)
    assert waits.value.missing == (Missing.HOLD,)
    house.office.pass_time(hours=23, minutes=59)
    with pytest.raises(Incomplete) as waits:
        pay(house, entry)
    assert waits.value.missing == (Missing.HOLD,)
    house.office.pass_time(minutes=1)
    pay(house, entry)
    line = house.line(entry)
    assert (line.state, line.body["reason"], line.body["second_reason"]) == (
        State.PAID, "her mother asks for it", "proof of life was heard")


@pytest.mark.proves("S002-17")
@pytest.mark.refuses("H-32")
@pytest.mark.parametrize("pair", [("co", "co2"), ("fi", "fi2"), ("cw", "fi"), ("cw", "co")])
def test_a_ransom_is_not_decided_by_two_of_one_office(house, pair):
    first, second = (getattr(house, name) for name in pair)
    entry = ransom(house, second=house.co.id)
    with writing():
        records.share(house.cw, entry, "money", house.co2.id, reason="reads it too")
    actions_sign.ask(first, entry, choice=Choice.PAY, reason="x")
    with pytest.raises(NotPermitted) as refused:
        actions_sign.sign(second, entry, reason="y")
    assert refused.value.rule == "two_offices"


@pytest.mark.proves("S002-17")
@pytest.mark.parametrize("choice", [Choice.REFUSE, Choice.OTHER])
def test_two_may_decide_not_to_pay_and_then_nobody_pays(house, choice):
    entry = ransom(house)
    signed(house, entry, house.co, house.fi, choice)
    assert house.line(entry).state is State.DECIDED and acts(house)[0] == "decided"
    house.office.pass_time(hours=25)
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    assert refused.value.missing == (Missing.REFUSED,)


def test_without_proof_of_life_asked_for_nobody_pays(house):
    entry = ransom(house, proof_asked=False)
    signed(house, entry, house.co, house.fi)
    house.office.pass_time(hours=24)
    with pytest.raises(Incomplete) as refused:
        pay(house, entry)
    assert refused.value.missing == (Missing.PROOF_ASKED,)


def test_a_ransom_written_anew_waits_anew(house):
    entry = ransom(house)
    house.office.pass_time(hours=23)
    actions.edit(house.cw, entry, house.typed(amount="200 USD", kind=Kind.RANSOM, proof_asked=True), revision=1)
    signed(house, entry, house.co, house.fi)
    house.office.pass_time(hours=23)
    with pytest.raises(Incomplete) as waits:
        pay(house, entry)
    assert waits.value.missing == (Missing.HOLD,)


def test_only_a_ransom_is_answered_in_another_way(house):
    entry = house.new(amount=above(house))
    with pytest.raises(NotPermitted) as refused:
        actions_sign.ask(house.cw, entry, choice=Choice.OTHER, reason="x")
    assert refused.value.rule == "choice"


TRAP = ("new_intermediary", "before_proof", "travel")


@pytest.mark.proves("S002-15", "S002-16")
@pytest.mark.refuses("W-10")
def test_a_demand_that_looks_like_a_trap_names_who_asks_shows_its_signs_and_is_held(house):
    """An invented go-between asks the mother to bring money to the border for her son."""
    keeper = member(house.office, "keeper", ("field_liaison",))
    contacts.keep(keeper, {"code_name": "Reed", "roles": ["intermediary"]})
    entry = ransom(house, amount="4000 USD", contact="Reed", flags=TRAP, proof_asked=False)
    shown = question(house.co, entry)
    assert set(map(str, shown.flags)) == {str(words.FLAGS[one]) for one in TRAP}
    assert shown.ransom and not shown.hold_over and shown.hold_until == house.office.now + days(1)
    assert house.line(entry).entry.contact == "Reed" and house.line(entry).entry.kind is Kind.RANSOM
    signed(house, entry, house.co, house.fi)
    house.office.pass_time(hours=25)
    with pytest.raises(Incomplete) as held:  # two signed, the day is over: without proof of life it is still not paid
        pay(house, entry)
    assert held.value.missing == (Missing.PROOF_ASKED,)


# -------------------------------------------------------------------------------------------------- never edited, taken back
def test_what_was_signed_or_paid_is_not_edited(house):
    entry, small = house.new(amount=above(house)), house.new(amount="5 USD", contact="wren-2")
    actions_sign.ask(house.cw, entry, choice=Choice.PAY, reason="x")
    pay(house, small)
    for which in (entry, small):
        with pytest.raises(NotPermitted) as refused:
            actions.edit(house.cw, which, house.typed(amount="1 USD"), revision=house.line(which).revision)
        assert refused.value.rule == "signed"


def test_two_who_edit_at_once_both_learn_of_it(house):
    entry = house.new(amount="5 USD")
    actions.edit(house.cw, entry, house.typed(amount="6 USD"), revision=1)
    with pytest.raises(Changed):
        actions.edit(house.fi, entry, house.typed(amount="7 USD", case_id=None), revision=1)
    assert said(house.line(entry).entry.amount) == "6.00 USD"


def test_a_mistake_is_taken_back_by_a_counter_entry_that_everybody_reads(house):
    entry = house.new(amount="120 USD")
    pay(house, entry)
    with pytest.raises(ValueError, match="reason"):
        actions.take_back(house.fi, entry, reason=" ")
    back = actions.take_back(house.fi, entry, reason="the driver gave it back")
    assert (house.line(entry).state, house.line(back, house.cw).state) == (State.TAKEN_BACK, State.COUNTER)
    assert house.line(back).entry.corrects == entry.hex() and house.line(entry).body["corrected_by"] == back.hex()
    with writing():
        entries = ledger(house.co).entries
    assert said(by_case(entries)["K7Q2"][0].paid_out) == "0.00 USD" == said(by_contact(entries)["heron-9"][0].paid_out)
    for which in (entry, back):
        with pytest.raises(NotPermitted):
            actions.take_back(house.fi, which, reason="again")
        with pytest.raises(Incomplete):
            pay(house, which)


def test_a_payment_has_a_receipt_or_words_and_a_day_that_has_come(house):
    entry = house.new(amount="5 USD")
    with pytest.raises(ValueError, match="receipt"):
        pay(house, entry, no_receipt=" ")
    for day, why in ((house.today + days(1), "future"), (house.today - days(1), "before")):
        with pytest.raises(InvalidEntry) as refused:
            pay(house, entry, day=day)
        assert refused.value.why == why
    assert house.line(entry).state is State.OPEN


def test_a_relative_s_payment_needs_no_less(house):
    assert house.line(house.new(amount=above(house), payer=Payer.RELATIVE)).why is Why.ABOVE


# --------------------------------------------------------------------------------- planted faults: each guard is what catches
def test_without_the_amount_in_what_is_signed_another_amount_would_be_paid(house, monkeypatch):
    from waystation_web.ledger import entry as lines

    monkeypatch.setattr(lines, "SIGNED_OVER", tuple(name for name in lines.SIGNED_OVER if name != "amount"))
    entry = house.new(amount=above(house))
    signed(house, entry)
    with writing():
        records.change(house.cw, kept.one(house.cw, entry, "money", looked=False), {"amount": "999999"}, what="line")
    assert house.line(entry).state is State.SIGNED  # this is what the test of changed fields would then see


def test_without_the_hold_a_ransom_would_be_paid_at_once(house, monkeypatch):
    from waystation.ledger import signatures

    monkeypatch.setattr(signatures, "hold_ends", lambda _entry, since, _hours: since)
    entry = ransom(house)
    signed(house, entry, house.co, house.fi)
    pay(house, entry)
    assert house.line(entry).state is State.PAID


def test_without_the_rule_of_two_offices_two_of_one_would_decide(house, monkeypatch):
    monkeypatch.setattr(actions_sign, "_may_second", lambda *_: None)
    entry = ransom(house, second=house.co.id)
    signed(house, entry, house.fi, house.fi2)
    assert house.line(entry).state is State.SIGNED


def test_if_finance_were_given_people_the_test_of_code_names_would_see_it(house, monkeypatch):
    from waystation.access import roles
    from waystation.access.roles import Holding, Role

    person = {**roles.TABLE["person"], Role.FINANCE: Holding.BY_ROLE}
    monkeypatch.setattr(roles.default_roles, "__kwdefaults__", {"table": {**roles.TABLE, "person": person}})
    monkeypatch.setattr(roles.holding, "__kwdefaults__", {"table": {**roles.TABLE, "person": person}})
    with writing():
        made = records.make(house.cw, "person", {"household": "Invented Name"}).id
        assert kept.maybe(house.fi, made, "person") is not None
