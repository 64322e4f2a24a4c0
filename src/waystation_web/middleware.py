"""What surrounds every page: headers, the same-site rule, who is signed in, which language, how a refusal looks.

Order matters (settings.MIDDLEWARE): headers are outermost, so that errors, static files and refusals carry them too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from waystation.access import Role

from . import menu
from .accounts import sessions
from .accounts.views import back
from .audit.actions import record_refusal
from .gateways import backups, beats, clock, demonstrating
from .gateways.database import writing
from .journeys import watches
from .vault.actor import Actor
from .vault.errors import Changed, NoSuchVault, NotPermitted, Refused

Handler = Callable[[HttpRequest], HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
          "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
FEATURES = ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
            "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
            "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb",
            "xr-spatial-tracking")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # not no-referrer: a plain form would then say "Origin: null" and be refused
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
}


class Headers:
    """Every answer says what the browser may do with it. A view may set a stricter value, never a laxer one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what is missing."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.INSTALLATION.encrypted_transport:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if not request.path_info.startswith(settings.STATIC_URL) or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response


class SameSite:
    """A request under another name, or one that would change something and comes from another site, is refused.

    Before anything looks at it: a foreign name would let a web page reach an office on the same machine as its own.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse by what the browser itself says (`Sec-Fetch-Site`); Django's own check of origin and token follows."""
        request.get_host()  # raises what becomes 400 under a name that is not the office's
        said = request.headers.get("Sec-Fetch-Site", "same-origin")
        if request.method not in SAFE and said not in {"same-origin", "none"}:
            return cross_site(request)
        return self.get_response(request)


class SignedIn:
    """Who asks: `request.actor`, an object of this request alone, or None. Its keys are dropped with the request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open the session that the cookie holds the key of."""
        request.actor = sessions.current(request)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            request.actor = None  # type: ignore[attr-defined]


class Language:
    """The person's language; before sign-in, the cookie of the language form, then the browser's wish."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate it for this request."""
        actor = request.actor  # type: ignore[attr-defined]
        chosen = actor.language if actor else request.COOKIES.get("l", "")
        if chosen not in dict(settings.LANGUAGES):
            chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


class Refusals:
    """What goes wrong becomes a page that says what to do, and nothing about what is inside."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing on the way in."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, why: Exception) -> HttpResponse | None:
        """The page for an exception of a view; None leaves it to `errors/500.html`."""
        actor = request.actor  # type: ignore[attr-defined]
        if isinstance(why, NoSuchVault):
            return page(request, 404)
        if isinstance(why, Changed):
            return page(request, 409, changed=True)
        if isinstance(why, OperationalError):
            return busy(request)
        if not isinstance(why, NotPermitted | Refused):
            return None
        try:
            with writing():
                record_refusal(actor, getattr(why, "rule", "") or why.kind, vault=getattr(why, "vault", None))
        except OperationalError:  # what cannot be recorded is not answered
            return busy(request)
        if isinstance(why, Refused):
            return page(request, 409)
        if why.step_up:
            shown = {"again": True, "why": why.sentence, "back": stood_on(request)}
            return render(request, "accounts/step_up.html", shown, status=403)
        return page(request, 403, why=why.sentence)


def page(request: HttpRequest, status: int, **more: object) -> HttpResponse:
    """An error as a page in the office's frame: words, no detail."""
    if not hasattr(request, "actor"):  # refused before anybody asked who it is
        request.actor = None  # type: ignore[attr-defined]
    return render(request, f"errors/{status}.html", more, status=status)


def stood_on(request: HttpRequest) -> str:
    """The page that a form stood on, to go back to: the address it was sent to may take forms only."""
    return back(request) if request.headers.get("Referer") else request.path_info


def busy(request: HttpRequest) -> HttpResponse:
    """The page for a disk that is full or a database that does not answer: nothing was saved."""
    response = page(request, 503)
    response["Retry-After"] = "10"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """The page for a request that cannot be read."""
    return page(request, 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The page for what Django itself forbids."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The page for an address that is none: the same as for a record that is not this person's."""
    return page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for what nobody foresaw."""
    return page(request, 500)


def cross_site(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (the reason stays here)
    """The page for a request that another site sent, or whose token is missing."""
    return page(request, 403, cross_site=True)


def nobody_alarms() -> bool:
    """Whether somebody is on the way while the alarm gives no sign of life."""
    heard = beats.age(settings.INSTALLATION, beats.WATCH)
    return (heard is None or heard > beats.GONE) and watches.any_open()


def keeping(actor: Actor) -> dict[str, Any]:
    """What people must be told of backups: everybody of a restore, a security officer of what is due."""
    office, now = settings.INSTALLATION, clock.now()
    officer = Role.SECURITY_OFFICER in actor.roles
    return {"restored": backups.restored(office, now),
            "backup_days": backups.overdue(office, now) if officer else None,
            "drill_due": officer and backups.drill_due(office, now)}


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every template may use: who asks, whether this is a demonstration, how long until the lock."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "menu": tuple(menu.head(actor.roles, request.path)) if actor else (),
        "demonstration": demonstrating.is_demonstration(),
        "organisation": settings.INSTALLATION.organisation if actor else "",
        "theme": actor.theme if actor else "",
        "idle_seconds": sessions.IDLE_SECONDS if actor else 0,
        "nobody_alarms": actor is not None and nobody_alarms(),
    } | (keeping(actor) if actor else {})
