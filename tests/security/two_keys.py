"""A ciphertext that XChaCha20-Poly1305 opens under two keys: what Poly1305 permits, and what a commitment is for.

Poly1305 is a polynomial over the ciphertext's blocks. With two blocks free, two keys give two linear equations for one
tag; the tag is tried until both blocks fit 16 bytes. (Len, Grubbs, Ristenpart: Partitioning Oracle Attacks, 2021.)
"""

import struct
from collections.abc import Callable
from hashlib import blake2b, sha256

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt

P = (1 << 130) - 5
HIGH = 1 << 128
NONCE = bytes(range(24))


def hchacha20(key: bytes, nonce: bytes) -> bytes:
    """The sub-key of XChaCha20 (draft-irtf-cfrg-xchacha, 2.2)."""
    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))

    def turn(a: int, b: int, c: int, d: int) -> None:
        for x, y, z, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xFFFFFFFF
            mixed = state[z] ^ state[x]
            state[z] = (mixed << by | mixed >> (32 - by)) & 0xFFFFFFFF

    for _ in range(10):
        for column in range(4):
            turn(column, 4 + column, 8 + column, 12 + column)
        for place in range(4):
            turn(place, 4 + (place + 1) % 4, 8 + (place + 2) % 4, 12 + (place + 3) % 4)
    return struct.pack("<8I", *state[:4], *state[12:])


def _poly_key(key: bytes) -> tuple[int, int]:
    stream = Cipher(ChaCha20(hchacha20(key, NONCE[:16]), bytes(8) + NONCE[16:]), None).encryptor().update(bytes(32))
    r = int.from_bytes(stream[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    return r, int.from_bytes(stream[16:], "little")


def _blocks(text: bytes) -> list[int]:
    padded = text + bytes(-len(text) % 16)
    return [int.from_bytes(padded[at:at + 16], "little") + HIGH for at in range(0, len(padded), 16)]


def _wanted(aad: bytes, key: tuple[int, int], tag: int, carry: int) -> tuple[int, int, int]:
    """x * r^3 + y * r^2 = wanted, for the two free blocks x and y."""
    r, s = key
    before = 0
    for block in _blocks(aad):
        before = (before + block) * r % P
    lengths = int.from_bytes(struct.pack("<QQ", len(aad), 32), "little") + HIGH
    total = (tag - s) % HIGH + carry * HIGH
    return pow(r, 3, P), pow(r, 2, P), (total - before * pow(r, 3, P) - lengths * r) % P


def _two_blocks(aad: bytes, keys: list[tuple[int, int]]) -> bytes:
    for attempt in range(1 << 14):
        tag = int.from_bytes(sha256(b"%d" % attempt).digest()[:16], "little")
        for carries in ((a, b) for a in range(4) for b in range(4)):
            (a, b, c), (d, e, f) = (_wanted(aad, key, tag, carry) for key, carry in zip(keys, carries, strict=True))
            over = pow(a * e - b * d, -1, P)
            x, y = (c * e - b * f) * over % P, (a * f - c * d) * over % P
            possible = all((tag - s) % HIGH + k * HIGH < P for (_, s), k in zip(keys, carries, strict=True))
            if possible and HIGH <= x < 2 * HIGH and HIGH <= y < 2 * HIGH:
                return b"".join(number.to_bytes(16, "little") for number in (x - HIGH, y - HIGH, tag))
    raise AssertionError("no blocks found")


def opens_under_two_keys(one: bytes, two: bytes, context: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    """A seal with the commitment of `one`, and what the cipher alone gives under either key."""
    aad = b"\x01" + context
    sub = {key: blake2b(b"waystation/1/seal", key=key, digest_size=32).digest() for key in (one, two)}
    body = _two_blocks(aad, [_poly_key(sub[key]) for key in (one, two)])
    commit = blake2b(b"waystation/1/commit", key=one, digest_size=32).digest()
    seal = b"\x01" + NONCE + blake2b(NONCE + context, key=commit, digest_size=32).digest() + body
    return seal, lambda key: crypto_aead_xchacha20poly1305_ietf_decrypt(body, aad, NONCE, sub[key])
