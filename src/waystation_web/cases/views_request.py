"""The whole request on one page. Who was second sees both versions, and nothing is lost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import Changed

from . import actions, pages
from .forms_request import RequestForm, initial_of
from .views import done_word, redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def request_(request: HttpRequest, case: bytes) -> HttpResponse:
    """Read the request, or write it anew."""
    page = pages.case_page(request.actor, case)
    now = initial_of(page.case, page.refs)
    if request.method == "GET":
        return _page(request, page, RequestForm(request.actor, initial=now))
    form = RequestForm(request.actor, request.POST)
    if not form.is_valid():
        return _page(request, page, form, status=400)
    try:
        actions.write(request.actor, case, form.fields_of(page.case), what="request",
                      revision=form.cleaned_data["revision"])
    except Changed:
        typed = {name: request.POST.getlist(name) if name in {"situation", "needs", "push_factors"}
                 else request.POST.get(name, "") for name in form.fields}
        again = RequestForm(request.actor, initial=typed | {"revision": page.case.record.revision})
        return render(request, "cases/conflict.html", {
            "page": page, "case": page.case, "form": again, "tab": "request",
            "differing": differing(form, RequestForm(request.actor, initial=now), now)}, status=409)
    return redirect_done("case", "written", case=case.hex())


def differing(typed: Any, shown: Any, now: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Fields that say something else than what stands: label, what stands, what was typed."""
    found = []
    for name, field in shown.fields.items():
        stands, wants = now.get(name), typed.data.getlist(name)
        several = stands if isinstance(stands, (list, tuple)) else ["" if stands is None else stands]
        stands = [str(one) for one in several]
        if name != "revision" and sorted(filter(None, stands)) != sorted(filter(None, wants)):
            found.append((str(field.label), _said(field, stands), _said(field, wants)))
    return found


def _said(field: Any, values: list[str]) -> str:
    words: dict[str, str] = {}
    for code, word in getattr(field, "choices", ()):
        group = word if isinstance(word, (list, tuple)) else [(code, word)]
        words |= {str(one): str(said) for one, said in group}
    return ", ".join(words.get(one, one) for one in values if one)


def _page(request: HttpRequest, page: pages.CasePage, form: RequestForm, *, status: int = 200) -> HttpResponse:
    return render(request, "cases/request.html", {"page": page, "case": page.case, "form": form, "tab": "request",
                                                  "done": done_word(request)}, status=status)
