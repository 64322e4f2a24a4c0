"""The key that is not in the database: its file, its epochs, and what it never says."""

from datetime import date

import pytest
from sealed_things import ACCOUNT, fixed, refusal

from waystation.vault import envelope, keys
from waystation.vault.host import HostKeys, epoch_of
from waystation.vault.recovery import Recovery

pytestmark = pytest.mark.promise("P04")
SECRET = fixed("host").hex()
DAY = date(2026, 1, 1)


def file(*lines: str, title: str = "WAYSTATION-HOST-KEY-1") -> str:
    return "\n".join([title, *lines, ""])


GOOD = f"epoch 3 {SECRET} 2026-01-01"


@pytest.mark.parametrize(("text", "words"), [
    ("", "line 1"),
    (file(GOOD, title="WAYSTATION-ALARM-KEY-1"), "line 1: a host key file begins with"),
    (file(), "0 epochs"),
    (file(GOOD[:-1]), "line 2: not 'epoch"),
    (file(GOOD, f"epoch 4 {SECRET[:-1]} 2026-01-01"), "line 3: not 'epoch"),
    (file(GOOD, f"epoch 4 {SECRET.upper()} 2026-01-01"), "line 3: not 'epoch"),
    (file(f"epoch 3 {SECRET} 2026-02-30"), "line 2: 2026-02-30 is no day"),
    (file(GOOD, GOOD), "2 epochs: a host key file holds one or two, each once"),
    (file(*(f"epoch {n} {SECRET} 2026-01-01" for n in (1, 2, 3))), "3 epochs"),
    (file(f"epoch 9999999999 {SECRET} 2026-01-01"), "line 2"),
])
def test_a_file_that_is_none_is_named_by_its_line_and_says_no_key(text, words):
    with pytest.raises(ValueError) as caught:
        HostKeys.parse(text)
    assert words in str(caught.value)
    assert SECRET[:12] not in str(caught.value).lower()


def test_a_file_is_read_and_written_alike():
    text = file(GOOD, f"epoch 4 {fixed('next').hex()} 2026-01-15")
    assert HostKeys.parse(text).text() == text
    assert (HostKeys.parse(text).epochs, HostKeys.parse(text).current) == ((3, 4), 4)


def test_a_new_epoch_keeps_one_old_one():
    first = HostKeys.new(DAY)
    sealed = first.seal(b"inner", "slot", ACCOUNT)
    second = first.next(DAY)
    third = second.next(DAY)
    assert (first.epochs, second.epochs, third.epochs) == ((1,), (1, 2), (2, 3))
    assert epoch_of(sealed) == 1
    assert epoch_of(second.seal(b"inner", "slot", ACCOUNT)) == 2
    assert second.unseal(sealed, "slot", ACCOUNT) == b"inner"
    assert refusal(lambda: third.unseal(sealed, "slot", ACCOUNT)) == "epoch"


def test_two_installations_share_nothing():
    sealed = HostKeys.new(DAY).seal(b"inner", "slot", ACCOUNT)
    assert refusal(lambda: HostKeys.new(DAY).unseal(sealed, "slot", ACCOUNT)) == "commitment"


def test_a_purpose_that_nobody_planned_is_a_mistake_of_ours():
    host = HostKeys.new(DAY)
    with pytest.raises(ValueError, match="'payload' has a host layer"):
        host.seal(b"inner", "payload", ACCOUNT)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_has_32_bytes(length):
    with pytest.raises(ValueError, match="32 bytes"):
        envelope.Key(bytes(length))


@pytest.mark.parametrize(("secret", "shown"), [
    (HostKeys.parse(file(GOOD)), "HostKeys(epochs=(3,))"),
    (envelope.Key(bytes.fromhex(SECRET)), "Key(...)"),
    (keys.Secrets.from_raw(bytes.fromhex(SECRET) * 5), "Secrets()"),
    (Recovery(bytes.fromhex(SECRET)), "Recovery()"),
], ids=["host", "key", "person", "recovery"])
def test_nothing_secret_is_shown(secret, shown):
    assert repr(secret) == str(secret) == f"{secret}" == shown
