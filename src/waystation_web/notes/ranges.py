"""One range of bytes out of a sealed file, streamed without ever holding the whole of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
Reading = Callable[[int, int], Iterator[bytes]]
CLOSED = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


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


def answer(request: HttpRequest, *, size: int, read: Reading, name: str) -> HttpResponseBase:
    """The whole file or the range asked for, as something that a browser saves and never shows."""
    try:
        asked = None if "If-Range" in request.headers else part(request.headers.get("Range", ""), size)
    except NoSuchRange:
        refused = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    start, stop = asked or (0, size)
    content = read(start, stop)
    response = StreamingHttpResponse(
        _one_by_one(content) if isinstance(request, ASGIRequest) else content,
        status=206 if asked else 200, content_type="application/octet-stream")
    if asked:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response["Content-Length"] = str(stop - start)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = CLOSED
    return response


async def _one_by_one(content: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is opened in the thread of the request: Django would otherwise gather the whole file first."""
    while (piece := await sync_to_async(next)(content, None)) is not None:
        yield piece
