"""One-time codes on paper or by voice: 128 bits as 26 letters and digits, in groups; only their digest is kept."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from hashlib import sha256

LENGTH = 26


def new_code() -> str:
    """A code in groups of four to six, as it is shown once."""
    text = b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=")
    return "-".join(text[start:start + 5] for start in range(0, LENGTH, 5))


def digest(code: str) -> bytes:
    """SHA-256 of a code as somebody typed it: hyphens, spaces and case do not matter."""
    return sha256("".join(code.split()).replace("-", "").upper().encode()).digest()


def fits(code: str, kept: bytes) -> bool:
    """Whether a typed code is the one whose digest was kept."""
    return hmac.compare_digest(digest(code), kept)
