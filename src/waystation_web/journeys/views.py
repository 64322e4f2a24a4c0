"""Pages of journeys: the list, one journey with its next step, word taken down, the next stop released."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import NoSuchVault

from . import actions, actions_close, actions_desk, queries, queries_custody, queries_incident
from .forms import CheckInForm, OpenForm, ReleaseForm, StepForm
from .forms_part import DivideForm

DONE = frozenset({"opened", "moved", "asked", "heard", "wrong", "held", "released", "closed"})


@require_GET
@signed_in
def journeys(request: HttpRequest) -> HttpResponse:
    """Every journey one holds."""
    on_the_way, over, broken = queries.listing(request.actor)
    held = queries_custody.held(one.journey for one in (*on_the_way, *over))
    return render(request, "journeys/list.html", {"lines": on_the_way, "over": over, "broken": broken, "held": held,
                                                  "frozen": queries_incident.frozen(request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def open_(request: HttpRequest, decision: bytes) -> HttpResponse:
    """Open a journey on a decision to go."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = actions.open_(request.actor, decision, reason=form.cleaned_data["reason"])
        return _back(made, "opened")
    page = queries.opening(request.actor, decision)
    return render(request, "journeys/open.html", {"page": page, "form": form}, status=400 if form.is_bound else 200)


@require_GET
@signed_in
def journey(request: HttpRequest, journey: bytes) -> HttpResponse:
    """One journey."""
    return _page(request, journey)


@require_POST
@signed_in
def check_in(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Take down word."""
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, journey, status=400, heard=form)
    word = actions_desk.check_in(request.actor, journey, form.cleaned_data)
    return _back(journey, "wrong" if word == actions_desk.WRONG else "heard")


@require_POST
@signed_in
def hold(request: HttpRequest, journey: bytes) -> HttpResponse:
    """I have this one; from the board one comes back to the board."""
    actions_desk.hold(request.actor, journey)
    return redirect("home") if request.POST.get("from") == "board" else _back(journey, "held")


@require_POST
@signed_in
def release(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Release the next stop."""
    form = ReleaseForm(request.POST, stops=queries.next_stops(request.actor, journey))
    if not form.is_valid():
        return _page(request, journey, status=400, release=form)
    actions_desk.release(request.actor, journey, **form.cleaned_data)
    return _back(journey, "released")


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: HttpRequest, journey: bytes, event: str) -> HttpResponse:
    """A step on a page of its own: what it asks, and what is in its way."""
    page = queries.page(request.actor, journey)
    found = next((one for one in page.steps if one.event == event), None)
    if found is None:
        raise NoSuchVault
    sent = request.POST if request.method == "POST" and not found.waits else None
    form = DivideForm(sent, party=page.party) if event == "split" else StepForm(sent, event=event)
    if request.method == "POST" and (found.waits or form.is_valid()):
        if event == "learn":
            actions_close.learn(request.actor, journey, reason=form.cleaned_data["reason"])
            return _back(journey, "closed")
        return _back(journey, actions.make_step(request.actor, journey, event,
                                                {} if found.waits else form.cleaned_data))
    return render(request, "journeys/step.html", {"page": page, "step": found, "form": form},
                  status=400 if form.is_bound else 200)


def _page(request: HttpRequest, journey: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    page = queries.page(request.actor, journey)
    said = request.GET.get("done", "")
    shown = {"page": page, "heard": CheckInForm(), "release": ReleaseForm(stops=page.stops),
             "done": said if said in DONE else ""} | more
    return render(request, "journeys/journey.html", shown, status=status)


def _back(journey: bytes, done: str) -> HttpResponse:
    response = redirect("journey", journey=journey.hex())
    response["Location"] += f"?done={done}"
    return response
