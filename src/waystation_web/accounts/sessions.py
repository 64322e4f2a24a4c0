"""Who is signed in. The keys of a session lie sealed in a file in memory; only the browser's cookie can open it.

Between requests the server cannot read them: a copied file opens nothing, a copied cookie opens nothing without the
file, and unlinking the file is the end. One session a person. Nothing is kept in a global, a cache or the database.
"""

from __future__ import annotations

import os
import secrets as chance
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie

from waystation.contexts import ctx
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.gateways.runtime import folder, write_whole
from waystation_web.vault import people
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused
from waystation_web.vault.labels import read_factors, read_label
from waystation_web.vault.models import Account

from .answers import Wrong

IDLE_SECONDS = 15 * 60
ABSOLUTE_SECONDS = 8 * 3600
STEP_UP_SECONDS = 5 * 60
POLL_HEADER = "X-Waystation-Poll"
STREAMS = "/stream/"                      # a browser's event source cannot send headers: streams are known by address
TOTP, PASSKEY, CODE = 1, 2, 3             # which factor opened the session; CODE = a code of set-up or enrolment


@dataclass(frozen=True, slots=True)
class Found:
    """A session's file and what the cookie holds."""

    path: Path
    sid: bytes
    key: bytes


def cookie_name() -> str:
    """`__Host-s` over TLS. The prefix demands `Secure`, which not every browser takes from http://localhost: `s` there.

    (Chromium does; whoever develops with another browser must still be able to sign in.)
    """
    return "__Host-s" if settings.INSTALLATION.encrypted_transport else "s"


