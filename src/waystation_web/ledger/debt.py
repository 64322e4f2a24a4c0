"""A debt as its record says it (sort "debt"), and how it stands today.

    body = {"sort": "debt", "creditor", "case", "case_id", "principal": "12000000", "currency", "since",
            "monthly": "1/50" | None, "schedule": [{"due", "amount"}], "security": [...] | None, "works": True | None,
            "work_ends": True | None, "income": "2000000" | None, "note", "payments": [{"id", "by", "at", "day",
            "amount", "void"}], "seen": {"by", "at", "text"}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from waystation.ledger.coins import said
from waystation.ledger.debts import Debt, Instalment, Security, Standing, Weight, standing, weigh
from waystation.units import Money
from waystation_web.records.record import Record
from waystation_web.vault.errors import Refused

from .figures import Figures

SORT = "debt"


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid towards a debt; void if it was written down by mistake."""

    id: str
    day: date
    amount: Money
    void: bool

    @property
    def said(self) -> str:
        """The amount as people read it."""
        return said(self.amount)


@dataclass(frozen=True, slots=True)
class Owed:
    """One debt, opened for one request, as it stands on a day."""

    id: bytes
    revision: int
    debt: Debt = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    payments: tuple[Payment, ...] = field(repr=False)
    now: Standing
    weight: Weight
    grant: Money | None  # in the debt's currency; None where no rate is known
    income: Money | None

    @property
    def key(self) -> str:
        """The id as it stands in addresses."""
        return self.id.hex()

    @property
    def case_id(self) -> bytes | None:
        """Of the case, or None."""
        return bytes.fromhex(self.body["case_id"]) if self.body.get("case_id") else None


def owed_of(held: Record, figures: Figures, day: date) -> Owed:
    """The debt in a record, weighed against the grant of that day. Raises `Refused("payload")` for what is none."""
    body = held.body
    try:
        debt = debt_of(body)
        code = debt.principal.currency
        payments = tuple(Payment(one["id"], date.fromisoformat(one["day"]), Money(Decimal(one["amount"]), code),
                                 bool(one.get("void"))) for one in body.get("payments", []))
        now = standing(debt, [(one.day, one.amount) for one in payments if not one.void], day)
        income = Money(Decimal(body["income"]), code) if body.get("income") else None
    except (KeyError, TypeError, ValueError, InvalidOperation) as reason:
        raise Refused("payload") from reason
    grant = figures.grant(day)
    shown = grant and figures.rates.convert(grant.figure.amount, code, day)
    in_code = shown.amount if shown else None
    weight = weigh(debt, now, grant=in_code, income=income)
    return Owed(held.id, held.revision, debt, body, payments, now, weight, in_code, income)


def debt_of(body: Mapping[str, Any]) -> Debt:
    """The core's debt in a body. Raises `KeyError`, `ValueError`."""
    code = str(body["currency"])
    return Debt(
        creditor=str(body["creditor"]), principal=Money(Decimal(body["principal"]), code),
        since=date.fromisoformat(body["since"]), monthly=Fraction(body["monthly"]) if body.get("monthly") else None,
        schedule=tuple(Instalment(date.fromisoformat(one["due"]), Money(Decimal(one["amount"]), code))
                       for one in body.get("schedule", [])),
        security=None if body.get("security") is None else frozenset(Security(one) for one in body["security"]),
        works_for_creditor=body.get("works"), work_has_an_end=body.get("work_ends"))
