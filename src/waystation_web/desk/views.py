"""The first page of the day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.accounts.gate import signed_in
from waystation_web.accounts.views import found_on_coming_in

from . import today


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What somebody finds when they come in: what was wrong since, and what waits."""
    return render(request, "desk/home.html", found_on_coming_in(request) | {"today": today.today(request.actor)})
