"""Pages of incidents, and the list that only the person on duty sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation.access import Role
from waystation_web.accounts.gate import signed_in
from waystation_web.records.queries import colleagues
from waystation_web.vault.errors import NoSuchVault

from . import actions_incident as actions
from . import queries
from . import queries_incident as incidents
from .forms_embargo import EmbargoForm
from .forms_incident import DemandForm, FamilyForm, LetGoForm, ReportForm, StepForm
from .forms_known import HandedForm, PurposeForm
from .words import INCIDENT_EVENTS

DONE = frozenset({"reported", "owned", "done", "frozen", "moved", "asked", "held", "let_go", "family", "told",
                  "handed", "purpose", "embargo", "lifted"})
# made elsewhere: a report, a tick, an amount, a line of its own
NO_STEPS = frozenset({"report", "freeze", "let_go", "demand", "family", "handed", "purpose", "embargo",
                      "prolong", "lift", "trace", "traced", "found"})


@require_GET
@signed_in
def attend(request: HttpRequest) -> HttpResponse:
    """What no shared screen shows: for the person on duty, after they confirmed who they are."""
    return render(request, "journeys/attend.html", {"incidents": incidents.attending(request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Something happened to a party."""
    page = queries.page(request.actor, journey)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return back(actions.report(request.actor, journey, form.cleaned_data), "reported")
    return render(request, "journeys/incident_new.html", {"page": page, "form": form},
                  status=400 if form.is_bound else 200)


@require_GET
@signed_in
def incident(request: HttpRequest, incident: bytes) -> HttpResponse:
    """One incident."""
    return shown(request, incident)


@require_POST
@signed_in
def task(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Give a line an owner, or say that it is done."""
    name, owner = request.POST.get("name", ""), request.POST.get("owner", "")
    if request.POST.get("done"):
        actions.done(request.actor, incident, name)
        return back(incident, "done")
    try:
        actions.own(request.actor, incident, name, bytes.fromhex(owner))
    except ValueError as reason:
        raise NoSuchVault from reason
    return back(incident, "owned")


@require_POST
@signed_in
def freeze(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Confirm freezes that were proposed."""
    actions.confirm(request.actor, incident, request.POST.getlist("code"))
    return back(incident, "frozen")


@require_POST
@signed_in
def let_go(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Let be used again what was frozen; without a tick or a reason nothing is."""
    form, codes = LetGoForm(request.POST), request.POST.getlist("code")
    if not form.is_valid() or not codes:
        return shown(request, incident, status=400, let_go_fault=True)
    actions.let_go(request.actor, incident, codes, reason=form.cleaned_data["reason"])
    return back(incident, "let_go")


@require_POST
@signed_in
def family(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Plan who tells the family what, or say that it was told."""
    if item := request.POST.get("told", ""):
        actions.family_told(request.actor, incident, item)
        return back(incident, "told")
    incidents.page(request.actor, incident)  # whoever may not read it is told nothing about their form
    form = FamilyForm(request.POST, people=_tellers())
    if not form.is_valid():
        return shown(request, incident, status=400, family=form)
    typed = form.cleaned_data
    actions.family(request.actor, incident, who=typed["who"], teller=bytes.fromhex(typed["teller"]), says=typed["says"],
                   when=typed["when"])
    return back(incident, "family")


@require_POST
@signed_in
def step(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Make a step, or sign it."""
    event = request.POST.get("event", "")
    signs = bool(request.POST.get("sign"))
    if event not in INCIDENT_EVENTS or event in (NO_STEPS - {"demand"} if signs else NO_STEPS):
        raise NoSuchVault
    if signs:
        return back(incident, actions.make_step(request.actor, incident, event, {}))
    form = StepForm(request.POST, event=event)
    if not form.is_valid():
        return shown(request, incident, status=400)
    return back(incident, actions.make_step(request.actor, incident, event, form.cleaned_data))


@require_http_methods(["GET", "POST"])
@signed_in
def demand(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Money is demanded: it becomes a line of the ledger that waits."""
    page = incidents.page(request.actor, incident)
    people = [(one.id.hex(), one.handle) for one in colleagues().values()
              if one.active and Role.FINANCE in one.roles and one.id != request.actor.id]
    others = [(one.id.hex(), one.handle) for one in page.holders]
    form = DemandForm(request.POST if request.method == "POST" else None, people=people, others=others)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.demand(request.actor, incident, amount=said["amount"], words=said["words"], note=said["note"],
                       second=bytes.fromhex(said["second"]), other=bytes.fromhex(said["other"]))
        return back(incident, "held")
    return render(request, "journeys/demand.html", {"page": page, "form": form}, status=400 if form.is_bound else 200)


def _tellers() -> list[tuple[str, str]]:
    return sorted(((one.id.hex(), one.handle) for one in colleagues().values() if one.active), key=lambda one: one[1])


def shown(request: HttpRequest, incident: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of an incident, with what was typed on it."""
    said = request.GET.get("done", "")
    page = incidents.page(request.actor, incident)
    forms = {"family": FamilyForm(people=_tellers()), "handed": HandedForm(),
             "embargo": EmbargoForm(auto_id="embargo_%s"), "purpose": PurposeForm(
        initial={"purposes": page.known.purposes, "causes": page.known.causes})}
    done = said if said in DONE else ""
    return render(request, "journeys/incident.html", {"page": page, "done": done, **forms, **more}, status=status)


def back(incident: bytes, done: str) -> HttpResponse:
    """To its page, which says what was done."""
    response = redirect("incident", incident=incident.hex())
    response["Location"] += f"?done={done}"
    return response
