"""One line of the ledger: what was agreed or paid, for which case, to which code name, and why the law may ask.

An entry that was signed is never edited. A mistake is taken back whole by a counter-entry with the amount below zero,
and written again: whatever is summed, the two together are nothing.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from waystation.units import Money

from .coins import TooFine, coins, money

CURRENCY = re.compile(r"[A-Z]{3}")


class Kind(StrEnum):
    """What the money is for."""

    FEE = "fee"  # of a broker, for a way or a part of it
    ADVANCE = "advance"
    GUIDE = "guide"
    TRANSPORT = "transport"
    LODGING = "lodging"
    FOOD = "food"
    MEDICAL = "medical"
    DOCUMENT = "document"
    FINE = "fine"
    LEGAL = "legal"  # bail and lawyers
    BRIBE = "bribe"
    RANSOM = "ransom"
    REMITTANCE = "remittance"
    REPAYMENT = "repayment"
    GRANT = "grant"
    DONATION = "donation"
    REFUND = "refund"


class Direction(StrEnum):
    """Whether the money goes out or comes in."""

    OUT = "out"
    IN = "in"


class Payer(StrEnum):
    """Whose money it is."""

    ORGANISATION = "organisation"
    RELATIVE = "relative"
    PERSON = "person"
    DONOR = "donor"
    GOVERNMENT = "government"


class Method(StrEnum):
    """How it is handed over."""

    CASH = "cash"
    HAWALA = "hawala"
    BANK = "bank"
    CRYPTO = "crypto"
    IN_KIND = "in_kind"


class LegalFlag(StrEnum):
    """Which law may ask about it."""

    NONE = "none"
    BRIBERY = "bribery"
    SANCTIONS = "sanctions"
    RANSOM = "ransom"
    LAUNDERING = "laundering"


TWO_ALWAYS = frozenset({Kind.BRIBE, Kind.RANSOM})  # two signatures and a legal note, whatever the amount
FLAG_OF = {Kind.BRIBE: LegalFlag.BRIBERY, Kind.RANSOM: LegalFlag.RANSOM}  # the least that stands at such an entry


class InvalidEntry(ValueError):
    """An entry that cannot stand in a ledger. `field` names what to mend, `why` is one word of a fixed set."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field, self.why = field, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `paid` is the day of payment, None while it is only agreed; `corrects` the line that it takes back.

    `contact` and `case` are code names; empty where there is none. Real names do not belong here.
    """

    ref: str
    kind: Kind
    amount: Money
    day: date
    direction: Direction
    payer: Payer = Payer.ORGANISATION
    contact: str = ""
    case: str = ""
    method: Method = Method.CASH
    due: date | None = None
    paid: date | None = None
    legal: LegalFlag = LegalFlag.NONE
    legal_note: str = ""
    corrects: str = ""

    @property
    def coins(self) -> int:
        """The amount in smallest coins; below zero for a counter-entry."""
        return coins(self.amount)


def check(entry: Entry) -> Entry:
    """The entry itself, if it may stand. Raises `InvalidEntry`.

    >>> check(Entry(ref="a", kind=Kind.FOOD, amount=Money.parse("0 USD"), day=date(2030, 1, 1),
    ...             direction=Direction.OUT))
    Traceback (most recent call last):
    waystation.ledger.entries.InvalidEntry: amount: zero
    """
    if not CURRENCY.fullmatch(entry.amount.currency):
        raise InvalidEntry("currency", "unknown")
    try:
        count = entry.coins
    except TooFine as why:
        raise InvalidEntry("amount", "fine") from why
    if count == 0:
        raise InvalidEntry("amount", "zero")
    if (count < 0) != bool(entry.corrects):
        raise InvalidEntry("amount", "sign")
    if entry.kind in TWO_ALWAYS and entry.direction is Direction.IN:
        raise InvalidEntry("direction", "out_only")
    if entry.kind in FLAG_OF and entry.legal is LegalFlag.NONE:
        raise InvalidEntry("legal", "flag")
    if entry.kind in TWO_ALWAYS and not entry.legal_note.strip():
        raise InvalidEntry("legal_note", "missing")
    if entry.paid is not None and entry.paid < entry.day:
        raise InvalidEntry("paid", "before")
    return entry


def counter(entry: Entry, *, ref: str, day: date) -> Entry:
    """The line that takes another one back: the same with the amount below zero. Raises `InvalidEntry` for a counter.

    >>> wrong = Entry(ref="a", kind=Kind.FOOD, amount=Money.parse("20 USD"), day=date(2030, 1, 1),
    ...               direction=Direction.OUT, paid=date(2030, 1, 2))
    >>> back = counter(wrong, ref="b", day=date(2030, 1, 5))
    >>> print(back.amount, back.corrects, back.paid)
    -20 USD a 2030-01-05
    """
    if entry.corrects:
        raise InvalidEntry("corrects", "counter")
    return replace(entry, ref=ref, day=day, amount=money(-entry.coins, entry.amount.currency), corrects=entry.ref,
                   paid=day if entry.paid else None)
