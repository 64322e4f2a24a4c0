"""The page of calls. A request that brings a file is refused: no sound is ever kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import NotPermitted

from . import actions_call, actions_escort, queries_call
from .forms_call import BookForm, CameForm, OutcomeForm

DONE = frozenset({"booked", "heard", "wrong", "listed"})


@require_GET
@signed_in
def calls(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Every call of a journey."""
    return _page(request, journey)


@require_POST
@signed_in
def book(request: HttpRequest, journey: bytes) -> HttpResponse:
    """Book one."""
    _no_sound(request, journey)
    page = queries_call.page(request.actor, journey)
    actions_escort.may(request.actor, journey)
    form = _book(page, request.POST)
    if not form.is_valid():
        return _page(request, journey, status=400, book=form)
    actions_call.book(request.actor, journey, **form.cleaned_data)
    return _back(journey, "booked")


@require_POST
@signed_in
def outcome(request: HttpRequest, journey: bytes) -> HttpResponse:
    """How one went."""
    _no_sound(request, journey)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, journey, status=400, outcome=form)
    typed = dict(form.cleaned_data)
    word = actions_call.outcome(request.actor, journey, typed.pop("item"), typed)
    return _back(journey, "wrong" if word == actions_call.WRONG else "heard")


@require_POST
@signed_in
def came(request: HttpRequest, journey: bytes) -> HttpResponse:
    """One that came or was made."""
    _no_sound(request, journey)
    form = CameForm(request.POST)
    if not form.is_valid():
        return _page(request, journey, status=400, came=form)
    actions_call.came(request.actor, journey, **form.cleaned_data)
    return _back(journey, "listed")


def _no_sound(request: HttpRequest, journey: bytes) -> None:
    if request.FILES:
        raise NotPermitted("sound", "No sound and no file of a call is kept. Write down what was said.", vault=journey)


def _book(page: queries_call.Page, typed: Any = None) -> BookForm:
    return BookForm(typed, people=[(one, one) for one in page.people], fees=list(page.fees), auto_id="book_%s")


def _page(request: HttpRequest, journey: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    page = queries_call.page(request.actor, journey)
    wrong, said = more.get("outcome"), request.GET.get("done", "")
    lines = [(line, None if not (line.one.open and page.may_write) else
              wrong if wrong is not None and wrong.data.get("item") == line.one.id else
              OutcomeForm(initial={"item": line.one.id}, auto_id=f"outcome_{number}_%s"))
             for number, line in enumerate(page.lines, 1)]
    return render(request, "journeys/calls.html", {
        "page": page, "lines": lines, "book": more.get("book") or _book(page),
        "came": more.get("came") or CameForm(auto_id="came_%s"), "done": said if said in DONE else ""}, status=status)


def _back(journey: bytes, done: str) -> HttpResponse:
    response = redirect("journey-calls", journey=journey.hex())
    response["Location"] += f"?done={done}"
    return response
