"""A file of cases comes in: brought, looked at, taken in as a whole, taken back. And a list that leaves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import importing, leaving
from .forms_import import ApplyForm, BringForm, ExportForm
from .views import done_word, redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def imports(request: HttpRequest) -> HttpResponse:
    """Imports that were; POST begins one, because a file is sealed for the record that its address names."""
    if request.method == "POST":
        return redirect("case-import-one", batch=importing.begin(request.actor).hex())
    return render(request, "cases/imports.html", {
        "imports": importing.imports(request.actor), "export_form": ExportForm(whole=leaving.is_whole(request.actor))})


@require_GET
@signed_in
def one(request: HttpRequest, batch: bytes) -> HttpResponse:
    """One import: the form for its file, what is wrong with it or what it would do, or what came of it."""
    return _page(request, batch)


@require_POST
@signed_in
def bring(request: HttpRequest, batch: bytes) -> HttpResponse:
    """A file arrives, sealed."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, batch, status=400, form=form)
    importing.bring(request.actor, batch, form.cleaned_data["file"])
    return redirect("case-import-one", batch=batch.hex())


@require_POST
@signed_in
def apply(request: HttpRequest, batch: bytes) -> HttpResponse:
    """Take in exactly what was shown."""
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, status=400)
    importing.apply(request.actor, batch, seen=form.cleaned_data["seen"])
    return redirect_done("case-import-one", "imported", batch=batch.hex())


@require_POST
@signed_in
def undo(request: HttpRequest, batch: bytes) -> HttpResponse:
    """Take a whole import back."""
    importing.undo(request.actor, batch)
    return redirect_done("case-import-one", "undone", batch=batch.hex())


@require_POST
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """The list as a file under a name that says nothing."""
    leaving.may_take_out(request.actor)
    form = ExportForm(request.POST, whole=leaving.is_whole(request.actor))
    if not form.is_valid():
        return render(request, "cases/imports.html", {"imports": importing.imports(request.actor),
                                                      "export_form": form}, status=400)
    answer = HttpResponse(leaving.export(request.actor, reason=form.cleaned_data["reason"],
                                         without=form.cleaned_data.get("without", False)),
                          content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="list.csv"'
    return answer


def _page(request: HttpRequest, batch: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = importing.batch_page(request.actor, batch)
    return render(request, "cases/import.html", {"page": shown, "form": BringForm(), "done": done_word(request)} | more,
                  status=status)
