"""What a plan from here begins with: where they were last known, which days and money are left, and whence it is known.

    days left      the last day of the plan they follow
    money left     what that plan had, less the larger of two sums: what the ledger says was paid for them since, and
                   what by the plan the legs cost that they have begun since. Whoever reckons with too much is stranded.

Nothing is guessed: what is not known stays empty, and its sentence says why. Of a part of a party nobody knows which
share of the money it carries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from waystation.ledger.coins import TooFine, coins, money, said
from waystation.ledger.entries import Direction, Kind
from waystation.units import Money
from waystation_web.cases import values
from waystation_web.ledger.entry import Line, State

from .journey import Journey

ON_THE_WAY = frozenset({Kind.FEE, Kind.ADVANCE, Kind.GUIDE, Kind.TRANSPORT, Kind.LODGING, Kind.FOOD, Kind.MEDICAL,
                        Kind.DOCUMENT, Kind.FINE, Kind.BRIBE})  # what a plan's money is for; no ransom, no lawyer


@dataclass(frozen=True, slots=True)
class Known:
    """One answer of the form. `value` None: not known. `why`: where it comes from, or why nobody knows."""

    value: Any
    why: str


def start(journey: Journey, places: Collection[str]) -> Known:
    """Where they were last known, if the route book still has it."""
    leg = journey.under_way
    if journey.at not in places:
        return Known(None, gettext("Where they were last known is no place of the route book: choose one."))
    if leg is not None:
        return Known(journey.at, gettext(
            "Where they were last known: they left it on %(day)s for %(end)s. Nobody knows where on this leg they are.")
            % {"day": leg.started.date().isoformat(), "end": leg.end})
    return Known(journey.at, gettext("Where they are by the last step of this journey."))


def last_day(plan: Mapping[str, Any], first: date) -> Known:
    """The last day of the plan they follow, while it lies ahead."""
    last = values.day(_terms(plan), "deadline")
    if last is None:
        return Known(None, gettext("The plan they follow names no last day: choose one."))
    left = (last - first).days
    if left <= 0:
        return Known(None, gettext("The last day of the plan they follow was %(day)s: choose another one.")
                     % {"day": last.isoformat()})
    return Known(last, ngettext("The last day of the plan they follow; %(n)s day is left.",
                                "The last day of the plan they follow; %(n)s days are left.", left) % {"n": left})


def goals(journey: Journey, offered: Collection[str]) -> Known:
    """Where they may go, as it was."""
    if not journey.goals:
        return Known([], gettext("The plan they follow names none."))
    return Known([one for one in journey.goals if one in offered], gettext("As in the plan they follow."))


def money_left(journey: Journey, plan: Mapping[str, Any], lines: Iterable[Line], *, whole: bool) -> Known:
    """What is left of the money of the plan they follow. `whole`: every line that this person holds could be read."""
    had, made = _amount(values.text(_terms(plan), "budget")), values.at(plan, "made_at")
    if had is None or made is None or coins(had) <= 0:
        return Known(None, gettext("The plan they follow names no money: write what they have."))
    if journey.part:
        return Known(None, gettext("By its plan the whole party had %(had)s. What of it this part has, nobody wrote "
                                   "down.") % {"had": said(had)})
    theirs = [one for one in lines if _for_the_way(one, journey.case_ref, made.date())]
    if not whole or any(one.entry.amount.currency != had.currency for one in theirs):
        return Known(None, gettext("The plan they follow had %(had)s. A line of the ledger does not open or is in "
                                   "another currency: reckon what is left.") % {"had": said(had)})
    paid = sum(one.entry.coins for one in theirs) if theirs else None
    walked = _walked([one.leg for one in journey.legs if one.started >= made], plan, had.currency)
    return _less(had, paid, walked)


def _less(had: Money, paid: int | None, walked: int | None) -> Known:
    spent, of = [one for one in (paid, walked) if one is not None], had.currency
    told = [
        gettext("The plan they follow had %(had)s.") % {"had": said(had)},
        gettext("No line of the ledger that you may read says what was paid since.") if paid is None else
        gettext("Paid since, by lines of the ledger that you may read: %(sum)s.") % {"sum": said(money(paid, of))},
        gettext("The plan does not price every leg they have begun since.") if walked is None else
        gettext("By that plan the legs they have begun since cost %(sum)s.") % {"sum": said(money(walked, of))}]
    if not spent:
        return Known(None, " ".join([*told, gettext("What is left is not known.")]))
    left = coins(had) - max(spent)
    if left <= 0:
        return Known(None, " ".join([*told, gettext("By that nothing is left: write what they have.")]))
    if len(spent) > 1:
        told.append(gettext("The larger of the two is taken off."))
    return Known(f"{money(left, of).amount:f} {of}", " ".join(told))


def _for_the_way(line: Line, case_ref: str, since: date) -> bool:
    one = line.entry
    return (line.state is State.PAID and one.direction is Direction.OUT and one.kind in ON_THE_WAY
            and one.case == case_ref and one.paid is not None and one.paid >= since)


def _walked(legs: Iterable[str], plan: Mapping[str, Any], currency: str) -> int | None:
    """What these legs cost by the plan, in smallest coins; None if it does not price one of them."""
    prices = {leg: price for leg, price in _prices(values.part(plan, "facts")) if price.currency == currency}
    try:
        return sum(coins(prices[leg]) for leg in legs)
    except KeyError:
        return None


def _amount(text: str) -> Money | None:
    """An amount in whole coins; a leg on foot costs none."""
    try:
        found = Money.parse(text)
        return money(coins(found), found.currency)
    except (ArithmeticError, TooFine, ValueError):
        return None


def _prices(facts: Mapping[str, Any]) -> Iterator[tuple[str, Money]]:
    for branch in (facts, *values.items(facts, "contingencies")):
        for step in values.items(branch, "steps"):
            price = _amount(values.text(step, "cost"))
            if values.text(step, "leg") and price is not None:
                yield values.text(step, "leg"), price


def _terms(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    return values.part(values.part(plan, "facts"), "terms")
