"""Pages of arrivals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation.access import Facts, Permission
from waystation_web.accounts.gate import signed_in
from waystation_web.records.queries import may_make
from waystation_web.vault.queries import allow

from . import actions, queries, words
from .forms import ActedForm, BeginForm, EndForm, RelationForm, ReunionForm, TalkForm, WhyForm, WorseForm

DONE = frozenset({"begun", "written", "stopped", "asked"})
FORMS: dict[str, Any] = {"talk": TalkForm, "worse": WorseForm, "acted": ActedForm, "relation": RelationForm,
                         "reunion": ReunionForm, "leave": WhyForm, "again": WhyForm, "end": EndForm}


@require_http_methods(["GET", "POST"])
@signed_in
def arrivals(request: HttpRequest) -> HttpResponse:
    """Arrivals that this person follows; POST begins to follow one."""
    refused: list[bytes] = []
    page = queries.listing(request.actor, refused=refused)
    able = may_make(request.actor, "followup")
    form = BeginForm(request.POST if request.method == "POST" else None,
                     people=queries.people(request.actor) if able else [])
    if form.is_bound and not able:
        allow(request.actor, Permission.CREATE_VAULT, Facts(type="followup"))
    if form.is_bound and form.is_valid():
        return _to(actions.begin(request.actor, form.typed()), "begun")
    return render(request, "arrival/arrivals.html", {
        "page": page, "form": form, "refused": len(refused),
        "outcomes": [(words.said(words.OUTCOME, code), n) for code, n in page.outcomes.by.items()],
        "work": [(words.said(words.WORK, code), n) for code, n in page.work.by.items()]},
        status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def arrival(request: HttpRequest, followup: bytes) -> HttpResponse:
    """One arrival; POST does one thing to it, named by the field `act`."""
    page = queries.page(request.actor, followup)
    if request.method == "GET":
        return _page(request, page)
    act = request.POST.get("act", "")
    if act not in FORMS:
        return _page(request, page, status=400)
    form = FORMS[act](request.POST, auto_id=f"{act}_%s")
    if not form.is_valid():
        return _page(request, page, status=400, **{act: form})
    given = form.cleaned_data
    if act == "talk":
        actions.talk(request.actor, followup, form.typed())
    elif act == "worse":
        actions.discriminated(request.actor, followup, given)
    elif act == "acted":
        actions.acted(request.actor, followup, given["item"], action=given["action"])
    elif act == "relation":
        actions.related(request.actor, followup, given)
    elif act == "reunion":
        return redirect("case", case=actions.reunite(request.actor, followup, form.typed()).hex())
    elif act == "leave":
        actions.leave_alone(request.actor, followup, why=given["why"])
    elif act == "again":
        actions.ask_again(request.actor, followup, why=given["why"])
    else:
        actions.end(request.actor, followup, code=given["code"], text=given["text"])
    return _to(followup, {"leave": "stopped", "end": "stopped", "again": "asked"}.get(act, "written"))


def _page(request: HttpRequest, page: queries.Page, *, status: int = 200, **bound: Any) -> HttpResponse:
    said, one = request.GET.get("done", ""), page.one
    return render(request, "arrival/arrival.html", {
        "page": page, "one": one, "worries": [words.said(words.WORRY, code) for code in page.worries],
        "unasked": [words.said(words.UNASKED, code) for code in page.unasked],
        "milestones": [(each, words.said(words.MILESTONE, each.code), words.said(words.STATE, each.state),
                        words.LOOKS[each.state]) for each in page.milestones],
        "life": [(name, words.said(codes, one.newest(field))) for name, field, codes in (
            (words.UNASKED["home"], "housing", words.HOUSING), (words.UNASKED["work"], "work", words.WORK),
            (words.UNASKED["school"], "school", words.SCHOOL), (words.UNASKED["screen"], "screen", words.SCREEN))],
        "income": one.newest("income"), "hours": one.newest("hours"),
        "talks": [(each, words.said(words.MILESTONE, each.get("milestone")), page.names.get(str(each.get("by")), ""),
                   [words.said(words.NEEDS, code) for code in each.get("needs", [])]) for each in reversed(one.talks)],
        "relations": [(each, words.said(words.TOGETHER, each.get("together"))) for each in one.relations],
        "outcome": words.said(words.OUTCOME, one.outcome.get("code")),
        "forms": {act: bound.get(act) or FORMS[act](auto_id=f"{act}_%s") for act in FORMS},
        "done": said if said in DONE else ""}, status=status)


def _to(followup: bytes, done: str) -> HttpResponse:
    response = redirect("arrival", followup=followup.hex())
    response["Location"] += f"?done={done}"
    return response
