"""Pages of takeouts: asked by one, signed by another, released once, and written down when they were made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import NotPermitted

from . import actions, queries
from .forms import AskForm, MadeForm, SignForm

DONE = frozenset({"asked", "signed", "released", "made"})
COMMAND, DIGITS = "waystation-office takeout HOME --out FOLDER", "printf %s age1… | sha256sum"
TYPED = {"end": "until", "recipient_twice": "key_1", "no_recipient": "name_1"}   # rules about what was typed


@require_http_methods(["GET", "POST"])
@signed_in
def takeouts(request: HttpRequest) -> HttpResponse:
    """Takeouts that were asked for; POST asks for one, with the first signature."""
    form, confirm = AskForm(request.POST if request.method == "POST" else None), False
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.ask(request.actor, purpose=said["purpose"], agreement=said["agreement"],
                               until=said["until"], recipients=said["recipients"])
        except NotPermitted as why:
            if why.rule not in TYPED and not why.step_up:
                raise
            confirm = why.step_up
            if not confirm:
                form.add_error(TYPED[why.rule], gettext(why.sentence))
        else:
            return _done("asked", made)
    shown = {"takeouts": queries.listing(request.actor), "form": form, "confirm": confirm, "digits": DIGITS}
    return render(request, "takeout/list.html", shown, status=403 if confirm else 400 if form.is_bound else 200)


@require_GET
@signed_in
def takeout(request: HttpRequest, takeout: bytes) -> HttpResponse:
    """One takeout: what is signed, by whom, for whom, and what comes next."""
    return _page(request, takeout, SignForm(), MadeForm())


@require_POST
@signed_in
def sign(request: HttpRequest, takeout: bytes) -> HttpResponse:
    """The second signature."""
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, takeout, form, MadeForm(), status=400)
    actions.sign(request.actor, takeout)
    return _done("signed", takeout)


@require_POST
@signed_in
def release(request: HttpRequest, takeout: bytes) -> HttpResponse:
    """Let the custodians open it, once."""
    actions.release(request.actor, takeout)
    return _done("released", takeout)


@require_POST
@signed_in
def made(request: HttpRequest, takeout: bytes) -> HttpResponse:
    """Write down that it was made."""
    form = MadeForm(request.POST)
    if not form.is_valid():
        return _page(request, takeout, SignForm(), form, status=400)
    actions.made(request.actor, takeout, text=form.cleaned_data["text"], archives=form.cleaned_data["archives"])
    return _done("made", takeout)


def _page(request: HttpRequest, takeout: bytes, sign: SignForm, made: MadeForm, *, status: int = 200) -> HttpResponse:
    said = request.GET.get("done", "")
    shown = {"page": queries.one(request.actor, takeout), "sign": sign, "made": made,
             "done": said if said in DONE else "", "command": COMMAND}
    return render(request, "takeout/one.html", shown, status=status)


def _done(word: str, takeout: bytes) -> HttpResponse:
    """Back to the page, which confirms with one word of a fixed list."""
    response = redirect("takeout", takeout=takeout.hex())
    response["Location"] += f"?done={word}"
    return response
