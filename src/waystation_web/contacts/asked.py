"""What a contact asked for, as their liaison wrote it down: for which leg or for whose release, by when, paid or not.

    body["asked"]  = [{"id", "by", "at", "on", "amount": "500", "currency", "release": true, "of": leg, "case": code,
                       "within_h": 12 | null, "proof": true | false | null, "paid": day | ""}]
    body["let_be"] = [{"id", "by", "at", "rule", "facts": which facts it was about, "reason", "who", "on"}]

A demand that reaches a liaison is no line of the ledger yet, and whoever pays opens no contact: both are kept where
they are heard, and joined for whoever may read both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from waystation.trust.ploys import Demand
from waystation.trust.suggested import Ask
from waystation.units import Money


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand, with the id of its line."""

    id: str
    ask: Ask = field(repr=False)

    @property
    def amount(self) -> str:
        """As people read it."""
        return str(self.ask.demand.amount)


@dataclass(frozen=True, slots=True)
class LetBe:
    """Somebody looked at what was suggested and did not raise it. It holds for those facts alone."""

    rule: str
    facts: str
    reason: str = field(repr=False)
    who: str
    on: date


def asked_in(body: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Demands in a contact's body, by day. Raises `KeyError`, `TypeError`, `ValueError`, `InvalidOperation`."""
    found = [Asked(str(one["id"]), _ask(one)) for one in body.get("asked", ())]
    return tuple(sorted(found, key=lambda one: one.ask.demand.on))


def _ask(one: Mapping[str, Any]) -> Ask:
    paid, hours, proof = one.get("paid"), one.get("within_h"), one.get("proof")
    demand = Demand(date.fromisoformat(one["on"]), Money(Decimal(one["amount"]), str(one["currency"])),
                    date.fromisoformat(paid) if paid else None, proof if isinstance(proof, bool) else None,
                    None if hours is None else float(hours))
    return Ask(demand, one.get("release") is True, str(one.get("of") or ""), str(one.get("case") or ""))


def let_be_in(body: Mapping[str, Any]) -> tuple[LetBe, ...]:
    """What was let be. Raises as `asked_in`."""
    return tuple(LetBe(str(one["rule"]), str(one["facts"]), str(one["reason"]), str(one["who"]),
                       date.fromisoformat(one["on"])) for one in body.get("let_be", ()))
