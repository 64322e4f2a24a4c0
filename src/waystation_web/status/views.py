"""Pages of status."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation.access import Facts, Permission
from waystation_web.accounts.gate import signed_in
from waystation_web.records.queries import may_make
from waystation_web.vault.queries import allow

from . import actions, queries, shown, taking
from .forms import FORMS, FasterForm, GroundForm, LookForm, MoveForm, NewForm, ShareForm, StepForm

DONE = frozenset({"begun", "moved", "written", "shared"})


@require_http_methods(["GET", "POST"])
@signed_in
def applications(request: HttpRequest) -> HttpResponse:
    """Applications that this person holds; POST begins one."""
    refused: list[bytes] = []
    rows = queries.listing(request.actor, refused=refused)
    able = may_make(request.actor, "application")
    form = NewForm(request.POST if request.method == "POST" else None, ways=shown.ways(),
                   people=queries.people(request.actor) if able else [])
    if form.is_bound and not able:
        allow(request.actor, Permission.CREATE_VAULT, Facts(type="application"))
    if form.is_bound and form.is_valid():
        return _to(actions.begin(request.actor, form.typed()), "begun")
    return render(request, "status/applications.html", {
        "rows": [(one, shown.head(one), due) for one, due in rows], "form": form, "may_make": able,
        "refused": len(refused)}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def application(request: HttpRequest, application: bytes) -> HttpResponse:
    """One application; POST does one thing to it, named by the field `act`."""
    page = queries.page(request.actor, application)
    if request.method == "GET":
        return _page(request, page)
    act = request.POST.get("act", "")
    form = _forms(page, request.POST, act).get(act)
    if form is None or not form.is_valid():
        return _page(request, page, status=400, **({act: form} if form is not None else {}))
    given = form.cleaned_data
    if act == "step":
        actions.reach(request.actor, application, **given)
    elif act == "ground":
        actions.ground(request.actor, application, given)
    elif act == "look":
        actions.look(request.actor, application, given)
    elif act == "share":
        actions.share(request.actor, application, given)
    else:
        actions.move(request.actor, application, act, given)
    return _to(application, {"share": "shared", "step": "written", "ground": "written", "look": "written"}.get(
        act, "moved"))


@require_GET
@signed_in
def memo(request: HttpRequest, application: bytes) -> HttpResponse:
    """The memo against return, as it stands now."""
    one, papers = queries.memo_of(request.actor, application)
    return render(request, "status/memo.html", {"one": one, "papers": list(zip(one.codes, papers, strict=True))})


@require_GET
@signed_in
def memo_text(request: HttpRequest, application: bytes) -> HttpResponse:
    """The memo as plain text, under a name that says nothing."""
    papers = taking.take_text(request.actor, application)
    answer = HttpResponse(shown.as_text(papers), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="memo-{application.hex()[:8]}.txt"'
    return answer


@require_POST
@signed_in
def memo_file(request: HttpRequest, application: bytes) -> HttpResponse:
    """The memo of one person as PDF or DOCX, under a name that says nothing."""
    form = request.POST.get("form", "")
    file, media = taking.take_memo(request.actor, application, request.POST.get("person", ""), form)
    answer = HttpResponse(file, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="memo-{application.hex()[:8]}.{form}"'
    return answer


@require_http_methods(["GET", "POST"])
@signed_in
def waits(request: HttpRequest) -> HttpResponse:
    """How long ways take, beside each other; POST asks what one faster step would change, and nothing of it is kept."""
    form = FasterForm(request.POST if request.method == "POST" else None, steps=shown.steps())
    valid = form.is_bound and form.is_valid()
    found = queries.ways(request.actor, form.typed() if valid else {})
    return render(request, "status/waits.html", {"ways": found, "form": form, "asked": valid},
                  status=400 if form.is_bound and not valid else 200)


def _forms(page: queries.Page, data: Any = None, bound: str = "") -> dict[str, Any]:
    """Every form of the page; `data` goes into the one that was sent."""
    def of(name: str) -> Any:
        return data if name == bound else None

    one, people = page.one, list(zip(page.one.persons, page.one.codes, strict=True))
    found: dict[str, Any] = {event: FORMS.get(event, MoveForm)(of(event), auto_id=f"{event}_%s")
                             for event in page.events}
    found["step"] = StepForm(of("step"), orders=[(step.order, f"{step.order} · {step.words}") for step in one.steps],
                             auto_id="step_%s")
    found["ground"] = GroundForm(of("ground"), people=people, auto_id="ground_%s")
    found["look"] = LookForm(of("look"), auto_id="look_%s")
    found["share"] = ShareForm(of("share"), people=people, auto_id="share_%s")
    return found


def _page(request: HttpRequest, page: queries.Page, *, status: int = 200, **bound: Any) -> HttpResponse:
    said, forms = request.GET.get("done", ""), _forms(page) | bound
    return render(request, "status/application.html", {
        "page": page, "one": page.one, "head": shown.head(page.one), "forms": forms,
        "steps": [(event, shown.event(event), forms[event]) for event in page.events],
        "log": shown.log(page), "shared": shown.shared(page.one), "lines": shown.lines(page),
        "grounds": shown.grounds(page.one), "chain": shown.chain(page.chain),
        "done": said if said in DONE else ""}, status=status)


def _to(application: bytes, done: str) -> HttpResponse:
    response = redirect("application", application=application.hex())
    response["Location"] += f"?done={done}"
    return response
