"""Rates of exchange with their day and their source. An amount is kept in its own currency and converted to be shown.

A converted amount never stands alone: it carries the rate it was made with. Where no rate is known there is no amount,
not a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from waystation.units import Money

from .coins import coins, digits, money, nearest

STALE = timedelta(days=30)  # an older rate is shown as old


@dataclass(frozen=True, slots=True)
class Rate:
    """`value` units of `quote` for one unit of `base` on a day, as `source` said. `verify`: nobody has checked it."""

    base: str
    quote: str
    value: Fraction
    day: date
    source: str
    verify: bool = True

    def __post_init__(self) -> None:
        if self.value <= 0 or self.base == self.quote:
            raise ValueError("a rate is above nothing and between two currencies")

    @property
    def inverse(self) -> "Rate":
        """The same rate read the other way, exactly."""
        return Rate(self.quote, self.base, 1 / self.value, self.day, self.source, self.verify)


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency with the rate it was made with (None: it was in that currency already)."""

    amount: Money
    rate: Rate | None
    stale: bool = False


class Rates:
    """All rates that somebody wrote down. No rate is made of two others: each one has a source."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self.rates = tuple(sorted(rates, key=lambda one: (one.day, one.base, one.quote, one.source)))

    def at(self, base: str, quote: str, day: date) -> Rate | None:
        """The newest rate of that day or before, read in either direction; a later day's rate does not count.

        >>> known = Rates([Rate("USD", "CNY", Fraction("7.30"), date(2030, 3, 1), "a bank")])
        >>> known.at("CNY", "USD", date(2030, 3, 2)).value, known.at("USD", "CNY", date(2030, 2, 28))
        (Fraction(10, 73), None)
        """
        for one in reversed(self.rates):
            if one.day > day:
                continue
            if (one.base, one.quote) == (base, quote):
                return one
            if (one.quote, one.base) == (base, quote):
                return one.inverse
        return None

    def convert(self, amount: Money, to: str, day: date) -> Converted | None:
        """An amount as it would be shown in another currency, to the nearest coin; None where no rate is known.

        >>> known = Rates([Rate("USD", "CNY", Fraction("7.30"), date(2030, 3, 1), "a bank")])
        >>> print(known.convert(Money.parse("15000 CNY"), "USD", date(2030, 3, 2)).amount)
        2,054.79 USD
        """
        if amount.currency == to:
            return Converted(amount, None)
        rate = self.at(amount.currency, to, day)
        if rate is None:
            return None
        return Converted(exchanged(amount, rate), rate, stale=day - rate.day > STALE)


def exchanged(amount: Money, rate: Rate) -> Money:
    """An amount at a rate, to the nearest coin of the other currency."""
    exact: Fraction = coins(amount) * rate.value * Fraction(10) ** (digits(rate.quote) - digits(rate.base))
    return money(nearest(exact), rate.quote)


def read_value(text: str) -> Fraction:
    """A rate as it is typed: "7.3", "1/1350". Raises `ValueError`.

    >>> read_value("7.30")
    Fraction(73, 10)
    """
    try:
        value = Fraction(text.strip().replace(",", ""))
    except ZeroDivisionError as why:
        raise ValueError("divided by nothing") from why
    if value <= 0 or value.denominator > 10**12 or value.numerator > 10**15:
        raise ValueError("a rate is above nothing and has at most twelve digits after the point")
    return value
