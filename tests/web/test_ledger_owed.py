"""Debts, rates, wages, rewards and prices in the office; what leaves it is code names, and no formula."""

import csv
import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from acts import member
from money import House, Kind, days

from waystation.ledger.coins import coins, said
from waystation.ledger.debts import Debt, Security, Sign, schedule
from waystation.ledger.entries import InvalidEntry
from waystation.ledger.grants import Figure
from waystation.ledger.observations import Observation, PersonSold, Sort, Unit
from waystation.ledger.rates import Rate
from waystation.ledger.wages import Wage, months_of
from waystation.units import Money
from waystation_web.audit import queries as audit
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions_debts as debts
from waystation_web.ledger import actions_figures as figures
from waystation_web.ledger import actions_sign
from waystation_web.ledger.queries_debts import told_page
from waystation_web.ledger.reading import ledger
from waystation_web.ledger.sheet import COLUMNS
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted


@pytest.fixture
def house(office):
    return House(office)


def book(actor):
    with writing():
        return ledger(actor)


def typed(house, amount="12000000 KRW", **more):
    debt = {"creditor": "heron-9", "principal": Money.parse(amount), "since": house.today, "security": frozenset()} | more
    own = {name: debt.pop(name) for name in ("income", "note") if name in debt}
    return debts.DebtTyped(debt=Debt(**debt), case_id=house.case, income=own.get("income"), note=own.get("note", ""))


# ----------------------------------------------------------------------------------------------------------------- debts
@pytest.mark.proves("S004-21")
@pytest.mark.refuses("H-33", "W-05")
def test_a_debt_stands_against_the_grant_and_the_income(house):
    """12 million against a grant of 10 million, and 400,000 a month of an income of 1,200,000: both are warned of."""
    house.office.pass_time(days=1)
    lines = schedule(Money.parse("12000000 KRW"), months=30, first=house.today)
    debts.new_debt(house.cw, typed(house, monthly=Fraction(0), schedule=lines, income=Money.parse("1200000 KRW")))
    owed = book(house.fi).debts[0]
    assert (owed.weight.of_grant, owed.weight.of_income) == (Fraction(12, 10), Fraction(1, 3))
    assert owed.weight.signs == (Sign.W05_GRANT, Sign.W05_INCOME) and not owed.weight.protection
    assert owed.body["case"] == "K7Q2"


def test_a_debt_in_dollars_is_weighed_when_a_rate_is_known(house):
    debts.new_debt(house.cw, typed(house, "9000 USD"))
    assert book(house.cw).debts[0].weight.of_grant is None
    figures.add_rate(house.fi, Rate("USD", "KRW", Fraction(1250), house.today, "a bank"))
    assert book(house.cw).debts[0].weight.of_grant == Fraction(9, 8)   # 11.25 million against 10
    figures.add_grant(house.fi, Figure(2026, Money.parse("15000000 KRW"), "the office asked", True))
    assert book(house.cw).debts[0].weight.of_grant == Fraction(3, 4)


@pytest.mark.proves("S004-21")
@pytest.mark.refuses("H-33")
def test_what_is_held_over_a_person_raises_a_protection_flag_and_the_answer_is_kept(house):
    debt = debts.new_debt(house.cw, typed(house, security=frozenset({Security.CHILDREN}), works_for_creditor=True))
    owed = book(house.cw).debts[0]
    assert owed.weight.protection and {Sign.HELD, Sign.WORKS, Sign.NO_END} <= set(owed.weight.signs)
    with pytest.raises(ValueError, match="text"):
        debts.answer_debt(house.cw, debt, text=" ")
    debts.answer_debt(house.cw, debt, text="asked her alone; the child is with her sister")
    assert [one["text"] for one in book(house.cw).debts[0].body["answers"]] == ["asked her alone; the child is with her sister"]


def test_a_debt_is_paid_off_and_a_mistaken_payment_stays_and_counts_for_nothing(house):
    debt = debts.new_debt(house.cw, typed(house, "1000 USD"))
    debts.pay_debt(house.cw, debt, day=house.today, amount=Money.parse("400 USD"))
    debts.pay_debt(house.fi, debt, day=house.today, amount=Money.parse("600 USD"))
    owed = book(house.fi).debts[0]
    assert coins(owed.now.owed) == 0
    debts.void_payment(house.fi, debt, owed.payments[1].id)
    owed = book(house.fi).debts[0]
    assert (said(owed.now.owed), [one.void for one in owed.payments]) == ("600.00 USD", [False, True])
    with pytest.raises(NoSuchVault):
        debts.void_payment(house.fi, debt, "0" * 16)


@pytest.mark.parametrize(("amount", "ahead", "why"), [("5 EUR", 0, "currency"), ("0 USD", 0, "zero"), ("-5 USD", 0, "zero"),
                                                      ("5 USD", 1, "future")])
def test_what_is_no_payment(house, amount, ahead, why):
    debt = debts.new_debt(house.cw, typed(house, "1000 USD"))
    with pytest.raises(InvalidEntry) as refused:
        debts.pay_debt(house.cw, debt, day=house.today + days(ahead), amount=Money.parse(amount))
    assert refused.value.why == why and book(house.cw).debts[0].payments == ()


