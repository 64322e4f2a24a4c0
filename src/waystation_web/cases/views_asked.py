"""The page on which people of a case are asked, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_asked as actions
from . import queries_asked as queries
from .forms_asked import AnswerForm, ChildForm, SecondForm, StandingForm
from .views import done_word, redirect_done


@require_GET
@signed_in
def asked(request: HttpRequest, case: bytes) -> HttpResponse:
    """What each person said."""
    return _page(request, queries.page(request.actor, case))


@require_POST
@signed_in
def answer(request: HttpRequest, case: bytes) -> HttpResponse:
    """Somebody's answer to leaving."""
    page = queries.page(request.actor, case)
    form = AnswerForm(request.POST, people=_people(page.adults), auto_id="answer_%s")
    if not form.is_valid():
        return _page(request, page, status=400, answer=form)
    actions.answer(request.actor, case, form.typed(page.plan))
    return redirect_done("case-choices", "written", case=case.hex())


@require_POST
@signed_in
def standing(request: HttpRequest, case: bytes) -> HttpResponse:
    """What is to happen if somebody is caught."""
    page = queries.page(request.actor, case)
    form = StandingForm(request.POST, people=_people(page.adults), auto_id="standing_%s")
    if not form.is_valid():
        return _page(request, page, status=400, standing=form)
    actions.instruct(request.actor, case, form.typed())
    return redirect_done("case-choices", "written", case=case.hex())


@require_POST
@signed_in
def child(request: HttpRequest, case: bytes) -> HttpResponse:
    """What is best for a child."""
    page = queries.page(request.actor, case)
    form = ChildForm(request.POST, people=_people(page.children), auto_id="child_%s")
    if not form.is_valid():
        return _page(request, page, status=400, child=form)
    actions.for_child(request.actor, case, form.cleaned_data)
    return redirect_done("case-choices", "written", case=case.hex())


@require_POST
@signed_in
def child_second(request: HttpRequest, case: bytes) -> HttpResponse:
    """The second signature under it."""
    form = SecondForm(request.POST)
    if not form.is_valid():
        return _page(request, queries.page(request.actor, case), status=400)
    actions.second_for_child(request.actor, case, form.cleaned_data["item"])
    return redirect_done("case-choices", "written", case=case.hex())


def _people(some: tuple[queries.Person, ...]) -> list[tuple[str, str]]:
    return [(one.id, one.code) for one in some]


def _page(request: HttpRequest, page: queries.Page, *, status: int = 200, **forms: Any) -> HttpResponse:
    adults, children = _people(page.adults), _people(page.children)
    ready = {"answer": AnswerForm(people=adults, auto_id="answer_%s"),
             "standing": StandingForm(people=adults, auto_id="standing_%s"),
             "child": ChildForm(people=children, auto_id="child_%s")} | forms
    return render(request, "cases/asked.html", {"page": page, "case": page.case, "forms": ready,
                                                "done": done_word(request)}, status=status)
