"""Pages of contacts. A list is useful with every name hidden; a number is seen by whoever holds it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, queries
from .forms import ContactForm, GradeForm, HandleForm, ShareForm, VetForm

DONE = frozenset({"written", "graded", "vetted", "kept", "asked", "shared"})
SHOWN = ("roles", "helper", "motive", "languages", "introduced_by", "holds", "exploitation", "welfare", "code_name")


@require_GET
@signed_in
def contacts(request: HttpRequest) -> HttpResponse:
    """Everybody this person may rely on, and how far."""
    refused: list[bytes] = []
    lines, may_make = queries.listing(request.actor, refused)
    return render(request, "contacts/list.html", {"lines": lines, "may_make": may_make, "refused": len(refused)})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Keep a new contact."""
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _back(actions.keep(request.actor, form.typed()), "written")
    return render(request, "contacts/new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def contact(request: HttpRequest, contact: bytes) -> HttpResponse:
    """One contact; POST writes it anew."""
    if request.method == "GET":
        return _page(request, contact)
    form = ContactForm(request.POST, auto_id="edit_%s")
    if not form.is_valid():
        return _page(request, contact, status=400, edit=form)
    actions.keep(request.actor, form.typed(), contact=contact, revision=form.cleaned_data["revision"])
    return _back(contact, "written")


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
            return _back(contact, "graded")
    return _page(request, contact, status=400, grade=form)


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
            return _back(contact, "vetted")
    return _page(request, contact, status=400, vet=form)


@require_POST
@signed_in
def handle(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Keep how to reach somebody."""
    form = HandleForm(request.POST, auto_id="handle_%s")
    if not form.is_valid():
        return _page(request, contact, status=400, handle=form)
    actions.keep_handle(request.actor, contact, form.cleaned_data)
    return _back(contact, "kept")


@require_POST
@signed_in
def share(request: HttpRequest, contact: bytes, handle: bytes) -> HttpResponse:
    """Ask that a colleague may reach somebody: the first of two signatures."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, contact, status=400, share=form)
    said = form.cleaned_data
    actions.ask_to_share(request.actor, handle, account=bytes.fromhex(said["account"]), reason=said["reason"],
                         until=said["until"])
    return _back(contact, "asked")


@require_POST
@signed_in
def share_second(request: HttpRequest, contact: bytes, handle: bytes) -> HttpResponse:
    """The second signature."""
    actions.share_handle(request.actor, handle)
    return _back(contact, "shared")


def _page(request: HttpRequest, contact: bytes, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = queries.page(request.actor, contact)
    one = page.contact
    first = {name: getattr(one, name) for name in SHOWN} | {
        name: ", ".join(getattr(one, name)) for name in ("aliases", "countries", "legs", "places", "knows")} | {
        "armed": {True: "yes", False: "no"}.get(one.armed, ""), "brought": "yes" if one.brought_by_others else "",
        "revision": one.record.revision}
    ready = {"edit": ContactForm(initial=first, auto_id="edit_%s"), "grade": GradeForm(auto_id="grade_%s"),
             "vet": VetForm(auto_id="vet_%s"), "handle": HandleForm(auto_id="handle_%s"), "share": ShareForm()} | forms
    said = request.GET.get("done", "")
    return render(request, "contacts/contact.html", {"page": page, "contact": one, "forms": ready,
                                                     "done": said if said in DONE else ""}, status=status)


def _back(contact: bytes, done: str) -> HttpResponse:
    response = redirect("contact", contact=contact.hex())
    response["Location"] += f"?done={done}"
    return response
