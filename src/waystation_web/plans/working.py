"""A page that is sent while a plan is computed: what is done, line by line, then a link to the plan.

It is one answer to one request. Whoever leaves the page stops the computing, and nothing is kept between requests, so
no running question lies anywhere in clear. Without a script the link is followed by hand; with one, by itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

MARK = "<!--lines-->"


def page(request: HttpRequest, lines: Callable[[], Iterator[str]], context: dict[str, object], *,
         template: str = "plans/working.html") -> StreamingHttpResponse:
    """The page, sent piece by piece; `lines` gives pieces of HTML and is closed when the reader is gone."""
    head, _, tail = render_to_string(template, context, request).partition(MARK)
    pieces = Pieces(head, lines(), tail)
    response = StreamingHttpResponse(AsyncPieces(pieces) if isinstance(request, ASGIRequest) else pieces)
    response["X-Accel-Buffering"] = "no"
    return response


class Pieces:
    """Head, lines and tail of the page."""

    def __init__(self, head: str, lines: Iterator[str], tail: str) -> None:
        self.head, self.lines, self.tail = head, lines, tail

    def __iter__(self) -> Iterator[str]:
        yield self.head
        yield from self.lines
        yield self.tail

    def close(self) -> None:
        """The reader is gone, or has everything: the child ends."""
        stop = getattr(self.lines, "close", None)
        if stop is not None:
            stop()


class AsyncPieces:
    """The same for a server that is asynchronous: Django would gather the whole page first otherwise."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces

    async def __aiter__(self) -> AsyncIterator[str]:
        inside = iter(self.pieces)
        try:
            while (piece := await sync_to_async(next)(inside, None)) is not None:
                yield piece
        finally:
            await sync_to_async(self.pieces.close)()

    def close(self) -> None:
        """The answer is over."""
        self.pieces.close()
