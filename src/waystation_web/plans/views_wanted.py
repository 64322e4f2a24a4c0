"""Giving a report that a plan wants as a task."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.cases import pages

from . import actions_wanted as actions
from . import queries_plan
from .forms_wanted import GiveReportForm


@require_POST
@signed_in
def give(request: HttpRequest, plan: bytes) -> HttpResponse:
    """One report becomes a task of the case."""
    form = GiveReportForm(request.POST, people=pages.team(request.actor))
    if not form.is_valid():
        return render(request, "plans/show.html", {"plan": queries_plan.plan(request.actor, plan), "give": form},
                      status=400)
    typed = form.cleaned_data
    actions.give(request.actor, plan, typed["report"], for_=typed["for_"], due=typed["due"])
    response = redirect("plan-show", plan=plan.hex())
    response["Location"] += "?done=given#wanted"
    return response
