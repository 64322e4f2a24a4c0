"""Pages of the ledger's lines. Nothing is paid with one touch: what is asked stands on the page before the button."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock
from waystation_web.notes.ranges import answer
from waystation_web.vault.errors import Changed

from . import actions, actions_figures, actions_sign, queries, typed, words
from . import question as questions
from .forms import AskForm, BackForm, CodeForm, EntryForm, ExportForm, FileForm, NoForm, PayForm, ReasonForm

DONE = frozenset({"written", "asked", "signed", "refused", "paid", "kept", "back"})


def done_of(request: HttpRequest, words_: frozenset[str] = DONE) -> str:
    """The act that a redirect confirms: one word of a fixed list, or nothing."""
    said = request.GET.get("done", "")
    return said if said in words_ else ""


def back(name: str, done: str, **where: str) -> HttpResponse:
    """Back to a page, which confirms with one word."""
    response = redirect(name, **where)
    response["Location"] += f"?done={done}"
    return response


@require_GET
@signed_in
def ledger(request: HttpRequest) -> HttpResponse:
    """Every line that this person holds, and what waits."""
    return render(request, "ledger/book.html", {"page": queries.book(request.actor), "done": done_of(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def balances(request: HttpRequest) -> HttpResponse:
    """Balances by code name; POST looks one up, so that no code name stands in an address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    code = form.cleaned_data["code"].strip() if form.is_bound and form.is_valid() else ""
    return render(request, "ledger/balances.html", {"page": queries.balances_page(request.actor, code)})


@require_GET
@signed_in
def case_money(request: HttpRequest, case: bytes) -> HttpResponse:
    """The money of a case."""
    return render(request, "ledger/case.html", {"page": queries.case_money(request.actor, case),
                                                "done": done_of(request, frozenset({"written"}))})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest, case: bytes | None = None) -> HttpResponse:
    """Write a line, of a case or (finance) with the code of one."""
    of = queries.writing_for(request.actor, case)
    form = EntryForm(request.POST if request.method == "POST" else None, seconds=queries.seconds(request.actor),
                     of_case=case is not None, initial={"day": clock.today(), "currency": "USD", "repay": "unknown"})
    if form.is_bound and form.is_valid():
        try:
            entry = actions.new(request.actor, typed.entry_of(form.cleaned_data, case))
            return back("money-entry", "written", entry=entry.hex())
        except actions.InvalidEntry as why:
            form.blame(why.field, why.why)
    return render(request, "ledger/new.html", {"form": form, "of": of}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, entry: bytes) -> HttpResponse:
    """Write a line anew, while nobody has signed and nothing was paid."""
    line = questions.editable(request.actor, entry)
    form = EntryForm(request.POST if request.method == "POST" else None, seconds=queries.seconds(request.actor),
                     of_case=line.case_id is not None, initial=typed.initial(line))
    if form.is_bound and form.is_valid():
        try:
            actions.edit(request.actor, entry, typed.entry_of(form.cleaned_data, line.case_id),
                         revision=form.cleaned_data["revision"] or 0)
            return back("money-entry", "written", entry=entry.hex())
        except actions.InvalidEntry as why:
            form.blame(why.field, why.why)
        except Changed:
            form.add_error(None, words.CHANGED)
            return render(request, "ledger/edit.html", {"form": form, "line": line}, status=409)
    return render(request, "ledger/edit.html", {"form": form, "line": line}, status=400 if form.is_bound else 200)


@require_GET
@signed_in
def entry(request: HttpRequest, entry: bytes) -> HttpResponse:
    """One line: pay this?"""
    return _page(request, entry)


@require_POST
@signed_in
def ask(request: HttpRequest, entry: bytes) -> HttpResponse:
    """The first signature."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, status=400, ask=form)
    given = form.cleaned_data
    actions_sign.ask(request.actor, entry, choice=typed.choice_of(given["choice"]), reason=given["reason"])
    return back("money-entry", "asked", entry=entry.hex())


@require_POST
@signed_in
def sign(request: HttpRequest, entry: bytes) -> HttpResponse:
    """The second signature."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, status=400, sign=form)
    actions_sign.sign(request.actor, entry, reason=form.cleaned_data["reason"])
    return back("money-entry", "signed", entry=entry.hex())


@require_POST
@signed_in
def refuse(request: HttpRequest, entry: bytes) -> HttpResponse:
    """Not to sign, and why."""
    form = NoForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, status=400, refuse=form)
    actions_sign.refuse(request.actor, entry, reason=form.cleaned_data["reason"])
    return back("money-entry", "refused", entry=entry.hex())


@require_POST
@signed_in
def pay(request: HttpRequest, entry: bytes) -> HttpResponse:
    """It was paid. What is missing is named, and nothing is saved."""
    form = PayForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, entry, status=400, pay=form)
    given = form.cleaned_data
    try:
        actions_sign.pay(request.actor, entry, day=given["day"], upload=given["file"], no_receipt=given["no_receipt"])
    except actions_sign.Incomplete as why:
        return _page(request, entry, status=409, stopped=[words.MISSING[one] for one in why.missing])
    except actions.InvalidEntry as why:
        form.add_error("day", words.ENTRY_FAULTS.get(why.why, words.CHANGED))
        return _page(request, entry, status=400, pay=form)
    return back("money-entry", "paid", entry=entry.hex())


@require_POST
@signed_in
def proof(request: HttpRequest, entry: bytes) -> HttpResponse:
    """Keep a receipt with a line."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, entry, status=400, proof=form)
    actions.attach(request.actor, entry, form.cleaned_data["file"])
    return back("money-entry", "kept", entry=entry.hex())


@require_GET
@signed_in
def file(request: HttpRequest, entry: bytes, file: bytes) -> HttpResponseBase:
    """A receipt, as a download under a name that says nothing."""
    found = questions.receipt(request.actor, entry, file)
    return answer(request, found, name=f"file-{file.hex()[:8]}.bin")


@require_POST
@signed_in
def take_back(request: HttpRequest, entry: bytes) -> HttpResponse:
    """Take a line back by a counter-entry."""
    form = BackForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, status=400, back=form)
    made = actions.take_back(request.actor, entry, reason=form.cleaned_data["reason"])
    return back("money-entry", "back", entry=made.hex())


@require_http_methods(["GET", "POST"])
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Take the ledger out: code names alone, confirmed, with a reason."""
    queries.may_take_out(request.actor)
    form = ExportForm(request.POST if request.method == "POST" else None, whole=actions_figures.is_whole(request.actor))
    if not form.is_bound or not form.is_valid():
        return render(request, "ledger/export.html", {"form": form}, status=400 if form.is_bound else 200)
    given = form.cleaned_data
    text = actions_figures.export(request.actor, reason=given["reason"], without=given.get("without", False))
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lines.csv"'
    return response


def _page(request: HttpRequest, entry: bytes, *, status: int = 200, stopped: list[Any] | None = None,
          **forms: Any) -> HttpResponse:
    shown = {"ask": AskForm(), "sign": ReasonForm(), "refuse": NoForm(), "back": BackForm(), "proof": FileForm(),
             "pay": PayForm(initial={"day": clock.today()})} | forms
    return render(request, "ledger/entry.html", {
        "page": questions.question(request.actor, entry), "forms": shown, "stopped": stopped or [],
        "done": done_of(request)}, status=status)
