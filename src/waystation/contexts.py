"""What a seal is bound to: parts joined so that no two different lists of parts give the same bytes.

Each part is preceded by its length, so "ab" + "c" and "a" + "bc" differ. Text parts are ASCII labels, ids are 16 bytes,
numbers have a fixed width.

>>> ctx("payload", bytes(2)).hex()
'000000077061796c6f6164000000020000'
>>> ctx("ab", "c") == ctx("a", "bc")
False
"""

from __future__ import annotations

_LENGTHS = tuple(length.to_bytes(4, "big") for length in range(64))  # a list of 10,000 records joins 30,000 times


def ctx(*parts: bytes | str) -> bytes:
    """Join parts without ambiguity: for each, its length as four bytes, then the part. Raises `UnicodeEncodeError`."""
    joined: list[bytes] = []
    for part in parts:
        raw = part.encode("ascii") if isinstance(part, str) else part
        joined += (_LENGTHS[len(raw)] if len(raw) < 64 else len(raw).to_bytes(4, "big"), raw)
    return b"".join(joined)


def _number(n: int, width: int) -> bytes:
    if not 0 <= n < 1 << (8 * width):
        raise ValueError(f"{n} does not fit {width} bytes")
    return n.to_bytes(width, "big")


def u8(n: int) -> bytes:
    """One byte. Raises `ValueError` out of range."""
    return _number(n, 1)


def u32(n: int) -> bytes:
    """Four bytes, most significant first. Raises `ValueError` out of range."""
    return _number(n, 4)


def u64(n: int) -> bytes:
    """Eight bytes, most significant first. Raises `ValueError` out of range."""
    return _number(n, 8)
