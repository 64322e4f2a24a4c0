"""Pages of items: announce one, send its file, answer the questions, seal or refuse it, take the original out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.notes.ranges import answer as sent
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import actions, queries, showing
from .forms import AnnounceForm, AnswerForm, CopyForm, FileForm, OriginalForm, RefuseForm, SeenForm
from .item import TYPE
from .words import word

DONE = frozenset({"announced", "received", "sealed", "refused", "copied", "asked", "cleared"})
COVERS = ("redact-faces", "redact-places", "redact-marks", "redact-other")


def done(name: str, word: str, **ids: str) -> HttpResponse:
    """Back to a page, which confirms with one word of a fixed list."""
    response = redirect(name, **ids)
    response["Location"] += f"?done={word}"
    return response


def tried(form: Form, act: Callable[[], Any], *, mine: frozenset[str]) -> Any:
    """Do an act; what it refuses by one of these rules stands as a fault on the form, and None comes back."""
    try:
        return act()
    except NotPermitted as why:
        if why.rule not in mine:
            raise
        form.add_error(None, gettext(why.sentence))
        return None


@require_GET
@signed_in
def items(request: HttpRequest) -> HttpResponse:
    """Everything that this person holds, and who looked at how much that is hard."""
    actor: Actor = request.actor
    refused: list[bytes] = []
    held = queries.listing(actor, refused=refused)
    found = [(one, word("state", one.state), word("origin", one.origin)) for one in held]
    return render(request, "evidence/list.html", {
        "items": found, "refused": len(refused), "may_write": kept.may_make(actor, TYPE),
        "shown": showing.seen_by(actor), "may_sign": kept.may_make(actor, "signer")})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Announce an item; its file comes next."""
    form = AnnounceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = actions.announce(request.actor, **form.cleaned_data)
        return done("item", "announced", exhibit=made.hex())
    return render(request, "evidence/new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_GET
@signed_in
def item(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """One item."""
    return page_of(request, exhibit)


@require_POST
@signed_in
def receive(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """Its file arrives."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page_of(request, exhibit, status=400, file=form)
    actions.receive(request.actor, exhibit, form.cleaned_data["file"])
    return done("item", "received", exhibit=exhibit.hex())


@require_POST
@signed_in
def answer(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """Answer the questions and seal it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page_of(request, exhibit, status=400, answer=form)

    def seal() -> bool:
        actions.answer(request.actor, exhibit, form.answers(), revision=form.cleaned_data["revision"])
        return True

    if not tried(form, seal, mine=frozenset({"played"})):
        return page_of(request, exhibit, status=403, answer=form)
    return done("item", "sealed", exhibit=exhibit.hex())


@require_POST
@signed_in
def refuse(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """Say that it is no evidence."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return page_of(request, exhibit, status=400, refuse=form)
    actions.refuse(request.actor, exhibit, **form.cleaned_data)
    return done("item", "refused", exhibit=exhibit.hex())


@require_POST
@signed_in
def original(request: HttpRequest, exhibit: bytes) -> HttpResponseBase:
    """The original itself, for a reason that stands in its custody."""
    form = OriginalForm(request.POST)
    if not form.is_valid():
        return page_of(request, exhibit, status=400, original=form)
    found = actions.open_original(request.actor, exhibit, **form.cleaned_data)
    return sent(request, found, name=f"original-{exhibit.hex()[:8]}.bin")


def page_of(request: HttpRequest, item_id: bytes, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of an item, with a form as it was sent, if one was wrong."""
    page = queries.page(request.actor, item_id)
    said = request.GET.get("done", "")
    asked = AnswerForm(initial={"revision": page.of.record.revision})
    own = {"file": FileForm(), "answer": asked, "refuse": RefuseForm(), "original": OriginalForm(),
           "copy": CopyForm(), "seen": SeenForm()} | forms
    return render(request, "evidence/item.html", {
        "page": page, "item": page.of, "forms": own,
        "answered": [(AnswerForm.base_fields[name].label, said) for name, said in page.answers],
        "done": said if said in DONE else "",
        "state": word("state", page.of.state), "origin": word("origin", page.of.origin),
        "exposure": word("exposure", page.of.exposure), "hard": page.of.exposure in showing.HARD,
        "copies": [(one, word("copy", one.why), queries.signers(page, one)) for one in page.of.copies]}, status=status)
