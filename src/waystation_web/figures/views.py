"""Pages of figures: the numbers, the picture and the table to be taken along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.accounts.gate import signed_in

from . import pages


@require_GET
@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """What others published, with source and doubt."""
    return render(request, "figures/figures.html", {"page": pages.page()})


@require_GET
@signed_in
def picture(request: HttpRequest) -> HttpResponse:
    """Arrivals as a picture."""
    answer = render(request, "figures/arrivals.svg", {"page": pages.page()}, content_type="image/svg+xml")
    answer["Content-Disposition"] = 'attachment; filename="arrivals.svg"'
    return answer


@require_GET
@signed_in
def table(_request: HttpRequest) -> HttpResponse:
    """Every number as a table."""
    answer = HttpResponse(pages.table(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="numbers.csv"'
    return answer
