"""Pages of legal demands. Nothing is sent from here: people give, refuse or contest, and it is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.cases.queries import case_called

from . import actions_demand as actions
from . import queries_demand as queries
from . import words
from .forms_demand import (
    DecideForm,
    DemandForm,
    FreezeForm,
    GagForm,
    HandForm,
    NoteForm,
    NoticeForm,
    TeamForm,
    ToldForm,
)
from .shown import demand_shown

DONE = frozenset({"written", "asked", "decided", "handed", "counted", "frozen"})


@require_http_methods(["GET", "POST"])
@signed_in
def demands(request: HttpRequest) -> HttpResponse:
    """Demands that this person holds; POST writes a new one down."""
    refused: list[bytes] = []
    found = queries.listing(request.actor, refused=refused)
    may_make = queries.may_make(request.actor)
    form = DemandForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        actions.of_the_office(request.actor)
    if form.is_bound and form.is_valid():
        return _to(actions.write_down(request.actor, form.cleaned_data), "written")
    return render(request, "claims/demands.html", {
        "rows": [demand_shown(one) for one in found], "form": form, "may_make": may_make, "refused": len(refused)},
        status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def demand(request: HttpRequest, demand: bytes) -> HttpResponse:
    """One demand; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, demand)
    queries.page(request.actor, demand)  # whoever may not read it is told nothing about their form
    act = request.POST.get("act", "")
    if act in SIGNS:
        return _to(demand, SIGNS[act](request.actor, demand))
    if act not in FORMS:
        return _page(request, demand, status=400)
    form = _form(request, act, request.POST)
    if not form.is_valid():
        return _page(request, demand, status=400, **{act: form})
    return _to(demand, FORMS[act][1](request.actor, demand, form.cleaned_data) or "written")


def _count(actor: Any, demand: bytes) -> str:
    actions.count(actor, demand)
    return "counted"


FORMS: dict[str, tuple[type, Callable[..., Any]]] = {
    "note": (NoteForm, lambda actor, demand, given: actions.note(actor, demand, given["text"])),
    "team": (TeamForm, lambda actor, demand, given: actions.name_team(actor, demand, given["team"])),
    "decide": (DecideForm, lambda actor, demand, given: actions.decide(actor, demand, **given)),
    "gag": (GagForm, lambda actor, demand, given: actions.gag(actor, demand, **given)),
    "notice": (NoticeForm, lambda actor, demand, given: actions.must_tell(actor, demand, **given)),
    "told": (ToldForm, lambda actor, demand, given: actions.told(actor, demand, given["notice"], how=given["how"])),
    "freeze": (FreezeForm, actions.freeze),
    "hand": (HandForm, actions.hand_over),
}
SIGNS: dict[str, Callable[[Any, bytes], str]] = {
    "count": _count, "sign": actions.decide, "give": actions.hand_over, "hold": actions.freeze}


def _form(request: HttpRequest, act: str, data: Any = None, **more: Any) -> Any:
    if act in {"hand", "freeze"}:
        more["find"] = lambda ref: case_called(request.actor, ref)
    return FORMS[act][0](data, auto_id=f"{act}_%s", **more)


def _page(request: HttpRequest, demand: bytes, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = queries.page(request.actor, demand)
    team = {"team": [one.hex() for one in page.demand.team]}
    blank = {f"{act}_form": forms.get(act) or _form(request, act, **({"initial": team} if act == "team" else {}))
             for act in FORMS}
    said = request.GET.get("done", "")
    return render(request, "claims/demand.html", blank | {
        "page": page, "demand": demand_shown(page.demand), "done": said if said in DONE else "",
        "types": [(words.said(words.TYPES, type_), count) for type_, count in page.production.types],
        "kinds": [(words.said(words.KINDS, kind), count) for kind, count in page.production.kinds],
        "waits_for": words.said(words.ANSWER, page.deciding.said.get("what")) if page.deciding else "",
        "log": [(one, words.said(words.LOG, one.get("what")), page.names.get(str(one.get("by")), ""))
                for one in reversed(page.demand.log)],
        "handed": [(one, " · ".join(page.names.get(str(who), "?") for who in one.get("by", ())))
                   for one in page.demand.handed]}, status=status)


def _to(demand: bytes, done: str) -> HttpResponse:
    response = redirect("demand", demand=demand.hex())
    response["Location"] += f"?done={done}"
    return response
