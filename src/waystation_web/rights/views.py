"""Pages of law and practice. They open no record: everything stands in tables that come with the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from waystation_web.accounts.gate import signed_in

from . import pages
from .forms import DoorsForm


@require_GET
@signed_in
def countries(request: HttpRequest) -> HttpResponse:
    """Every State of which something is known: done, said, signed, agreed."""
    return render(request, "rights/countries.html", {"countries": pages.countries()})


@require_GET
@signed_in
def ways(request: HttpRequest) -> HttpResponse:
    """Ways to a status beside each other, after what a nationality changes."""
    return render(request, "rights/ways.html", {"ways": pages.ways(), "nationality": pages.nationality()})


@require_http_methods(["GET", "POST"])
@signed_in
def doors(request: HttpRequest) -> HttpResponse:
    """Which body can be written to in a matter, and why not to the others. Nothing that is typed is kept."""
    form = DoorsForm(request.POST if request.method == "POST" else None)
    valid = form.is_bound and form.is_valid()
    found = pages.doors(form.cleaned_data) if valid else ()
    return render(request, "rights/doors.html", {"form": form, "found": found},
                  status=400 if form.is_bound and not valid else 200)
