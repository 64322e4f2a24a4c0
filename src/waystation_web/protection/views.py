"""Pages of protection: how far the office is, its assessments, its drills, the end of the demonstration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, pages
from .forms import AssessmentForm, DrillForm, LeaveForm

DONE = frozenset({"written", "asked", "signed", "drilled", "taken", "left"})


@require_GET
@signed_in
def protection(request: HttpRequest) -> HttpResponse:
    """How far this office is, and what is late."""
    return _overview(request)


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """A new assessment, which starts with the answers of the last one."""
    form = AssessmentForm(request.POST if request.method == "POST" else None, initial=pages.before(request.actor))
    if form.is_bound and form.is_valid():
        made = actions.begin(request.actor, form.answers(), form.cleaned_data["review"])
        return _one(made, "written")
    return render(request, "protection/new.html", {
        "form": form, "office": pages.office(), "may_write": pages.may_begin(request.actor)},
        status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def assessment(request: HttpRequest, assessment: bytes) -> HttpResponse:
    """One assessment; POST writes its answers anew."""
    page = pages.one(request.actor, assessment)
    first: dict[str, Any] = {**page.of.answers, "review": page.of.review, "revision": page.of.revision}
    form = AssessmentForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.write(request.actor, assessment, form.answers(), said["review"], revision=said["revision"] or 0)
        return _one(assessment, "written")
    return render(request, "protection/assessment.html", {"page": page, "form": form, "done": _said(request)},
                  status=400 if form.is_bound else 200)


@require_POST
@signed_in
def sign(request: HttpRequest, assessment: bytes) -> HttpResponse:
    """Sign an assessment, first or second."""
    return _one(assessment, actions.sign(request.actor, assessment))


@require_POST
@signed_in
def drill(request: HttpRequest) -> HttpResponse:
    """Write a drill down by hand."""
    form = DrillForm(request.POST, auto_id="drill_%s")
    if not form.is_valid():
        return _overview(request, status=400, drill=form)
    actions.drilled(request.actor, **form.typed())
    return _back("drilled")


@require_POST
@signed_in
def take(request: HttpRequest) -> HttpResponse:
    """Take in what the program wrote of its drills."""
    actions.take_in(request.actor)
    return _back("taken")


@require_POST
@signed_in
def leave(request: HttpRequest) -> HttpResponse:
    """Sign that real people are written down here from now on, first or second."""
    form = LeaveForm(request.POST, auto_id="leave_%s")
    if not form.is_valid():
        return _overview(request, status=400, leave=form)
    return _back(actions.leave(request.actor))


def _overview(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = {"page": pages.overview(request.actor), "drill": DrillForm(auto_id="drill_%s"),
             "leave": LeaveForm(auto_id="leave_%s"), "done": _said(request)} | forms
    return render(request, "protection/overview.html", shown, status=status)


def _said(request: HttpRequest) -> str:
    said = request.GET.get("done", "")
    return said if said in DONE else ""


def _one(assessment: bytes, done: str) -> HttpResponse:
    response = redirect("assessment", assessment=assessment.hex())
    response["Location"] += f"?done={done}"
    return response


def _back(done: str) -> HttpResponse:
    response = redirect("protection")
    response["Location"] += f"?done={done}"
    return response
