"""Pages of complaints. For whom one is about there is no such page, word for word as for an id that is nobody's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.records.queries import may_make

from . import actions_complaint as actions
from . import queries_complaint as queries
from . import standard as house
from . import words
from .forms_complaint import AccountForm, ComplaintForm, OutcomeForm, StandardForm, StepForm
from .shown import complaint_shown

DONE = frozenset({"written", "closed", "left"})


@require_http_methods(["GET", "POST"])
@signed_in
def complaints(request: HttpRequest) -> HttpResponse:
    """What this person handles or took down; POST takes a new one down, or sets the standard."""
    refused: list[bytes] = []
    found = queries.listing(request.actor, refused=refused)
    sets = request.method == "POST" and request.POST.get("act") == "standard"
    usual = {name: getattr(found.standard, name) for name in ("ack_days", "answer_days", "refer_days", "outside")}
    setting = StandardForm(request.POST if sets else None, initial=usual, auto_id="standard_%s")
    form = ComplaintForm(request.POST if request.method == "POST" and not sets else None)
    if sets and setting.is_valid():
        house.set_standard(request.actor, setting.cleaned_data)
        return _done(redirect("complaints"), "written")
    if form.is_bound and form.is_valid():
        made = actions.take_down(request.actor, form.cleaned_data)
        return _done(redirect("complaint", complaint=made.hex()), "written")
    bound = form.is_bound or setting.is_bound
    said = request.GET.get("done", "")
    return render(request, "claims/complaints.html", {
        "rows": [complaint_shown(one) for one in found.rows], "page": found, "form": form, "setting": setting,
        "refused": len(refused), "done": said if said in DONE else ""}, status=400 if bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def complaint(request: HttpRequest, complaint: bytes) -> HttpResponse:
    """One complaint; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, complaint)
    page, act = queries.page(request.actor, complaint), request.POST.get("act", "")
    if act == "leave":
        actions.stop_reading(request.actor, complaint)
        return _done(redirect("complaints"), "left")
    form = _forms(page, request.POST).get(act)
    if form is None or not form.is_valid():
        return _page(request, complaint, status=400, **({act: form} if form is not None else {}))
    given = form.cleaned_data
    if act == "step":
        actions.step(request.actor, complaint, **given)
    elif act == "close":
        actions.close(request.actor, complaint, **given)
    elif act == "handler":
        actions.let_handle(request.actor, complaint, given["account"])
    else:
        actions.name_about(request.actor, complaint, given["account"])
    return _done(redirect("complaint", complaint=complaint.hex()), "closed" if act == "close" else "written")


def _forms(page: queries.Page, data: Any = None) -> dict[str, Any]:
    people, _free = queries.named()
    about = [(one.id.hex(), one.handle) for one in people if one.id not in page.complaint.about]
    return {"step": StepForm(data, auto_id="step_%s"), "close": OutcomeForm(data, auto_id="close_%s"),
            "handler": AccountForm(data, people=[(one.id.hex(), one.handle) for one in page.others],
                                   auto_id="handler_%s"),
            "about": AccountForm(data, people=about, auto_id="about_%s")}


def _page(request: HttpRequest, complaint: bytes, *, status: int = 200, **bound: Any) -> HttpResponse:
    page = queries.page(request.actor, complaint)
    said = request.GET.get("done", "")
    return render(request, "claims/complaint.html", {
        "page": page, "complaint": complaint_shown(page.complaint), "forms": _forms(page) | bound,
        "due": [(words.said(words.DUE, name), day, day < page.today) for name, day in page.complaint.due],
        "steps": [(one, words.said(words.STEP, one.get("kind")), page.names.get(str(one.get("by")), ""))
                  for one in page.complaint.steps],
        "only_accused": [words.said(words.ROLE, role) for role in page.route.only_accused],
        "may_write": may_make(request.actor, "complaint"), "done": said if said in DONE else ""}, status=status)


def _done(response: HttpResponse, done: str) -> HttpResponse:
    response["Location"] += f"?done={done}"
    return response
