"""A sum as months of work where it is paid: how much a reward tempts, how heavy a fee weighs.

A wage has a place, a day and a source like every other figure. A sum in another currency is converted at the rate of
its own day, or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from waystation.units import Money

from .coins import coins
from .rates import Rate, Rates


@dataclass(frozen=True, slots=True)
class Wage:
    """What a month's work is paid at a place (a country, or a province of it) on a day, as a source said."""

    place: str  # "CN", or "CN-22"
    monthly: Money
    day: date
    source: str
    verify: bool = True

    def __post_init__(self) -> None:
        if coins(self.monthly) <= 0:
            raise ValueError("a wage is above nothing")


@dataclass(frozen=True, slots=True)
class Months:
    """A sum as months of a wage, exactly; with the wage, and the rate if one was needed."""

    months: Fraction
    wage: Wage
    rate: Rate | None

    @property
    def about(self) -> str:
        """As it is shown: whole months, "under 1" below one.

        >>> wage = Wage("CN", Money.parse("2500 CNY"), date(2030, 1, 1), "a survey")
        >>> Months(Fraction(6), wage, None).about, Months(Fraction(2, 5), wage, None).about
        ('6', 'under 1')
        """
        return "under 1" if self.months < 1 else str(round(self.months))


def months_of(amount: Money, place: str, day: date, *, wages: Iterable[Wage], rates: Rates) -> Months | None:
    """A sum as months of the newest wage known that day at a place, or else in its country; None where none is known.

    >>> wage = Wage("CN", Money.parse("2500 CNY"), date(2030, 1, 1), "a survey")
    >>> months_of(Money.parse("15000 CNY"), "CN-22", date(2030, 3, 1), wages=[wage], rates=Rates([])).months
    Fraction(6, 1)
    """
    known = [one for one in wages if one.day <= day]
    for where in (place, place.partition("-")[0]):
        here = [one for one in known if one.place == where]
        if here:
            wage = max(here, key=lambda one: one.day)
            found = rates.convert(amount, wage.monthly.currency, day)
            if found is None:
                return None
            return Months(Fraction(coins(found.amount), coins(wage.monthly)), wage, found.rate)
    return None
