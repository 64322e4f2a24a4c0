"""One at a time: a file that a running process holds, and nobody after it ended, however it ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):
    """Another process is at it."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file. Raises `Held`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as stream:
        try:
            _lock(stream)
        except OSError:
            raise Held from None
        yield
