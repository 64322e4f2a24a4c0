"""A vault's key, wrapped for one person.

    P  0x01 0x50 | HPKE enc 1,120 | ciphertext of (key 32 | granter 16 | signature 64) + 16      given by a person
    D  0x01 0x44 | HPKE enc 1,120 | ciphertext of key 32 + 16                                    given by the server
    S  0x01 0x53 | E1(own key, key 32)                                                           own, after settling

Who granted stands inside the ciphertext. The signature binds vault, kind, version, reader, the reader's own public keys
and the key itself, so that nobody can pass a key of their choosing on as a colleague's. D exists for the inbox and the
record of acts alone, where the server itself is the author.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from waystation.contexts import ctx, u8, u32
from waystation.vault.envelope import OVERHEAD, grant_context
from waystation.vault.keys import Bundle, Secrets, decrypt, signed_by
from waystation.vault.refused import Refused

VERSION = b"\x01"
PERSON, SERVER, OWN = b"P", b"D", b"S"
ENCAPSULATED, TAG = 1120, 16
SIZES = {PERSON: 2 + ENCAPSULATED + 32 + 16 + 64 + TAG, SERVER: 2 + ENCAPSULATED + 32 + TAG, OWN: 2 + OVERHEAD + 32}
BY_SERVER = frozenset({0x10, 0x11})  # inbox, audit


@dataclass(frozen=True, slots=True)
class Opened:
    """A key out of its wrap: in which form it came, and for P who granted it."""

    dek: bytes = field(repr=False)
    form: str
    granter: bytes | None = None


def _signed(vault: bytes, kind: int, version: int, principal: bytes, reader: Bundle, granter: bytes,
            dek: bytes) -> bytes:
    digest = sha256(dek).digest()
    return ctx("grant-sig", vault, u8(kind), u32(version), principal, reader.digest, granter, digest)


def grant_person(granter: Secrets, granter_id: bytes, bundle: Bundle, *, principal: bytes, vault: bytes, kind: int,
                 version: int, dek: bytes) -> bytes:
    """A person gives a vault's key to another (form P), signed."""
    return grant_signed(granter.sign, granter_id, bundle, principal=principal, vault=vault, kind=kind,
                        version=version, dek=dek)


def grant_signed(sign: Callable[[bytes], bytes], granter_id: bytes, bundle: Bundle, *, principal: bytes, vault: bytes,
                 kind: int, version: int, dek: bytes) -> bytes:
    """As `grant_person`, for any signer: a recovery ceremony signs with the recovery key, as 16 zero bytes."""
    signature = sign(_signed(vault, kind, version, principal, bundle, granter_id, dek))
    inner = dek + granter_id + signature
    return VERSION + PERSON + bundle.encrypt(inner, grant_context(vault, kind, version, principal))


def grant_server(bundle: Bundle, *, principal: bytes, vault: bytes, kind: int, version: int, dek: bytes) -> bytes:
    """The server gives a key of its own making (form D). Raises `ValueError` for any kind but inbox and audit."""
    if kind not in BY_SERVER:
        raise ValueError("only the inbox and the record of acts are granted by the server")
    return VERSION + SERVER + bundle.encrypt(dek, grant_context(vault, kind, version, principal))


def grant_own(reader: Secrets, *, principal: bytes, vault: bytes, kind: int, version: int, dek: bytes) -> bytes:
    """A person keeps a key for themself (form S): cheap to open."""
    return VERSION + OWN + reader.seal(dek, grant_context(vault, kind, version, principal))


def open_grant(wrap: bytes, reader: Secrets, *, principal: bytes, vault: bytes, kind: int, version: int,
               signer: Callable[[bytes], bytes]) -> Opened:
    """The key in a wrap. `signer` gives the certified signing key of a granter's id, or raises.

    Raises `Refused`: "length", "version", "form", "grant", and what the signer raises.
    """
    form, context = _form(wrap, kind), grant_context(vault, kind, version, principal)
    if form == OWN:
        return Opened(reader.unseal(wrap[2:], context), "S")
    inner = reader.decrypt(wrap[2:], context)
    return _checked(inner, form, principal, vault, kind, version, lambda: reader.bundle, signer)


def open_recovery_grant(wrap: bytes, ml_kem: bytes, x25519: bytes, *, vault: bytes, kind: int, version: int,
                        bundle: Bundle, signer: Callable[[bytes], bytes]) -> Opened:
    """As `open_grant`, for the recovery key, whose principal is 16 zero bytes and which keeps nothing for itself."""
    form, principal = _form(wrap, kind), bytes(16)
    if form == OWN:
        raise Refused("form")
    inner = decrypt(ml_kem, x25519, wrap[2:], grant_context(vault, kind, version, principal))
    return _checked(inner, form, principal, vault, kind, version, lambda: bundle, signer)


def _form(wrap: bytes, kind: int) -> bytes:
    if wrap[:1] != VERSION:
        raise Refused("version")
    form = wrap[1:2]
    if form not in SIZES or (form == SERVER and kind not in BY_SERVER):
        raise Refused("form")
    if len(wrap) != SIZES[form]:
        raise Refused("length")
    return form


def _checked(inner: bytes, form: bytes, principal: bytes, vault: bytes, kind: int, version: int,
             own: Callable[[], Bundle], signer: Callable[[bytes], bytes]) -> Opened:
    if form == SERVER:
        return Opened(inner, "D")
    dek, granter, signature = inner[:32], inner[32:48], inner[48:]
    if not signed_by(signer(granter), signature, _signed(vault, kind, version, principal, own(), granter, dek)):
        raise Refused("grant")
    return Opened(dek, "P", granter)
