"""What became known of an incident, typed on its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_known, queries_incident
from .forms_known import HandedForm, PurposeForm
from .views_incident import back, shown


@require_POST
@signed_in
def handed(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Somebody handed them on."""
    queries_incident.page(request.actor, incident)  # whoever may not read it is told nothing about their form
    form = HandedForm(request.POST)
    if not form.is_valid():
        return shown(request, incident, status=400, handed=form)
    actions_known.handed(request.actor, incident, form.cleaned_data)
    return back(incident, "handed")


@require_POST
@signed_in
def purpose(request: HttpRequest, incident: bytes) -> HttpResponse:
    """For what they were sold, and what made it possible."""
    queries_incident.page(request.actor, incident)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return shown(request, incident, status=400, purpose=form)
    actions_known.purpose(request.actor, incident, form.cleaned_data)
    return back(incident, "purpose")
