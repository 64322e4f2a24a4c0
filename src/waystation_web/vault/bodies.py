"""Bodies of requests, received sealed: Django's own handler would write everything above 2.5 MB to a disk in clear.

A request is received whole before anybody reads it. What is small stays in memory; what is larger goes into a nameless
file beside the sealed files, under a key that exists only in this object, and is opened piece by piece as it is read.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler

from waystation.vault.envelope import new_id, new_key
from waystation.vault.stream import Opener, Sealer

IN_MEMORY = 1 << 20
LARGEST = (2 << 30) + (1 << 20)    # one file of the largest size, and its form
NOWHERE = bytes(16)                # it is no vault's

Receive = Callable[[], Awaitable[dict[str, Any]]]


class SealedBody(io.RawIOBase):
    """A request's body: written once from the network, read once from the start. Memory: about a megabyte."""

    def __init__(self) -> None:
        self._plain = bytearray()
        self._disk: Any = None
        self._pieces: Iterator[bytes] | None = None
        self.length = 0

    def __repr__(self) -> str:
        return f"SealedBody({self.length} bytes)"

    def receive(self, data: bytes) -> None:
        """Take in a piece."""
        self.length += len(data)
        self._plain += data
        if self._disk is None and len(self._plain) > IN_MEMORY:
            settings.INSTALLATION.files.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._disk = tempfile.TemporaryFile(dir=settings.INSTALLATION.files)  # noqa: SIM115  (closed in `close`)
            self._key, self._id = new_key(), new_id()
            self._sealer = Sealer(self._key, vault=NOWHERE, file=self._id)
            self._disk.write(self._sealer.header)
        if self._disk is not None:
            self._disk.write(self._sealer.update(bytes(self._plain)))
            self._plain.clear()

    def complete(self) -> None:
        """The last piece has arrived: from now on it is read."""
        if self._disk is None:
            self._pieces = iter([bytes(self._plain)])
        else:
            self._disk.write(self._sealer.finish())
            self._pieces = Opener(self._key, self._disk, vault=NOWHERE, file=self._id).read()
        self._plain.clear()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As every raw stream: some bytes, 0 at the end."""
        while not self._plain and self._pieces is not None:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._plain += piece
        some = bytes(self._plain[:len(buffer)])
        buffer[:len(some)] = some
        del self._plain[:len(some)]
        return len(some)

    def close(self) -> None:
        """Forget it; the nameless file is gone with its last handle."""
        if self._disk is not None:
            self._disk.close()
        super().close()


class SealedBodies(ASGIHandler):
    """Django's handler, with bodies that are never on a disk in clear."""

    async def read_body(self, receive: Receive) -> io.BufferedReader:
        """The whole body. Raises `RequestAborted` if the sender is gone, or sends more than two gigabytes."""
        body = SealedBody()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect" or body.length > LARGEST:
                body.close()
                raise RequestAborted
            body.receive(message.get("body", b""))
            if not message.get("more_body", False):
                break
        body.complete()
        return io.BufferedReader(body, 1 << 16)


def application() -> SealedBodies:
    """The office as an ASGI application."""
    django.setup(set_prefix=False)
    return SealedBodies()
