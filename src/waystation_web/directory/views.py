"""Pages of the directory: whom one can write to, what was said, the calendar, one entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions, pages
from .entry import ADDRESSEES, Addressee, Occasion, Statement
from .forms import (
    AddresseeForm,
    AnswerForm,
    AskForm,
    EndForm,
    EntryForm,
    OccasionForm,
    RaisedForm,
    StatementForm,
    TermsForm,
)


@require_http_methods(["GET", "POST"])
@signed_in
def directory(request: HttpRequest) -> HttpResponse:
    """Organisations, officials and bodies; POST writes one down."""
    page = pages.page(request.actor)
    asked = request.POST.get("sort", "")
    form = AddresseeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and asked in ADDRESSEES and form.is_valid():
        return _written(actions.write(request.actor, asked, form.typed()))
    return _listed(request, "directory/addressees.html", page, form)


@require_http_methods(["GET", "POST"])
@signed_in
def said(request: HttpRequest) -> HttpResponse:
    """What was said in public; POST writes a statement down."""
    page = pages.page(request.actor)
    form = StatementForm(request.POST if request.method == "POST" else None, people=page.people)
    if form.is_bound and form.is_valid():
        return _written(actions.write(request.actor, "statement", form.typed()))
    return _listed(request, "directory/said.html", page, form)


@require_http_methods(["GET", "POST"])
@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    """When the matter is raised; POST writes an occasion down."""
    page = pages.page(request.actor)
    form = OccasionForm(request.POST if request.method == "POST" else None, people=page.people)
    if form.is_bound and form.is_valid():
        return _written(actions.write(request.actor, "occasion", form.typed()))
    return _listed(request, "directory/calendar.html", page, form)


@require_http_methods(["GET", "POST"])
@signed_in
def entry(request: HttpRequest, listed: bytes) -> HttpResponse:
    """One entry; POST does one thing to it, named by the field `act`."""
    page = pages.one(request.actor, listed)
    if request.method == "GET":
        return _entry(request, page)
    act = request.POST.get("act", "")
    form = _forms(page, request.POST).get(act)
    if form is None or not form.is_valid():
        return _entry(request, page, status=400, **({act: form} if form is not None else {}))
    _do(request, listed, act, form)
    return _written(listed)


def _do(request: HttpRequest, entry: bytes, act: str, form: Any) -> None:
    given = form.cleaned_data
    match act:
        case "write":
            actions.change(request.actor, entry, form.typed(), revision=given["revision"] or 0)
        case "terms":
            actions.sign_terms(request.actor, entry, given)
        case "end":
            actions.end_terms(request.actor, entry, given["item"], why=given["why"])
        case "ask":
            actions.asked(request.actor, entry, **given)
        case "answer":
            actions.answered(request.actor, entry, given["item"], answer=given["answer"], again=given["again"])
        case _:
            actions.raised(request.actor, entry, **given)


def _forms(page: pages.Shown, data: Any = None) -> dict[str, forms.Form]:
    """The forms of an entry by what they do; a form that is not for its kind is none."""
    found: dict[str, forms.Form] = {"write": _write(page, data)}
    if isinstance(page.of, Addressee):
        found |= {"terms": TermsForm(data, auto_id="terms_%s"), "end": EndForm(data, auto_id=False),
                  "ask": AskForm(data, auto_id="ask_%s"), "answer": AnswerForm(data, auto_id=False)}
    if isinstance(page.of, Occasion) and page.of.next is not None:
        found["raised"] = RaisedForm(data, auto_id="raised_%s")
    return found


def _write(page: pages.Shown, data: Any) -> EntryForm:
    body: dict[str, Any] = {**page.of.record.body, "revision": page.of.record.revision}
    for name in ("others", "languages"):
        body[name] = "; ".join(body.get(name, ()))
    for name in ("denies", "yearly"):
        body[name] = "yes" if body.get(name) else "no"
    body["bring"] = body.get("raise", "")
    if isinstance(page.of, Addressee):
        return AddresseeForm(data, initial=body)
    if isinstance(page.of, Statement):
        return StatementForm(data, initial=body, people=page.people)
    return OccasionForm(data, initial=body, people=page.people)


def _listed(request: HttpRequest, template: str, page: pages.Page, form: EntryForm) -> HttpResponse:
    return render(request, template, {"page": page, "form": form, "sort": request.POST.get("sort", "")},
                  status=400 if form.is_bound else 200)


def _entry(request: HttpRequest, page: pages.Shown, *, status: int = 200, **bound: Any) -> HttpResponse:
    return render(request, "directory/entry.html", {
        "page": page, "forms": _forms(page) | bound, "fault": status == 400, "item": request.POST.get("item", ""),
        "done": "done" in request.GET}, status=status)


def _written(entry: bytes) -> HttpResponse:
    response = redirect("directory-entry", listed=entry.hex())
    response["Location"] += "?done"
    return response
