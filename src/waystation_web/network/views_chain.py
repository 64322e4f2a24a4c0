"""Pages of one chain: the whole table of shares at once, because each row of it adds up to 1."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions, queries
from .chain import Chain
from .faults import Unsound
from .forms import ChainForm
from .views import redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def chain(request: HttpRequest, row: bytes) -> HttpResponse:
    """The chain that a row belongs to; POST writes all of its rows together."""
    return _page(request, queries.chain(request.actor, row), here=row.hex())


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A chain for an area, a country or a season that has none yet."""
    return _page(request, queries.blank_chain(request.actor))


def _page(request: HttpRequest, shown: Any, *, here: str = "") -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ChainForm(shown.conditions, data, initial=shown.initial)
    faults: tuple[Any, ...] = ()
    if data is not None and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_chain(request.actor, Chain(said["scope"], said["season"], form.shares, form.strength,
                                                     form.revisions))
        except Unsound as why:
            faults = why.faults
        else:
            return redirect_done("book-sheet", "written", sheet="chains")
    return render(request, "network/chain.html", {"form": form, "page": shown, "faults": faults, "here": here},
                  status=200 if data is None else 400)
