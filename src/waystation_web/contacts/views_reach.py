"""Pages of how somebody is reached: a number is opened for a reason, and shown on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_reach, queries
from .forms import HandleForm, OpenForm, ShareForm
from .views import back, contact_page


@require_POST
@signed_in
def handle(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Keep how to reach somebody."""
    form = HandleForm(request.POST, people=queries.liaisons(request.actor), auto_id="handle_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, handle=form)
    actions_reach.keep_handle(request.actor, contact, form.cleaned_data, deputy=form.account())
    return back(contact, "kept")


@require_POST
@signed_in
def number(request: HttpRequest, contact: bytes, handle: bytes) -> HttpResponse:
    """The number itself, for a reason that stands in the record."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return contact_page(request, contact, status=400, open=form)
    found = actions_reach.open_handle(request.actor, contact, handle, reason=form.cleaned_data["reason"])
    return render(request, "contacts/number.html", {"number": found, "contact": contact, "handle": handle,
                                                    "may_write": queries.may_reach(request.actor)})


@require_POST
@signed_in
def used(request: HttpRequest, contact: bytes, handle: bytes) -> HttpResponse:
    """It was used today."""
    actions_reach.used(request.actor, contact, handle)
    return back(contact, "used")


@require_POST
@signed_in
def share(request: HttpRequest, contact: bytes, handle: bytes) -> HttpResponse:
    """Ask that a colleague may reach somebody: the first of two signatures."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        return contact_page(request, contact, status=400, share=form)
    said = form.cleaned_data
    actions_reach.ask_to_share(request.actor, contact, handle, account=bytes.fromhex(said["account"]),
                               reason=said["reason"], until=said["until"])
    return back(contact, "asked")


@require_POST
@signed_in
def share_second(request: HttpRequest, contact: bytes, handle: bytes) -> HttpResponse:
    """The second signature."""
    actions_reach.share_handle(request.actor, contact, handle)
    return back(contact, "shared")
