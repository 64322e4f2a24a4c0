"""Pages of requests about an own file, and the pack: one page for paper, the same as text. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from waystation.access import Facts, Permission
from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock
from waystation_web.records.queries import may_make
from waystation_web.vault.queries import allow

from . import actions_request as actions
from . import queries_request as queries
from . import words
from .deadlines import late
from .forms_request import AnswerForm, EntryForm, ExtendForm, GiveForm, KnowForm, ReadForm, RequestForm
from .pack import digest_of

DONE = frozenset({"written", "given", "answered"})


@require_http_methods(["GET", "POST"])
@signed_in
def own_files(request: HttpRequest) -> HttpResponse:
    """Requests that this person holds; POST writes a new one down."""
    refused: list[bytes] = []
    found = queries.listing(request.actor, refused=refused)
    able = may_make(request.actor, "request")
    form = RequestForm(request.POST if request.method == "POST" else None,
                       people=queries.people(request.actor) if able else [])
    if form.is_bound and not able:
        allow(request.actor, Permission.CREATE_VAULT, Facts(type="request"))
    if form.is_bound and form.is_valid():
        return _to(actions.receive(request.actor, form.typed()), "written")
    today = clock.today()
    rows = [(one, ", ".join(words.said(words.ASKED, kind) for kind in one.kinds), not one.over and late(one.due, today))
            for one in found]
    return render(request, "claims/own_files.html", {"rows": rows, "form": form, "may_make": able,
                                                     "refused": len(refused)}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def own_file(request: HttpRequest, own: bytes) -> HttpResponse:
    """One request; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, own)
    queries.page(request.actor, own)  # whoever may not read it is told nothing about their form
    act = request.POST.get("act", "")
    if act not in FORMS:
        return _page(request, own, status=400)
    form = FORMS[act][0](request.POST, auto_id=f"{act}_%s")
    if not form.is_valid():
        return _page(request, own, status=400, **{act: form})
    FORMS[act][1](request.actor, own, form.cleaned_data)
    return _to(own, {"give": "given", "answer": "answered"}.get(act, "written"))


FORMS: dict[str, tuple[type, Callable[..., Any]]] = {
    "know": (KnowForm, lambda actor, own, given: actions.know(actor, own, **given)),
    "extend": (ExtendForm, lambda actor, own, given: actions.extend(actor, own, **given)),
    "read": (ReadForm, lambda actor, own, given: actions.read_through(
        actor, own, given["key"], source=given["source"], text=given["text"], left=given["left"])),
    "enter": (EntryForm, actions.enter),
    "give": (GiveForm, lambda actor, own, given: actions.give(actor, own, **given)),
    "answer": (AnswerForm, lambda actor, own, given: actions.answer(actor, own, **given)),
}


@require_GET
@signed_in
def pack(request: HttpRequest, own: bytes) -> HttpResponse:
    """The pack as one page that may be printed."""
    asked, found = queries.pack(request.actor, own)
    with override(asked.language):
        return render(request, "claims/pack.html", {"own": asked, "pack": found, "language": asked.language,
                                                    "today": clock.today()})


@require_GET
@signed_in
def pack_text(request: HttpRequest, own: bytes) -> HttpResponse:
    """The pack as plain text, under a name that says nothing."""
    _asked, found = queries.pack(request.actor, own)
    answer = HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="file-{own.hex()[:8]}.txt"'
    return answer


def _page(request: HttpRequest, own: bytes, *, status: int = 200, **bound: Any) -> HttpResponse:
    page = queries.page(request.actor, own)
    said, one = request.GET.get("done", ""), page.request
    waiting = page.pack.words if page.pack else ()
    return render(request, "claims/own_file.html", {
        "page": page, "own": one, "late": not one.over and late(one.due, page.today),
        "asked": [words.said(words.ASKED, kind) for kind in one.kinds],
        "known_by": words.said(words.KNOWN_BY, one.known_by.get("how")),
        "given_how": words.said(words.GIVEN, one.given.get("how")),
        "texts": [(each, digest_of(each.source)) for each in waiting],
        "entries": [(each, words.said(words.ASKED, each.get("kind")), page.names.get(str(each.get("by")), ""))
                    for each in one.entries],
        "forms": {act: bound.get(act) or FORMS[act][0](auto_id=f"{act}_%s") for act in FORMS},
        "read_fault": "read" in bound, "done": said if said in DONE else ""}, status=status)


def _to(own: bytes, done: str) -> HttpResponse:
    response = redirect("own-file", own=own.hex())
    response["Location"] += f"?done={done}"
    return response
