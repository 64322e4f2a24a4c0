"""The keys of people: made at enrolment, opened by eight words, kept between requests only under the browser's secret.

`accounts` decides who may do what and when; it never touches a key but through these functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import F

from waystation.contexts import ctx, u64
from waystation.vault import keys
from waystation.vault.envelope import pins_context, seal, session_context, unseal
from waystation.vault.grants import BY_SERVER, grant_own, grant_person
from waystation.vault.keys import FLOOR, Bundle, Cost, Secrets
from waystation.vault.refused import Refused

from .actor import Actor
from .host import host_keys
from .models import Account, Grant, Vault
from .principals import Recipient, recovery_recipient, signers
from .queries import dek_of, row_of
from .trust import trust

__all__ = ["Bundle", "Secrets"]

VERSION = b"\x01"
SECRETS_BYTES = 160


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person last saw: the record's head and the file of trust."""

    seq: int
    hash: bytes
    trust: bytes


@dataclass(frozen=True, slots=True)
class Session:
    """What a session file holds once it is opened."""

    account: bytes
    created: datetime
    secrets: Secrets = field(repr=False)
    stepped_up_until: datetime | None
    factor: int


def new_words() -> str:
    """Eight words drawn for somebody; nobody chooses their own."""
    return keys.new_passphrase()


def read_words(text: str) -> str:
    """Eight words as somebody typed them. Raises `Refused("words")` unless all are of the list: no key is derived."""
    return keys.read_words(text)


def cost() -> Cost:
    """What one guess costs here: `settings.KDF_COST`, passes and KiB."""
    return Cost(*settings.KDF_COST)


def enrol(account_id: bytes, words: str) -> tuple[bytes, bytes, Secrets]:
    """New keys for an account: the slot for its row, the public bundle, and the keys for the rest of this request."""
    secrets = Secrets.new()
    return seal_slot(account_id, secrets, words), secrets.bundle.raw, secrets


def seal_slot(account_id: bytes, secrets: Secrets, words: str) -> bytes:
    """The slot that these words open, with a new salt and under the host key.

    Words are stretched before the transaction; in it, `slot_now` puts the slot under the host key of that moment.
    """
    slot = keys.seal_slot(secrets, words, account=account_id, cost=cost())
    return host_keys().seal(slot, "slot", account_id)


def slot_now(account_id: bytes, slot: bytes) -> bytes:
    """A slot made a moment ago, under the present host key: it may have been changed meanwhile.

    Inside the caller's `writing()`. Raises `Refused("epoch")` if the older one is destroyed already: it is tried again.
    """
    host = host_keys()
    return host.seal(host.unseal(slot, "slot", account_id), "slot", account_id)


def open_with_words(account: Account, words: str) -> Secrets:
    """The keys of an account. One key derivation. Raises `Refused` for wrong words or a tampered slot."""
    if account.slot is None:
        raise Refused("length")
    here, slot = cost(), host_keys().unseal(account.slot, "slot", account.id)
    floor = Cost(min(FLOOR.ops, here.ops), min(FLOOR.mem_kib, here.mem_kib))  # lower only where tests ask for it
    return keys.open_slot(slot, words, account=account.id, floor=floor)


def own_keys_match(account: Account, secrets: Secrets) -> bool:
    """Whether the row still holds these public keys: to a swapped row, others would grant for an enemy."""
    return account.bundle == secrets.bundle.raw


def certify(officer: Secrets, account_id: bytes, bundle: bytes) -> bytes:
    """An officer's signature over somebody's public keys."""
    return keys.certify(officer, account_id, Bundle(bundle))


def certified(account: Account) -> bool:
    """Whether a listed officer signed the public keys of this account."""
    if account.bundle is None or account.cert_sig is None:
        return False
    return keys.certified(account.cert_sig, account.id, Bundle(account.bundle), trust().officers)


def is_officer(account: Account) -> bool:
    """Whether this account is a key officer."""
    return account.bundle is not None and Bundle(account.bundle).signing_key in trust().officers


def fingerprint(account: Account) -> str:
    """The eight words of an account's public keys, for comparing by voice; empty before enrolment."""
    return Bundle(account.bundle).words if account.bundle else ""


