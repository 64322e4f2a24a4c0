"""When a payment needs two people, how long it waits, and what still stands between it and being paid.

    needs_two(entry, limit, rates)   why two must sign, or None
    missing(entry, facts)            what must be there first, as fixed words

Nothing is paid with one touch: a ransom waits a day at least, whoever presses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from waystation.units import Money

from .coins import coins
from .entries import TWO_ALWAYS, Direction, Entry, Kind
from .rates import Rates

LEAST_HOLD_H = 24


class Why(StrEnum):
    """Why two must sign."""

    KIND = "kind"  # a bribe or a ransom, whatever the amount
    ABOVE = "above"  # above the limit of the house
    NO_RATE = "no_rate"  # nobody knows whether it is above
    TOGETHER = "together"  # parts of one payment that are above it together
    FLAGGED = "flagged"  # a flag is raised on it, or on whoever gets it


class Choice(StrEnum):
    """What two people may say to "pay this?"."""

    PAY = "pay"
    REFUSE = "refuse"
    OTHER = "other"  # another way: talk, wait, another answer


class Missing(StrEnum):
    """What still stands between an entry and its payment."""

    SECOND = "second"
    HOLD = "hold"
    REASON = "reason"
    LEGAL_NOTE = "legal_note"
    PROOF_ASKED = "proof_asked"  # a ransom: nobody has asked for proof of life
    REFUSED = "refused"
    PAID = "paid"
    COUNTER = "counter"  # taken back, or itself a counter-entry
    FROZEN = "frozen"  # somebody who was taken may have told of this code name
    FLAG_SINCE = "flag_since"  # a flag was raised after the first signature: who signed did not know of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an entry when somebody wants to pay it; each default is the one that refuses."""

    now: datetime
    since: datetime | None = None  # when the demand was written down as it now stands
    signatures: int = 0
    reason: str = ""
    proof_asked: bool = False
    choice: Choice | None = None
    taken_back: bool = True
    frozen: bool = True  # the code name, after somebody was taken
    flag_since: bool = True  # a flag is newer than the first signature
    hold_hours: int = LEAST_HOLD_H


def needs_two(entry: Entry, *, limit: Money, rates: Rates, others: tuple[Entry, ...] = (),
              flagged: bool = False) -> Why | None:
    """Why two must sign an entry, or None. `others` are unsigned entries to the same code name of the last days: a
    payment is not split to pass below the limit. `flagged`: a flag is raised on it or on who gets it, which asks for
    two whatever the amount. What comes in needs no second signature.

    >>> from datetime import date
    >>> fee = Entry(ref="a", kind=Kind.FEE, amount=Money.parse("900 USD"), day=date(2030, 1, 1),
    ...             direction=Direction.OUT)
    >>> needs_two(fee, limit=Money.parse("1000 USD"), rates=Rates([]))
    >>> print(needs_two(fee, limit=Money.parse("1000 CNY"), rates=Rates([])))
    no_rate
    """
    if entry.kind in TWO_ALWAYS:
        return Why.KIND
    if entry.direction is Direction.IN or entry.corrects:
        return None
    if flagged:
        return Why.FLAGGED
    total = 0
    for n, one in enumerate((entry, *others)):
        found = rates.convert(one.amount, limit.currency, one.day)
        if found is None:
            return Why.NO_RATE
        total += coins(found.amount)
        if n == 0 and total > coins(limit):
            return Why.ABOVE
    return Why.TOGETHER if total > coins(limit) else None


def hold_ends(entry: Entry, since: datetime, hours: int) -> datetime | None:
    """Until when a ransom waits, from when it was written down; None for everything else. Never less than a day.

    >>> from datetime import UTC, date
    >>> since = datetime(2030, 1, 1, 8, tzinfo=UTC)
    >>> ransom = Entry(ref="a", kind=Kind.RANSOM, amount=Money.parse("1 USD"), day=date(2030, 1, 1),
    ...                direction=Direction.OUT)
    >>> hold_ends(ransom, since, 0).isoformat()
    '2030-01-02T08:00:00+00:00'
    """
    return since + timedelta(hours=max(hours, LEAST_HOLD_H)) if entry.kind is Kind.RANSOM else None


def missing(entry: Entry, facts: Facts, why: Why | None) -> tuple[Missing, ...]:
    """What must be there before an entry may be marked as paid; empty if nothing is missing."""
    found = []
    if entry.paid is not None:
        found.append(Missing.PAID)
    if entry.corrects or facts.taken_back:
        found.append(Missing.COUNTER)
    if facts.frozen and entry.direction is Direction.OUT:
        found.append(Missing.FROZEN)
    if why is None:
        return tuple(found)
    if facts.choice in {Choice.REFUSE, Choice.OTHER}:
        found.append(Missing.REFUSED)
    if facts.signatures < 2:
        found.append(Missing.SECOND)
    if facts.flag_since:
        found.append(Missing.FLAG_SINCE)
    if not facts.reason.strip():
        found.append(Missing.REASON)
    if entry.kind in TWO_ALWAYS and not entry.legal_note.strip():
        found.append(Missing.LEGAL_NOTE)
    if entry.kind is Kind.RANSOM:
        ends = facts.since and hold_ends(entry, facts.since, facts.hold_hours)
        if ends is None or facts.now < ends:
            found.append(Missing.HOLD)
        if not facts.proof_asked:
            found.append(Missing.PROOF_ASKED)
    return tuple(found)
