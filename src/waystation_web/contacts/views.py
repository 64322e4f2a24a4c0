"""Pages of contacts. A list is useful with every name hidden."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, actions_reach, queries
from .forms import (
    ContactForm,
    FlagForm,
    GiveForm,
    GradeForm,
    HandleForm,
    LiftForm,
    NewContactForm,
    ShareForm,
    StopForm,
    TaskForm,
    VetForm,
)
from .forms_asked import AskedForm, LetBeForm, PaidForm

DONE = frozenset({"written", "graded", "vetted", "kept", "asked", "shared", "stopped", "given", "used", "flagged",
                  "lifted", "asked_for", "let_be"})
SHOWN = ("roles", "helper", "motive", "languages", "introduced_by", "holds", "exploitation", "welfare", "code_name",
         "law_risk")


@require_GET
@signed_in
def contacts(request: HttpRequest) -> HttpResponse:
    """Everybody this person may rely on, and how far."""
    refused: list[bytes] = []
    lines, may_make = queries.listing(request.actor, refused)
    return render(request, "contacts/list.html", {
        "lines": lines, "may_make": may_make, "refused": len(refused),
        "barred": [one for one in lines if one.exploits]})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Keep a new contact."""
    form = NewContactForm(request.POST if request.method == "POST" else None, people=queries.liaisons(request.actor))
    if form.is_bound and form.is_valid():
        return back(actions.keep(request.actor, form.typed(), deputy=form.account()), "written")
    return render(request, "contacts/new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def contact(request: HttpRequest, contact: bytes) -> HttpResponse:
    """One contact; POST writes it anew."""
    if request.method == "GET":
        return contact_page(request, contact)
    form = ContactForm(request.POST, auto_id="edit_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, edit=form)
    actions.keep(request.actor, form.typed(), contact=contact, revision=form.cleaned_data["revision"])
    return back(contact, "written")


@require_POST
@signed_in
def grade(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Judge somebody's reliability."""
    form = GradeForm(request.POST, auto_id="grade_%s")
    if form.is_valid():
        try:
            actions.grade(request.actor, contact, **form.cleaned_data)
        except actions.Unfit as reason:
            form.add_error(None, gettext(reason.sentence))
        else:
            return back(contact, "graded")
    return contact_page(request, contact, status=400, grade=form)


@require_POST
@signed_in
def vet(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Decide how far somebody may be relied on."""
    form = VetForm(request.POST, auto_id="vet_%s")
    if form.is_valid():
        try:
            actions.vet(request.actor, contact, form.cleaned_data)
        except actions.Unfit as reason:
            form.add_error(None, gettext(reason.sentence))
        else:
            return back(contact, "vetted")
    return contact_page(request, contact, status=400, vet=form)


@require_POST
@signed_in
def stop(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Suspend, burn or block somebody at once."""
    form = StopForm(request.POST, auto_id="stop_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, stop=form)
    actions.stop(request.actor, contact, **form.cleaned_data)
    return back(contact, "stopped")


@require_POST
@signed_in
def task(request: HttpRequest, contact: bytes) -> HttpResponse:
    """What somebody was asked to do and how it went."""
    form = TaskForm(request.POST, auto_id="task_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, task=form)
    actions.note_task(request.actor, contact, **form.cleaned_data)
    return back(contact, "written")


@require_POST
@signed_in
def give(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Let a colleague work with a contact."""
    form = GiveForm(request.POST, auto_id="give_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, give=form)
    said = form.cleaned_data
    actions.give(request.actor, contact, account=bytes.fromhex(said["account"]), reason=said["reason"],
                 until=said["until"])
    return back(contact, "given")


def contact_page(request: HttpRequest, contact: bytes, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one contact, with forms that were not accepted standing open."""
    actions_reach.forget(request.actor)
    page = queries.page(request.actor, contact)
    one = page.contact
    first = {name: getattr(one, name) for name in SHOWN} | {
        name: ", ".join(getattr(one, name)) for name in ("aliases", "countries", "legs", "places", "knows")} | {
        "armed": {True: "yes", False: "no", None: ""}[one.armed], "brought": "yes" if one.brought_by_others else "",
        "revision": one.record.revision}
    ready = {"edit": ContactForm(initial=first, auto_id="edit_%s"), "grade": GradeForm(auto_id="grade_%s"),
             "vet": VetForm(auto_id="vet_%s"), "stop": StopForm(auto_id="stop_%s"),
             "task": TaskForm(auto_id="task_%s"), "flag": FlagForm(auto_id="flag_%s"), "lift": LiftForm(),
             "asked": AskedForm(auto_id="asked_%s"), "paid": PaidForm(), "let_be": LetBeForm(),
             "give": GiveForm(auto_id="give_%s"), "share": ShareForm(),
             "handle": HandleForm(people=page.liaisons, auto_id="handle_%s")} | forms
    said = request.GET.get("done", "")
    return render(request, "contacts/contact.html", {"page": page, "contact": one, "forms": ready,
                                                     "done": said if said in DONE else ""}, status=status)


def back(contact: bytes, done: str) -> HttpResponse:
    """To the page of a contact, with a word of what was done."""
    response = redirect("contact", contact=contact.hex())
    response["Location"] += f"?done={done}"
    return response
