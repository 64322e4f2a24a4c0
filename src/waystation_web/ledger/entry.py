"""One line of the ledger as its record says it (sort "entry"), and in which state it is.

    body = {"sort": "entry", "kind", "amount": "500.00", "currency", "day", "direction", "payer", "contact", "case",
            "case_id", "method", "due", "paid", "legal", "legal_note", "purpose", "repay", "second", "why", "choice",
            "reason", "second_reason", "proof_asked", "flags": [...], "approval": {...}, "since",
            "refused": {"by", "at", "text"}, "corrects", "corrected_by", "no_receipt"}

`case` and `contact` are code names; real names have no field here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from waystation.ledger.coins import said
from waystation.ledger.entries import Direction, Entry, Kind, LegalFlag, Method, Payer
from waystation.ledger.signatures import Choice, Why
from waystation.units import Money
from waystation_web.gateways import clock
from waystation_web.records.record import Record, moment
from waystation_web.vault import approvals
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

SORT = "entry"
SIGNED_OVER = ("kind", "amount", "currency", "day", "direction", "payer", "contact", "case", "case_id", "method", "due",
               "legal", "legal_note", "purpose", "repay", "choice", "reason", "proof_asked", "flags")


class State(StrEnum):
    """Where a line stands on its way to being paid."""

    OPEN = "open"  # one person may pay it
    UNSIGNED = "unsigned"  # two must sign; nobody has
    WAITING = "waiting"  # one has
    SIGNED = "signed"  # two have: pay
    DECIDED = "decided"  # two have: not to pay
    REFUSED = "refused"  # somebody who was asked would not sign
    CHANGED = "changed"  # what was signed is not what stands here
    LATE = "late"  # the signatures are older than a day
    PAID = "paid"
    TAKEN_BACK = "taken_back"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when."""

    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file of a line, as the payload names it."""

    id: bytes
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line, opened for one request."""

    id: bytes
    revision: int
    entry: Entry = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    made_by: bytes
    since: datetime
    state: State
    why: Why | None
    first: Signature | None
    second: Signature | None
    receipts: tuple[Receipt, ...] = field(repr=False)

    @property
    def key(self) -> str:
        """The id as it stands in addresses."""
        return self.id.hex()

    @property
    def amount(self) -> str:
        """As people read it."""
        return said(self.entry.amount)

    @property
    def case_id(self) -> bytes | None:
        """Of the case, or None."""
        return bytes.fromhex(self.body["case_id"]) if self.body.get("case_id") else None

    @property
    def choice(self) -> Choice | None:
        """What the first signer proposes."""
        return Choice(self.body["choice"]) if self.body.get("choice") else None

    @property
    def waits(self) -> bool:
        """Whether it may still come to be paid."""
        return self.state not in {State.PAID, State.TAKEN_BACK, State.COUNTER, State.DECIDED}

    @property
    def editable(self) -> bool:
        """Whether its words may still be written anew: nobody has signed, nothing was paid."""
        return self.state in {State.OPEN, State.UNSIGNED, State.REFUSED}


def line_of(held: Record) -> Line:
    """The line in a record. Raises `NoSuchVault` for another sort, `Refused("payload")` for what cannot be read."""
    body = held.body
    if body.get("sort") != SORT:
        raise NoSuchVault
    try:
        entry = entry_of(body, held.key)
        why = Why(body["why"]) if body.get("why") else None
        files = held.opened.payload.get("files") or ()
        receipts = tuple(Receipt(bytes.fromhex(one["id"]), str(one["name"]), int(one["size"])) for one in files)
        since = moment(body["since"])
        first, second = _signatures(body)
    except (KeyError, TypeError, ValueError, InvalidOperation) as reason:
        raise Refused("payload") from reason
    state = state_of(held, entry, why)
    return Line(held.id, held.revision, entry, body, held.made.by, since, state, why, first, second, receipts)


def entry_of(body: Mapping[str, Any], key: str) -> Entry:
    """The core's entry in a body. Raises `KeyError`, `ValueError`."""
    return Entry(
        ref=key, kind=Kind(body["kind"]), amount=Money(Decimal(body["amount"]), str(body["currency"])),
        day=date.fromisoformat(body["day"]), direction=Direction(body["direction"]), payer=Payer(body["payer"]),
        contact=str(body.get("contact") or ""), case=str(body.get("case") or ""), method=Method(body["method"]),
        due=_day(body.get("due")), paid=_day(body.get("paid")), legal=LegalFlag(body.get("legal", "none")),
        legal_note=str(body.get("legal_note", "")), corrects=str(body.get("corrects") or ""))


def body_of(entry: Entry) -> dict[str, Any]:
    """What a record's body says of an entry."""
    return {
        "sort": SORT, "kind": entry.kind.value, "amount": str(entry.amount.amount), "currency": entry.amount.currency,
        "day": entry.day.isoformat(), "direction": entry.direction.value, "payer": entry.payer.value,
        "contact": entry.contact, "case": entry.case, "method": entry.method.value,
        "due": entry.due.isoformat() if entry.due else None, "paid": entry.paid.isoformat() if entry.paid else None,
        "legal": entry.legal.value, "legal_note": entry.legal_note, "corrects": entry.corrects or None,
    }


def manifest(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What two people sign: every field that says what is paid, to whom, why. Made anew whenever it counts."""
    return {"act": "pay", "entry": key, **{name: body.get(name) for name in SIGNED_OVER}}


def state_of(held: Record, entry: Entry, why: Why | None) -> State:
    """In which state a line is, with its signatures checked over what stands there now."""
    body = held.body
    if entry.corrects:
        return State.COUNTER
    if body.get("corrected_by"):
        return State.TAKEN_BACK
    if entry.paid:
        return State.PAID
    if body.get("refused"):
        return State.REFUSED
    block = body.get("approval")
    if block is None:
        return State.UNSIGNED if why else State.OPEN
    return _signed_state(held, block)


def _signed_state(held: Record, block: Mapping[str, Any]) -> State:
    whole = "approved_by" in block
    if approvals.digest_of(manifest(held.body, held.key)).hex() != block.get("digest"):
        return State.CHANGED
    if whole:
        try:
            approval = approvals.checked(held.id, block, manifest(held.body, held.key))
        except NotPermitted:
            return State.CHANGED
        if held.body.get("choice") != Choice.PAY:
            return State.DECIDED
        return State.LATE if clock.now() > approval.approved_at + approvals.WITHIN else State.SIGNED
    return State.LATE if clock.now() > moment(block["until"]) else State.WAITING


def _signatures(body: Mapping[str, Any]) -> tuple[Signature | None, Signature | None]:
    block = body.get("approval") or {}
    first = Signature(bytes.fromhex(block["asked_by"]), moment(block["asked_at"])) if "asked_by" in block else None
    second = Signature(bytes.fromhex(block["approved_by"]), moment(block["approved_at"])) \
        if "approved_by" in block else None
    return first, second


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
