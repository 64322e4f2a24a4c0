"""Bodies of requests, received sealed: Django's own handler would write everything above 2.5 MB to a disk in clear.

A request is received whole before anybody reads it. What is small stays in memory; what is larger goes into a nameless
file beside the sealed files, under a key that exists only in this object, and is opened piece by piece as it is read.
Who is not signed in sends a form within half a minute and no more: strangers could fill disk and memory otherwise.
"""

from __future__ import annotations

import asyncio
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
FROM_NOBODY = 1 << 17              # the largest form before anybody is signed in has 20,000 letters
SECONDS_OF_NOBODY = 30
NOWHERE = bytes(16)                # it is no vault's

Receive = Callable[[], Awaitable[dict[str, Any]]]
Scope = dict[str, Any]


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


class Declined(Exception):
    """More was sent, or slower, than this sender may. The rest is not read."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class SealedBodies(ASGIHandler):
    """Django's handler, with bodies that are never on a disk in clear. `known`: who may send something large."""

    def __init__(self, known: Callable[[Scope], bool] = lambda _: True) -> None:
        super().__init__()
        self.known = known

    async def handle(self, scope: Scope, receive: Receive, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """Answer a request; 413 or 408 without a page for one that is too large or slow for whoever sends it."""
        known = self.known(scope)
        left, arriving = LARGEST if known else FROM_NOBODY, True
        until = asyncio.get_running_loop().time() + SECONDS_OF_NOBODY

        async def bounded() -> dict[str, Any]:
            nonlocal left, arriving
            try:
                async with asyncio.timeout_at(until if arriving and not known else None):
                    message = await receive()
            except TimeoutError:
                raise Declined(408) from None
            left -= len(message.get("body", b""))
            arriving = message.get("more_body", False)
            if left < 0:
                raise Declined(413)
            return message

        try:
            await super().handle(scope, bounded, send)
        except Declined as why:
            headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), (b"connection", b"close")]
            await send({"type": "http.response.start", "status": why.status, "headers": headers})
            await send({"type": "http.response.body", "body": b""})

    async def read_body(self, receive: Receive) -> io.BufferedReader:
        """The whole body. Raises `RequestAborted` if the sender is gone, `Declined`, `OSError` for a full disk."""
        body = SealedBody()
        try:
            await _receive(body, receive)
        except BaseException:
            body.close()
            raise
        return io.BufferedReader(body, 1 << 16)


async def _receive(body: SealedBody, receive: Receive) -> None:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestAborted
        body.receive(message.get("body", b""))
        more = message.get("more_body", False)
    body.complete()


def application(known: Callable[[Scope], bool]) -> SealedBodies:
    """The office as an ASGI application. `known` tells whether a request carries a session that is there."""
    django.setup(set_prefix=False)
    return SealedBodies(known)
