"""Second factors: six digits that change every thirty seconds (TOTP, RFC 6238). Passkeys have their own room.

Digits are accepted one step early or late, and each step once: a code seen over a shoulder is used up.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from dataclasses import replace

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from waystation_web.gateways import clock
from waystation_web.vault.labels import Factors

STEP_SECONDS, DIGITS = 30, 6
DUMMY = bytes(20)  # computed against where there is no account or no secret, so that the work is the same


def new_secret() -> bytes:
    """A TOTP secret, 20 bytes."""
    return secrets.token_bytes(20)


def shown(secret: bytes) -> str:
    """A secret as it is typed into an app: groups of four."""
    text = b32encode(secret).decode("ascii")
    return " ".join(text[start:start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, handle: str) -> str:
    """The `otpauth:` address that an app on the same device opens. It names no organisation."""
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS).get_provisioning_uri(handle, "W")  # noqa: S303  (RFC 6238)


def now_step() -> int:
    """The present thirty-second step."""
    return int(clock.now().timestamp()) // STEP_SECONDS


def code(secret: bytes, step: int) -> str:
    """The digits of a step."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode("ascii")  # noqa: S303  (what the apps know)


def accepted_step(factors: Factors, typed: str) -> int | None:
    """The step whose digits were typed, if it is near and not used yet. All three are compared, whatever was typed."""
    secret = factors.totp or DUMMY
    typed = "".join(typed.split())
    fitting = [step for step in range(now_step() - 1, now_step() + 2)
               if hmac.compare_digest(code(secret, step).encode(), typed.encode())]
    fresh = [step for step in fitting if step > factors.last_step]
    return fresh[0] if factors.totp and fresh else None


def use_step(factors: Factors, step: int) -> Factors:
    """The same factors with a step used up."""
    return replace(factors, last_step=step)


def with_totp(factors: Factors, secret: bytes, typed: str) -> Factors | None:
    """The factors with a new secret, if the digits typed prove that an app has it."""
    fresh = replace(factors, totp=secret, last_step=0)
    step = accepted_step(fresh, typed)
    return None if step is None else use_step(fresh, step)
