"""Pages of the set-up and of enrolment. Both walk three steps: words shown, words typed back, second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.vault.errors import NotPermitted, Refused

from . import aside, enrolment, factors, forms, passkeys, said, setup
from .answers import Ended, Wrong
from .queries import Role
from .views import FAULTS, answer, let_in

Finish = Callable[[dict[str, Any], dict[str, Any]], HttpResponse]


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    try:
        return aside.read(request)
    except Ended:
        return None


def _ask_code(request: HttpRequest, start: Callable[[str], dict[str, Any]], title: str) -> HttpResponse:
    """The page that asks for a one-time code."""
    context = {"form": forms.Code(), "kind": title}
    if request.method == "GET":
        return render(request, "accounts/code.html", context)
    form = forms.Code(request.POST)
    try:
        kept = start(form.cleaned_data["code"] if form.is_valid() else "")
    except Wrong as why:
        return answer(request, "accounts/code.html", context, why)
    except Ended:
        return render(request, "accounts/code.html", {**context, "wrong": said.ENDED}, status=403)
    response = redirect(title)
    aside.begin(response, kept)
    return response


def _step(request: HttpRequest, kept: dict[str, Any], title: str, finish: Finish) -> HttpResponse:
    """Words shown, words typed back, second factor."""
    step = kept["step"]
    context: dict[str, Any] = {"kind": title}
    if step == "words":
        context["words"] = kept["words"]
    elif step == "typed":
        context["form"] = forms.TypedWords()
    else:
        secret = enrolment.totp_secret(kept)
        context |= {"form": forms.NewFactor(), "secret": factors.shown(secret), "reset": kept.get("reset", False),
                    "address": factors.address(secret, kept["handle"])}
    template = f"accounts/enrol_{step}.html"
    if request.method == "GET":
        return render(request, template, context)
    try:
        return _next(request, kept, title, finish)
    except FAULTS as why:
        return answer(request, template, context, why)


def _next(request: HttpRequest, kept: dict[str, Any], title: str, finish: Finish) -> HttpResponse:
    if kept["step"] == "words":
        aside.change(request, step="typed")
    elif kept["step"] == "typed":
        form = forms.TypedWords(request.POST)
        aside.change(request, **enrolment.typed_back(kept, form.cleaned_data["words"] if form.is_valid() else ""))
    else:
        form = forms.NewFactor(request.POST)
        if not form.is_valid():
            raise Wrong
        return finish(kept, form.cleaned_data)
    return redirect(title)


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Come in for the first time, or with a new factor, by a one-time code."""
    kept = _kept(request)
    if kept is None or "step" not in kept or "setup" in kept:
        return _ask_code(request, enrolment.start, "enrol")

    def finish(kept: dict[str, Any], given: dict[str, Any]) -> HttpResponse:
        words = enrolment.finish(kept, code=given["code"], passkey=given["passkey"], name=given["key_name"],
                                 words=given["words"])
        page = {"fingerprint": "" if kept.get("reset") else words}
        response = render(request, "accounts/enrolled.html", page)
        aside.end(response, request)
        return response

    try:
        return _step(request, kept, "enrol", finish)
    except Ended:
        return _start_again(request, "enrol")


def _start_again(request: HttpRequest, title: str) -> HttpResponse:
    response = render(request, "accounts/code.html", {"form": forms.Code(), "kind": title, "wrong": said.ENDED},
                      status=403)
    aside.end(response, request)
    return response


@require_POST
def enrol_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make the first key of whoever enrols."""
    kept = _kept(request)
    if kept is None or kept.get("step") != "factor":
        raise Http404
    return JsonResponse(passkeys.register_options(bytes.fromhex(kept["account"]), kept["handle"], enrolment.Factors()))


@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The first hour of an office. Afterwards there is no such page."""
    stage = setup.stage()
    if stage == setup.DONE:
        raise Http404
    if stage == setup.SECOND:
        return render(request, "accounts/set_up_second.html")
    kept = _kept(request)
    if kept is None or "setup" not in kept:
        return _ask_code(request, setup.start, "set-up")
    try:
        if stage == setup.RECOVERY:
            return _recovery(request)
        return _step(request, kept, "set-up", lambda kept, given: _first(request, kept, given)) \
            if "step" in kept else _describe(request)
    except Ended:
        return _start_again(request, "set-up")


def _recovery(request: HttpRequest) -> HttpResponse:
    form = forms.RecoveryKey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            setup.believe_recovery(form.cleaned_data["public_text"], form.cleaned_data["words"])
        except Refused as why:
            return render(request, "accounts/set_up_recovery.html",
                          {"form": form, "not_words": why.kind == "words", "not_file": why.kind != "words"}, status=403)
        return redirect("set-up")
    return render(request, "accounts/set_up_recovery.html", {"form": form}, status=400 if form.errors else 200)


def _describe(request: HttpRequest) -> HttpResponse:
    form = forms.FirstOfficer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        first = setup.First(given["handle"], given["name"], given["language"],
                            frozenset(Role(role) for role in given["roles"]))
        try:
            aside.change(request, **setup.describe_first(first))
        except NotPermitted as why:
            form.add_error("roles", _(why.sentence))
        else:
            return redirect("set-up")
    return render(request, "accounts/set_up_first.html", {"form": form}, status=400 if form.errors else 200)


def _first(request: HttpRequest, kept: dict[str, Any], given: dict[str, Any]) -> HttpResponse:
    entered = setup.first_officer(kept, code=given["code"], passkey=given["passkey"], key_name=given["key_name"])
    response = let_in(request, entered)
    aside.end(response, request)
    return response


