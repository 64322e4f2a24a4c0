"""Pages of an import: bring a file, see everything that is wrong or everything it would do, say yes, take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_import as actions
from . import queries_import as queries
from .faults import Unsound
from .forms_files import ApplyForm, BringForm
from .views import done_word, redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def imports(request: HttpRequest) -> HttpResponse:
    """Imports that were; POST begins one, because a file is sealed for the record that its address names."""
    if request.method == "POST":
        return redirect("book-import-one", batch=actions.begin(request.actor).hex())
    return render(request, "network/imports.html", {"imports": queries.imports(request.actor)})


@require_GET
@signed_in
def one(request: HttpRequest, batch: bytes) -> HttpResponse:
    """One import: the form for its file, then what is wrong with it or what it would do."""
    return _page(request, batch)


@require_POST
@signed_in
def bring(request: HttpRequest, batch: bytes) -> HttpResponse:
    """A file arrives, sealed."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, batch, status=400, form=form)
    actions.bring(request.actor, batch, form.cleaned_data["file"])
    return redirect("book-import-one", batch=batch.hex())


@require_POST
@signed_in
def apply(request: HttpRequest, batch: bytes) -> HttpResponse:
    """Take into the book exactly what was shown."""
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, status=400)
    try:
        actions.apply(request.actor, batch, seen=form.cleaned_data["seen"], take_out=form.cleaned_data["take_out"])
    except Unsound as why:
        return _page(request, batch, status=400, unsound=why.faults)
    return redirect_done("book-import-one", "imported", batch=batch.hex())


@require_POST
@signed_in
def undo(request: HttpRequest, batch: bytes) -> HttpResponse:
    """Take a whole import back."""
    try:
        actions.undo(request.actor, batch)
    except Unsound as why:
        return _page(request, batch, status=400, unsound=why.faults)
    return redirect_done("book-import-one", "undone", batch=batch.hex())


def _page(request: HttpRequest, batch: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = queries.one_import(request.actor, batch)
    seconds = max(1, (shown.totals[0] + shown.totals[1]) // 150)
    told = {"page": shown, "form": BringForm(), "done": done_word(request), "seconds": seconds} | more
    return render(request, "network/import.html", told, status=status)
