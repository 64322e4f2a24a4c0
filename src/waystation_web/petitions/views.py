"""Pages of petitions: the list, one of them, the sheet to be signed on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock
from waystation_web.papers import printing

from . import actions, pages, words
from .forms import ApartForm, CloseForm, GivenForm, PastedForm, PetitionForm, StrikeForm, TypedForm
from .paper import sheet as to_sign


@require_http_methods(["GET", "POST"])
@signed_in
def petitions(request: HttpRequest) -> HttpResponse:
    """All petitions; POST begins one."""
    page = pages.page(request.actor)
    form = PetitionForm(request.POST if request.method == "POST" else None, people=page.people)
    if form.is_bound and form.is_valid():
        return _done(actions.begin(request.actor, form.cleaned_data))
    return render(request, "petitions/list.html", {"page": page, "form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def petition(request: HttpRequest, petition: bytes) -> HttpResponse:
    """One petition; POST does one thing to it, named by the field `act`."""
    page = pages.one(request.actor, petition)
    if request.method == "GET":
        return _shown(request, page)
    act = request.POST.get("act", "")
    form = _forms(page, request.POST).get(act)
    if form is None or not form.is_valid():
        return _shown(request, page, status=400, **({act: form} if form is not None else {}))
    _do(request, petition, act, form)
    return _done(petition)


@require_GET
@signed_in
def sheet(request: HttpRequest, petition: bytes) -> HttpResponse:
    """The sheet that is signed on paper."""
    found = pages.one(request.actor, petition).of
    answer = HttpResponse(printing.pdf(to_sign(found, clock.today())), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="sheet.pdf"'
    return answer


def _do(request: HttpRequest, petition: bytes, act: str, form: Any) -> None:
    given = form.cleaned_data
    match act:
        case "write":
            actions.write(request.actor, petition, given, revision=given["revision"] or 0)
        case "typed" | "pasted":
            actions.take_in(request.actor, petition, form.rows(), how=act)
        case "strike":
            actions.strike(request.actor, petition, given["item"], why=given["why"])
        case "apart":
            actions.keep_apart(request.actor, petition, given["pair"])
        case "close":
            actions.close(request.actor, petition)
        case _:
            actions.deliver(request.actor, petition, given)


def _forms(page: pages.Shown, data: Any = None) -> dict[str, forms.Form]:
    of = page.of
    first = {"title": of.title, "addressee": of.addressee, "language": of.language, "text": of.text, "plan": of.plan,
             "demands": "\n".join(of.demands), "revision": of.record.revision}
    return {"write": PetitionForm(data, people=page.people, initial=first),
            "typed": TypedForm(data, auto_id="typed_%s"),
            "pasted": PastedForm(data, auto_id="pasted_%s"), "strike": StrikeForm(data), "apart": ApartForm(data),
            "close": CloseForm(data), "given": GivenForm(data, auto_id="given_%s")}


def _shown(request: HttpRequest, page: pages.Shown, *, status: int = 200, **bound: Any) -> HttpResponse:
    pasted = bound.get("pasted")
    faults = [(one, words.FAULTS[one.code]) for one in pasted.faults[:40]] if pasted is not None else []
    return render(request, "petitions/petition.html", {
        "page": page, "forms": _forms(page) | bound, "faults": faults, "fault": status == 400,
        "more": len(pasted.faults) - len(faults) if pasted is not None else 0, "done": "done" in request.GET},
        status=status)


def _done(petition: bytes) -> HttpResponse:
    response = redirect("petition", petition=petition.hex())
    response["Location"] += "?done"
    return response
