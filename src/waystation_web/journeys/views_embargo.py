"""An embargo, set, looked at again and ended on the page of its incident."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_embargo as actions
from . import queries_incident
from .forms_embargo import EmbargoForm, LiftForm
from .views_incident import back, shown


@require_POST
@signed_in
def embargo(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Hold everything back, or name another day to look at it again."""
    queries_incident.page(request.actor, incident)  # whoever may not read it is told nothing about their form
    form = EmbargoForm(request.POST, auto_id="embargo_%s")
    if not form.is_valid():
        return shown(request, incident, status=400, embargo=form)
    actions.embargo(request.actor, incident, review=form.cleaned_data["review"], reason=form.cleaned_data["reason"])
    return back(incident, "embargo")


@require_POST
@signed_in
def lift(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Sign that it ends, first or second."""
    if request.POST.get("sign"):
        return back(incident, actions.lift(request.actor, incident))
    queries_incident.page(request.actor, incident)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return shown(request, incident, status=400, lift_fault=True)
    return back(incident, actions.lift(request.actor, incident, **form.typed()))
