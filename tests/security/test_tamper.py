"""A changed byte is refused: everything that is sealed, every way of changing it, and never half an answer.

A slot names its own cost, so a changed slot could make Argon2 run with any cost that is permitted. Here something quick
stands in for it, and keeps what it was asked for.
"""

from hashlib import sha256

import numpy as np
import pytest
from sealed_things import (
    ACCOUNT,
    DEK,
    HOST,
    OTHER_WORDS,
    READERS,
    RECORD,
    RECOVERY,
    TODAY,
    Thing,
    fixed,
    opened,
    opened_slot,
    refusal,
    row,
    slot,
    things,
)
from two_keys import opens_under_two_keys

from waystation.vault import envelope, grants, keys
from waystation.vault.host import epoch_of
from waystation.vault.refused import Refused

pytestmark = pytest.mark.promise("P04")
NAMES = ["payload", "grant by a person", "grant by the server", "grant to oneself", "grant to recovery",
         "grant in its host layer", "slot", "label", "factors", "invite", "pins", "session", "body of the record",
         "key of a file", "file"]
SMALL = 4096


@pytest.fixture(autouse=True)
def runs(monkeypatch) -> list[tuple[int, int]]:
    """(ops, bytes of memory) of each run of what stands in for Argon2."""
    asked: list[tuple[int, int]] = []

    def quick(size, words, salt, ops, memory, _algorithm):
        asked.append((ops, memory))
        return sha256(b"|".join([words, salt, b"%d %d" % (ops, memory)])).digest()[:size]

    monkeypatch.setattr(keys, "crypto_pwhash_alg", quick)
    return asked


@pytest.fixture
def sealed() -> dict[str, Thing]:
    made = things()
    assert [thing.name for thing in made] == NAMES
    return {thing.name: thing for thing in made}


def refused(thing: Thing, changed: bytes) -> str:
    assert changed != thing.sealed
    return refusal(lambda: thing.open(changed))


def flipped(sealed: bytes, at: int, bit: int) -> bytes:
    return sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1:]


def test_what_is_unchanged_opens(sealed):
    assert {thing.name: thing.open(thing.sealed) == thing.meant for thing in sealed.values()} == dict.fromkeys(NAMES, True)


@pytest.mark.parametrize("name", NAMES)
def test_a_flipped_bit(sealed, runs, name):
    thing, chance = sealed[name], np.random.default_rng(5)
    places = {*range(min(64, len(thing.sealed))), len(thing.sealed) - 1, *chance.integers(0, len(thing.sealed), 40).tolist()}
    for at in sorted(places):
        refused(thing, flipped(thing.sealed, at, int(chance.integers(0, 8))))
    assert all(1 <= ops <= 10 and memory <= 1 << 30 for ops, memory in runs)


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_every_flipped_bit(sealed, runs, name):
    thing, chance = sealed[name], np.random.default_rng(6)
    count = 0
    for at in range(len(thing.sealed)):
        for bit in range(8) if len(thing.sealed) < SMALL else [int(chance.integers(0, 8))]:
            refused(thing, flipped(thing.sealed, at, bit))
            count += 1
    assert count >= len(thing.sealed)
    assert all(1 <= ops <= 10 and memory <= 1 << 30 for ops, memory in runs)


