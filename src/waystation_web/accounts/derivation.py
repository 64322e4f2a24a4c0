"""Two key derivations at a time, twenty waiting, the rest told to come back: the memory of a small machine is bounded.

Lock files in the runtime folder, so that it holds for all workers together; the system frees them if a worker dies.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import BinaryIO

from django.conf import settings

from waystation_web.gateways.runtime import folder

from .answers import Busy

AT_ONCE, QUEUE = 2, 20

if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def derivation() -> Iterator[None]:
    """Hold one of the two places. Raises `Busy` if the queue is full."""
    place = folder(settings.INSTALLATION, "locks")
    with ExitStack() as held:
        if not _take(held, place, "queue", AT_ONCE + QUEUE):
            raise Busy
        while not _take(held, place, "kdf", AT_ONCE):
            sleep(0.02)
        yield


def _take(held: ExitStack, place: Path, name: str, places: int) -> bool:
    for number in range(places):
        stream = os.fdopen(os.open(place / f"{name}-{number}", os.O_WRONLY | os.O_CREAT, 0o600), "wb")
        with suppress(OSError):
            _lock(stream)
            held.callback(stream.close)
            return True
        stream.close()
    return False
