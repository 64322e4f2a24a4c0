"""Sealed files: written and read piece by piece, and readable from the middle.

    header  0x01 | file id 16 | 16 (chunks of 2^16 bytes) | 14 zeros
    chunks  ChaCha20-Poly1305(65,536 bytes), all full; nonce = counter 11 bytes | 0x01 for the last, else 0x00
    content | 0x80 | zeros to a multiple of 65,536: at least one chunk

An end before the chunk with the last flag, anything after it, and a chunk of another place or file are refused. (The
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015.)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from waystation.contexts import ctx
from waystation.vault.refused import Refused

LOG2 = 16
CHUNK = 1 << LOG2
TAG = 16
SEALED_CHUNK = CHUNK + TAG
FILE_HEADER = 32
END = b"\x80"


def header_of(file: bytes) -> bytes:
    """The first 32 bytes of a sealed file. Raises `ValueError` for an id that has not 16 bytes."""
    if len(file) != 16:
        raise ValueError("the id of a file has 16 bytes")
    return b"\x01" + file + bytes([LOG2]) + bytes(14)


def _context(file: bytes, vault: bytes) -> bytes:
    return ctx("chunk", header_of(file), vault)


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class Sealer:
    """Seals as it is fed: header, then what `update` gives, then what `finish` gives.

    >>> import io
    >>> sealer = Sealer(bytes(32), vault=bytes(16), file=bytes(16))
    >>> sealed = sealer.header + sealer.update(b"river") + sealer.finish()
    >>> opener = Opener(bytes(32), io.BytesIO(sealed), vault=bytes(16), file=bytes(16))
    >>> opener.size, b"".join(opener.read(1, 3))
    (5, b'iv')
    """

    def __init__(self, key: bytes, *, vault: bytes, file: bytes) -> None:
        self.header = header_of(file)
        self._cipher = ChaCha20Poly1305(key)
        self._context = _context(file, vault)
        self._rest = bytearray()
        self._counter = 0
        self._finished = False

    def update(self, data: bytes) -> bytes:
        """Seal what is full so far; at most one chunk is held back."""
        if self._finished:
            raise ValueError("this file is finished")
        self._rest += data
        whole = len(self._rest) // CHUNK
        with memoryview(self._rest) as rest:
            sealed = [self._seal(rest[place * CHUNK:(place + 1) * CHUNK], last=False) for place in range(whole)]
        del self._rest[:whole * CHUNK]
        return b"".join(sealed)

    def finish(self) -> bytes:
        """Seal the last chunk. Nothing can be added after it."""
        if self._finished:
            raise ValueError("this file is finished")
        self._finished = True
        last = bytes(self._rest) + END
        return self._seal(last + bytes(CHUNK - len(last)), last=True)

    def _seal(self, chunk: bytes | memoryview, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._counter, last=last), chunk, self._context)
        self._counter += 1
        return sealed


class Opener:
    """Reads a sealed file, whole or in part; only the chunks that are asked for are opened, and each is checked first.

    `source` can seek. Raises `Refused`: "header", "length", "chunk", "padding".
    """

    def __init__(self, key: bytes, source: BinaryIO, *, vault: bytes, file: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._context = _context(file, vault)
        self._source = source
        sealed = source.seek(0, os.SEEK_END) - FILE_HEADER
        if sealed < SEALED_CHUNK or sealed % SEALED_CHUNK:
            raise Refused("length")
        source.seek(0)
        if source.read(FILE_HEADER) != header_of(file):
            raise Refused("header")
        self._chunks = sealed // SEALED_CHUNK
        self.size = (self._chunks - 1) * CHUNK + self._content_of_last()

    def _content_of_last(self) -> int:
        last = self._open(self._chunks - 1).rstrip(b"\0")
        if last[-1:] != END:
            raise Refused("padding")
        return len(last) - 1

    def _open(self, place: int) -> bytes:
        self._source.seek(FILE_HEADER + place * SEALED_CHUNK)
        sealed = self._source.read(SEALED_CHUNK)
        try:
            return self._cipher.decrypt(_nonce(place, last=place == self._chunks - 1), sealed, self._context)
        except InvalidTag:
            raise Refused("chunk") from None

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to `stop` (the end if None), chunk by chunk. Raises `ValueError` before byte 0."""
        if start < 0:
            raise ValueError("a file begins at byte 0")
        stop = self.size if stop is None else min(stop, self.size)
        for place in range(start // CHUNK, -(-stop // CHUNK) if stop > start else 0):
            chunk = self._open(place)
            yield chunk[max(0, start - place * CHUNK):stop - place * CHUNK]

    def close(self) -> None:
        """Close the source."""
        self._source.close()