@pytest.mark.parametrize("name", NAMES)
def test_other_lengths(sealed, name):
    thing = sealed[name]
    cuts = {0, 1, 2, 4, 5, 30, len(thing.sealed) // 2, len(thing.sealed) - 1}
    assert all(refused(thing, thing.sealed[:cut]) for cut in cuts)
    assert refused(thing, thing.sealed + b"\0") and refused(thing, thing.sealed * 2)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("version", [0x00, 0x02, 0xFF])
def test_an_unknown_version(sealed, name, version):
    kind = refused(sealed[name], bytes([version]) + sealed[name].sealed[1:])
    assert kind == ("header" if name == "file" else "version")


def test_which_check_refuses():
    at = envelope.payload_context(bytes(16), 1, 1)
    made = envelope.seal(DEK, b"x", at)
    for changed, kind in zip((made[:72], b"\x02" + made[1:], flipped(made, 3, 0), flipped(made, 30, 0), flipped(made, 57, 0),
                    flipped(made, len(made) - 1, 0)),
                             ("length", "version", "commitment", "commitment", "tag", "tag"), strict=True):
        assert refusal(lambda sealed=changed: envelope.unseal(DEK, sealed, at)) == kind


# ---------------------------------------------------------------------------------------------------------- commitment
def test_a_ciphertext_made_for_two_keys_opens_under_one():
    here = envelope.pins_context(ACCOUNT)
    one, two = fixed("one"), fixed("two")
    crafted, raw = opens_under_two_keys(one, two, here)
    assert raw(one) != raw(two)  # both open without the commitment: the cipher alone does not tell
    assert envelope.unseal(one, crafted, here) == raw(one)
    with pytest.raises(Refused, match="commitment"):
        envelope.unseal(two, crafted, here)


def test_the_cipher_is_not_asked_while_the_commitment_differs(monkeypatch):
    asked = []
    made = envelope.seal(DEK, b"x", b"place")
    monkeypatch.setattr(envelope, "crypto_aead_xchacha20poly1305_ietf_decrypt", lambda *given: asked.append(given) or b"")
    with pytest.raises(Refused):
        envelope.unseal(fixed("another"), made, b"place")
    assert asked == []
    envelope.unseal(DEK, made, b"place")
    assert len(asked) == 1


# ---------------------------------------------------------------------------------------------------- cost and padding
@pytest.mark.parametrize(("ops", "mem_kib"), [(0, 65536), (2, 131072), (3, 65535), (3, 8192), (11, 131072), (255, 131072),
                                              (3, 1048577), (3, 8 << 20), (3, 0xFFFFFFFF)])
def test_a_slot_whose_cost_is_not_permitted_is_not_computed(runs, ops, mem_kib):
    made = slot()
    runs.clear()
    with pytest.raises(Refused, match="cost"):
        keys.open_slot(made[:1] + bytes([ops]) + mem_kib.to_bytes(4, "big") + made[6:], OTHER_WORDS, account=ACCOUNT)
    assert runs == []


@pytest.mark.parametrize("cost", [keys.FLOOR, keys.PRODUCTION, keys.CEILING])
def test_permitted_costs_open_without_a_setting_for_tests(runs, cost):
    made = keys.seal_slot(READERS, OTHER_WORDS, account=ACCOUNT, cost=cost)
    assert keys.open_slot(made, OTHER_WORDS, account=ACCOUNT).raw() == READERS.raw()
    assert runs == 2 * [(cost.ops, cost.mem_kib * 1024)]


def test_other_words_open_nothing(runs):
    made = slot()
    with pytest.raises(Refused, match="commitment"):
        opened_slot(made, OTHER_WORDS)
    runs.clear()
    for words in ("", OTHER_WORDS + " acid", OTHER_WORDS.rpartition(" ")[0], OTHER_WORDS.replace("acid", "acids")):
        with pytest.raises(Refused, match="words"):
            opened_slot(made, words)
    assert runs == []  # what cannot be a passphrase costs nothing


@pytest.mark.parametrize(("padded", "kind"), [
    (b"", "length"),
    (b"\0\0\0\x02{}" + bytes(1017), "length"),
    (b"\0\0\x04\0" + bytes(1020), "length"),
    (b"\0\0\0\x02{}" + bytes(1017) + b"\x01", "padding"),
    (b"\0\0\0\x02{}" + bytes(2042), "padding"),
    (b"\0\0\0\x02{]" + bytes(1018), "payload"),
    (b"\0\0\0\x02{}" + bytes(1018), "payload"),
    (b"\0\0\0\x02[]" + bytes(1018), "payload"),
    (envelope.pad('{"v":1,"type":"a","id":"b"}'.encode("utf-16-le"), 1024), "payload"),
    (envelope.pad(b"[" * 300_000, 293 * 1024), "payload"),
    (envelope.pad(b'"' + b"x" * (1 << 20) + b'"', (1 << 20) + 1024), "length"),
    (bytes((1 << 20) + 2048), "length"),
])
def test_what_is_no_payload(padded, kind):
    assert refusal(lambda: envelope.unpack(padded)) == kind


@pytest.mark.parametrize("payload", [{}, {"v": 1, "type": "a"}, RECORD | {"a": float("nan")}, RECORD | {"a": b"bytes"},
                                     RECORD | {"a": "x" * (1 << 20)}, RECORD | {"a": "\ud800"}])
def test_what_cannot_be_a_payload_is_not_sealed(payload):
    with pytest.raises(ValueError):
        envelope.pack(payload)


def test_payloads_of_one_step_have_one_size():
    sizes = {len(envelope.pack(RECORD | {"text": "x" * n})) for n in range(900)}
    assert sizes == {1024}
    assert len(envelope.pack(RECORD | {"text": "x" * 1000})) == 2048


def test_a_short_label_is_told_from_a_changed_one():
    assert envelope.unpad(envelope.pad(b"", 512), 512) == b""
    with pytest.raises(ValueError, match="do not fit"):
        envelope.pad(bytes(509), 512)
    for padded, kind in ((envelope.pad(b"a", 512)[:-1], "length"), (b"\0\0\x01\xfd" + bytes(508), "length"),
                         (envelope.pad(b"a", 512)[:-1] + b"a", "padding")):
        with pytest.raises(Refused, match=kind):
            envelope.unpad(padded, 512)


# ---------------------------------------------------------------------------------------------------------- host layer
def test_an_epoch_that_is_gone():
    made = HOST.seal(b"inner", "slot", ACCOUNT)
    assert HOST.unseal(made, "slot", ACCOUNT) == b"inner"
    later = HOST.next(TODAY).next(TODAY)
    assert later.epochs == (6, 7)
    with pytest.raises(Refused, match="epoch"):
        later.unseal(made, "slot", ACCOUNT)
    with pytest.raises(ValueError, match="no"):
        HOST.seal(b"inner", "pins", ACCOUNT)


def test_keys_are_not_shown():
    shown = repr([READERS, RECOVERY, HOST, envelope.Key(DEK), grants.open_grant(things()[3].sealed, READERS, **row(), signer=bytes)])
    secret = [READERS.raw(), RECOVERY.secret, DEK, fixed("host 4"), fixed("host 5")]
    assert not [one for one in secret if one.hex()[:8] in shown or repr(one)[2:12] in shown]
    assert "Secrets()" in shown and "epochs=(4, 5)" in shown


def test_what_was_opened_with_another_key():
    with pytest.raises(Refused, match="commitment"):
        opened(things()[3].sealed, keys.Secrets.new())
    with pytest.raises(Refused, match="grant"):
        opened(things()[1].sealed, keys.Secrets.new())


def test_the_epoch_of_a_stump():
    assert epoch_of(HOST.seal(b"inner", "slot", ACCOUNT)) == 5
    for stump in (b"", b"\x01", b"\x01\0\0\0"):
        with pytest.raises(Refused, match="length"):
            epoch_of(stump)


def test_a_cut_slot_costs_nothing(runs):
    made = slot()
    runs.clear()
    for odd in (made[:-1], made + b"\0", b""):
        with pytest.raises(Refused, match="length"):
            opened_slot(odd)
    assert runs == []
