"""One worker: uvicorn on a socket that the supervisor holds. Started by `serving`, never by hand."""

from __future__ import annotations

import asyncio
import ctypes
import os
import secrets
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

from .serving import LEAVE, READY

PAGES, JITTER = 200, 50
IDLE_SECONDS = 300
DRAIN_SECONDS = 10
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def keep_memory_private() -> None:
    """No core dump, and no other process of this user may read this one's memory. Linux; elsewhere `doctor` says so."""
    if not sys.platform.startswith("linux"):
        return
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    system.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)  # a worker whose supervisor is gone would never be replaced


class Counted:
    """The application, counting pages. `leave` is called once, when enough was served or nobody came for a while."""

    def __init__(self, application: Any, leave: Callable[[], None], *, pages: int, idle_seconds: float) -> None:
        self.application, self.leave = application, leave
        self.pages, self.idle_seconds = pages, idle_seconds
        self.idle: asyncio.TimerHandle | None = None
        self.left = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; count it if a person asked for it while signed in or signing in."""
        await self.application(scope, receive, send)
        if scope["type"] == "http" and counts(scope):
            self.pages -= 1
            if self.idle:
                self.idle.cancel()
            self.idle = asyncio.get_running_loop().call_later(self.idle_seconds, self._leave)
            if self.pages <= 0:
                self._leave()

    def _leave(self) -> None:
        if not self.left:
            self.left = True
            self.leave()


def counts(scope: Scope) -> bool:
    """Whether a request is a page: not a poll, not a stream, not a file of ours."""
    path: str = scope["path"]
    polled = any(name.lower() == b"x-waystation-poll" for name, _ in scope["headers"])
    return not polled and not path.startswith(("/static/", "/events/"))


class Server(uvicorn.Server):
    """uvicorn, saying that it accepts."""

    def __init__(self, config: uvicorn.Config, says: int) -> None:
        super().__init__(config)
        self.says = says

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then say so."""
        await super().startup(sockets=sockets)
        os.write(self.says, READY)


def main(arguments: list[str]) -> None:
    """Serve on an inherited socket until told to stop."""
    os.umask(0o077)
    keep_memory_private()
    listener, says = socket.socket(fileno=int(arguments[0])), int(arguments[1])
    from waystation_web.asgi import application

    pages = int(os.environ.get("WAYSTATION_PAGES", PAGES)) + secrets.randbelow(JITTER)
    counted = Counted(application, lambda: _say(says, LEAVE), pages=pages, idle_seconds=IDLE_SECONDS)
    config = uvicorn.Config(counted, lifespan="off", access_log=False, log_config=None, server_header=False,
                            date_header=False, proxy_headers=False, timeout_graceful_shutdown=DRAIN_SECONDS,
                            ws="none", h11_max_incomplete_event_size=65536)
    Server(config, says).run(sockets=[listener])


def _say(says: int, what: bytes) -> None:
    try:
        os.write(says, what)
    except BrokenPipeError:
        os._exit(1)  # the supervisor is gone: nobody would ever stop this process


if __name__ == "__main__":
    main(sys.argv[1:])
