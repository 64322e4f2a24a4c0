"""Pages of figures: the numbers, the picture and the table to be taken along."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.accounts.gate import signed_in

from . import counting, drawing, pages, words
from .own import TABLES
from .own import table as as_csv


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


@require_GET
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    """Our own counts, one table at a time, beside what others published."""
    counting.may_count(request.actor)
    code = request.GET.get("table", "")
    page = counting.own(request.actor, code) if code in TABLES else None
    return render(request, "figures/own.html", {
        "page": page, "drawn": drawing.drawn(page.of) if page else None, "code": code, "choices": drawing.choices(),
        "why": words.REFUSED.get(page.of.refused, page.of.refused) if page else "",
        "others": pages.page() if code.startswith("arrivals-year") else None})


@require_GET
@signed_in
def own_table(request: HttpRequest) -> HttpResponse:
    """One of our own counts as a table to be taken along; how it was counted stands below it."""
    answer = HttpResponse(as_csv(_counted(request).of), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="own.csv"'
    return answer


@require_GET
@signed_in
def own_picture(request: HttpRequest) -> HttpResponse:
    """The same as a picture; how it was counted stands in it."""
    page = _counted(request)
    if page.of.shown is None:
        raise Http404
    answer = render(request, "figures/own.svg", {"drawn": drawing.drawn(page.of), "page": page, "apart": True},
                    content_type="image/svg+xml")
    answer["Content-Disposition"] = 'attachment; filename="own.svg"'
    return answer


def _counted(request: HttpRequest) -> counting.Own:
    code = request.GET.get("table", next(iter(TABLES)))
    if code not in TABLES:
        raise Http404
    return counting.own(request.actor, code)
