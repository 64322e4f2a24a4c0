"""The record's pages: what was done, and whether the record is whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.gateways.gate import signed_in

from . import reading, slips
from .forms import PageForm, SlipForm
from .words_slip import beside, verdict


@require_GET
@signed_in
def log(request: HttpRequest) -> HttpResponse:
    """Entries, the newest first. The number of a page is no secret and may stand in the address."""
    form = PageForm(request.GET)
    number = form.cleaned_data["page"] if form.is_valid() and form.cleaned_data["page"] else 1
    return render(request, "audit/log.html", {"shown": reading.page(request.actor, number)})


@require_GET
@signed_in
def check(request: HttpRequest) -> HttpResponse:
    """Whether the record is unbroken, and the first thing that does not fit if it is not."""
    return render(request, "audit/check.html", {"verdict": reading.check(request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def slip(request: HttpRequest) -> HttpResponse:
    """Give a slip to a witness outside, as a page for paper or as a file; a form for one that came back."""
    if request.method == "GET":
        slips.may(request.actor)
        return render(request, "audit/slips.html", {"form": SlipForm()})
    given = slips.given(request.actor)
    if request.POST.get("as") == "file":
        answer = HttpResponse(slips.paper(given), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="slip-{given.slip.seq}.txt"'
        return answer
    return render(request, "audit/slip.html", {"given": given, "rows": slips.rows(given.slip)})


@require_POST
@signed_in
def slip_check(request: HttpRequest) -> HttpResponse:
    """Hold a slip that came back against the record."""
    slips.may(request.actor)
    form = SlipForm(request.POST)
    if not form.is_valid():
        return render(request, "audit/slips.html", {"form": form}, status=400)
    found = slips.check(request.actor, form.cleaned_data["slip"])
    return render(request, "audit/slips.html", {
        "form": SlipForm(), "verdict": verdict(found), "beside": beside(found),
        "fine": found.stands is slips.Stands.AS_IT_DID})
