"""Pages on which missions are asked about and two people choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.plans import working
from waystation_web.plans.child import NoAnswer
from waystation_web.vault.errors import NotPermitted

from . import actions, pages, words
from .chosen import Said
from .forms import AskForm, ChooseForm, WordsForm
from .gathering import Crackdown
from .ways import Window

DONE = frozenset({"asked", "signed", "declined"})


@require_GET
@signed_in
def seasons(request: HttpRequest) -> HttpResponse:
    """Every season one holds."""
    return render(request, "season/list.html", {"page": pages.seasons(request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponseBase:
    """What there is in the coming weeks; POST asks what fits and shows what is being done."""
    actions.may_ask(request.actor)
    try:
        page = pages.asking(request.actor)
    except actions.InvalidBook as reason:
        return render(request, "season/no_book.html", {"faults": len(reason.problems)}, status=409)
    form = AskForm(request.POST if request.method == "POST" else None, parties=page.parties, guides=page.guides,
                   houses=page.houses, areas=page.areas, classes=page.classes,
                   initial={"safety_floor": page.safety_floor})
    if not form.is_bound or not page.parties or not form.is_valid():
        return render(request, "season/new.html", {"page": page, "form": form}, status=400 if form.is_bound else 200)
    asked, actor = actions.load(request.actor, typed(form)), request.actor
    return working.page(request, lambda: lines(request, actor, asked), {"page": page}, template="season/working.html")


@require_http_methods(["GET", "POST"])
@signed_in
def season(request: HttpRequest, season: bytes) -> HttpResponse:
    """One season; POST is the first signature under one's own choice."""
    page = pages.one(request.actor, season)
    if request.method == "GET":
        return _shown(request, page)
    form = _choose(page, request.POST)
    if not form.is_valid():
        return _shown(request, page, status=400, form=form)
    try:
        actions.propose(request.actor, season, [Said(*one) for one in form.said()],
                        second=bytes.fromhex(form.cleaned_data["second"]))
    except actions.Faulty as reason:
        return _shown(request, page, status=409, form=form, faults=pages.faults(page, reason.faults))
    except NotPermitted as reason:
        if not reason.step_up:
            raise
        actions.unconfirmed(request.actor, season)
        return _shown(request, page, status=403, form=form, confirm=True)
    return _back(season, "asked")


@require_POST
@signed_in
def confirm(request: HttpRequest, season: bytes) -> HttpResponse:
    """The second signature."""
    try:
        actions.confirm(request.actor, season)
    except actions.Faulty as reason:
        page = pages.one(request.actor, season)
        return _shown(request, page, status=409, faults=pages.faults(page, reason.faults))
    return _back(season, "signed")


@require_POST
@signed_in
def decline(request: HttpRequest, season: bytes) -> HttpResponse:
    """The second person does not sign, and says why."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _shown(request, pages.one(request.actor, season), status=400, words=form)
    actions.decline(request.actor, season, why=form.cleaned_data["text"])
    return _back(season, "declined")


def typed(form: AskForm) -> actions.Typed:
    """What was typed, as values."""
    said = form.cleaned_data
    areas = {name: Crackdown(said[f"likely_{code}"], said[f"lost_{code}"]) for code, name in form.areas}
    return actions.Typed(said["title"], Window(said["first_week"], said["weeks"], said["budget"][1]), form.caps(),
                         areas)


def lines(request: HttpRequest, actor: Any, asked: actions.Asked) -> Iterator[str]:
    """Each thing that is done as a line of a list; the last one says how it ended.

    The layers around a view have ended when these lines are sent: language and refusals are seen to here.
    """
    language = translation.get_language()
    ended: actions.Ended | None = None
    try:
        for told in actions.ask(actor, asked):
            with translation.override(language):
                if isinstance(told, actions.Ended):
                    ended = told
                    yield render_to_string("season/ended.html", {"ended": told}, request)
                else:
                    yield render_to_string("plans/doing.html", {"words": words.working(told)}, request)
    except (actions.NotSaved, NoAnswer):
        with translation.override(language):
            yield render_to_string("season/ended.html", {"ended": ended}, request)


def _choose(page: pages.Page, data: Any = None) -> ChooseForm:
    return ChooseForm(data, parties=page.parties, colleagues=page.colleagues)


def _shown(request: HttpRequest, page: pages.Page, *, status: int = 200, **more: Any) -> HttpResponse:
    done = request.GET.get("done", "")
    shown = {"page": page, "form": _choose(page), "words": WordsForm(), "done": done if done in DONE else ""} | more
    return render(request, "season/season.html", shown, status=status)


def _back(season: bytes, done: str) -> HttpResponse:
    response = redirect("season", season=season.hex())
    response["Location"] += f"?done={done}"
    return response
