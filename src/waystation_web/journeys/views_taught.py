"""The page that says what a closed journey taught."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import queries_taught


@require_http_methods(["GET", "POST"])
@signed_in
def taught(request: HttpRequest, journey: bytes) -> HttpResponse:
    """What happened; POST works out what was believed before and is believed now."""
    if request.method == "GET":
        return render(request, "journeys/taught.html", {"page": queries_taught.page(request.actor, journey)})
    try:
        page = queries_taught.lessons(request.actor, journey)
    except (queries_taught.InvalidBook, queries_taught.NoAnswer) as reason:
        return render(request, "journeys/taught.html", {
            "page": queries_taught.page(request.actor, journey),
            "fault": "book" if isinstance(reason, queries_taught.InvalidBook) else "child"}, status=409)
    return render(request, "journeys/taught.html", {"page": page})
