"""What is moved to another place is refused, also within one key; and no key is believed that nobody vouched for."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sealed_things import (
    ACCOUNT,
    COOKIE,
    DEK,
    FILE,
    GRANTER,
    GRANTERS,
    HOST,
    KIND,
    PREVIOUS,
    READER,
    READERS,
    RECOVERY,
    STRANGERS,
    VAULT,
    VERSION,
    WORDS,
    fixed,
    opened,
    opened_by_recovery,
    own,
    person,
    row,
    sealed_file,
    server,
    signer,
    to_recovery,
)

from waystation.contexts import ctx, u8, u32, u64
from waystation.vault import envelope, grants, keys, stream
from waystation.vault.recovery import RECOVERY_PRINCIPAL
from waystation.vault.refused import Refused

pytestmark = pytest.mark.promise("P03", "P04")
ELSEWHERE = fixed("elsewhere", 16)


# ------------------------------------------------------------------------------------------- one key, another context
HERE_AND_ELSEWHERE = {
    "payload, vault": [envelope.payload_context(v, KIND, VERSION) for v in (VAULT, ELSEWHERE)],
    "payload, kind": [envelope.payload_context(VAULT, kind, VERSION) for kind in (1, 2)],
    "payload, version": [envelope.payload_context(VAULT, KIND, version) for version in (3, 4)],
    "grant, vault": [envelope.grant_context(v, KIND, VERSION, READER) for v in (VAULT, ELSEWHERE)],
    "grant, kind": [envelope.grant_context(VAULT, kind, VERSION, READER) for kind in (1, 2)],
    "grant, version": [envelope.grant_context(VAULT, KIND, version, READER) for version in (3, 4)],
    "grant, person": [envelope.grant_context(VAULT, KIND, VERSION, p) for p in (READER, ELSEWHERE)],
    "file, vault": [envelope.file_context(v, VERSION, FILE) for v in (VAULT, ELSEWHERE)],
    "file, version": [envelope.file_context(VAULT, version, FILE) for version in (3, 4)],
    "file, another of one vault": [envelope.file_context(VAULT, VERSION, f) for f in (FILE, ELSEWHERE)],
    "slot, account": [envelope.slot_context(a, 3, 65536, PREVIOUS[:16]) for a in (ACCOUNT, ELSEWHERE)],
    "slot, passes": [envelope.slot_context(ACCOUNT, ops, 65536, PREVIOUS[:16]) for ops in (3, 4)],
    "slot, memory": [envelope.slot_context(ACCOUNT, 3, kib, PREVIOUS[:16]) for kib in (65536, 65537)],
    "slot, salt": [envelope.slot_context(ACCOUNT, 3, 65536, salt) for salt in (PREVIOUS[:16], PREVIOUS[16:])],
    "pins, account": [envelope.pins_context(a) for a in (ACCOUNT, ELSEWHERE)],
    "session, account": [envelope.session_context(a, 9, COOKIE) for a in (ACCOUNT, ELSEWHERE)],
    "session, time": [envelope.session_context(ACCOUNT, created, COOKIE) for created in (9, 10)],
    "session, id": [envelope.session_context(ACCOUNT, 9, sid) for sid in (COOKIE, PREVIOUS)],
    "record, place": [envelope.audit_body_context(seq, 9, VAULT, PREVIOUS) for seq in (7, 8)],
    "record, hour": [envelope.audit_body_context(7, hour, VAULT, PREVIOUS) for hour in (9, 10)],
    "record, key": [envelope.audit_body_context(7, 9, key, PREVIOUS) for key in (VAULT, ELSEWHERE)],
    "record, what came before": [envelope.audit_body_context(7, 9, VAULT, before) for before in (PREVIOUS, COOKIE)],
    "witness, place": [envelope.witness_context(seq, PREVIOUS) for seq in (7, 8)],
    "witness, entry": [envelope.witness_context(7, entry) for entry in (PREVIOUS, COOKIE)],
    "approval, vault": [envelope.approval_context(v, PREVIOUS) for v in (VAULT, ELSEWHERE)],
    "approval, content": [envelope.approval_context(VAULT, manifest) for manifest in (PREVIOUS, COOKIE)],
}


@pytest.mark.parametrize("what", HERE_AND_ELSEWHERE)
def test_within_one_key(what):
    here, elsewhere = HERE_AND_ELSEWHERE[what]
    moved = envelope.seal(DEK, b"river", here)
    assert envelope.unseal(DEK, moved, here) == b"river"
    with pytest.raises(Refused, match="commitment"):
        envelope.unseal(DEK, moved, elsewhere)


def test_no_two_uses_share_a_context():
    labels = [context[0][4:4 + context[0][3]] for context in HERE_AND_ELSEWHERE.values()]
    assert {label.decode() for label in labels} == {"payload", "grant", "file", "slot", "pins", "session", "audit", "witness", "approve"}


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_other_parts_give_other_bytes(one, two):
    assert (ctx(*one) == ctx(*two)) == (one == two)


@given(st.lists(st.binary(min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_where_a_part_ends_is_bound(parts, data):
    whole = b"".join(parts)
    cut = data.draw(st.integers(0, len(whole)))
    other = [whole[:cut], whole[cut:]]
    assert (ctx(*parts) == ctx(*other)) == (parts == other)


@pytest.mark.parametrize("size", [0, 63, 64, 255, 256, 1 << 16])
def test_long_parts_too(size):
    assert ctx(bytes(size), "x") == size.to_bytes(4, "big") + bytes(size) + b"\0\0\0\x01x"


@pytest.mark.parametrize(("number", "most"), [(u8, 1 << 8), (u32, 1 << 32), (u64, 1 << 64)])
def test_numbers_that_do_not_fit(number, most):
    assert int.from_bytes(number(most - 1), "big") == most - 1
    for wrong in (-1, most):
        with pytest.raises(ValueError, match="does not fit"):
            number(wrong)


# ---------------------------------------------------------------------------------------------- host layer, slot, files
@pytest.mark.parametrize(("purpose", "rows"), [
    ("slot", (ELSEWHERE,)), ("label", (ACCOUNT,)), ("factors", (ACCOUNT,)), ("slot", ()), ("slot", (ACCOUNT, ACCOUNT)),
])
def test_the_host_layer_is_bound_to_its_row_and_purpose(purpose, rows):
    moved = HOST.seal(b"inner", "slot", ACCOUNT)
    assert HOST.unseal(moved, "slot", ACCOUNT) == b"inner"
    with pytest.raises(Refused, match="commitment"):
        HOST.unseal(moved, purpose, *rows)


def test_another_epoch_is_another_key():
    moved = HOST.seal(b"inner", "slot", ACCOUNT)
    with pytest.raises(Refused, match="commitment"):
        HOST.unseal(b"\x01\0\0\0\x04" + moved[5:], "slot", ACCOUNT)


def test_a_slot_of_another_account():
    made = keys.seal_slot(READERS, WORDS, account=ELSEWHERE, cost=keys.TESTING)
    assert keys.open_slot(made, WORDS, account=ELSEWHERE, floor=keys.TESTING) == READERS
    with pytest.raises(Refused, match="commitment"):
        keys.open_slot(made, WORDS, account=ACCOUNT, floor=keys.TESTING)


@pytest.mark.parametrize(("changed", "kind"), [({"vault": ELSEWHERE}, "chunk"), ({"file": ELSEWHERE}, "header"),
                                               ({"key": COOKIE}, "chunk")])
def test_a_file_of_another_place(changed, kind):
    asked = {"key": DEK, "vault": VAULT, "file": FILE} | changed
    with pytest.raises(Refused, match=kind):
        stream.Opener(asked.pop("key"), io.BytesIO(sealed_file(b"river")), **asked)


# -------------------------------------------------------------------------------------------------------------- grants
@pytest.mark.parametrize("form", [person, own])
@pytest.mark.parametrize("changed", [{"principal": ELSEWHERE}, {"vault": ELSEWHERE}, {"kind": 2}, {"version": 2}, {"version": 4}])
def test_a_grant_of_another_row(form, changed):
    assert opened(form()) == DEK
    with pytest.raises(Refused, match=r"grant|commitment"):
        opened(form(), **changed)


def test_who_granted_is_told():
    got = grants.open_grant(person(), READERS, **row(), signer=signer)
    assert (got.form, got.granter, got.dek) == ("P", GRANTER, DEK)
    assert [grants.open_grant(wrap, READERS, **row(kind=kind), signer=signer).granter for wrap, kind in ((own(), 1), (server(), 0x11))] == [None, None]


def test_sizes_are_those_of_the_format():
    assert [len(made()) for made in (person, server, own)] == [1250, 1170, 107]
    assert [len(HOST.seal(made(), "grant", VAULT, u32(VERSION), READER)) for made in (person, server, own)] == [1328, 1248, 185]


@pytest.mark.parametrize("kind", [0x00, 0x01, 0x0F, 0x12, 0xFF])
def test_the_server_gives_no_key_of_a_person(kind):
    with pytest.raises(ValueError, match="server"):
        grants.grant_server(READERS.bundle, **row(kind=kind), dek=DEK)
    forged = b"\x01D" + READERS.bundle.encrypt(DEK, envelope.grant_context(VAULT, kind, VERSION, READER))
    with pytest.raises(Refused, match="form"):
        opened(forged, kind=kind)


def test_what_is_no_form():
    for wrap in (b"\x01", b"\x01X" + bytes(1248), b"\x01p" + person()[2:]):
        with pytest.raises(Refused, match="form"):
            opened(wrap)
    with pytest.raises(Refused, match="length"):
        opened(b"\x01S" + person()[2:])


def _forged(signing: keys.Secrets, granter: bytes = GRANTER, *, reader: keys.Bundle = READERS.bundle, **changed: object) -> bytes:
    """A grant whose signature is by `signing`, in the name of `granter`, over what `changed` says; sealed to the reader."""
    messages = []
    grants.grant_signed(lambda message: messages.append(message) or bytes(64), granter, reader, **row() | {"dek": DEK} | changed)
    inner = DEK + granter + signing.sign(messages[0])
    return b"\x01P" + READERS.bundle.encrypt(inner, envelope.grant_context(VAULT, KIND, VERSION, READER))


def test_the_forger_of_this_test_can_write_what_is_right():
    assert opened(_forged(GRANTERS)) == DEK


@pytest.mark.parametrize("wrong", [
    {"signing": STRANGERS}, {"signing": READERS}, {"signing": GRANTERS, "reader": STRANGERS.bundle},
    {"signing": GRANTERS, "vault": ELSEWHERE}, {"signing": GRANTERS, "kind": 2}, {"signing": GRANTERS, "version": 2},
    {"signing": GRANTERS, "principal": ELSEWHERE}, {"signing": GRANTERS, "dek": COOKIE},
    {"signing": GRANTERS, "granter": RECOVERY_PRINCIPAL},
], ids=str)
def test_a_key_that_nobody_gave(wrong):
    with pytest.raises(Refused, match="grant"):
        opened(_forged(**wrong))


def test_a_granter_nobody_vouched_for():
    with pytest.raises(Refused, match="certificate"):
        opened(_forged(STRANGERS, ELSEWHERE))


def test_recovery_opens_what_was_given_to_it_and_gives_on():
    assert opened_by_recovery(to_recovery()) == DEK
    given = grants.grant_signed(RECOVERY.sign, RECOVERY_PRINCIPAL, READERS.bundle, **row(), dek=DEK)
    assert opened(given) == DEK
    for wrap, kind in ((to_recovery(READER), "grant"), (person(), "grant"), (own(), "form")):
        with pytest.raises(Refused, match=kind):
            opened_by_recovery(wrap)


# -------------------------------------------------------------------------------------------------------- certificates
def test_a_certificate_is_of_one_officer_one_account_and_one_bundle():
    officer, bundle = GRANTERS, READERS.bundle
    made, listed = keys.certify(officer, ACCOUNT, bundle), [STRANGERS.bundle.signing_key, officer.bundle.signing_key]
    assert keys.certified(made, ACCOUNT, bundle, listed)
    assert not keys.certified(made, ELSEWHERE, bundle, listed)
    assert not keys.certified(made, ACCOUNT, STRANGERS.bundle, listed)
    assert not keys.certified(made, ACCOUNT, bundle, listed[:1])
    assert not keys.certified(made, ACCOUNT, bundle, [])
    assert not any(keys.certified(odd, ACCOUNT, bundle, listed) for odd in (b"", made[:-1], made + b"\0", bytes(64)))


def test_a_bundle_is_whole_and_its_words_are_its_own():
    raw = READERS.bundle.raw
    for size in (0, 1215, 1217, 1247, 1249):
        with pytest.raises(Refused, match="length"):
            keys.Bundle((raw + b"\0")[:size])
    with pytest.raises(Refused, match="length"):
        keys.Secrets.from_raw(READERS.raw()[:-1])
    with pytest.raises(Refused, match="signing key"):
        _ = RECOVERY.bundle.signing_key
    with pytest.raises(Refused, match="bundle"):
        keys.Bundle(bytes(1248)).encrypt(DEK, b"")
    changed = [keys.Bundle(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]) for at in (0, 1183, 1184, 1247)]
    assert len({READERS.bundle.words, *(bundle.words for bundle in changed)}) == 5
    assert keys.read_words(READERS.bundle.words) == READERS.bundle.words
