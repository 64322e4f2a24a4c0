"""Whom a vault may be granted to, and whose grants count: people whose public keys a listed officer certified.

The certificate is checked at every grant and at every opening of one, never once for all: a public key that nobody
vouched for is how sealed stores were broken before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from waystation.access import Kind, Role
from waystation.vault.keys import Bundle, certified
from waystation.vault.recovery import RECOVERY_PRINCIPAL
from waystation.vault.refused import Refused

from .labels import read_label
from .models import Account, Grant
from .trust import Trust, trust

__all__ = [
    "RECOVERY_PRINCIPAL",
    "Recipient",
    "active_recipients",
    "keeper",
    "kinds_held",
    "recipient",
    "recovery_recipient",
    "signer",
    "signers",
]

State = Account.State


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a vault can be wrapped for. The recovery key's id is 16 zero bytes."""

    id: bytes
    bundle: Bundle


def _vouched(account: Account, believed: Trust) -> Recipient:
    if account.bundle is None or account.cert_sig is None:
        raise Refused("certificate")
    bundle = Bundle(account.bundle)
    if not certified(account.cert_sig, account.id, bundle, believed.officers):
        raise Refused("certificate")
    return Recipient(account.id, bundle)


def recipient(account: Account) -> Recipient:
    """Somebody to grant to. Raises `Refused("certificate")` unless active and certified by a listed officer."""
    if account.state != State.ACTIVE:
        raise Refused("certificate")
    return _vouched(account, trust())


def keeper(account: Account, believed: Trust) -> Recipient | None:
    """Somebody who keeps what they hold when a vault gets a new key; None if they are not to.

    A locked account keeps it: anybody may lock anybody, so a lock must not be a way to destroy access.
    """
    if account.state not in {State.ACTIVE, State.LOCKED}:
        return None
    try:
        return _vouched(account, believed)
    except Refused:
        return None


def recovery_recipient() -> Recipient:
    """The organisation's recovery key. Raises `Refused("trust")` while there is none."""
    public = trust().recovery
    if public is None:
        raise Refused("trust")
    return Recipient(RECOVERY_PRINCIPAL, public.bundle)


def active_recipients(roles: Collection[Role] | None = None) -> list[Recipient]:
    """Everybody active and certified who has one of these roles (None = everybody), in the order of their ids."""
    believed, found = trust(), []
    for account in Account.objects.filter(state=State.ACTIVE).order_by("id"):
        wanted = roles is None or read_label(account).roles & set(roles)
        if wanted and account.bundle is not None and (one := keeper(account, believed)):
            found.append(one)
    return found


def signer(granter_id: bytes) -> bytes:
    """The certified signing key of whoever granted something. Raises `Refused("certificate")`.

    Somebody who was removed since granted validly then, so only the certificate counts here, not the state.
    """
    return signers()(granter_id)


def signers() -> Callable[[bytes], bytes]:
    """As `signer`, for many grants at once: each certificate is checked once; grants to oneself need none."""
    known: dict[bytes, bytes] = {}

    def key_of(granter_id: bytes) -> bytes:
        if granter_id not in known:
            known[granter_id] = _signing_key(granter_id, trust())
        return known[granter_id]

    return key_of


def _signing_key(granter_id: bytes, believed: Trust) -> bytes:
    if granter_id == RECOVERY_PRINCIPAL:
        if believed.recovery is None:
            raise Refused("trust")
        return believed.recovery.signing_key
    account = Account.objects.filter(pk=granter_id).first()
    if account is None:
        raise Refused("certificate")
    return _vouched(account, believed).bundle.signing_key


def kinds_held(account_id: bytes) -> frozenset[Kind]:
    """Kinds of the records that somebody holds now."""
    kinds = Grant.objects.filter(principal=account_id).values_list("vault__kind", flat=True).distinct()
    return frozenset(Kind(kind) for kind in kinds)
