"""Every vault of an office through its recovery key: for a takeout, on a machine without a network, at the custodians'.

Everybody's grants stay out of it: the key that every vault was granted to opens it, whoever else may or may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from waystation.access import TYPES, Kind
from waystation.vault.envelope import nonce_of, payload_context, unpack, unseal
from waystation.vault.grants import open_recovery_grant
from waystation.vault.recovery import Recovery, combine, read_sheet
from waystation.vault.refused import Refused

from .host import host_keys
from .models import File, Grant, Vault
from .principals import RECOVERY_PRINCIPAL, signers
from .queries import KINDS, Opened, row_of
from .trust import trust

__all__ = ["Recovered", "Recovery", "Unopened", "combine", "file_rows", "kind_name", "our_key", "read_sheet",
           "recovered"]

NO_GRANT = "the recovery key was never given this record"


@dataclass(frozen=True, slots=True)
class Recovered:
    """A vault and its key. A day of the record of acts has no payload: its key opens that day's entries."""

    id: bytes
    kind: str
    dek: bytes = field(repr=False)
    opened: Opened | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Unopened:
    """A vault that does not open, and which check it failed."""

    id: bytes
    kind: str
    why: str


def our_key(recovery: Recovery) -> None:
    """Raises `Refused("key")` for sheets of another office, or of a key that was changed since."""
    believed = trust().recovery
    if believed != recovery.public:
        said = f"these sheets open another key than this office's: {recovery.public.words}"
        raise Refused("key", said)


def recovered(recovery: Recovery, *, kind: Kind | None = None) -> Iterator[Recovered | Unopened]:
    """Every vault there is (of a kind), in the order of ids: opened, or with the reason why not. None is left out."""
    key_of = signers()
    wraps = dict(Grant.objects.filter(principal=RECOVERY_PRINCIPAL).values_list("vault_id", "wrap"))
    vaults = Vault.objects.order_by("id") if kind is None else Vault.objects.filter(kind=kind).order_by("id")
    for vault in vaults.iterator(256):
        try:
            yield _opened(vault, wraps, recovery, key_of)
        except Refused as why:
            yield Unopened(vault.id, kind_name(vault.kind), why.kind if str(why) == why.kind else str(why))


def _opened(vault: Vault, wraps: Mapping[bytes, bytes], recovery: Recovery,
            key_of: Callable[[bytes], bytes]) -> Recovered:
    if vault.id not in wraps:
        raise Refused("grant", NO_GRANT)
    inner = host_keys().unseal(wraps[vault.id], "grant", *row_of(vault.id, vault.version, RECOVERY_PRINCIPAL))
    dek = open_recovery_grant(inner, *recovery.decryption, vault=vault.id, kind=vault.kind, version=vault.version,
                              bundle=recovery.bundle, signer=key_of).dek
    name = kind_name(vault.kind)
    if vault.kind == Kind.AUDIT:
        return Recovered(vault.id, name, dek)
    if vault.payload is None or vault.kind not in KINDS:
        raise Refused("payload")
    payload = unpack(unseal(dek, vault.payload, payload_context(vault.id, vault.kind, vault.version)))
    if payload["id"] != vault.id.hex() or TYPES.get(payload["type"]) != vault.kind:
        raise Refused("payload")
    opened = Opened(vault.id, KINDS[vault.kind], vault.version, payload, dek, nonce_of(vault.payload),
                    rotate_due=vault.rotate_due, retain_until=vault.retain_until)
    return Recovered(vault.id, name, dek, opened)


def kind_name(kind: int) -> str:
    """A kind in words, also one that does not exist."""
    return KINDS[kind].name.lower() if kind in KINDS else f"kind {kind}"


def file_rows() -> dict[bytes, list[bytes]]:
    """Ids of files by the vault that they belong to, as the table says."""
    found: dict[bytes, list[bytes]] = {}
    for file, vault in File.objects.order_by("id").values_list("id", "vault_id"):
        found.setdefault(vault, []).append(file)
    return found
