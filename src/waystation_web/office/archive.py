"""A tar that is never anywhere in clear: it is read out of its members while it is encrypted, and cut up while it is
opened.

Both sides hold one piece at a time, so that memory does not grow with the files. `pyrage` asks the one for bytes and
gives the other bytes; it turns what goes wrong in them into an error of its own, so each keeps what it was.
"""

from __future__ import annotations

import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

PIECE = 1 << 16
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
MANIFEST = "manifest.json"          # the last member: it says what every other one must be
LONGEST_MANIFEST = 64 << 20
NAME = re.compile(r"(office|trust)\.toml|office\.(sqlite3|dump)|files/([0-9a-f]{2})/\3[0-9a-f]{30}|manifest\.json")

Members = dict[str, tuple[int, str]]    # name -> bytes, SHA-256


class Unsteady(Exception):
    """A member changed, or went, while it was read: begin anew."""


class Damaged(Exception):
    """This is no backup of an office, or not a whole one; the message says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """Something to be packed."""

    name: str
    open: Callable[[], IO[bytes]]
    size: Callable[[], int]


@dataclass(slots=True)
class Packing:
    """The tar as something to read from. `said` holds what was read so far; `why` what went wrong, if something did."""

    members: Iterable[Member]
    said: Members = field(default_factory=dict)
    why: BaseException | None = None
    _held: bytearray = field(default_factory=bytearray)
    _pieces: Iterator[bytes] | None = None

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes more; none at the end."""
        try:
            if self._pieces is None:
                self._pieces = self._packed()
            while len(self._held) < size or size < 0:
                self._held += next(self._pieces)
        except StopIteration:
            pass
        except BaseException as reason:
            self.why = reason
            raise
        taken = bytes(self._held if size < 0 else self._held[:size])
        del self._held[:len(taken)]
        return taken

    def _packed(self) -> Iterator[bytes]:
        for member in self.members:
            try:
                with member.open() as stream:
                    yield from self._one(member.name, member.size(), stream)
            except FileNotFoundError as reason:
                raise Unsteady(member.name) from reason
        yield END

    def _one(self, name: str, size: int, stream: IO[bytes]) -> Iterator[bytes]:
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        yield about.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")
        digest, read = sha256(), 0
        while piece := stream.read(PIECE):
            read += len(piece)
            if read > size:
                break
            digest.update(piece)
            yield piece
        if read != size:
            raise Unsteady(name)
        self.said[name] = size, digest.hexdigest()
        yield bytes(-size % BLOCK)


@dataclass(slots=True)
class Unpacking:
    """The tar as something to write into: a member goes to the file that `place` names for it; the manifest stays here.

    Nothing of it may be believed before `close` returned and the manifest was compared with `said`.
    """

    place: Callable[[str], Path]
    said: Members = field(default_factory=dict)
    manifest: bytes = b""
    why: BaseException | None = None
    _held: bytearray = field(default_factory=bytearray)
    _into: BinaryIO | None = None
    _name: str = ""
    _size: int = 0
    _left: int = 0
    _over: int = 0          # bytes of padding that follow
    _ended: bool = False
    _digest: object = None

    def write(self, piece: bytes) -> int:
        """The next piece of the tar."""
        try:
            self._held += piece
            while self._step():
                pass
        except BaseException as reason:
            self.why = reason
            raise
        return len(piece)

    def flush(self) -> None:
        """Nothing waits that could be written."""

    def close(self) -> None:
        """The tar has ended. Raises `Damaged` if it was cut."""
        if not self._ended or self._held:
            raise Damaged("it ends in the middle of something")

    def drop(self) -> None:
        """Let go of a member that was broken off."""
        if self._into is not None:
            with suppress(OSError):
                self._into.close()
            self._into = None

    def _step(self) -> bool:
        if self._ended:
            if any(self._held):
                raise Damaged("something follows after its end")
            self._held.clear()
            return False
        if self._name:
            return self._content()
        if self._over:
            if len(self._held) < self._over:
                return False
            del self._held[:self._over]
            self._over = 0
        return self._header()

    def _header(self) -> bool:
        if len(self._held) < BLOCK:
            return False
        head = bytes(self._held[:BLOCK])
        del self._held[:BLOCK]
        if not any(head):
            if MANIFEST not in self.said:
                raise Damaged("nothing in it says what it must hold")
            self._ended = True
            return True
        self._begin(head)
        return True

    def _begin(self, head: bytes) -> None:
        try:
            about = tarfile.TarInfo.frombuf(head, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as reason:
            raise Damaged("it holds something that is no backup") from reason
        if not about.isreg() or not NAME.fullmatch(about.name) or about.name in self.said or MANIFEST in self.said:
            raise Damaged("it holds something that no backup of an office holds")
        if about.name == MANIFEST and about.size > LONGEST_MANIFEST:
            raise Damaged("its list is longer than any")
        self._name, self._size, self._left, self._digest = about.name, about.size, about.size, sha256()
        if about.name != MANIFEST:
            handle = os.open(self.place(about.name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._into = os.fdopen(handle, "wb")

    def _content(self) -> bool:
        piece = bytes(self._held[:self._left])
        del self._held[:len(piece)]
        self._left -= len(piece)
        self._digest.update(piece)  # type: ignore[attr-defined]
        if self._into is not None:
            self._into.write(piece)
        else:
            self.manifest += piece
        if self._left:
            return False
        if self._into is not None:
            self._into.flush()
            os.fsync(self._into.fileno())
            self._into.close()
            self._into = None
        self.said[self._name] = self._size, self._digest.hexdigest()  # type: ignore[attr-defined]
        self._name, self._over = "", -self._size % BLOCK
        return True
