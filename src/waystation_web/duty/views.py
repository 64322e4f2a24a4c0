"""Pages of the house: duty, guidance cards, limits, oneself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, pages
from .forms import CardForm, DeputiesForm, HandForm, LeaveForm, LimitsForm, NamingForm, NewcomerForm, ShiftForm

DONE = frozenset({"written", "handed", "taken", "admitted"})


@require_GET
@signed_in
def duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty, who comes, who is away, what was handed over."""
    return _roster(request)


@require_POST
@signed_in
def shift(request: HttpRequest) -> HttpResponse:
    """Somebody goes on duty."""
    page = pages.roster(request.actor)
    form = ShiftForm(request.POST, people=page.people, zone=page.zone, auto_id="shift_%s")
    if not form.is_valid():
        return _roster(request, status=400, shift=form)
    start, end = form.span()
    actions.go_on(request.actor, who=bytes.fromhex(form.cleaned_data["who"]), start=start, end=end)
    return _done("duty", "written")


@require_POST
@signed_in
def leave(request: HttpRequest) -> HttpResponse:
    """Somebody is away."""
    form = LeaveForm(request.POST, people=pages.roster(request.actor).people, auto_id="leave_%s")
    if not form.is_valid():
        return _roster(request, status=400, leave=form)
    said = form.cleaned_data
    actions.away(request.actor, who=bytes.fromhex(said["who"]), first=said["first"], last=said["last"],
                 stand_in=bytes.fromhex(said["stand_in"]))
    return _done("duty", "written")


@require_POST
@signed_in
def hand(request: HttpRequest) -> HttpResponse:
    """One shift hands over to the next."""
    form = HandForm(request.POST, people=pages.roster(request.actor).people, auto_id="hand_%s")
    if not form.is_valid():
        return _roster(request, status=400, hand=form)
    actions.hand(request.actor, to=bytes.fromhex(form.cleaned_data["to"]), typed=form.cleaned_data)
    return _done("duty", "handed")


@require_POST
@signed_in
def take(request: HttpRequest, duty: bytes) -> HttpResponse:
    """Whoever takes over has read it."""
    actions.take(request.actor, duty)
    return _done("duty", "taken")


@require_POST
@signed_in
def admit(request: HttpRequest) -> HttpResponse:
    """Let a newcomer read what everybody reads."""
    form = NewcomerForm(request.POST)
    if not form.is_valid():
        return _roster(request, status=400)
    actions.admit(request.actor, bytes.fromhex(form.cleaned_data["account"]))
    return _done("duty", "admitted")


@require_http_methods(["GET", "POST"])
@signed_in
def cards(request: HttpRequest) -> HttpResponse:
    """The organisation's own guidance; POST writes a new card."""
    form = CardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.write_card(request.actor, title=form.cleaned_data["title"], text=form.cleaned_data["text"])
        return _done("duty-cards", "written")
    return render(request, "duty/cards.html", {
        "cards": pages.cards(request.actor), "form": form, "may_write": pages.may_write_cards(request.actor),
        "done": _said(request)}, status=400 if form.is_bound else 200)


@require_POST
@signed_in
def card(request: HttpRequest, card: bytes) -> HttpResponse:
    """Write a card anew."""
    form = CardForm(request.POST)
    if not form.is_valid():
        return render(request, "duty/cards.html", {"cards": pages.cards(request.actor), "form": form,
                                                   "may_write": pages.may_write_cards(request.actor)}, status=400)
    actions.write_card(request.actor, title=form.cleaned_data["title"], text=form.cleaned_data["text"], card=card,
                       revision=form.cleaned_data["revision"])
    return _done("duty-cards", "written")


@require_http_methods(["GET", "POST"])
@signed_in
def limits(request: HttpRequest) -> HttpResponse:
    """The limits of the house."""
    held, may_set = pages.limits_page(request.actor)
    first = {"second_signature_above": str(held.second_signature_above).replace(",", ""),
             "exposure_limit": held.exposure_limit, "safety_floor": held.safety_floor,
             "cool_off_hours": held.cool_off_hours,
             "ransom_hold_hours": held.ransom_hold_hours, "review_days": held.review_days,
             "most_hours": held.most_hours, "time_zone": held.time_zone}
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        actions.set_limits(request.actor, form.cleaned_data)
        return _done("duty-limits", "written")
    return render(request, "duty/limits.html", {"limits": held, "form": form, "may_set": may_set,
                                                "done": _said(request)}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def deputies(request: HttpRequest) -> HttpResponse:
    """Who follows in each role; POST names them."""
    posts, people, may_set = pages.posts(request.actor)
    form = DeputiesForm(request.POST if request.method == "POST" else None, people=people,
                        posts=[(one.role, gettext(one.words)) for one in posts],
                        initial={one.role: one.deputy.hex() for one in posts})
    if form.is_bound and form.is_valid():
        actions.name_deputies(request.actor, form.cleaned_data)
        return _done("duty-deputies", "written")
    return render(request, "duty/deputies.html", {"posts": posts, "form": form, "may_set": may_set,
                                                  "done": _said(request)}, status=400 if form.is_bound else 200)


@require_POST
@signed_in
def naming(request: HttpRequest) -> HttpResponse:
    """Whether the reader agrees to be named outside."""
    form = NamingForm(request.POST)
    if not form.is_valid():
        return render(request, "duty/mine.html", {"mine": pages.mine(request.actor)}, status=400)
    actions.be_named(request.actor, named=form.cleaned_data["named"] == "yes")
    return _done("duty-mine", "written")


@require_GET
@signed_in
def fit(request: HttpRequest) -> HttpResponse:
    """Am I fit to decide?"""
    return render(request, "duty/fit.html", {"fitness": pages.fit(request.actor)})


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What the house keeps about the reader."""
    return render(request, "duty/mine.html", {"mine": pages.mine(request.actor), "done": _said(request)})


def _roster(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = pages.roster(request.actor)
    ready = {"shift": ShiftForm(people=page.people, zone=page.zone, auto_id="shift_%s"),
             "leave": LeaveForm(people=page.people, auto_id="leave_%s"),
             "hand": HandForm(people=page.people, auto_id="hand_%s")} | forms
    return render(request, "duty/roster.html", {"page": page, "forms": ready, "done": _said(request)}, status=status)


def _said(request: HttpRequest) -> str:
    said = request.GET.get("done", "")
    return said if said in DONE else ""


def _done(name: str, done: str) -> HttpResponse:
    response = redirect(name)
    response["Location"] += f"?done={done}"
    return response
