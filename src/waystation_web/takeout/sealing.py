"""Sealing an archive while it is made: nothing of it is on a disk in clear, and it has its name once it is whole.

The archive is written by whoever calls, in their thread; another thread seals what has come so far. Between the two lie
a few pieces in memory. Whatever goes wrong on one side ends the other, and the half of an archive is taken away.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from queue import Full, Queue
from threading import Thread
from typing import Protocol, TypeVar

PIECES, WAIT = 16, 0.2        # of a megabyte at most; seconds between two looks at the other side
PIECE = 1 << 20
Result = TypeVar("Result")


class NotSealed(Exception):
    """The archive was not written, and nothing of it has its name."""


class Stopped(Exception):
    """Nobody takes what is written any more."""


class Inlet(io.RawIOBase):
    """Where the archive is written to."""

    def __init__(self) -> None:
        self.pieces: Queue[bytes | None] = Queue(PIECES)
        self.broken = False
        self.sealer: Thread | None = None
        self._held, self._rest = bytearray(), b""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take these too. Raises `Stopped` if nobody seals them any more."""
        self._held += data
        if len(self._held) >= PIECE:
            self._put(bytes(self._held))
            self._held.clear()
        return len(data)

    def end(self) -> None:
        """It is whole."""
        if self._held:
            self._put(bytes(self._held))
        self._put(None)

    def stop(self) -> None:
        """It will not become whole."""
        self.broken = True
        with suppress(Full):
            self.pieces.put_nowait(None)

    def _put(self, piece: bytes | None) -> None:
        while True:
            if self.sealer is None or not self.sealer.is_alive():
                raise Stopped
            with suppress(Full):
                self.pieces.put(piece, timeout=WAIT)
                return

    def read(self, size: int = -1) -> bytes:
        """What the sealing thread gets. Raises `NotSealed` where an end would look like a whole archive."""
        if not self._rest:
            piece = self.pieces.get()
            if self.broken:
                raise NotSealed("the archive was not finished")
            if piece is None:
                self.pieces.put(None)
                return b""
            self._rest = piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


class Written(Protocol):
    """Where sealed bytes go."""

    def write(self, data: bytes, /) -> int:
        """Keep these."""


class Outlet(io.RawIOBase):
    """The file, with the digest of what is in it."""

    def __init__(self, file: Written) -> None:
        self.file, self.digest = file, sha256()

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Keep these."""
        self.file.write(data)
        self.digest.update(data)
        return len(data)


def seal_into(path: Path, key: str, write: Callable[[Inlet], Result]) -> tuple[Result, str]:
    """What `write` writes, sealed to one key, as a file; its result and the file's SHA-256.

    Raises `NotSealed`, also for a file that is there already, and whatever `write` raises.
    """
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise NotSealed(f"{path} is there already: an archive is made once. Choose another folder with --out")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            result, digest = sealed_to(Outlet(file), key, write)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException as reason:
        with suppress(OSError):
            part.unlink()
        if isinstance(reason, OSError):
            raise NotSealed(f"{path} cannot be written ({reason.strerror})") from reason
        raise
    return result, digest


def sealed_to(outlet: Outlet, key: str, write: Callable[[Inlet], Result]) -> tuple[Result, str]:
    """What `write` writes, sealed to one key, into an open file; its result and the digest. Raises as `seal_into`."""
    import pyrage

    to, inlet, failed = [pyrage.x25519.Recipient.from_str(key)], Inlet(), list[BaseException]()

    def seal() -> None:
        try:
            pyrage.encrypt_io(inlet, outlet, to)
        except BaseException as reason:  # noqa: BLE001  (told to the thread that waits)
            failed.append(reason)

    inlet.sealer = Thread(target=seal, name="seal", daemon=True)
    inlet.sealer.start()
    try:
        result = write(inlet)
        inlet.end()
    except Stopped:  # the reason is the other side's
        result = None
    except BaseException:
        inlet.stop()
        inlet.sealer.join()
        raise
    inlet.sealer.join()
    if failed or result is None:
        raise NotSealed(f"the archive could not be sealed: {failed[0] if failed else 'it stopped'}")
    return result, outlet.digest.hexdigest()
