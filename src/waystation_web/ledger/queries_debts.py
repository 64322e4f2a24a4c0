"""Pages of one debt, of the figures that money is reckoned with, and of what was reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waystation.ledger.coins import TooFine, coins, said
from waystation.ledger.entries import InvalidEntry
from waystation.ledger.observations import Observation, PersonSold, jump, series
from waystation.ledger.wages import months_of
from waystation.units import Money
from waystation_web.audit.actions import record_read
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from . import debt
from .debt import Owed, Payment, owed_of
from .figures import Figures
from .reading import ledger, may_look
from .rows import DebtRow, debt_row
from .words import SORTS, UNITS


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody did about the warnings of a debt."""

    by: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DebtPage:
    """One debt as it stands today."""

    id: bytes
    revision: int
    row: DebtRow
    principal: str
    interest: str
    paid: str
    since: date
    monthly: str  # parts of a hundred each month, exactly; empty if nobody knows
    grant: str
    schedule: tuple[tuple[date, str, bool], ...]  # day, amount, past
    payments: tuple[Payment, ...]
    answers: tuple[Answer, ...]
    note: str = field(repr=False)
    case_id: str
    initial: Mapping[str, Any] = field(repr=False)  # what a form shows
    writes: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A reward, fine or fee as it was told, read as months of wages where a wage is known."""

    what: str
    amount: str
    unit: str
    place: str
    day: date
    grade: str
    source: str
    months: str
    wage: str  # the wage it was measured with, its day and source
    jump: bool


@dataclass(frozen=True, slots=True)
class ToldPage:
    """Everything that was reported; prices of people apart, as words."""

    told: tuple[Told, ...]
    sold: tuple[tuple[PersonSold, str], ...]
    broken: int
    writes: bool


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Rates, wages and grants, the newest first."""

    rates: tuple[tuple[str, str, str, date, str, bool], ...]  # one, of, is, day, source, to be checked
    wages: tuple[tuple[str, str, date, str, bool], ...]
    grants: tuple[tuple[int, str, str, bool], ...]
    writes: bool


def debt_page(actor: Actor, debt_id: bytes) -> DebtPage:
    """One debt. Raises `NoSuchVault`."""
    with writing():
        held = kept.one(actor, debt_id, "money", looked=False)
        if held.body.get("sort") != debt.SORT:
            raise NoSuchVault
        record_read(actor, held.opened)
        owed = owed_of(held, ledger(actor).figures, clock.today())
    names = {one.id: one.handle for one in kept.colleagues().values()}
    answers = tuple(Answer(names.get(bytes.fromhex(one["by"]), ""), moment(one["at"]), str(one["text"]))
                    for one in owed.body.get("answers", []))
    today, one = clock.today(), owed.debt
    return DebtPage(
        owed.id, owed.revision, debt_row(owed), said(one.principal), said(owed.now.interest), said(owed.now.paid),
        one.since, "" if one.monthly is None else percent(one.monthly), said(owed.grant) if owed.grant else "",
        tuple((each.due, said(each.amount), each.due < today) for each in one.schedule), owed.payments, answers,
        str(owed.body.get("note") or ""), str(owed.body.get("case_id") or ""), _initial(owed),
        kept.may_write(actor, "money"))


def in_its_money(actor: Actor, debt_id: bytes, count: Decimal) -> Money:
    """An amount in the currency of a debt. Raises `InvalidEntry` if it is finer than that currency's coin."""
    with writing():
        held = kept.one(actor, debt_id, "money", looked=False)
        if held.body.get("sort") != debt.SORT:
            raise NoSuchVault
    found = Money(count, str(held.body["currency"]))
    try:
        coins(found)
    except TooFine as reason:
        raise InvalidEntry("amount", "fine") from reason
    return found


def told_page(actor: Actor) -> ToldPage:
    """What was reported. Raises `NotPermitted` for roles that never hold any of it."""
    with writing():
        may_look(actor)
        found = ledger(actor, looked=True)
    everything = [one for _, one in found.told]
    told = sorted(everything, key=lambda one: (one.day, one.place), reverse=True)
    sold = sorted((one for _, one in found.sold), key=lambda one: one.day, reverse=True)
    return ToldPage(tuple(_told(one, everything, found.figures) for one in told),
                    tuple((one, str(UNITS[one.unit])) for one in sold), found.broken, kept.may_make(actor, "money"))


def figures_page(actor: Actor) -> FiguresPage:
    """Rates, wages and grants. Raises `NotPermitted` for roles that never hold them."""
    with writing():
        may_look(actor)
        known = ledger(actor, looked=True).figures
    rates = tuple((f"1 {one.base}", one.quote, decimal(one.value), one.day, one.source, one.verify)
                  for one in reversed(known.rates.rates))
    wages = tuple((one.place, said(one.monthly), one.day, one.source, one.verify)
                  for one in sorted(known.wages, key=lambda one: one.day, reverse=True))
    grants = tuple((one.year, said(one.amount), one.source, not one.verified) for one in reversed(known.grants))
    return FiguresPage(rates, wages, grants, kept.may_make(actor, "money"))


def percent(monthly: Fraction) -> str:
    """A share as it was agreed, in parts of a hundred, without rounding it.

    >>> percent(Fraction(1, 50)), percent(Fraction(1, 3))
    ('2', '100/3')
    """
    return decimal(100 * monthly)


def decimal(value: Fraction) -> str:
    """A fraction as people write it, if it has an end; else as a fraction.

    >>> decimal(Fraction(73, 10)), decimal(Fraction(1, 1350))
    ('7.3', '1/1350')
    """
    for digits in range(9):
        if (value * 10**digits).denominator == 1:
            whole = (value * 10**digits).numerator
            return f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}" if digits else str(whole)
    return str(value)


def _told(one: Observation, everything: list[Observation], figures: Figures) -> Told:
    months = months_of(one.amount, one.place, one.day, wages=figures.wages, rates=figures.rates)
    used = months and months.wage
    wage = f"{said(used.monthly)} · {used.day.isoformat()} · {used.source}" if used else ""
    compared = series(everything, sort=one.sort, place=one.place, unit=one.unit, currency=one.amount.currency)
    before = compared[:compared.index(one) + 1]
    return Told(str(SORTS[one.sort]), said(one.amount), str(UNITS[one.unit]), one.place, one.day, one.grade, one.source,
                "" if months is None else months.about, wage, jump(before) is not None)


def _initial(owed: Owed) -> dict[str, Any]:
    one = owed.debt
    return {
        "creditor": one.creditor, "amount": one.principal.amount, "currency": one.principal.currency,
        "since": one.since, "interest": "" if one.monthly is None else percent(one.monthly),
        "schedule": "\n".join(f"{each.due.isoformat()} {each.amount.amount:f}" for each in one.schedule),
        "asked": "yes" if one.security is not None else "no", "security": [str(each) for each in one.security or ()],
        "works": _answer(one.works_for_creditor), "work_ends": _answer(one.work_has_an_end),
        "income": owed.income.amount if owed.income else None, "note": str(owed.body.get("note") or ""),
        "revision": owed.revision,
    }


def _answer(known: bool | None) -> str:
    return "unknown" if known is None else "yes" if known else "no"

