"""What somebody has done so far while they enrol: kept in memory for half an hour, sealed; only their cookie opens it.

So that eight words shown on one page can be typed on the next, and the server holds them nowhere in clear meanwhile.
A file exists only after a right code was given: strangers make none.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from waystation_web.gateways import clock
from waystation_web.gateways.runtime import folder, write_whole
from waystation_web.vault import people
from waystation_web.vault.errors import Refused

from . import sessions
from .answers import Ended

SECONDS = 30 * 60


def cookie_name() -> str:
    """The cookie of an enrolment."""
    return "__Host-e" if settings.INSTALLATION.encrypted_transport else "e"


def _file(sid: bytes) -> Path:
    return folder(settings.INSTALLATION, "aside") / sha256(b"aside" + sid).hexdigest()


def begin(response: HttpResponse, said: dict[str, Any]) -> None:
    """Keep this under a new name and key; both are in the cookie alone. What is too old goes."""
    now = clock.now().timestamp()
    for old in folder(settings.INSTALLATION, "aside").glob("[!.]*"):  # a dot: half-written, perhaps by a killed worker
        with suppress(FileNotFoundError):
            if now - int.from_bytes(old.read_bytes()[:8], "big") > SECONDS:
                old.unlink()
    value, sid, key = sessions.new_pair()
    _write(sid, key, int(now), said)
    sessions.set_cookie(response, cookie_name(), value, seconds=SECONDS)


def _write(sid: bytes, key: bytes, made: int, said: dict[str, Any]) -> None:
    time = made.to_bytes(8, "big")
    write_whole(_file(sid), time + people.seal_aside(key, "enrol", time + sid, json.dumps(said).encode()))


def _open(request: HttpRequest) -> tuple[bytes, bytes, int, dict[str, Any]]:
    halves = sessions.pair(request.COOKIES.get(cookie_name(), ""))
    if halves is None:
        raise Ended
    sid, key = halves
    try:
        content = _file(sid).read_bytes()
        said = json.loads(people.open_aside(key, "enrol", content[:8] + sid, content[8:]))
    except (OSError, Refused):
        raise Ended from None
    made = int.from_bytes(content[:8], "big")
    if not 0 <= clock.now().timestamp() - made <= SECONDS:
        raise Ended
    return sid, key, made, said


def read(request: HttpRequest) -> dict[str, Any]:
    """What was kept. Raises `Ended`."""
    return _open(request)[3]


def change(request: HttpRequest, **more: Any) -> None:
    """Keep more; half an hour is still counted from the beginning. Raises `Ended`."""
    sid, key, made, said = _open(request)
    _write(sid, key, made, said | more)


def end(response: HttpResponse, request: HttpRequest) -> None:
    """Forget it."""
    halves = sessions.pair(request.COOKIES.get(cookie_name(), ""))
    if halves is not None:
        _file(halves[0]).unlink(missing_ok=True)
    sessions.set_cookie(response, cookie_name(), "", seconds=0)
