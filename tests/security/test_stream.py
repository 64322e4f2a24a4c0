"""Sealed files: every size near a boundary, every cut, every order of chunks, every range, and little memory."""

import io
import tracemalloc

import numpy as np
import pytest
from sealed_things import DEK, FILE, VAULT, fixed, opened_file, refusal, sealed_file

from waystation.vault import stream
from waystation.vault.refused import Refused

pytestmark = pytest.mark.promise("P04", "P18")
CHUNK, SEALED, HEADER = stream.CHUNK, stream.SEALED_CHUNK, stream.FILE_HEADER
SIZES = [0, 1, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 5_000_000]
# Each chunk ends like the last one of a file would: only the flag in its nonce tells that it is not.
LIKE_AN_END = (bytes(CHUNK - 1) + b"\x80") * 3 + b"tail"


def content(size: int) -> bytes:
    return np.random.default_rng(8).bytes(size)


def parts(sealed: bytes) -> list[bytes]:
    """The header, then each chunk."""
    return [sealed[:HEADER], *(sealed[at:at + SEALED] for at in range(HEADER, len(sealed), SEALED))]


def opener(sealed: bytes) -> stream.Opener:
    return stream.Opener(DEK, io.BytesIO(sealed), vault=VAULT, file=FILE)


def refused(changed: bytes) -> str:
    return refusal(lambda: opened_file(changed))


@pytest.mark.parametrize("size", SIZES)
def test_there_and_back(size):
    sealed = sealed_file(content(size))
    assert opener(sealed).size == size
    assert opened_file(sealed) == content(size)
    assert len(sealed) == HEADER + (size // CHUNK + 1) * SEALED


@pytest.mark.parametrize("end", [b"\0", b"\x80", b"\x80\0\0", b"\0\x80\0"])
def test_content_that_looks_like_padding(end):
    assert opened_file(sealed_file(b"river" + end)) == b"river" + end
    assert opened_file(sealed_file(content(CHUNK - len(end)) + end)) == content(CHUNK - len(end)) + end


@pytest.mark.parametrize("piece", [1, 7, 65_535, 65_536, 65_537, 200_000])
def test_however_it_arrives_it_is_the_same_file(piece):
    whole = content(200_000 if piece > 7 else 70_000)
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    sealed = [sealer.header, *(sealer.update(whole[at:at + piece]) for at in range(0, len(whole), piece)), sealer.finish()]
    assert b"".join(sealed) == sealed_file(whole)


def test_nothing_comes_after_the_end():
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    sealer.finish()
    with pytest.raises(ValueError, match="finished"):
        sealer.update(b"more")
    with pytest.raises(ValueError, match="finished"):
        sealer.finish()
    with pytest.raises(ValueError, match="16 bytes"):
        stream.Sealer(DEK, vault=VAULT, file=FILE[:-1])


# ---------------------------------------------------------------------------------------------------------------- cuts
@pytest.mark.parametrize("whole", [content(5 * CHUNK), LIKE_AN_END], ids=["any", "like an end"])
def test_every_cut(whole):
    sealed = sealed_file(whole)
    assert opened_file(sealed) == whole
    boundaries = range(HEADER, len(sealed), SEALED)
    for boundary in boundaries:
        assert refused(sealed[:boundary]) in {"length", "chunk"}
        for near in (boundary - 1, boundary + 1, boundary + 16, boundary + SEALED // 2, boundary + SEALED - 16):
            assert refused(sealed[:near]) == "length"
    assert len(boundaries) >= 4


@pytest.mark.parametrize("after", [b"\0", bytes(16), bytes(SEALED)], ids=["a byte", "a tag", "a chunk"])
def test_what_stands_after_the_end(after):
    sealed = sealed_file(content(2 * CHUNK))
    assert refused(sealed + after) == ("chunk" if len(after) == SEALED else "length")
    assert refused(sealed + sealed[-SEALED:]) == "chunk"


def test_chunks_in_any_other_order():
    header, *chunks = parts(sealed_file(content(3 * CHUNK)))
    one, two, three, last = chunks
    for order in ([two, one, three, last], [one, one, three, last], [one, three, last], [two, three, last], [one, two, three],
                  [one, two, three, three, last], [one, two, last, three], [last], [three], [last, one, two, three]):
        assert refused(header + b"".join(order)) == "chunk"
    assert opened_file(header + b"".join(chunks)) == content(3 * CHUNK)


def test_chunks_of_another_file():
    ours, theirs = parts(sealed_file(content(2 * CHUNK))), parts(sealed_file(content(2 * CHUNK), file=fixed("other", 16)))
    elsewhere = parts(sealed_file(content(2 * CHUNK), vault=fixed("other", 16)))
    for other in (theirs, elsewhere):
        for place in (1, 2, 3):
            assert refused(b"".join([*ours[:place], other[place], *ours[place + 1:]])) == "chunk"
    assert refused(b"".join([theirs[0], *ours[1:]])) == "header"


def test_each_field_of_the_header():
    sealed = sealed_file(b"river")
    assert stream.header_of(FILE) == b"\x01" + FILE + b"\x10" + bytes(14) == sealed[:HEADER]
    for at in range(HEADER):
        assert refused(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1:]) == "header"


def test_a_last_chunk_without_an_end_mark():
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    for body in (bytes(CHUNK), bytes(CHUNK - 1) + b"\x01", b"river" + bytes(CHUNK - 5)):
        assert refused(sealer.header + sealer._cipher.encrypt(bytes(11) + b"\x01", body, sealer._context)) == "padding"


# -------------------------------------------------------------------------------------------------------------- ranges
def test_ranges_are_slices():
    whole, chance = content(4 * CHUNK + 9), np.random.default_rng(9)
    file = opener(sealed_file(whole))
    edges = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK, len(whole) - 1, len(whole), len(whole) + 7]
    asked = [(a, b) for a in edges for b in edges] + chance.integers(0, len(whole) + 1, (200, 2)).tolist()
    assert all(b"".join(file.read(start, stop)) == whole[start:stop] for start, stop in asked)
    assert b"".join(file.read(CHUNK + 1)) == whole[CHUNK + 1:]
    with pytest.raises(ValueError, match="byte 0"):
        list(file.read(-1, 5))


