"""What an app needs of the core's signatures over packages and stamps of time: the only way to them from a page."""

from __future__ import annotations

import os

from waystation.vault.signing import NotASigner, Signer, accepted, ends, fingerprint, new_key, request_of, signature
from waystation.vault.stamping import NotStamped, Stamp, request_for, root_fingerprint, stamped

__all__ = ["NotASigner", "NotStamped", "Signer", "Stamp", "accepted", "chance", "ends", "fingerprint", "new_key",
           "request_for", "request_of", "root_fingerprint", "signature", "stamped"]


def chance(count: int) -> bytes:
    """Random bytes, for salts and for lines that stand for nothing."""
    return os.urandom(count)
