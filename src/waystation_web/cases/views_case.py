"""The page of one case, and what is written on it in seconds: notes, tasks, promises, the two scales."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import Changed

from . import actions_team, actions_work, pages
from .changes import changes
from .forms_case import (
    ItemForm,
    NoteForm,
    PromiseForm,
    ScaleForm,
    TaskForm,
    TeamForm,
    WatchForm,
)
from .views import done_word, redirect_done


@require_GET
@signed_in
def case(request: HttpRequest, case: bytes) -> HttpResponse:
    """Everything about a case on one page."""
    return _page(request, case)


@require_GET
@signed_in
def history(request: HttpRequest, case: bytes) -> HttpResponse:
    """Every change of a case, with what stood before."""
    page = pages.case_page(request.actor, case)
    return render(request, "cases/history.html", {"page": page, "case": page.case, "tab": "case",
                                                  "changes": changes(page.case)})


@require_POST
@signed_in
def note(request: HttpRequest, case: bytes) -> HttpResponse:
    """Write down what somebody said."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400, note_form=form)
    actions_work.add_note(request.actor, case, form.cleaned_data["text"])
    return redirect_done("case", "kept", case=case.hex())


@require_POST
@signed_in
def tasks(request: HttpRequest, case: bytes) -> HttpResponse:
    """Something to do, or a day to look again."""
    page = pages.case_page(request.actor, case)
    form = TaskForm(request.POST, auto_id="id_task_%s", people=pages.team(request.actor), needs=page.case.all_needs)
    if not form.is_valid():
        return _page(request, case, status=400, task_form=form, page=page)
    typed = form.cleaned_data
    actions_work.add_task(request.actor, case, text=typed["text"], due=typed["due"], for_=typed["for_"],
                          need=typed["need"], follow_up=typed["follow_up"])
    return redirect_done("case", "added", case=case.hex())


@require_POST
@signed_in
def task_done(request: HttpRequest, case: bytes) -> HttpResponse:
    """A task is done, or open again."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400)
    done = form.cleaned_data["done"]
    actions_work.finish(request.actor, case, form.cleaned_data["item"], done=done)
    return redirect_done("case", "finished" if done else "opened", case=case.hex())


@require_POST
@signed_in
def promises(request: HttpRequest, case: bytes) -> HttpResponse:
    """What the person was told they can count on."""
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400, promise_form=form)
    actions_work.promise(request.actor, case, text=form.cleaned_data["text"], due=form.cleaned_data["due"])
    return redirect_done("case", "added", case=case.hex())


@require_POST
@signed_in
def promise_kept(request: HttpRequest, case: bytes) -> HttpResponse:
    """A promise was kept, or not."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400)
    actions_work.keep(request.actor, case, form.cleaned_data["item"], kept_=form.cleaned_data["done"])
    return redirect_done("case", "kept", case=case.hex())


@require_POST
@signed_in
def scales(request: HttpRequest, case: bytes) -> HttpResponse:
    """One of the two scales, with its reason. Who was second is told, and sees what stands."""
    form = ScaleForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400, scale_form=form)
    typed = form.cleaned_data
    try:
        actions_work.scale(request.actor, case, typed["which"], value=int(typed["value"]), reason=typed["reason"],
                           revision=typed["revision"])
    except Changed:
        return _page(request, case, status=409, scale_form=form)
    return redirect_done("case", "written", case=case.hex())


@require_POST
@signed_in
def watch(request: HttpRequest, case: bytes) -> HttpResponse:
    """The next look at somebody who hides for long."""
    form = WatchForm(request.POST, auto_id="id_watch_%s")
    if not form.is_valid():
        return _page(request, case, status=400, watch_form=form)
    actions_work.watch(request.actor, case, **form.cleaned_data)
    return redirect_done("case", "watched", case=case.hex())


@require_http_methods(["GET", "POST"])
@signed_in
def team(request: HttpRequest, case: bytes) -> HttpResponse:
    """Who works on a case."""
    page = pages.case_page(request.actor, case)
    people = pages.team(request.actor)
    now = {"worker": page.case.worker.hex(), "deputy": page.case.deputy.hex()}
    form = TeamForm(request.POST if request.method == "POST" else None, people=people, initial=now)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        missing = actions_team.assign(request.actor, case, worker=typed["worker"], deputy=typed["deputy"],
                                      end_old=typed["end_old"], reason=typed["reason"])
        return redirect_done("case", "partly" if missing else "assigned", case=case.hex())
    return render(request, "cases/team.html", {"page": page, "case": page.case, "form": form, "tab": "case"},
                  status=400 if form.is_bound else 200)


def _page(request: HttpRequest, case: bytes, *, status: int = 200, page: pages.CasePage | None = None,
          **forms: Any) -> HttpResponse:
    shown = page or pages.case_page(request.actor, case)
    told = {
        "page": shown, "case": shown.case, "today": pages.today(), "done": done_word(request), "tab": "case",
        "note_form": NoteForm(), "promise_form": PromiseForm(), "watch_form": WatchForm(auto_id="id_watch_%s"),
        "scale_forms": [_scale("need_scale", shown), _scale("safety_scale", shown)],
        "task_form": TaskForm(auto_id="id_task_%s", people=pages.team(request.actor), needs=shown.case.all_needs),
    } | forms
    return render(request, "cases/case.html", told, status=status)


def _scale(which: str, page: pages.CasePage) -> ScaleForm:
    return ScaleForm(initial={"which": which, "revision": page.case.record.revision}, auto_id=f"id_{which}_%s")
