"""What is packed in a file, unpacked: members of ZIP (and so of DOCX), streams of PDF, words in PNG.

Bounded: a file that unpacks to more than `MOST` bytes is refused, because what was not looked through was not checked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

MOST = 64 * 2**20
DEEPEST = 3
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"


class TooLargeError(Exception):
    """A file holds more than is looked through, or more than three files within each other: it was not checked."""


def unpacked(data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Names and contents of everything packed in a file, to its depth. Nothing for a plain file.

    Raises `TooLargeError`.
    """
    left = MOST
    for name, held in _members(data):
        left -= len(held)
        if left < 0 or depth >= DEEPEST:
            raise TooLargeError
        yield name, held
        yield from unpacked(held, depth + 1)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK\x03\x04"):
        yield from _zip(data)
    elif data.startswith(b"%PDF"):
        yield from (("", held) for stream in _STREAM.finditer(data) if (held := _inflated(stream[1])))
    elif data.startswith(_PNG):
        yield from _words_of_png(data)


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "", archive.comment
        for member in archive.infolist():
            if member.file_size > MOST:
                raise TooLargeError
            with archive.open(member) as held:
                read = held.read(MOST + 1)
            if len(read) > MOST:
                raise TooLargeError
            yield member.filename, read
            yield "", member.comment


def _inflated(stream: bytes) -> bytes:
    """A stream of PDF that is packed with zlib; as it is where it is not."""
    unpacking = zlib.decompressobj()
    try:
        held = unpacking.decompress(stream, MOST)
    except zlib.error:
        return b""
    if unpacking.unconsumed_tail:
        raise TooLargeError
    return held


def _words_of_png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind in {b"zTXt", b"iTXt", b"tEXt", b"iCCP"}:
            keyword, _, rest = body.partition(b"\0")
            yield "", keyword + b"\n" + (_inflated(rest[1:]) or _inflated(rest.split(b"\0", 3)[-1]) or rest)
        at += 12 + size