def test_a_debt_is_written_anew_with_its_history_and_not_over_another_s_words(house):
    debt = debts.new_debt(house.cw, typed(house))
    debts.write_debt(house.cw, debt, typed(house, monthly=Fraction(2, 100)), revision=1)
    assert book(house.cw).debts[0].debt.monthly == Fraction(1, 50)
    with pytest.raises(Changed):
        debts.write_debt(house.cw, debt, typed(house), revision=1)
    with pytest.raises(NoSuchVault):
        debts.write_debt(house.cw, debt, replace(typed(house), case_id=bytes(16)), revision=2)


def test_an_act_on_a_debt_does_nothing_to_another_record(house):
    entry = house.new(amount="5 USD")
    with pytest.raises(NoSuchVault):
        debts.answer_debt(house.cw, entry, text="x")


# --------------------------------------------------------------------------------------------------------------- figures
def test_figures_lie_in_one_record_that_everybody_with_money_reads(house):
    figures.add_rate(house.fi, Rate("USD", "CNY", Fraction("7.3"), house.today, "a bank"))
    late = member(house.office, "late", ("case_worker",))
    assert book(late).figures.rates.rates == ()
    figures.add_wage(house.co, Wage("CN", Money.parse("2500 CNY"), house.today, "a survey"))
    for actor in (house.fi, house.co, house.co2, house.cw, late):
        known = book(actor)
        assert len(known.figure_records) == 1 and len(known.figures.rates.rates) == 1 and len(known.figures.wages) == 1
    with pytest.raises(NotPermitted):
        figures.add_rate(member(house.office, "rook", ("field_liaison",)), Rate("USD", "CNY", Fraction(1), house.today, "x"))


@pytest.mark.proves("S001-38", "S001-39")
def test_a_reward_is_kept_as_told_and_read_as_months_of_wages(house):
    told = Observation(sort=Sort.REWARD, amount=Money.parse("15000 CNY"), unit=Unit.FAMILY, place="CN-22", day=house.today, grade="C3",
                       source="an invented notice")
    figures.tell(house.fi, told)
    figures.add_wage(house.fi, Wage("CN", Money.parse("2500 CNY"), date(2026, 1, 1), "an invented survey"))
    known = book(house.co)
    assert [one for _, one in known.told] == [told]
    assert months_of(told.amount, told.place, told.day, wages=known.figures.wages, rates=known.figures.rates).months == 6
    (line,) = told_page(house.co).told
    assert (line.amount, line.unit, line.grade, line.months) == ("15,000.00 CNY", "a family", "C3", "6") and "2,500.00 CNY" in line.wage
    assert book(house.cw).told == ()


@pytest.mark.proves("S004-31")
def test_a_price_of_a_person_is_kept_as_words_for_its_author_and_finance(house):
    sold = PersonSold(told="12,000 CNY", unit=Unit.PERSON, place="CN-22", day=house.today, grade="B3")
    figures.tell_sold(house.cw, sold)
    assert [one for _, one in book(house.cw).sold] == [one for _, one in book(house.fi).sold] == [sold]
    assert book(house.co).sold == () and book(house.fi).told == () and book(house.fi).entries == []


# ---------------------------------------------------------------------------------------------------------------- export
def exported(house, actor=None):
    return list(csv.reader(io.StringIO(figures.export(actor or house.fi, reason="the yearly audit"))))


@pytest.mark.proves("S001-46")
def test_what_leaves_is_code_names_and_no_formula(house):
    entry = house.new(amount="20 USD", contact="=HYPERLINK(1)")
    actions_sign.pay(house.fi, entry, day=house.today, no_receipt="none")
    house.office.pass_time(days=1)
    house.new(amount="30 USD", kind=Kind.FOOD, contact="+wren")
    head, first, second = exported(house)
    assert tuple(head) == COLUMNS
    assert first[:9] == [entry.hex()[:8], "fee", "20", "USD", "2026-03-02", "out", "organisation",
                         "'=HYPERLINK(1)", "K7Q2"]
    assert (second[1], second[7], second[12]) == ("food", "'+wren", "open")
    text = figures.export(house.fi, reason="x")
    assert "the way to the river" not in text and "counsel" not in text
    assert "swift" not in text and house.cw.id.hex() not in text  # nor whoever of the house wrote it
    anna = house.office.actor(house.office.people["anna"])
    with writing():
        line = next(one for one in audit.read(anna) if str(one.event) == "exported")
    assert line.who == "wren"


def test_taking_the_ledger_out_is_confirmed_has_a_reason_and_is_not_every_role_s(house):
    with pytest.raises(ValueError, match="reason"):
        figures.export(house.fi, reason="")
    with pytest.raises(NotPermitted) as refused:
        figures.export(replace(house.fi, stepped_up_until=None), reason="x")
    assert refused.value.step_up
    for actor in (house.cw, member(house.office, "rook", ("field_liaison",))):
        with pytest.raises(NotPermitted) as refused:
            figures.export(actor, reason="x")
        assert refused.value.rule == "role"


def test_a_record_that_does_not_open_is_counted_and_the_rest_is_read(house):
    from waystation_web.vault.models import Vault

    one, _ = house.new(amount="5 USD"), house.new(amount="6 USD")
    row = Vault.objects.get(pk=one)
    Vault.objects.filter(pk=one).update(payload=bytes(row.payload[:-1]) + bytes([row.payload[-1] ^ 1]))
    known = book(house.fi)
    assert (len(known.lines), known.broken) == (1, 1)
