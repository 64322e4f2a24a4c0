"""HPKE in base mode, for one message, written from RFC 9180 (5.1 and 4), and the hybrid key of X-Wing (its section 5.3).

A second opinion on what the library does, from the primitives only. Slow and plain.
"""

import hmac
from hashlib import sha3_256, sha256

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

DHKEM_X25519, HYBRID = 0x0020, 0x647A


def _extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), ikm, sha256)


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(key, info + b"\x01", sha256)[:length]  # never more than one block here


def schedule(kem: int, shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Key and base nonce of ChaCha20-Poly1305 for HKDF-SHA256."""
    suite = b"HPKE" + kem.to_bytes(2, "big") + b"\0\x01" + b"\0\x03"

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return _extract(salt, b"HPKE-v1" + suite + label + ikm)

    def expand(label: bytes, length: int) -> bytes:
        return _expand(secret, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context, length)

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    return expand(b"key", 32), expand(b"base_nonce", 12)


def hybrid_shared(ml_kem: bytes, x25519: bytes, encapsulated: bytes) -> bytes:
    """SHA3-256 of both secrets, the X25519 ciphertext and public key, and X-Wing's label."""
    kem, curve = MLKEM768PrivateKey.from_seed_bytes(ml_kem), X25519PrivateKey.from_private_bytes(x25519)
    first, second = encapsulated[:1088], encapsulated[1088:]
    agreed = curve.exchange(X25519PublicKey.from_public_bytes(second))
    return sha3_256(kem.decapsulate(first) + agreed + second + curve.public_key().public_bytes_raw() + b"\\.//^\\").digest()


def open_hybrid(ml_kem: bytes, x25519: bytes, sealed: bytes, info: bytes) -> bytes:
    key, nonce = schedule(HYBRID, hybrid_shared(ml_kem, x25519, sealed[:1120]), info)
    return ChaCha20Poly1305(key).decrypt(nonce, sealed[1120:], b"")
