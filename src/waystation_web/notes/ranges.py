"""One range of bytes out of a sealed file, streamed without ever holding the whole of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CLOSED = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Source(Protocol):
    """A file that can be read from one byte to before another."""

    @property
    def size(self) -> int:
        """Bytes of the content."""

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Some of them."""

    def close(self) -> None:
        """Let go of it."""


class NoSuchRange(Exception):
    """A range that lies outside the file (416)."""


def part(asked: str, size: int) -> tuple[int, int] | None:
    """First byte and end of the range that a header asks for; None if the whole file is to be sent.

    Several ranges, and headers that are no ranges, are answered with the whole file, as RFC 9110 allows.

    >>> part("bytes=0-9", 100), part("bytes=90-", 100), part("bytes=-5", 100), part("bytes=0-1,4-5", 100)
    ((0, 10), (90, 100), (95, 100), None)
    """
    found = _RANGE.fullmatch(asked.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if len(first) > 18 or len(last) > 18:
        raise NoSuchRange
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= stop:
        raise NoSuchRange
    return start, stop


def answer(request: HttpRequest, source: Source, *, name: str) -> HttpResponseBase:
    """The whole file or the range asked for, as something that a browser saves and never shows."""
    size = source.size
    try:
        asked = None if "If-Range" in request.headers else part(request.headers.get("Range", ""), size)
    except NoSuchRange:
        source.close()
        refused = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    start, stop = asked or (0, size)
    pieces = AsyncPieces if isinstance(request, ASGIRequest) else Pieces
    response = StreamingHttpResponse(pieces(source, start, stop), status=206 if asked else 200,
                                     content_type="application/octet-stream")
    if asked:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response["Content-Length"] = str(stop - start)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = CLOSED
    return response


class Pieces:
    """A range, piece by piece; the file is let go of when the answer is closed, whether or not it was read."""

    def __init__(self, source: Source, start: int, stop: int) -> None:
        self.source, self.content = source, source.read(start, stop)

    def __iter__(self) -> Iterator[bytes]:
        return self.content

    def close(self) -> None:
        """The answer is over."""
        self.source.close()


class AsyncPieces:
    """The same for a server that is asynchronous: Django would gather the whole file first otherwise."""

    def __init__(self, source: Source, start: int, stop: int) -> None:
        self.source, self.content = source, source.read(start, stop)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (piece := await sync_to_async(next)(self.content, None)) is not None:
            yield piece

    def close(self) -> None:
        """The answer is over."""
        self.source.close()
