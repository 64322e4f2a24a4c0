"""The tracing list of an incident: whom people asked, what was answered, what became of somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_tracing as actions
from . import queries_tracing
from .forms_tracing import AnsweredForm, AskedForm, FoundForm
from .queries_tracing import Tracing

DONE = frozenset({"asked", "answered", "found"})


@require_http_methods(["GET", "POST"])
@signed_in
def tracing(request: HttpRequest, incident: bytes) -> HttpResponse:
    """The list; POST writes down whom somebody asked, or is to ask."""
    page = queries_tracing.tracing(request.actor, incident)
    if request.method == "GET":
        return _shown(request, page)
    form = _asked(page, request.POST)
    if not form.is_valid():
        return _shown(request, page, status=400, asked=form)
    if (why := actions.asked(request.actor, incident, form.cleaned_data)) is not None:
        return _shown(request, page, status=400, asked=form, why=_said(why))
    return _back(incident, "asked")


@require_POST
@signed_in
def answered(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Write down what was heard of one step."""
    page, item = queries_tracing.tracing(request.actor, incident), request.POST.get("item", "")
    form = AnsweredForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, status=400, answered=form, item=item)
    if (why := actions.answered(request.actor, incident, item, form.cleaned_data)) is not None:
        return _shown(request, page, status=400, answered=form, item=item, why=_said(why))
    return _back(incident, "answered")


@require_POST
@signed_in
def found(request: HttpRequest, incident: bytes) -> HttpResponse:
    """Write down what became of somebody."""
    page = queries_tracing.tracing(request.actor, incident)
    form = FoundForm(request.POST, people=page.people)
    if not form.is_valid():
        return _shown(request, page, status=400, found=form)
    actions.found(request.actor, incident, form.cleaned_data)
    return _back(incident, "found")


def _asked(page: Tracing, sent: Any = None) -> AskedForm:
    return AskedForm(sent, people=page.people, colleagues=page.colleagues)


def _said(why: actions.Refused) -> str:
    return gettext(why.sentence)


def _shown(request: HttpRequest, page: Tracing, *, status: int = 200, **more: Any) -> HttpResponse:
    said = request.GET.get("done", "")
    shown = {"page": page, "done": said if said in DONE else "", "asked": _asked(page),
             "found": FoundForm(people=page.people, auto_id="found_%s"),
             "steps": [(one, _answer(one)) for one in page.lines]} | more
    if "answered" in more:
        shown["steps"] = [(one, more["answered"] if one.trace.id == more["item"] else form)
                          for one, form in shown["steps"]]
    return render(request, "journeys/tracing.html", shown, status=status)


def _answer(line: queries_tracing.Line) -> AnsweredForm:
    one = line.trace
    form = AnsweredForm(auto_id=f"{one.id}_%s", initial={
        "answer": one.answer, "answered_on": one.answered_on, "next": one.next, "due": one.due})
    if one.asked_on is not None:
        del form.fields["asked_on"]
    return form


def _back(incident: bytes, done: str) -> HttpResponse:
    response = redirect("incident-tracing", incident=incident.hex())
    response["Location"] += f"?done={done}"
    return response
