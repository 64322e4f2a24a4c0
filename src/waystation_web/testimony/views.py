"""Pages of statements: the list, planning another interview after the earlier ones, and one statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, actions_claims, actions_use, actions_words, queries, words
from .forms import ClearForm, ConsentForm, CounselForm, EmbargoForm, HandForm, PlanForm, SafetyForm, TakeForm, WhoForm
from .forms_words import CaptorForm, PieceForm, RecantForm, VersionForm

DONE = frozenset({"planned", "taken", "written", "cleared", "asked", "handed", "recanted"})


@require_http_methods(["GET"])
@signed_in
def statements(request: HttpRequest) -> HttpResponse:
    """Statements that this person holds."""
    return _list(request)


@require_POST
@signed_in
def plan(request: HttpRequest) -> HttpResponse:
    """First whom it is for: their earlier interviews are shown; then why another one is needed."""
    found = queries.listing(request.actor, refused=[])
    who = WhoForm(request.POST, known=[one.name for one in found.witnesses], people=list(found.people))
    if not who.is_valid():
        queries.looked(request.actor, {"witness": "", "case": b"", "person": ""})  # whoever may not plan is told so
        return _list(request, who=who)
    typed = who.who()
    seen = queries.looked(request.actor, typed)
    form = PlanForm(request.POST if "seen" in request.POST else None)
    if form.is_bound and form.is_valid():
        made = actions.plan(request.actor, typed | form.cleaned_data, seen=request.POST.get("seen", ""))
        return _to(made, "planned")
    return render(request, "testimony/plan.html", {"who": who, "form": form, "seen": seen, "typed": typed},
                  status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def statement(request: HttpRequest, statement: bytes) -> HttpResponse:
    """One statement; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, statement)
    page, act = queries.page(request.actor, statement), request.POST.get("act", "")
    if act == "done":
        actions.done(request.actor, statement, request.POST.get("item", ""))
        return _to(statement, "written")
    if act == "sign":
        actions_use.sign(request.actor, statement)
        return _to(statement, "cleared")
    if act not in ACTS:
        return _page(request, statement, status=400)
    form = _form(act, page, request.POST)
    if not form.is_valid():
        return _page(request, statement, status=400, **{act: form})
    done = ACTS[act][1](request.actor, statement, form.cleaned_data)
    return _to(statement, done if done in DONE else ACTS[act][2])


ACTS: dict[str, tuple[type, Callable[..., Any], str]] = {
    "take": (TakeForm, actions.take, "taken"),
    "counsel": (CounselForm, lambda actor, of, given: actions.note_counsel(actor, of, **given), "written"),
    "consent": (ConsentForm, lambda actor, of, given: actions.say(actor, of, **given), "written"),
    "safety": (SafetyForm, actions.keep_safe, "written"),
    "embargo": (EmbargoForm, lambda actor, of, given: actions.hold_back(actor, of, **given), "written"),
    "version": (VersionForm, actions_words.add_version, "written"),
    "recant": (RecantForm, actions_words.take_back, "recanted"),
    "piece": (PieceForm, actions_words.mark_piece, "written"),
    "captor": (CaptorForm, lambda actor, of, given: actions_claims.hold_captor(actor, of, **given), "written"),
    "clear": (ClearForm, lambda actor, of, given: actions_use.clear(actor, of, **given), "cleared"),
    "hand": (HandForm, lambda actor, of, given: actions_use.hand_over(actor, of, **given), "handed"),
}


def _form(act: str, page: queries.Page, data: Any = None) -> Any:
    made, more = ACTS[act][0], {}
    if act in {"version", "piece"}:
        more = {"versions": versions_of(page.statement, drafts=act == "version")}
    if act == "captor":
        more = {"perpetrators": list(page.perpetrators)}
    return made(data, auto_id=f"{act}_%s", **more)


def versions_of(of: Any, *, drafts: bool) -> list[tuple[int, str]]:
    """Versions to choose from; without `drafts` only those whose words may be used."""
    return [(one.n, f"{one.n} · {words.word('version', one.kind)} · {one.language}") for one in of.versions
            if drafts or (not one.machine and one.kind not in {"recording", "recantation"})]


def _list(request: HttpRequest, who: WhoForm | None = None) -> HttpResponse:
    refused: list[bytes] = []
    found = queries.listing(request.actor, refused=refused)
    form = who or WhoForm(known=[one.name for one in found.witnesses], people=list(found.people))
    rows = [(one, words.word("witness", one.kind), words.said(words.STATUS, one.status),
             [words.term("04", topic) for topic in one.topics]) for one in found.rows]
    return render(request, "testimony/list.html", {"page": found, "rows": rows, "form": form, "refused": len(refused)},
                  status=400 if who else 200)


def _page(request: HttpRequest, statement: bytes, *, status: int = 200, **bound: Any) -> HttpResponse:
    page = queries.page(request.actor, statement)
    of, said = page.statement, request.GET.get("done", "")
    taken = of.taken
    return render(request, "testimony/statement.html", {
        "page": page, "of": of, "done": said if said in DONE else "", "kind": words.word("witness", of.kind),
        "status": words.said(words.STATUS, of.status), "counsel": words.word("counsel", of.counsel),
        "topics": [words.term("04", one) for one in of.topics],
        "taken": {"method": words.word("method", taken.get("method")),
                  "place": words.word("place_kind", taken.get("place_kind")),
                  "inducement": words.word("known", taken.get("inducement"))},
        "elsewhere": words.word("known", of.planned.get("elsewhere")),
        "uses": [(use, words.word("use", use), yes, cleared) for use, yes, cleared in page.consents],
        "versions": [(one, words.word("version", one.kind), page.names.get(one.maker, ""), gone,
                      [(words.word("circumstance", name), words.word("known", what))
                       for name, what in one.circumstances.items()])
                     for one, gone in page.versions],
        "pieces": [(one, words.word("risk", one.risk), words.word("sensitive", one.sensitive),
                    [words.word("use", use) for use in one.may]) for one in page.pieces],
        "answers": [(one, words.word("use", one.use), words.said(words.SAID, one.said)) for one in of.consents],
        "notices": [(one, words.said(words.WHY_TOLD, one.get("why"))) for one in of.body.get("notices", ())],
        "handed": [(one, words.word("use", one.get("use"))) for one in of.body.get("handed", ())],
        "clearing": words.word("use", (of.body.get("clearing") or {}).get("use")),
        "mine": (of.body.get("clearing") or {}).get("approval", {}).get("asked_by") == request.actor.id.hex(),
        "forms": {act: bound.get(act) or _form(act, page) for act in ACTS}}, status=status)


def _to(statement: bytes, done: str) -> HttpResponse:
    response = redirect("statement", statement=statement.hex())
    response["Location"] += f"?done={done}"
    return response
