"""Every way in which a secret word might lie somewhere in clear, and a search that finds each of them.

The words are planted through the real pages; afterwards the bytes of everything an office leaves behind are searched.
A search that looks for UTF-8 alone finds nothing in a file written as UTF-16, so the list below is long on purpose, and
`test_raw_scan.py` plants every line of it once to see that the search would have found it.
"""

import base64
import binascii
import bz2
import codecs
import gzip
import html
import io
import json
import lzma
import quopri
import re
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

# Invented words that occur in no other file of this repository and in no dictionary.
WORDS = {
    "latin": "Quillowbraith",
    "hangul": "늘꽃뫼둘레기",
    "han": "鼹鼠坞暗號",
    "latin with marks": "Zürłąkvędő",
}


def _utf(name: str) -> Callable[[str], bytes]:
    return lambda word: word.encode(name)


def _base64_inside(word: str, offset: int, *, url: bool) -> bytes:
    """The part of a Base64 text that does not depend on what stands before and after the word."""
    encode = base64.urlsafe_b64encode if url else base64.b64encode
    raw = word.encode()
    whole = encode(b"\0" * offset + raw).rstrip(b"=")
    first = 0 if offset == 0 else offset + 1  # characters that mix with bytes before
    last = (offset + len(raw)) * 8 // 6
    return whole[first:last]