def test_a_range_opens_only_its_chunks_and_a_bad_one_gives_nothing(monkeypatch):
    sealed = bytearray(sealed_file(content(4 * CHUNK)))
    sealed[HEADER + 2 * SEALED + 5] ^= 1
    file, places = opener(bytes(sealed)), []
    read = file._open
    monkeypatch.setattr(file, "_open", lambda place: places.append(place) or read(place))
    assert b"".join(file.read(CHUNK, 2 * CHUNK)) == content(4 * CHUNK)[CHUNK:2 * CHUNK]
    assert places == [1]
    got = []
    with pytest.raises(Refused, match="chunk"):
        got.extend(file.read(2 * CHUNK - 3, 2 * CHUNK + 3))
    assert got == [content(4 * CHUNK)[2 * CHUNK - 3:2 * CHUNK]]


# ------------------------------------------------------------------------------------------------------------- counter
class Nonces:
    """In place of the cipher: keeps nonces."""

    def __init__(self):
        self.seen = []

    def encrypt(self, nonce, _data, _context):
        self.seen.append(nonce)
        return b""


def test_no_nonce_comes_twice():
    sealer, counted = stream.Sealer(DEK, vault=VAULT, file=FILE), Nonces()
    sealer._cipher = counted
    sealer.update(bytes(2 * CHUNK))
    sealer._counter = 2**32 - 1  # a file of 256 TiB
    sealer.update(bytes(2 * CHUNK))
    sealer.finish()
    assert [(int.from_bytes(nonce[:11], "big"), nonce[11]) for nonce in counted.seen] == [
        (0, 0), (1, 0), (2**32 - 1, 0), (2**32, 0), (2**32 + 1, 1)]
    assert {len(nonce) for nonce in counted.seen} == {12}


# -------------------------------------------------------------------------------------------------------------- memory
def memory_of(tmp_path, size: int) -> int:
    piece, path = content(CHUNK), tmp_path / "sealed"
    tracemalloc.start()
    sealer = stream.Sealer(DEK, vault=VAULT, file=FILE)
    with path.open("wb") as file:
        file.write(sealer.header)
        for _ in range(size // CHUNK):
            file.write(sealer.update(piece))
        file.write(sealer.finish())
    with path.open("rb") as file:
        read = sum(len(chunk) for chunk in stream.Opener(DEK, file, vault=VAULT, file=FILE).read())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == size // CHUNK * CHUNK
    return peak


def test_memory_does_not_grow_with_the_file(tmp_path):
    assert memory_of(tmp_path, 20_000_000) < 4 << 20


@pytest.mark.soak
def test_memory_of_a_large_file(tmp_path):
    assert memory_of(tmp_path, 200_000_000) < 4 << 20


def test_memory_that_does_grow_would_be_seen(tmp_path, monkeypatch):
    kept = []
    seal = stream.Sealer._seal
    monkeypatch.setattr(stream.Sealer, "_seal", lambda self, chunk, **given: kept.append(bytes(chunk)) or seal(self, chunk, **given))
    assert memory_of(tmp_path, 20_000_000) > 4 << 20
