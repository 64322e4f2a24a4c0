"""Pages of what is known beside the book: events, relations of states, rivers, counts, police, houses, ground."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, queries
from .faults import Unsound
from .forms_notices import NoteForm
from .noting import NotSaid
from .views import done_word, redirect_done
from .words import NOTICES


@require_GET
@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """Everything that was noticed, with its date and source."""
    return _board(request)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a notice down."""
    data = request.POST if request.method == "POST" else None
    form = NoteForm(queries.noting(request.actor, kind), data)
    faults: tuple[Any, ...] = ()
    if data is not None and form.is_valid():
        try:
            actions.note(request.actor, kind, form.cleaned_data)
        except NotSaid as why:
            form.mark(why.faults)
        except Unsound as why:
            faults = why.faults
        else:
            return redirect_done("book-notices", "noted")
    return render(request, "network/notice_new.html", {"form": form, "kind": NOTICES[kind], "faults": faults},
                  status=200 if data is None else 400)


@require_POST
@signed_in
def withdraw(request: HttpRequest, notice: bytes) -> HttpResponse:
    """Say that a notice was wrong; it stays, struck out."""
    try:
        actions.withdraw_note(request.actor, notice, reason=request.POST.get("reason", ""))
    except NotSaid as why:
        return _board(request, status=400, wrong=why.faults["reason"])
    return redirect_done("book-notices", "noted")


def _board(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "network/notices.html", {"page": queries.notices(request.actor), "kinds": NOTICES,
                                                    "done": done_word(request), **more}, status=status)
