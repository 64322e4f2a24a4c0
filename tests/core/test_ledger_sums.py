"""Entries, rates and balances: worked by hand, and equal to slow sums whatever the entries are."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.ledger.balances import balances, by_case, by_contact, due, purse, together
from waystation.ledger.coins import TooFine, coins, money, said
from waystation.ledger.entries import Direction, Entry, InvalidEntry, Kind, LegalFlag, Payer, check, counter
from waystation.ledger.rates import Rate, Rates, exchanged, read_value
from waystation.units import Money

DAY = date(2030, 3, 1)


def entry(ref, amount, **more):
    given = {"kind": Kind.FEE, "day": DAY, "direction": Direction.OUT} | more
    return Entry(ref=ref, amount=Money.parse(amount), **given)


# -------------------------------------------------------------------------------------------------------------- entries
@pytest.mark.parametrize(("fields", "field", "why"), [
    ({"amount": "0 USD"}, "amount", "zero"),
    ({"amount": "-5 USD"}, "amount", "sign"),
    ({"amount": "1.005 USD"}, "amount", "fine"),
    ({"amount": "0.5 KRW"}, "amount", "fine"),
    ({"amount": "1000000000000000 USD"}, "amount", "fine"),
    ({"amount": "5 USD", "corrects": "b"}, "amount", "sign"),
    ({"amount": "5 USD", "paid": DAY - timedelta(days=1)}, "paid", "before"),
    ({"amount": "5 USD", "kind": Kind.BRIBE, "legal_note": "counsel asked"}, "legal", "flag"),
    ({"amount": "5 USD", "kind": Kind.BRIBE, "legal": LegalFlag.BRIBERY}, "legal_note", "missing"),
    ({"amount": "5 USD", "kind": Kind.RANSOM, "legal": LegalFlag.RANSOM, "legal_note": " "}, "legal_note", "missing"),
    ({"amount": "5 USD", "kind": Kind.RANSOM, "direction": Direction.IN}, "direction", "out_only"),
])
def test_what_cannot_stand_in_a_ledger_says_which_field(fields, field, why):
    with pytest.raises(InvalidEntry) as refused:
        check(entry("a", fields.pop("amount"), **fields))
    assert (refused.value.field, refused.value.why) == (field, why)


@pytest.mark.proves("S001-21")
@pytest.mark.refuses("W-12")
def test_a_bribe_stands_with_its_law_and_a_note_or_not_at_all():
    bribe = entry("a", "300 CNY", kind=Kind.BRIBE, legal=LegalFlag.BRIBERY, legal_note="counsel was asked on 2 March")
    assert check(bribe) is bribe
    for less in ({"legal": LegalFlag.NONE}, {"legal_note": ""}):
        with pytest.raises(InvalidEntry):
            check(entry("a", "300 CNY", **{"kind": Kind.BRIBE, "legal": LegalFlag.BRIBERY, "legal_note": "asked"} | less))


def test_a_counter_entry_takes_a_line_back_whole_and_is_not_itself_taken_back():
    wrong = entry("a", "120 USD", case="K2", contact="heron-9", paid=DAY)
    back = check(counter(wrong, ref="b", day=DAY + timedelta(days=2)))
    assert (back.amount, back.corrects, back.case, back.contact) == (Money(Decimal(-120), "USD"), "a", "K2", "heron-9")
    for group in (by_case([wrong, back])["K2"], by_contact([wrong, back])["heron-9"], purse([wrong, back])):
        assert [coins(group[0].paid_out), coins(group[0].owed_out), coins(group[0].net)] == [0, 0, 0]
    with pytest.raises(InvalidEntry):
        counter(back, ref="c", day=DAY)


def test_a_debt_taken_back_is_no_longer_due():
    owed = entry("a", "120 USD", due=DAY)
    assert due([owed], until=DAY) == [owed]
    assert due([owed, counter(owed, ref="b", day=DAY)], until=DAY) == []


# ------------------------------------------------------------------------------------------------- balances, by hand
def test_balances_of_one_case_by_hand():
    """Agreed 1,200 USD: 500 paid by the organisation, 300 by a relative, 400 open; 2,000 CNY for food; 50 USD back."""
    lines = [
        entry("a", "500 USD", case="K2", contact="heron-9", paid=DAY),
        entry("b", "300 USD", case="K2", contact="heron-9", paid=DAY, payer=Payer.RELATIVE),
        entry("c", "400 USD", case="K2", contact="heron-9", due=DAY + timedelta(days=30)),
        entry("d", "2000 CNY", case="K2", kind=Kind.FOOD, paid=DAY),
        entry("e", "50 USD", case="K2", contact="heron-9", kind=Kind.REFUND, direction=Direction.IN, paid=DAY),
        entry("f", "10 USD", case="K3", contact="wren-2", paid=DAY),
    ]
    yuan, dollars = by_case(lines)["K2"]
    assert (yuan.currency, said(yuan.paid_out), said(yuan.net)) == ("CNY", "2,000.00 CNY", "-2,000.00 CNY")
    assert [said(one) for one in (dollars.paid_out, dollars.owed_out, dollars.paid_in, dollars.net)] == [
        "800.00 USD", "400.00 USD", "50.00 USD", "-750.00 USD"]
    assert list(by_contact(lines)) == ["heron-9", "wren-2"]
    assert said(by_contact(lines)["heron-9"][0].owed_out) == "400.00 USD"
    assert said(purse(lines)[1].paid_out) == "510.00 USD"  # without the relative's 300
    assert [one.ref for one in due(lines, until=DAY)] == [] and [one.ref for one in due(lines, until=date(2030, 4, 1))] == ["c"]


def test_what_has_no_day_is_due_now_and_stands_last():
    lines = [entry("a", "1 USD"), entry("b", "1 USD", due=DAY), entry("c", "1 USD", due=DAY - timedelta(days=3))]
    assert [one.ref for one in due(lines, until=DAY)] == ["c", "b", "a"]


# --------------------------------------------------------------------------------------------------------------- rates
def test_a_converted_amount_carries_the_rate_of_its_day():
    rates = Rates([Rate("USD", "KRW", Fraction(1300), date(2030, 1, 1), "bank"),
                   Rate("USD", "KRW", Fraction(1350), date(2030, 3, 1), "bank"),
                   Rate("USD", "CNY", Fraction("7.3"), date(2030, 3, 1), "bank")])
    then = rates.convert(Money.parse("100 USD"), "KRW", date(2030, 1, 15))
    now = rates.convert(Money.parse("100 USD"), "KRW", date(2030, 3, 1))
    assert (coins(then.amount), then.rate.day, then.stale) == (130_000, date(2030, 1, 1), False)
    assert (coins(now.amount), now.rate.value) == (135_000, 1350)
    assert rates.convert(Money.parse("100 USD"), "KRW", date(2029, 12, 31)) is None  # no rate is taken from the future
    assert rates.convert(Money.parse("100 CNY"), "KRW", DAY) is None  # and none is made of two
    assert rates.convert(Money.parse("100 USD"), "KRW", date(2030, 4, 2)).stale
    assert coins(rates.convert(Money.parse("1350000 KRW"), "USD", DAY).amount) == 100_000
    same = rates.convert(Money.parse("5 CNY"), "CNY", DAY)
    assert same.rate is None and same.amount == Money.parse("5 CNY")


def test_a_total_names_the_currencies_that_it_does_not_hold():
    rates = Rates([Rate("CNY", "USD", Fraction(1, 8), date(2030, 1, 1), "bank")])
    found = together([Money.parse("80 CNY"), Money.parse("5 USD"), Money.parse("900 THB")], "USD", rates, DAY)
    assert (said(found.total), found.oldest, found.missing, found.stale) == ("15.00 USD", date(2030, 1, 1), ("THB",), True)
    nothing = together([Money.parse("900 THB")], "USD", rates, DAY)
    assert nothing.total is None and nothing.missing == ("THB",)


@pytest.mark.parametrize("text", ["0", "-1", "a", "", "1/0", "1e400", "nan"])
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(ValueError):
        read_value(text)


def test_a_rate_is_between_two_currencies():
    with pytest.raises(ValueError):
        Rate("USD", "USD", Fraction(1), DAY, "bank")


def test_halves_go_to_the_even_coin():
    half = Rate("USD", "KRW", Fraction(1, 2), DAY, "bank")
    assert [coins(exchanged(Money.parse(f"{n} USD"), half)) for n in (1, 3, 5)] == [0, 2, 2]


# ----------------------------------------------------------------------------------------------------------- properties
AMOUNTS = st.integers(-10**9, 10**9).filter(bool)
CODES = st.sampled_from(["USD", "KRW", "CNY"])
LINES = st.builds(lambda n, code, out, paid, case, contact, payer: Entry(
    ref="x", kind=Kind.FEE, amount=money(n, code), day=DAY, direction=out, paid=DAY if paid else None, case=case,
    contact=contact, payer=payer, corrects="y" if n < 0 else ""),
    AMOUNTS, CODES, st.sampled_from(Direction), st.booleans(), st.sampled_from(["", "K2", "K3"]),
    st.sampled_from(["", "heron-9", "wren-2"]), st.sampled_from(Payer))


@given(st.lists(LINES, max_size=30))
def test_balances_equal_slow_sums_of_decimals(lines):
    shown = {one.currency: one for one in balances(lines)}
    assert set(shown) == {line.amount.currency for line in lines}
    for code, balance in shown.items():
        for direction, paid, amount in ((Direction.OUT, True, balance.paid_out), (Direction.OUT, False, balance.owed_out),
                                        (Direction.IN, True, balance.paid_in), (Direction.IN, False, balance.owed_in)):
            slow = sum((line.amount.amount for line in lines if line.amount.currency == code
                        and line.direction is direction and bool(line.paid) is paid), Decimal(0))
            assert amount == Money(slow, code)
        assert balance.net.amount == balance.paid_in.amount - balance.paid_out.amount


@given(st.lists(LINES, max_size=30))
def test_no_coin_is_lost_between_cases_and_the_whole(lines):
    """Cases and the lines of no case add up to all lines; so do contacts."""
    for groups, name in ((by_case(lines), "case"), (by_contact(lines), "contact")):
        rest = balances([line for line in lines if not getattr(line, name)])
        parts = [one for group in (*groups.values(), rest) for one in group]
        for whole in balances(lines):
            mine = [one for one in parts if one.currency == whole.currency]
            for column in ("paid_out", "owed_out", "paid_in", "owed_in"):
                assert sum(coins(getattr(one, column)) for one in mine) == coins(getattr(whole, column))


@given(st.lists(LINES.filter(lambda line: not line.corrects), max_size=20))
def test_every_line_with_its_counter_is_nothing(lines):
    both = [one for line in lines for one in (line, counter(line, ref="c", day=DAY))]
    for balance in balances(both):
        assert {coins(amount) for amount in (balance.paid_out, balance.owed_out, balance.paid_in, balance.owed_in)} == {0}


@given(st.integers(-10**15, 10**15), CODES)
def test_coins_and_money_are_each_other_s_way_back(count, code):
    assert coins(money(count, code)) == count


def test_more_than_can_be_paid_is_mistyped():
    with pytest.raises(TooFine):
        coins(Money(Decimal(10**14), "USD"))
