"""One worker: uvicorn on a socket that the supervisor holds. Started by `serving`, never by hand.

Two ways to end it. SIGTERM: leave, after everything that was begun is finished. SIGINT: stop, within seconds.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import secrets
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from waystation_web.gateways import beats
from waystation_web.vault.errors import Refused

from .serving import LEAVE, READY

PAGES, JITTER = 200, 4  # up to a quarter more: nobody knows when
IDLE_SECONDS = 300
LINGER_SECONDS = 1     # for a browser that has connected and not asked yet
LEAVE_SECONDS = 600    # the longest upload
STOP_SECONDS = 3       # event streams do not end by themselves
BEAT_TICKS = 100
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def keep_memory_private() -> None:
    """No core dump, and no other process of this user may read this one's memory. Linux; elsewhere `doctor` says so."""
    if not sys.platform.startswith("linux"):
        return
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def end_with_supervisor() -> None:
    """Stop when the supervisor is gone: nobody would ever replace this process."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


class Counted:
    """The application, counting pages. `leave` is called once, when enough was served or nobody came for a while."""

    def __init__(self, application: Any, leave: Callable[[], None], *, pages: int, idle_seconds: float) -> None:
        self.application, self.leave = application, leave
        self.pages, self.idle_seconds = pages, idle_seconds
        self.idle: asyncio.TimerHandle | None = None
        self.left = self.closing = False
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; count it if a person asked for it."""
        if scope["type"] != "http" or not counts(scope):
            await self.application(scope, receive, self._last(send))
            return
        self.under_way += 1
        try:
            await self.application(scope, receive, self._last(send))
        finally:
            self.under_way -= 1
            self.pages -= 1
            if self.idle:
                self.idle.cancel()
            self.idle = asyncio.get_running_loop().call_later(self.idle_seconds, self._leave)
            if self.pages <= 0:
                self._leave()

    def _last(self, send: Send) -> Send:
        async def say(message: Message) -> None:
            if self.closing and message["type"] == "http.response.start":  # the next request goes to the next worker
                message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
            await send(message)
        return say

    def _leave(self) -> None:
        if not self.left:
            self.left = True
            self.leave()


def counts(scope: Scope) -> bool:
    """Whether a request is a page: not a poll, not a stream, not a file of ours."""
    from waystation_web.accounts.sessions import POLL_HEADER, STREAMS
    polled = any(name.lower() == POLL_HEADER.lower().encode() for name, _ in scope["headers"])
    return not polled and not scope["path"].startswith(("/static/", STREAMS))


class Server(uvicorn.Server):
    """uvicorn that says when it accepts, and that loses nobody when it goes."""

    def __init__(self, counted: Counted, says: int | None = None) -> None:
        super().__init__(uvicorn.Config(
            counted, lifespan="off", access_log=False, log_config=None, server_header=False, date_header=False,
            proxy_headers=False, timeout_graceful_shutdown=STOP_SECONDS, ws="none",
            h11_max_incomplete_event_size=65536))
        self.counted, self.says = counted, says
        self.hurried = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then say so."""
        await super().startup(sockets=sockets)
        if self.says is not None:
            os.write(self.says, READY)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; every ten seconds the alarm is shown that somebody serves here."""
        if counter % BEAT_TICKS == 0:
            with suppress(OSError):
                beats.beat(settings.INSTALLATION, beats.OFFICE)
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """SIGTERM leaves, SIGINT stops, also in the middle of leaving."""
        self.hurried = self.hurried or sig == signal.SIGINT
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nobody more, answer whoever is connected already, finish what was begun; then close."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        self.counted.closing = True
        loop = asyncio.get_running_loop()
        linger, until = loop.time() + LINGER_SECONDS, loop.time() + LEAVE_SECONDS
        while not self.hurried and (loop.time() < linger or self.counted.under_way) and loop.time() < until:
            await asyncio.sleep(0.05)
        await super().shutdown(sockets=[])


def main(arguments: list[str]) -> None:
    """Serve on an inherited socket until told to leave or to stop."""
    os.umask(0o077)
    keep_memory_private()
    end_with_supervisor()
    listener, says = socket.socket(fileno=int(arguments[0])), int(arguments[1])
    try:
        counted = counted_office(lambda: _say(says, LEAVE))
    except (ImproperlyConfigured, ValueError, Refused) as reason:
        sys.exit(str(reason))
    with suppress(KeyboardInterrupt):
        Server(counted, says).run(sockets=[listener])


def counted_office(leave: Callable[[], None]) -> Counted:
    """The office's application; it is only there if its cryptography answers as it must and nothing is unsafe.

    The host key is read now: the medium it lies on may be pulled after the start. Raises `ValueError` or `Refused` for
    a host key that cannot be read, `ImproperlyConfigured` for the rest (`vault.apps`, `gateways.safety`).
    """
    from waystation_web.asgi import application
    from waystation_web.vault.host import host_keys
    host_keys()
    pages = min(PAGES, int(os.environ.get("WAYSTATION_PAGES", PAGES)))
    pages += secrets.randbelow(max(1, pages // JITTER))
    idle = min(IDLE_SECONDS, float(os.environ.get("WAYSTATION_IDLE", IDLE_SECONDS)))
    return Counted(application, leave, pages=pages, idle_seconds=idle)


def _say(says: int, what: bytes) -> None:
    with suppress(BrokenPipeError):  # the supervisor is gone, and this process is being stopped
        os.write(says, what)


if __name__ == "__main__":
    main(sys.argv[1:])
