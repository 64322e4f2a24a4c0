"""The page of custody after an arrival."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions_custody, queries_custody
from .forms_custody import CustodyForm
from .words import CUSTODY_FAULTS


@require_http_methods(["GET", "POST"])
@signed_in
def custody(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Where they are held and what was done; POST writes a step."""
    page = queries_custody.page(request.actor, journey)
    form = CustodyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions_custody.note(request.actor, journey, form.cleaned_data)
        except actions_custody.Unfit as reason:
            form.add_error(None, CUSTODY_FAULTS[reason.fault])
        else:
            response = redirect("journey-custody", journey=journey.hex())
            response["Location"] += "?done=written"
            return response
    return render(request, "journeys/custody.html", {
        "page": page, "form": form, "done": request.GET.get("done") == "written"}, status=400 if form.is_bound else 200)
