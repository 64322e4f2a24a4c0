"""The list of cases, and a call taken at night. What is sealed travels in bodies, never in addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions, lists, pages
from .forms import FilterForm, IntakeForm, plain

DONE = frozenset({"written", "begun", "added", "finished", "opened", "kept", "told", "assigned", "partly", "judged",
                  "removed", "sealed", "shared", "imported", "undone", "watched"})


def done_word(request: HttpRequest) -> str:
    """The act that a redirect confirms: one word of a fixed list, or nothing."""
    said = request.GET.get("done", "")
    return said if said in DONE else ""


def redirect_done(name: str, done: str, **where: str) -> HttpResponse:
    """Back to a page, which confirms with one word of a fixed list."""
    response = redirect(name, **where)
    response["Location"] += f"?done={done}"
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that this person holds; POST shows some of them, so that no need stands in an address."""
    form = FilterForm(request.POST if request.method == "POST" else None)
    wanted = lists.Wanted()
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        wanted = lists.Wanted(typed["whose"] or lists.ALL, typed["stage"] or lists.OPEN, typed["need"],
                              typed["only"] == "urgent", typed["only"] == "late", typed["whole"])
    refused: list[bytes] = []
    found = lists.listing(request.actor, wanted, refused=refused)
    return render(request, "cases/list.html", {
        "found": found, "form": form, "refused": len(refused), "done": done_word(request),
        "may_begin": pages.may_begin(request.actor), "today": pages.today(), "filtered": form.is_bound})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A call: five fields on one screen, none of them asked for; the reference comes from the office."""
    names = pages.may_seal_names(request.actor)
    form = IntakeForm(request.actor, request.POST if request.method == "POST" else None, names=names)
    if form.is_bound and form.is_valid():
        case = actions.take_call(request.actor, plain(form.cleaned_data))
        return redirect_done("case", "begun", case=case.hex())
    shown = {"form": form, "names": names, "may_begin": pages.may_begin(request.actor)}
    return render(request, "cases/new.html", shown, status=400 if form.is_bound else 200)
