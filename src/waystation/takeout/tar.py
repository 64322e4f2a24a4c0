"""One tar, written once from front to back, with the digest of everything in it. None of it lies on a disk meanwhile.

>>> import io
>>> made = io.BytesIO()
>>> tar = Tar(made, "out", at=0)
>>> tar.add("a.txt", b"river")
>>> tar.add_pieces("b.bin", 5, iter([b"ri", b"ver"]))
>>> tar.close()
>>> import tarfile
>>> tarfile.open(fileobj=io.BytesIO(made.getvalue())).getnames()
['out/a.txt', 'out/b.bin', 'out/SHA256SUMS']
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Protocol, cast

SUMS = "SHA256SUMS"


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take these too."""


class Tar:
    """A tar in one folder of its own; `at` is the one time (seconds since 1970) that everything in it carries."""

    def __init__(self, sink: Sink, root: str, *, at: int) -> None:
        self._tar = tarfile.open(fileobj=cast(Any, _Out(sink)), mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._root, self._at = root, at
        self._sums: list[str] = []

    def add(self, path: str, data: bytes) -> None:
        """One whole file."""
        self.add_pieces(path, len(data), iter([data]))

    def add_pieces(self, path: str, size: int, pieces: Iterator[bytes]) -> None:
        """One file as it comes. Raises `OSError` if it ends before its size."""
        read = _Pieces(pieces)
        self._put(path, size, read)
        if read.held or next(read.rest, b""):
            raise OSError(f"{path} is longer than it says")
        self._sums.append(f"{read.digest.hexdigest()}  {path}\n")

    def _put(self, path: str, size: int, content: io.IOBase) -> None:
        head = tarfile.TarInfo(f"{self._root}/{path}")
        head.size, head.mtime, head.mode = size, self._at, 0o600
        self._tar.addfile(head, cast(Any, content))

    def close(self) -> None:
        """Write the list of digests, and the end."""
        listed = "".join(self._sums).encode()
        self._put(SUMS, len(listed), io.BytesIO(listed))
        self._tar.close()


class _Out:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        self._sink.write(bytes(data))
        return len(data)


class _Pieces(io.RawIOBase):
    """Pieces read as a file is, with their digest."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.rest, self.digest, self.held = pieces, sha256(), b""

    def read(self, size: int = -1) -> bytes:
        while len(self.held) < size:
            piece = next(self.rest, None)
            if piece is None:
                break
            self.held += piece
        given, self.held = self.held[:size], self.held[size:]
        self.digest.update(given)
        return given
