"""A second look at a picture that was made anew: its container is walked, and nothing may be in it but the picture.

It knows nothing of the code that wrote the file. What it does not know is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator

SOI, EOI, SOS, DRI, DQT, DHT, APP0 = 0xD8, 0xD9, 0xDA, 0xDD, 0xDB, 0xC4, 0xE0
FRAMES = frozenset({0xC0, 0xC1, 0xC2})
JFIF_PLAIN = 16                               # bytes of APP0 without a thumbnail
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_PARTS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
WEBP_PARTS = frozenset({b"VP8 ", b"VP8L"})


def sniffed(head: bytes) -> str:
    r"""What kind of picture begins like this, by its content: "jpeg", "png", "webp" or "".

    >>> sniffed(b"\xff\xd8\xff\xe0"), sniffed(b"MZ")
    ('jpeg', '')
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(PNG_HEAD):
        return "png"
    return "webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def faults(data: bytes) -> list[str]:
    """What else is in a picture than the picture; empty if nothing is.

    >>> faults(b"GIF89a")
    ['this is no JPEG, PNG or WebP']
    """
    walk = {"jpeg": _jpeg, "png": _png, "webp": _webp}.get(sniffed(data[:12]))
    if walk is None:
        return ["this is no JPEG, PNG or WebP"]
    try:
        return list(walk(data))
    except (IndexError, ValueError):
        return ["the container ends in its middle"]


def _jpeg(data: bytes) -> Iterator[str]:
    at, frames = 2, 0
    while True:
        if data[at] != 0xFF:
            raise ValueError
        marker = data[at + 1]
        if marker == EOI:
            at += 2
            break
        size = int.from_bytes(_cut(data, at + 2, 2))
        body = _cut(data, at + 4, size - 2)
        frames += marker in FRAMES
        if marker == APP0:
            if body[:5] != b"JFIF\0" or size != JFIF_PLAIN or body[12:14] != b"\0\0":
                yield "APP0 holds more than a plain JFIF head"
        elif marker not in FRAMES | {SOS, DRI, DQT, DHT}:
            yield f"segment {marker:02X}: only the picture belongs here"
        at += 2 + size
        if marker == SOS:
            at = _after_scan(data, at)
    if frames != 1:
        yield f"{frames} pictures instead of one"
    if at != len(data):
        yield f"{len(data) - at} bytes after the end of the picture"


def _after_scan(data: bytes, at: int) -> int:
    """Where the next segment begins: stuffed bytes and restart marks belong to the scan."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _png(data: bytes) -> Iterator[str]:
    at, seen = len(PNG_HEAD), list[bytes]()
    while not seen or seen[-1] != b"IEND":
        size, name = int.from_bytes(_cut(data, at, 4)), _cut(data, at + 4, 4)
        _cut(data, at + 8, size + 4)
        seen.append(name)
        if name not in PNG_PARTS:
            yield f"part {name.decode('latin-1')}: only the picture belongs here"
        at += 12 + size
    if seen[0] != b"IHDR" or seen.count(b"IHDR") != 1:
        yield "not one picture"
    if at != len(data):
        yield f"{len(data) - at} bytes after the end of the picture"


def _webp(data: bytes) -> Iterator[str]:
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        yield "bytes after the end of the picture"
    at, seen = 12, 0
    while at < len(data):
        name, size = _cut(data, at, 4), int.from_bytes(_cut(data, at + 4, 4), "little")
        _cut(data, at + 8, size)
        seen += name in WEBP_PARTS
        if name not in WEBP_PARTS:
            yield f"part {name.decode('latin-1').strip()}: only the picture belongs here"
        at += 8 + size + size % 2
    if seen != 1:
        yield f"{seen} pictures instead of one"


def _cut(data: bytes, at: int, size: int) -> bytes:
    """Exactly these bytes. Raises `ValueError` where the file ends before."""
    found = data[at:at + size]
    if size < 0 or len(found) != size:
        raise ValueError
    return found
