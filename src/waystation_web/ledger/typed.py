"""What forms hold, as the core's own values: the one place where typed text becomes money, days and codes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from waystation.ledger.coins import coins
from waystation.ledger.debts import Debt, Instalment, Security, schedule
from waystation.ledger.entries import Direction, Entry, InvalidEntry, Kind, LegalFlag, Method, Payer
from waystation.ledger.grants import Figure
from waystation.ledger.observations import Observation, PersonSold, Sort, Unit
from waystation.ledger.rates import Rate
from waystation.ledger.signatures import Choice
from waystation.ledger.wages import Wage
from waystation.units import Money

from .actions import Typed
from .actions_debts import DebtTyped
from .entry import Line
from .figures import WON

__all__ = ["InvalidEntry", "choice_of", "debt_of", "entry_of", "figure_of", "initial", "rate_of", "sold_of", "told_of",
           "wage_of"]


def entry_of(given: Mapping[str, Any], case_id: bytes | None) -> Typed:
    """A line as it was typed."""
    entry = Entry(
        ref="", kind=Kind(given["kind"]), amount=Money(given["amount"], given["currency"]), day=given["day"],
        direction=Direction(given["direction"]), payer=Payer(given["payer"]), contact=given["contact"].strip(),
        case=given.get("case", "").strip(), method=Method(given["method"]), due=given["due"],
        legal=LegalFlag(given["legal"]), legal_note=given["legal_note"])
    return Typed(entry=entry, case_id=case_id, purpose=given["purpose"], repay=given["repay"],
                 second=bytes.fromhex(given["second"]) if given["second"] else None,
                 proof_asked=given["proof_asked"], flags=tuple(given["flags"]))


def initial(line: Line) -> dict[str, Any]:
    """What a form shows of a line that is written anew."""
    one, body = line.entry, line.body
    return {
        "kind": one.kind.value, "amount": one.amount.amount, "currency": one.amount.currency,
        "direction": one.direction.value, "payer": one.payer.value, "day": one.day, "contact": one.contact,
        "case": one.case, "method": one.method.value, "due": one.due, "purpose": body.get("purpose", ""),
        "repay": body.get("repay", "unknown"), "legal": one.legal.value, "legal_note": one.legal_note,
        "proof_asked": bool(body.get("proof_asked")), "flags": body.get("flags") or [],
        "second": body.get("second") or "", "revision": line.revision,
    }


def choice_of(code: str) -> Choice:
    """What the first signer proposes; to pay, where nothing else can be."""
    return Choice(code) if code else Choice.PAY


def debt_of(given: Mapping[str, Any], case_id: bytes) -> DebtTyped:
    """A debt as it was typed. Raises `InvalidEntry`."""
    code = given["currency"]
    principal = Money(given["amount"], code)
    try:
        lines = tuple(Instalment(day, Money(much, code)) for day, much in given["schedule"])
        if not lines and given["months"]:
            rate = given["interest"] or Fraction(0)
            lines = schedule(principal, months=given["months"], first=given["first"], monthly=rate)
        known = given["asked"] == "yes"
        debt = Debt(
            creditor=given["creditor"].strip(), principal=principal, since=given["since"], monthly=given["interest"],
            schedule=lines, security=frozenset(Security(one) for one in given["security"]) if known else None,
            works_for_creditor=_known(given["works"]), work_has_an_end=_known(given["work_ends"]))
        for one in lines:
            coins(one.amount)
    except ValueError as reason:
        raise InvalidEntry("amount", "fine") from reason
    income = None if given["income"] is None else Money(given["income"], code)
    return DebtTyped(debt=debt, case_id=case_id, income=income, note=given["note"])


def rate_of(given: Mapping[str, Any]) -> Rate:
    """A rate as it was typed."""
    return Rate(given["base"], given["quote"], given["value"], given["day"], given["source"], not given["checked"])


def wage_of(given: Mapping[str, Any]) -> Wage:
    """A wage as it was typed. Raises `ValueError` for nothing."""
    return Wage(given["place"], Money(given["amount"], given["currency"]), given["day"], given["source"],
                not given["checked"])


def figure_of(given: Mapping[str, Any]) -> Figure:
    """A settlement grant as it was typed."""
    return Figure(given["year"], Money.parse(f"{given['amount']} {WON}"), given["source"], given["checked"])


def told_of(given: Mapping[str, Any]) -> Observation:
    """A reward, fine or fee as it was typed. Raises `ValueError` for nothing."""
    return Observation(sort=Sort(given["what"]), amount=Money(given["amount"], given["currency"]), **_where(given))


def sold_of(given: Mapping[str, Any]) -> PersonSold:
    """What was said to be paid for a person."""
    return PersonSold(told=given["told"], **_where(given))


def _where(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"unit": Unit(given["unit"]), "place": given["place"], "day": given["day"],
            "grade": given["reliability"] + given["credibility"], "source": given["source"]}


def _known(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)
