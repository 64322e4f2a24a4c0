"""Exchange a small secret file for another: whoever opens it finds the old one or the new one; the old bytes are gone.

Whoever had the old one open meanwhile may read nothing but zeros, and looks again (`vault/host.py`).
A solid-state disk, a file system that copies on writing, or a folder that somebody else keeps in versions may still
hold the old bytes. Nobody can see that from here.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def exchange(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write beside, rename, overwrite what lay there, read back. One caller at a time.

    Raises `OSError`: the old file counts still, or the new one already, and the caller does it again. What a crash left
    beside it is destroyed by the next call: its name is always the same.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        destroy(fresh)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        with _old(path) as old:
            fresh.replace(path)
            _write_over(old)
        _settle(path.parent)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    if path.read_bytes() != content:
        raise OSError(None, "what was written does not read back", str(path))


def destroy(path: Path) -> None:
    """Overwrite a file where it lies, and unlink it; nothing is done where there is none. Raises `OSError`."""
    with _old(path) as old:
        _write_over(old)
    path.unlink(missing_ok=True)


class _old:  # noqa: N801  (it is only ever a `with`)
    """The file as it lies there, to be written over when nobody finds it by its name any more."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, -1

    def __enter__(self) -> int:
        if self.path.is_file() and not self.path.is_symlink():
            self.path.chmod(0o600)
            self.file = os.open(self.path, os.O_WRONLY)
        return self.file

    def __exit__(self, *_: object) -> None:
        if self.file >= 0:
            os.close(self.file)


def _write_over(file: int) -> None:
    if file >= 0:
        os.write(file, bytes(os.fstat(file).st_size))
        os.fsync(file)


def _settle(folder: Path) -> None:
    """Make the rename itself last, where a folder can be opened."""
    with suppress(PermissionError, IsADirectoryError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
