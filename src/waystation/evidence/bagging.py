"""Writing a package as one tar while every byte is compared again with what was signed."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Protocol

from .package import Laid, Plan, laid


class Sink(Protocol):
    """What takes the bytes of an archive."""

    def write(self, data: bytes, /) -> object:
        """Take these too."""


class NotTheSame(Exception):
    """A file is not what it was when it was taken in. Nothing of the package may be given out."""


def outer(plan: Plan, sign: Callable[[bytes], bytes]) -> list[Laid]:
    """What lies beside the bag: the signature, and the digests of what is outside."""
    signed = laid(f"{plan.name}.p7s", sign(plan.to_sign))
    return [signed, laid(f"{plan.name}.sums", f"{signed.sha256}  {signed.path}\n".encode())]


def write(plan: Plan, beside: list[Laid], sink: Sink, day: date) -> None:
    """One uncompressed tar: the bag and what lies beside it. Raises `NotTheSame`."""
    at = int(datetime.combine(day, time(), UTC).timestamp())
    with tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
        for prefix, files in ((f"{plan.name}/", plan.files), ("", beside)):
            for one in files:
                head = tarfile.TarInfo(prefix + one.path)
                head.size, head.mode, head.mtime = one.size, 0o644, at
                tar.addfile(head, _Checked(one))


class _Checked(io.RawIOBase):
    """The bytes of a file on their way out."""

    def __init__(self, one: Laid) -> None:
        self._one, self._digest, self._size = one, sha256(), 0
        self._pieces: Iterator[bytes] = one.read()
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises `NotTheSame` before the end of a file that is another one."""
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        given, self._rest = self._rest[:size], self._rest[size:]
        self._digest.update(given)
        self._size += len(given)
        whole = self._size == self._one.size
        if len(given) < size or (whole and (self._rest or self._digest.hexdigest() != self._one.sha256)):
            raise NotTheSame(self._one.path)
        return given
