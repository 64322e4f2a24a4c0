"""What money is reckoned with: rates, wages, settlement grants (sort "figures"), and what was reported (sort "told").

    figures = {"sort": "figures", "rates": [{"id", "by", "at", "base", "quote", "value": "73/10", "day", "source",
               "verify"}], "wages": [{..., "place", "monthly", "currency", ...}], "grants": [{..., "year", "amount"}]}
    told    = {"sort": "told", "what": "reward" | "helping_fine" | "fee_quoted", "amount", "currency", "unit", "place",
               "day", "grade", "source"}
    sold    = {"sort": "sold", "told": "12,000 CNY", "unit", "place", "day", "grade", "source"}

One record of figures lies in an office; where two people made the first one at once, both are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from waystation.ledger.grants import FIGURES, Figure, Grant, grant_on
from waystation.ledger.observations import Observation, PersonSold, Sort, Unit
from waystation.ledger.rates import Rate, Rates
from waystation.ledger.wages import Wage
from waystation.units import Money
from waystation_web.records.record import Record
from waystation_web.vault.errors import Refused

SORT, TOLD, SOLD = "figures", "told", "sold"
WON = "KRW"


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that somebody wrote down to reckon with."""

    rates: Rates
    wages: tuple[Wage, ...]
    grants: tuple[Figure, ...] = field(default=FIGURES)

    def grant(self, day: date) -> Grant | None:
        """The settlement grant used for a day: what the office wrote down counts before what reports say."""
        return grant_on(day, self.grants)


NOTHING = Figures(Rates([]), ())


def figures_of(held: Iterable[Record]) -> Figures:
    """All figures in some records of sort "figures". Raises `Refused("payload")`."""
    rates: list[Rate] = []
    wages: list[Wage] = []
    own: dict[int, Figure] = {}
    try:
        for one in held:
            if one.body.get("sort") != SORT:
                continue
            rates += [rate_of(item) for item in one.body.get("rates", [])]
            wages += [wage_of(item) for item in one.body.get("wages", [])]
            own |= {figure.year: figure for figure in map(figure_of, one.body.get("grants", []))}
    except (KeyError, TypeError, ValueError, InvalidOperation) as reason:
        raise Refused("payload") from reason
    grants = {figure.year: figure for figure in FIGURES} | own
    return Figures(Rates(rates), tuple(wages), tuple(grants[year] for year in sorted(grants)))


def rate_of(item: dict[str, Any]) -> Rate:
    """A rate in a record. Raises `KeyError`, `ValueError`."""
    return Rate(str(item["base"]), str(item["quote"]), Fraction(item["value"]), date.fromisoformat(item["day"]),
                str(item["source"]), bool(item["verify"]))


def wage_of(item: dict[str, Any]) -> Wage:
    """A wage in a record. Raises `KeyError`, `ValueError`."""
    return Wage(str(item["place"]), Money(Decimal(item["monthly"]), str(item["currency"])),
                date.fromisoformat(item["day"]), str(item["source"]), bool(item["verify"]))


def figure_of(item: dict[str, Any]) -> Figure:
    """A settlement grant in a record. Raises `KeyError`, `ValueError`."""
    return Figure(int(item["year"]), Money(Decimal(item["amount"]), WON), str(item["source"]),
                  not bool(item["verify"]))


def observation_of(held: Record) -> Observation:
    """A reward, fine or fee that was reported. Raises `Refused("payload")`."""
    body = held.body
    try:
        return Observation(sort=Sort(body["what"]), amount=Money(Decimal(body["amount"]), str(body["currency"])),
                           unit=Unit(body["unit"]), place=str(body["place"]), day=date.fromisoformat(body["day"]),
                           grade=str(body["grade"]), source=str(body.get("source", "")))
    except (KeyError, TypeError, ValueError, InvalidOperation) as reason:
        raise Refused("payload") from reason


def sold_of(held: Record) -> PersonSold:
    """What was said to be paid for a person. Raises `Refused("payload")`."""
    body = held.body
    try:
        return PersonSold(told=str(body["told"]), unit=Unit(body["unit"]), place=str(body["place"]),
                          day=date.fromisoformat(body["day"]), grade=str(body["grade"]),
                          source=str(body.get("source", "")))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
