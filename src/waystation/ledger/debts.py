"""What somebody owes for the way: principal, interest, instalments, what is held as security, and when to worry.

Interest is simple: a share of what is still owed, for each whole month. Payments go to interest first. Brokers reckon
in other ways too; where the agreement is unclear the office writes down what was said and asks.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from waystation.units import Money

from .coins import coins, money, nearest

SHARE_OF_INCOME = Fraction(30, 100)  # W-05


class Security(StrEnum):
    """What a creditor holds until the debt is paid. Each of the first three raises a protection flag."""

    DOCUMENTS = "documents"
    PERSON = "person"
    CHILDREN = "children"
    GOODS = "goods"


HELD_OVER_PEOPLE = frozenset({Security.DOCUMENTS, Security.PERSON, Security.CHILDREN})


class Sign(StrEnum):
    """Why a debt needs somebody's eyes. Each is a reason to ask the person alone, not a verdict."""

    W05_GRANT = "w05_grant"  # more than the settlement grant
    W05_INCOME = "w05_income"  # instalments above 30 % of expected income
    HELD = "held"  # papers, a person or children are held for it
    NOT_ASKED = "not_asked"  # nobody has asked what is held
    WORKS = "works"  # works for the creditor to pay it off
    NO_END = "no_end"  # that work has no fixed value, length or end
    GROWS = "grows"  # a month's interest is as much as a month's payment, or more
    NO_TERMS = "no_terms"  # nobody knows interest or instalments


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is to be paid by a day."""

    due: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A debt. `monthly` is the interest of a month as a fraction of what is owed, None while nobody knows it.

    `security` is None while nobody has asked what is held; an empty set says that nothing is.
    """

    creditor: str  # a code name, or "relative"
    principal: Money
    since: date
    monthly: Fraction | None = None
    schedule: tuple[Instalment, ...] = ()
    security: frozenset[Security] | None = None
    works_for_creditor: bool | None = None
    work_has_an_end: bool | None = None  # a fixed value and length of the work

    def __post_init__(self) -> None:
        if coins(self.principal) <= 0 or (self.monthly is not None and self.monthly < 0):
            raise ValueError("a debt is above nothing and interest is not below it")
        if any(one.amount.currency != self.principal.currency for one in self.schedule):
            raise ValueError("instalments are in the currency of the debt")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a debt stands on a day, in the debt's own currency."""

    principal: Money  # still owed
    interest: Money  # grown and not paid
    paid: Money
    overdue: Money  # of the instalments due by that day

    @property
    def owed(self) -> Money:
        """Principal and interest together."""
        return money(coins(self.principal) + coins(self.interest), self.principal.currency)


def schedule(principal: Money, *, months: int, first: date, monthly: Fraction = Fraction(0)) -> tuple[Instalment, ...]:
    """Even parts of the principal, each with the interest on what was owed before it. The parts add up to the coin.

    >>> [str(one.amount) for one in schedule(Money.parse("1200000 KRW"), months=3, first=date(2030, 1, 31),
    ...                                      monthly=Fraction(2, 100))]
    ['424,000 KRW', '416,000 KRW', '408,000 KRW']
    """
    if months < 1:
        raise ValueError("at least one month")
    whole, left = divmod(coins(principal), months)
    owed, lines = coins(principal), []
    for n in range(months):
        part = whole + (1 if n < left else 0)
        lines.append(Instalment(after(first, n), money(part + nearest(owed * monthly), principal.currency)))
        owed -= part
    return tuple(lines)