def _base32_inside(word: str, offset: int) -> bytes:
    raw = word.encode()
    whole = base64.b32encode(b"\0" * offset + raw).rstrip(b"=")
    return whole[-(-offset * 8 // 5):(offset + len(raw)) * 8 // 5]


def _json(word: str) -> bytes:
    return json.dumps(word)[1:-1].encode()


def _quoted(word: str) -> bytes:
    return quopri.encodestring(word.encode()).replace(b"=\n", b"")


def _percent_all(word: str) -> bytes:
    return "".join(f"%{byte:02X}" for byte in word.encode()).encode()


def _entities(word: str, form: str) -> bytes:
    return "".join(form.format(ord(letter)) for letter in word).encode()


def _punycode(word: str) -> bytes:
    return word.encode("punycode")


def _reversed(word: str) -> bytes:
    return word[::-1].encode()


def _rot13(word: str) -> bytes:
    return codecs.encode(word, "rot13").encode()


def _spaced(word: str) -> bytes:
    return "\0".join(word).encode()


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": _utf("utf-8"),
    "UTF-8, composed (NFC)": lambda word: unicodedata.normalize("NFC", word).encode(),
    "UTF-8, decomposed (NFD)": lambda word: unicodedata.normalize("NFD", word).encode(),
    "UTF-8, compatibility (NFKD)": lambda word: unicodedata.normalize("NFKD", word).encode(),
    "UTF-16 LE": _utf("utf-16-le"),
    "UTF-16 BE": _utf("utf-16-be"),
    "UTF-16 LE, decomposed": lambda word: unicodedata.normalize("NFD", word).encode("utf-16-le"),
    "UTF-32 LE": _utf("utf-32-le"),
    "UTF-32 BE": _utf("utf-32-be"),
    "UTF-7": _utf("utf-7"),
    "lower case": lambda word: word.lower().encode(),
    "upper case": lambda word: word.upper().encode(),
    "case folded": lambda word: word.casefold().encode(),
    "without marks": lambda word: "".join(
        c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).encode(),
    "JSON escapes": _json,
    "JSON escapes, upper case": lambda word: re.sub(rb"(?<=\\u)....", lambda found: found[0].upper(), _json(word)),
    "Python escapes": lambda word: word.encode("unicode_escape"),
    "Python bytes": lambda word: repr(word.encode())[2:-1].encode(),
    "percent": lambda word: urllib.parse.quote(word).encode(),
    "percent, lower case": lambda word: re.sub(r"%..", lambda found: found[0].lower(), urllib.parse.quote(word)).encode(),
    "percent, every byte": _percent_all,
    "percent, twice": lambda word: urllib.parse.quote(urllib.parse.quote(word)).encode(),
    "HTML entities, decimal": lambda word: _entities(word, "&#{};"),
    "HTML entities, hexadecimal": lambda word: _entities(word, "&#x{:x};"),
    "HTML entities where not ASCII": lambda word: word.encode("ascii", "xmlcharrefreplace"),
    "HTML escaped": lambda word: html.escape(word).encode(),
    "hexadecimal": lambda word: word.encode().hex().encode(),
    "hexadecimal, upper case": lambda word: word.encode().hex().upper().encode(),
    "hexadecimal, spaced": lambda word: word.encode().hex(" ").encode(),
    "hexadecimal of UTF-16": lambda word: word.encode("utf-16-le").hex().encode(),
    **{f"Base64, offset {k}": lambda word, k=k: _base64_inside(word, k, url=False) for k in range(3)},
    **{f"Base64 for addresses, offset {k}": lambda word, k=k: _base64_inside(word, k, url=True) for k in range(3)},
    **{f"Base32, offset {k}": lambda word, k=k: _base32_inside(word, k) for k in range(5)},
    "Base85": lambda word: base64.b85encode(word.encode()),
    "Ascii85": lambda word: base64.a85encode(word.encode()),
    "uuencoded": lambda word: binascii.b2a_uu(word.encode()[:45]).rstrip(b"\n")[1:],
    "quoted-printable": _quoted,
    "punycode": _punycode,
    "reversed": _reversed,
    "bytes reversed": lambda word: word.encode()[::-1],
    "rotated by 13": _rot13,
    "letters with nothing between": _spaced,
    "EUC-KR": lambda word: word.encode("euc-kr", "ignore"),
    "GB 18030": _utf("gb18030"),
    "Big5": lambda word: word.encode("big5", "ignore"),
    "Shift JIS": lambda word: word.encode("shift-jis", "ignore"),
    "Latin-2": lambda word: word.encode("iso8859-2", "ignore"),
}


def _zipped(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", data)
    return whole.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "zlib": zlib.compress,
    "zlib, stored": lambda data: zlib.compress(data, 0),
    "deflate": lambda data: zlib.compress(data)[2:-4],
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "ZIP archive": _zipped,
    "gzip in gzip": lambda data: gzip.compress(gzip.compress(data, mtime=0), mtime=0),
}
LEAST = 6  # bytes: anything shorter is found by chance in a megabyte of sealed bytes


def needles(words: Iterable[str]) -> dict[bytes, str]:
    """Bytes to look for, each with the word and the encoding they stand for."""
    found: dict[bytes, str] = {}
    for word in words:
        for name, encode in ENCODINGS.items():
            if len(needle := encode(word)) >= LEAST:
                found.setdefault(needle, f"{word} as {name}")
    return found


def finder(words: Iterable[str]) -> Callable[[bytes], set[str]]:
    """A function that names every needle in some bytes, also inside whatever is packed there."""
    named = needles(words)
    any_of = re.compile(b"|".join(re.escape(needle) for needle in sorted(named, key=len, reverse=True)))

    def find(data: bytes, depth: int = 0) -> set[str]:
        found = {named[hit[0]] for hit in any_of.finditer(data)}
        if depth < 3:
            for inner in unpacked(data):
                found |= find(inner, depth + 1)
        return found

    return find


def unpacked(data: bytes) -> Iterator[bytes]:
    """The content of every packed stream that starts anywhere in some bytes."""
    view = memoryview(data)
    for start in _starts(data, (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")):
        yield from _tried(zlib.decompressobj(15), view[start:])
    for start in _starts(data, (b"\x1f\x8b\x08",)):
        yield from _tried(zlib.decompressobj(31), view[start:])
    for start in _starts(data, (b"BZh",)):
        yield from _tried(bz2.BZ2Decompressor(), view[start:])
    for start in _starts(data, (b"\xfd7zXZ\x00",)):
        yield from _tried(lzma.LZMADecompressor(), view[start:])
    for start in _starts(data, (b"PK\x03\x04",)):
        inside = start + 30 + int.from_bytes(data[start + 26:start + 28], "little")
        inside += int.from_bytes(data[start + 28:start + 30], "little")
        yield from _tried(zlib.decompressobj(-15), view[inside:])
    if len(data) < 4096:  # a bare deflate stream has no beginning to be known by: small pieces only
        for start in range(len(data)):
            yield from _tried(zlib.decompressobj(-15), view[start:])


def _starts(data: bytes, marks: Iterable[bytes]) -> Iterator[int]:
    for mark in marks:
        at = data.find(mark)
        while at >= 0:
            yield at
            at = data.find(mark, at + 1)


def _tried(packer: Any, data: memoryview) -> Iterator[bytes]:
    """As much as can be unpacked, step by step: a stream that is cut still gives its beginning."""
    gained = io.BytesIO()
    try:
        for at in range(0, len(data), 256):
            gained.write(packer.decompress(data[at:at + 256]))
            if packer.eof or gained.tell() > 4_000_000:
                break
    except (zlib.error, OSError, lzma.LZMAError, EOFError):
        pass
    if gained.tell() >= LEAST:
        yield gained.getvalue()


def scan(places: Mapping[str, Path], words: Iterable[str]) -> dict[str, set[str]]:
    """What was found, by file; file names are searched too. A place that is not there fails: nothing was searched."""
    find = finder(words)
    found: dict[str, set[str]] = {}
    for name, place in places.items():
        assert place.exists(), f"{name} is not at {place}"
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            hits = find(str(path.relative_to(place)).encode())
            hits |= find(path.read_bytes()) if path.is_file() else set()
            if hits:
                found[f"{name}: {path.name}"] = hits
    return found
