"""Whether an office, as it was carried to the custodians, holds an order that they may follow.

Everything is checked again from what the copy holds: the two signatures, whose they are, that both still work there,
that it was released and written down, and that nothing was added since. Whoever made the copy could leave out what they
like, and could not write an order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from waystation.access import Kind
from waystation_web.audit.events import Event
from waystation_web.audit.recovered import Act
from waystation_web.records.record import moment, record_of
from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.labels import Label, labels
from waystation_web.vault.models import Account
from waystation_web.vault.recovered import Recovered, Recovery, recovered

from .order import COPY_WITHIN, TYPE, Order, manifest_of, order_of, sealable, two_offices

WROTE = frozenset({Event.VAULT_CREATED, Event.VAULT_WRITTEN, Event.FILE_ADDED})


def orders(recovery: Recovery) -> list[Order]:
    """Every takeout that was ever asked for in this office, as far as it opens."""
    found = list[Order]()
    for one in recovered(recovery, kind=Kind.GUARD):
        if isinstance(one, Recovered) and one.opened is not None and one.opened.type == TYPE:
            found.append(order_of(record_of(one.opened)))
    return found


def chosen(found: Iterable[Order], order_id: bytes | None, today: date) -> Order:
    """The order that is meant: the one named, or the only one that is open. Raises `NotPermitted`."""
    found = list(found)
    if order_id is not None:
        found = [one for one in found if one.id == order_id]
    else:
        found = [one for one in found if "used_at" in one.approval and not one.made and one.until >= today]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotPermitted("no_order", "There is no such takeout here that was released. Two people of the office sign "
                           "it and release it; then a copy of the office is made.")
    raise NotPermitted("which_order", f"There are {len(found)} takeouts here. Name one with --order: "
                       + ", ".join(one.id.hex() for one in found))


def check(order: Order, acts: Iterable[Act], today: date) -> tuple[Label, Label]:
    """Who signed it, first and second. Raises `NotPermitted` with the reason, `Refused` for a forged signature."""
    approval = approvals.checked(order.id, order.approval, manifest_of(order))
    if "used_at" not in order.approval:
        raise NotPermitted("not_released", "This takeout was signed, and not released.")
    released = moment(order.approval["used_at"])
    if approval.approved_at > approval.asked_at + approvals.WITHIN or \
            released > approval.approved_at + approvals.WITHIN:
        raise NotPermitted("too_late", "Its signatures are more than a day apart.")
    first, second = (_signer(one) for one in (approval.asked_by, approval.approved_by))
    two_offices(first.roles, second.roles)
    _written_down(order, list(acts), released)
    if today > order.until:
        raise NotPermitted("over", f"Its end was {order.until}: nobody is to have it any more.")
    if not order.recipients or not all(sealable(one.key) for one in order.recipients):
        raise NotPermitted("recipient_key", "One of its recipients has no key that something can be sealed to.")
    return first, second


def _signer(account: bytes) -> Label:
    for row, label in labels():
        if row.id == account and row.state == Account.State.ACTIVE:
            return label
    raise NotPermitted("signer_gone", "Whoever signed this was locked or removed.")


def _written_down(order: Order, acts: list[Act], released: datetime) -> None:
    """That it was released once, that nobody has written that it was made, and that the copy is of that day."""
    said = [one.body for one in acts if one.body is not None]
    about = [Event(one["do"]) for one in said if one.get("vault") == order.id.hex() and one["do"] in set(Event)]
    if about.count(Event.TAKEOUT_RELEASED) != 1:
        raise NotPermitted("not_recorded", "The record of acts does not say that this was released.")
    if order.made or Event.TAKEOUT_MADE in about:
        raise NotPermitted("used", "This was made already. Ask for two new signatures.")
    if _newest(said) > released + COPY_WITHIN:
        raise NotPermitted("newer", "This copy of the office holds what was written more than a day after the release. "
                           "Make it from a copy of that day, or ask for two new signatures.")


def _newest(said: Iterable[dict[str, Any]]) -> datetime:
    """When something was last written that a takeout would hold; reading and signing in do not count."""
    try:
        last = max(int(one["at"]) for one in said if one["do"] in WROTE)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    return moment("1970-01-01T00:00:00+00:00") + timedelta(milliseconds=last)
