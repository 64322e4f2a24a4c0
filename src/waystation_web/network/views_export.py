"""Pages of sealed copies for outside: asked by one, signed by another, built once, each fetched once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import NotPermitted

from . import actions_export as actions
from . import queries_export as queries
from .faults import Unsound
from .forms_files import ExportForm, FetchForm
from .views import done_word, redirect_done

TYPED = {"no_recipient", "recipient_key", "recipient_twice"}   # rules about what was typed: said beside the field


@require_http_methods(["GET", "POST"])
@signed_in
def exports(request: HttpRequest) -> HttpResponse:
    """Copies that were asked for; POST asks for one, with the first signature."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    more: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.ask(request.actor, purpose=said["purpose"], recipients=said["recipients"])
        except Unsound as why:
            more = {"faults": why.faults}
        except NotPermitted as why:
            if why.rule not in TYPED:
                raise
            form.add_error("recipients", gettext(why.sentence))
        else:
            return redirect_done("book-export-one", "asked", export=made.hex())
    shown = queries.exports(request.actor)
    return render(request, "network/exports.html", {"exports": shown, "form": form, **more},
                  status=400 if form.is_bound else 200)


@require_GET
@signed_in
def one(request: HttpRequest, export: bytes) -> HttpResponse:
    """One export: what is signed, by whom, for whom."""
    shown = queries.one_export(request.actor, export)
    return render(request, "network/export.html", {"page": shown, "done": done_word(request)})


@require_POST
@signed_in
def sign(request: HttpRequest, export: bytes) -> HttpResponse:
    """The second signature."""
    actions.sign(request.actor, export)
    return redirect_done("book-export-one", "signed", export=export.hex())


@require_POST
@signed_in
def build(request: HttpRequest, export: bytes) -> HttpResponse:
    """Build the sealed copies, once."""
    actions.make_copies(request.actor, export)
    return redirect_done("book-export-one", "built", export=export.hex())


@require_POST
@signed_in
def fetch(request: HttpRequest, export: bytes) -> HttpResponse:
    """One sealed copy as a download, once, under a name that says nothing."""
    form = FetchForm(request.POST)
    if not form.is_valid():
        shown = queries.one_export(request.actor, export)
        return render(request, "network/export.html", {"page": shown, "done": ""}, status=400)
    data = actions.fetch(request.actor, export, form.cleaned_data["mark"])
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="copy-{form.cleaned_data["mark"][:8]}.age"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
