"""Something small between two pages of one person: it travels in the form, sealed under the person's own key.

The server keeps nothing, and what comes back late, from another page or from another person does not open.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from waystation.contexts import ctx
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .answers import Ended

SECONDS = 10 * 60


def seal(actor: Actor, purpose: str, content: bytes) -> str:
    """A text for a hidden field."""
    made = int(clock.now().timestamp()).to_bytes(8, "big")
    return urlsafe_b64encode(actor.secrets.seal(made + content, ctx("pending", purpose, actor.id))).decode("ascii")


def read(actor: Actor, purpose: str, text: str) -> bytes:
    """What was sealed for this page. Raises `Ended` if it is too old or not of this page."""
    try:
        plain = actor.secrets.unseal(urlsafe_b64decode(text.encode()), ctx("pending", purpose, actor.id))
    except (ValueError, Refused):
        raise Ended from None
    if not 0 <= clock.now().timestamp() - int.from_bytes(plain[:8], "big") <= SECONDS:
        raise Ended
    return plain[8:]
