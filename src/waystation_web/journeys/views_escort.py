"""The page of who goes along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_escort, queries_escort
from .forms_escort import AnswerForm, AskForm

DONE = frozenset({"asked", "answered"})


@require_http_methods(["GET", "POST"])
@signed_in
def along(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Who goes along; POST asks one more."""
    if request.method == "GET":
        return _page(request, journey)
    page = queries_escort.page(request.actor, journey)
    actions_escort.may(request.actor, journey)
    form = _ask(page, request.POST)
    if not form.is_valid():
        return _page(request, journey, status=400, ask=form)
    actions_escort.ask(request.actor, journey, **form.cleaned_data)
    return _back(journey, "asked")


@require_POST
@signed_in
def answer(request: HttpRequest, journey: bytes) -> HttpResponse:
    """What one of them said."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, journey, status=400, answer=form)
    typed = dict(form.cleaned_data)
    actions_escort.answer(request.actor, journey, typed.pop("item"), typed)
    return _back(journey, "answered")


def _ask(page: queries_escort.Page, typed: Any = None) -> AskForm:
    return AskForm(typed, legs=[(one.leg, f"{one.start} – {one.end} · {one.leg}") for one in page.legs],
                   people=[(one, one) for one in page.people])


def _page(request: HttpRequest, journey: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    page = queries_escort.page(request.actor, journey)
    wrong, said = more.get("answer"), request.GET.get("done", "")
    lines = [(line, wrong if wrong is not None and wrong.data.get("item") == line.one.id else
              AnswerForm(initial={"item": line.one.id}, auto_id=f"answer_{number}_%s"))
             for number, line in enumerate(page.lines, 1)]
    return render(request, "journeys/along.html", {
        "page": page, "lines": lines, "ask": more.get("ask") or _ask(page), "done": said if said in DONE else ""},
        status=status)


def _back(journey: bytes, done: str) -> HttpResponse:
    response = redirect("journey-along", journey=journey.hex())
    response["Location"] += f"?done={done}"
    return response
