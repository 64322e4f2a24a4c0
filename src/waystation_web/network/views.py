"""Pages of the route book. Codes stand in no address: rows are named by their opaque ids, filters go by POST."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import Changed

from . import actions, queries
from .faults import Unsound
from .forms import AdmitForm, FilterForm, ReportForm, RevisionForm, RowForm, now_typed
from .sheets import MEANINGS, NAMES

DONE = frozenset({"written", "added", "removed", "put_back", "reported", "admitted", "imported", "undone", "noted",
                  "asked", "signed", "built"})


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
def book(request: HttpRequest) -> HttpResponse:
    """The book on one page; POST shows some of its legs, so that no code of a place stands in an address."""
    shown = queries.overview(request.actor)
    form = FilterForm(shown.legs, request.POST if request.method == "POST" else None)
    legs = [leg for leg in shown.open_legs if form.keeps(leg)]
    counts = [(name, NAMES[name], MEANINGS[name], count) for name, count in shown.counts]
    return render(request, "network/book.html", {"book": shown, "legs": legs, "form": form, "counts": counts,
                                                 "done": done_word(request), "filtered": form.is_bound})


@require_POST
@signed_in
def book_map(request: HttpRequest) -> HttpResponse:
    """The book for the map that moves. By POST, and nobody keeps it."""
    return JsonResponse(queries.map_geometry(request.actor), content_type="application/geo+json")


@require_GET
@signed_in
def sheet(request: HttpRequest, sheet: str) -> HttpResponse:
    """One sheet as a table."""
    shown = queries.sheet(request.actor, sheet)
    return render(request, "network/sheet.html", {"page": shown, "name": NAMES[sheet], "meaning": MEANINGS[sheet],
                                                  "done": done_word(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def row_new(request: HttpRequest, sheet: str) -> HttpResponse:
    """A new row; a new place may bring the leg that leads to it, because a goal that nothing leads to is none."""
    asked = queries.blank(request.actor, sheet)
    data = request.POST if request.method == "POST" else None
    form = RowForm(sheet, asked, data)
    leg = RowForm("legs", queries.blank(request.actor, "legs"), data, prefix="leg") if sheet == "places" else None
    faults: tuple[Any, ...] = ()
    if data is not None and form.is_valid() and (leg is None or leg.is_valid()):
        typed = [(sheet, form.typed)] + ([("legs", leg.typed)] if leg is not None and leg.filled else [])
        try:
            actions.add_rows(request.actor, typed)
        except Unsound as why:
            faults = why.faults
            form.mark(faults)
            if leg is not None:
                leg.mark(faults)
        else:
            return redirect_done("book-sheet", "added", sheet=sheet)
    return render(request, "network/new.html", {"form": form, "leg": leg, "sheet": sheet, "name": NAMES[sheet],
                                                "meaning": MEANINGS[sheet], "faults": faults},
                  status=200 if data is None else 400)


@require_http_methods(["GET", "POST"])
@signed_in
def row(request: HttpRequest, row: bytes) -> HttpResponse:
    """One row with its history; POST writes it anew. Who loses a race sees what stands now, and nothing is saved."""
    shown = queries.row(request.actor, row)
    if request.method == "GET":
        return _row(request, shown, RowForm(shown.sheet, shown.asked, cells=shown.cells, revision=shown.revision))
    form = RowForm(shown.sheet, shown.asked, request.POST)
    if not form.is_valid():
        return _row(request, shown, form, status=400)
    try:
        actions.change_row(request.actor, row, form.typed, revision=form.cleaned_data["revision"] or 0)
    except Unsound as why:
        form.mark(why.faults)
        return _row(request, shown, form, status=400, faults=why.faults)
    except Changed:
        again = RowForm(shown.sheet, shown.asked, cells=form.typed, revision=shown.revision)
        return _row(request, shown, again, status=409, lost=True)
    return redirect_done("book-row", "written", row=row.hex())


@require_POST
@signed_in
def row_remove(request: HttpRequest, row: bytes) -> HttpResponse:
    """Take a row out of the book."""
    return _moved(request, row, actions.remove_row, "removed")


@require_POST
@signed_in
def row_restore(request: HttpRequest, row: bytes) -> HttpResponse:
    """Put a removed row back."""
    return _moved(request, row, actions.restore_row, "put_back")


def _moved(request: HttpRequest, row: bytes, act: Any, done: str) -> HttpResponse:
    shown = queries.row(request.actor, row)
    form = RevisionForm(request.POST)
    blank = RowForm(shown.sheet, shown.asked, cells=shown.cells, revision=shown.revision)
    if not form.is_valid():
        return _row(request, shown, blank, status=400)
    try:
        act(request.actor, row, revision=form.cleaned_data["revision"])
    except Unsound as why:
        return _row(request, shown, blank, status=400, faults=why.faults)
    return redirect_done("book-row", done, row=row.hex())


def _row(request: HttpRequest, shown: Any, form: RowForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "network/row.html", {"page": shown, "form": form, "name": NAMES[shown.sheet],
                                                "done": done_word(request), **more}, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: HttpRequest) -> HttpResponse:
    """A report as it is heard, written down in seconds."""
    known = queries.reporting(request.actor)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(known.areas, known.conditions, data, initial={"observed": now_typed(known.at)})
    if data is not None and form.is_valid():
        try:
            actions.report(request.actor, form.typed)
        except Unsound as why:
            form.mark(why.faults)
        else:
            return redirect_done("book", "reported")
    return render(request, "network/report.html", {"form": form, "known": known}, status=200 if data is None else 400)


@require_http_methods(["GET", "POST"])
@signed_in
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who holds the book; POST gives it to a coordinator who came later."""
    form = AdmitForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.admit(request.actor, bytes.fromhex(said["colleague"]), reason=said["reason"])
        return redirect_done("book-colleagues", "admitted")
    shown = queries.holding(request.actor)
    return render(request, "network/colleagues.html", {"page": shown, "form": form, "done": done_word(request)},
                  status=400 if form.is_bound else 200)
