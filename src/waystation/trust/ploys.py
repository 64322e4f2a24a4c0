"""Ploys that a record of demands and prices shows by itself: a demand that grows, that hurries, that brings no proof.

    grows         a later demand to the same people is larger than an earlier one, and something was paid in between
    before_proof  money is asked for, and no proof of life had come by that day
    haste         the answer is wanted in less than a day
    cheap         less than half of the middle of at least three other prices for the same, in the same money

Different currencies are never compared here: a rate of a bad day would raise a flag. Source: the design's RED_FLAGS.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from waystation.trust.flags import Fact, Flag
from waystation.units import Money

ENOUGH = 3  # other prices that a price is held against
FAR_UNDER = Fraction(1, 2)
DAY_H = 24.0


@dataclass(frozen=True, slots=True)
class Demand:
    """What was asked for on a day. `paid`: when it was paid, if it was; `within_h`: hours they left for an answer."""

    on: date
    amount: Money
    paid: date | None = None
    proof: bool | None = None  # whether proof of life had come; None: no proof is due (a fee)
    within_h: float | None = None


def of_demands(about: str, demands: Iterable[Demand]) -> tuple[Flag, ...]:
    """Flags that the demands of one go-between raise together, in the order of the rules.

    >>> first = Demand(date(2030, 1, 1), Money.parse("500 USD"), paid=date(2030, 1, 2), proof=True)
    >>> more = Demand(date(2030, 1, 5), Money.parse("900 USD"), proof=True)
    >>> [flag.rule for flag in of_demands("Heron", [first, more])], of_demands("Heron", [first])
    (['grows'], ())
    """
    told = sorted(demands, key=lambda one: (one.on, one.amount.currency, one.amount.amount))
    found = {
        "before_proof": [Fact.told("{amount} was asked for, and no proof of life had come.", one.on, amount=one.amount)
                         for one in told if one.proof is False],
        "haste": [Fact.told("An answer was wanted within {hours} hours.", one.on, hours=f"{one.within_h:g}")
                  for one in told if one.within_h is not None and one.within_h < DAY_H],
        "grows": [Fact.told("{more} was asked for after {amount} had been paid.", later.on, more=later.amount,
                            amount=first.amount)
                  for later in told if (first := _paid_before(later, told)) is not None],
    }
    return tuple(Flag(rule, about, tuple(facts)) for rule, facts in found.items() if facts)


def _paid_before(later: Demand, told: Sequence[Demand]) -> Demand | None:
    """The last demand that was paid before a larger one was made."""
    paid = [one for one in told if one.paid is not None and one is not later and one.paid <= later.on
            and one.on <= later.on and one.amount.currency == later.amount.currency
            and one.amount.amount < later.amount.amount]
    return paid[-1] if paid else None


def of_price(about: str, asked: Money, on: date, others: Sequence[Money]) -> tuple[Flag, ...]:
    """The flag for a price far under what others asked for the same; none with fewer than three of them.

    >>> usual = [Money.parse(f"{n} USD") for n in (1000, 1200, 900)]
    >>> [one.rule for one in of_price("Heron", Money.parse("400 USD"), date(2030, 1, 1), usual)]
    ['cheap']
    >>> of_price("Heron", Money.parse("500 USD"), date(2030, 1, 1), usual)
    ()
    """
    same = [Fraction(one.amount) for one in others if one.currency == asked.currency]
    if len(same) < ENOUGH:
        return ()
    middle = median(same)
    if Fraction(asked.amount) >= FAR_UNDER * middle:
        return ()
    return (Flag("cheap", about, (Fact.told("{amount} was asked; the middle of {n} other prices is {middle}.", on,
                                            amount=asked, n=len(same),
                                            middle=f"{float(middle):,.0f} {asked.currency}"),)),)
