"""Lines, sums and debts as pages show them: in words, with every coin, and no share finer than of a hundred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext

from waystation.ledger.balances import Balance, together
from waystation.ledger.coins import coins, said
from waystation.units import Money

from .debt import Owed
from .entry import Line
from .figures import Figures
from .words import DIRECTIONS, KINDS, METHODS, PAYERS, SECURITY, SIGNS, STATES


@dataclass(frozen=True, slots=True)
class Row:
    """A line in a list."""

    key: str
    day: date
    kind: str
    amount: str
    direction: str
    payer: str
    method: str
    contact: str
    case: str
    due: date | None
    paid: date | None
    overdue: bool
    state: str
    mark: str  # the class of its state: a shape and a word, never a colour alone


@dataclass(frozen=True, slots=True)
class Sum:
    """What was paid and what is owed, in one currency."""

    currency: str
    paid_out: str
    owed_out: str
    paid_in: str
    owed_in: str
    net: str


@dataclass(frozen=True, slots=True)
class Total:
    """All currencies as one, beside them: with the day of the oldest rate in it, and what it does not hold."""

    amount: str
    oldest: date | None
    missing: str
    stale: bool


@dataclass(frozen=True, slots=True)
class DebtRow:
    """A debt in a list."""

    key: str
    creditor: str
    case: str
    owed: str
    overdue: str
    of_grant: str
    of_income: str
    held: str
    protection: bool
    signs: tuple[str, ...] = field(repr=False)


def row(line: Line, today: date) -> Row:
    """A line as a list shows it."""
    one, (word, mark) = line.entry, STATES[line.state]
    overdue = one.paid is None and one.due is not None and one.due < today and line.waits
    return Row(line.key, one.day, str(KINDS[one.kind]), line.amount, str(DIRECTIONS[one.direction]),
               str(PAYERS[one.payer]), str(METHODS[one.method]), one.contact, one.case, one.due, one.paid, overdue,
               str(word), mark)


def sums(balances: Iterable[Balance]) -> list[Sum]:
    """Balances as a table shows them; each currency for itself."""
    return [Sum(one.currency, said(one.paid_out), said(one.owed_out), said(one.paid_in), said(one.owed_in),
                said(one.net)) for one in balances]


def total(amounts: Iterable[Money], to: str, figures: Figures, day: date) -> Total:
    """Amounts of several currencies as one."""
    found = together(list(amounts), to, figures.rates, day)
    return Total("" if found.total is None else said(found.total), found.oldest, ", ".join(found.missing), found.stale)


def debt_row(owed: Owed) -> DebtRow:
    """A debt as a list shows it."""
    overdue = said(owed.now.overdue) if coins(owed.now.overdue) else ""
    return DebtRow(owed.key, owed.debt.creditor, str(owed.body.get("case", "")), said(owed.now.owed), overdue,
                   of_hundred(owed.weight.of_grant), of_hundred(owed.weight.of_income), held(owed),
                   owed.weight.protection, tuple(str(SIGNS[sign]) for sign in owed.weight.signs))


def held(owed: Owed) -> str:
    """What is held for a debt, in words; what nobody asked is said to be unknown."""
    if owed.debt.security is None:
        return ""
    if not owed.debt.security:
        return str(gettext("nothing"))
    return ", ".join(str(SECURITY[one]) for one in sorted(owed.debt.security))


def of_hundred(part: Fraction | None) -> str:
    """A share as whole parts of 100; empty if it is not known. Never none of 100 for what is something.

    >>> of_hundred(Fraction(6, 5)), of_hundred(Fraction(1, 900)), of_hundred(None)
    ('120', '1', '')
    """
    if part is None:
        return ""
    whole: int = round(100 * part)
    return f"{max(1, whole) if part > 0 else 0}"

