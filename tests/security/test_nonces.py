"""No nonce is used twice under one key: not by chance, not after a fork, not by files that are written at one time."""

import os
from collections.abc import Callable

import numpy as np
import pytest
from sealed_things import DEK, FILE, VAULT, fixed

from waystation.vault import envelope, keys, stream

pytestmark = pytest.mark.promise("P04")
AT = envelope.payload_context(VAULT, 1, 1)


def nonces(count: int) -> list[bytes]:
    key = envelope.Key(DEK)
    return [envelope.nonce_of(key.seal(b"", AT)) for _ in range(count)]


def in_forks(forks: int, draw: Callable[[], bytes]) -> list[bytes]:
    """What each of some forked copies of this process draws."""
    drawn = []
    for _ in range(forks):
        reading, writing = os.pipe()
        if not (child := os.fork()):
            os.write(writing, draw())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            drawn.append(answer.read())
        assert os.waitpid(child, 0)[1] == 0
    return drawn


def seeded(monkeypatch) -> None:
    """Randomness as it must not be: a generator that a fork copies, with few different values."""
    few = np.random.default_rng(7)
    monkeypatch.setattr(envelope.os, "urandom", lambda size: few.integers(0, 2**16).item().to_bytes(2, "big") + bytes(size - 2))


@pytest.mark.parametrize("count", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_seals_under_one_key_differ(count):
    drawn = nonces(count)
    assert {len(nonce) for nonce in drawn} == {24}
    assert len(set(drawn)) == count


def test_a_seal_of_the_same_text_differs_everywhere_behind_its_version():
    one, other = (envelope.seal(DEK, bytes(1000), AT) for _ in range(2))
    assert one[0] == other[0]
    # Of 1,072 bytes that are drawn anew, about four agree by chance; thirty never do.
    assert sum(a == b for a, b in zip(one[1:], other[1:], strict=True)) < 30


def test_all_24_bytes_vary():
    columns = zip(*nonces(500), strict=True)
    assert min(len(set(column)) for column in columns) > 150


def test_forks_draw_different_nonces():
    drawn = in_forks(4, lambda: b"".join(nonces(50)))
    every = [one[place:place + 24] for one in drawn for place in range(0, len(one), 24)]
    assert len(set(every)) == len(every) == 200


def test_forks_draw_different_keys_ids_and_words():
    for draw in (envelope.new_key, envelope.new_id, lambda: keys.new_passphrase().encode(), lambda: keys.Secrets.new().raw()):
        assert len(set(in_forks(3, draw))) == 3


def test_a_nonce_that_is_used_twice_is_found(monkeypatch):
    seeded(monkeypatch)
    assert len(set(nonces(2000))) < 2000
    assert len(set(in_forks(4, lambda: b"".join(nonces(50))))) == 1


# --------------------------------------------------------------------------------------------------------------- files
class Counted:
    """Notes under which nonce each chunk is sealed."""

    def __init__(self) -> None:
        self.used: list[bytes] = []

    def encrypt(self, nonce: bytes, data: bytes, aad: bytes) -> bytes:
        self.used.append(nonce)
        return bytes(data) + bytes(16)


def counted(sealer: stream.Sealer) -> Counted:
    cipher = Counted()
    sealer._cipher = cipher
    return cipher


@pytest.mark.parametrize("piece", [1 << 12, (1 << 16) - 1, 1 << 16, 5 << 16])
def test_no_two_chunks_of_a_file_share_a_nonce(piece):
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    cipher = counted(sealer)
    content = bytes(10 * stream.CHUNK)
    for start in range(0, len(content), piece):  # as requests and buffers come, of any size
        sealer.update(content[start:start + piece])
    sealer.finish()
    assert [int.from_bytes(nonce[:11], "big") for nonce in cipher.used] == list(range(11))
    assert [nonce[11] for nonce in cipher.used] == [0] * 10 + [1]


def test_files_written_at_one_time_count_apart():
    sealers = [stream.Sealer(fixed(name), vault=VAULT, file=fixed(name, 16)) for name in ("one", "two")]
    ciphers = [counted(sealer) for sealer in sealers]
    for _ in range(3):
        for sealer in sealers:
            sealer.update(bytes(stream.CHUNK))
    for sealer in sealers:
        sealer.finish()
    assert all(len(set(cipher.used)) == len(cipher.used) == 4 for cipher in ciphers)


def test_the_counter_is_wide_enough():
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    cipher, sealer._counter = counted(sealer), (1 << 32) - 1
    sealer.update(bytes(2 * stream.CHUNK))
    sealer.finish()
    assert [nonce.hex() for nonce in cipher.used] == [
        "00000000000000ffffffff00", "000000000000010000000000", "000000000000010000000101"]


def test_a_finished_file_takes_nothing_more():
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    sealer.finish()
    for more in (lambda: sealer.update(b"more"), sealer.finish):
        with pytest.raises(ValueError, match="is finished"):
            more()
    assert sealer._counter == 1
