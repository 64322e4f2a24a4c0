"""The page that holds plans against what became of their parties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.accounts.gate import signed_in

from . import queries_checks


@require_GET
@signed_in
def checks(request: HttpRequest) -> HttpResponse:
    """Were our plans right?"""
    return render(request, "journeys/checks.html", {"page": queries_checks.page(request.actor)})
