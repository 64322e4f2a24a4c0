"""What was paid and what is still owed: by case, by contact, of the organisation's own purse; each currency for itself.

Currencies are never mixed. A total in one currency stands beside them, with the days of its rates, and says which
currencies it could not hold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from waystation.units import Money

from .coins import coins, money
from .entries import Direction, Entry, Payer
from .rates import Rates


@dataclass(frozen=True, slots=True)
class Balance:
    """Sums in one currency, each by addition alone: nothing is netted away before it is shown."""

    currency: str
    paid_out: Money
    owed_out: Money  # agreed and not yet paid
    paid_in: Money
    owed_in: Money

    @property
    def net(self) -> Money:
        """What came in less what went out, as it was paid."""
        return money(coins(self.paid_in) - coins(self.paid_out), self.currency)


@dataclass(frozen=True, slots=True)
class Together:
    """One total beside the currencies: None if nothing could be converted. `missing` names those it does not hold."""

    total: Money | None
    oldest: date | None  # day of the oldest rate in it; None if none was needed
    missing: tuple[str, ...]
    stale: bool


def balances(entries: Iterable[Entry]) -> tuple[Balance, ...]:
    """One balance for each currency, in the order of their codes.

    >>> from waystation.ledger.entries import Kind
    >>> fee = Entry(ref="a", kind=Kind.FEE, amount=Money.parse("500 USD"), day=date(2030, 1, 1),
    ...             direction=Direction.OUT)
    >>> print(balances([fee])[0].owed_out, balances([fee])[0].paid_out)
    500 USD 0 USD
    """
    sums: dict[str, list[int]] = {}
    for entry in entries:
        column = (0 if entry.direction is Direction.OUT else 2) + (0 if entry.paid else 1)
        sums.setdefault(entry.amount.currency, [0, 0, 0, 0])[column] += entry.coins
    return tuple(Balance(code, *(money(count, code) for count in four)) for code, four in sorted(sums.items()))


def by_case(entries: Iterable[Entry]) -> dict[str, tuple[Balance, ...]]:
    """Balances of each case that is named, by its code; whoever paid."""
    return _by(entries, lambda entry: entry.case)


def by_contact(entries: Iterable[Entry]) -> dict[str, tuple[Balance, ...]]:
    """Balances of each code name that was paid or is owed."""
    return _by(entries, lambda entry: entry.contact)


def purse(entries: Iterable[Entry]) -> tuple[Balance, ...]:
    """Balances of the organisation's own money: what came in, and what it paid itself. Not what relatives paid."""
    return balances(entry for entry in entries
                    if entry.direction is Direction.IN or entry.payer is Payer.ORGANISATION)


def due(entries: Iterable[Entry], *, until: date) -> list[Entry]:
    """What is agreed, not paid, and due by that day or without a day; the earliest first, those without a day last.

    What was taken back by a counter-entry is not in it.
    """
    listed = list(entries)
    gone = {entry.corrects for entry in listed if entry.corrects}
    waits = [entry for entry in listed if entry.paid is None and not entry.corrects and entry.ref not in gone
             and (entry.due is None or entry.due <= until)]
    return sorted(waits, key=lambda entry: (entry.due is None, entry.due or until, entry.day, entry.ref))


def together(amounts: Mapping[str, Money] | Iterable[Money], to: str, rates: Rates, day: date) -> Together:
    """Amounts of several currencies as one, at the rates known on a day.

    >>> print(together([Money.parse("10 USD"), Money.parse("5 EUR")], "USD", Rates([]), date(2030, 1, 1)))
    Together(total=Money(amount=Decimal('10.00'), currency='USD'), oldest=None, missing=('EUR',), stale=False)
    """
    total, days, missing, stale = None, [], set(), False
    for amount in amounts.values() if isinstance(amounts, Mapping) else amounts:
        found = rates.convert(amount, to, day)
        if found is None:
            missing.add(amount.currency)
            continue
        total = (total or 0) + coins(found.amount)
        stale = stale or found.stale
        if found.rate:
            days.append(found.rate.day)
    return Together(None if total is None else money(total, to), min(days, default=None), tuple(sorted(missing)), stale)


def _by(entries: Iterable[Entry], name: Callable[[Entry], str]) -> dict[str, tuple[Balance, ...]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if name(entry):
            groups.setdefault(name(entry), []).append(entry)
    return {code: balances(lines) for code, lines in sorted(groups.items())}
