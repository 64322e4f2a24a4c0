"""A takeout as it is ordered: what two people sign, and what the custodians' machine reads again.

    body = {"order": {"purpose", "agreement", "until", "recipients": [{"name", "jurisdiction", "key", "mark"}]},
            "approval": {...}, "built": [{"id", "by", "at", "text", "archives"}]}

The order lies sealed in the office like every record, and the recovery key opens it with the rest: nobody can carry
another order to the custodians than the one that two signed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Role
from waystation.cli.outputs import NotWritten, sealed
from waystation_web.records.record import OfRecord, Record, moment
from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused

TYPE = "takeout"
OFFICES = (Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD)
MOST, LONGEST = 3, timedelta(days=366)    # recipients; how long a recipient may keep it
COPY_WITHIN = timedelta(hours=24)         # after the release, the copy of the office that the custodians open
SHOWN = 20                                # hex digits of a key's digest: 80 bits, as eight words have
NO_KEY = gettext_noop("This is no age key of a recipient. It starts with age1. Ask for it again.")
MISHEARD = gettext_noop("These digits are not those of this key. Do not send anything: ring them, and read both again.")
TWO_OFFICES = gettext_noop("A security officer and the head of the organisation sign this, one as the first and the "
                           "other as the second.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody outside who is to have a copy of everything, with the mark of their copy."""

    name: str = field(repr=False)
    jurisdiction: str
    key: str = field(repr=False)
    mark: str

    @property
    def fingerprint(self) -> str:
        """Of their key, as both read it aloud."""
        return fingerprint(self.key)


@dataclass(frozen=True, slots=True)
class Order(OfRecord):
    """One takeout."""

    purpose: str = field(repr=False)
    agreement: str = field(repr=False)
    until: date
    recipients: tuple[Recipient, ...] = field(repr=False)
    approval: Mapping[str, Any] = field(repr=False)
    made: tuple[Mapping[str, Any], ...] = field(repr=False)


def fingerprint(key: str) -> str:
    """What the recipient sees with `printf %s KEY | sha256sum`, the first twenty digits in fours.

    >>> fingerprint("age1example")
    'e374 2525 5c92 f8d2 d11c'
    """
    said = sha256(key.encode()).hexdigest()[:SHOWN]
    return " ".join(said[at:at + 4] for at in range(0, SHOWN, 4))


def heard_right(key: str, heard: str) -> bool:
    """Whether these digits, as somebody heard them, are those of the key."""
    digits = "".join(heard.lower().split())
    return len(digits) == SHOWN and digits == fingerprint(key).replace(" ", "")


def order_of(held: Record) -> Order:
    """The order in a record. Raises `Refused("payload")` if it is none."""
    try:
        said = held.body["order"]
        to = tuple(Recipient(str(one["name"]), str(one["jurisdiction"]), str(one["key"]), str(one["mark"]))
                   for one in said["recipients"])
        return Order(held, str(said["purpose"]), str(said["agreement"]), date.fromisoformat(said["until"]), to,
                     dict(held.body.get("approval", {})), tuple(held.body.get("built", ())))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def recipients_of(asked: Iterable[tuple[str, str, str, str]]) -> list[dict[str, str]]:
    """Recipients (name, jurisdiction, key, digits heard) as a payload has them, each with a mark of their own.

    Raises `NotPermitted` if there is none, one stands twice, a key is none, or its digits were heard otherwise.
    """
    asked = list(asked)
    if not 0 < len(asked) <= MOST:
        raise NotPermitted("no_recipient", "Name one to three recipients with their keys. Nothing leaves unsealed.")
    if len({key for _, _, key, _ in asked}) < len(asked):
        raise NotPermitted("recipient_twice", "A recipient stands twice. Name each once.")
    for _, _, key, heard in asked:
        if not sealable(key):
            raise NotPermitted("recipient_key", NO_KEY)
        if not heard_right(key, heard):
            raise NotPermitted("misheard", MISHEARD)
    return [{"name": name, "jurisdiction": country, "key": key, "mark": token_hex(6)}
            for name, country, key, _ in asked]


def sealable(key: str) -> bool:
    """Whether something can be sealed to this key."""
    try:
        sealed(b"", [key])
    except NotWritten:
        return False
    return True


def manifest_of(order: Order) -> dict[str, Any]:
    """What both sign: that everything leaves, to whom, what for, under which agreement, until when."""
    return {"what": "takeout", "of": "everything", "purpose": order.purpose, "agreement": order.agreement,
            "until": order.until.isoformat(),
            "recipients": [[one.name, one.jurisdiction, one.key, one.mark] for one in order.recipients]}


def two_offices(first: Collection[Role], second: Collection[Role]) -> None:
    """One signs as a security officer and the other as the head. Raises `NotPermitted` for any other pair.

    >>> two_offices({Role.SECURITY_OFFICER}, {Role.ORGANISATION_HEAD})
    """
    officer, head = OFFICES
    if not ((officer in first and head in second) or (head in first and officer in second)):
        raise NotPermitted("two_offices", TWO_OFFICES)


def state_of(order: Order, now: datetime) -> str:
    """How far it is: asked, signed, late (the signatures are too old), released, over (its end has come), made."""
    block = order.approval
    if order.made:
        return "made"
    if "used_at" in block:
        return "over" if now.date() > order.until else "released"
    last = block.get("approved_at")
    ends = moment(last) + approvals.WITHIN if last else moment(block["until"])
    return "late" if now > ends else "signed" if last else "asked"
