"""Pages of reading packs: all of them and whose a found copy is, one of them, and its one copy as a download."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.papers.printing import NotPrinted
from waystation_web.records.queries import may_make
from waystation_web.stories.actions_publish import InTheWay
from waystation_web.vault.errors import NotPermitted

from . import actions, actions_copy, forms, queries
from .pack import TYPE
from .paper import told_of
from .words import BAD, DUE, STATES, WORDS

TYPED = frozenset({"recipient_key", "until", "terms", "H-05", "misheard"})   # rules about what was typed
FIELDS = {"recipient_key": "key", "terms": "partner", "H-05": "partner", "misheard": "digits", "until": "until"}
COMMAND = r"age-keygen -y key.txt | tr -d '\n' | sha256sum"   # what a reader runs, and reads aloud
Act = Callable[[Any, bytes, dict[str, Any]], Any]


@require_http_methods(["GET", "POST"])
@signed_in
def packs(request: HttpRequest) -> HttpResponse:
    """Packs that this person holds; POST asks for one."""
    if request.method == "GET":
        return _list(request)
    actions.may_ask(request.actor)
    form = _ask(request, request.POST)
    if form.is_valid():
        try:
            return _to(actions.ask(request.actor, form.cleaned_data), "written")
        except NotPermitted as why:
            _said(form, why)
    return _list(request, ask=form, status=400)


@require_POST
@signed_in
def whose(request: HttpRequest) -> HttpResponse:
    """Whose a found copy is, by its lines; nothing of them is kept."""
    form = forms.WhoseForm(request.POST, auto_id="whose_%s")
    if not form.is_valid():
        return _list(request, whose_form=form, status=400)
    likeness, readers = queries.whose_copy(request.actor, form.cleaned_data["lines"])
    rows = sorted(((readers[mark], mark, agree) for mark, agree in likeness.agree.items()), key=lambda one: -one[2])
    return _list(request, whose_form=form, whose={
        "lines": likeness.lines, "rows": rows[:10], "points_to": readers.get(likeness.points_to, ""),
        "mark": likeness.points_to})


@require_http_methods(["GET", "POST"])
@signed_in
def pack(request: HttpRequest, pack: bytes) -> HttpResponse:
    """One pack; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, pack)
    queries.page(request.actor, pack)  # whoever may not read it is told nothing about their form
    act = request.POST.get("act", "")
    try:
        if act == "sign":
            return _to(pack, actions.sign(request.actor, pack))
        if act not in FORMS:
            return _page(request, pack, status=400)
        form = _form(act, request.POST)
        if form.is_valid():
            FORMS[act][1](request.actor, pack, form.cleaned_data)
            return _to(pack, "written")
    except InTheWay:
        return _page(request, pack, status=409, stopped=gettext("Not signed: something stands in the way. See below."))
    except NotPermitted as why:
        if act not in FORMS:
            raise
        _said(form, why)
    return _page(request, pack, status=400, **{act: form})


@require_POST
@signed_in
def copy(request: HttpRequest, pack: bytes) -> HttpResponse:
    """The one copy, sealed, as something that a browser saves and never shows, under a name that says nothing."""
    try:
        mark, data = actions_copy.make(request.actor, pack)
    except InTheWay:
        return _page(request, pack, status=409, stopped=gettext("No copy: something stands in the way. See below."))
    except NotPrinted:
        return _page(request, pack, status=503, stopped=gettext(
            "The copy could not be printed. Nothing was written down: try once more."))
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{mark}.age"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


FORMS: dict[str, tuple[Any, Act]] = {
    "hear": (forms.HearForm, lambda actor, pack, given: actions.hear(actor, pack, **given)),
    "signers": (forms.SignersForm, lambda actor, pack, given: actions.ask_to_sign(actor, pack, given["colleagues"])),
    "tell": (forms.TellForm, lambda actor, pack, given: actions_copy.tell(actor, pack, **given)),
    "stop": (forms.StopForm, lambda actor, pack, given: actions_copy.stop(actor, pack, **given)),
}
DONE = frozenset({"written", "asked", "cleared"})


def _form(act: str, data: Any = None) -> Any:
    return FORMS[act][0](data, auto_id=f"{act}_%s")


def _said(form: Any, why: NotPermitted) -> None:
    """A refusal of what was typed stands beside the field; any other is a page of its own."""
    if why.rule not in TYPED or FIELDS[why.rule] not in form.fields:
        raise why
    form.add_error(FIELDS[why.rule], gettext(why.sentence))


def _ask(request: HttpRequest, data: Any = None) -> forms.AskForm:
    stories, partners = queries.choices(request.actor)
    return forms.AskForm(data, stories=stories, partners=partners, auto_id="ask_%s")


def _list(request: HttpRequest, *, status: int = 200, ask: Any = None, **given: Any) -> HttpResponse:
    refused: list[bytes] = []
    rows = queries.listing(request.actor, refused=refused)
    makes = may_make(request.actor, TYPE)
    form = ask or (_ask(request) if makes else None)
    return render(request, "packs/packs.html", {
        "rows": [(one, STATES[one.state], one.state in BAD, DUE.get(one.due, "")) for one in rows],
        "form": form, "refused": len(refused), "whose_form": forms.WhoseForm(auto_id="whose_%s")} | given,
        status=status)


def _page(request: HttpRequest, pack: bytes, *, status: int = 200, stopped: str = "", **given: Any) -> HttpResponse:
    page = queries.page(request.actor, pack)
    said, body = request.GET.get("done", ""), page.pack.body
    log = [(WORDS.get(one.get("word", ""), "?"), one, page.handles.get(str(one.get("by")), "?"))
           for one in body.get("log", [])]
    return render(request, "packs/pack.html", {f"{act}_form": given.get(act) or _form(act) for act in FORMS} | {
        "page": page, "state": STATES[page.state], "bad": page.state in BAD, "command": COMMAND,
        "stopped": stopped, "log": log,
        "purpose": dict(forms.PURPOSES).get(page.pack.to.purpose, "?"),
        "recipient": dict(forms.RECIPIENTS).get(page.pack.to.recipient, "?"),
        "told": told_of(body["told"]) if page.pack.copy else page.story.told if page.story else None,
        "due": [(DUE[what], day) for what, day in page.due],
        "found": [(gettext(one.sentence), one.where) for one in page.found],
        "done": said if said in DONE else ""}, status=status)


def _to(pack: bytes, done: str) -> HttpResponse:
    response = redirect("pack", pack=pack.hex())
    response["Location"] += f"?done={done}"
    return response
