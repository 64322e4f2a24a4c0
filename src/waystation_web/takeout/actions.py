"""Acts of a takeout: one asks, another signs, it is released once, and it is written down what became of it.

None of them opens a record or builds an archive: that is done at the custodians', from a copy of this office.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from waystation.access import Facts, Permission, Role
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

from .order import LONGEST, TYPE, Order, manifest_of, order_of, recipients_of, two_offices
from .told import SORT

Asked = Iterable[tuple[str, str, str, str]]   # name, jurisdiction, key, digits as they were heard


def ask(actor: Actor, *, purpose: str, agreement: str, until: date, recipients: Asked) -> bytes:
    """The first signature under a takeout of everything; its id.

    Raises `NotPermitted` with `step_up`, and for recipients or an end that cannot be.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))
    to = recipients_of(recipients)
    if not clock.today() < until <= clock.today() + LONGEST:
        raise NotPermitted("end", "Its end lies between tomorrow and a year from now.")
    with writing():
        order = {"purpose": purpose, "agreement": agreement, "until": until.isoformat(), "recipients": to}
        held = records.make(actor, TYPE, {"order": order})
        block = approvals.ask(actor, held.id, manifest_of(order_of(held)))
        records.change(actor, held, {"approval": block}, what="asked", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id, reason="takeout")
    return held.id


def sign(actor: Actor, order_id: bytes) -> None:
    """The second signature, by whoever holds the other of the two offices. Raises `NotPermitted`, `Refused`."""
    with writing():
        order = order_held(actor, order_id)
        first = bytes.fromhex(order.approval["asked_by"])
        approvals.another(actor, first, vault=order.id)
        two_offices(_roles(first), actor.roles)
        block = approvals.approve(actor, order.id, order.approval, manifest_of(order))
        records.change(actor, order.record, {"approval": block}, what="signed", kept=False)
        record(actor, Event.SIGNED_SECOND, vault=order.id, reason="takeout")


def release(actor: Actor, order_id: bytes) -> None:
    """Let the custodians open what is there now, once; everybody who works here is told.

    Raises `NotPermitted` with `step_up`, after a day, twice, for what was changed, or if a signer is gone.
    """
    with writing():
        order = order_held(actor, order_id)
        allow(actor, Permission.WRITE_VAULT, Facts(type=TYPE, holds=True), vault=order.id)
        if not actor.stepped_up(clock.now()):
            raise NotPermitted("step_up", "Confirm that it is you, then send this again.", step_up=True,
                               vault=order.id)
        block = approvals.use(order.id, order.approval, manifest_of(order))
        first, second = (bytes.fromhex(block[name]) for name in ("asked_by", "approved_by"))
        two_offices(_roles(first), _roles(second))
        records.change(actor, order.record, {"approval": block}, what="released", kept=False)
        records.make(actor, "setting", _notice(order, block))
        record(actor, Event.TAKEOUT_RELEASED, vault=order.id, second=second, count=len(order.recipients))


def made(actor: Actor, order_id: bytes, *, text: str, archives: str) -> None:
    """Write down that the custodians made it, who has which archive, and what each one's digest is.

    Raises `NotPermitted` for what was not released.
    """
    with writing():
        order = order_held(actor, order_id)
        if "used_at" not in order.approval:
            raise NotPermitted("not_released", "This takeout was not released. Nothing of it can have been made.",
                               vault=order.id)
        records.add(actor, order.record, "built", {"text": text, "archives": archives})
        for held in kept.every(actor, "setting", looked=False):
            if held.body.get("sort") == SORT and held.body.get("order") == order.id.hex():
                records.change(actor, held, {"made_at": said(clock.now())}, what="made")
        record(actor, Event.TAKEOUT_MADE, vault=order.id, count=len(order.recipients))


def order_held(actor: Actor, order_id: bytes) -> Order:
    """One order. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return order_of(kept.one(actor, order_id, TYPE, looked=False))


def _notice(order: Order, block: dict[str, Any]) -> dict[str, Any]:
    """What everybody is told: that it is so, by whom and to which countries; neither to whom nor what for."""
    return {"sort": SORT, "order": order.id.hex(), "asked_by": block["asked_by"], "signed_by": block["approved_by"],
            "released_at": block["used_at"], "to": [one.jurisdiction for one in order.recipients]}


def _roles(account: bytes) -> frozenset[Role]:
    colleague = kept.colleagues().get(account)
    return frozenset(map(Role, colleague.roles)) if colleague else frozenset()
