"""Acts on debts: written down, paid off part by part, and what was answered to their warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from waystation.ledger.coins import coins
from waystation.ledger.debts import Debt
from waystation.ledger.entries import InvalidEntry
from waystation.units import Money
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .debt import SORT, debt_of
from .reading import case_of, tell, who_reads


@dataclass(frozen=True, slots=True)
class DebtTyped:
    """A debt as somebody wrote it; `income` is a month's, in the currency of the debt."""

    debt: Debt = field(repr=False)
    case_id: bytes
    income: Money | None
    note: str = field(repr=False)


def new_debt(actor: Actor, typed: DebtTyped) -> bytes:
    """A new debt of a case, for finance, its author and the case's workers; its id. Raises `NoSuchVault`."""
    with writing():
        body = {name: value for name, value in _body(typed, case_of(actor, typed.case_id)).items() if value is not None}
        made = records.make(actor, "money", body, holders=who_reads(actor, typed.case_id))
        tell(actor, body, "debt", debt=made.key)
    return made.id


def write_debt(actor: Actor, debt_id: bytes, typed: DebtTyped, *, revision: int) -> None:
    """What is known of a debt, written anew; what stood before stays in its history. Raises `Changed`.

    Finance does so too, without reading the case: its code stands in the debt.
    """
    with writing():
        held = _debt(actor, debt_id)
        if held.body.get("case_id") != typed.case_id.hex():
            raise NoSuchVault  # a debt stays with its case
        records.change(actor, held, _body(typed, held.body["case"]), what="debt", revision=revision)


def pay_debt(actor: Actor, debt_id: bytes, *, day: date, amount: Money) -> None:
    """Something was paid towards a debt. Raises `InvalidEntry` for another currency, nothing, or a day to come."""
    with writing():
        held = _debt(actor, debt_id)
        if amount.currency != held.body["currency"]:
            raise InvalidEntry("amount", "currency")
        if coins(amount) <= 0:
            raise InvalidEntry("amount", "zero")
        if day > clock.today():
            raise InvalidEntry("day", "future")
        records.add(actor, held, "payments", {"day": day.isoformat(), "amount": str(amount.amount)})


def void_payment(actor: Actor, debt_id: bytes, payment_id: str) -> None:
    """A payment was written down by mistake: it stays, and counts for nothing. Raises `NoSuchVault`."""
    with writing():
        records.replace_item(actor, _debt(actor, debt_id), "payments", payment_id, {"void": True}, what="void")


def answer_debt(actor: Actor, debt_id: bytes, *, text: str) -> None:
    """What somebody did about the warnings of a debt; each answer stays. Raises `ValueError` without words."""
    if not text.strip():
        raise ValueError("text")
    with writing():
        records.add(actor, _debt(actor, debt_id), "answers", {"text": text})


def _debt(actor: Actor, debt_id: bytes) -> Record:
    held = kept.one(actor, debt_id, "money", looked=False)
    if held.body.get("sort") != SORT:
        raise NoSuchVault
    return held


def _body(typed: DebtTyped, case: str) -> dict[str, Any]:
    debt = typed.debt
    body = {
        "sort": SORT, "creditor": debt.creditor, "case": case, "case_id": typed.case_id.hex(),
        "principal": str(debt.principal.amount), "currency": debt.principal.currency, "since": debt.since.isoformat(),
        "monthly": None if debt.monthly is None else str(Fraction(debt.monthly)),
        "schedule": [{"due": one.due.isoformat(), "amount": str(one.amount.amount)} for one in debt.schedule],
        "security": None if debt.security is None else sorted(debt.security),
        "works": debt.works_for_creditor, "work_ends": debt.work_has_an_end,
        "income": None if typed.income is None else str(typed.income.amount), "note": typed.note,
    }
    debt_of(body)  # what is written can be read
    return body
