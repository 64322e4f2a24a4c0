"""The page of search. The words stand in no address, and the browser keeps no visit of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import search
from .forms_search import WordsForm
from .words_search import HOW, ONE, TYPES


@require_http_methods(["GET", "POST"])
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Ask for words; POST looks for them in everything this person may search."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"form": form, "words": ""}
    if form.is_bound and form.is_valid():
        shown["words"] = form.cleaned_data["words"]
        results = search.search(request.actor, shown["words"])
        shown |= {"results": results, "sections": [_section(how, groups) for how, groups in results.sections]}
    shown["unsearched"] = [TYPES[type_] for type_ in search.unsearched(request.actor)]
    return render(request, "desk/search.html", shown, status=400 if form.is_bound and not form.is_valid() else 200)


def _section(how: search.How, groups: tuple[search.Group, ...]) -> dict[str, Any]:
    """Hits of one way of finding, with the words and the addresses that the page needs."""
    lines = [(TYPES[group.type], [(hit, hit.place.title or ONE[hit.type],
                                   reverse(hit.place.route, kwargs=dict(hit.place.ids))) for hit in group.hits])
             for group in groups]
    return {"how": how.value, "title": HOW[how.value], "folded": how is search.How.COARSE, "groups": lines}
