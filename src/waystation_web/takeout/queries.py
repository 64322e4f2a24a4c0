"""Reading takeouts: who asked for what, for whom, who signed, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from waystation_web.audit.actions import record_read
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .order import TYPE, Order, Recipient, order_of, state_of


@dataclass(frozen=True, slots=True)
class Became:
    """What somebody wrote down of it."""

    who: str
    at: datetime
    text: str
    archives: str


@dataclass(frozen=True, slots=True)
class Page:
    """One takeout. `state`: asked, signed, late, released, over, made."""

    id: bytes
    state: str
    purpose: str
    agreement: str
    until: date
    recipients: tuple[Recipient, ...]
    asked_by: str
    asked_at: datetime
    signed_by: str
    released_at: datetime | None
    made: tuple[Became, ...]
    own: bool

    @property
    def may_sign(self) -> bool:
        """Whether to show the second signature's form: never to whoever asked."""
        return self.state == "asked" and not self.own


def listing(actor: Actor) -> list[Page]:
    """Every takeout that was asked for, the newest first. Raises `NoSuchVault` for whoever makes none."""
    if not kept.may_make(actor, TYPE):
        raise NoSuchVault
    people = kept.colleagues()
    with writing():
        found = [order_of(held) for held in kept.every(actor, TYPE)]
    return sorted((_page(actor, one, people) for one in found if one.approval), key=lambda page: page.asked_at,
                  reverse=True)


def one(actor: Actor, order_id: bytes) -> Page:
    """One takeout. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, order_id, TYPE, looked=False)
        record_read(actor, held.opened)
    return _page(actor, order_of(held), kept.colleagues())


def _page(actor: Actor, order: Order, people: dict[bytes, kept.Colleague]) -> Page:
    block = order.approval
    first, second = block["asked_by"], block.get("approved_by", "")
    made = tuple(Became(_handle(item["by"], people), moment(item["at"]), item["text"], item["archives"])
                 for item in order.made)
    return Page(order.id, state_of(order, clock.now()), order.purpose, order.agreement, order.until, order.recipients,
                _handle(first, people), moment(block["asked_at"]), _handle(second, people) if second else "",
                moment(block["used_at"]) if "used_at" in block else None, made, first == actor.id.hex())


def _handle(account: str, people: dict[bytes, kept.Colleague]) -> str:
    found = people.get(bytes.fromhex(account))
    return found.handle if found else "?"