def rewrap_own(actor: Actor, fresh: Secrets) -> int:
    """Wrap everything a person holds under their new keys, and ask for a new key of each vault; how many.

    Whoever had the old keys may have read what stands there; what is written from now on is under another key. What
    they gave the recovery key is signed anew: the old signature has no certificate any more, and custodians would be
    told that nobody entitled gave it. Raises `Refused` for a grant that does not verify.
    """
    signer, recovery, count = signers(), recovery_recipient(), 0
    for grant in Grant.objects.filter(principal=actor.id, version=F("vault__version")).select_related("vault"):
        vault, row = grant.vault, row_of(grant.vault_id, grant.version, actor.id)
        dek = dek_of(actor, grant, signer).dek
        wrap = grant_own(fresh, principal=actor.id, vault=vault.id, kind=vault.kind, version=vault.version, dek=dek)
        Grant.objects.filter(vault=vault, version=vault.version, principal=actor.id).update(
            wrap=host_keys().seal(wrap, "grant", *row))
        if vault.kind not in BY_SERVER:
            _give(fresh, actor.id, recovery, vault, dek)
        Vault.objects.filter(pk=vault.id).update(rotate_due=True)
        count += 1
    return count


def _give(giver: Secrets, giver_id: bytes, to: Recipient, vault: Vault, dek: bytes) -> None:
    wrap = grant_person(giver, giver_id, to.bundle, principal=to.id, vault=vault.id, kind=vault.kind,
                        version=vault.version, dek=dek)
    Grant.objects.filter(vault=vault, version=vault.version, principal=to.id).update(
        wrap=host_keys().seal(wrap, "grant", *row_of(vault.id, vault.version, to.id)))


def seal_pins(account_id: bytes, secrets: Secrets, pins: Pins) -> bytes:
    """Pins as the row holds them, under the person's own key: nobody else can move them."""
    return secrets.seal(VERSION + u64(pins.seq) + pins.hash + pins.trust, pins_context(account_id))


def open_pins(account: Account, secrets: Secrets) -> Pins | None:
    """The pins of a person, None before the first sign-in. Raises `Refused`."""
    if account.pins is None:
        return None
    plain = secrets.unseal(account.pins, pins_context(account.id))
    if len(plain) != 73 or plain[:1] != VERSION:
        raise Refused("length")
    return Pins(int.from_bytes(plain[1:9], "big"), plain[9:41], plain[41:])


def seal_session(key: bytes, sid: bytes, session: Session) -> bytes:
    """A session's file: it opens only with the secret that the browser's cookie holds."""
    created = int(session.created.timestamp())
    until = int(session.stepped_up_until.timestamp()) if session.stepped_up_until else 0
    plain = session.secrets.raw() + u64(until) + bytes([session.factor])
    context = session_context(session.account, created, sha256(sid).digest())
    return VERSION + session.account + u64(created) + seal(key, plain, context)


def open_session(key: bytes, sid: bytes, content: bytes) -> Session:
    """What a session's file holds. Raises `Refused`, also if it was made for another cookie or account."""
    if len(content) < 25 or content[:1] != VERSION:
        raise Refused("version")
    account, created = content[1:17], int.from_bytes(content[17:25], "big")
    plain = unseal(key, content[25:], session_context(account, created, sha256(sid).digest()))
    if len(plain) != SECRETS_BYTES + 9:
        raise Refused("length")
    until = int.from_bytes(plain[160:168], "big")
    return Session(account, datetime.fromtimestamp(created, UTC), Secrets.from_raw(plain[:160]),
                   datetime.fromtimestamp(until, UTC) if until else None, plain[168])


def seal_aside(key: bytes, label: str, row: bytes, plain: bytes) -> bytes:
    """Something small kept in the runtime folder for a few minutes, under a key that only a cookie holds."""
    return seal(key, plain, ctx("aside", label, row))


def open_aside(key: bytes, label: str, row: bytes, sealed: bytes) -> bytes:
    """What `seal_aside` sealed. Raises `Refused`."""
    return unseal(key, sealed, ctx("aside", label, row))
