"""Two signatures on one act: who asks signs a manifest, another person signs the same, then it is done once.

The block lies in the payload of the vault concerned. What is signed is the digest of the manifest, bound to the vault,
so neither a changed manifest nor a block moved to another record passes; the digest is made anew whenever it counts.
Two names in a row of a database could be written by whoever controls it; two signatures cannot.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from waystation.vault.envelope import approval_context
from waystation.vault.keys import signed_by
from waystation_web.gateways import clock

from .actor import Actor
from .errors import NotPermitted, Refused
from .labels import read_label
from .models import Account
from .principals import signer

WITHIN = timedelta(hours=24)        # a second signature comes within a day
NEWCOMER = timedelta(days=7)        # whoever invited somebody this lately may be that somebody


@dataclass(frozen=True, slots=True)
class Approval:
    """An act that two people signed, both signatures checked."""

    asked_by: bytes
    approved_by: bytes
    asked_at: datetime
    approved_at: datetime
    digest: bytes


def ask(actor: Actor, vault: bytes, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The first signature: a block to keep in the payload of `vault`. Raises `NotPermitted` with `step_up`."""
    _confirmed(actor, vault)
    digest, now = digest_of(manifest), clock.now()
    return {"manifest": dict(manifest), "digest": digest.hex(), "asked_by": actor.id.hex(), "asked_at": _text(now),
            "until": _text(now + WITHIN), "asked_sig": actor.secrets.sign(approval_context(vault, digest)).hex()}


def approve(actor: Actor, vault: bytes, block: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The second signature, after the manifest was read again from what it speaks of.

    Raises `NotPermitted`: by the same person, where one invited the other this week, after a day, without having
    confirmed oneself, for a manifest that changed, twice, or if the first does not work here any more. Raises `Refused`
    if the first signature does not hold.
    """
    digest, first = _asked(vault, block, manifest)
    another(actor, first, vault=vault)
    _there(vault, first)
    if "approved_by" in block:
        raise NotPermitted("signed", "This has two signatures already.", vault=vault)
    if clock.now() > _time(block, "until"):
        raise NotPermitted("too_late", "The first signature is older than a day. Ask for it again.", vault=vault)
    _confirmed(actor, vault)
    return {**block, "approved_by": actor.id.hex(), "approved_at": _text(clock.now()),
            "approved_sig": actor.secrets.sign(approval_context(vault, digest)).hex()}


def checked(vault: bytes, block: Mapping[str, Any], manifest: Mapping[str, Any]) -> Approval:
    """Both signatures, checked again over what is there now. Raises `NotPermitted` if one is missing, `Refused`."""
    digest, first = _asked(vault, block, manifest)
    if "approved_by" not in block:
        raise NotPermitted("second_signature", "A second signature is missing.", vault=vault)
    second = _id(block, "approved_by")
    if second == first or not signed_by(signer(second), _bytes(block, "approved_sig"),
                                        approval_context(vault, digest)):
        raise Refused("approval")
    return Approval(first, second, _time(block, "asked_at"), _time(block, "approved_at"), digest)


def use(vault: bytes, block: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, Any]:
    """As `checked`, once: the block, marked as used, to be written in the transaction of the act."""
    approval = checked(vault, block, manifest)
    if "used_at" in block:
        raise NotPermitted("used", "This was done already. Ask for two new signatures.", vault=vault)
    if clock.now() > approval.approved_at + WITHIN:
        raise NotPermitted("too_late", "The signatures are older than a day. Ask for them again.", vault=vault)
    _there(vault, approval.asked_by, approval.approved_by)
    return {**block, "used_at": _text(clock.now())}


def another(actor: Actor, first: bytes, *, vault: bytes) -> None:
    """Whether this is a second pair of eyes, for whatever asks for one. Raises `NotPermitted`."""
    if first == actor.id:
        raise NotPermitted("same_person", "You asked for this yourself. Somebody else must sign it.", vault=vault)
    if _newcomer(actor.id, first):
        raise NotPermitted("newcomer", "One of you invited the other less than a week ago. Somebody else must sign it.",
                           vault=vault)


def digest_of(manifest: Mapping[str, Any]) -> bytes:
    """SHA-256 of a manifest as text with its keys in order."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).digest()


def _asked(vault: bytes, block: Mapping[str, Any], manifest: Mapping[str, Any]) -> tuple[bytes, bytes]:
    digest, first = digest_of(manifest), _id(block, "asked_by")
    if digest.hex() != block.get("digest"):
        raise NotPermitted("changed", "This was changed after the first signature. Ask for it again.", vault=vault)
    if not signed_by(signer(first), _bytes(block, "asked_sig"), approval_context(vault, digest)):
        raise Refused("approval")
    return digest, first


def _confirmed(actor: Actor, vault: bytes) -> None:
    if not actor.stepped_up(clock.now()):
        raise NotPermitted("step_up", "Confirm that it is you, then send this again.", step_up=True, vault=vault)


def _there(vault: bytes, *people: bytes) -> None:
    """Whoever was locked or removed since may have been found out: what they signed is not done any more.

    What was done already stays: `checked` asks for the certificate alone.
    """
    if Account.objects.filter(pk__in=people, state=Account.State.ACTIVE).count() < len(people):
        raise NotPermitted("signer_gone", "Whoever signed this was locked or removed since. Ask for it again.",
                           vault=vault)


def _newcomer(account: bytes, first: bytes) -> bool:
    """Whether one of two invited the other lately; whichever of them asks."""
    return _invited(account, first) or _invited(first, account)


def _invited(account: bytes, by: bytes) -> bool:
    row = Account.objects.filter(pk=account).first()
    label = row and read_label(row)
    return bool(label and label.invited_by == by and label.invited_on is not None
                and clock.today() < label.invited_on + NEWCOMER)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _time(block: Mapping[str, Any], name: str) -> datetime:
    try:
        return datetime.fromisoformat(block[name]).astimezone(UTC)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("approval") from reason


def _bytes(block: Mapping[str, Any], name: str) -> bytes:
    try:
        return bytes.fromhex(block[name])
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("approval") from reason


def _id(block: Mapping[str, Any], name: str) -> bytes:
    return _bytes(block, name)
