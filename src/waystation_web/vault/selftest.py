"""Whether the cryptography of this installation answers as it must, before anybody's record is touched by it.

Known answers, not round trips alone: a library that was exchanged could agree with itself and still be another cipher.
A few milliseconds, without the slow derivation.
"""

from __future__ import annotations

from hashlib import sha256

from waystation.contexts import ctx
from waystation.vault.envelope import Key
from waystation.vault.grants import grant_server, open_grant
from waystation.vault.keys import Secrets, signed_by
from waystation.vault.refused import Refused

KNOWN = {
    "seal": "e1685291c94fff735655efced943d5d32c1643112942991bebdbd9543cd612a6",
    "public keys": "f3657e36cf972eb04a06664203a79a0d55306f53059ad983c58ba61b261c6d69",
    "signature": "94797fd2c1272317a5df3452a6497cf54f08fdb331baae112c7bee17497345b5",
}
INBOX = 0x10


class Unsound(Exception):
    """A cipher gave another answer than it must; the message names it. Nothing may be served."""


def answers() -> dict[str, str]:
    """What the ciphers say here: digests by name, over fixed input."""
    person = Secrets.from_raw(bytes(range(160)))
    sealed = Key(bytes(range(32))).seal(b"waystation", ctx("selftest"), nonce=bytes(range(24)))
    found = {"seal": sealed, "public keys": person.bundle.raw, "signature": person.sign(b"waystation")}
    return {name: sha256(value).hexdigest() for name, value in found.items()}


def answers_as_it_must() -> None:
    """Compare with the known answers, and see that what was changed is refused. Raises `Unsound`."""
    said = answers()
    wrong = [name for name, known in KNOWN.items() if said[name] != known] + _accepted()
    if wrong:
        raise Unsound(f"The cryptography of this machine answers wrongly ({', '.join(wrong)}). Nothing is served. "
                      "Install the locked packages anew; if it stays so, do not trust this machine.")


def _accepted() -> list[str]:
    """Names of what opened although it must not, or did not open although it must."""
    wrong, key, person = [], Key(bytes(range(32))), Secrets.from_raw(bytes(range(160)))
    sealed = key.seal(b"waystation", ctx("selftest"))
    if key.unseal(sealed, ctx("selftest")) != b"waystation":
        wrong.append("opening")
    for name, changed, context in (("tag", sealed[:-1] + bytes([sealed[-1] ^ 1]), ctx("selftest")),
                                   ("context", sealed, ctx("another"))):
        try:
            key.unseal(changed, context)
        except Refused:
            continue
        wrong.append(name)
    row = {"principal": bytes(16), "vault": bytes(16), "kind": INBOX, "version": 1}
    wrap = grant_server(person.bundle, **row, dek=bytes(range(32)))
    if open_grant(wrap, person, **row, signer=lambda _: b"").dek != bytes(range(32)):
        wrong.append("wrap")
    if signed_by(person.bundle.signing_key, person.sign(b"one"), b"two"):
        wrong.append("signature of something else")
    return wrong
