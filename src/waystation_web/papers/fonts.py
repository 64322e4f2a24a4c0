"""The two fonts that papers are printed in, and which characters they can draw. Runs in the child."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_ko

FOLDER = Path(pylopdf_fonts_ko.__file__).parent
FAMILIES = ("Noto Serif KR", "Noto Sans KR")
WINDOWS_ALL, WINDOWS_FIRST = (3, 10), (3, 1)  # platform and encoding: every plane of Unicode, or the first


def drawn() -> frozenset[int]:
    """Every character that one of the fonts has a picture for, by code point."""
    return frozenset(code for path in sorted(FOLDER.glob("*.otf")) for code in _codes(path.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    places = {struct.unpack_from(">HH", font, start + 4 + 8 * number):
              start + struct.unpack_from(">I", font, start + 8 + 8 * number)[0] for number in range(count)}
    if WINDOWS_ALL in places:
        yield from _groups(font, places[WINDOWS_ALL])
    elif WINDOWS_FIRST in places:
        yield from _segments(font, places[WINDOWS_FIRST])


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"this font has no table {name!r}")


def _groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: runs of code points, each with its first picture."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        first, last, _picture = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(first, last + 1)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4, of fonts that know the first plane alone."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{double // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        yield from (code for code in range(first, last + 1) if code != 0xFFFF)