def standing(debt: Debt, payments: Iterable[tuple[date, Money]], day: date) -> Standing:
    """How a debt stands on a day, after payments in its own currency. Raises `ValueError` for another currency.

    Interest of a month is added when the month is full; a payment of that same day comes after it. What is paid beyond
    the debt leaves nothing owed, and stands in `paid`.
    """
    code = debt.principal.currency
    paid = sorted(((when, coins(amount)) for when, amount in payments if _same(amount, code) and when <= day),
                  key=lambda one: one[0])
    owed, interest, month = coins(debt.principal), 0, 1
    for when, count in [*paid, (day, 0)]:
        while after(debt.since, month) <= when:
            interest += nearest(owed * (debt.monthly or Fraction(0)))
            month += 1
        to_interest = min(count, interest)
        interest -= to_interest
        owed = max(0, owed - (count - to_interest))
    asked = sum(coins(one.amount) for one in debt.schedule if one.due <= day)
    total = sum(count for _, count in paid)
    overdue = min(max(0, asked - total), owed + interest)
    return Standing(money(owed, code), money(interest, code), money(total, code), money(overdue, code))


def after(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month.

    >>> after(date(2030, 1, 31), 1), after(date(2030, 11, 30), 3)
    (datetime.date(2030, 2, 28), datetime.date(2031, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError("a day that is in no month")


def most_in_a_month(debt: Debt) -> Money | None:
    """The largest sum of instalments that fall into one month; None if there is no schedule."""
    months: dict[tuple[int, int], int] = {}
    for one in debt.schedule:
        at = (one.due.year, one.due.month)
        months[at] = months.get(at, 0) + coins(one.amount)
    return money(max(months.values()), debt.principal.currency) if months else None


@dataclass(frozen=True, slots=True)
class Weight:
    """A debt against what there is to pay it. None: not known, and then no share is shown."""

    of_grant: Fraction | None  # all that is owed, as a share of the settlement grant
    of_income: Fraction | None  # the heaviest month, as a share of a month's expected income
    signs: tuple[Sign, ...] = field(default=())

    @property
    def protection(self) -> bool:
        """Whether somebody must ask the person alone before anything else is done about the debt."""
        return bool({Sign.HELD, Sign.WORKS, Sign.NO_END} & set(self.signs))


def weigh(debt: Debt, now: Standing, *, grant: Money | None, income: Money | None) -> Weight:
    """A debt against the settlement grant and a month's income, both already in the debt's currency (else None).

    >>> owed = Debt(creditor="heron-9", principal=Money.parse("12000000 KRW"), since=date(2030, 1, 1),
    ...             security=frozenset())
    >>> found = weigh(owed, standing(owed, [], date(2030, 1, 1)), grant=Money.parse("10000000 KRW"), income=None)
    >>> found.of_grant, [str(one) for one in found.signs]
    (Fraction(6, 5), ['w05_grant', 'no_terms'])
    """
    month = most_in_a_month(debt)
    of_grant = share(now.owed, grant)
    of_income = share(month, income)
    return Weight(of_grant, of_income, tuple(_signs(debt, now, of_grant, of_income, month)))


def share(part: Money | None, whole: Money | None) -> Fraction | None:
    """A part of a whole; None if either is not known, the whole is nothing, or they are in two currencies."""
    if part is None or whole is None or part.currency != whole.currency or coins(whole) <= 0:
        return None
    return Fraction(coins(part), coins(whole))


def _signs(debt: Debt, now: Standing, of_grant: Fraction | None, of_income: Fraction | None,
           month: Money | None) -> Collection[Sign]:
    found = []
    if of_grant is not None and of_grant > 1:
        found.append(Sign.W05_GRANT)
    if of_income is not None and of_income > SHARE_OF_INCOME:
        found.append(Sign.W05_INCOME)
    if debt.security is None:
        found.append(Sign.NOT_ASKED)
    elif debt.security & HELD_OVER_PEOPLE:
        found.append(Sign.HELD)
    if debt.works_for_creditor:
        found.append(Sign.WORKS)
        if not debt.work_has_an_end:
            found.append(Sign.NO_END)
    if month is not None and debt.monthly and nearest(coins(now.principal) * debt.monthly) >= coins(month):
        found.append(Sign.GROWS)
    if debt.monthly is None or not debt.schedule:
        found.append(Sign.NO_TERMS)
    return found


def _same(amount: Money, code: str) -> bool:
    if amount.currency != code:
        raise ValueError("payments are in the currency of the debt")
    return True
