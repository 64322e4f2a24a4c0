"""Pages of the library: the list, a new entry, a pasted page, public persons, notes, one entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions, pages, reading
from .forms import (
    EntryForm,
    FactForm,
    FilterForm,
    NoteForm,
    OutForm,
    PageForm,
    PasteForm,
    PersonForm,
    PublicationForm,
)
from .publication import Person, Publication


@require_http_methods(["GET", "POST"])
@signed_in
def library(request: HttpRequest) -> HttpResponse:
    """Publications; POST asks for those of one kind or genre."""
    form = FilterForm(request.POST if request.method == "POST" else None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = pages.page(request.actor, kind=asked.get("kind", ""), genre=asked.get("genre", ""))
    return render(request, "library/list.html", {"page": page, "form": form, "filtered": any(asked.values())},
                  status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A publication that is typed; POST writes it down."""
    page = pages.page(request.actor)
    form = _publication(page, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _written(actions.write(request.actor, "publication", form.typed()))
    return render(request, "library/new.html", {"page": page, "form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def paste(request: HttpRequest) -> HttpResponse:
    """A pasted page: POST shows what is kept and what is left out; with `act` save it is written down as chosen."""
    page = pages.page(request.actor)
    pasted = PasteForm(request.POST if request.method == "POST" else None, initial={"looked_up": reading.today()})
    if not pasted.is_bound or not pasted.is_valid():
        return render(request, "library/paste.html", {"page": page, "form": pasted},
                      status=400 if pasted.is_bound else 200)
    saves = request.POST.get("act") == "save"
    form = PageForm(request.POST if saves else None, works=page.works, persons=page.persons,
                    lines=len(pasted.page.lines),
                    initial=reading.first(pasted.page, pasted.cleaned_data["looked_up"]) | {
                        "text": pasted.cleaned_data["text"]})
    if saves and form.is_valid():
        return _written(actions.take_in(request.actor, form.typed(), pasted.page, form.cleaned_data["keep"]))
    return render(request, "library/sides.html", {
        "page": page, "form": form, "sides": pages.sides(pasted.page), "removed": pages.removed(pasted.page),
        "chosen": {int(one) for one in request.POST.getlist("keep") if one.isdecimal()}},
        status=400 if saves else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """Public persons; POST writes one down."""
    return _list(request, "person", PersonForm, "library/people.html")


@require_http_methods(["GET", "POST"])
@signed_in
def notes(request: HttpRequest) -> HttpResponse:
    """Notes; POST writes one down."""
    return _list(request, "note", NoteForm, "library/notes.html")


@require_http_methods(["GET", "POST"])
@signed_in
def entry(request: HttpRequest, publication: bytes) -> HttpResponse:
    """One entry; POST does one thing to it, named by the field `act`."""
    shown = pages.one(request.actor, publication)
    if request.method == "GET":
        return _entry(request, shown)
    act = request.POST.get("act", "")
    form = _forms(shown, request.POST).get(act)
    if form is None or not form.is_valid():
        return _entry(request, shown, status=400, **({act: form} if form is not None else {}))
    given: Any = form.cleaned_data
    match act:
        case "write":
            typed: Any = form
            actions.change(request.actor, publication, typed.typed(), revision=given["revision"] or 0)
        case "fact":
            actions.keep_fact(request.actor, publication, **given)
        case _:
            actions.take_out(request.actor, publication, given["item"])
    return _written(publication)


def _list(request: HttpRequest, sort: str, of: type[EntryForm], template: str) -> HttpResponse:
    page = pages.page(request.actor)
    form = of(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _written(actions.write(request.actor, sort, form.typed()))
    return render(request, template, {"page": page, "form": form}, status=400 if form.is_bound else 200)


def _publication(page: pages.Page, data: Any, **more: Any) -> PublicationForm:
    return PublicationForm(data, works=page.works, persons=page.persons, **more)


def _forms(shown: pages.Shown, data: Any = None) -> dict[str, forms.Form]:
    of, revision = shown.of, {"revision": shown.of.record.revision}
    if isinstance(of, Publication):
        return {"write": _publication(shown.page, data, initial=reading.kept_as(of) | revision),
                "fact": FactForm(data, auto_id="fact_%s"), "out": OutForm(data, auto_id=False)}
    if isinstance(of, Person):
        return {"write": PersonForm(data, initial=of.record.body | {"others": "\n".join(of.others)} | revision)}
    return {"write": NoteForm(data, initial=of.record.body | revision)}


def _entry(request: HttpRequest, shown: pages.Shown, *, status: int = 200, **bound: Any) -> HttpResponse:
    return render(request, "library/entry.html", {
        "shown": shown, "page": shown.page, "forms": _forms(shown) | bound, "fault": status == 400,
        "done": "done" in request.GET}, status=status)


def _written(entry: bytes) -> HttpResponse:
    response = redirect("library-entry", publication=entry.hex())
    response["Location"] += "?done"
    return response
