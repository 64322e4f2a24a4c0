"""The page of a plan, set into the office's frame without an exception from its policy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions, queries, sheets


@require_http_methods(["GET", "POST"])
@signed_in
def plan(request: HttpRequest) -> HttpResponse:
    """The newest plan this person holds; POST makes the invented one, where there is nothing real."""
    if request.method == "POST":
        actions.store_invented(request.actor)
        return redirect("plan")
    return render(request, "plans/plan.html", {"plan": queries.newest(request.actor)})


@require_GET
def style(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (nothing depends on who asks)
    """How a plan's sheets look: a file of the software's own, the same for everybody."""
    return HttpResponse(sheets.style(), content_type="text/css; charset=utf-8")
