"""Pages on which named people decide, and the sheet that is read aloud to those who would travel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_decide as actions
from . import actions_sheet as sheets
from . import queries_decide as queries
from .forms_decide import DecideForm, GiveForm, WordsForm

DONE = frozenset({"asked", "signed", "declined", "dissent", "given"})


def _done(request: HttpRequest) -> str:
    said = request.GET.get("done", "")
    return said if said in DONE else ""


@require_http_methods(["GET", "POST"])
@signed_in
def decide(request: HttpRequest, plan: bytes) -> HttpResponse:
    """Write a decision down and sign it first."""
    page = queries.deciding(request.actor, plan)
    form = DecideForm(request.POST if request.method == "POST" else None, colleagues=page.colleagues)
    if not form.is_bound or not form.is_valid():
        return render(request, "plans/decide/new.html", {"page": page, "form": form},
                      status=400 if form.is_bound else 200)
    try:
        decision = actions.ask(request.actor, plan, queries.typed(form.cleaned_data, form.biases()),
                               second=bytes.fromhex(form.cleaned_data["second"]))
    except actions.NotPermitted as reason:
        if not reason.step_up:
            raise
        actions.unconfirmed(request.actor, plan)
        return render(request, "plans/decide/new.html", {"page": page, "form": form, "confirm": True}, status=403)
    except actions.Incomplete as reason:
        return render(request, "plans/decide/new.html",
                      {"page": page, "form": form, "missing": queries.shown(reason.missing)}, status=409)
    return _back(decision, "asked")


@require_GET
@signed_in
def decision(request: HttpRequest, decision: bytes) -> HttpResponse:
    """One decision: what was signed, what they knew, who disagreed."""
    return _page(request, decision)


@require_POST
@signed_in
def sign(request: HttpRequest, decision: bytes) -> HttpResponse:
    """The second signature."""
    try:
        actions.sign(request.actor, decision)
    except actions.Incomplete as reason:
        return _page(request, decision, status=409, missing=queries.shown(reason.missing))
    return _back(decision, "signed")


@require_POST
@signed_in
def decline(request: HttpRequest, decision: bytes) -> HttpResponse:
    """The second person does not sign, and says why."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, status=400, decline=form)
    actions.decline(request.actor, decision, text=form.cleaned_data["text"])
    return _back(decision, "declined")


@require_POST
@signed_in
def dissent(request: HttpRequest, decision: bytes) -> HttpResponse:
    """Somebody sees it otherwise."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, status=400, dissent=form)
    actions.dissent(request.actor, decision, text=form.cleaned_data["text"])
    return _back(decision, "dissent")


@require_http_methods(["GET", "POST"])
@signed_in
def sheet(request: HttpRequest, plan: bytes) -> HttpResponse:
    """The sheet of a plan as it will be read aloud; POST lays it into the case."""
    form = GiveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sheets.give(request.actor, plan)
        response = redirect("plan-sheet", plan=plan.hex())
        response["Location"] += "?done=given"
        return response
    return render(request, "plans/decide/sheet.html", {"page": queries.sheet(request.actor, plan), "form": form,
                                                       "done": _done(request)}, status=400 if form.is_bound else 200)


def _page(request: HttpRequest, decision: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = {"page": queries.decision(request.actor, decision), "done": _done(request), "decline": WordsForm(),
             "dissent": WordsForm()} | more
    return render(request, "plans/decide/decision.html", shown, status=status)


def _back(decision: bytes, done: str) -> HttpResponse:
    response = redirect("decision", decision=decision.hex())
    response["Location"] += f"?done={done}"
    return response