def set_cookie(response: HttpResponse, name: str, value: str, *, seconds: int | None = None) -> None:
    """A cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="Strict",
                        secure=settings.INSTALLATION.encrypted_transport)


def pair(value: str) -> tuple[bytes, bytes] | None:
    """The two halves of a cookie: a name of 16 bytes and a key of 32."""
    try:
        raw = urlsafe_b64decode(value.encode("ascii"))
    except ValueError:
        return None
    return (raw[:16], raw[16:]) if len(raw) == 48 else None


def new_pair() -> tuple[str, bytes, bytes]:
    """A fresh cookie value with its name and key."""
    raw = chance.token_bytes(48)
    return urlsafe_b64encode(raw).decode("ascii"), raw[:16], raw[16:]


def _file(account_id: bytes, sid: bytes) -> Path:
    return folder(settings.INSTALLATION, "sessions") / f"{account_id.hex()}-{sha256(b'sid' + sid).hexdigest()}"


def _find(cookies: Mapping[str, str]) -> Found | None:
    halves = pair(cookies.get(cookie_name(), ""))
    if halves is None:
        return None
    ending = f"-{sha256(b'sid' + halves[0]).hexdigest()}"
    for path in folder(settings.INSTALLATION, "sessions").iterdir():
        if path.name.endswith(ending):
            return Found(path, *halves)
    return None


def comes_with(scope: Mapping[str, Any]) -> bool:
    """Whether a request, of which only the headers are there, carries the name of a session. Nothing is opened."""
    said = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return _find(parse_cookie(said.decode("latin-1"))) is not None


def goes_on(scope: Mapping[str, Any]) -> bool:
    """Whether the session that a stream was opened with is still there, and its person not gone for too long."""
    said = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    found = _find(parse_cookie(said.decode("latin-1")))
    try:
        return found is not None and clock.now().timestamp() - found.path.stat().st_mtime <= IDLE_SECONDS
    except FileNotFoundError:
        return False


def current(request: HttpRequest) -> Actor | None:
    """Whoever the cookie stands for, or None. Renews the idle time, except for polls and streams."""
    found = _find(request.COOKIES)
    if found is None:
        return None
    now = clock.now()
    try:
        idle = now.timestamp() - found.path.stat().st_mtime
        session = people.open_session(found.key, found.sid, found.path.read_bytes())
    except (OSError, Refused):  # unlinked meanwhile, or not this cookie's: nobody is signed in
        return None
    if idle > IDLE_SECONDS or now - session.created > timedelta(seconds=ABSOLUTE_SECONDS):
        found.path.unlink(missing_ok=True)
        return None
    account = Account.objects.filter(id=session.account, state=Account.State.ACTIVE).first()
    if account is None or not found.path.name.startswith(account.id.hex()):
        return None
    if POLL_HEADER not in request.headers and not request.path_info.startswith(STREAMS):
        _touch(found.path, now)
    return _actor(account, session)


def _touch(path: Path, now: datetime) -> None:
    with suppress(FileNotFoundError):  # ended while this request was under way: it must not come back
        os.utime(path, (now.timestamp(), now.timestamp()))


def _actor(account: Account, session: people.Session) -> Actor | None:
    try:
        label = read_label(account)
        officer = people.is_officer(account)
    except Refused:  # a tampered row signs nobody in
        return None
    return Actor(id=account.id, handle=label.handle, name=label.name, roles=label.roles, officer=officer,
                 secrets=session.secrets, language=label.language, theme=label.theme, keys=label.keys,
                 stepped_up_until=session.stepped_up_until, signed_in_at=session.created)


def shown_by(account: Account) -> bytes:
    """A digest of what somebody signs in with: words and factors, without the counters that move at every sign-in."""
    factors = read_factors(account)
    keys = sorted(ctx(key.credential_id, key.public_key) for key in factors.passkeys)
    return sha256(ctx(account.slot or b"", factors.totp or b"", *keys)).digest()


def begin(response: HttpResponse, account_id: bytes, secrets: people.Secrets, *, factor: int, stepped_up: bool,
          since: datetime | None = None, proved: bytes = b"") -> bool:
    """A new session with a new name and a new key; the old one of this person ends. Whether there was an old one.

    `since`: when the person signed in, if this is a step-up: eight hours are counted from there. `proved`: `shown_by`
    of the account when the person proved who they are. Raises `Wrong` if the account was locked, removed or given
    other keys, words or factors since: whoever does that waits for this, or this waits for them.
    """
    with writing():
        account = Account.objects.filter(pk=account_id, state=Account.State.ACTIVE).first()
        if account is None or not people.own_keys_match(account, secrets) or proved not in {b"", shown_by(account)}:
            raise Wrong
        return _begin(response, account_id, secrets, factor=factor, stepped_up=stepped_up, since=since)


def _begin(response: HttpResponse, account_id: bytes, secrets: people.Secrets, *, factor: int, stepped_up: bool,
           since: datetime | None) -> bool:
    now = clock.now()
    value, sid, key = new_pair()
    had = bool(_unlink(account_id))
    session = people.Session(
        account=account_id, created=since or datetime.fromtimestamp(int(now.timestamp()), UTC), secrets=secrets,
        stepped_up_until=now + timedelta(seconds=STEP_UP_SECONDS) if stepped_up else None, factor=factor)
    path = _file(account_id, sid)
    write_whole(path, people.seal_session(key, sid, session))
    os.utime(path, (now.timestamp(), now.timestamp()))
    set_cookie(response, cookie_name(), value)
    return had


def _unlink(account_id: bytes, but: Path | None = None) -> list[Path]:
    gone = [path for path in folder(settings.INSTALLATION, "sessions").glob(f"{account_id.hex()}-*") if path != but]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def end(account_id: bytes) -> None:
    """End every session of a person, at once."""
    _unlink(account_id)
    visit_file(account_id).unlink(missing_ok=True)


def end_others(request: HttpRequest) -> None:
    """End every session of the person who asks but the one that asks."""
    found, actor = _find(request.COOKIES), request.actor  # type: ignore[attr-defined]
    if found is not None and actor is not None:
        _unlink(actor.id, but=found.path)


def visit_file(account_id: bytes) -> Path:
    """Where what was found at sign-in waits for the home page, sealed under the person's own key."""
    return folder(settings.INSTALLATION, "visits") / account_id.hex()


def sign_out(response: HttpResponse, request: HttpRequest) -> None:
    """End the session, and tell the browser to forget everything of this site."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor is not None:
        end(actor.id)
    set_cookie(response, cookie_name(), "", seconds=0)
    response["Clear-Site-Data"] = '"*"'
