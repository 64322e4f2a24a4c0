"""An ASGI application over one folder: it shows files, says of what was taken back that it is gone, and no more."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2",
         ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml"}
PART = re.compile(r"[a-z0-9][a-z0-9-]{0,79}(?:\.[a-z0-9]{1,5})?")
LARGEST = 32 * 2**20
POLICY = ("default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
          "form-action 'none'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PLAIN = ('<!doctype html><html lang="{0}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
         '<title>{1}</title><link rel="stylesheet" href="/style.css"><main class="plain"><h1>{1}</h1><p>{2}</p>'
         '<p><a href="/">{3}</a></p></main></html>')
SAID = {
    404: ("en", "Not here", "There is no such page.", "To all stories"),
    405: ("en", "Reading only", "These pages can be read, and nothing else.", "To all stories"),
    410: ("en", "Taken back · 거두어들였습니다",
          ("Whoever this was about, or whoever published it, has taken it back. Please delete copies, and do not pass "
           "them on. 이 글은 거두어들였습니다. 사본은 지우고 전하지 마십시오."), "To all stories · 모든 이야기"),
}


class UnsafeFolder(Exception):
    """The folder is not one to serve from; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent."""

    status: int
    type: str
    body: bytes
    lasts: bool = False  # may be kept by the reader's browser: what says nothing of anybody


class Site:
    """The application. `folder` holds what the office wrote there, and nothing else is ever opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = checked(folder)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError("these pages are asked for over HTTP alone")
        answer = self.answer(scope["method"], scope["path"])
        headers = {**HEADERS, "Content-Type": answer.type, "Content-Length": str(len(answer.body)),
                   "Cache-Control": "public, max-age=86400" if answer.lasts else "no-store"}
        if answer.status == 405:
            headers["Allow"] = "GET, HEAD"
        await send({"type": "http.response.start", "status": answer.status,
                    "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()]})
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})

    def answer(self, method: str, path: str) -> Answer:
        """What is answered to a method and a path."""
        if method not in {"GET", "HEAD"}:
            return said(405)
        parts = [part for part in path.split("/") if part]
        if not all(PART.fullmatch(part) for part in parts) or len(parts) > 4:
            return said(404)
        if len(parts) > 1 and parts[0] == "stories" and (self.folder / "gone" / parts[1]).exists():
            return said(410)
        if not parts or "." not in parts[-1]:
            parts.append("index.html")
        if parts[0] == "gone":
            return said(404)
        return self._file(self.folder.joinpath(*parts))

    def _file(self, path: Path) -> Answer:
        """A whole file below the folder; no link is followed, also not one on the way."""
        kind = TYPES.get(path.suffix)
        if kind is None or path.resolve() != path:
            return said(404)
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
        except OSError:
            return said(404)
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(stream.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST:
                return said(404)
            return Answer(200, kind, stream.read(LARGEST), lasts=path.suffix in {".css", ".woff2"})


def said(status: int) -> Answer:
    """A page of our own, of one sentence."""
    return Answer(status, TYPES[".html"], PLAIN.format(*SAID[status]).encode())


def checked(folder: Path) -> Path:
    """The folder, if one may serve from it. Raises `UnsafeFolder` for an office's own, or one that others write."""
    whole = folder.resolve()
    if not whole.is_dir():
        raise UnsafeFolder(f"{folder} is no folder. Publish something first; the office's page of a story says where.")
    if any((place / "office.toml").exists() for place in (whole, *whole.parents)):
        raise UnsafeFolder(f"{folder} lies inside an office. Publish outside of it (public in office.toml).")
    if os.name == "posix" and whole.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UnsafeFolder(f"others may write to {folder}: chmod 755")
    return whole
