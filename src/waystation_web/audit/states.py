"""What the rows of an account or a vault are, in few bytes: what entries say of them and the replay compares.

Digests are taken beneath the host layer, so that a change of the host key changes none of them.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from waystation.contexts import ctx
from waystation.vault.keys import Bundle
from waystation_web.vault.host import host_keys
from waystation_web.vault.labels import Factors, read_factors
from waystation_web.vault.models import Account, Grant
from waystation_web.vault.principals import RECOVERY_PRINCIPAL

Held = dict[bytes, date | None]  # who holds a vault, until when; the recovery key is not listed
WIDTH = 18                       # bytes of one holder: id 16, end as days since 1970 or zero
EPOCH = date(1970, 1, 1)


def text(value: bytes) -> str:
    """Bytes as they stand in a body."""
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def bytes_of(said: str) -> bytes:
    """The bytes again. Raises `ValueError`."""
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


def account_columns(account: Account, columns: Iterable[str]) -> dict[str, str | int]:
    """What these columns of an account hold. Raises `Refused` if a sealed one does not open under the host key."""
    return {column: _column(account, column) for column in columns}


def _column(account: Account, column: str) -> str | int:
    if column == "state":
        return account.state
    if column == "key":
        return text(Bundle(account.bundle).signing_key) if account.bundle else ""
    if column == "cert":
        return text(sha256(ctx(account.cert_by or b"", account.cert_sig or b"")).digest())
    if column == "factors":
        return text(_factors(read_factors(account)))
    stored = getattr(account, column)
    if stored and column in {"label", "slot"}:
        stored = host_keys().unseal(stored, column, account.id)
    return text(sha256(stored).digest()) if stored else ""


def _factors(factors: Factors) -> bytes:
    """What a person signs in with; not the counters, which move at every sign-in."""
    keys = sorted(ctx(key.credential_id, key.public_key) for key in factors.passkeys)
    return sha256(ctx(factors.totp or b"", *keys)).digest()


def held(vault_id: bytes) -> Held:
    """Who holds a vault, as the table of grants says."""
    rows = Grant.objects.filter(vault_id=vault_id).exclude(principal=RECOVERY_PRINCIPAL)
    return dict(rows.values_list("principal", "until"))


def pack_held(holders: Held) -> bytes:
    """Holders in the order of their ids, 18 bytes each."""
    return b"".join(who + ((until - EPOCH).days if until else 0).to_bytes(2, "big")
                    for who, until in sorted(holders.items(), key=lambda one: one[0]))


def read_held(packed: bytes) -> Held:
    """The holders again. Raises `ValueError`."""
    if len(packed) % WIDTH:
        raise ValueError("a list of holders that is cut")
    parts = [packed[place:place + WIDTH] for place in range(0, len(packed), WIDTH)]
    return {part[:16]: _day(int.from_bytes(part[16:], "big")) for part in parts}


def _day(days: int) -> date | None:
    return date.fromordinal(EPOCH.toordinal() + days) if days else None
