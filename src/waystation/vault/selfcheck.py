"""Whether the ciphers of this machine are the ones we mean: known answers, in milliseconds, before a seal is made."""

from __future__ import annotations

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waystation.vault.envelope import Key, payload_context
from waystation.vault.keys import Secrets, hkdf, signed_by
from waystation.vault.refused import Refused
from waystation.vault.stream import Sealer

SEALED = ("01404142434445464748494a4b4c4d4e4f505152535455565712b47f08a308993e3303ff92e37501e949c6a0fc43e2110d80c7d5"
          "55f3079d05e00b874a43fb31d7a6cb7083047b984422d9e1ad2b")
STREAM = "e77576774f0e9783d29945121f3ef1f78b4072f140c2c960fc704825955c8b32"
DERIVED = "235c09074136783143ef296cfb666f1bb94c36a44cc1bea2b6558e2f139e3ee5"
SIGNED = ("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0"
          "595bbe24655141438e7a100b")  # RFC 8032, test 1
PUBLIC = "f3657e36cf972eb04a06664203a79a0d55306f53059ad983c58ba61b261c6d69"
SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"


def faults() -> list[str]:
    """What does not give its known answer; empty if all is well.

    >>> faults()
    []
    """
    found = []
    key, context = Key(bytes(range(32))), payload_context(bytes(16), 1, 1)
    if key.seal(b"river", context, bytes(range(0x40, 0x58))).hex() != SEALED:
        found.append("XChaCha20-Poly1305 with commitment (libsodium)")
    if any(_opens(key, sealed, place) for sealed, place in _changed(key, context)):
        found.append("a seal that was changed or moved opens (libsodium)")
    sealer = Sealer(bytes(range(32)), vault=bytes(16), file=bytes(16))
    if sha256(sealer.header + sealer.update(b"river") + sealer.finish()).hexdigest() != STREAM:
        found.append("ChaCha20-Poly1305 (OpenSSL)")
    if hkdf(bytes(32), "waystation/1/kek", 32).hex() != DERIVED:
        found.append("HKDF-SHA256")
    signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED))
    signed, public = signer.sign(b""), signer.public_key().public_bytes_raw()
    if signed.hex() != SIGNED or signed_by(public, signed, b"river"):
        found.append("Ed25519")
    if sha256(Secrets.from_raw(bytes(range(160))).bundle.raw).hexdigest() != PUBLIC:
        found.append("public keys of ML-KEM-768, X25519 and Ed25519")
    if not _wraps():
        found.append("HPKE with ML-KEM-768 and X25519")
    return found


def _changed(key: Key, context: bytes) -> list[tuple[bytes, bytes]]:
    """Seals that must not open, each with the place where it is tried."""
    sealed = key.seal(b"river", context)
    return [(sealed[:-1] + bytes([sealed[-1] ^ 1]), context), (sealed, payload_context(bytes(16), 1, 2))]


def _opens(key: Key, sealed: bytes, context: bytes) -> bool:
    try:
        key.unseal(sealed, context)
    except Refused:
        return False
    return True


def _wraps() -> bool:
    """Whether a wrap opens for its reader with its context, and for no other context."""
    reader = Secrets.from_raw(bytes(range(160)))
    wrapped = reader.bundle.encrypt(b"river", b"here")
    try:
        reader.decrypt(wrapped, b"elsewhere")
    except Refused:
        return reader.decrypt(wrapped, b"here") == b"river"
    return False
