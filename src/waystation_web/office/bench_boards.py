"""Boards as open browsers have them: a stream that is listened to, and what it says asked for: a row, or the list.

As `board.mjs` does it: told while it asks for the list, a board asks once more afterwards, and not more often; rows are
asked for beside it; and the list comes every minute in any case, for every board at another moment.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from dataclasses import dataclass, field

from . import Cannot

STREAM, LIST, ROWS = "/stream/road/", "/now/", "/now/rows/?of="
EVERY_SECONDS = 60
WAIT_SECONDS = 120
LIMIT = 1 << 22      # bytes of one line of a page


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass(slots=True)
class Screen:
    """One open board. `told`: when its stream spoke; `shown`: when it asked, when it had the answer, and which."""

    host: str
    port: int
    headers: Mapping[str, str]
    asks: str = LIST
    told: list[float] = field(default_factory=list)
    shown: list[tuple[float, float, bytes]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    failed: str = ""
    _asking: bool = False
    _waiting: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def listen(self) -> None:
        """Hold the stream for as long as the measuring lasts."""
        reader, writer = await self._sent("GET", STREAM, {"Accept": "text/event-stream"}, b"")
        try:
            status = (await reader.readline()).split()
            if status[1:2] != [b"200"]:
                self._fails(f"a stream was answered {status}")
                return
            event = b""
            async for line in _lines(reader):
                name, _, said = line.strip().partition(b": ")
                if name == b"event":
                    event = said
                elif name == b"data" and event in {b"road", b"row"}:
                    self.told.append(time.perf_counter())
                    self.news.set()
                    self._ask() if event == b"road" else self._start(self._asks_row(said.split()[1].decode()))
            self._fails("a stream ended")
        finally:
            writer.close()

    def _ask(self) -> None:
        if self._asking:
            self._waiting = True
            return
        self._asking = True
        self._start(self._asks())

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _asks(self) -> None:
        while True:
            self._waiting = False
            await self._shows(self.asks)
            if not self._waiting:
                break
        self._asking = False

    async def _asks_row(self, journey: str) -> None:
        await self._shows(ROWS + journey if self.asks == LIST else self.asks)

    async def _shows(self, path: str) -> None:
        began = time.perf_counter()
        answer = await self.request("GET", path, {"X-Waystation-Poll": "1"})
        if answer.status != 200:
            self._fails(f"{path} was answered {answer.status}")
        self.shown.append((began, time.perf_counter(), answer.body))
        self.news.set()

    async def every_minute(self, first: float) -> None:
        """Ask for the list in any case, the first time after so many seconds."""
        await asyncio.sleep(first)
        while True:
            self._ask()
            await asyncio.sleep(EVERY_SECONDS)

    def _fails(self, why: str) -> None:
        self.failed = why
        self.news.set()

    async def request(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """One page, or one act."""
        reader, writer = await self._sent(method, path, {**headers, "Connection": "close"}, body)
        try:
            head, _, rest = (await asyncio.wait_for(reader.read(), WAIT_SECONDS)).partition(b"\r\n\r\n")
        finally:
            writer.close()
        lines = head.split(b"\r\n")
        chunked = any(line.lower() == b"transfer-encoding: chunked" for line in lines)
        return Answer(int([*lines[0].split(), b"", b"0"][1] or 0), _whole(rest) if chunked else rest)

    async def has(self, what: str, *, since: float, gone: bytes = b"", there: bytes = b"") -> tuple[float, float]:
        """When it was told after a moment, and when it had, with something and without something else, what it then
        asked for: the list or a row. Raises `Cannot` for never."""
        until = time.perf_counter() + WAIT_SECONDS
        while True:
            self.news.clear()
            if self.failed:
                raise Cannot(f"a board failed: {self.failed}")
            told = next((at for at in self.told if at >= since), None)
            listed = next((end for began, end, page in self.shown
                           if told is not None and began >= told and there in page
                           and not (gone and gone in page)), None)
            if told is not None and listed is not None:
                return told, listed
            left = until - time.perf_counter()
            try:
                await asyncio.wait_for(self.news.wait(), max(0.01, left))
            except asyncio.TimeoutError as reason:  # noqa: UP041  (Python 3.10 has two)
                raise Cannot(f"a board was not told within {WAIT_SECONDS} s: {what}") from reason

    async def _sent(self, method: str, path: str, headers: Mapping[str, str],
                    body: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=LIMIT)
        told = {"Host": f"{self.host}:{self.port}", **self.headers, **headers}
        if body:
            told |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        writer.write("".join([f"{method} {path} HTTP/1.1\r\n", *(f"{name}: {one}\r\n" for name, one in told.items()),
                              "\r\n"]).encode() + body)
        await writer.drain()
        return reader, writer


async def _lines(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while line := await reader.readline():
        yield line


def _whole(chunks: bytes) -> bytes:
    """The body of an answer that came in pieces."""
    found = []
    while chunks:
        size, _, chunks = chunks.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            break
        found.append(chunks[:length])
        chunks = chunks[length + 2:]
    return b"".join(found)
