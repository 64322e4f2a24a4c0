"""A stream for open boards: that something changed which this person holds on the road, and nothing of what.

Three sorts of lines, each with a number: `road`, the list changed; `row`, one journey did, with its id; `beat`, nothing
did until now, so that a board knows that it is true.

It holds no key, no record and no connection to the database. It ends with the session; the browser then asks for its
list once more and finds the door.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, StreamingHttpResponse

from waystation_web.accounts import sessions
from waystation_web.journeys import live

LOOKS_S = 0.2          # between two looks at the number
ALIVE_EVERY = 5        # looks between two questions whether the session is still there
BEAT_EVERY = 50        # looks between two beats, which keep the connection open as well
RETRY = "retry: 2000\n"


def answer(request: HttpRequest) -> StreamingHttpResponse:
    """The stream; for a server that is not asynchronous, one number and the end, and the browser asks again."""
    account = request.actor.id  # type: ignore[attr-defined]
    close_old_connections()  # which asking for the session opened: a hundred boards would hold one each, for hours
    told = _endless(request, account) if isinstance(request, ASGIRequest) else _once(account)
    response = StreamingHttpResponse(told, content_type="text/event-stream; charset=utf-8")
    response["X-Accel-Buffering"] = "no"
    return response


def _once(account: bytes) -> Iterator[str]:
    yield RETRY + _said("road", live.number(account))


async def _endless(request: ASGIRequest, account: bytes) -> AsyncIterator[str]:
    known, looks, scope = live.number(account), 0, request.scope
    yield RETRY + _said("road", known)
    while True:
        await asyncio.sleep(LOOKS_S)
        looks += 1
        known, news = live.since(account, known)
        for journey in news:
            yield _said("row", known, journey.hex()) if journey else _said("road", known)
        if looks % BEAT_EVERY == 0:
            yield _said("beat", known)
        if looks % ALIVE_EVERY == 0 and not await sync_to_async(sessions.goes_on, thread_sensitive=False)(scope):
            return


def _said(event: str, number: int, journey: str = "") -> str:
    return f"event: {event}\ndata: {number} {journey}".rstrip() + "\n\n"
