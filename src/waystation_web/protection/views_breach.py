"""Pages of breaches: write one down, see how far it goes, tick what was done, close it by two."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock

from . import actions_breach as actions
from . import pages_breach as pages
from .forms_breach import BreachForm, CloseForm, StepForm

DONE = frozenset({"written", "found", "ticked", "asked", "closed"})


@require_http_methods(["GET", "POST"])
@signed_in
def breaches(request: HttpRequest) -> HttpResponse:
    """All breaches; POST writes one down."""
    page, now = pages.listed(request.actor), clock.now()
    first = {"known_day": now.date().isoformat(), "known_hour": now.hour}
    form = BreachForm(request.POST if request.method == "POST" else None, people=page.people, initial=first)
    if form.is_bound and form.is_valid():
        return _one(actions.report(request.actor, **form.typed()), "written")
    return render(request, "protection/breaches.html", {"page": page, "form": form},
                  status=400 if form.is_bound else 200)


@require_GET
@signed_in
def breach(request: HttpRequest, breach: bytes) -> HttpResponse:
    """One breach."""
    return _shown(request, breach)


@require_POST
@signed_in
def scope(request: HttpRequest, breach: bytes) -> HttpResponse:
    """Find out from the record of acts how far it goes, until now."""
    actions.find_scope(request.actor, breach, until=clock.now())
    return _one(breach, "found")


@require_POST
@signed_in
def step(request: HttpRequest, breach: bytes) -> HttpResponse:
    """Tick a step."""
    pages.one(request.actor, breach)  # whoever may not read it is told nothing about their form
    form = StepForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach, status=400, fault=request.POST.get("step", ""))
    said = form.cleaned_data
    actions.tick(request.actor, breach, said["step"], done=said["done"] == "yes", why=said["why"])
    return _one(breach, "ticked")


@require_POST
@signed_in
def close(request: HttpRequest, breach: bytes) -> HttpResponse:
    """Sign that it is over, first or second."""
    if request.POST.get("sign"):
        return _one(breach, actions.close(request.actor, breach))
    pages.one(request.actor, breach)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach, status=400, close=form)
    return _one(breach, actions.close(request.actor, breach, closing=form.cleaned_data["closing"]))


def _shown(request: HttpRequest, breach: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    said = request.GET.get("done", "")
    shown = {"page": pages.one(request.actor, breach), "close": CloseForm(),
             "done": said if said in DONE else ""} | more
    return render(request, "protection/breach.html", shown, status=status)


def _one(breach: bytes, done: str) -> HttpResponse:
    response = redirect("breach", breach=breach.hex())
    response["Location"] += f"?done={done}"
    return response
