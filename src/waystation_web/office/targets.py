"""Writing one file into several folders at once: in each it is there whole, under its name, or not at all.

A folder that fails is left out and named; the others go on. What was written is read back from each before it gets
its name.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 20
PART = ".part"


class NoTarget(OSError):
    """No folder takes it any more."""


@dataclass(slots=True)
class Targets:
    """A file on its way into folders. `failed`: why not there."""

    paths: tuple[Path, ...]
    failed: dict[Path, str] = field(default_factory=dict)
    size: int = 0
    _open: dict[Path, tuple[Path, BinaryIO]] = field(default_factory=dict)
    _digest: object = field(default_factory=sha256)

    @property
    def sha256(self) -> str:
        """Of what was written."""
        return self._digest.hexdigest()  # type: ignore[attr-defined,no-any-return]

    def begin(self) -> None:
        """A part beside each name. A folder that is not there is not made: its disk is not mounted."""
        for path in self.paths:
            part = path.with_name(f".{path.name}-{secrets.token_hex(4)}{PART}")
            try:
                if not path.parent.is_dir():
                    raise NotADirectoryError(0, "there is no such folder: is its disk mounted?")
                handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                self._open[path] = part, os.fdopen(handle, "wb")
            except OSError as reason:
                self.failed[path] = reason.strerror or str(reason)
        self._anybody()

    def write(self, piece: bytes) -> int:
        """To every folder that still takes it. Raises `NoTarget`."""
        for path, (_, stream) in list(self._open.items()):
            try:
                stream.write(piece)
            except OSError as reason:
                self._fail(path, reason)
        self._anybody()
        self.size += len(piece)
        self._digest.update(piece)  # type: ignore[attr-defined]
        return len(piece)

    def flush(self) -> None:
        """Done by `keep`."""

    def keep(self) -> list[Path]:
        """Give each its name, after it is on the disk for certain and was read back. Raises `NoTarget`."""
        kept = []
        for path, (part, stream) in list(self._open.items()):
            try:
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
                if _digest_of(part) != self.sha256:
                    raise OSError(0, "what was written reads back otherwise")  # noqa: TRY301
                part.replace(path)
                sync_folder(path.parent)
                kept.append(path)
                del self._open[path]
            except OSError as reason:
                self._fail(path, reason)
        if not kept:
            raise NoTarget(0, self.why())
        return kept

    def drop(self) -> None:
        """Take every part away."""
        for path in list(self._open):
            self._close(path)

    def why(self) -> str:
        """Each folder that failed, and what it said."""
        return "; ".join(f"{path.parent}: {why}" for path, why in self.failed.items())

    def _fail(self, path: Path, reason: OSError) -> None:
        self.failed[path] = reason.strerror or str(reason)
        self._close(path)

    def _close(self, path: Path) -> None:
        part, stream = self._open.pop(path)
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)

    def _anybody(self) -> None:
        if not self._open:
            raise NoTarget(0, self.why())


def _digest_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_each(paths: tuple[Path, ...], content: bytes) -> Targets:
    """A small file into each folder, over what stood there. Raises `NoTarget`."""
    targets = Targets(paths)
    try:
        targets.begin()
        targets.write(content)
        targets.keep()
    finally:
        targets.drop()
    return targets


def sweep(folder: Path, begins: str) -> None:
    """Take away parts of this office that an earlier backup left when it was killed."""
    with suppress(OSError):
        for part in folder.glob(f".{begins}*{PART}"):
            part.unlink(missing_ok=True)
