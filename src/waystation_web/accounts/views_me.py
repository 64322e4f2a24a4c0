"""Pages of one's own account: passphrase, factors, settings, the file of trust, the emergency lock."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import actions, forms, people, queries, said, sessions, visit
from .answers import Ended, Wrong
from .gate import signed_in
from .views import FAULTS, answer


def _to_me(word: str) -> HttpResponse:
    response = redirect("me")
    response["Location"] += f"?done={word}"
    return response


@require_GET
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    mine = queries.mine(request.actor)
    form = forms.Settings({"language": mine.language, "theme": mine.theme, "keys": mine.keys})
    return render(request, "accounts/me.html", {
        "mine": mine, "form": form, "key": forms.NewFactor(), "done": said.done(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def words(request: HttpRequest) -> HttpResponse:
    """A new passphrase: drawn and shown, then typed back. With `renew`, new keys as well."""
    actor, act = request.actor, request.POST.get("act", "")
    if request.method == "GET":
        return render(request, "accounts/words.html", {"officer": actor.officer})
    renew = request.POST.get("renew", "")
    if act == "draw":
        return render(request, "accounts/words_shown.html", {"drawn": actions.draw_words(actor), "renew": renew})
    if act == "written":
        form = forms.TypedWords(initial={"token": request.POST.get("token", ""), "renew": bool(renew)})
        return render(request, "accounts/words_typed.html", {"form": form})
    form = forms.TypedWords(request.POST)
    given = form.cleaned_data if form.is_valid() else {"token": "", "words": "", "renew": False}
    again = {"form": forms.TypedWords(initial={"token": request.POST.get("token", ""), "renew": given.get("renew")})}
    try:
        if given.get("renew"):
            return _renewed(request, actions.renew(actor, token=given["token"], typed=given.get("words", "")))
        actions.change_words(actor, token=given.get("token", ""), typed=given.get("words", ""))
    except FAULTS as why:
        return answer(request, "accounts/words_typed.html", again, why)
    except Ended:
        return render(request, "accounts/words.html", {"wrong": said.ENDED, "officer": actor.officer}, status=403)
    sessions.end_others(request)
    return _to_me("words")


def _renewed(request: HttpRequest, fingerprint: str) -> HttpResponse:
    response = render(request, "accounts/enrolled.html", {"fingerprint": fingerprint})
    sessions.sign_out(response, request)
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def totp(request: HttpRequest) -> HttpResponse:
    """An app that makes digits: a new secret, proved by its first digits."""
    actor = request.actor
    if request.method == "GET":
        drawn = actions.draw_totp(actor)
        form = forms.NewFactor(initial={"token": drawn.token})
        return render(request, "accounts/totp.html", {"drawn": drawn, "form": form})
    form = forms.NewFactor(request.POST)
    token = request.POST.get("token", "")
    try:
        actions.set_totp(actor, token=token, code=form.cleaned_data["code"] if form.is_valid() else "")
    except Wrong as why:
        drawn = actions.redraw_totp(actor, token)
        again = {"drawn": drawn, "form": forms.NewFactor(initial={"token": token})}
        return answer(request, "accounts/totp.html", again, why)
    except Ended:
        return redirect("me-totp")
    return _to_me("totp")


@require_POST
@signed_in
def passkey(request: HttpRequest) -> HttpResponse:
    """Without an answer of a key: what the browser needs to make one. With it: keep it. `drop`: take one away."""
    actor, drop = request.actor, request.POST.get("drop", "")
    if drop:
        with suppress(Ended):  # it was taken away already: the page shows which are left
            actions.drop_passkey(actor, int(drop) if drop.isascii() and drop.isdigit() and len(drop) < 4 else -1)
        return _to_me("passkey")
    form = forms.NewFactor(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    if not given.get("passkey"):
        return JsonResponse(actions.passkey_options(actor))
    try:
        actions.add_passkey(actor, answer=given["passkey"], name=given["key_name"])
    except Wrong as why:
        context = {"mine": queries.mine(actor), "form": forms.Settings(), "key": forms.NewFactor()}
        return answer(request, "accounts/me.html", context, why)
    return _to_me("passkey")


@require_POST
@signed_in
def change_settings(request: HttpRequest) -> HttpResponse:
    """Language, look and keys."""
    form = forms.Settings(request.POST)
    if not form.is_valid():
        context = {"mine": queries.mine(request.actor), "form": form, "key": forms.NewFactor()}
        return render(request, "accounts/me.html", context, status=400)
    said_ = form.cleaned_data
    actions.change_settings(request.actor, language=said_["language"], theme=said_["theme"], keys=said_["keys"])
    return _to_me("settings")


@require_POST
@signed_in
def confirm_trust(request: HttpRequest) -> HttpResponse:
    """Believe the file of trust as it is now, after asking an officer in person."""
    try:
        actions.confirm_trust(request.actor, request.POST.get("digest", ""))
        visit.confirmed(request.actor)
    except Ended:
        return redirect("home")
    response = redirect("home")
    response["Location"] += "?done=trust"
    return response


@require_POST
@signed_in
def lock_me(request: HttpRequest) -> HttpResponse:
    """Lock one's own account, at once. A security officer unlocks it."""
    response = redirect("blank")
    actor = request.actor
    sessions.sign_out(response, request)
    people.lock(actor, actor.id, reason="own")
    return response
