"""Money, steps and counts: the only places where a unit is changed into another.

Money is exact (`Decimal`) until it becomes whole money units, cost rounded up and budget rounded down, so that a plan
never spends what the party does not have. Time is counted in steps from the departure; durations round up, the deadline
rounds down.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

DAY_STARTS_AT_H = 6  # a step that starts from 06:00 up to 18:00 is a day step
_MONEY = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*([A-Z]{3})\s*$")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217), exact.

    >>> Money.parse("3000 USD")
    Money(amount=Decimal('3000'), currency='USD')
    """

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read ``"3000 USD"``. Raises `ValueError` that says what is wanted."""
        found = _MONEY.match(text)
        if not found:
            raise ValueError("money is written as an amount and a currency code, for example 3000 USD")
        return cls(Decimal(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.amount.normalize():,f} {self.currency}"


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """The smallest amount the planner counts, e.g. 50 USD."""

    value: Decimal
    currency: str

    def up(self, amount: Fraction) -> int:
        """Whole units that cover `amount` (in the unit's currency): for costs.

        >>> MoneyUnit(Decimal(50), "USD").up(Fraction(101))
        3
        """
        return math.ceil(amount / Fraction(self.value))

    def down(self, amount: Fraction) -> int:
        """Whole units that `amount` surely holds: for budgets."""
        return math.floor(amount / Fraction(self.value))

    def money(self, units: int) -> Money:
        """What `units` are worth."""
        return Money(self.value * units, self.currency)


def steps_up(hours: float, step_hours: int) -> int:
    """Steps that a stay or a leg of `hours` takes, at least one.

    >>> steps_up(13, 12), steps_up(0.5, 12)
    (2, 1)
    """
    return max(1, math.ceil(round(hours / step_hours, 9)))


def horizon(depart_from: date, deadline: date, step_hours: int) -> int:
    """Whole steps between two days, rounded down.

    >>> horizon(date(2030, 5, 1), date(2030, 5, 4), 12)
    6
    """
    return (deadline - depart_from).days * 24 // step_hours


def step_start(depart_from: date, step: int, step_hours: int) -> datetime:
    """When a step starts, as civil time at the place. Step 0 starts at 06:00 of the day of departure."""
    morning = datetime(depart_from.year, depart_from.month, depart_from.day, DAY_STARTS_AT_H)
    return morning + timedelta(hours=step * step_hours)


def is_night(start: datetime) -> bool:
    """Whether a step that starts then is a night step."""
    return not DAY_STARTS_AT_H <= start.hour < DAY_STARTS_AT_H + 12


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")


def day_words(day: date) -> str:
    """A day as people say it, the same on every machine.

    >>> day_words(date(2030, 5, 2))
    '2 May 2030'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def instant(text: str) -> datetime:
    """Read an ISO 8601 day or time; without a zone it is UTC.

    >>> instant("2012-02-29")
    datetime.datetime(2012, 2, 29, 0, 0, tzinfo=datetime.timezone.utc)
    """
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def of_100(probability: float) -> int:
    """A probability as whole parties of 100, never rounded up to certainty nor down to none.

    >>> of_100(0.998), of_100(0.0001), of_100(0.854)
    (99, 1, 85)
    """
    if probability in (0.0, 1.0):
        return round(100 * probability)
    return min(99, max(1, round(100 * probability)))
