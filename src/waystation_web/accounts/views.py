"""Pages of the door: sign in, sign out, leave, confirm that it is you, home."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import actions, forms, passkeys, queries, said, sessions, setup, signin, visit
from .answers import Busy, Uncertified, Wait, Wrong
from .gate import signed_in

FAULTS = (Wrong, Wait, Busy)


def answer(request: HttpRequest, template: str, context: dict[str, Any], why: Exception) -> HttpResponse:
    """The same page once more, with one sentence that does not say which part was wrong."""
    status, text, seconds = 403, said.WRONG, 0
    if isinstance(why, Wait):
        status, text, seconds = 429, said.WAIT, why.seconds
    elif isinstance(why, Busy):
        status, text, seconds = 503, said.BUSY, 60
    response = render(request, template, {**context, "wrong": text, "seconds": seconds}, status=status)
    if seconds:
        response["Retry-After"] = str(seconds)
    return response


def let_in(request: HttpRequest, entered: signin.Entered) -> HttpResponse:
    """Begin a session and show the home page."""
    response = redirect("home")
    had = sessions.begin(response, entered.account, entered.secrets, factor=entered.factor, stepped_up=False,
                         proved=entered.proved)
    visit.keep(entered.account, entered.secrets, replace(entered.visit, ended_other=had))
    rotate_token(request)
    return response


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. One form, one request."""
    if request.method == "GET":
        if request.actor is not None:
            return redirect("home")
        return render(request, "accounts/sign_in.html", {"form": forms.SignIn(), "setup": setup.stage() != setup.DONE})
    form = forms.SignIn(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    tried = signin.Try(**{name: given.get(name, "") for name in ("handle", "code", "passkey", "words")})
    try:
        return let_in(request, signin.sign_in(tried))
    except FAULTS as why:
        return answer(request, "accounts/sign_in.html", {"form": forms.SignIn({"handle": tried.handle})}, why)
    except Uncertified as why:
        return render(request, "accounts/uncertified.html", {"fingerprint": why.fingerprint}, status=403)


@require_POST
def passkey_options(_request: HttpRequest) -> HttpResponse:
    """What the browser needs to ask a key: the same for everybody, and it names nobody."""
    return JsonResponse(passkeys.sign_in_options())


def _out(request: HttpRequest, to: str) -> HttpResponse:
    response = redirect(to)
    actor = request.actor
    sessions.sign_out(response, request)
    rotate_token(request)
    if actor is not None:
        with suppress(OperationalError):  # the session is over; nobody who leaves in a hurry waits for a busy disk
            actions.sign_out(actor)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    return _out(request, "sign-in")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session and show a page about nothing."""
    return _out(request, "blank")


@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """A page about nothing."""
    return render(request, "accounts/blank.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the door; after sign-in the person's own setting counts."""
    response = redirect(back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        sessions.set_cookie(response, "l", chosen)
    return response


def back(request: HttpRequest) -> str:
    """The page of this office that the form stood on, without its query; the home page for anything else."""
    path = urlsplit(request.headers.get("Referer", "")).path
    try:
        resolve(path)
    except Resolver404:
        return "/"
    return path


@require_http_methods(["GET", "POST"])
@signed_in
def step_up(request: HttpRequest) -> HttpResponse:
    """Confirm that it is you; the session gets a new name and a new key."""
    if request.method == "GET":
        return render(request, "accounts/step_up.html", {"form": forms.StepUp(), "back": back(request)})
    form, actor = forms.StepUp(request.POST), request.actor
    given = form.cleaned_data if form.is_valid() else {}
    try:
        factor = actions.step_up(actor, words=given.get("words", ""), passkey=given.get("passkey", ""))
    except FAULTS as why:
        return answer(request, "accounts/step_up.html", {"form": forms.StepUp()}, why)
    response = redirect(f"{_known(request.POST.get('back', ''))}?done=confirmed")
    try:
        sessions.begin(response, actor.id, actor.secrets, factor=factor, stepped_up=True, since=actor.signed_in_at)
    except Wrong as why:  # locked in this very moment
        return answer(request, "accounts/step_up.html", {"form": forms.StepUp()}, why)
    return response


def _known(path: str) -> str:
    """A path of this office that a form may send somebody back to."""
    if not path.startswith("/") or path.startswith("//"):
        return "/"
    try:
        resolve(path)
    except Resolver404:
        return "/"
    return path


def found_on_coming_in(request: HttpRequest) -> dict[str, object]:
    """What was found at sign-in, for the page that somebody comes in to (`desk`)."""
    actor = request.actor
    return {"visit": visit.kept(actor), "home": queries.home(actor), "done": said.done(request),
            "trust": queries.trust_digest(), "second_officer_missing": not setup.complete()}
