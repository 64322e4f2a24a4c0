"""Debts, grants, wages and observations, worked by hand; prices of people are out of every reckoning."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.ledger.coins import coins, money, said
from waystation.ledger.debts import Debt, Instalment, Security, Sign, after, schedule, share, standing, weigh
from waystation.ledger.grants import FIGURES, grant_on
from waystation.ledger.observations import Observation, PersonSold, Sort, Unit, jump, series
from waystation.ledger.rates import Rate, Rates
from waystation.ledger.wages import Months, Wage, months_of
from waystation.units import Money

JAN = date(2030, 1, 1)
WON = Money.parse


def debt(amount="1200000 KRW", **more):
    return Debt(**({"creditor": "heron-9", "principal": WON(amount), "since": JAN, "security": frozenset()} | more))


# ------------------------------------------------------------------------------------------------------------- schedule
@pytest.mark.proves("S004-21")
def test_a_schedule_by_hand():
    """1,200,000 in three months at 2 %: 400,000 + 24,000, 400,000 + 16,000, 400,000 + 8,000."""
    lines = schedule(WON("1200000 KRW"), months=3, first=date(2030, 1, 31), monthly=Fraction(2, 100))
    assert [(one.due, coins(one.amount)) for one in lines] == [
        (date(2030, 1, 31), 424_000), (date(2030, 2, 28), 416_000), (date(2030, 3, 31), 408_000)]


@given(st.integers(1, 10**9), st.integers(1, 60))
def test_the_parts_of_a_schedule_are_the_principal_to_the_coin(count, months):
    lines = schedule(money(count, "USD"), months=months, first=JAN)
    parts = [coins(one.amount) for one in lines]
    assert sum(parts) == count and max(parts) - min(parts) <= 1
    assert [one.due for one in lines] == sorted(one.due for one in lines)


def test_how_a_debt_stands_by_hand():
    """1,200,000 at 2 %. 1 February: 24,000 grows. 10 February: 124,000 paid, so 24,000 to interest and 100,000 to the
    principal. 1 March: 2 % of 1,100,000 = 22,000 grows."""
    owed = debt(monthly=Fraction(2, 100),
                schedule=(Instalment(date(2030, 2, 1), WON("200000 KRW")), Instalment(date(2030, 4, 1), WON("1 KRW"))))
    paid = [(date(2030, 2, 10), WON("124000 KRW"))]
    first = standing(owed, paid, date(2030, 1, 31))
    assert [coins(one) for one in (first.principal, first.interest, first.paid, first.overdue)] == [1_200_000, 0, 0, 0]
    then = standing(owed, paid, date(2030, 3, 1))
    assert [coins(one) for one in (then.principal, then.interest, then.paid, then.overdue)] == [1_100_000, 22_000, 124_000, 76_000]
    assert coins(then.owed) == 1_122_000


def test_what_is_paid_beyond_a_debt_leaves_nothing_owed():
    now = standing(debt("100 USD"), [(JAN, WON("150 USD"))], JAN)
    assert (coins(now.owed), coins(now.paid), coins(now.overdue)) == (0, 15_000, 0)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 500_000)), max_size=8), st.integers(0, 400))
def test_without_interest_nothing_appears_and_nothing_is_lost(payments, day):
    paid = [(date.fromordinal(JAN.toordinal() + n), money(count, "KRW")) for n, count in payments]
    now = standing(debt(), paid, date.fromordinal(JAN.toordinal() + day))
    so_far = sum(count for n, count in payments if n <= day)
    assert coins(now.interest) == 0 and coins(now.paid) == so_far
    assert coins(now.owed) == max(0, 1_200_000 - so_far)


@pytest.mark.parametrize("fields", [{"amount": "0 USD"}, {"monthly": Fraction(-1, 100)},
                                    {"schedule": (Instalment(JAN, WON("1 USD")),)}])
def test_what_is_no_debt(fields):
    with pytest.raises(ValueError):
        debt(**fields)


def test_payments_are_in_the_money_of_the_debt():
    with pytest.raises(ValueError, match="currency"):
        standing(debt(), [(JAN, WON("5 USD"))], JAN)
    with pytest.raises(ValueError, match="month"):
        schedule(WON("5 USD"), months=0, first=JAN)


def test_months_end_where_they_end():
    assert [after(date(2031, 12, 31), n) for n in (0, 2, 4)] == [date(2031, 12, 31), date(2032, 2, 29), date(2032, 4, 30)]


# ---------------------------------------------------------------------------------------------------------------- signs
def weight(owed, **more):
    return weigh(owed, standing(owed, [], JAN), **({"grant": None, "income": None} | more))


TERMS = {"monthly": Fraction(0), "schedule": (Instalment(date(2030, 2, 1), WON("310000 KRW")),)}


@pytest.mark.proves("S004-21")
@pytest.mark.refuses("H-33", "W-05")
@pytest.mark.parametrize(("income", "warned"), [("1000000 KRW", True), ("1033333 KRW", True), ("1033334 KRW", False)])
def test_more_than_thirty_of_a_hundred_of_income_is_warned_of(income, warned):
    """310,000 a month is 30 % of 1,033,333.3: above it at 1,033,333, below at 1,033,334."""
    found = weight(debt(**TERMS), income=WON(income))
    assert (Sign.W05_INCOME in found.signs) is warned
    assert found.of_income == Fraction(310_000, coins(WON(income)))


def test_two_instalments_in_one_month_weigh_together():
    two = (Instalment(date(2030, 2, 1), WON("200000 KRW")), Instalment(date(2030, 2, 20), WON("200000 KRW")))
    assert weight(debt(schedule=two, monthly=Fraction(0)), income=WON("1000000 KRW")).of_income == Fraction(2, 5)


@pytest.mark.refuses("H-33", "W-05")
def test_more_than_the_grant_is_warned_of():
    assert weight(debt("10000001 KRW", **TERMS), grant=WON("10000000 KRW")).signs == (Sign.W05_GRANT,)
    assert weight(debt("10000000 KRW", **TERMS), grant=WON("10000000 KRW")).signs == ()


def test_what_nobody_knows_makes_no_share():
    found = weight(debt(**TERMS))
    assert (found.of_grant, found.of_income) == (None, None)
    assert share(WON("5 USD"), WON("10 KRW")) is None and share(WON("5 USD"), WON("0 USD")) is None
    assert Sign.NO_TERMS in weight(debt()).signs


@pytest.mark.proves("S004-21")
@pytest.mark.refuses("H-33")
@pytest.mark.parametrize(("fields", "sign", "protection"), [
    ({"security": frozenset({Security.DOCUMENTS})}, Sign.HELD, True),
    ({"security": frozenset({Security.PERSON})}, Sign.HELD, True),
    ({"security": frozenset({Security.CHILDREN})}, Sign.HELD, True),
    ({"security": frozenset({Security.GOODS})}, None, False),
    ({"security": None}, Sign.NOT_ASKED, False),
    ({"works_for_creditor": True, "work_has_an_end": True}, Sign.WORKS, True),
    ({"works_for_creditor": True}, Sign.NO_END, True),
    ({"monthly": Fraction(26, 100)}, Sign.GROWS, False),   # 312,000 a month grow on 1,200,000; 310,000 are paid
    ({"monthly": Fraction(25, 100)}, None, False),
])
def test_signs_of_debt_bondage(fields, sign, protection):
    found = weight(debt(**(TERMS | fields)))
    assert (sign in found.signs) if sign else found.signs == ()
    assert found.protection is protection


# --------------------------------------------------------------------------------------------------- grants and wages
def test_the_grant_of_a_year_says_whether_anybody_checked_it():
    assert [(grant_on(date(year, 6, 1)).figure.year, grant_on(date(year, 6, 1)).old) for year in (2007, 2012, 2022, 2026)] == [
        (2007, False), (2007, True), (2022, False), (2024, True)]
    assert grant_on(date(1999, 1, 1)) is None
    assert all(coins(one.amount) < 15_000_000 for one in FIGURES)  # 15 million was proposed, never said to be paid


@pytest.mark.proves("S001-39")
def test_a_reward_as_months_of_wages():
    """15,000 yuan at a wage of 2,500 a month are six months."""
    wages = [Wage("CN", WON("2000 CNY"), date(2028, 1, 1), "an older survey"), Wage("CN", WON("2500 CNY"), JAN, "a survey"),
             Wage("CN-22", WON("1000 CNY"), date(2030, 6, 1), "a later one"), Wage("CN", WON("9000 CNY"), date(2031, 1, 1), "later")]
    found = months_of(WON("15000 CNY"), "CN-22", date(2030, 3, 1), wages=wages, rates=Rates([]))
    assert (found.months, found.about, found.wage.source, found.rate) == (6, "6", "a survey", None)
    assert months_of(WON("15000 CNY"), "CN-22", date(2030, 7, 1), wages=wages, rates=Rates([])).months == 15
    assert months_of(WON("15000 CNY"), "LA", JAN, wages=wages, rates=Rates([])) is None
    assert months_of(WON("100 USD"), "CN", JAN, wages=wages, rates=Rates([])) is None
    rates = Rates([Rate("USD", "CNY", Fraction(8), JAN, "bank")])
    dollars = months_of(WON("625 USD"), "CN", JAN, wages=wages, rates=rates)
    assert dollars.months == 2 and dollars.rate.day == JAN
    with pytest.raises(ValueError):
        Wage("CN", WON("0 CNY"), JAN, "nobody")
    assert Months(Fraction(3, 4), wages[0], None).about == "under 1"


# --------------------------------------------------------------------------------------------------------- observations
def told(amount, day=1, **more):
    given = {"sort": Sort.REWARD, "unit": Unit.FAMILY, "place": "CN-22", "grade": "C3"} | more
    return Observation(amount=WON(amount), day=date(2030, 1, day), **given)


@pytest.mark.proves("S001-38")
def test_a_reward_is_kept_as_it_was_told():
    one = told("15000 CNY", source="an invented notice")
    assert (said(one.amount), one.unit, one.place, one.grade) == ("15,000.00 CNY", Unit.FAMILY, "CN-22", "C3")


@pytest.mark.parametrize("fields", [{"place": "Invented town"}, {"place": "CN-22-05"}, {"place": "42.9, 129.5"}, {"grade": "G1"},
                                    {"grade": "B"}, {"grade": "B7"}])
def test_nothing_nearer_than_a_province_and_no_report_without_a_grade(fields):
    with pytest.raises(ValueError):
        told("5 CNY", **fields)
    with pytest.raises(ValueError):
        PersonSold(**({"told": "5 CNY", "unit": Unit.PERSON, "place": "CN-22", "day": JAN, "grade": "C3"} | fields))


def test_an_amount_of_nothing_was_not_reported():
    with pytest.raises(ValueError):
        told("0 CNY")


@pytest.mark.refuses("W-06")
def test_a_jump_is_measured_against_what_can_be_compared():
    """100, 90, 110 before: the middle is 100, so 150 is a jump and 149.99 is none."""
    before = [told("100 CNY", 1), told("90 CNY", 2), told("110 CNY", 3)]
    others = [told("1 CNY", 4, place="CN-21"), told("1 USD", 5), told("1 CNY", 6, unit=Unit.PERSON),
              told("1 CNY", 7, sort=Sort.FEE_QUOTED)]
    def found(newest):
        return jump(series([newest, *others, *before], sort=Sort.REWARD, place="CN-22", unit=Unit.FAMILY, currency="CNY"))
    assert found(told("150 CNY", 9)) is not None
    assert (found(told("150 CNY", 9)).middle, found(told("150 CNY", 9)).before) == (10_000, 3)
    assert found(told("149.99 CNY", 9)) is None
    assert jump(before) is None and jump([]) is None
