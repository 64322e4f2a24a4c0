"""Two cases side by side: the same people or not, as somebody judges; nothing is joined."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions_team, similar
from .forms_case import JudgeForm
from .views import redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def likely(request: HttpRequest, case: bytes) -> HttpResponse:
    """Cases like this one; POST judges about one of them."""
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["other"] != case:
        typed = form.cleaned_data
        actions_team.judge(request.actor, case, typed["other"], verdict=typed["verdict"], reason=typed["reason"])
        return redirect_done("case", "judged", case=case.hex())
    page, found = similar.similar(request.actor, case)
    lines = [(one, JudgeForm(initial={"other": one.case.key}, auto_id=f"id_{one.case.key[:8]}_%s")) for one in found]
    return render(request, "cases/similar.html", {"page": page, "case": page.case, "lines": lines, "tab": "case",
                                                  "wrong": form.is_bound}, status=400 if form.is_bound else 200)
