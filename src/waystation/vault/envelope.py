"""Seals: what is written under a key, bound to the place it belongs to.

    E1  0x01 | nonce 24 | commitment 32 | XChaCha20-Poly1305(nonce, plaintext, AAD = 0x01 | context) + 16

The commitment, a keyed BLAKE2b over nonce and context, is compared before the cipher is opened: Poly1305 alone lets one
ciphertext open under two keys. Both sub-keys come from the one key by BLAKE2b with a label.

>>> key = bytes(range(32))
>>> unseal(key, seal(key, b"river", ctx("payload", bytes(16))), ctx("payload", bytes(16)))
b'river'
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from waystation.contexts import ctx, u8, u32, u64
from waystation.vault.refused import Refused

VERSION = b"\x01"
NONCE = 24
OVERHEAD = 1 + NONCE + 32 + 16
STEP = 1024
LARGEST = 1 << 20  # bytes of a payload


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(32)


def new_id() -> bytes:
    """16 random bytes."""
    return os.urandom(16)


class Key:
    """A key with its two sub-keys derived once: opening ten thousand rows under one key derives them once."""

    __slots__ = ("_commit", "_seal")

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("a key has 32 bytes")
        self._seal = blake2b(b"waystation/1/seal", key=key, digest_size=32).digest()
        self._commit = blake2b(b"waystation/1/commit", key=key, digest_size=32).digest()

    def __repr__(self) -> str:
        return "Key(...)"

    def seal(self, plaintext: bytes, context: bytes, nonce: bytes | None = None) -> bytes:
        """Seal under this key. `nonce` is for golden vectors alone."""
        nonce = os.urandom(NONCE) if nonce is None else nonce
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, VERSION + context, nonce, self._seal)
        return VERSION + nonce + self._commitment(nonce, context) + sealed

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """Open under this key. Raises `Refused`: "length", "version", "commitment", "tag"."""
        if len(sealed) < OVERHEAD:
            raise Refused("length")
        if sealed[:1] != VERSION:
            raise Refused("version")
        nonce = sealed[1:25]
        if not hmac.compare_digest(self._commitment(nonce, context), sealed[25:57]):
            raise Refused("commitment")
        try:
            return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[57:], VERSION + context, nonce, self._seal)
        except CryptoError:
            raise Refused("tag") from None

    def _commitment(self, nonce: bytes, context: bytes) -> bytes:
        return blake2b(nonce + context, key=self._commit, digest_size=32).digest()


def seal(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Seal bytes under a key of 32 bytes, bound to a context (E1)."""
    return Key(key).seal(plaintext, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Open what `seal` made, with the same key and context. Raises `Refused`."""
    return Key(key).unseal(sealed, context)


def nonce_of(sealed: bytes) -> bytes:
    """The nonce of a seal: it changes with every write, so it serves as the mark of an edition."""
    return sealed[1:25]


def pad(plaintext: bytes, size: int) -> bytes:
    """Length, bytes, zeros: exactly `size` bytes. Raises `ValueError` if it does not fit.

    >>> unpad(pad(b"ab", 16), 16)
    b'ab'
    """
    if len(plaintext) + 4 > size:
        raise ValueError(f"{len(plaintext)} bytes do not fit {size - 4}")
    return u32(len(plaintext)) + plaintext + bytes(size - 4 - len(plaintext))


def unpad(padded: bytes, size: int) -> bytes:
    """The bytes that `pad` was given. Raises `Refused`: "length", "padding"."""
    length = int.from_bytes(padded[:4], "big")
    if len(padded) != size or length + 4 > size:
        raise Refused("length")
    if padded.count(0, 4 + length) != size - 4 - length:
        raise Refused("padding")
    return padded[4:4 + length]


def pack(payload: Mapping[str, Any]) -> bytes:
    """A payload as it is sealed (E5): JSON with "v", "type" and "id", padded to the next multiple of 1,024 bytes.

    Raises `ValueError` if one of the three is missing, a value is not JSON, or it is larger than 1 MiB.
    """
    if missing := {"v", "type", "id"} - payload.keys():
        raise ValueError(f"a payload needs {', '.join(sorted(missing))}")
    try:
        text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except TypeError as error:
        raise ValueError("a payload holds JSON values alone") from error
    if len(text) > LARGEST:
        raise ValueError(f"a record holds at most {LARGEST:,} bytes; this one has {len(text):,}")
    return pad(text, -(-(len(text) + 4) // STEP) * STEP)


def text_of(padded: bytes) -> bytes:
    """The JSON that was packed, not yet parsed. Raises `Refused`: "length", "padding"."""
    if not padded or len(padded) % STEP or len(padded) > LARGEST + STEP:
        raise Refused("length")
    text = unpad(padded, len(padded))
    if len(text) > LARGEST:
        raise Refused("length")
    if -(-(len(text) + 4) // STEP) * STEP != len(padded):
        raise Refused("padding")
    return text


def unpack(padded: bytes) -> dict[str, Any]:
    """The payload that was packed. Raises `Refused`: "length", "padding", "payload"."""
    text = text_of(padded)
    try:
        payload = json.loads(text.decode())  # bytes would be taken for UTF-16 or UTF-32 where they look like it
    except (ValueError, RecursionError):
        raise Refused("payload") from None
    if not isinstance(payload, dict) or not {"v", "type", "id"} <= payload.keys():
        raise Refused("payload")
    return payload


# ------------------------------------------------------------------------------------------- what each seal is bound to
def payload_context(vault: bytes, kind: int, version: int) -> bytes:
    """A vault's payload: moved to another row, kind or key version it does not open."""
    return ctx("payload", vault, u8(kind), u32(version))


def grant_context(vault: bytes, kind: int, version: int, principal: bytes) -> bytes:
    """A vault's key, wrapped for one person."""
    return ctx("grant", vault, u8(kind), u32(version), principal)


def file_context(vault: bytes, version: int, file: bytes) -> bytes:
    """A file's key, wrapped under its vault's key."""
    return ctx("file", vault, u32(version), file)


def slot_context(account: bytes, ops: int, mem_kib: int, salt: bytes) -> bytes:
    """A person's keys under their passphrase; the cost of a guess cannot be lowered."""
    return ctx("slot", account, u8(ops), u32(mem_kib), salt)


def pins_context(account: bytes) -> bytes:
    """What a person remembers of the record of acts."""
    return ctx("pins", account)


def session_context(account: bytes, created: int, sid_digest: bytes) -> bytes:
    """A session file; `created` in seconds since 1970."""
    return ctx("session", account, u64(created), sid_digest)


def audit_body_context(seq: int, hour: int, key: bytes, previous: bytes) -> bytes:
    """One entry of the record, at its place in the chain."""
    return ctx("audit", u64(seq), u32(hour), key, previous)


def witness_context(seq: int, entry_hash: bytes) -> bytes:
    """What a person signs to countersign the record up to an entry."""
    return ctx("witness", u64(seq), entry_hash)


def approval_context(vault: bytes, manifest_digest: bytes) -> bytes:
    """What two people sign."""
    return ctx("approve", vault, manifest_digest)
