"""What is known of a person beside their keys: name, roles, factors, an open invitation. Sealed under the host key.

There is no index over handles. Whoever looks for an account opens all labels (thirty of them take less than a
millisecond), so that the table says nothing and a known handle takes as long as an unknown one.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from waystation.access import Role
from waystation.vault.envelope import pad, unpad
from waystation.vault.refused import Refused

from .host import host_keys
from .models import Account

LABEL_BYTES, FACTORS_BYTES = 512, 2_048


@dataclass(frozen=True, slots=True)
class Label:
    """Who somebody is to colleagues."""

    handle: str
    name: str
    roles: frozenset[Role]
    deputy: bytes | None = None
    language: str = "en"
    theme: str = ""
    keys: bool = True                  # of one letter on the board; whoever does not want them switches them off
    invited_by: bytes | None = None    # who invites somebody is not soon countersigned by them
    invited_on: date | None = None
    asked: bytes | None = None         # the recovery request for this person that is open: 16 bytes of its digest
    asked_until: date | None = None


@dataclass(frozen=True, slots=True)
class Passkey:
    """The public half of a passkey."""

    credential_id: bytes
    public_key: bytes                 # COSE, CBOR-encoded
    sign_count: int
    name: str


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has beside the passphrase."""

    totp: bytes | None = field(default=None, repr=False)
    last_step: int = 0                # the last accepted 30-second step: no code counts twice
    passkeys: tuple[Passkey, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return self.totp is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation that is open."""

    digest: bytes                     # SHA-256 of the one-time code
    until: datetime


def seal_label(account_id: bytes, label: Label) -> bytes:
    """A label as its row holds it. Raises `ValueError` if it is longer than a label may be."""
    return _seal(account_id, "label", LABEL_BYTES, {
        "handle": label.handle, "name": label.name, "roles": sorted(label.roles), "language": label.language,
        "deputy": label.deputy.hex() if label.deputy else None, "theme": label.theme, "keys": label.keys,
        "invited_by": label.invited_by.hex() if label.invited_by else None,
        "invited_on": label.invited_on.isoformat() if label.invited_on else None} | _open_request(label))


def _open_request(label: Label) -> dict[str, str]:
    if label.asked is None or label.asked_until is None:
        return {}
    return {"asked": label.asked.hex(), "asked_until": label.asked_until.isoformat()}


def read_label(account: Account) -> Label:
    """The label of an account. Raises `Refused`."""
    said = _open(account.id, "label", LABEL_BYTES, account.label)
    try:
        return Label(said["handle"], said["name"], frozenset(Role(role) for role in said["roles"]),
                     bytes.fromhex(said["deputy"]) if said["deputy"] else None, said["language"], said["theme"],
                     said.get("keys", True) is True,
                     bytes.fromhex(said["invited_by"]) if said.get("invited_by") else None,
                     date.fromisoformat(said["invited_on"]) if said.get("invited_on") else None,
                     bytes.fromhex(said["asked"]) if "asked" in said else None,
                     date.fromisoformat(said["asked_until"]) if "asked_until" in said else None)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def labels() -> list[tuple[Account, Label]]:
    """Every account with its label: how an account is found. Raises `Refused` if one of them was tampered with."""
    return [(account, read_label(account)) for account in Account.objects.all()]


def seal_factors(account_id: bytes, factors: Factors) -> bytes:
    """Factors as their row holds them. Raises `ValueError` if there are more passkeys than fit."""
    return _seal(account_id, "factors", FACTORS_BYTES, {
        "totp": _text(factors.totp) if factors.totp else None, "last_step": factors.last_step,
        "passkeys": [[_text(key.credential_id), _text(key.public_key), key.sign_count, key.name]
                     for key in factors.passkeys]})


def read_factors(account: Account) -> Factors:
    """The factors of an account. Raises `Refused`."""
    said = _open(account.id, "factors", FACTORS_BYTES, account.factors)
    try:
        return Factors(b64decode(said["totp"]) if said["totp"] else None, said["last_step"], tuple(
            Passkey(b64decode(credential), b64decode(key), count, name)
            for credential, key, count, name in said["passkeys"]))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def seal_invite(account_id: bytes, invite: Invite) -> bytes:
    """An invitation as its row holds it."""
    return _seal(account_id, "invite", LABEL_BYTES,
                 {"digest": invite.digest.hex(), "until": int(invite.until.timestamp())})


def read_invite(account: Account) -> Invite | None:
    """The open invitation of an account, if there is one. Raises `Refused`."""
    if account.invite is None:
        return None
    said = _open(account.id, "invite", LABEL_BYTES, account.invite)
    try:
        return Invite(bytes.fromhex(said["digest"]), datetime.fromtimestamp(said["until"], UTC))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _seal(account_id: bytes, purpose: str, size: int, said: dict[str, Any]) -> bytes:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return host_keys().seal(pad(text.encode(), size), purpose, account_id)


def _open(account_id: bytes, purpose: str, size: int, sealed: bytes) -> dict[str, Any]:
    plain = unpad(host_keys().unseal(sealed, purpose, account_id), size)
    try:
        said = json.loads(plain)
    except ValueError as reason:
        raise Refused("payload") from reason
    if not isinstance(said, dict):
        raise Refused("payload")
    return said
