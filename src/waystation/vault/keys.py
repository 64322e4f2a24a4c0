"""A person's keys: made once, opened by eight words, certified by an officer.

    slot    E3  0x01 | ops u8 | mem_kib u32 | salt 16 | E1(KEK, KU 32 | ML-KEM seed 64 | X25519 32 | Ed25519 seed 32)
    KEK     = HKDF-SHA256(Argon2id(words, salt, ops, mem), "waystation/1/kek")
    bundle  = ML-KEM-768 public 1,184 | X25519 public 32 | Ed25519 public 32     the recovery key's ends before the last

Opening the slot is the check of the passphrase: there is no verifier beside it. (RFC 9106, RFC 8032, RFC 9180.)
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from waystation.contexts import ctx, u8, u32
from waystation.vault.envelope import Key, slot_context
from waystation.vault.refused import Refused
from waystation.vault.words import new_passphrase, read_words, words_of

__all__ = ["CEILING", "FLOOR", "PRODUCTION", "TESTING", "Bundle", "Cost", "Secrets", "certified", "certify", "hkdf",
           "new_passphrase", "open_slot", "read_words", "seal_slot", "signed_by"]

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
ML_KEM_PUBLIC, CURVE = 1184, 32
WITHOUT_SIGNING, WHOLE = ML_KEM_PUBLIC + CURVE, ML_KEM_PUBLIC + 2 * CURVE
SECRETS = 160
SLOT_VERSION = b"\x01"  # 0x02 is reserved for a record with two equal slots
SLOT = 1 + 1 + 4 + 16 + 73 + SECRETS


def hkdf(root: bytes, label: str, length: int) -> bytes:
    """HKDF-SHA256 without salt: `length` bytes for one labelled use of a root key."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=label.encode("ascii")).derive(root)


