"""Pages of appeals. Nothing is sent from here: a person takes a letter out, hands it over, and writes that down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import Changed

from . import actions, actions_out, queries, words
from .forms import DraftForm, LookForm, OutForm, SaysForm, SentForm, SignForm, TextForm

DONE = frozenset({"drafted", "written", "same", "asked", "signed", "corrected"})


@require_GET
@signed_in
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that this person holds."""
    refused: list[bytes] = []
    found = queries.listing(request.actor, refused=refused)
    return render(request, "appeals/letters.html", {"rows": [_row(one) for one in found], "refused": len(refused)})


@require_http_methods(["GET", "POST"])
@signed_in
def of_incident(request: HttpRequest, incident: bytes) -> HttpResponse:
    """To whom one may write of an incident; POST drafts letters, or says that something in them was wrong."""
    page = queries.of_incident(request.actor, incident)
    correcting = request.POST.get("act") == "correct"
    posted = request.POST if request.method == "POST" else None
    draft = DraftForm(None if correcting else posted, states=queries.states(), auto_id="draft_%s",
                      listed=page.listed, initial={"state": page.state, "demands": ["no_return"]})
    says = SaysForm(posted if correcting else None, auto_id="correct_%s")
    if says.is_bound and says.is_valid():
        actions.correct(request.actor, incident, says.cleaned_data["says"])
        return _to("incident-appeals", "corrected", incident=incident.hex())
    if draft.is_bound and draft.is_valid():
        made = actions.draft(request.actor, incident, draft.typed())
        if len(made) == 1:
            return _to("letter", "drafted", letter=made[0].hex())
        return _to("incident-appeals", "drafted", incident=incident.hex())
    done = request.GET.get("done", "")
    return render(request, "appeals/incident.html", {
        "page": page, "rows": [_row(one) for one in page.letters], "draft": draft, "says": says,
        "clock": [(one, words.CLOCK[one.name]) for one in page.clock], "done": done if done in DONE else ""},
        status=400 if posted is not None else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def letter(request: HttpRequest, letter: bytes) -> HttpResponse:
    """One letter; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, letter)
    page = queries.page(request.actor, letter)
    act = request.POST.get("act", "")
    if act == "second":
        return _to("letter", actions_out.sign(request.actor, letter), letter=letter.hex())
    if act not in ACTS:
        return _page(request, letter, status=400)
    form = _form(act, page, request.POST)
    if not form.is_valid():
        return _page(request, letter, status=400, **{act: form})
    try:
        done = ACTS[act](request.actor, letter, form)
    except Changed:
        return _page(request, letter, status=409, **{act: form})
    return _to("letter", done, letter=letter.hex())


@require_POST
@signed_in
def file(request: HttpRequest, letter: bytes) -> HttpResponse:
    """The letter as a file under a name that says nothing, for a person who hands it over."""
    form = OutForm(request.POST)
    if not form.is_valid():
        return _page(request, letter, status=400)
    kind = form.cleaned_data["form"]
    made, media = actions_out.take_out(request.actor, letter, kind)
    answer = HttpResponse(made, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{letter.hex()[:8]}.{kind}"'
    return answer


def _redraft(actor: Any, letter: bytes, form: Any) -> str:
    typed = form.typed() if isinstance(form, TextForm) else form.cleaned_data
    return "written" if actions.redraft(actor, letter, typed) else "same"


def _sent(actor: Any, letter: bytes, form: Any) -> str:
    actions_out.sent(actor, letter, form.cleaned_data)
    return "written"


def _look(actor: Any, letter: bytes, form: Any) -> str:
    actions_out.looked(actor, letter, **form.cleaned_data)
    return "written"


ACTS: dict[str, Callable[..., str]] = {
    "text": _redraft, "sign": lambda actor, letter, form: actions_out.sign(actor, letter, form.typed()),
    "sent": _sent, "look": _look}


def _form(act: str, page: queries.Page, data: Any = None) -> Any:
    body = page.letter.record.body
    more = {"auto_id": f"{act}_%s"}
    if act == "sign":
        return SignForm(data, others=[(one.id.hex(), one.handle) for one in page.others], **more)
    if act == "text" and page.letter.corrects:
        return SaysForm(data, initial={"says": body.get("says", "")}, **more)
    if act == "text":
        denial = {f"denial_{name}": one for name, one in (body.get("denial") or {}).items()}
        return TextForm(data, states=queries.states(), initial={**body, **denial}, **more)
    return {"sent": SentForm, "look": LookForm}[act](data, **more)


def _page(request: HttpRequest, letter: bytes, *, status: int = 200, **bound: Any) -> HttpResponse:
    page = queries.page(request.actor, letter)
    done = request.GET.get("done", "")
    return render(request, "appeals/letter.html", {
        "page": page, "row": _row(page.letter), "tells": words.TELLS[page.letter.to.tells],
        "missing": [words.NEEDS[name] for name in page.missing if name in words.NEEDS],
        "publicity": dict(words.PUBLICITY).get(str(page.asked.get("publicity", "")), ""),
        "sent": [(one, page.handles.get(one.by, "")) for one in reversed(page.letter.sent)],
        "looks": list(reversed(page.letter.record.body.get("looks", ()))),
        "form": {act: bound.get(act) or _form(act, page) for act in ACTS}, "done": done if done in DONE else ""},
        status=status)


def _row(one: Any) -> dict[str, Any]:
    return {"letter": one, "to": words.addressee(one.to.code), "stage": words.STAGES[one.stage],
            "look": words.LOOKS[one.stage]}


def _to(name: str, done: str, **where: str) -> HttpResponse:
    response = redirect(name, **where)
    response["Location"] += f"?done={done}"
    return response
