"""Whole smallest coins: sums are added as integers, so that no cent is lost and none appears.

    coins(money)            Money -> int, refused if finer than the currency's smallest coin
    money(coins, currency)  back
"""

from decimal import Decimal
from fractions import Fraction

from waystation.units import Money

NO_SMALLER = frozenset({"KRW", "JPY", "VND"})  # ISO 4217: currencies without a part of a unit
PARTS = 2  # decimal digits of every other currency that is used here
LARGEST = 10**15  # smallest coins: what is larger was mistyped


class TooFine(ValueError):
    """An amount finer than the smallest coin of its currency, or absurdly large."""


def digits(currency: str) -> int:
    """Decimal digits of a currency's smallest coin.

    >>> digits("KRW"), digits("CNY")
    (0, 2)
    """
    return 0 if currency in NO_SMALLER else PARTS


def coins(amount: Money) -> int:
    """An amount in smallest coins. Raises `TooFine`.

    >>> coins(Money.parse("12.50 USD")), coins(Money.parse("3000000 KRW"))
    (1250, 3000000)
    """
    exact: Fraction = Fraction(amount.amount) * 10 ** digits(amount.currency)
    if exact.denominator != 1:
        raise TooFine("finer than the smallest coin of this currency")
    if abs(exact) > LARGEST:
        raise TooFine("larger than any amount that is paid here")
    return exact.numerator


def money(count: int, currency: str) -> Money:
    """So many smallest coins as an amount.

    >>> print(money(-1250, "USD"))
    -12.5 USD
    """
    return Money(Decimal(count).scaleb(-digits(currency)), currency)


def nearest(exact: Fraction) -> int:
    """The nearest whole number of coins; halves go to the even one, so that many of them do not add up to a drift.

    >>> nearest(Fraction(5, 2)), nearest(Fraction(7, 2)), nearest(Fraction(-5, 2))
    (2, 4, -2)
    """
    return round(exact)


def said(amount: Money) -> str:
    """An amount as people read it, with every coin shown.

    >>> said(Money.parse("1234567.5 USD")), said(Money.parse("3000000 KRW"))
    ('1,234,567.50 USD', '3,000,000 KRW')
    """
    return f"{amount.amount:,.{digits(amount.currency)}f} {amount.currency}"
