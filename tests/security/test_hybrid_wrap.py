"""The library's wrap for a person is what the standards say: opened here by hand, from the primitives alone.

Its hybrid key has no vector in an RFC yet. So the key schedule is held against RFC 9180 (A.2), and the whole against what
the library makes today and what the first release made.
"""

import json

import golden_vault
import pytest
from cryptography.exceptions import InvalidTag
from hpke_by_hand import DHKEM_X25519, hybrid_shared, open_hybrid, schedule
from sealed_things import DEK, READER, READERS, STRANGERS, VAULT, person

from waystation.vault import envelope, keys

pytestmark = pytest.mark.promise("P04", "P20")


def test_the_schedule_is_that_of_rfc_9180():
    shared = bytes.fromhex("0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7")
    key, nonce = schedule(DHKEM_X25519, shared, b"Ode on a Grecian Urn")
    assert key.hex() == "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91"
    assert nonce.hex() == "5c4d98150661b848853b547f"
    assert schedule(DHKEM_X25519, shared, b"Ode on a Grecian urn")[0] != key


def test_a_grant_opens_by_hand():
    at = envelope.grant_context(VAULT, 1, 3, READER)
    wrap = READERS.bundle.encrypt(DEK, at)
    assert open_hybrid(READERS.ml_kem, READERS.x25519, wrap, at) == DEK
    with pytest.raises(InvalidTag):
        open_hybrid(READERS.ml_kem, READERS.x25519, wrap, at + b"x")


def test_both_halves_are_in_the_key():
    wrap = person()[2:1122]
    whole = hybrid_shared(READERS.ml_kem, READERS.x25519, wrap)
    assert whole != hybrid_shared(STRANGERS.ml_kem, READERS.x25519, wrap)
    assert whole != hybrid_shared(READERS.ml_kem, STRANGERS.x25519, wrap)


def test_the_first_release_made_the_same():
    first = json.loads((golden_vault.FOLDER / "first.json").read_text("utf-8"))
    reader, dek = keys.Secrets.from_raw(bytes.fromhex(first["person"])), bytes.fromhex(first["dek"])
    vault, account, granter = (bytes.fromhex(first[name]) for name in ("vault", "account", "granter id"))
    at = envelope.grant_context(vault, golden_vault.KIND, golden_vault.VERSION, account)
    inner = open_hybrid(reader.ml_kem, reader.x25519, bytes.fromhex(first["grant P"])[2:], at)
    assert (inner[:32], inner[32:48], len(inner[48:])) == (dek, granter, 64)
