"""The record's pages: what was done, and whether the record is whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.gateways.gate import signed_in

from . import reading
from .forms import PageForm


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