# --------------------------------------------------------------------------------------------------------- public keys
@dataclass(frozen=True, slots=True)
class Bundle:
    """Somebody's public keys: 1,248 bytes, or 1,216 for a recovery key, which has its signing key apart."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) not in {WITHOUT_SIGNING, WHOLE}:
            raise Refused("length")

    @property
    def digest(self) -> bytes:
        """SHA-256 of the keys."""
        return sha256(self.raw).digest()

    @property
    def words(self) -> str:
        """Fingerprint: eight words that two people compare by voice."""
        return words_of(int.from_bytes(sha256(ctx("words", self.raw)).digest()[:10], "big"))

    @property
    def signing_key(self) -> bytes:
        """The Ed25519 public key. Raises `Refused` if there is none."""
        if len(self.raw) != WHOLE:
            raise Refused("signing key")
        return self.raw[WITHOUT_SIGNING:]

    def encrypt(self, plaintext: bytes, info: bytes) -> bytes:
        """HPKE to these keys: encapsulation 1,120 bytes, then ciphertext and tag."""
        try:
            kem = MLKEM768PublicKey.from_public_bytes(self.raw[:ML_KEM_PUBLIC])
            curve = X25519PublicKey.from_public_bytes(self.raw[ML_KEM_PUBLIC:WITHOUT_SIGNING])
            return SUITE.encrypt(plaintext, MLKEM768X25519PublicKey(kem, curve), info=info)
        except ValueError:
            raise Refused("bundle") from None


def signed_by(signing_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature is that key's over that message."""
    try:
        Ed25519PublicKey.from_public_bytes(signing_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# --------------------------------------------------------------------------------------------------------- secret keys
@dataclass(frozen=True, slots=True)
class Secrets:
    """A person's secret keys, in memory for the length of a request.

    >>> mine = Secrets.new()
    >>> mine.unseal(mine.seal(b"pins", ctx("pins")), ctx("pins"))
    b'pins'
    >>> mine
    Secrets()
    """

    own: bytes = field(repr=False)        # KU: seals what only this person opens
    ml_kem: bytes = field(repr=False)     # seed, 64 bytes
    x25519: bytes = field(repr=False)
    ed25519: bytes = field(repr=False)    # seed
    key: Key = field(repr=False, compare=False, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", Key(self.own))

    @classmethod
    def new(cls) -> Secrets:
        """Random keys."""
        return cls.from_raw(os.urandom(SECRETS))

    @classmethod
    def from_raw(cls, raw: bytes) -> Secrets:
        """The keys from their 160 bytes. Raises `Refused`: "length"."""
        if len(raw) != SECRETS:
            raise Refused("length")
        return cls(raw[:32], raw[32:96], raw[96:128], raw[128:])

    def raw(self) -> bytes:
        """The 160 bytes."""
        return self.own + self.ml_kem + self.x25519 + self.ed25519

    @property
    def bundle(self) -> Bundle:
        """The public keys of these."""
        kem = MLKEM768PrivateKey.from_seed_bytes(self.ml_kem).public_key().public_bytes_raw()
        curve = X25519PrivateKey.from_private_bytes(self.x25519).public_key().public_bytes_raw()
        sign = Ed25519PrivateKey.from_private_bytes(self.ed25519).public_key().public_bytes_raw()
        return Bundle(kem + curve + sign)

    def sign(self, message: bytes) -> bytes:
        """Ed25519, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.ed25519).sign(message)

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Seal what only this person opens."""
        return self.key.seal(plaintext, context)

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """Open what this person sealed. Raises `Refused`."""
        return self.key.unseal(sealed, context)

    def decrypt(self, encrypted: bytes, info: bytes) -> bytes:
        """Open what was encrypted to these keys. Raises `Refused`: "grant"."""
        return decrypt(self.ml_kem, self.x25519, encrypted, info)


def decrypt(ml_kem: bytes, x25519: bytes, encrypted: bytes, info: bytes) -> bytes:
    """HPKE with secret keys given as seeds. Raises `Refused`: "grant"."""
    kem, curve = MLKEM768PrivateKey.from_seed_bytes(ml_kem), X25519PrivateKey.from_private_bytes(x25519)
    try:
        return SUITE.decrypt(encrypted, MLKEM768X25519PrivateKey(kem, curve), info=info)
    except Exception:  # noqa: BLE001  (the library's errors differ by which part was changed; to us they are one)
        raise Refused("grant") from None


# --------------------------------------------------------------------------------------------------------- passphrases
@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs: passes over so many KiB."""

    ops: int
    mem_kib: int


PRODUCTION = Cost(3, 131072)
FLOOR = Cost(3, 65536)
CEILING = Cost(10, 1048576)
TESTING = Cost(1, 8192)  # refused by every installation that is not a test


def _key_of_words(words: str, salt: bytes, cost: Cost) -> bytes:
    memory = cost.mem_kib * 1024
    root = crypto_pwhash_alg(32, words.encode("ascii"), salt, cost.ops, memory, crypto_pwhash_ALG_ARGON2ID13)
    return hkdf(root, "waystation/1/kek", 32)


def seal_slot(secrets: Secrets, words: str, *, account: bytes, cost: Cost) -> bytes:
    """A person's keys under their eight words (E3, 255 bytes). Raises `Refused`: "words"."""
    salt = os.urandom(16)
    kek = Key(_key_of_words(read_words(words), salt, cost))
    sealed = kek.seal(secrets.raw(), slot_context(account, cost.ops, cost.mem_kib, salt))
    return SLOT_VERSION + u8(cost.ops) + u32(cost.mem_kib) + salt + sealed


def open_slot(slot: bytes, words: str, *, account: bytes, floor: Cost = FLOOR) -> Secrets:
    """A person's keys, if these are their words.

    Raises `Refused`: "length", "version", "cost", "words", and for other words or another account "commitment".

    The cost stands in the row, so it is checked before anything is computed: an enemy could ask for all the memory.
    """
    if len(slot) != SLOT:
        raise Refused("length")
    if slot[:1] != SLOT_VERSION:
        raise Refused("version")
    cost = Cost(slot[1], int.from_bytes(slot[2:6], "big"))
    if not (floor.ops <= cost.ops <= CEILING.ops and floor.mem_kib <= cost.mem_kib <= CEILING.mem_kib):
        raise Refused("cost")
    salt = slot[6:22]
    kek = Key(_key_of_words(read_words(words), salt, cost))
    return Secrets.from_raw(kek.unseal(slot[22:], slot_context(account, cost.ops, cost.mem_kib, salt)))


# -------------------------------------------------------------------------------------------------------- certificates
def _certificate_context(account: bytes, bundle: Bundle) -> bytes:
    return ctx("cert", account, bundle.digest)


def certify(officer: Secrets, account: bytes, bundle: Bundle) -> bytes:
    """An officer's signature: these public keys are that account's."""
    return officer.sign(_certificate_context(account, bundle))


def certified(signature: bytes, account: bytes, bundle: Bundle, officers: Iterable[bytes]) -> bool:
    """Whether one of the listed officers signed. There are no chains of certificates."""
    message = _certificate_context(account, bundle)
    return any(signed_by(officer, signature, message) for officer in officers)
