"""Pages on which a plan is asked for, computed, read, and laid beside another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.cases import pages

from . import actions_ask as actions
from . import queries_list, queries_plan, words, working
from .asking import Terms
from .child import NoAnswer
from .forms_ask import AskForm, CompareForm
from .forms_wanted import GiveReportForm


@require_http_methods(["GET", "POST"])
@signed_in
def case_plans(request: HttpRequest, case: bytes) -> HttpResponseBase:
    """The plans of a case; POST asks for another one and shows what is being done."""
    page = queries_list.of_case(request.actor, case)
    first = {"depart_from": page.first, "deadline": page.last, "part": 0}
    form = AskForm(request.POST if request.method == "POST" else None, places=page.places, goals=page.goals,
                   parts=page.parts, initial=first)
    compare = CompareForm(plans=[(one.id.hex(), one.question) for one in page.plans])
    shown = {"page": page, "form": form, "compare": compare}
    if not form.is_bound or not form.is_valid() or page.gaps:
        return render(request, "plans/case.html", shown, status=400 if form.is_bound else 200)
    try:
        asked = actions.load(request.actor, case, terms(form))
    except (actions.NotKnown, actions.InvalidBook):
        return render(request, "plans/case.html", shown, status=409)
    actor = request.actor  # the middleware lets go of it when the head of the answer is sent
    return working.page(request, lambda: lines(request, actor, asked), {"page": page})


@require_GET
@signed_in
def plan(request: HttpRequest, plan: bytes) -> HttpResponse:
    """One plan."""
    return render(request, "plans/show.html", {
        "plan": queries_plan.plan(request.actor, plan), "give": GiveReportForm(people=pages.team(request.actor)),
        "given": request.GET.get("done") == "given"})


@require_POST
@signed_in
def geometry(request: HttpRequest, plan: bytes) -> JsonResponse:
    """A plan for the map that moves."""
    return JsonResponse(queries_plan.map_of(request.actor, plan), content_type="application/geo+json")


@require_http_methods(["GET", "POST"])
@signed_in
def compare(request: HttpRequest) -> HttpResponse:
    """Every plan one holds; POST lays two or three beside each other."""
    broken: list[bytes] = []
    rows = queries_list.mine(request.actor, broken)
    form = CompareForm(request.POST if request.method == "POST" else None,
                       plans=[(one.id.hex(), f"{one.case_ref} {one.made:%Y-%m-%d %H:%M}") for one in rows])
    chosen = form.cleaned_data["plans"] if form.is_bound and form.is_valid() else []
    shown = queries_list.compared(request.actor, chosen) if chosen else None
    context = {"rows": rows, "form": form, "shown": shown, "broken": len(set(broken))}
    return render(request, "plans/compare.html", context, status=400 if form.is_bound and shown is None else 200)


def terms(form: AskForm, **of: Any) -> Terms:
    """What was typed; `of` a journey: whose people, and what they are called."""
    said = form.cleaned_data
    return Terms(said["start"], tuple(said["goals"]), said["depart_from"], said["deadline"], said["money"],
                 show_expert=said["show_expert"], part=said["part"], **of)


def lines(request: HttpRequest, actor: Any, asked: Any, *,
          by: Callable[[Any, Any], Iterator[Any]] = actions.ask) -> Iterator[str]:
    """Each thing that is done as a line of a list; the last one says how it ended.

    The layers around a view have ended when these lines are sent: language and refusals are seen to here.
    """
    language = translation.get_language()
    try:
        for told in by(actor, asked):
            with translation.override(language):
                if isinstance(told, actions.Ended):
                    yield render_to_string("plans/ended.html", {"ended": told}, request)
                else:
                    yield render_to_string("plans/doing.html", {"words": words.working(told)}, request)
    except (actions.NotSaved, NoAnswer):
        with translation.override(language):
            yield render_to_string("plans/ended.html", {"ended": None}, request)
